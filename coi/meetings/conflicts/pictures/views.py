"""Pages that show the conflicts of a meeting at a glance: the grid of items and members, and the chair's briefing."""

import uuid
from collections.abc import Sequence

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from coi import clock
from coi.documents.apart import pdf_apart
from coi.errors import NotFound
from coi.meetings.conflicts.blueprint import READ, committee_asked, to_what_happened
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.pictures.briefing import briefing as briefing_on_a_page
from coi.meetings.conflicts.pictures.briefing import whole_briefing
from coi.meetings.conflicts.pictures.briefing_facts import briefing_facts, presides_at
from coi.meetings.conflicts.pictures.briefing_vocabulary import BriefingFacts
from coi.meetings.conflicts.pictures.grid import grid_of
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import MeetingState
from coi.permissions.vocabulary import Permission
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("pictures", __name__)


@bp.get("/<body>/meetings/<uuid:meeting_id>/grid")
@requires(READ)
def grid(meeting_id: uuid.UUID) -> Response:
    """The items of a meeting against its people: who is flagged on what, and what happens."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    seen = agenda_for(g.actor, [item for item in agenda_of(meeting) if item.standing is None])
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=seen.items, reader=g.actor)
    committee = committee_asked(conflicts)
    shows_weak, everybody = request.args.get("weak") == "shown", request.args.get("people") != "flagged"
    drawn = grid_of(conflicts, seen.items, committee, shows_weak=shows_weak, everybody=everybody)
    return page(
        "meetings/conflicts/pictures/grid.html", meeting=meeting, grid=drawn, conflicts=conflicts, committee=committee,
        withheld=seen.withheld, shows_weak=shows_weak, everybody=everybody,
        is_briefed=meeting.state is not MeetingState.CLOSED and _is_briefed(conflicts, seen.items),
    )  # fmt: skip


@bp.get("/<body>/meetings/<uuid:meeting_id>/briefing")
@requires(READ)
def briefing(meeting_id: uuid.UUID) -> Response:
    """What the chair says, who goes, who presides, what is still open: one page."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    if meeting.state is MeetingState.CLOSED:
        return to_what_happened(meeting)
    return page(
        "meetings/conflicts/pictures/briefing.html", meeting=meeting, document=whole_briefing(_briefing(meeting))
    )


@bp.get("/<body>/meetings/<uuid:meeting_id>/briefing.pdf")
@requires(READ)
def briefing_pdf(meeting_id: uuid.UUID) -> Response:
    """The same page on paper, tagged."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    if meeting.state is MeetingState.CLOSED:
        return to_what_happened(meeting)
    answer = make_response(pdf_apart(briefing_on_a_page(_briefing(meeting)), created=clock.now()))
    answer.mimetype = "application/pdf"
    name = f"briefing-{meeting.reference.replace('/', '-')}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _briefing(meeting: Meeting) -> BriefingFacts:
    """The briefing on what the reader may read of the meeting. Raises NotFound for anybody but a secretary and those who preside."""
    seen = agenda_for(g.actor, agenda_of(meeting))
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=seen.items, reader=g.actor)
    if not _is_briefed(conflicts, seen.items):
        raise NotFound("There is no such page")
    return briefing_facts(meeting, g.body.name, seen, conflicts)


def _is_briefed(conflicts: MeetingConflicts, items: Sequence[AgendaItem]) -> bool:
    """Whether the briefing is for the reader: a secretary of a committee of the meeting, and whoever presides."""
    keeps = any(may(Permission.MEETINGS_MEETING_RECORD, committee) for committee in conflicts.seats)
    return keeps or presides_at(g.actor.person_id, conflicts, items)
