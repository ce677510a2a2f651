"""Reading the chair: who is in it for an item, and to whom it was handed over."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.errors import NotFound
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import who_presides
from coi.meetings.conflicts.seats import CommitteeSeats, handovers_of
from coi.meetings.models import AgendaItem, ChairHandover


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
