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
    found = [_span(shelf_id, start, end) for start, end in dict.fromkeys(wanted)]
    known = [each for each in found if each is not None]
    return sorted(known, key=lambda each: each.uses) if len(known) == len(found) else None


def is_known(shelf_id: int, word: str) -> bool:
    """Returns whether an entry of the register ever had a word that begins like this one."""
    return _span(shelf_id, word, _after(word)) is not None


def words_like(shelf_id: int, start: str, word: str) -> set[str]:
    """Returns words that standing entries have and that begin like a word, or like it without its first letter, and are about as long.
    `start` stands before each word of a column; it is not part of what is returned."""
    found: set[str] = set()
    for beginning in (word[:2], word[:1], word[1:2]):
        if beginning:
            first = start + beginning
            asked = {"shelf": shelf_id, "start": first, "end": _after(first), "length": len(start) + len(word)}
            found.update(each[len(start) :] for each in db.session.scalars(_like(), asked))
    return found


def _after(word: str) -> str:
    """Where the words end that begin like a word."""
    return word[:-1] + chr(ord(word[-1]) + 1)


@lru_cache(maxsize=1)
def _like() -> sa.Select[Any]:
    length = sa.bindparam("length", type_=sa.Integer())
    wanted = sa.select(W.word).where(W.shelf_id == sa.bindparam("shelf"), W.uses > 0)
    wanted = wanted.where(W.word >= sa.bindparam("start"), W.word < sa.bindparam("end"))
    return wanted.where(sa.func.length(W.word).between(length - SLIP, length + SLIP)).limit(LOOKED_AT)


def _span(shelf_id: int, start: str, end: str) -> Span | None:
    row = db.session.execute(_looked_at(), {"shelf": shelf_id, "start": start, "end": end}).one()
    if not row.words:
        return None
    return Span(start, end, MANY if row.words == COUNTED else int(row.uses), row.word if row.words == 1 else "")


@lru_cache(maxsize=1)
def _looked_at() -> sa.Select[Any]:
    some = sa.select(W.word, W.uses).where(
        W.shelf_id == sa.bindparam("shelf"), W.word >= sa.bindparam("start"), W.word < sa.bindparam("end")
    )
    looked_at = some.limit(COUNTED).subquery().c
    uses = sa.func.coalesce(sa.func.sum(looked_at.uses), 0)
    return sa.select(sa.func.count().label("words"), uses.label("uses"), sa.func.min(looked_at.word).label("word"))
