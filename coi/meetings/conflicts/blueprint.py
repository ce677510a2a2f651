"""The blueprint of conflicts, and what its pages share: an item that the actor may read, and the way back from it."""

import uuid
from typing import NoReturn

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi.errors import NotFound
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.own_queries import own_item
from coi.meetings.keeper_queries import item_to_keep, keeps_in_place
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import item_of
from coi.meetings.withholding import items_kept_from
from coi.permissions.vocabulary import Permission
from coi.web.access import may

bp = Blueprint("conflicts", __name__)

READ, ANSWER = Permission.MEETINGS_MEETING_READ, Permission.MEETINGS_CONFLICT_ANSWER
RAISE, RECORD = Permission.MEETINGS_CONFLICT_RAISE, Permission.MEETINGS_CONFLICT_RECORD
OWN, SAID = Permission.MEETINGS_OWN_SEE, Permission.MEETINGS_BEFOREHAND_READ
MEETING, KEEP = Permission.MEETINGS_MEETING_RECORD, Permission.MEETINGS_ITEM_KEEP


def item_to_read(item_id: uuid.UUID) -> AgendaItem:
    """Returns an item that the actor may read. Raises NotFound."""
    return item_of(item_id, body_id=g.body.id, actor=g.actor)


def item_to_speak_of(item_id: uuid.UUID) -> AgendaItem:
    """Returns an item that the actor may read, or is asked about as somebody who takes part. Raises NotFound."""
    return own_item(item_id, body_id=g.body.id, actor=g.actor)


def item_to_note(item_id: uuid.UUID) -> AgendaItem:
    """Returns an item that the actor may read, or was named to keep the record of. Raises NotFound."""
    return item_to_keep(item_id, body_id=g.body.id, actor=g.actor, besides=READ)


def committee_asked(conflicts: MeetingConflicts) -> uuid.UUID:
    """Returns the committee that the address names, else the convening one. Raises NotFound."""
    wanted = request.args.get("committee", type=uuid.UUID) or conflicts.convening
    if wanted not in conflicts.seats:
        raise NotFound("There is no such committee")
    return wanted


def back_from(item: AgendaItem) -> Response:
    """To the room while the meeting is open, else to the flags of the meeting, before the same committee; a guest, to their own."""
    committee = request.args.get("committee")
    if item.id in items_kept_from(g.actor):  # the ruling that was just recorded may be on the actor
        return redirect(url_for(".review", meeting_id=item.meeting_id, committee=committee))
    if item.meeting.state == "open" and (may(MEETING) or keeps_in_place(g.actor, item.id)):
        return redirect(url_for("proceedings.item", item_id=item.id, committee=committee))
    if not any(may(READ, row.committee_id) for row in item.meeting.committees):
        return redirect(url_for(".mine", meeting_id=item.meeting_id))
    return redirect(url_for(".review", meeting_id=item.meeting_id, committee=committee, _anchor=f"item-{item.id}"))


def to_what_happened(meeting: Meeting) -> Response:
    """From a page that prepares a meeting, to the meeting: it is over, so there is nothing left to prepare."""
    flash("This meeting is over, so that page is no longer there.", "important")
    return redirect(url_for("meetings.show", meeting_id=meeting.id))


def no_such_person() -> NoReturn:
    """Raises NotFound."""
    raise NotFound("There is no such person at this meeting")
