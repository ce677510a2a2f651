"""Reading the urgent decisions that items report."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from coi.committees.vocabulary import Seat
from coi.database import db
from coi.errors import NotFound
from coi.meetings.chains import chain_of
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.seats import Supposed, attendance_of, committee_seats
from coi.meetings.conflicts.voices.roster_queries import roster_on
from coi.meetings.models import AgendaItem, Attendance, Meeting, MeetingCommittee
from coi.meetings.urgent.models import UrgentDecision
from coi.meetings.vocabulary import Capacity
from coi.people.models import Person
from coi.people.queries import people_of_body, persons


def every_urgent_on(item_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[UrgentDecision]]:
    """Returns the urgent decisions that these items report, those that were struck out too, by item: their own, and those of the items
    that they carry on, since a decision waits to be ratified where its meeting was called off or did not come to it."""
    chain = chain_of(item_ids)
    rows = db.session.execute(
        sa.select(chain.c.item_id, UrgentDecision)
        .join(UrgentDecision, UrgentDecision.item_id == chain.c.at)
        .order_by(chain.c.step, UrgentDecision.decided_at, UrgentDecision.id)
    )
    found: dict[uuid.UUID, list[UrgentDecision]] = {}
    for item_id, row in rows:
        found.setdefault(item_id, []).append(row)
    return found


def urgent_on(item: AgendaItem) -> list[UrgentDecision]:
    """Returns the urgent decisions that an item reports and that stand: one for each committee that took one."""
    return [row for row in every_urgent_on([item.id]).get(item.id, ()) if row.struck_at is None]


def urgent_reported_by(item: AgendaItem, committee_id: uuid.UUID | None = None) -> UrgentDecision | None:
    """Returns the urgent decision of a committee (None: of any) that an item reports; None where it reports none."""
    return next((row for row in urgent_on(item) if committee_id in (None, row.committee_id)), None)


def conflicts_with(item: AgendaItem, named: Collection[uuid.UUID], *, known_at: datetime) -> MeetingConflicts:
    """Returns the conflicts on an item, compared with these people too where they have no part in its meeting: the chief executive, who
    decides with the chair, often has none. Rule: URG-01; RULEBOOK §10.10."""
    meeting = item.meeting
    attending = attendance_of(meeting.id)
    seats = committee_seats(meeting, attending, known_at=known_at).values()
    there = {row.person_id for row in attending} | {uuid.UUID(one) for each in seats for one in each.people}
    besides = [
        Attendance(
            id=uuid.uuid4(), meeting_id=meeting.id, committee_id=meeting.committees[0].committee_id, person_id=person.id, person=person,
            capacity=Capacity.IN_ATTENDANCE, apologies=False, is_remote=False, role_words="",
        )
        for person in persons(set(named) - there).values()
    ]  # fmt: skip
    supposed = Supposed([*attending, *besides], {}) if besides else None
    return conflicts_at(meeting, known_at=known_at, items=[item], supposed=supposed)


def met_after(decided_at: datetime, item: AgendaItem, committee_id: uuid.UUID) -> date | None:
    """Returns on which day a committee first met after a decision; None where it did not. A meeting on whose agenda the item was before
    does not count: it was told then. Rule: URG-01; RULEBOOK §10.10."""
    chain = chain_of([item.id])
    told = sa.select(AgendaItem.meeting_id).join(chain, chain.c.at == AgendaItem.id)
    return db.session.scalar(
        sa.select(Meeting.held_on)
        .join(MeetingCommittee, MeetingCommittee.meeting_id == Meeting.id)
        .where(MeetingCommittee.committee_id == committee_id, Meeting.opened_at > decided_at, Meeting.id.not_in(told))
        .order_by(Meeting.opened_at)
        .limit(1)
    )


def others_of_the_body(body_id: uuid.UUID, seats: Collection[Seat], on: date) -> list[Person]:
    """Returns who of a body may have decided without being a member, such as the chief executive; not whoever only comes to one meeting
    as a deputy or temporary member and holds no post there. Rule: URG-01; RULEBOOK §10.10."""
    members = {seat.person for seat in seats if seat.is_members_own}
    guests = {seat.person for seat in seats if not seat.is_members_own}
    people = [each for each in people_of_body(body_id, on) if str(each.id) not in members]
    return [each for each in people if each.appointments or str(each.id) not in guests]


def may_be_asked(meeting: Meeting, on: date) -> list[Person]:
    """Returns who may have been consulted without being a member: whoever attends the meeting to come, and the independent clinicians of
    the roster. Rule: URG-01; RULEBOOK §10.10."""
    attending = [row.person for row in attendance_of(meeting.id) if row.capacity is Capacity.IN_ATTENDANCE]
    found = {person.id: person for person in (*attending, *(row.person for row in roster_on(meeting.body_id, on)))}
    return sorted(found.values(), key=lambda person: person.sort_key)


def urgent_decision_of(item: AgendaItem, committee_id: uuid.UUID | None = None) -> UrgentDecision:
    """Returns the urgent decision of a committee (None: of any) that an item reports. Raises NotFound."""
    row = urgent_reported_by(item, committee_id)
    if row is None:
        raise NotFound("There is no such urgent decision")
    return row
