"""Correcting to whom the chair was handed over for an item, and when. One command, one ledger entry; what was recorded before stays on
record."""

import uuid
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.presiding import basis_of
from coi.meetings.conflicts.seats import committee_seats
from coi.meetings.corrections.recording import correction, held, instant
from coi.meetings.corrections.vocabulary import CorrectedHandover, CorrectionDetails
from coi.meetings.models import ChairHandover, Meeting
from coi.meetings.timing import check_past, check_within
from coi.permissions.vocabulary import Actor
from coi.wording import clock_time


def correct_handover(
    handover: ChairHandover, details: CorrectedHandover, why: CorrectionDetails, *, actor: Actor, at: datetime
) -> ChairHandover:
    """Corrects to whom the chair was handed over for an item and why, when, and when it went back. Decisions keep who presided over them:
    where the two contradict each other, the minutes cannot be final. Raises RuleBroken for times that cannot be, for somebody without a
    vote, without a reason, and once the minutes are confirmed; EditConflict where somebody corrected it meanwhile.

    Rule: MTG-07, MIN-01; RULEBOOK §10.6."""
    item = held(handover, why)
    taken = instant(handover.handed_over_at, details.handed_over_at)
    back = instant(handover.returned_at, details.returned_at)
    is_new = back is not None and handover.return_recorded_at is None
    _check_times(item.meeting, taken, back, is_returned=handover.return_recorded_at is not None, at=at)
    back = back or handover.returned_at
    to, reason = details.to_person_id or handover.to_person_id, details.reason.strip() or handover.reason
    now = (to, reason, taken, back)
    if not is_new and now == (handover.to_person_id, handover.reason, handover.handed_over_at, handover.returned_at):
        raise RuleBroken("Nothing is changed. Change what is wrong, or go back to the item", field="handed_over_at")
    was = _was(handover, with_reason=now[:2] != (handover.to_person_id, handover.reason))
    if to != handover.to_person_id:
        _give_to(to, handover, item.meeting)
    handover.reason, handover.handed_over_at, handover.returned_at = reason, taken, back
    handover.return_recorded_at = at if is_new else handover.return_recorded_at
    db.session.add(correction(handover, was, why, actor, at, handover_id=handover.id))
    db.session.flush()
    log.record(Event.CHAIR_CORRECTED, subject=handover, actor=actor, at=at, body_id=item.meeting.body_id)
    return handover


def _give_to(person: uuid.UUID, handover: ChairHandover, meeting: Meeting) -> None:
    """Whoever has a vote may have taken the chair; whether they should have is for the decision, over which they then presided."""
    seats = committee_seats(meeting)[handover.committee_id].seats
    if str(person) not in {seat.person for seat in seats if seat.voting}:
        raise RuleBroken("Select who took the chair", field="to_person", rule="MTG-07")
    if person == handover.from_person_id:
        raise RuleBroken("The chair was handed over by them. Select somebody else", field="to_person", rule="MTG-07")
    handover.to_person_id, handover.basis = person, basis_of(seats, str(person))
    db.session.flush()
    db.session.refresh(handover, ["to_person"])


def _was(handover: ChairHandover, *, with_reason: bool) -> tuple[str, ...]:
    returned = (
        f", and gave it back at {clock_time(handover.returned_at)}"
        if handover.returned_at and handover.return_recorded_at
        else ""
    )
    found = (f"{handover.to_person.name} took the chair at {clock_time(handover.handed_over_at)}{returned}.",)
    return (*found, f"The reason was: {handover.reason}") if with_reason else found


def _check_times(
    meeting: Meeting, taken: datetime | None, back: datetime | None, *, is_returned: bool, at: datetime
) -> None:
    assert taken is not None
    if back is None and is_returned:
        raise RuleBroken("Enter when the chair went back", field="returned_at", rule="MTG-07")
    for when, field in ((taken, "handed_over_at"), (back, "returned_at")):
        if when is None:
            continue
        check_past(when, at, field)
        check_within(meeting, when, field)
    if back is not None and back < taken:
        raise RuleBroken("Enter a time after the chair was handed over", field="returned_at", rule="MTG-07")
