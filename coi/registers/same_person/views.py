"""The page on which somebody says that two records are one person, entered twice, and takes it back."""

import uuid

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.people import queries as people
from coi.permissions.vocabulary import Permission
from coi.registers.same_person import commands, queries
from coi.registers.same_person.forms import BackForm, SameForm
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("same_person", __name__, url_prefix="/<body>/people")
MANAGE = Permission.PEOPLE_PERSON_MANAGE


@bp.route("/<uuid:person_id>/same", methods=["GET", "POST"])
@requires(MANAGE)
def join(person_id: uuid.UUID) -> Response:
    """Says which other record is this person too, and shows what moves before it does."""
    person, form = people.person(person_id, g.body.id), SameForm()
    form.offer(people.called(queries.others(person, g.body.id), g.body.id, clock.today()))
    if form.validate_on_submit():
        other = people.person(form.other.data, g.body.id)
        if not form.is_sure:
            again = SameForm(formdata=None, other=other.id, sure=str(other.id))
            again.offer({other.id: other.name})
            return page(
                "registers/same_person/check.html",
                form=again,
                person=person,
                other=other,
                moves=queries.counts(other.id),
            )
        try:
            commands.join_records(person, other, body_id=g.body.id, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The records are one. What stood under the other is {person.name}’s now")
            return redirect(url_for("people.show", person_id=person_id), 303)
    return page(
        "registers/same_person/join.html", form=form, person=person, merges=queries.merges_into(person.id, g.body.id),
        back=BackForm(formdata=None),
    )  # fmt: skip


@bp.post("/same/<uuid:merge_id>/back")
@requires(MANAGE)
def part(merge_id: uuid.UUID) -> Response:
    """Takes back that two records are one person."""
    merge = queries.merge(merge_id, g.body.id)
    kept_id = people.person(merge.kept_id, g.body.id).id
    if BackForm().validate_on_submit():
        back = commands.part_records(merge, actor=g.actor, at=clock.now())
        db.session.commit()
        flash(f"{back.name} has a record of their own again, with what had moved")
    return redirect(url_for(".join", person_id=kept_id), 303)
