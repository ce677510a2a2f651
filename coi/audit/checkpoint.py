"""Checkpoints: the signed statement of the ledger's size and root, as C2SP tlog-checkpoint and signed-note have it.
Pure."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from coi.audit import merkle

_ED25519 = b"\x01"
_KEY_MARK = "coi-ledger-key-ed25519"
_MOST_SIGNATURES = 100
_LONGEST_NOTE = 1_000_000
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_SIGNATURE_START = "— "


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


class Verifier:
    """The public half of a ledger's key. Its text is the vkey that is printed on documents."""

    def __init__(self, name: str, public: Ed25519PublicKey) -> None:
        self.name = _checked_name(name)
        self._public = public
        self.key_id = _key_id(name, public.public_bytes_raw())

    @classmethod
    def from_text(cls, vkey: str) -> "Verifier":
        """Reads `name+keyid+base64`. Raises KeyWrong."""
        name, _, rest = vkey.strip().partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            decoded = _decoded(encoded)
            public = Ed25519PublicKey.from_public_bytes(decoded[1:])
        except ValueError as broken:
            raise KeyWrong("The ledger's public key cannot be read") from broken
        found = cls(name, public)
        if decoded[:1] != _ED25519 or key_id != found.key_id.hex():
            raise KeyWrong("The ledger's public key does not fit its id")
        return found

    def __str__(self) -> str:
        encoded = base64.b64encode(_ED25519 + self._public.public_bytes_raw()).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def has_signed(self, text: bytes, signatures: Sequence[Signature]) -> bool:
        """Whether one of `signatures` is this key's and right. A wrong one under this key's name and id spoils the
        note."""
        mine = [each for each in signatures if (each.name, each.key_id) == (self.name, self.key_id)]
        try:
            for each in mine:
                self._public.verify(each.signature, text)
        except InvalidSignature:
            return False
        return bool(mine)


def load_key(path: Path) -> Ed25519PrivateKey:
    """Reads a ledger's private key. It lives in a file of its own, outside the database and its backups. Raises
    KeyWrong where it is malformed or open to others, OSError where it is not there."""
    if path.stat().st_mode & 0o077:
        raise KeyWrong(f"Others can read {path.name}. Set its mode to 0600")
    mark, _, encoded = path.read_text().strip().partition(" ")
    try:
        private = Ed25519PrivateKey.from_private_bytes(_decoded(encoded))
    except ValueError as broken:
        raise KeyWrong(f"{path.name} does not hold a ledger key") from broken
    if mark != _KEY_MARK:
        raise KeyWrong(f"{path.name} does not hold a ledger key")
    return private


def save_key(key: Ed25519PrivateKey, path: Path) -> None:
    """Writes a key to a new file with mode 0600. Raises FileExistsError rather than overwrite a key."""
    path.touch(mode=0o600, exist_ok=False)
    encoded = base64.b64encode(key.private_bytes_raw()).decode()
    path.write_text(f"{_KEY_MARK} {encoded}\n")


def load_or_make_key(path: Path) -> Ed25519PrivateKey:
    """Reads the key in `path`, or makes one and keeps it there. Raises KeyWrong."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        save_key(Ed25519PrivateKey.generate(), path)
    return load_key(path)


def vkey(log_name: str, key: Ed25519PrivateKey) -> str:
    """Returns the text of the public key of the log called `log_name`, to be printed and kept by others."""
    return str(Verifier(log_name, key.public_key()))


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """Returns the signed note. Raises KeyWrong where the log's name would break its form."""
    text = body_of(checkpoint)
    key_id = Verifier(checkpoint.origin, key.public_key()).key_id
    signed = base64.b64encode(key_id + key.sign(text)).decode()
    return text + f"\n{_SIGNATURE_START}{checkpoint.origin} {signed}\n".encode()


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


def verify(note: bytes, verifier: Verifier, origin: str) -> Checkpoint:
    """Returns what a note says. Raises CheckpointWrong unless it is in its form, about the log `origin`, and signed by
    `verifier`."""
    checkpoint, signatures = parse(note)
    if checkpoint.origin != origin:
        raise CheckpointWrong(f"The checkpoint is about {checkpoint.origin}, not {origin}")
    if not verifier.has_signed(body_of(checkpoint), signatures):
        raise CheckpointWrong("The checkpoint is not signed by the ledger's key")
    return checkpoint


def _stated(body: str) -> Checkpoint:
    lines = body.split("\n")
    if len(lines) != 3 or not lines[0]:
        raise CheckpointWrong("A checkpoint has three lines: the log, its size, its root")
    if not _SIZE.fullmatch(lines[1]):
        raise CheckpointWrong("The size of the checkpoint is not a whole number")
    try:
        root = _decoded(lines[2])
    except ValueError as broken:
        raise CheckpointWrong("The root of the checkpoint is not canonical base64") from broken
    if len(root) != merkle.HASH_BYTES:
        raise CheckpointWrong("The root of the checkpoint is not 32 bytes long")
    return Checkpoint(lines[0], int(lines[1]), root)


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_SIGNATURE_START).partition(" ")
    if not line.startswith(_SIGNATURE_START) or not name or "+" in name:
        raise CheckpointWrong("A signature line of the checkpoint is malformed")
    try:
        decoded = _decoded(encoded)
    except ValueError as broken:
        raise CheckpointWrong("A signature of the checkpoint is not canonical base64") from broken
    if len(decoded) < 5:
        raise CheckpointWrong("A signature of the checkpoint is too short")
    return Signature(name, decoded[:4], decoded[4:])


def _decoded(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except binascii.Error as broken:
        raise ValueError("not base64") from broken
    if base64.b64encode(decoded).decode() != text:
        raise ValueError("not canonical base64")
    return decoded


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def _checked_name(name: str) -> str:
    if not name or "+" in name or any(each.isspace() or ord(each) < 32 for each in name):
        raise KeyWrong("The ledger's name has no spaces, no plus sign, and is not empty")
    return name
