"""Declaring, one question per page: the pages of a sitting, for oneself; entering_views.py has them on behalf of somebody,
by_link_views.py for whoever came by a link."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Permission
from coi.registers.interests import commands, confirming_commands, people_queries, queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.course import Course
from coi.registers.interests.declaring_forms import FORMS, AnotherForm, DropForm, RemoveForm, SendForm
from coi.registers.interests.entries import STEPS, suggested_entry
from coi.registers.interests.forms import SIGNED_FOR, SignForm, signed
from coi.registers.interests.late_queries import late_in, late_of
from coi.registers.interests.links import href
from coi.registers.interests.presenting import ToldLine, told_lines
from coi.registers.interests.previews import previews_of
from coi.registers.interests.related_queries import suggestions_for
from coi.registers.interests.sitting import Sitting
from coi.registers.interests.twin_queries import twins_in
from coi.registers.twins import check_twins
from coi.web.access import requires
from coi.web.pages import page

DECLARE = Permission.REGISTERS_INTEREST_DECLARE


def own_course() -> Course:
    return Course(people_queries.own_person(g.actor), "declare", url_for("interests.mine"))


def statement() -> str:
    """What is signed today at this body, by its own rules. Rule: DECL-01; RULEBOOK §6.4."""
    return signed(rules_of(g.body, clock.today()).declare_days)


def step_page(course: Course, number: int, step: str) -> Response:
    """One question about one interest."""
    sitting = course.load()
    entry = sitting.entry(number)
    if step not in FORMS or entry is None:
        raise NotFound("There is no such question")
    form = FORMS[step].of(entry)
    if step == "organisation":
        form.organisation.area = g.body.area_codes
    if form.validate_on_submit():
        if step == "what" and form.is_gift:
            return page("registers/interests/gift.html", course=course, gifts=gifts_page())
        answered = entry.with_answers(step, form.answers())
        try:
            answered.check(step, clock.today())
        except RuleBroken as broken:
            form.show(broken)
        else:
            saved = sitting.with_entry(number, answered)
            course.save(saved)
            db.session.commit()
            return redirect(course.on_from(saved, number, step), 303)
    back = course.back_from(entry, number, step)
    return page(
        f"registers/interests/questions/{step}.html", form=form, course=course, entry=entry, number=number, back=back
    )


def gifts_page() -> str:
    """The page on which a gift or hospitality is entered; empty where there is none, or for whoever came by a link."""
    return href("gifts.declare", Permission.REGISTERS_GIFT_DECLARE) if g.actor.is_signed_in else ""


def another_page(course: Course) -> Response:
    """The interests so far, and whether there is another."""
    sitting = course.load()
    if not sitting.is_complete:
        return redirect(where_it_stands(course, sitting), 303)
    suggestions = [] if course.only_drafts else suggestions_for(sitting, course.person.id, clock.now())
    form = AnotherForm()
    form.offer(suggestions)
    if form.validate_on_submit():
        if form.chosen:
            also = [
                suggested_entry(each.organisation_id, each.name)
                for each in suggestions
                if each.organisation_id in form.chosen
            ]
            sitting = replace(sitting, entries=(*sitting.entries, *also))
            course.save(sitting)
            db.session.commit()
            return redirect(where_it_stands(course, sitting), 303)
        more = course.url("step", number=len(sitting.entries) + 1, step=STEPS[0])
        return redirect(more if form.another.data else course.url("check"), 303)
    return page(
        "registers/interests/another.html", form=form, course=course, sitting=sitting, told=_told(course, sitting)
    )


def remove_page(course: Course, number: int) -> Response:
    """Takes an interest out of the sitting, after asking."""
    sitting = course.load()
    if not 1 <= number <= len(sitting.entries) or sitting.entries[number - 1].is_change:
        raise NotFound("There is no such interest")
    form = RemoveForm()
    if form.validate_on_submit():
        left = sitting.without(number)
        course.save(left)
        db.session.commit()
        return redirect(where_it_stands(course, left), 303)
    return page("registers/interests/remove.html", form=form, course=course, entry=sitting.entries[number - 1])


def check_page(course: Course) -> Response:
    """The answers to check, and the signature that sends them."""
    sitting = course.load()
    if request.method == "POST" and not sitting.entries and not sitting.is_confirming:
        flash("There was nothing left to send: it was sent or deleted before. Nothing was sent twice", "important")
    if not sitting.is_complete:
        return redirect(where_it_stands(course, sitting), 303)
    late = late_in(sitting, course.person.id, g.body.id, _declared_on(course, sitting), clock.now())
    if course.only_drafts:
        return page("registers/interests/check_draft.html", form=SignForm(), course=course, sitting=sitting, late=late)
    form, at = SendForm(), clock.now()
    form.ask_about(sitting)
    twins = twins_in(sitting, course.person.id, at)
    form.ask_of(twins)
    if form.validate_on_submit():
        if form.wanted:
            return _asked_why(course, sitting.wanting_privacy(form.wanted))
        try:
            check_twins(twins, is_another=bool(form.is_another.data))
            declaration = course.sign(lambda: _declared(course, sitting))
        except RuleBroken as broken:
            form.show(broken)
        else:
            course.drop()
            db.session.commit()
            return redirect(course.done(declaration), 303)
    return page(
        "registers/interests/check.html", form=form, course=course, sitting=sitting, statement=statement(), told=_told(course, sitting),
        previews=previews_of(sitting, course.person, g.body.id, clock.today()), twins=twins, late=late,
    )  # fmt: skip


def _asked_why(course: Course, sitting: Sitting) -> Response:
    """To the first interest that is said not to be published, for the reason."""
    course.save(sitting)
    db.session.commit()
    return redirect(course.unsaid_url(sitting), 303)


def _declared_on(course: Course, sitting: Sitting) -> date:
    return (course.is_for_somebody and sitting.on_paper) or clock.today()


def _told(course: Course, sitting: Sitting) -> list[ToldLine]:
    return told_lines(sitting, course.person.id, clock.now())


def _declared(course: Course, sitting: Sitting) -> Any:
    paper = sitting.on_paper if course.is_for_somebody else None
    words, making = SIGNED_FOR if course.is_for_somebody else statement(), course.making
    if sitting.is_confirming:
        return confirming_commands.confirm_register(
            course.person,
            sitting.confirmation(words),
            actor=g.actor,
            at=clock.now(),
            body_id=g.body.id,
            making=making,
        )
    return commands.declare_interests(
        course.person, sitting.details(), actor=g.actor, at=clock.now(), declared_on=paper, statement=words, body_id=g.body.id,
        making=making,
    )  # fmt: skip


def where_it_stands(course: Course, sitting: Sitting) -> str:
    """The page on which a sitting goes on: its first missing answer, its first question, or the answers to check."""
    if sitting.open_line:
        return course.url("line", number=sitting.open_line)
    if not sitting.entries:
        return course.url("another") if sitting.is_confirming else course.leaves_to
    number, step = sitting.missing or (1, STEPS[0])
    return course.url("check") if sitting.is_complete else course.url("step", number=number, step=step)


@bp.route("/declare", methods=["GET", "POST"])
@requires(DECLARE)
def declare() -> Response:
    """Starts a declaration, or asks whether to go on with the one that was not sent."""
    course = own_course()
    sitting = course.load()
    if not sitting.entries and not sitting.is_confirming:
        return redirect(course.url("step", number=1, step=STEPS[0]), 303)
    form, goes_on = DropForm(), where_it_stands(course, sitting)
    if form.validate_on_submit():
        if not form.is_sure:
            return page(
                "registers/interests/drop.html",
                form=DropForm(formdata=None, sure="yes"),
                sitting=sitting,
                goes_on=goes_on,
                course=course,
            )
        course.drop()
        db.session.commit()
        return redirect(course.url("step", number=1, step=STEPS[0]), 303)
    return page("registers/interests/resume.html", form=form, sitting=sitting, goes_on=goes_on, course=course)


@bp.route("/declare/<int:number>/<step>", methods=["GET", "POST"])
@requires(DECLARE)
def declare_step(number: int, step: str) -> Response:
    """Asks one question about an interest of one's own."""
    return step_page(own_course(), number, step)


