"""Building the facts that a meeting is screened with: people, their interests and gifts as known, the items, the relations between
organisations. A dozen queries, however many items and people."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from coi.clock import months_after
from coi.meetings.conflicts.holding_queries import KnownVersion, Named, known_versions
from coi.meetings.conflicts.near_queries import practices_near
from coi.meetings.conflicts.register_queries import Relation, bodies_meeting, called, relations_from
from coi.meetings.matters.vocabulary import EarlierBidder, Origin
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import AffectedRelation, ClassScope
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.registers.interests.vocabulary import Directness, InterestRole, InterestStatus, InterestType
from coi.screening import vocabulary as words
from coi.screening.alike import alike_edges, twin_edges, words_key
from coi.screening.items import read_item
from coi.screening.terms import Terms, says_dormant

MOST_READ = 4000  # letters of a description
MOVES_PATIENTS = frozenset({"mergers", "practice_closure", "practice_establishment"})
ANY_CHANGE = "contracts"  # of a list that closes as of a name that changes: it does not say whether patients move

_TYPES = {
    InterestType.FINANCIAL: words.InterestType.FINANCIAL,
    InterestType.NON_FINANCIAL_PROFESSIONAL: words.InterestType.PROFESSIONAL,
    InterestType.NON_FINANCIAL_PERSONAL: words.InterestType.PERSONAL,
}

Before = Mapping[uuid.UUID, Sequence[Origin]]  # by item, what people did on its matter
Bidders = Mapping[uuid.UUID, Sequence[EarlierBidder]]  # by item, who bid earlier in its matter
NOTHING_BEFORE: Before = {}
NO_BIDDERS: Bidders = {}

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


@dataclass(frozen=True)
class ScreeningFacts:
    """Everything that one screening of a meeting looks at. `own_bodies` are the keys of the bodies whose meeting it is."""

    interests: Mapping[str, KnownInterest]
    items: tuple[words.ItemFact, ...]
    edges: tuple[words.Edge, ...]
    names: Mapping[str, str]
    unmatched: tuple[str, ...]
    own_bodies: frozenset[str] = frozenset()


def screening_facts(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    people: Collection[Standing],
    terms: Terms,
    known_at: datetime,
    before: Before = NOTHING_BEFORE,
    bidders: Bidders = NO_BIDDERS,
    made_before: date = date.min,
) -> ScreeningFacts:
    """Returns the facts for screening `items` of a meeting against `people`, with the registers as known at an instant. `terms` say for
    how long a gift counts; `before` is what people did on the matters of items, whose interests are looked at too; `bidders` bid
    earlier in them. What was declared before the day `made_before` counts, whenever somebody typed it."""
    holders = {each.person_id for each in people} | {each.stands_for for each in people if each.stands_for}
    since = months_after(meeting.held_on, -terms.gift_months - 1)  # the engine counts to the day
    authors = {each.person_id for origins in before.values() for each in origins}
    versions = known_versions(
        holders | authors, known_at, body_id=meeting.body_id, since=since, made_before=made_before
    )
    named = [row for version in versions for row in version.organisations]
    known = {row.organisation_id: (row.code, row.name) for row in named if row.organisation_id}
    affected = [row.organisation for item in items for row in item.affected if row.organisation]
    known |= {row.id: (row.code, row.name) for row in affected}
    known |= {each.organisation_id: (each.code, each.name) for found in bidders.values() for each in found}
    relations = relations_from(known)
    known |= {row.to_id: (row.to_code, row.to_name) for row in relations}
    known |= called(_networks(items) - known.keys())
    keys = {each: code or str(each) for each, (code, _) in known.items()}
    near = practices_near(_moving(items), {row.organisation_id for row in named if row.organisation_id})
    interests = _interests(tuple(versions), tuple(people), frozenset(holders))
    facts = tuple(_item_fact(item, meeting, keys, before.get(item.id, ()), bidders.get(item.id, ())) for item in items)
    return ScreeningFacts(
        interests={each.fact.key: each for each in interests},
        items=facts,
        edges=(
            *(_edge(row, keys) for row in relations if row.from_id in keys and row.to_id in keys),
            *(words.Edge(keys[row.from_id], keys[row.to_id], words.EdgeKind.NEAR, note=row.district) for row in near),
            *alike_edges(facts, (each.fact for each in interests), UNMATCHED),
            *twin_edges(facts, (each.fact for each in interests), {str(each) for each in known if not known[each][0]}),
        ),
        names={keys[each]: name for each, (_, name) in known.items()},
        unmatched=tuple(sorted(_unmatched((each for each in versions if each.person_id in holders), items))),
        own_bodies=_own_bodies(meeting, named, keys),
    )


def _moving(items: Iterable[AgendaItem]) -> set[uuid.UUID]:
    """The practices whose patients may go elsewhere by an item."""
    concerned = (row for item in items if moves_patients(item) for row in item.affected)
    return {row.organisation_id for row in concerned if row.organisation_id}


def moves_patients(item: AgendaItem) -> bool:
    """By the function that somebody chose; where nobody chose one, or one that may be either, by the wording, as it is read of an agenda
    that comes as a file: nobody knows that neighbours are looked at only with a function. Source: RULEBOOK §23 scenarios 15 and 17."""
    if item.function_code not in ("", ANY_CHANGE):
        return item.function_code in MOVES_PATIENTS
    return _says_that_patients_move(item.title, item.description[:MOST_READ])


@lru_cache(maxsize=1024)
def _says_that_patients_move(title: str, description: str) -> bool:
    return read_item(title, description, names_someone=True).moves_patients


@lru_cache(maxsize=8)
def _interests(
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


def _own_bodies(meeting: Meeting, named: Iterable[Named], keys: Mapping[uuid.UUID, str]) -> frozenset[str]:
    """The keys under which interests name the bodies whose meeting it is: a post there is no conflict by itself. Asked only where an
    interest names a commissioner at all. Source: RULEBOOK §11.4, §23 scenarios 35 and 36."""
    commissioners = [row for row in named if row.organisation_id and row.is_commissioner]
    if not commissioners:
        return frozenset()
    codes, names = bodies_meeting(meeting.body_id, [each.committee_id for each in meeting.committees])
    found = (row for row in commissioners if row.code in codes or row.name.casefold() in names)
    return frozenset(keys[row.organisation_id] for row in found if row.organisation_id)


def is_loose(fact: words.InterestFact) -> bool:
    """Whether an interest names organisations, and none of them is matched."""
    return bool(fact.organisations) and all(each.startswith(UNMATCHED) for each in fact.organisations)


def affected_words(item: AgendaItem) -> tuple[tuple[str, ...], ...]:
    """Returns what an item concerns, in a form that changes when it does: the item's part of a flag's fingerprint."""
    rows = ((str(row.organisation_id or row.text), row.relation.value) for row in item.affected)
    stage = (("stage", item.stage.value),) if item.stage else ()
    return (*sorted(rows), (item.class_scope.value, *sorted(item.class_area)), (item.function_code,), *stage)


def _interest_fact(version: KnownVersion, person: Standing) -> words.InterestFact:
    rows = version.organisations
    keys = {row.organisation_id: row.code or str(row.organisation_id) for row in rows if row.organisation_id}
    own = version.person_id == person.person_id
    return words.InterestFact(
        key=str(version.version_id) if own else f"{version.version_id} {person.person_id}",
        person=person.name if own else f"{person.name} (deputy for {person.stands_for_name})",
        organisations=tuple(_key(row.organisation_id, row.text, keys) for row in rows),
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


def _item_fact(
    item: AgendaItem,
    meeting: Meeting,
    keys: Mapping[uuid.UUID, str],
    before: Sequence[Origin],
    bidders: Sequence[EarlierBidder],
) -> words.ItemFact:
    return words.ItemFact(
        key=str(item.position),  # paths say "item 7", as the agenda does
        title=item.title,
        on=meeting.held_on,
        affected=(*_named(item, keys), *_bid_before(bidders, keys)),
        class_scope=_scope(item, keys),
        function_code=item.function_code,
        for_decision=item.purpose.asks_for_a_decision,
        moves_patients=moves_patients(item),
        stage=item.stage.value if item.stage else "",
        origins=tuple(words.Origin(str(each.person_id), each.note, each.is_kept) for each in before),
    )


def _named(item: AgendaItem, keys: Mapping[uuid.UUID, str]) -> Iterator[words.AffectedOrganisation]:
    for row in item.affected:
        name = row.organisation.name if row.organisation else row.text
        yield words.AffectedOrganisation(_key(row.organisation_id, row.text, keys), name, _affected(row.relation))


def _bid_before(
    bidders: Iterable[EarlierBidder], keys: Mapping[uuid.UUID, str]
) -> Iterator[words.AffectedOrganisation]:
    for each in bidders:
        key, relation = keys[each.organisation_id], words.Affected.EARLIER_BIDDER
        yield words.AffectedOrganisation(key, each.name, relation, is_kept=each.is_kept)


def _key(organisation_id: uuid.UUID | None, text: str, keys: Mapping[uuid.UUID, str]) -> str:
    """A text that nobody matched has its words for a key: it is listed, never guessed, and meets whatever has the same words."""
    return f"{UNMATCHED}{words_key(text)}" if organisation_id is None else keys[organisation_id]


def _affected(relation: AffectedRelation) -> words.Affected:
    return words.Affected(relation.value)


def _scope(
    item: AgendaItem, keys: Mapping[uuid.UUID, str]
) -> words.AllPractices | words.SomePractices | words.PcnScope | None:
    if item.class_scope is ClassScope.ALL_PRACTICES and item.class_place:
        there = (keys.get(uuid.UUID(each), each) for each in item.class_area)
        return words.SomePractices(tuple(there), f"all practices of {item.class_place}")
    if item.class_scope is ClassScope.ALL_PRACTICES:
        # their networks with them: nobody chooses those apart, and the chair disposes of a weak flag
        return words.AllPractices(tuple(item.class_area), "all practices of the area", has_networks=True)
    if item.class_scope is ClassScope.PCN:
        networks = tuple(keys.get(uuid.UUID(each), each) for each in item.class_area)
        return words.PcnScope(networks, f"all practices of {item.class_place or 'the network'}")
    return None


def _networks(items: Iterable[AgendaItem]) -> set[uuid.UUID]:
    return {
        uuid.UUID(each)
        for item in items
        if item.class_scope is ClassScope.PCN or item.class_place
        for each in item.class_area
    }


def _edge(row: Relation, keys: Mapping[uuid.UUID, str]) -> words.Edge:
    is_network = row.kind is RelationKind.COMMISSIONED_BY and row.from_kind is OrganisationKind.PCN
    kind = words.EdgeKind.NETWORK_OF if is_network else words.EdgeKind(row.kind.value)
    return words.Edge(keys[row.from_id], keys[row.to_id], kind, row.valid_from, row.valid_to, row.detail or "")


def _unmatched(versions: Iterable[KnownVersion], items: Iterable[AgendaItem]) -> set[str]:
    declared = {row.text for version in versions for row in version.organisations if row.organisation_id is None}
    return declared | {row.text for item in items for row in item.affected if row.organisation_id is None}
