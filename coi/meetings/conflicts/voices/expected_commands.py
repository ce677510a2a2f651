"""Recording before a meeting who is expected, and who comes in whose place. One command, one entry."""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import datetime

from coi.audit import log
from coi.audit.queries import entries_about
from coi.audit.vocabulary import Event
from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings.conflicts.seats import CommitteeSeats, attendance_of, committee_seats
from coi.meetings.conflicts.unreached_commands import losses_kept
from coi.meetings.conflicts.unreached_queries import live_items
from coi.meetings.conflicts.voices.expected_rules import check_answers
from coi.meetings.conflicts.voices.vocabulary import Answer, Answered, ExpectedDetails
from coi.meetings.models import Attendance, Meeting
from coi.meetings.proceedings.keeping import attendance_row, role_words
from coi.meetings.queries import hold
from coi.meetings.vocabulary import Capacity, MeetingState
from coi.people.models import Person
from coi.permissions.vocabulary import Actor


def record_expected(meeting: Meeting, details: ExpectedDetails, *, actor: Actor, at: datetime) -> Meeting:
    """Records what members said about coming, and their deputies: what the forecast counts. Who has not answered stays so. Raises
    EditConflict where somebody changed the answers since the page was shown, RuleBroken once the meeting is open and where a
    deputy may not come. Rule: QUO-01; RULEBOOK §10.9."""
    hold(meeting)
    if meeting.called_off_at:
        raise RuleBroken("The meeting was called off, so nobody is expected")
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken("The meeting has begun", options=("Record who is there on the page of the room",))
    committee = committee_seats(meeting).get(details.committee_id)
    if committee is None:
        raise NotFound("There is no such committee")
    members = members_of(committee)
    rows = rows_of(meeting, committee.committee_id)
    if details.seen != mark_of(rows):
        raise EditConflict("Who is expected", theirs=_told(rows), yours=_yours(details.answers, members))
    known = [each for each in details.answers if str(each.person_id) in members]
    check_answers(known, members, committee=committee.name, deputies_allowed=committee.deputies_allowed)
    _check_people(known)
    deputised = any(row.capacity is Capacity.DEPUTY for row in rows)
    about = live_items(meeting_id=meeting.id) if deputised else ()
    with losses_kept("who deputises was changed", items=about, with_people=True, actor=actor, at=at):
        for each in known:
            _keep(meeting, committee, each, rows, at)
        db.session.flush()
    log.record(Event.ATTENDANCE_EXPECTED, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)
    return meeting


def say_who_comes(
    meeting: Meeting, person_id: uuid.UUID, answer: Answer, committees: Iterable[CommitteeSeats], at: datetime
) -> None:
    """Keeps what somebody said of their own coming, for every committee for which they would be there; part of the use case in which they
    said it. Who deputises for a member stays until the member comes. Rule: QUO-01; RULEBOOK §10.9."""
    for committee in committees:
        rows = rows_of(meeting, committee.committee_id)
        own = next((row for row in rows if row.person_id == person_id), None)
        if str(person_id) in members_of(committee):
            deputies = (row for row in rows if row.deputy_for == person_id and not row.apologies)
            deputy = next(deputies, None) if answer is Answer.APOLOGIES else None
            said = Answered(person_id, answer, deputy.person_id if deputy is not None else None)
            _keep(meeting, committee, said, rows, at)
        elif own is not None:
            own.apologies, own.is_remote = answer is Answer.APOLOGIES, answer is Answer.REMOTE
    db.session.flush()


def members_of(committee: CommitteeSeats) -> dict[str, str]:
    """Returns the members of a committee by key, in the order of the register."""
    return {seat.person: seat.name for seat in committee.seats if seat.is_members_own}


def rows_of(meeting: Meeting, committee_id: uuid.UUID) -> list[Attendance]:
    """Returns what is recorded of who comes for a committee."""
    return [row for row in attendance_of(meeting.id) if row.committee_id == committee_id]


def mark_of(rows: Iterable[Attendance]) -> str:
    """Returns a short mark of what is recorded, by which a page says what it showed."""
    told = sorted(f"{row.person_id} {row.capacity} {row.apologies} {row.is_remote} {row.deputy_for}" for row in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _check_people(answers: Iterable[Answered]) -> None:
    if any(each.deputy_id and db.session.get(Person, each.deputy_id) is None for each in answers):
        raise NotFound("There is no such person")


def _keep(
    meeting: Meeting, committee: CommitteeSeats, said: Answered, rows: Iterable[Attendance], at: datetime
) -> None:
    for row in rows:
        if row.capacity is Capacity.DEPUTY and row.deputy_for == said.person_id and row.person_id != said.deputy_id:
            _deputises_no_more(row)
    if said.answer is Answer.SILENT:
        return
    row = attendance_row(meeting, committee.committee_id, said.person_id, at)
    seat = next(seat for seat in committee.seats if seat.person == str(said.person_id))
    row.capacity, row.deputy_for, row.role_words = Capacity.MEMBER, None, row.role_words or role_words(seat)
    row.apologies, row.is_remote = said.answer is Answer.APOLOGIES, said.answer is Answer.REMOTE
    if said.deputy_id is not None:
        deputy = attendance_row(meeting, committee.committee_id, said.deputy_id, at)
        deputy.capacity, deputy.deputy_for, deputy.apologies = Capacity.DEPUTY, said.person_id, False


_OF_THEIR_OWN = (Capacity.IN_ATTENDANCE, Capacity.TEMPORARY)
"""In which somebody who is no member attends for themself."""


def _deputises_no_more(row: Attendance) -> None:
    """Somebody else comes in place of the member, or the member does. Whoever was to attend before they were asked to deputise still does,
    and a temporary member keeps their seat; nobody else is expected for it."""
    states = [
        section.row or {}
        for entry in entries_about("attendance", row.id)
        for section in entry.sections
        if section.row_id == str(row.id)
    ]
    before = next((state for state in reversed(states) if state.get("capacity") != Capacity.DEPUTY), None)
    if before is not None and before["capacity"] in _OF_THEIR_OWN and not before["apologies"]:
        row.capacity, row.deputy_for, row.is_remote = Capacity(before["capacity"]), None, before["is_remote"]
        row.member_class = MemberClass(before["member_class"]) if before.get("member_class") else None
    else:
        row.apologies = True


def _told(rows: Iterable[Attendance]) -> dict[str, str]:
    return {row.person.name: "apologies" if row.apologies else "comes" for row in rows}


def _yours(answers: Iterable[Answered], members: dict[str, str]) -> dict[str, str]:
    return {members.get(str(each.person_id), "Somebody"): each.answer.value for each in answers}