@bp.route("/declare/another", methods=["GET", "POST"])
@requires(DECLARE)
def declare_another() -> Response:
    """Asks for another interest of one's own."""
    return another_page(own_course())


@bp.route("/declare/<int:number>/remove", methods=["GET", "POST"])
@requires(DECLARE)
def declare_remove(number: int) -> Response:
    """Takes an interest out of one's declaration before it is sent."""
    return remove_page(own_course(), number)


@bp.route("/declare/check", methods=["GET", "POST"])
@requires(DECLARE)
def declare_check() -> Response:
    """Shows one's answers, to sign and send."""
    return check_page(own_course())


@bp.get("/declared/<uuid:declaration_id>")
@requires(Permission.REGISTERS_INTEREST_READ_OWN)
def declared(declaration_id: uuid.UUID) -> Response:
    """Confirms what one has declared, with its reference and what happens next."""
    declaration, versions = queries.declaration_of(declaration_id)
    if declaration.person_id != g.actor.person_id:
        raise NotFound("There is no such declaration")
    meetings = href("meetings.index", Permission.MEETINGS_MEETING_READ)
    return page(
        "registers/interests/declared.html", declaration=declaration, versions=versions, meetings=meetings, back=url_for("interests.mine"),
        late=late_of(versions, g.body.id), copy=url_for("interests.declared_copy", declaration_id=declaration_id),
    )  # fmt: skip
