"""Reading whom words may mean that nobody has matched, as the command line reads them in a file: among the organisations near a body, with
what the body taught."""

import importlib
import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Body, Organisation
from coi.organisations.nearby import MOST_NAMES, State, organisations_near
from coi.organisations.queries import reference_state
from coi.registers.aliases.queries import taught_here
from coi.registers.aliases.rules import search_key
from coi.screening.aliases import Alias, Taught
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.segments import chunks, mentions
from coi.screening.unsettled import meant_by
from coi.screening.vocabulary import OneOf

_CODE = re.compile(r"\b[A-Z]\d{5}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Meanings:
    """Whom texts may mean, by text; of each of these organisations its code and its name."""

    by_text: Mapping[str, tuple[OneOf, ...]]
    organisations: Mapping[uuid.UUID, tuple[str | None, str]]


_Read = dict[str, Meanings]
NOTHING = Meanings({}, {})


def meanings_of(texts: Collection[str], body_id: uuid.UUID) -> Meanings:
    """Returns whom texts may mean that nobody has matched, at a body; nobody for words of which it was said that they mean none. Asks
    nothing where there are no such texts. What was read before serves until the reference data or the names that the body taught
    change. Rule: MTG-02, REG-01; RULEBOOK §24 (matching is by organisation)."""
    if not texts:
        return NOTHING
    body, taught = db.session.get_one(Body, body_id), taught_here(body_id)
    asked = [each for each in sorted(texts) if search_key(each) not in taught.nobody]
    around = _Around(tuple(body.area_codes), body.name, taught.aliases, reference_state())
    known = _known(around)
    if new := [each for each in asked if each not in known]:
        known |= _read(new, around)
    found = [(text, known[text]) for text in asked]
    return Meanings(
        {text: each.by_text[text] for text, each in found if each.by_text[text]},
        {key: called for _, each in found for key, called in each.organisations.items()},
    )


class _Around(NamedTuple):
    """What decides whom words may mean at a body: its area, what it is called, what it taught, the state of the reference data."""

    area_codes: tuple[str, ...]
    area: str
    aliases: tuple[Alias, ...]
    state: State


@lru_cache(maxsize=8)
def _known(_around: _Around) -> _Read:
    """What was read of texts while all around them stays as it is."""
    return {}


def _read(texts: Sequence[str], around: _Around) -> _Read:
    matcher = importlib.import_module("coi.screening.matcher")  # not before there are such words: it is large
    finder = Taught(matcher.Matcher(_near(texts, around)), around.aliases)
    meant = {text: meant_by(finder.match(text, around.area)) for text in texts}
    ids = _ids({key for found in meant.values() for one_of in found for key in one_of.keys})
    read: _Read = {}
    for text, found in meant.items():
        known = tuple(each for each in found if all(key in ids for key in each.keys))
        own = (ids[key] for each in known for key in each.keys)
        read[text] = Meanings({text: known}, {row.id: (row.code, row.name) for row in own})
    return read


def _near(texts: Iterable[str], around: _Around) -> list[ReferenceOrganisation]:
    """The organisations that texts with these names in them may mean, some names at a time."""
    every = [(each.raw, text) for text in texts for each in (*mentions(text), *chunks(text))]
    names = list(dict.fromkeys(raw for raw, _ in every if raw[:1].isupper()))
    codes = {code for text in texts for code in _CODE.findall(text)}
    near: dict[str, ReferenceOrganisation] = {}
    for some in _some_at_a_time(names):
        there = organisations_near(around.area_codes, around.area, some, codes, around.state)
        near |= {one.code: one for one in there}
    return list(near.values())


def _some_at_a_time(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Each name is looked up with and without an article."""
    each = MOST_NAMES // 2
    yield from (names[start : start + each] for start in range(0, max(len(names), 1), each))


def _ids(keys: Collection[str]) -> dict[str, Organisation]:
    """The organisations that screening calls by these keys."""
    if not keys:
        return {}
    own = {uuid.UUID(key) for key in keys if len(key) == 36}
    wanted = sa.or_(Organisation.code.in_(keys), Organisation.id.in_(own))
    return {each.key: each for each in db.session.scalars(sa.select(Organisation).where(wanted))}
