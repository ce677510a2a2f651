"""Building the facts that a meeting is screened with: people, their interests and gifts as known, the items, the relations between
organisations. A dozen queries, however many items and people."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from coi.clock import months_after
from coi.meetings.conflicts.holding_queries import KnownVersion, Named, known_versions
from coi.meetings.conflicts.interest_facts import (
    UNMATCHED,
    KnownInterest,
    Standing,
    interests_known,
    unsettled_texts,
    with_meanings,
)
from coi.meetings.conflicts.item_facts import item_fact, moves_patients
from coi.meetings.conflicts.near_queries import Near, practices_near
from coi.meetings.conflicts.register_queries import Relation, bodies_meeting, called, relations_from
from coi.meetings.matters.vocabulary import EarlierBidder, Origin
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import ClassScope
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.registers.unsettled_queries import Meanings, meanings_of
from coi.screening import vocabulary as words
from coi.screening.alike import alike_edges, twin_edges
from coi.screening.terms import Terms

Before = Mapping[uuid.UUID, Sequence[Origin]]  # by item, what people did on its matter
Bidders = Mapping[uuid.UUID, Sequence[EarlierBidder]]  # by item, who bid earlier in its matter
NOTHING_BEFORE: Before = {}
NO_BIDDERS: Bidders = {}


@dataclass(frozen=True)
class ScreeningFacts:
    """Everything that one screening of a meeting looks at. `own_bodies` are the keys of the bodies whose meeting it is; `meant` says whom
    the `unmatched` texts may mean."""

    interests: Mapping[str, KnownInterest]
    items: tuple[words.ItemFact, ...]
    edges: tuple[words.Edge, ...]
    names: Mapping[str, str]
    unmatched: tuple[str, ...]
    own_bodies: frozenset[str] = frozenset()
    meant: Mapping[str, tuple[words.OneOf, ...]] = field(default_factory=dict)


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
    meanings = meanings_of(_unmatched(versions, items), meeting.body_id)
    known |= meanings.organisations
    relations = relations_from(known)
    known |= {row.to_id: (row.to_code, row.to_name) for row in relations}
    known |= called(_networks(items) - known.keys())
    keys = {each: code or str(each) for each, (code, _) in known.items()}
    near = practices_near(_moving(items), {row.organisation_id for row in named if row.organisation_id})
    interests = _with_meanings(interests_known(tuple(versions), tuple(people), frozenset(holders)), versions, meanings)
    facts = tuple(
        item_fact(item, meeting, keys, before.get(item.id, ()), bidders.get(item.id, ()), meanings.by_text)
        for item in items
    )
    return ScreeningFacts(
        interests={each.fact.key: each for each in interests},
        items=facts,
        edges=(*_related(relations, near, keys), *_likely(facts, interests, known)),
        names={keys[each]: name for each, (_, name) in known.items()},
        unmatched=tuple(sorted(_unmatched((each for each in versions if each.person_id in holders), items))),
        meant=meanings.by_text,
        own_bodies=_own_bodies(meeting, named, keys),
    )


def _related(
    relations: Iterable[Relation], near: Iterable[Near], keys: Mapping[uuid.UUID, str]
) -> Iterator[words.Edge]:
    """The relations between organisations that are known, and which practices are near one another."""
    yield from (_edge(row, keys) for row in relations if row.from_id in keys and row.to_id in keys)
    yield from (words.Edge(keys[row.from_id], keys[row.to_id], words.EdgeKind.NEAR, note=row.district) for row in near)


def _likely(
    facts: Sequence[words.ItemFact],
    interests: Sequence[KnownInterest],
    known: Mapping[uuid.UUID, tuple[str | None, str]],
) -> Iterator[words.Edge]:
    """Who is perhaps the same, by their words or names alone."""
    held = [each.fact for each in interests]
    yield from alike_edges(facts, held, UNMATCHED)
    yield from twin_edges(facts, held, {str(each) for each, (code, _) in known.items() if not code})


def _with_meanings(
    interests: Sequence[KnownInterest], versions: Iterable[KnownVersion], meanings: Meanings
) -> tuple[KnownInterest, ...]:
    """The interests, with whom their words may mean that nobody has matched."""
    if not meanings.by_text:
        return tuple(interests)
    texts = {each.version_id: tuple(unsettled_texts(each)) for each in versions}
    found = []
    for each in interests:
        said = texts.get(each.version_id, ()) if each.version_id else ()
        one_of = tuple(dict.fromkeys(one for text in said for one in meanings.by_text.get(text, ())))
        found.append(with_meanings(each, one_of) if one_of else each)
    return tuple(found)


def _moving(items: Iterable[AgendaItem]) -> set[uuid.UUID]:
    """The practices whose patients may go elsewhere by an item."""
    concerned = (row for item in items if moves_patients(item) for row in item.affected)
    return {row.organisation_id for row in concerned if row.organisation_id}


def _own_bodies(meeting: Meeting, named: Iterable[Named], keys: Mapping[uuid.UUID, str]) -> frozenset[str]:
    """The keys under which interests name the bodies whose meeting it is: a post there is no conflict by itself. Asked only where an
    interest names a commissioner at all. Source: RULEBOOK §11.4, §23 scenarios 35 and 36."""
    commissioners = [row for row in named if row.organisation_id and row.is_commissioner]
    if not commissioners:
        return frozenset()
    codes, names = bodies_meeting(meeting.body_id, [each.committee_id for each in meeting.committees])
    found = (row for row in commissioners if row.code in codes or row.name.casefold() in names)
    return frozenset(keys[row.organisation_id] for row in found if row.organisation_id)


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
    declared = {text for version in versions for text in unsettled_texts(version)}
    return declared | {row.text for item in items for row in item.affected if row.organisation_id is None}
