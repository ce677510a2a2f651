"""A checkpoint is read strictly, and only the ledger's own key makes one."""

import base64
import stat
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from coi.audit import checkpoint, published_key
from coi.audit.checkpoint import Verifier
from coi.audit.notes import Checkpoint, CheckpointWrong, KeyWrong, vkey_of

ORIGIN = "register.example/ledger"
KEY = Ed25519PrivateKey.generate()
VERIFIER = Verifier(ORIGIN, KEY.public_key())
SAYS = Checkpoint(ORIGIN, 20852, sha256(b"root").digest())
NOTE = checkpoint.sign(SAYS, KEY)


def test_a_signed_note_is_read_back():
    assert checkpoint.verify(NOTE, VERIFIER, ORIGIN) == SAYS
    lines = NOTE.decode().split("\n")
    assert lines[0] == ORIGIN
    assert lines[1] == "20852"
    assert lines[3] == ""
    assert lines[4].startswith(f"— {ORIGIN} ")
    assert lines[5:] == [""]


@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(position, flip):
    changed = bytearray(NOTE)
    changed[position] ^= flip
    with pytest.raises(CheckpointWrong):
        checkpoint.verify(bytes(changed), VERIFIER, ORIGIN)


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note[:-1],
        lambda note: note + b"\n",
        lambda note: note.replace(b"\n", b"\r\n"),
        lambda note: note.replace(b"20852", b"020852"),
        lambda note: note.replace(b"20852", "२०८५२".encode()),
        lambda note: note.replace(b"20852\n", b"20852\n\x00"),
        lambda note: note.replace(b"\n\n", b"\nextension\n\n"),
        lambda note: note.replace(b"=\n\n", b"\n\n"),
        lambda note: note.split(b"\n\n")[0] + b"\n\n",
        lambda note: note + note.split(b"\n\n")[1] * 100,
        lambda note: note.replace("— ".encode(), b"- "),
        lambda note: note + "— someone x\n".encode(),
        lambda note: b"",
        lambda note: b"x" * 1_000_001,
    ],
)
def test_a_note_out_of_form_is_refused(change):
    with pytest.raises(CheckpointWrong):
        checkpoint.verify(change(NOTE), VERIFIER, ORIGIN)


def test_signatures_of_others_may_stand_beside_the_ledgers_own():
    other = base64.b64encode(b"abcd" + b"s" * 64).decode()
    assert checkpoint.verify(NOTE + f"— auditor.example/w1 {other}\n".encode(), VERIFIER, ORIGIN) == SAYS


def test_a_wrong_signature_under_the_ledgers_key_spoils_the_note():
    wrong = base64.b64encode(VERIFIER.key_id + b"s" * 64).decode()
    with pytest.raises(CheckpointWrong, match="not signed"):
        checkpoint.verify(NOTE + f"— {ORIGIN} {wrong}\n".encode(), VERIFIER, ORIGIN)


def test_another_key_or_another_log_is_refused():
    with pytest.raises(CheckpointWrong, match="not signed"):
        checkpoint.verify(NOTE, Verifier(ORIGIN, Ed25519PrivateKey.generate().public_key()), ORIGIN)
    with pytest.raises(CheckpointWrong, match="not other"):
        checkpoint.verify(NOTE, VERIFIER, "other.example/ledger")


def test_the_public_key_is_a_line_of_text():
    text = checkpoint.vkey(ORIGIN, KEY)
    assert text.split("+")[0] == ORIGIN
    again = Verifier.from_text(text)
    assert checkpoint.verify(NOTE, again, ORIGIN) == SAYS


@pytest.mark.parametrize(
    "text",
    ["", "a+b", "a+00000000+AQ==", str(VERIFIER).replace("register", "forged")],
    ids=["empty", "two parts", "short key", "another name's key"],
)
def test_a_malformed_public_key_is_refused(text):
    with pytest.raises(KeyWrong):
        Verifier.from_text(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak"])
def test_a_log_name_that_would_break_the_form_is_refused(name):
    with pytest.raises(KeyWrong):
        checkpoint.vkey(name, KEY)


def test_a_key_file_is_private_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "ledger.key"
    made = checkpoint.load_or_make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert checkpoint.vkey(ORIGIN, checkpoint.load_or_make_key(path)) == checkpoint.vkey(ORIGIN, made)
    with pytest.raises(FileExistsError):
        checkpoint.save_key(made, path)
    path.chmod(0o640)
    with pytest.raises(KeyWrong, match="0600"):
        checkpoint.load_key(path)


def test_the_public_half_beside_a_key_is_that_keys_or_none(tmp_path):
    path = tmp_path / "ledger.key"
    assert published_key.read(path) is None
    key = checkpoint.load_or_make_key(path)
    beside = published_key.read(path)
    assert vkey_of(ORIGIN, beside) == checkpoint.vkey(ORIGIN, key)
    assert {each.name for each in tmp_path.iterdir()} == {"ledger.key", "ledger.key.public"}

    path.unlink()
    checkpoint.save_key(KEY, path)
    assert published_key.read(path) is None  # what stands beside it is another key's
    checkpoint.load_or_make_key(path)
    assert vkey_of(ORIGIN, published_key.read(path)) == checkpoint.vkey(ORIGIN, KEY)
    (tmp_path / "ledger.key.public").write_text("hello")
    assert published_key.read(path) is None


def test_a_file_that_holds_no_key_is_refused(tmp_path):
    path = tmp_path / "ledger.key"
    path.touch(mode=0o600)
    for text in ("", "hello", f"other-key {base64.b64encode(b'k' * 32).decode()}"):
        path.write_text(text)
        with pytest.raises(KeyWrong):
            checkpoint.load_key(path)
