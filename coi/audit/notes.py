"""What a checkpoint says, and the text of a ledger's public key: C2SP tlog-checkpoint and signed-note without the signatures' own
mathematics, which `checkpoint` has. Pure: a process that only reads and shows them loads nothing that signs."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from coi.audit import merkle

ED25519 = b"\x01"
SIGNATURE_START = "— "
_LONGEST_NOTE, _MOST_SIGNATURES = 1_000_000, 100
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class CheckpointWrong(ValueError):
    """A checkpoint is not in its form, is not signed by the key, or says something else than the ledger."""


class KeyWrong(ValueError):
    """A key cannot be read, or others can read it."""


@dataclass(frozen=True)
class Checkpoint:
    """What a checkpoint says: the first `size` entries of the log called `origin` have this root."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Signature:
    """One signature line of a note: who is said to have signed, the key's short id, and the signature."""

    name: str
    key_id: bytes
    signature: bytes


def body_of(checkpoint: Checkpoint) -> bytes:
    """Returns the three lines that are signed."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{base64.b64encode(checkpoint.root).decode()}\n".encode()


def parse(note: bytes) -> tuple[Checkpoint, tuple[Signature, ...]]:
    """Returns what a note says and who is said to have signed it; the signatures are not yet checked. Raises
    CheckpointWrong on any departure from the form. Source: C2SP signed-note, tlog-checkpoint."""
    if len(note) > _LONGEST_NOTE:
        raise CheckpointWrong("The checkpoint is too long")
    try:
        text = note.decode()
    except UnicodeDecodeError as broken:
        raise CheckpointWrong("The checkpoint is not UTF-8 text") from broken
    if any(ord(each) < 32 and each != "\n" for each in text):
        raise CheckpointWrong("The checkpoint has control characters")
    body, gap, signed = text.rpartition("\n\n")
    if not gap or not signed.endswith("\n"):
        raise CheckpointWrong("The checkpoint does not end in signature lines")
    lines = signed[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise CheckpointWrong(f"The checkpoint has more than {_MOST_SIGNATURES} signatures")
    return _stated(body), tuple(_signature(line) for line in lines)


def _stated(body: str) -> Checkpoint:
    lines = body.split("\n")
    if len(lines) != 3 or not lines[0]:
        raise CheckpointWrong("A checkpoint has three lines: the log, its size, its root")
    if not _SIZE.fullmatch(lines[1]):
        raise CheckpointWrong("The size of the checkpoint is not a whole number")
    try:
        root = decoded(lines[2])
    except ValueError as broken:
        raise CheckpointWrong("The root of the checkpoint is not canonical base64") from broken
    if len(root) != merkle.HASH_BYTES:
        raise CheckpointWrong("The root of the checkpoint is not 32 bytes long")
    return Checkpoint(lines[0], int(lines[1]), root)


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(SIGNATURE_START).partition(" ")
    if not line.startswith(SIGNATURE_START) or not name or "+" in name:
        raise CheckpointWrong("A signature line of the checkpoint is malformed")
    try:
        plain = decoded(encoded)
    except ValueError as broken:
        raise CheckpointWrong("A signature of the checkpoint is not canonical base64") from broken
    if len(plain) < 5:
        raise CheckpointWrong("A signature of the checkpoint is too short")
    return Signature(name, plain[:4], plain[4:])


def vkey_of(name: str, public: bytes) -> str:
    """Returns the text of a log's public key, `name+keyid+base64`. Raises KeyWrong where the name would break its form."""
    encoded = base64.b64encode(ED25519 + public).decode()
    return f"{checked_name(name)}+{key_id(name, public).hex()}+{encoded}"


def decoded(text: str) -> bytes:
    """Returns what canonical base64 stands for. Raises ValueError for any other text."""
    try:
        plain = base64.b64decode(text, validate=True)
    except binascii.Error as broken:
        raise ValueError("not base64") from broken
    if base64.b64encode(plain).decode() != text:
        raise ValueError("not canonical base64")
    return plain


def key_id(name: str, public: bytes) -> bytes:
    """Returns the short id of a log's public key."""
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def checked_name(name: str) -> str:
    """Returns the name of a log. Raises KeyWrong where it would break the form of a note."""
    if not name or "+" in name or any(each.isspace() or ord(each) < 32 for each in name):
        raise KeyWrong("The ledger's name has no spaces, no plus sign, and is not empty")
    return name
