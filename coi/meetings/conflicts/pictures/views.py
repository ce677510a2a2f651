"""Pages that show the conflicts of a meeting at a glance: the grid of items and members."""

import uuid

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from coi import clock
from coi.meetings.conflicts.blueprint import READ, committee_asked
from coi.meetings.conflicts.pictures.grid import grid_of
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("pictures", __name__)


@bp.get("/<body>/meetings/<uuid:meeting_id>/grid")
@requires(READ)
def grid(meeting_id: uuid.UUID) -> Response:
    """The items of a meeting against its people: who is flagged on what, and what happens."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    seen = agenda_for(g.actor, [item for item in agenda_of(meeting) if item.standing is None])
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=seen.items)
    committee = committee_asked(conflicts)
    shows_weak, everybody = request.args.get("weak") == "shown", request.args.get("people") != "flagged"
    drawn = grid_of(conflicts, seen.items, committee, shows_weak=shows_weak, everybody=everybody)
    return page(
        "meetings/conflicts/pictures/grid.html", meeting=meeting, grid=drawn, conflicts=conflicts, committee=committee,
        withheld=seen.withheld, shows_weak=shows_weak, everybody=everybody,
    )  # fmt: skip
