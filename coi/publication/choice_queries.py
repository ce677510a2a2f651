"""The values that a visitor may choose from in the filters of a register, none of which tells of what may not be seen."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.publication.content import facet, shown, tokens_of
from coi.publication.models import PublishedEntry, PublishedUse, PublishedWord
from coi.publication.register_queries import Shown
from coi.publication.vocabulary import CURRENT

E, W = PublishedEntry.__table__.c, PublishedWord.__table__.c


def choices(edition: Shown, columns: Sequence[str]) -> dict[str, list[str]]:
    """Returns the values of each column that can be seen today, as they are written, in order: none that only a record has which is
    withheld or past its public months. Rules: REG-03, REG-06."""
    found: dict[str, list[str]] = {name: [] for name in columns}
    if not columns:
        return found
    rows = db.session.execute(_choices(tuple(columns)), {"shelf": edition.shelf_id}).all()
    unseen = len(edition.hidden) + edition.gone
    for row in rows:
        if row.uses > unseen or _is_seen(edition, row.word):
            found[row.word.split("=")[1]].append(row.label)
    return {name: _listed(labels, name in edition.register.by_beginning) for name, labels in found.items()}


def _listed(labels: Sequence[str], are_beginnings: bool) -> list[str]:
    return sorted({label.partition(":")[0] for label in labels} if are_beginnings else labels)


def _is_seen(edition: Shown, word: str) -> bool:
    """Whether anything that stands and can be seen today has a value. Asked of values alone that few entries have."""
    register = edition.register
    for row in db.session.execute(_HAVING, {"shelf": edition.shelf_id, "word": word, "today": edition.today}):
        left = shown(row.key, row.content, register.shape, edition.hidden.get(row.key, frozenset()))
        if word in tokens_of(row.key, left.values, register.shape, register.facets):
            return True
    return False


@lru_cache(maxsize=16)
def _choices(columns: tuple[str, ...]) -> sa.CompoundSelect[Any]:
    """The values of some columns, each from its own stretch of words."""
    start = {name: facet(name, "") for name in columns}
    each = sa.select(W.word, W.label, W.uses).where(W.shelf_id == sa.bindparam("shelf"), W.uses > 0, W.label != "")
    return sa.union_all(*(each.where(W.word >= start[name], W.word < f"{start[name][:-1]}>") for name in columns))


_HAVING = sa.select(E.key, E.content).where(
    E.last_edition == CURRENT, E.until >= sa.bindparam("today", type_=sa.Date()),
    E.id.in_(sa.select(PublishedUse.entry_id).where(
        PublishedUse.shelf_id == sa.bindparam("shelf"), PublishedUse.word == sa.bindparam("word")
    )),
)  # fmt: skip
