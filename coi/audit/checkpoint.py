"""Checkpoints: the signed statement of the ledger's size and root, as C2SP tlog-checkpoint and signed-note have it: the key, signing
and checking a signature. Pure. What a note says is read by `notes`."""

import base64
import contextlib
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from coi.audit import published_key
from coi.audit.notes import (
    ED25519,
    SIGNATURE_START,
    Checkpoint,
    CheckpointWrong,
    KeyWrong,
    Signature,
    body_of,
    checked_name,
    decoded,
    key_id,
    parse,
    vkey_of,
)  # fmt: skip

_KEY_MARK = "coi-ledger-key-ed25519"


class Verifier:
    """The public half of a ledger's key. Its text is the vkey that is printed on documents."""

    def __init__(self, name: str, public: Ed25519PublicKey) -> None:
        self.name = checked_name(name)
        self._public = public
        self.key_id = key_id(name, public.public_bytes_raw())

    @classmethod
    def from_text(cls, vkey: str) -> "Verifier":
        """Reads `name+keyid+base64`. Raises KeyWrong."""
        name, _, rest = vkey.strip().partition("+")
        id_, _, encoded = rest.partition("+")
        try:
            plain = decoded(encoded)
            public = Ed25519PublicKey.from_public_bytes(plain[1:])
        except ValueError as broken:
            raise KeyWrong("The ledger's public key cannot be read") from broken
        found = cls(name, public)
        if plain[:1] != ED25519 or id_ != found.key_id.hex():
            raise KeyWrong("The ledger's public key does not fit its id")
        return found

    def __str__(self) -> str:
        return vkey_of(self.name, self._public.public_bytes_raw())

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
        private = Ed25519PrivateKey.from_private_bytes(decoded(encoded))
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
    """Reads the key in `path`, or makes one and keeps it there; its public half is written beside it for whoever only shows that.
    Raises KeyWrong."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        save_key(Ed25519PrivateKey.generate(), path)
    key = load_key(path)
    if published_key.read(path) is None:
        with contextlib.suppress(OSError):  # a folder that may not be written to: it is worked out each time
            published_key.write(path, key.public_key().public_bytes_raw())
    return key


def vkey(log_name: str, key: Ed25519PrivateKey) -> str:
    """Returns the text of the public key of the log called `log_name`, to be printed and kept by others."""
    return str(Verifier(log_name, key.public_key()))


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> bytes:
    """Returns the signed note. Raises KeyWrong where the log's name would break its form."""
    text = body_of(checkpoint)
    own = Verifier(checkpoint.origin, key.public_key()).key_id
    signed = base64.b64encode(own + key.sign(text)).decode()
    return text + f"\n{SIGNATURE_START}{checkpoint.origin} {signed}\n".encode()


def verify(note: bytes, verifier: Verifier, origin: str) -> Checkpoint:
    """Returns what a note says. Raises CheckpointWrong unless it is in its form, about the log `origin`, and signed by
    `verifier`."""
    checkpoint, signatures = parse(note)
    if checkpoint.origin != origin:
        raise CheckpointWrong(f"The checkpoint is about {checkpoint.origin}, not {origin}")
    if not verifier.has_signed(body_of(checkpoint), signatures):
        raise CheckpointWrong("The checkpoint is not signed by the ledger's key")
    return checkpoint
