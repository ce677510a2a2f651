"""A record as it is kept and shown: its canonical text, the words that find it, and what is left once something is withheld. Pure."""

import hashlib
import json
import re
from collections.abc import Container, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from coi.organisations.naming import folded
from coi.publication.vocabulary import NO_END, Entry, ShownRow
from coi.registers.columns import Column, ColumnKind, PublicRow, RegisterShape, Value

SEARCHED = (ColumnKind.TEXT, ColumnKind.LIST)
LONGEST_WORD = 60
LAST = "~"
"""Where a record stands in an order of which it has nothing."""
_SPACE = re.compile(r"\s+")


def entry_of(
    row: PublicRow,
    shape: RegisterShape,
    *,
    facets: Iterable[str],
    subject: str,
    changed: str,
    nothing: Container[str] = (),
) -> Entry:
    """Returns a row as an edition keeps it. `facets` are the columns that can be filtered by, `subject` the one that a second order
    goes by, `changed` the one that says when the record last changed; `nothing` what stands in `subject` where there is none."""
    content = text_of(row.values)
    return Entry(
        key=row.key, sort_key=row.sort_key, subject=subject_in(row.values, subject, nothing), changed_on=changed_in(row.values, changed),
        until=row.public_until or NO_END, mark=mark_of(content), content=content, values=row.values,
        tokens=tokens_of(row.key, row.values, shape, facets),
    )  # fmt: skip


def subject_in(values: Mapping[str, Value], column: str, nothing: Container[str] = ()) -> str:
    """Returns what a record is ordered by where it is ordered by its subject, which stands in `column`; without one, or with words that
    say that there is none (`nothing`), it comes last."""
    about = values.get(column)
    said = " ".join(about) if isinstance(about, tuple) else str(about or "")
    return LAST if said in nothing else folded(said)[:200] or LAST


def changed_in(values: Mapping[str, Value], column: str) -> date:
    """Returns the day on which a record last changed, which stands in `column`; without one it counts as the oldest."""
    on = values.get(column)
    return on if isinstance(on, date) else date(1900, 1, 1)


def text_of(values: Mapping[str, Value]) -> str:
    """Returns the canonical text of a record: JSON with its names in order, without floats, so that the same record is always the same
    bytes."""
    return json.dumps(
        {name: _plain(value) for name, value in values.items()}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )  # fmt: skip


def mark_of(content: str) -> str:
    """Returns the digest by which a content is known."""
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def values_of(content: str, shape: RegisterShape) -> dict[str, Value]:
    """Returns the values that a canonical text holds, in the order and kinds of the register's columns. A column that the register did
    not have then is empty."""
    held = json.loads(content)
    return {column.name: _typed(held.get(column.name), column.kind) for column in shape.columns}


@lru_cache(maxsize=1024)
def shown(key: str, content: str, shape: RegisterShape, hidden: frozenset[str] = frozenset()) -> ShownRow:
    """Returns what `shown_once` does, and remembers it for the next who looks at the same page."""
    return shown_once(key, content, shape, hidden)


def shown_once(key: str, content: str, shape: RegisterShape, hidden: frozenset[str] = frozenset()) -> ShownRow:
    """Returns a record as it may be shown where `hidden` columns are withheld today, besides those that were when it was published; for
    who goes through a whole register, which would only fill the memory of `shown`. Rule: REG-06; RULEBOOK §7.3."""
    values = values_of(content, shape)
    then = values.get("withheld")
    withheld = hidden | frozenset(then if isinstance(then, tuple) else ())
    if hidden:
        values = {name: None if name in hidden else value for name, value in values.items()}
    if "withheld" in values:
        values["withheld"] = tuple(
            column.name for column in shape.columns if column.is_withholdable and column.name in withheld
        )
    return ShownRow(key, mark_of(f"{content}|{sorted(hidden)}"), values, withheld)


def tokens_of(key: str, values: Mapping[str, Value], shape: RegisterShape, facets: Iterable[str]) -> frozenset[str]:
    """Returns what finds a record: its reference, each word of what people read, folded, and each value that can be filtered by. What is
    withheld has no value and is not found."""
    found = {reference_word(key)}
    for column in shape.columns:
        if column.is_shown and column.kind in SEARCHED:
            for text in _texts(values.get(column.name)):
                found.update(words_in(text))
    for name in facets:
        for text in _texts(values.get(name)):
            found.add(facet(name, text))
            found.update(column_word(name, word) for word in words_in(text))
    return frozenset(found)


def words_in(text: str) -> list[str]:
    """Returns the words of a text as they are looked up: no accents, no case, no punctuation, each once."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in folded(text).split()))


def facet(name: str, value: str) -> str:
    """Returns the word that stands for "this column has this value"."""
    return f"={name}={folded(value)[:120]}"


def column_word(name: str, word: str) -> str:
    """Returns what stands for "this column has this word". The sign before it keeps it apart from the words that begin alike."""
    return f":{name}:{word}"


def reference_word(key: str) -> str:
    """Returns what stands for a record's reference."""
    return f"/{key.casefold()}"


def cell_text(value: Value, kind: ColumnKind) -> str:
    """Returns a value as people read it in a page, a difference or a printed copy."""
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "Yes" if value else "No"
        case tuple():
            return "; ".join(value)
        case date():
            return f"{value.day} {value:%B %Y}"
        case Decimal() | int() if kind is ColumnKind.MONEY:
            return f"£{value:,.2f}"
        case _:
            return _SPACE.sub(" ", str(value)) if kind is not ColumnKind.TEXT else str(value)


def machine_text(value: Value) -> str:
    """Returns a value as a file of text has it: dates as 2026-11-12, true and false, lists parted by semicolons."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case tuple():
            return "; ".join(value)
        case _:
            return str(value)


def _texts(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),) if value not in (None, "") else ()


def _plain(value: Value) -> str | int | bool | list[str] | None:
    match value:
        case None | bool() | int() | str():
            return value
        case tuple():
            return list(value)
        case _:
            return str(value)


def _typed(value: object, kind: ColumnKind) -> Value:
    match value, kind:
        case None, _:
            return None
        case list(), _:
            return tuple(str(each) for each in value)
        case str(), ColumnKind.DATE:
            return date.fromisoformat(value)
        case ((str() | int()), ColumnKind.MONEY):
            return Decimal(value)
        case ((str() | int() | bool()), _):
            return value
        case _:
            return str(value)


def shown_columns(shape: RegisterShape) -> tuple[Column, ...]:
    """Returns the columns that people read."""
    return tuple(column for column in shape.columns if column.is_shown)
