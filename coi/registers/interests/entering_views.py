"""Entering a declaration that somebody made on paper, or drafting one for them to sign. The record says who typed it."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from flask import current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import (
    commands,
    draft_commands,
    drafter_queries,
    form_queries,
    link_commands,
    people_queries,
    queries,
    rules,
)
from coi.registers.interests.blueprint import bp
from coi.registers.interests.course import Course
from coi.registers.interests.declaring_views import (
    another_page,
    check_page,
    remove_page,
    step_page,
    where_it_stands,
)
from coi.registers.interests.drafter_queries import DraftedFor
from coi.registers.interests.entries import STEPS
from coi.registers.interests.forms import SIGNED_FOR, EnterForm, SignForm
from coi.registers.interests.late_queries import late_of
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.sitting import Sitting
from coi.registers.interests.twin_queries import check_nil_twin
from coi.registers.interests.vocabulary import NilDetails
from coi.registers.waiting_mails import sends_mail, told
from coi.web.access import requires
from coi.web.pages import page

ENTER = Permission.REGISTERS_INTEREST_ENTER


DRAFT = Permission.REGISTERS_INTEREST_DRAFT


def _drafting(person_id: uuid.UUID) -> Course:
    """The course of whoever may enter for a person, or else of whom the person lets draft. Raises NotFound for anybody else."""
    if people_queries.may_enter_for(person_id, g.actor, g.body.id, clock.today()):
        return _course(person_id)
    person = drafter_queries.person_to_draft_for(person_id, g.actor, g.body.id, clock.today())
    return Course(person, "enter", url_for("interests.mine"), only_drafts=True)


def _course(person_id: uuid.UUID) -> Course:
    person = people_queries.person_to_enter_for(person_id, g.actor, g.body.id, clock.today())
    has_left = not people_queries.belongs_to(person.id, g.body.id, clock.today())
    return Course(person, "enter", url_for("interests.enter", person=person.id), is_leaving=has_left)


@bp.route("/enter", methods=["GET", "POST"])
@requires(ENTER)
def enter() -> Response:
    """Asks whose paper it is, its date, and whether it declares anything."""
    people, called = people_queries.everybody_to_enter_for(g.actor, g.body.id, clock.today())
    form = EnterForm(person_id=request.args.get("person", ""))
    form.offer(called)
    if form.validate_on_submit():
        course = _course(form.person_id.data)
        try:
            return redirect(_begin(course, form), 303)
        except RuleBroken as broken:
            form.show(broken)
    return page("registers/interests/enter.html", form=form, people=people, back=url_for("interests.index"))


def _begin(course: Course, form: EnterForm) -> str:
    """Enters a nil return at once; else starts the questions, or goes on with those that were begun. Returns where that is."""
    on = form.declared_on.data
    if form.content.data == "nothing":
        check_nil_twin(course.person.id, on)
        declaration = commands.make_nil_return(
            course.person, NilDetails(SIGNED_FOR), actor=g.actor, at=clock.now(), declared_on=on, body_id=g.body.id,
            making=course.making,
        )  # fmt: skip
        db.session.commit()
        return url_for("interests.entered", declaration_id=declaration.id)
    rules.check_paper(on, today=clock.today())
    sitting = Sitting(course.load().entries, on.isoformat())
    course.save(sitting)
    db.session.commit()
    return where_it_stands(course, sitting) if sitting.entries else course.url("step", number=1, step=STEPS[0])


@bp.route("/enter/<uuid:person_id>/<int:number>/<step>", methods=["GET", "POST"])
@requires(DRAFT)
def enter_step(person_id: uuid.UUID, number: int, step: str) -> Response:
    """Asks one question about an interest on the paper."""
    return step_page(_drafting(person_id), number, step)


@bp.route("/enter/<uuid:person_id>/another", methods=["GET", "POST"])
@requires(DRAFT)
def enter_another(person_id: uuid.UUID) -> Response:
    """Asks for another interest on the paper."""
    return another_page(_drafting(person_id))


@bp.route("/enter/<uuid:person_id>/<int:number>/remove", methods=["GET", "POST"])
@requires(DRAFT)
def enter_remove(person_id: uuid.UUID, number: int) -> Response:
    """Takes an interest out before it is sent."""
    return remove_page(_drafting(person_id), number)


@bp.route("/enter/<uuid:person_id>/check", methods=["GET", "POST"])
@requires(DRAFT)
def enter_check(person_id: uuid.UUID) -> Response:
    """Shows the answers to check against the paper."""
    course = _drafting(person_id)
    if course.only_drafts and request.method == "POST":
        raise NotFound("Only the person signs")
    return check_page(course)


@bp.post("/enter/<uuid:person_id>/hand-over")
@requires(DRAFT)
def enter_hand_over(person_id: uuid.UUID) -> Response:
    """Hands a declaration that was prepared for somebody to that person, who alone signs it."""
    course, form, config = _drafting(person_id), SignForm(), current_app.config["COI"]
    sitting = course.load()
    if not (form.validate_on_submit() and sitting.is_complete):
        return redirect(where_it_stands(course, sitting), 303)
    try:
        draft_commands.hand_over_draft(
            course.person, replace(sitting, declared_on="").as_draft(), actor=g.actor, at=clock.now()
        )
        link_commands.mail_declaring_link(
            course.person,
            LinkPurpose.SIGNING,
            g.body,
            site=config.base_url,
            actor=g.actor,
            at=clock.now(),
            by=g.actor.name,
        )
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.reason, "important")
        return redirect(course.url("check"), 303)
    course.drop()
    db.session.commit()
    if course.only_drafts:
        flash(f"{course.person.name} was sent a link to read the draft and sign it")
        return redirect(url_for("interests.mine"), 303)
    flash(told(f"{course.person.name} was sent a link to read the draft and sign it", course.person.name))
    return redirect(url_for("interests.index" if sends_mail() else "interests.invite"), 303)


@bp.get("/entered/<uuid:declaration_id>")
@requires(ENTER)
def entered(declaration_id: uuid.UUID) -> Response:
    """Confirms what was entered on somebody's behalf."""
    declaration, versions = queries.declaration_of(declaration_id)
    _course(declaration.person_id)
    return page(
        "registers/interests/declared.html", declaration=declaration, versions=versions, meetings="", back=url_for("interests.index"),
        scans=form_queries.forms_of([declaration_id]), late=late_of(versions, g.body.id),
    )  # fmt: skip


def drafting_for(people: Sequence[DraftedFor]) -> list[tuple[DraftedFor, str]]:
    """Returns, with each of the people for whom the actor drafts, the page on which the draft starts or goes on."""
    found = []
    for each in people:
        course = Course(each.person, "enter", url_for("interests.mine"), only_drafts=True)
        first = course.url("step", number=1, step=STEPS[0])
        sitting = course.load() if each.is_begun else Sitting()
        found.append((each, where_it_stands(course, sitting) if sitting.entries else first))
    return found
