"""From a meeting's decision to the register of procurement decisions. It belongs to the blueprint of the room."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.meetings.proceedings.procurement_queries import decided_on, procurement_of
from coi.meetings.proceedings.views import bp
from coi.meetings.queries import item_of
from coi.permissions.vocabulary import Permission
from coi.registers.procurement.commands import begin_from_meeting
from coi.registers.procurement.notices import money
from coi.registers.procurement.queries import of_meeting_decisions
from coi.web.access import requires
from coi.web.forms import Form
from coi.web.pages import page

KEEP = Permission.REGISTERS_PROCUREMENT_KEEP


class BeginForm(Form):
    """Nothing but the button."""


@bp.route("/<body>/items/<uuid:item_id>/procurement", methods=["GET", "POST"])
@requires(KEEP)
def procurement(item_id: uuid.UUID) -> Response:
    """Shows what the register would say of a decision on an item, and begins the row."""
    item = item_of(item_id, body_id=g.body.id, actor=g.actor, permission=Permission.MEETINGS_MEETING_READ)
    decisions, form = decided_on(item.id), BeginForm()
    there = of_meeting_decisions([each.id for each in decisions])
    if form.validate_on_submit() and decisions:
        waiting = [each for each in decisions if each.id not in there] or decisions
        row = begin_from_meeting(procurement_of(waiting[0].id, item), actor=g.actor, at=clock.now())
        db.session.commit()
        flash(f"{row.reference} is begun. Complete it, and it is on the register")
        return redirect(url_for("procurement.change", procurement_id=row.id), 303)
    found = [(each, procurement_of(each.id, item)) for each in decisions]
    return page(
        "meetings/proceedings/procurement.html", item=item, found=found, there=there, form=form, money=money,
        remaining=[each for each in decisions if each.id not in there],
    )  # fmt: skip
