"""Whom a person lets draft their declarations: said by the person, or for them by whoever may enter for them."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.people.queries import called
from coi.permissions.vocabulary import Permission
from coi.registers.interests import drafter_commands, drafter_queries, people_queries, queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.forms import DrafterForm, PersonDrafterForm, SignForm
from coi.web.access import requires
from coi.web.pages import page

DECLARE, ENTER = Permission.REGISTERS_INTEREST_DECLARE, Permission.REGISTERS_INTEREST_ENTER


@bp.route("/mine/drafter", methods=["GET", "POST"])
@requires(DECLARE)
def own_drafter() -> Response:
    """Whom I let draft, and naming somebody."""
    person, form = people_queries.own_person(g.actor), DrafterForm()
    if form.validate_on_submit() and _named(person, form):
        db.session.commit()
        return redirect(url_for(".mine"), 303)
    named = drafter_queries.drafter_of(person.id, g.body.id)
    by = queries.names_of_accounts({named.named_by} if named and named.named_by else set())
    return page("registers/interests/own_drafter.html", form=form, named=named, by=by, ending=SignForm())


@bp.route("/drafters", methods=["GET", "POST"])
@requires(ENTER)
def drafters() -> Response:
    """Who may draft for whom, and naming somebody on a person's behalf."""
    today, form = clock.today(), PersonDrafterForm()
    form.offer(called(people_queries.people_to_enter_for(g.actor, g.body.id, today), g.body.id, today))
    if form.validate_on_submit():
        person = people_queries.person_to_enter_for(form.person_id.data, g.actor, g.body.id, today)
        if _named(person, form):
            db.session.commit()
            return redirect(url_for(".drafters"), 303)
    named = drafter_queries.drafters_to_keep(g.actor, g.body.id, today)
    return page("registers/interests/drafters.html", form=form, named=named, ending=SignForm())


def _named(person: Person, form: DrafterForm) -> bool:
    """Names whom the form says; shows in the form why that cannot be. Returns whether it was done."""
    try:
        named = drafter_commands.name_drafter(person, form.email.data, body_id=g.body.id, actor=g.actor, at=clock.now())
    except RuleBroken as broken:
        form.show(broken)
        return False
    flash(f"{named.drafter.name} may draft for {person.name} from now on")
    return True


@bp.post("/drafters/<uuid:drafter_id>/end")
@requires(DECLARE)
def end_drafter(drafter_id: uuid.UUID) -> Response:
    """Takes back that somebody may draft, for oneself or on a person's behalf."""
    named = drafter_queries.drafter_to_end(drafter_id, g.actor, g.body.id, clock.today())
    is_own = named.person_id == g.actor.person_id
    if SignForm().validate_on_submit():
        drafter_commands.end_drafter(named, actor=g.actor, at=clock.now())
        db.session.commit()
        flash(f"{named.drafter.name} no longer drafts for {named.person.name}")
    return redirect(url_for(".mine" if is_own else ".drafters"), 303)
