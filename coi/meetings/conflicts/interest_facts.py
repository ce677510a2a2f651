"""Building the facts of what people hold, as the screening engine takes them: each interest and gift, for everybody it counts for."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from coi.meetings.conflicts.holding_queries import KnownVersion
from coi.registers.interests.vocabulary import Directness, InterestRole, InterestStatus, InterestType
from coi.screening import vocabulary as words
from coi.screening.alike import words_key
from coi.screening.terms import says_dormant

_TYPES = {
    InterestType.FINANCIAL: words.InterestType.FINANCIAL,
    InterestType.NON_FINANCIAL_PROFESSIONAL: words.InterestType.PROFESSIONAL,
    InterestType.NON_FINANCIAL_PERSONAL: words.InterestType.PERSONAL,
}
UNMATCHED = "unmatched "  # how the key of a text begins that is matched to nothing
_SCREENED_AS = {
    role: words.Role.SPONSORED if role is InterestRole.RECIPIENT else words.Role(role.value) for role in InterestRole
}


@dataclass(frozen=True)
class Standing:
    """Somebody who takes part in a meeting. `stands_for` is the member whose seat a deputy fills: their interests count too."""

    person_id: uuid.UUID
    name: str
    stands_for: uuid.UUID | None = None
    stands_for_name: str = ""


@dataclass(frozen=True, eq=False)
class KnownInterest:
    """An interest or a gift as the register knew it, for the person it counts for: the holder, or whoever deputises for them. Without an
    `interest_id` it is a gift. Whoever has no part in the meeting (`has_part`) is looked at for a fellow partner who has, or
    for what they wrote. The same version gives the same object for the same person."""

    person: Standing
    fact: words.InterestFact
    interest_id: uuid.UUID | None = None
    version_id: uuid.UUID | None = None
    has_part: bool = True


@lru_cache(maxsize=8)
def interests_known(
    versions: tuple[KnownVersion, ...], people: tuple[Standing, ...], holders: frozenset[uuid.UUID]
) -> tuple[KnownInterest, ...]:
    """Each interest for everybody it counts for, then those of others. Kept for the next page that asks about the same meeting."""
    return (*_of_people(versions, people), *_of_others(versions, holders))


def _of_people(versions: Iterable[KnownVersion], people: Iterable[Standing]) -> Iterator[KnownInterest]:
    """Each interest for everybody it counts for."""
    counts_for: dict[uuid.UUID, list[Standing]] = {}
    for person in people:
        for holder in {person.person_id, person.stands_for} - {None}:
            counts_for.setdefault(holder, []).append(person)
    for version in versions:
        for person in counts_for.get(version.person_id, ()):
            yield _known_interest(version, person)


def _of_others(versions: Iterable[KnownVersion], holders: Collection[uuid.UUID]) -> Iterator[KnownInterest]:
    """The interests of fellow partners, and of authors, who have no part in the meeting. Rule: DECL-08; RULEBOOK §5.2, §23 scenarios 11
    and 40."""
    for version in versions:
        if version.person_id not in holders:
            yield _known_interest(version, Standing(version.person_id, version.holder), has_part=False)


@lru_cache(maxsize=1024)
def _known_interest(version: KnownVersion, person: Standing, *, has_part: bool = True) -> KnownInterest:
    fact = _interest_fact(version, person)
    return KnownInterest(person, fact, version.interest_id, version.version_id, has_part)


def is_loose(fact: words.InterestFact) -> bool:
    """Whether an interest names organisations, and none of them is matched."""
    return bool(fact.organisations) and all(each.startswith(UNMATCHED) for each in fact.organisations)


def _interest_fact(version: KnownVersion, person: Standing) -> words.InterestFact:
    rows = version.organisations
    keys = {row.organisation_id: row.code or str(row.organisation_id) for row in rows if row.organisation_id}
    own = version.person_id == person.person_id
    return words.InterestFact(
        key=str(version.version_id) if own else f"{version.version_id} {person.person_id}",
        person=person.name,
        deputy_for="" if own else person.stands_for_name or "a member",
        organisations=tuple(key_of(row.organisation_id, row.text, keys) for row in rows),
        organisation_names=tuple(row.name for row in rows),
        interest_type=_TYPES[version.type],
        directness=words.Directness.INDIRECT if version.directness is Directness.INDIRECT else words.Directness.DIRECT,
        via=version.via.value.replace("_", " ") if version.via else "",
        role=_SCREENED_AS[version.role],
        arose_on=version.arose_on,
        ended_on=version.ended_on,
        is_pursuing=version.is_pursuing,
        has_ended=version.status is InterestStatus.ENDED and version.ended_on is None,
        text=version.nature,
        received_on=version.received_on,
        is_dormant=says_dormant(version.nature),
        holder=str(person.person_id),
    )


def key_of(organisation_id: uuid.UUID | None, text: str, keys: Mapping[uuid.UUID, str]) -> str:
    """Returns what screening calls an organisation. A text that nobody matched has its words for a key: it is listed, never guessed, and
    meets whatever has the same words."""
    return f"{UNMATCHED}{words_key(text)}" if organisation_id is None else keys[organisation_id]


@lru_cache(maxsize=1024)
def with_meanings(known: KnownInterest, one_of: tuple[words.OneOf, ...]) -> KnownInterest:
    """Returns an interest with those of whom one is meant, for each of its texts that nobody has matched. The same object for the same."""
    return replace(known, fact=replace(known.fact, one_of=one_of))


def unsettled_texts(version: KnownVersion) -> Iterator[str]:
    """Yields the words of a version that nobody has matched to an organisation."""
    return (row.text for row in version.organisations if row.organisation_id is None)
