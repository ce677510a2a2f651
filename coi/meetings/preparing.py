"""Reads how far a meeting's preparation is: the facts of its task list."""

from datetime import datetime

from coi.meetings.conflicts.beforehand.queries import counts_of
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.seats import attendance_of, movements_of
from coi.meetings.minutes.commands import compose_now
from coi.meetings.minutes.queries import latest_minutes
from coi.meetings.models import Meeting
from coi.meetings.queries import agenda_of, inquorate_items
from coi.meetings.tasks import MeetingProgress
from coi.meetings.vocabulary import ItemState, MeetingState, MinutesState
from coi.meetings.withholding import items_kept_from
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor

NOT_DECIDED = frozenset({ItemState.DEFERRED, ItemState.REFERRED, ItemState.NOTED})
WITHHELD = "a private item"


def progress_of(meeting: Meeting, body: Body, *, actor: Actor, known_at: datetime) -> MeetingProgress:
    """Returns the facts of a meeting's task list, in a bounded number of queries. An item that a ruling keeps from `actor`
    is one of the agenda, and nothing more is counted or named of it."""
    items = agenda_of(meeting)
    own = [item for item in items if item.standing is None]
    kept = items_kept_from(actor)
    seen = [item for item in own if item.id not in kept]
    open_items = [item for item in seen if item.state in (ItemState.PLANNED, ItemState.OPEN)]
    conflicts = conflicts_at(meeting, known_at=known_at, items=items)
    waiting = {
        item.id: [each for committee in conflicts.seats for each in conflicts.waiting(item.id, committee)]
        for item in open_items
    }
    asked, replied = counts_of(meeting.id)
    came = {move.person for move in movements_of(meeting.id)} if meeting.state is not MeetingState.PLANNED else set()
    lost = inquorate_items(meeting.id) if meeting.state is not MeetingState.PLANNED else frozenset()
    minutes = latest_minutes(meeting.id)
    is_draft = minutes is not None and minutes.state is MinutesState.DRAFT
    answered = {(row.committee_id, str(row.person_id)) for row in attendance_of(meeting.id)}
    members = {
        (each.committee_id, seat.person)
        for each in conflicts.seats.values()
        for seat in each.seats
        if seat.is_members_own
    }
    return MeetingProgress(
        state=meeting.state,
        items=len(own),
        nameless=sum(item.is_unscreened for item in open_items),
        unscreened=sum(item.is_unscreened for item in seen),
        unruled=sum(
            any(
                str(each.person_id) in came
                for committee in conflicts.seats
                for each in conflicts.waiting(item.id, committee)
            )
            for item in seen
            if item.state in NOT_DECIDED
        ),
        waiting=sum(bool(people) for people in waiting.values()),
        people_waiting=len({each.person_id for people in waiting.values() for each in people}),
        inquorate=tuple(
            item.title
            for item in open_items
            if item.purpose.asks_for_a_decision
            and not all(conflicts.forecast(item.id, committee).quorum for committee in conflicts.seats)
        ),
        unsettled=len(open_items),
        lost=tuple(WITHHELD if item.id in kept else item.title for item in own if item.id in lost),
        minutes=minutes.state if minutes else None,
        asked=asked,
        answered=replied,
        gaps=len(compose_now(meeting, body, items=items)[0].gaps)
        if is_draft and meeting.state is not MeetingState.PLANNED
        else 0,
        members=len(members),
        unanswered=len(members - answered),
    )
