"""Minutes: drafted from what was recorded, confirmed by the next meeting. One command, one ledger entry."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.committees.queries import members_on
from coi.committees.vocabulary import Office
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.seats import CommitteeSeats, seats_if_known
from coi.meetings.minutes import composer, content, gathering, queries
from coi.meetings.minutes.composer import Composition
from coi.meetings.minutes.models import Minutes
from coi.meetings.minutes.recorder_queries import recorders_of
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_of, hold, later_meetings
from coi.meetings.vocabulary import MeetingState, MinutesState, Part
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor


@dataclass(frozen=True)
class Confirmation:
    """Which meeting confirmed minutes, and who presided over it then."""

    at_meeting: Meeting
    by: Person


def compose_now(
    meeting: Meeting, body: Body, confirmation: Confirmation | None = None, recorded: queries.Recorded | None = None,
    items: Sequence[AgendaItem] | None = None, seats: Mapping[uuid.UUID, CommitteeSeats] | None = None,
) -> tuple[Composition, Composition]:  # fmt: skip
    """Returns the minutes of a meeting composed from what is recorded now (`recorded`, `items` and `seats`, where these were read already):
    the whole, and the copy without the private part."""
    items = agenda_of(meeting) if items is None else items
    recorded = recorded or queries.recorded_of(meeting, items)
    recorded.recorders = recorders_of(recorded.rulings, recorded.decisions)
    recorded.views = queries.views_of(items)
    recorded.seats = seats_if_known(meeting, recorded.attendance) if seats is None else seats
    confirmed = None
    if confirmation:
        confirmed = (confirmation.at_meeting.held_on, confirmation.at_meeting.reference, confirmation.by.name)
    facts = gathering.meeting_facts(
        meeting,
        items,
        recorded,
        body_name=body.name,
        chairs=_chairs(meeting, recorded.seats),
        confirmed=confirmed,
    )
    return composer.compose(facts), composer.compose(facts, parts=[Part.PUBLIC])


def draft_minutes(meeting: Meeting, body: Body, *, actor: Actor, at: datetime) -> Minutes:
    """Composes a new draft. Raises RuleBroken before the meeting was opened, and once its minutes are confirmed."""
    hold(meeting)
    if meeting.called_off_at:
        raise RuleBroken("The meeting was called off, so there is nothing to minute")
    if meeting.state is MeetingState.PLANNED:
        raise RuleBroken("The meeting was not opened yet, so there is nothing to minute")
    latest = queries.latest_minutes(meeting.id)
    if latest and latest.state is MinutesState.CONFIRMED:
        raise RuleBroken("These minutes are confirmed. A correction is recorded at a later meeting", rule="MIN-01")
    minutes = _version(meeting, body, latest, MinutesState.DRAFT, actor, at)
    log.record(Event.MINUTES_DRAFTED, subject=minutes, actor=actor, at=at, body_id=body.id)
    return minutes


def confirm_minutes(meeting: Meeting, body: Body, confirmation: Confirmation, *, actor: Actor, at: datetime) -> Minutes:
    """Confirms the minutes of `meeting` as a later meeting of the same committee agreed. Raises RuleBroken where a recorded fact is
    missing, naming each, or where the confirming meeting is not a later one, or did not take the minutes of
    the last meeting. Rule: MIN-01; RULEBOOK §15, §21.3."""
    hold(meeting)
    latest = queries.latest_minutes(meeting.id)
    if latest is None:
        raise RuleBroken("Draft the minutes first", rule="MIN-01")
    if latest.state is MinutesState.CONFIRMED:
        raise RuleBroken("These minutes are already confirmed", rule="MIN-01")
    shared = {row.committee_id for row in meeting.committees} & {
        row.committee_id for row in confirmation.at_meeting.committees
    }
    if not shared or confirmation.at_meeting not in later_meetings(meeting):
        raise RuleBroken("Select a later meeting of the committee that was held", field="at_meeting", rule="MIN-01")
    if not queries.took_earlier_minutes([confirmation.at_meeting.id], shared):
        raise RuleBroken(
            f"The meeting of {confirmation.at_meeting.held_on:%-d %B %Y} did not take its item on the minutes of the last meeting, or put "
            "them off, so it did not confirm them",
            field="at_meeting", rule="MIN-01", options=("Record the item in the room of that meeting first", "Select another meeting"),
        )  # fmt: skip
    if confirmation.by.id not in queries.could_preside(confirmation.at_meeting):
        raise RuleBroken(
            f"{confirmation.by.name} did not preside over that meeting. Select the chair or vice chair who was there, "
            "or whoever the chair was handed to",
            field="confirmed_by", rule="MTG-07",
        )  # fmt: skip
    whole, _public = compose_now(meeting, body)
    if whole.gaps:
        raise RuleBroken(
            "The minutes cannot be final yet. Something was not recorded",
            rule="MIN-01",
            options=[gap.sentence for gap in whole.gaps],
        )
    minutes = _version(meeting, body, latest, MinutesState.CONFIRMED, actor, at, confirmation)
    log.record(Event.MINUTES_CONFIRMED, subject=minutes, actor=actor, at=at, body_id=body.id)
    return minutes


def _version(
    meeting: Meeting, body: Body, latest: Minutes | None, state: MinutesState, actor: Actor, at: datetime,
    confirmation: Confirmation | None = None,
) -> Minutes:  # fmt: skip
    whole, public = compose_now(meeting, body, confirmation)
    minutes = Minutes(
        id=uuid.uuid4(), meeting_id=meeting.id, number=latest.number + 1 if latest else 1, state=state, composed_at=at,
        composed_by=actor.account_id, content={"whole": content.as_data(whole.document), "public": content.as_data(public.document)},
    )  # fmt: skip
    if confirmation:
        minutes.confirmed_at, minutes.confirmed_at_meeting_id = at, confirmation.at_meeting.id
        minutes.confirmed_by = confirmation.by.id
    db.session.add(minutes)
    return minutes


def _chairs(meeting: Meeting, seats: Mapping[uuid.UUID, CommitteeSeats]) -> dict[uuid.UUID, str]:
    """The chair of each committee on the day, by committee: read from its seats, where these are known."""
    if seats:
        return {key: seat.name for key, each in seats.items() for seat in each.seats if Office.CHAIR in seat.offices}
    return {
        row.committee_id: member.person.name
        for row in meeting.committees
        for member in members_on(row.committee, meeting.held_on)
        if member.office is Office.CHAIR
    }
