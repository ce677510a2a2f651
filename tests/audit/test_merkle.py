"""The tree: known roots of RFC 6962, and proofs that hold for what is true and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.audit import merkle

# The eight leaves and the roots over the first n of them, from the test vectors that RFC 6962 implementations share.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def tree(count: int) -> tuple[list[bytes], merkle.Nodes]:
    """Leaf hashes, and a lookup that knows complete subtrees only."""
    frontier = merkle.Frontier()
    known: dict[merkle.Position, bytes] = {}
    leaves = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(count)]
    for index, leaf in enumerate(leaves):
        known[0, index] = leaf
        known.update({(level, at): hashed for level, at, hashed in frontier.append(leaf)})
    return leaves, lambda level, index: known[level, index]


def naive_root(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962 §2.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


def test_the_empty_tree_has_the_hash_of_nothing():
    assert merkle.tree_hash([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("count", range(1, 9))
def test_the_known_roots_come_out(count):
    assert merkle.tree_hash(merkle.leaf_hash(leaf) for leaf in LEAVES[:count]).hex() == ROOTS[count - 1]


@given(st.integers(0, 300))
def test_every_way_to_the_root_agrees(count):
    leaves, nodes = tree(count)
    root = naive_root(leaves)
    assert merkle.tree_hash(leaves) == root
    assert merkle.root_from(count, nodes) == root
    taken_up = merkle.Frontier(count, [nodes(*position) for position in merkle.peaks(count)])
    assert taken_up.root() == root


@given(st.integers(0, 300))
def test_an_append_from_the_siblings_makes_the_same_subtrees_as_the_frontier(index):
    leaves, nodes = tree(index + 1)
    frontier = merkle.Frontier()
    for leaf in leaves[:-1]:
        frontier.append(leaf)
    beside = [nodes(*position) for position in merkle.siblings(index)]
    assert merkle.completed_by(index, leaves[-1], beside) == frontier.append(leaves[-1])


def test_every_leaf_of_every_small_tree_is_proven_and_no_other():
    for size in range(1, 33):
        leaves, nodes = tree(size)
        root = naive_root(leaves)
        for index in range(size):
            proof = merkle.inclusion_proof(index, size, nodes)
            merkle.verify_inclusion(index, size, leaves[index], proof, root)
            with pytest.raises(merkle.ProofWrong):
                merkle.verify_inclusion(index, size, merkle.leaf_hash(b"other"), proof, root)
            with pytest.raises(merkle.ProofWrong):
                merkle.verify_inclusion(index, size, leaves[index], [*proof, root], root)
            if size > 1:
                with pytest.raises(merkle.ProofWrong):
                    merkle.verify_inclusion((index + 1) % size, size, leaves[index], proof, root)
                with pytest.raises(merkle.ProofWrong):
                    merkle.verify_inclusion(index, size, leaves[index], proof[:-1], root)


def test_every_small_tree_is_proven_to_begin_with_every_smaller_one():
    for new in range(33):
        leaves, nodes = tree(new)
        for old in range(new + 1):
            proof = merkle.consistency_proof(old, new, nodes)
            roots = naive_root(leaves[:old]), naive_root(leaves)
            merkle.verify_consistency(old, new, *roots, proof)
            with pytest.raises(merkle.ProofWrong):
                merkle.verify_consistency(old, new, merkle.leaf_hash(b"forged"), roots[1], proof)
            with pytest.raises(merkle.ProofWrong):
                merkle.verify_consistency(old, new, *roots, [*proof, roots[1]])


@given(st.integers(2, 200), st.data())
def test_a_changed_proof_proves_nothing(size, data):
    leaves, nodes = tree(size)
    root = naive_root(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, nodes)
    step = data.draw(st.integers(0, len(proof) - 1))
    byte = data.draw(st.integers(0, 31))
    changed = bytearray(proof[step])
    changed[byte] ^= data.draw(st.integers(1, 255))
    with pytest.raises(merkle.ProofWrong):
        merkle.verify_inclusion(index, size, leaves[index], [*proof[:step], bytes(changed), *proof[step + 1 :]], root)


def test_a_tree_never_extends_a_larger_one():
    _leaves, nodes = tree(4)
    with pytest.raises(merkle.ProofWrong):
        merkle.consistency_proof(5, 4, nodes)
    with pytest.raises(merkle.ProofWrong):
        merkle.verify_consistency(5, 4, b"", b"", [])
    with pytest.raises(merkle.ProofWrong):
        merkle.inclusion_proof(4, 4, nodes)
