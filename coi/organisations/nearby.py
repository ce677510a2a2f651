"""Which organisations a text of a body may speak of: all of its own area, whoever was entered here, and others by the start of a name.
For a request, which has no room for an index of the whole country."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

import sqlalchemy as sa

from coi.database import db
from coi.organisations.facts import reference_organisations
from coi.organisations.models import Organisation, OrganisationName, OrganisationRelation
from coi.organisations.naming import folded
from coi.organisations.queries import reference_state
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation

R, N = OrganisationRelation, OrganisationName
State = tuple[uuid.UUID | None, uuid.UUID | None]  # of the reference data
MOST_NAMES, MOST_ELSEWHERE = 24, 60
_LAST = "\U0010ffff"  # after every letter: the column is compared by bytes
_ENTERED = (OrganisationKind.CHARITY, OrganisationKind.COMPANY, OrganisationKind.FEDERATION, OrganisationKind.OTHER)


def organisations_near(
    area_codes: Collection[str], area: str, names: Iterable[str], codes: Iterable[str] = (), state: State | None = None
) -> tuple[ReferenceOrganisation, ...]:
    """Returns the organisations that a text with these names and codes in it may mean, as the matcher needs them. The practices and
    networks that a commissioner of `area_codes` commissions or commissioned, and the commissioners, belong to `area`, whatever it is
    called. Those are remembered until something is imported or entered: `state`, where it was asked for already."""
    own = _own_area(tuple(sorted(area_codes)), area, state or reference_state())
    known = {each.code for each in own}
    elsewhere = _elsewhere(names, codes)
    others = reference_organisations(elsewhere) if elsewhere is not None else ()
    return (*own, *(each for each in others if each.code not in known))


def stands_in_an_address(word: str) -> bool:
    """Whether a word stands in the address of a practice, however it goes on."""
    there = Organisation.address.contains(word.upper(), autoescape=True)
    is_practice = Organisation.kind == OrganisationKind.PRACTICE
    return bool(db.session.scalar(sa.select(sa.exists().where(is_practice, there))))


@lru_cache(maxsize=4)
def _own_area(area_codes: tuple[str, ...], area: str, _state: State) -> tuple[ReferenceOrganisation, ...]:
    asked = sa.select(Organisation.id).where(Organisation.code.in_(area_codes))
    commissioned = sa.select(R.from_id).where(R.kind == RelationKind.COMMISSIONED_BY, R.to_id.in_(asked))
    kinds = Organisation.kind.in_((OrganisationKind.PRACTICE, OrganisationKind.PCN))
    practices = sa.select(Organisation.id).where(kinds, Organisation.id.in_(commissioned))
    commissioners = sa.select(R.to_id).where(R.kind == RelationKind.COMMISSIONED_BY, R.from_id.in_(practices))
    own = (Organisation.id.in_(each) for each in (practices, commissioners, asked))
    found = reference_organisations(sa.select(Organisation.id).where(sa.or_(*own, Organisation.kind.in_(_ENTERED))))
    return tuple(
        each if OrganisationKind(each.kind) in _ENTERED else replace(each, areas=(*each.areas, Dated(area)))
        for each in found
    )


def _elsewhere(names: Iterable[str], codes: Iterable[str]) -> sa.Select[tuple[uuid.UUID]] | None:
    """Whoever bears or bore a name that begins as one of these does, or has one of these codes."""
    starts = list(dict.fromkeys(start for name in names for start in _starts(name)))[:MOST_NAMES]
    selects: list[sa.Select[tuple[uuid.UUID]]] = []
    for start in starts:
        begins = sa.select(N.organisation_id).where(N.search_key >= start, N.search_key < f"{start}{_LAST}")
        selects.append(sa.select(begins.limit(MOST_ELSEWHERE).subquery()))
    if wanted := sorted({code.upper() for code in codes}):
        selects.append(sa.select(Organisation.id).where(Organisation.code.in_(wanted)))
    either = sa.or_(sa.false(), *(Organisation.id.in_(each) for each in selects))
    return sa.select(Organisation.id).where(either) if selects else None


def _starts(name: str) -> list[str]:
    words = folded(name).split()
    words = words[1:] if words[:1] == ["the"] else words
    start = " ".join(words[:2])
    return [start, f"the {start}"] if start else []
