"""Screening a meeting: who is looked at, what the engine finds, who has to declare first."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from coi.guidance.vocabulary import RuleSet
from coi.meetings.conflicts.beginnings import noted
from coi.meetings.conflicts.facts import ScreeningFacts
from coi.meetings.conflicts.interest_facts import KnownInterest, Standing
from coi.meetings.conflicts.item_facts import affected_words
from coi.meetings.conflicts.models import MeetingDeclaration
from coi.meetings.conflicts.recognising import fingerprint
from coi.meetings.conflicts.register_queries import secretaries_of
from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.conflicts.seats import CommitteeSeats
from coi.meetings.conflicts.to_settle import ToSettle, to_settle
from coi.meetings.conflicts.vocabulary import LAST_DECLARED, ItemFlag
from coi.meetings.conflicts.wording import suggestion_words
from coi.meetings.models import AgendaItem, Attendance, Meeting
from coi.meetings.vocabulary import DeclaredPoint
from coi.registers.interests.queries import last_declared
from coi.registers.interests.rules import is_stale
from coi.registers.interests.vocabulary import DeclaredOn
from coi.screening.fellows import fellow_flags
from coi.screening.flags import Flag
from coi.screening.representatives import with_representatives
from coi.screening.rules import flags_and_questions
from coi.screening.terms import Terms
from coi.screening.vocabulary import Edge, ItemFact


def people_of(
    meeting: Meeting, seats: dict[uuid.UUID, CommitteeSeats], attending: Iterable[Attendance]
) -> tuple[Standing, ...]:
    """Everybody whose interests are looked at: members, deputies for their own and their principal's, staff, guests."""
    found: dict[tuple[uuid.UUID, uuid.UUID | None], Standing] = {}
    for each in (seat for committee in seats.values() for seat in committee.seats):
        principal = uuid.UUID(each.stands_for) if each.stands_for else None
        person = Standing(uuid.UUID(each.person), each.name, principal)
        found[person.person_id, principal] = person
    names = {person.person_id: person.name for person in found.values()}
    for row in attending:
        names.setdefault(row.person_id, row.person.name)
    for staff, name in secretaries_of(meeting, seats).items():
        names.setdefault(staff, name)
    covered = {person_id for person_id, _ in found}
    found |= {(one, None): Standing(one, name) for one, name in names.items() if one not in covered}
    return tuple(
        replace(each, stands_for_name=names.get(each.stands_for, "")) if each.stands_for else each
        for each in found.values()
    )


@dataclass(frozen=True)
class Found:
    """The flags of whoever has a part in a meeting, and what has to be settled before more is known; and, by item and person, the paths of
    whoever has none."""

    flags: tuple[ItemFlag, ...]
    to_settle: tuple[ToSettle, ...]
    elsewhere: Mapping[tuple[uuid.UUID, uuid.UUID], tuple[tuple[str, ...], ...]]


def screened(facts: ScreeningFacts, items: Iterable[AgendaItem], rules: RuleSet, terms: Terms) -> Found:
    """Returns what the engine finds on the items of a meeting. What the person did on the matter before is told with their name: it
    becomes part of the record with the path. Rule: MTG-02, DECL-08; RULEBOOK §24, §23 scenario 40."""
    terms = replace(terms, own_bodies=facts.own_bodies) if facts.own_bodies else terms
    concerned = tuple((str(item.position), item.id, affected_words(item)) for item in items)
    held, names = tuple(facts.interests.values()), tuple(facts.names.items())
    return _found(held, facts.items, facts.edges, names, terms, concerned, rules.code)


@lru_cache(maxsize=8)
def _found(
    held: tuple[KnownInterest, ...],
    items: tuple[ItemFact, ...],
    edges: tuple[Edge, ...],
    names: tuple[tuple[str, str], ...],
    terms: Terms,
    concerned: tuple[tuple[str, uuid.UUID, tuple[tuple[str, ...], ...]], ...],
    rules: str,
) -> Found:
    """What the engine finds in these facts, remembered for the next page that asks about the same meeting: it follows from the
    facts alone, so whatever changes, from an interest to a name, asks anew. `concerned` says what each item is about, for the
    fingerprints, and `rules` which rules count."""
    called = dict(names)
    items, interests = with_representatives(items, [each.fact for each in held])
    holding, by_key = {each.fact.key: each for each in held}, {key: about for key, *about in concerned}
    own, questions = flags_and_questions(interests, items, edges, called, terms)
    found = []
    elsewhere: dict[tuple[uuid.UUID, uuid.UUID], tuple[tuple[str, ...], ...]] = {}
    for flag in (*own, *fellow_flags(own, interests, called)):
        known, (item_id, concerns) = holding[flag.interest_key], by_key[flag.item_key]
        if known.has_part:
            found.append(_item_flag(flag, known, item_id, concerns, rules))
        else:
            where = (item_id, known.person.person_id)
            elsewhere[where] = (*elsewhere.get(where, ()), flag.path)
    return Found(tuple(found), _to_settle(questions, holding, by_key), elsewhere)


