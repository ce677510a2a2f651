"""Where what minutes lack is mended: the address of the page for each gap."""

import uuid
from collections.abc import Iterable, Sequence

from flask import url_for

from coi.meetings.minutes.vocabulary import Gap, Mend
from coi.meetings.models import AgendaItem, Meeting


def links_to(gaps: Iterable[Gap], meeting: Meeting, items: Sequence[AgendaItem]) -> list[tuple[Gap, str]]:
    """Returns each gap with the address of the page that mends it."""
    ids = {item.reference: item.id for item in items}
    return [(gap, _link(gap, meeting, ids.get(gap.reference))) for gap in gaps]


def _link(gap: Gap, meeting: Meeting, item_id: uuid.UUID | None) -> str:
    of_the_meeting = {
        Mend.OPENING: "proceedings.show" if meeting.opened_at else "proceedings.open_meeting",
        Mend.CLOSING: "proceedings.close",
        Mend.ATTENDANCE: "proceedings.show",
    }
    if gap.mend in of_the_meeting:
        return url_for(of_the_meeting[gap.mend], meeting_id=meeting.id)
    if gap.mend is Mend.COMMITTEE:
        return url_for("committees.index")
    if gap.mend is Mend.ACTION:
        return url_for("actions.index")
    if item_id is None:
        return url_for("meetings.agenda", meeting_id=meeting.id)
    return _link_to_item(gap, meeting, item_id)


def _link_to_item(gap: Gap, meeting: Meeting, item_id: uuid.UUID) -> str:
    person = gap.person_id
    if gap.mend is Mend.RULING and person:
        return url_for("conflicts.rule", item_id=item_id, person_id=person)
    if gap.mend is Mend.DECLARATION and person:
        return url_for("conflicts.declare", meeting_id=meeting.id, person_id=person, item=item_id)
    if gap.mend is Mend.MOVEMENT and person:
        return url_for("proceedings.movement", meeting_id=meeting.id, person_id=person, item=item_id)
    if gap.mend in (Mend.CONFLICT, Mend.KEEPER):
        return url_for("conflicts.review", meeting_id=meeting.id, _anchor=f"item-{item_id}")
    return url_for("proceedings.item", item_id=item_id, _anchor="decision")
