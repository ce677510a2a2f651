"""The page on which whoever presides names who keeps the record of an item. It belongs to the blueprint of the room."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.blueprint import committee_asked
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.keeper_queries import conflicted_secretaries, could_keep, keepers_of
from coi.meetings.proceedings import keeper_commands
from coi.meetings.proceedings.forms import KeeperForm
from coi.meetings.proceedings.views import bp
from coi.meetings.queries import item_of
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.pages import page


@bp.route("/<body>/items/<uuid:item_id>/record-keeper", methods=["GET", "POST"])
@requires(Permission.MEETINGS_CONFLICT_ANSWER)
def name_keeper(item_id: uuid.UUID) -> Response:
    """Name who keeps the record of the item in place of a secretary who was ruled out of it."""
    item = item_of(item_id, body_id=g.body.id, actor=g.actor)
    conflicts = conflicts_at(item.meeting, known_at=clock.now(), items=[item])
    committee = committee_asked(conflicts)
    if not conflicts.presides(g.actor.person_id, item.id, committee):
        raise NotFound("There is no such page")
    form, barred = KeeperForm(), conflicted_secretaries(item, clock.today())
    form.offer(could_keep(item, clock.today()), barred)
    if barred and form.validate_on_submit():
        try:
            row = keeper_commands.name_record_keeper(
                item, form.details(), actor=g.actor, at=clock.now(), committee_id=committee
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{row.person.name} keeps the record of item {item.position} in place of {row.in_place_of.name}.")
            where = url_for("conflicts.review", meeting_id=item.meeting_id, committee=committee)
            return redirect(f"{where}#item-{item.id}", 303)
    return page(
        "meetings/proceedings/name_keeper.html", form=form, item=item, barred=barred, committee=committee,
        named=[row for row in keepers_of([item.id]) if row.committee_id == committee],
    )  # fmt: skip
