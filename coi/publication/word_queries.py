"""The words that a visitor asks for, as spans of the words that find entries: complete however many words begin alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.publication import queries
from coi.publication.content import column_word, reference_word, words_in
from coi.publication.models import PublishedWord

MOST_WORDS = 20
COUNTED = 3000
"""So many words of a span are looked at to guess how many entries have one of them; the guess decides the way, never the answer."""
MANY = 10**9
LOOKED_AT, SLIP = 1500, 2
"""So many words of a beginning are looked at that differ by at most so many letters in length, to find what somebody may have meant."""

W = PublishedWord.__table__.c


@dataclass(frozen=True)
class Span:
    """All words from `start` up to `end`, without it. `uses`: about how many standing entries have one. `word`: the only word of the
    span that any entry ever had, empty where there are several."""

    start: str
    end: str
    uses: int
    word: str = ""

    def meets(self, words: Iterable[str]) -> bool:
        """Returns whether one of these words is in the span."""
        return any(self.start <= word < self.end for word in words)


def spans_of(shelf_id: int, find: str, filters: Mapping[str, str], facets: Sequence[str]) -> list[Span] | None:
    """Returns a span for each word asked for, the rarest first: words stand for all that begin like them, a reference and a value to
    filter by for themselves. None: there is a word that no entry of the register ever had."""
    exact, beginnings = (
        list(facets),
        [column_word(name, word) for name, text in filters.items() for word in words_in(text)],
    )
    said = find.split()
    references = queries.uses_of(shelf_id, [reference_word(text) for text in said if "/" in text])
    for text in said:
        if reference_word(text) in references:
            exact.append(reference_word(text))
        else:
            beginnings += words_in(text)
    wanted = [(word, word + "\x01") for word in exact]
    wanted += [(word, _after(word)) for word in beginnings[:MOST_WORDS]]
    found = _spans(shelf_id, list(dict.fromkeys(wanted)))
    known = [each for each in found if each is not None]
    return sorted(known, key=lambda each: each.uses) if len(known) == len(found) else None


def are_known(shelf_id: int, words: Sequence[str]) -> list[bool]:
    """Returns of each word whether an entry of the register ever had one that begins like it."""
    return [each is not None for each in _spans(shelf_id, [(word, _after(word)) for word in words])]


def words_like(shelf_id: int, start: str, words: Sequence[str]) -> list[set[str]]:
    """Returns for each word those that standing entries have and that begin like it, or like it without its first letter, and are about as
    long. `start` stands before each word of a column; it is not part of what is returned."""
    asked = [
        (at, start + beginning, len(start) + len(word))
        for at, word in enumerate(words)
        for beginning in dict.fromkeys((word[:2], word[:1], word[1:2]))
        if beginning
    ]
    found: list[set[str]] = [set() for _ in words]
    values: dict[str, Any] = {"shelf": shelf_id}
    for number, (_, first, length) in enumerate(asked):
        values |= {f"start_{number}": first, f"end_{number}": _after(first), f"length_{number}": length}
    for number, word in db.session.execute(_like(len(asked)), values) if asked else ():
        found[asked[number][0]].add(word[len(start) :])
    return found


def _after(word: str) -> str:
    """Where the words end that begin like a word."""
    return word[:-1] + chr(ord(word[-1]) + 1)


@lru_cache(maxsize=64)
def _like(number: int) -> sa.CompoundSelect[Any]:
    """One statement for several beginnings, each looked at for itself."""
    return sa.union_all(*(sa.select(_like_one(at).subquery()) for at in range(number)))


def _like_one(at: int) -> sa.Select[Any]:
    length = sa.bindparam(f"length_{at}", type_=sa.Integer())
    wanted = sa.select(sa.literal_column(str(at)).label("number"), W.word).where(_between(at), W.uses > 0)
    return wanted.where(sa.func.length(W.word).between(length - SLIP, length + SLIP)).limit(LOOKED_AT)


def _spans(shelf_id: int, wanted: Sequence[tuple[str, str]]) -> list[Span | None]:
    """What is known of each span, from its start up to its end, in one statement."""
    if not wanted:
        return []
    values: dict[str, Any] = {"shelf": shelf_id}
    for number, (start, end) in enumerate(wanted):
        values |= {f"start_{number}": start, f"end_{number}": end}
    rows = sorted(db.session.execute(_looked_at(len(wanted)), values).all())
    return [_span(start, end, row) for (start, end), row in zip(wanted, rows, strict=True)]


def _span(start: str, end: str, row: Any) -> Span | None:
    if not row.words:
        return None
    return Span(start, end, MANY if row.words == COUNTED else int(row.uses), row.word if row.words == 1 else "")


@lru_cache(maxsize=64)
def _looked_at(number: int) -> sa.CompoundSelect[Any]:
    return sa.union_all(*map(_looked_at_one, range(number)))


def _looked_at_one(at: int) -> sa.Select[Any]:
    looked_at = sa.select(W.word, W.uses).where(_between(at)).limit(COUNTED).subquery().c
    uses = sa.func.coalesce(sa.func.sum(looked_at.uses), 0)
    return sa.select(
        sa.literal_column(str(at)).label("number"), sa.func.count().label("words"), uses.label("uses"),
        sa.func.min(looked_at.word).label("word"),
    )  # fmt: skip


def _between(at: int) -> sa.ColumnElement[bool]:
    start, end = (sa.bindparam(f"{name}_{at}", type_=sa.Text()) for name in ("start", "end"))
    return sa.and_(W.shelf_id == sa.bindparam("shelf", type_=sa.Integer()), W.word >= start, W.word < end)