def _to_settle(
    questions: Iterable[Flag], holding: Mapping[str, KnownInterest], by_key: Mapping[str, Sequence[Any]]
) -> tuple[ToSettle, ...]:
    asked = ((holding[each.interest_key], by_key[each.item_key][0], each) for each in questions)
    return tuple(
        one
        for known, item_id, each in asked
        if known.has_part
        for one in to_settle(each, item_id, known.person.person_id, known.interest_id)
    )


def _item_flag(
    flag: Flag, known: KnownInterest, item_id: uuid.UUID, concerns: tuple[tuple[str, ...], ...], rules: str
) -> ItemFlag:
    notes = flag.notes
    concerns = (*concerns, notes) if notes else concerns
    return ItemFlag(
        item_id=item_id, person_id=known.person.person_id, name=known.person.name, level=flag.level.value,
        relation=flag.relation.value, path=noted(flag.path, known.person.name, flag.told_notes),
        suggested=flag.suggested, rule_ids=flag.rules,
        fingerprint=fingerprint(flag.interest_key, concerns, rules, flag.through), others=flag.others,
        interest_id=known.interest_id, interest_version_id=known.version_id if known.interest_id else None,
        suggested_words=suggestion_words(flag.level.value, flag.suggested), runs=flag.runs,
    )  # fmt: skip


def undeclared(
    meeting: Meeting,
    items: Iterable[AgendaItem],
    seats: Iterable[CommitteeSeats],
    attending: Iterable[Attendance],
    declarations: Iterable[MeetingDeclaration],
    rules: RuleSet,
    known_at: datetime,
    *,
    made_before: date = date.min,
    registered: Collection[uuid.UUID] = frozenset(),
) -> list[ItemFlag]:
    """F0 for whoever holds a seat or attends and has no declaration on file that counts, on each item that asks for a decision. Whoever
    declared at this meeting, be it that there is nothing, declared. A declaration made before the day `made_before` counts, whenever it
    was typed; and whoever is flagged by an interest on the register (`registered`) has something on file. Rule: DECL-04; RULEBOOK
    §10.2, §24, §23 scenarios 46 and 56."""
    deciding = [item for item in items if item.purpose.asks_for_a_decision]
    holders = {row.person_id: row.person.name for row in attending}
    holders |= {uuid.UUID(seat.person): seat.name for committee in seats for seat in committee.seats}
    spoke = {row.person_id for row in declarations if row.point is not DeclaredPoint.NOT_DECLARED}
    away = {row.person_id for row in attending if row.apologies}
    asked = {person: name for person, name in holders.items() if person not in spoke | away}
    if not deciding or not asked:
        return []
    last = last_declared(asked.keys(), known_at, made_before=made_before)
    months = rules.refresh_months
    asked = {one: name for one, name in asked.items() if one in last or one not in registered}
    stale = {
        one
        for one in asked
        if is_stale(last[one].day if one in last else None, on=meeting.held_on, refresh_months=months)
    }
    return [
        ItemFlag(
            item_id=item.id, person_id=person, name=asked[person], level=NO_DECLARATION, relation="non_financial",
            path=(asked[person], _since(last.get(person)), "asked to declare first"), suggested=(), rule_ids=("DECL-04",),
            fingerprint=fingerprint(str(last[person].day if person in last else None), "any item", rules.code),
            suggested_words=suggestion_words(NO_DECLARATION, ()),
        )
        for item in deciding
        for person in sorted(stale, key=lambda one: asked[one])
    ]  # fmt: skip


def _since(last: DeclaredOn | None) -> str:
    if last is None:
        return "has no declaration on file"
    return f"{LAST_DECLARED}{last.words}, longer ago than the rules allow"
