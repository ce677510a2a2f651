"""Reading what stands beside an interest: the network and the federation of a practice, and the partners in it. Derived, never stored."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.organisations.queries import organisations, relations_on
from coi.organisations.vocabulary import RelationKind
from coi.people.models import Person
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.queries import interests_known_at, known_at, standing_of
from coi.registers.interests.sitting import Sitting
from coi.registers.interests.vocabulary import Directness, InterestRole
from coi.registers.interests.withheld_queries import restricted_at
from coi.registers.interests.wording import organisations_in, role_in
from coi.wording import in_sentence

_ASKED = {
    RelationKind.MEMBER_OF_PCN: "{practice} is in this network",
    RelationKind.SHAREHOLDER_IN: "{practice} owns a part of it",
}
_OWNING = (InterestRole.PARTNER, InterestRole.OWNER)


@dataclass(frozen=True)
class Suggestion:
    """Another organisation that a declarant may have to name, and why it is asked about."""

    organisation_id: uuid.UUID
    name: str
    because: str


@dataclass(frozen=True)
class PartnersInterest:
    """What a fellow partner has declared: it counts for every partner, by cross-reference."""

    interest_id: uuid.UUID
    reference: str
    organisation: str
    role: str  # empty where it says nothing

    @property
    def words(self) -> str:
        """The same in a line, for whoever cannot open it."""
        return f"{self.organisation} ({', '.join(each for each in (in_sentence(self.role), self.reference) if each)})"


@dataclass(frozen=True)
class FellowPartner:
    """A partner in the same practice or business, with what they have declared besides."""

    name: str
    interests: tuple[PartnersInterest, ...]

    @property
    def words(self) -> str:
        """The same in a line."""
        return f"{self.name}: {', '.join(each.words for each in self.interests) or 'nothing besides'}"


def suggestions_for(sitting: Sitting, person_id: uuid.UUID, instant: datetime) -> list[Suggestion]:
    """Returns the networks and federations of the practices of which somebody declares to be a partner or owner, where they are not
    declared yet. Rule: DECL-08; RULEBOOK §5.2."""
    practices = {
        uuid.UUID(each.organisation_id)
        for each in sitting.entries
        if each.organisation_id and each.role in set(_OWNING) and not each.is_indirect
    }
    if not practices:
        return []
    relations = [each for each in relations_on(practices, clock.local(instant).date()) if each.kind in _ASKED]
    pairs = [each for each in relations if each.from_id in practices]
    named = organisations({*practices, *(each.to_id for each in pairs)})
    declared = {each.organisation_id for each in sitting.entries}
    declared |= {
        str(each.organisation_id) for version in standing_of(person_id, instant) for each in version.organisations
    }
    found: dict[uuid.UUID, Suggestion] = {}
    for each in pairs:
        because = _ASKED[each.kind].format(practice=named[each.from_id].name)
        found.setdefault(each.to_id, Suggestion(each.to_id, named[each.to_id].name, because))
    return [each for key, each in found.items() if str(key) not in declared]


def fellow_partners(
    version: InterestVersion, instant: datetime, visible: sa.Select[tuple[uuid.UUID]], body_id: uuid.UUID
) -> list[FellowPartner]:
    """Returns who else, of the people that are `visible` to the reader, declared to be a partner or owner in the organisations of a
    partner's interest, and what else they declared as their own, as the register knew it at an instant. What a body keeps
    from the public, or is asked to, is left out, the partnership too. Rule: DECL-08; RULEBOOK §5.2."""
    places = {each.organisation_id for each in version.organisations if each.organisation_id}
    if version.role not in _OWNING or version.directness is not Directness.DIRECT or version.ended_on or not places:
        return []
    restricted = set(db.session.scalars(restricted_at(body_id)))
    people = _partners_in(places, version.interest.person_id, instant, visible, restricted_at(body_id))
    found: dict[uuid.UUID, list[PartnersInterest]] = {person.id: [] for person in people}
    for each in interests_known_at(list(found), instant):
        is_here = any(named.organisation_id in places for named in each.organisations)
        if (
            each.ended_on is None
            and each.directness is Directness.DIRECT
            and not is_here
            and each.interest_id not in restricted
        ):
            made = PartnersInterest(
                each.interest_id,
                each.interest.reference,
                organisations_in(each),
                "" if each.role is InterestRole.OTHER else role_in(each),
            )
            found[each.interest.person_id].append(made)
    return [FellowPartner(person.name, tuple(found[person.id])) for person in people]


def _partners_in(
    places: Collection[uuid.UUID],
    but: uuid.UUID,
    instant: datetime,
    visible: sa.Select[tuple[uuid.UUID]],
    restricted: sa.Select[tuple[uuid.UUID]],
) -> list[Person]:
    here = (
        known_at(instant)
        .join(InterestVersion.interest)
        .join(InterestOrganisation, InterestOrganisation.version_id == InterestVersion.id)
        .where(
            InterestOrganisation.organisation_id.in_(places), InterestVersion.role.in_(_OWNING), InterestVersion.ended_on.is_(None),
            InterestVersion.directness == Directness.DIRECT, Interest.person_id != but, Interest.id.not_in(restricted),
            Interest.person_id.in_(visible),
        )
        .with_only_columns(Interest.person_id)
    )  # fmt: skip
    return list(db.session.scalars(sa.select(Person).where(Person.id.in_(here)).order_by(Person.sort_key, Person.id)))
