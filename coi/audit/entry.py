"""The bytes of a ledger entry: canonical form, fields, and the salted commitments to its sections. Pure."""

import base64
import binascii
import hmac
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

from coi.audit import merkle

VERSION = 1
LONGEST = 65_535
SALT_BYTES = 32
LARGEST_INTEGER = 2**53 - 1
_FIELDS = {"actor", "cls", "com", "log", "obj", "seq", "ts", "type", "v"}
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)


class NotCanonical(ValueError):
    """A value has no canonical form, or bytes are not in theirs."""


@dataclass(frozen=True)
class ActorMark:
    """Who acted, without a name: the account's random id (None: nobody was signed in), the roles held and the way
    in."""

    id: str | None
    role: str
    via: str


@dataclass(frozen=True)
class ObjectMark:
    """What the entry is about: its table, its id and, where it has one, its version."""

    table: str
    id: str
    revision: int | None = None


@dataclass(frozen=True)
class Entry:
    """One ledger entry, field by field. `sequence` is the leaf's index in the tree, `commitment` the root over its
    sections."""

    log: str
    sequence: int
    timestamp: str
    type: str
    actor: ActorMark
    object: ObjectMark
    classification: str
    commitment: bytes


def canonical(value: Any) -> bytes:
    """Returns the RFC 8785 bytes of `value`: strings, integers to 2^53−1, booleans, None, lists and dicts of these.
    Raises NotCanonical for anything else; floats too, since two machines may print them differently."""
    _refuse_unfit(value)
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeError, RecursionError) as broken:
        raise NotCanonical(f"There is no canonical form: {broken}") from broken


def _refuse_unfit(value: Any) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise NotCanonical(f"{value} is larger than 2^53-1")
    elif isinstance(value, (list, tuple)):
        for each in value:
            _refuse_unfit(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if not isinstance(name, str):
                raise NotCanonical(f"The key {name!r} is not text")
            _refuse_unfit(each)
    else:
        raise NotCanonical(f"A {type(value).__name__} has no canonical form")


def timestamp(at: datetime) -> str:
    """Returns an aware instant as an entry writes it: UTC, microseconds, Z. Such texts sort as the instants do."""
    if at.tzinfo is None:
        raise NotCanonical("An instant needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def section_commitment(salt: bytes, event: str, number: int, body: bytes) -> bytes:
    """Returns HMAC-SHA256(salt, "coi-sec/v1" 00 event 00 u32(number) 00 body). Source: SECURITY §2.2."""
    message = b"coi-sec/v1\x00%s\x00%s\x00%s" % (event.encode(), number.to_bytes(4, "big"), body)
    return hmac.digest(salt, message, "sha256")


def commitment_over(sections: Sequence[bytes]) -> bytes:
    """Returns the tree root over section commitments: any one section can be shown while the others stay closed."""
    return merkle.tree_hash(merkle.leaf_hash(each) for each in sections)


def write(entry: Entry) -> bytes:
    """Returns the canonical bytes of an entry. Raises NotCanonical where it is too long or its text is not NFC."""
    written = canonical(
        {
            "actor": {"id": entry.actor.id, "role": entry.actor.role, "via": entry.actor.via},
            "cls": entry.classification,
            "com": base64.b64encode(entry.commitment).decode(),
            "log": entry.log,
            "obj": {"id": entry.object.id, "rev": entry.object.revision, "t": entry.object.table},
            "seq": entry.sequence,
            "ts": entry.timestamp,
            "type": entry.type,
            "v": VERSION,
        }
    )
    if len(written) > LONGEST:
        raise NotCanonical(f"An entry has at most {LONGEST} bytes, this one {len(written)}")
    if not unicodedata.is_normalized("NFC", written.decode()):
        raise NotCanonical("The text of an entry is in Unicode normal form C")
    return written


def read(data: bytes) -> Entry:
    """Returns the entry in `data`. Raises NotCanonical unless the bytes are exactly what `write` makes."""
    found = _parsed(data)
    try:
        entry = Entry(
            log=found["log"],
            sequence=found["seq"],
            timestamp=found["ts"],
            type=found["type"],
            actor=ActorMark(**found["actor"]),
            object=ObjectMark(found["obj"]["t"], found["obj"]["id"], found["obj"]["rev"]),
            classification=found["cls"],
            commitment=_decoded(found["com"]),
        )
    except (KeyError, TypeError) as broken:
        raise NotCanonical(f"The entry lacks a field: {broken}") from broken
    _check_types(found, entry)
    return entry


def _parsed(data: bytes) -> dict[str, Any]:
    """The object in `data`, whose canonical form must be `data`. JSON with sorted keys and no spaces is RFC 8785 where
    keys are plain ASCII and numbers are integers, which `read` makes sure of; a test holds the two together."""
    if len(data) > LONGEST:
        raise NotCanonical("The entry is too long")
    try:
        text = data.decode()
        found = json.loads(text)
        again = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError) as broken:
        raise NotCanonical(f"The entry cannot be read: {broken}") from broken
    if not isinstance(found, dict) or again != text:
        raise NotCanonical("The entry is not in its canonical form")
    if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        raise NotCanonical("The text of an entry is in Unicode normal form C")
    return found


def _check_types(found: dict[str, Any], entry: Entry) -> None:
    words = (entry.log, entry.type, entry.classification, entry.actor.role, entry.actor.via)
    texts = (*words, entry.timestamp, entry.object.table, entry.object.id)
    fits = (
        found.keys() == _FIELDS
        and found["obj"].keys() == {"id", "rev", "t"}
        and type(found["v"]) is int
        and found["v"] == VERSION
        and type(entry.sequence) is int
        and 0 <= entry.sequence <= LARGEST_INTEGER
        and all(isinstance(each, str) for each in texts)
        and (entry.actor.id is None or isinstance(entry.actor.id, str))
        and (entry.object.revision is None or type(entry.object.revision) is int)
        and _TIMESTAMP.fullmatch(entry.timestamp) is not None
        and len(entry.commitment) == merkle.HASH_BYTES
    )
    if not fits:
        raise NotCanonical("A field of the entry is missing, unknown or of the wrong kind")


def _decoded(text: str) -> bytes:
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise NotCanonical("The commitment is not base64") from broken
    if base64.b64encode(decoded).decode() != text:
        raise NotCanonical("The commitment is not in canonical base64")
    return decoded
