"""The sealed file of an edition: canonical lines of JSON, the same bytes for the same edition. Pure."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from coi.publication.vocabulary import NO_END, Entry
from coi.registers.columns import RegisterShape
from coi.registers.vocabulary import RegisterKind

MEDIA_TYPE = "application/x-ndjson"
FORMAT = "coi-edition/v1"


class _Body(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def slug(self) -> str: ...


class _Register(Protocol):
    @property
    def shape(self) -> RegisterShape: ...
    @property
    def kind(self) -> RegisterKind: ...


def sealed(body: _Body, register: _Register, number: int, as_at: date, entries: Sequence[Entry]) -> bytes:
    """Returns the sealed file: a line on what it is, then a line for each record in the order of the register."""
    return "".join(f"{line}\n" for line in _lines(body, register, number, as_at, entries)).encode()


def _lines(body: _Body, register: _Register, number: int, as_at: date, entries: Sequence[Entry]) -> Iterator[str]:
    yield _canonical(
        {"as_at": as_at.isoformat(), "body": body.name, "columns": list(register.shape.names), "edition": number, "format": FORMAT,
         "register": register.kind.value, "rows": len(entries), "slug": body.slug}
    )  # fmt: skip
    for each in entries:
        until = None if each.until == NO_END else each.until.isoformat()
        head = _canonical({"key": each.key, "public_until": until, "sort_key": each.sort_key})
        yield f'{head[:-1]},"values":{each.content}}}'


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
