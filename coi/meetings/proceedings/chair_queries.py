"""Reading the chair: who is in it for an item, and to whom it was handed over."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from coi.errors import NotFound
from coi.meetings.conflicts.movement_queries import handovers_of
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import who_presides
from coi.meetings.conflicts.seats import CommitteeSeats
from coi.meetings.models import AgendaItem, ChairHandover, Decision
from coi.meetings.proceedings.contradictions import InTheChair, presided_otherwise


def chair_of(
    item: AgendaItem,
    committee: CommitteeSeats,
    here: frozenset[str],
    handovers: Sequence[ChairHandover],
    conflicts: MeetingConflicts,
    moment: datetime | None = None,
) -> str | None:
    """Returns who is in the chair for an item: whoever it was handed over to and has not returned it, else the chair, and where
    the chair is away the vice chair, and where both are whoever the members agreed on."""
    for row in reversed(handovers):
        if moment is not None and row.handed_over_at > moment:
            continue
        returned = row.returned_at is not None and (moment is None or row.returned_at <= moment)
        if row.item_id == item.id and row.committee_id == committee.committee_id and not returned:
            return str(row.to_person_id)
    agreed = conflicts.chairs.get((item.id, committee.committee_id))
    return who_presides(committee.seats, frozenset(), here, agreed).person


def in_the_chair_instead(decision: Decision, handovers: Iterable[ChairHandover]) -> str:
    """Returns the name of who was in the chair at a decision by the handovers of its item, where that is not who is recorded as presiding;
    nothing where the two agree. Rule: MTG-07."""
    rows = [row for row in handovers if (row.item_id, row.committee_id) == (decision.item_id, decision.committee_id)]
    if not rows or decision.presiding_id is None:
        return ""
    told = [
        InTheChair(
            str(row.from_person_id) if row.from_person_id else None, str(row.to_person_id), row.handed_over_at, row.returned_at
        )
        for row in rows
    ]  # fmt: skip
    present = decision.snapshot.present if decision.snapshot else ()
    found = presided_otherwise(str(decision.presiding_id), decision.decided_at, present, told)
    names = {str(person.id): person.name for row in rows for person in (row.to_person, row.from_person) if person}
    return names[found] if found else ""


def handover_to_return(item: AgendaItem, committee_id: uuid.UUID | None = None) -> ChairHandover:
    """Returns the last time that the chair of a committee (None: the convening one) was handed over for an item and not returned.
    Raises NotFound."""
    found = handed_over(handovers_of(item.meeting_id), item, committee_id or item.meeting.committees[0].committee_id)
    if found is None:
        raise NotFound("The chair was not handed over for this item")
    return found


def handed_over(handovers: Sequence[ChairHandover], item: AgendaItem, committee_id: uuid.UUID) -> ChairHandover | None:
    """Returns the last time that the chair of a committee was handed over for an item and not returned; None where it was not."""
    return next(
        (
            row
            for row in reversed(handovers)
            if row.item_id == item.id and row.committee_id == committee_id and row.returned_at is None
        ),
        None,
    )
