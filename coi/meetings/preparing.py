"""Reads how far a meeting's preparation is: the facts of its task list."""

from collections.abc import Sequence
from datetime import datetime

from coi.meetings.conflicts.beforehand.queries import counts_of
from coi.meetings.conflicts.movement_queries import movements_of
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.conflicts.vocabulary import PersonConflict
from coi.meetings.minutes.commands import compose_now
from coi.meetings.minutes.queries import latest_minutes
from coi.meetings.models import AgendaItem, Meeting
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
    items, kept = agenda_of(meeting), items_kept_from(actor)
    own = [item for item in items if item.standing is None]
    seen = [item for item in own if item.id not in kept]
    open_items = [item for item in seen if item.state in (ItemState.PLANNED, ItemState.OPEN)]
    conflicts = conflicts_at(meeting, known_at=known_at, items=items)
    waiting = [each for item in open_items if (each := _waiting(conflicts, item))]
    has_begun = meeting.state is not MeetingState.PLANNED
    lost = inquorate_items(meeting.id) if has_begun else frozenset()
    minutes = latest_minutes(meeting.id)
    is_draft = has_begun and minutes is not None and minutes.state is MinutesState.DRAFT
    asked, replied = counts_of(meeting.id)
    members, unanswered = _members(meeting, conflicts)
    return MeetingProgress(
        state=meeting.state,
        items=len(own),
        nameless=sum(item.is_unscreened for item in open_items),
        unscreened=sum(item.is_unscreened for item in seen),
        unruled=_unruled(meeting, conflicts, seen) if has_begun else 0,
        waiting=len(waiting),
        people_waiting=len({each.person_id for people in waiting for each in people}),
        inquorate=tuple(item.title for item in open_items if _loses_its_quorum(conflicts, item)),
        unsettled=len(open_items),
        lost=tuple(WITHHELD if item.id in kept else item.title for item in own if item.id in lost),
        minutes=minutes.state if minutes else None,
        asked=asked,
        answered=replied,
        gaps=len(compose_now(meeting, body, items=items, seats=conflicts.seats)[0].gaps) if is_draft else 0,
        members=members,
        unanswered=unanswered,
        officers=conflicts.officers,
        aside=sum(item.names_nobody and not item.purpose.asks_for_a_decision for item in open_items),
    )


def _waiting(conflicts: MeetingConflicts, item: AgendaItem) -> list[PersonConflict]:
    """The conflicts at an item on which nobody has ruled."""
    return [each for committee in conflicts.seats for each in conflicts.waiting(item.id, committee)]


def _unruled(meeting: Meeting, conflicts: MeetingConflicts, items: Sequence[AgendaItem]) -> int:
    """How many items were settled without a decision while somebody who came had a conflict on which nobody ruled."""
    came = {move.person for move in movements_of(meeting.id)}
    settled = [item for item in items if item.state in NOT_DECIDED]
    return sum(any(str(each.person_id) in came for each in _waiting(conflicts, item)) for item in settled)


def _loses_its_quorum(conflicts: MeetingConflicts, item: AgendaItem) -> bool:
    """Whether an item for decision would be inquorate in some committee if the suggestions are followed."""
    if not item.purpose.asks_for_a_decision:
        return False
    return not all(conflicts.forecast(item.id, committee).quorum for committee in conflicts.seats)


def _members(meeting: Meeting, conflicts: MeetingConflicts) -> tuple[int, int]:
    """How many members are asked whether they come, and how many have not answered."""
    answered = {(row.committee_id, str(row.person_id)) for row in attendance_of(meeting.id)}
    members = {
        (each.committee_id, seat.person)
        for each in conflicts.seats.values()
        for seat in each.seats
        if seat.is_members_own
    }
    return len(members), len(members - answered)
