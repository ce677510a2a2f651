"""Pages about people: the list, a person, and what is entered about them."""

import uuid
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.people import commands, queries
from coi.people.forms import AppointmentForm, EndForm, EnterForm, PersonForm
from coi.people.rules import sort_key
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.forms import cleaned
from coi.web.known import known_in
from coi.web.pages import page

SAME = (
    "Somebody of this name and address is known at another body. Confirm that it is the same person, and enter their post here. For "
    "another person, enter another address"
)
bp = Blueprint("people", __name__, url_prefix="/<body>/people")


@bp.get("")
@requires(Permission.PEOPLE_PERSON_READ)
def index() -> Response:
    """Lists the people of the body from A to Z, or those whom a search finds."""
    text = (cleaned(request.args.get("q")) or "")[:200]
    people = queries.people(g.body.id, text)
    posts = queries.posts_on([person.id for person in people], g.body.id, clock.today())
    letters = [(letter, list(group)) for letter, group in groupby(people, lambda person: person.sort_key[:1].upper())]
    return page("people/index.html", text=text, letters=letters, posts=posts, count=len(people))


@bp.get("/<uuid:person_id>")
@requires(Permission.PEOPLE_PERSON_READ)
def show(person_id: uuid.UUID) -> Response:
    """Shows a person and the posts that they hold or held at the body, as known now or at an earlier instant."""
    person, asked = queries.person(person_id, g.body.id), known_in(request.args, clock.now())
    shown: Any = person
    posts = [held for held in person.appointments if held.body_id == g.body.id]
    if asked.is_past:
        shown, posts = queries.person_known(person, g.body.id, asked.instant)
    return page(
        "people/show.html", 422 if asked.error else None, asked=asked, person=shown, posts=posts, today=clock.today()
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_PERSON_MANAGE)
def enter() -> Response | AnyResponse:
    """Enters a person, or the post of somebody who is known at another body."""
    form = EnterForm()
    if form.validate_on_submit():
        who = form.details()
        form.is_known_elsewhere = queries.known_elsewhere(sort_key(who), who.email, g.body.id) is not None
        try:
            if form.is_known_elsewhere:
                return _appointed_from_elsewhere(form)
            person = commands.enter_person(who, body_id=g.body.id, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{person.name} was added. Now enter a post")
            return redirect(url_for("people.appoint", person_id=person.id), 303)
    return page("people/enter.html", form=form, namesakes=_namesakes(form))


@bp.route("/<uuid:person_id>/change", methods=["GET", "POST"])
@requires(Permission.PEOPLE_PERSON_MANAGE)
def change(person_id: uuid.UUID) -> Response | AnyResponse:
    """Changes a person's names or address."""
    person = queries.person(person_id, g.body.id)
    form = PersonForm.of(person)
    if form.validate_on_submit():
        try:
            commands.change_person(
                person, form.details(), seen_version=form.seen_version, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{person.name} was changed")
            return redirect(url_for("people.show", person_id=person_id), 303)
    return page("people/change.html", form=form, person=person, namesakes=_namesakes(form))


@bp.route("/<uuid:person_id>/posts/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_PERSON_MANAGE)
def appoint(person_id: uuid.UUID) -> Response | AnyResponse:
    """Enters a post that a person holds at the body."""
    person = queries.person(person_id, g.body.id)
    form = AppointmentForm()
    if form.validate_on_submit():
        try:
            held = commands.appoint(person, g.body, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{person.name} is now {held.post}")
            return redirect(url_for("people.show", person_id=person_id), 303)
    return page("people/appoint.html", form=form, person=person)


@bp.route("/posts/<uuid:appointment_id>/end", methods=["GET", "POST"])
@requires(Permission.PEOPLE_PERSON_MANAGE)
def end(appointment_id: uuid.UUID) -> Response | AnyResponse:
    """Enters the last day of a post."""
    held = queries.appointment(appointment_id, g.body.id)
    form = EndForm()
    if form.validate_on_submit():
        try:
            commands.end_appointment(held, form.valid_to.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The last day of the post was saved")
            return redirect(url_for("people.show", person_id=held.person_id), 303)
    return page("people/end.html", form=form, held=held)


def _appointed_from_elsewhere(form: EnterForm) -> AnyResponse:
    if not form.is_same.data:
        raise RuleBroken(SAME, field="is_same", rule="REG-07")
    details = form.post_details()
    held = commands.appoint_from_elsewhere(form.details(), g.body, details, actor=g.actor, at=clock.now())
    db.session.commit()
    flash(f"{held.person.name} is now {held.post}. What they declared is on the register here too")
    return redirect(url_for("people.show", person_id=held.person_id), 303)


def _namesakes(form: PersonForm) -> list[tuple[str, str]]:
    """The people of the body who have the name that was just refused: name and page."""
    if not form.asks_about_namesake:
        return []
    known = queries.people(g.body.id, f"{form.given_names.data} {form.family_name.data}")
    return [(person.name, url_for("people.show", person_id=person.id)) for person in known]
