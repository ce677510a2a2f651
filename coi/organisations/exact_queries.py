"""Reading which organisation a text is, to the letter: its code, or the one name that only it bears. No engine."""

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Organisation, OrganisationName, OrganisationRelation
from coi.organisations.naming import folded
from coi.organisations.vocabulary import OrganisationKind, OrganisationStatus, RelationKind

_CODE = re.compile(r"[A-Z0-9]{3,10}")
_BESIDE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<last>[A-Z0-9]{3,10})\)|[-–—,:]\s*(?P<end>[A-Z0-9]{3,10}))\s*$")
_ARTICLE = "the "
_FEW = 500
_OF_AN_AREA = (OrganisationKind.PRACTICE, OrganisationKind.PCN)


@dataclass(frozen=True)
class Exactly:
    """An organisation that a text is, and why in words."""

    id: uuid.UUID
    name: str
    why: str


def known_exactly(texts: Iterable[str], areas: Collection[str]) -> dict[str, Exactly]:
    """Returns, by text, the open organisation whose code or name a text is and nothing more: no other open one is called so, now or before,
    with or without "The". A practice or network is found by its name only in one of the `areas` (commissioners' codes), as such names
    recur; other prescribing settings, which are called like what they do, by their codes alone."""
    wanted = {text: _parts(text) for text in texts}
    by_code = _by_code({code for _, code in wanted.values() if code})
    by_name = _by_name({key for name, _ in wanted.values() for key in _spellings(name)})
    found: dict[str, Exactly] = {}
    for text, (name, code) in wanted.items():
        called = {one.id: one for key in _spellings(name) for one in by_name.get(key, ())}
        coded = by_code.get(code)
        if coded is not None and (not name or coded.id in called):
            found[text] = Exactly(coded.id, coded.name, f"its code {code}")
        elif not code and len(called) == 1:
            ((key, one),) = called.items()
            found[text] = Exactly(key, one.name, "its exact name, which no other organisation has")
    local = _in_areas({each.id for each in found.values()}, areas)
    return {text: each for text, each in found.items() if each.id in local or wanted[text][1]}


def _in_areas(ids: Collection[uuid.UUID], areas: Collection[str]) -> set[uuid.UUID]:
    """Which of these organisations are in an area, or of a kind that is in none."""
    commissioners = sa.select(Organisation.id).where(Organisation.code.in_(list(areas)))
    there = sa.exists().where(
        OrganisationRelation.from_id == Organisation.id,
        OrganisationRelation.kind == RelationKind.COMMISSIONED_BY,
        OrganisationRelation.to_id.in_(commissioners),
    )
    local = sa.select(Organisation.id).where(sa.or_(Organisation.kind.not_in(_OF_AN_AREA), there))
    return {each for some in _chunks(ids) for each in db.session.scalars(local.where(Organisation.id.in_(some)))}


def _parts(text: str) -> tuple[str, str]:
    """The name and the code that a text is made of; either may be empty."""
    plain = " ".join(text.split()).strip(" .,;")
    if _CODE.fullmatch(plain):
        return "", plain
    beside = _BESIDE.match(plain)
    code = (beside["last"] or beside["end"]) if beside else ""
    return (beside["name"], code) if beside and any(char.isdigit() for char in code) else (plain, "")


def _spellings(name: str) -> tuple[str, ...]:
    key = folded(name).removeprefix(_ARTICLE)
    return (key, _ARTICLE + key) if key else ()


def _by_code(codes: Collection[str]) -> dict[str, sa.Row[tuple[uuid.UUID, str, str]]]:
    columns = sa.select(Organisation.id, Organisation.name, Organisation.code)
    open_ones = columns.where(Organisation.status == OrganisationStatus.ACTIVE)
    found = {}
    for some in _chunks(codes):
        found |= {row.code: row for row in db.session.execute(open_ones.where(Organisation.code.in_(some)))}
    return found


def _by_name(keys: Collection[str]) -> Mapping[str, list[sa.Row[tuple[uuid.UUID, str, str]]]]:
    found: dict[str, list[sa.Row[tuple[uuid.UUID, str, str]]]] = defaultdict(list)
    columns = sa.select(Organisation.id, Organisation.name, OrganisationName.search_key)
    columns = columns.join(OrganisationName, OrganisationName.organisation_id == Organisation.id).where(
        Organisation.status == OrganisationStatus.ACTIVE, Organisation.kind != OrganisationKind.PRESCRIBING
    )
    for some in _chunks(keys):
        for row in db.session.execute(columns.where(OrganisationName.search_key.in_(some))):
            found[row.search_key].append(row)
    return found


def _chunks(values: Collection[Any]) -> Iterable[list[Any]]:
    listed = sorted(values)
    return (listed[start : start + _FEW] for start in range(0, len(listed), _FEW))
