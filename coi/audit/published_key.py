"""The public half of the ledger's key, in a file beside the key: the web's workers show it without what signs in their memory."""

import base64
import os
import tempfile
from hashlib import sha256
from pathlib import Path

from coi.audit.notes import decoded

_MARK = "coi-ledger-public-ed25519"


def read(key_file: Path) -> bytes | None:
    """Returns the public half of the key in `key_file`; None where nobody wrote it yet, or wrote it of another key."""
    try:
        mark, encoded, of_key = _file_beside(key_file).read_text().split()
        return decoded(encoded) if (mark, of_key) == (_MARK, _digest(key_file)) else None
    except (OSError, ValueError):
        return None


def write(key_file: Path, public: bytes) -> None:
    """Writes the public half beside `key_file`, in one piece. Raises OSError where the folder may not be written to."""
    text = f"{_MARK} {base64.b64encode(public).decode()} {_digest(key_file)}\n"
    number, name = tempfile.mkstemp(dir=key_file.parent, prefix=key_file.name)
    with os.fdopen(number, "w") as file:
        file.write(text)
    Path(name).replace(_file_beside(key_file))


def _file_beside(key_file: Path) -> Path:
    return key_file.with_name(key_file.name + ".public")


def _digest(key_file: Path) -> str:
    """Tells one key file from another: the key in it is random, so its digest says nothing of it."""
    return sha256(key_file.read_bytes()).hexdigest()
