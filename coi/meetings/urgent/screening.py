"""Compares whoever took an urgent decision, or was consulted, with its item: over conflicts that were read already."""

import uuid
from collections.abc import Collection
from datetime import date

from coi.committees.quorum_words import CLASS_WORDS
from coi.committees.vocabulary import MemberClass, Office, Seat
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import BETWEEN_MEETINGS, Presiding, who_presides
from coi.meetings.models import AgendaItem
from coi.meetings.urgent.vocabulary import Screened, UrgentDetails, UrgentFacts

INDEPENDENT = frozenset({MemberClass.LAY, MemberClass.NON_EXECUTIVE})
CLEAR = "no conflict was found"


def facts_of(
    details: UrgentDetails,
    item: AgendaItem,
    conflicts: MeetingConflicts,
    committee_id: uuid.UUID,
    *,
    takes_two: bool,
    met_since: date | None = None,
) -> UrgentFacts:
    """Returns what an urgent decision rests on. `takes_two` as the body's rules have it, `met_since` as the committee met."""

    def screened(person_id: uuid.UUID) -> Screened:
        return screened_as(person_id, item, conflicts, committee_id)

    return UrgentFacts(
        decider=screened(details.decided_by), presiding=who_may_decide(details, item, conflicts, committee_id),
        second=screened(details.second) if details.second else None,
        consulted=tuple(map(screened, details.consulted)), takes_two=takes_two, names_nobody=item.names_nobody, met_since=met_since,
    )  # fmt: skip


def screened_as(
    person_id: uuid.UUID, item: AgendaItem, conflicts: MeetingConflicts, committee_id: uuid.UUID
) -> Screened:
    """Returns what was found of one person on an item."""
    found = next((each for each in conflicts.conflicts(item.id, committee_id) if each.person_id == person_id), None)
    lead = found.lead if found else None
    seat = seat_of(str(person_id), conflicts, committee_id)
    words = f"a conflict: {lead.level_words.lower()} ({lead.why})" if lead else CLEAR
    independent = seat is not None and seat.member_class in INDEPENDENT
    return Screened(str(person_id), conflicts.people.get(person_id, "Somebody"), lead is None, words, independent)


def who_may_decide(
    details: UrgentDetails, item: AgendaItem, conflicts: MeetingConflicts, committee_id: uuid.UUID
) -> Presiding:
    """Returns who may take an urgent decision: the line of presiding, where the chair counts as away if it is said why they did not.
    Nobody stands in who only deputises, or was invited, at the meeting to come."""
    seats = own_seats(conflicts, committee_id)
    here = {seat.person for seat in seats}
    if details.instead.strip():
        here -= {seat.person for seat in seats if Office.CHAIR in seat.offices}
    kept_out = conflicts.kept_from_the_chair(item.id, committee_id)
    return who_presides(seats, kept_out, here, setting=BETWEEN_MEETINGS)


def own_seats(conflicts: MeetingConflicts, committee_id: uuid.UUID) -> list[Seat]:
    """Returns the seats of the members themselves: a deputy or a temporary member is there for one meeting alone."""
    return [seat for seat in conflicts.seats[committee_id].seats if seat.is_members_own]


def seat_of(person: str, conflicts: MeetingConflicts, committee_id: uuid.UUID) -> Seat | None:
    return next((seat for seat in own_seats(conflicts, committee_id) if seat.person == person), None)


def class_words(people: Collection[uuid.UUID], conflicts: MeetingConflicts, committee_id: uuid.UUID) -> list[list[str]]:
    """Returns each person's id, name and class in words, as the record keeps them."""
    found = []
    for each in people:
        seat = seat_of(str(each), conflicts, committee_id)
        found.append([str(each), conflicts.people[each], CLASS_WORDS[seat.member_class][0] if seat else "not a member"])
    return found
