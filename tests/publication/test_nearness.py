"""What somebody may mean whose words found nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.publication.nearness import MOST_TRIALS, SHORTEST, near_names, near_words, trials

KNOWN = ["hollowbeck", "hollow", "blackwater", "blackwell", "boateng", "surgery", "cole"]
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("hollowbek", "hollowbeck"), ("blackwatter", "blackwater"), ("botaeng", "boateng"), ("surgary", "surgery"), ("zebra", None),
        ("col", None), ("y00001", None),
    ],
)  # fmt: skip
def test_a_slip_is_near_to_the_word_that_was_meant(word, near):
    assert next(iter(near_words(word, KNOWN)), None) == near


@given(WORDS, st.data())
def test_there_are_few_trials_and_each_says_something(words, data):
    near = [data.draw(st.lists(st.sampled_from(KNOWN), max_size=2)) for _ in words]
    known = [data.draw(st.booleans()) for _ in words]
    found = trials(words, near, known)
    assert len(found) <= MOST_TRIALS and len(set(found)) == len(found)
    for each in found:
        assert any(len(word) >= SHORTEST for word in each.split()) and each != " ".join(words)
        if not all(known):
            kept = [word for word, is_known in zip(words, known, strict=True) if is_known]
            assert [word for word in each.split() if word in kept] != [] or not kept


def test_names_are_offered_the_nearest_first_and_strange_ones_not_at_all():
    names = ["Blackwell Medical", "Blackwater Medical Centre (GP practice)", "Quay Street Surgery"]
    assert near_names("Blackwatter Medical", names) == ["Blackwater Medical Centre (GP practice)", "Blackwell Medical"]
    assert near_names("", names) == []
