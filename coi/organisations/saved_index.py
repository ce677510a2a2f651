"""The names of the reference organisations, taken apart once and kept in a file: read again at once, by whoever matches texts with them.
The file's name says what it was made of, data and program, so that it is never stale; whatever is wrong with it, it is made anew."""

import gc
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from coi.config import index_folder
from coi.screening.indexing import (
    Names,
    names_from,
    names_of,
    organisations_from,
    plain_names,
    plain_organisations,
    searched,
)
from coi.screening.matching_vocabulary import ReferenceOrganisation

KEPT = 4
"""How many files stay, those used last: more than one program or set of data may be in use."""
WORTH_KEEPING = 2000
"""Fewer organisations are taken apart sooner than read."""
_ENDING = ".names"


class Known(NamedTuple):
    """Organisations, and their names for the matcher."""

    organisations: tuple[ReferenceOrganisation, ...]
    names: Names


def known_of(made_of: Iterable[str], read: Callable[[], Iterable[ReferenceOrganisation]]) -> Known:
    """Returns the organisations that `read` gives, with their names, from the file of an earlier run where there is one. `made_of` is
    what they depend on, such as the digests of the files that they come from."""
    folder = index_folder()
    with _unhurried():
        path = folder / f"{_key(made_of)}{_ENDING}" if folder else None
        known = _kept(path) if path else None
        if known is None:
            organisations = tuple(read())
            known = Known(organisations, names_of(searched(organisations)))
            if path and len(organisations) >= WORTH_KEEPING:
                _keep(path, known)
    return known


def _key(made_of: Iterable[str]) -> str:
    parts = (*made_of, _program(), sys.implementation.cache_tag or "", str(marshal.version))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@cache
def _program() -> str:
    """The digest of the code that reads organisations and takes names apart."""
    own = Path(__file__).parent
    code = sorted((*own.glob("*.py"), *(own.parent / "screening").glob("*.py")))
    return hashlib.sha256(b"".join(each.read_bytes() for each in code)).hexdigest()


def _kept(path: Path) -> Known | None:
    """What a file holds. One that somebody else could have written is not read: its format trusts whoever wrote it."""
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if about.st_uid != os.getuid() or about.st_mode & 0o022:
                return None
            digest, data = file.read(32), file.read()
        if hashlib.sha256(data).digest() != digest:
            return None
        organisations, names = marshal.loads(data)  # noqa: S302 - our own file, by its owner and its digest
        with suppress(OSError):
            os.utime(path)  # it is in use: others go first
        return Known(organisations_from(organisations), names_from(names))
    except (OSError, ValueError, EOFError, TypeError):
        return None


def _keep(path: Path, known: Known) -> None:
    """Writes the file whole or not at all. Where it cannot be written, the next run takes the names apart again."""
    data = marshal.dumps((plain_organisations(known.organisations), plain_names(known.names)))
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
        others = sorted(path.parent.glob(f"*{_ENDING}"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in others[KEPT:]:
            old.unlink(missing_ok=True)


@contextmanager
def _unhurried() -> Iterator[None]:
    """Keeps the collector from looking again and again through what is being made, none of which is waste."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
