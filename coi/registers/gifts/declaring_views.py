"""Declaring an offer, one question per page: one's own, and on behalf of somebody or of the organisation itself."""

import uuid
from datetime import date
from functools import partial

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Person
from coi.people.queries import called
from coi.permissions.vocabulary import Permission
from coi.registers.gifts import commands, queries
from coi.registers.gifts.blueprint import bp
from coi.registers.gifts.course import Course
from coi.registers.gifts.declaring_forms import FORMS, form_for
from coi.registers.gifts.forms import SIGNED, EnterForm, StartAgainForm
from coi.registers.gifts.models import Gift
from coi.registers.gifts.presenting import shown_gift
from coi.registers.gifts.rules import went_against
from coi.registers.gifts.sitting import STEPS, Sitting
from coi.registers.gifts.twin_queries import twins_of
from coi.registers.gifts.vocabulary import OfferFacts, OfferKind, Verdict
from coi.registers.interests.people_queries import own_person, people_to_enter_for, person_to_enter_for
from coi.registers.twin_forms import CheckForm
from coi.registers.twins import check_twins
from coi.web.access import requires
from coi.web.pages import page

DECLARE, ENTER = Permission.REGISTERS_GIFT_DECLARE, Permission.REGISTERS_GIFT_ENTER


def _own_course() -> Course:
    return Course(own_person(g.actor), "declare", url_for("gifts.mine"))


def own_draft() -> Sitting:
    """What the actor began to declare and has not sent."""
    return _own_course().load()


def _course_for(recipient_id: uuid.UUID) -> Course:
    person = None
    if recipient_id != g.body.id:
        person = person_to_enter_for(recipient_id, g.actor, g.body.id, clock.today())
    return Course(person, "enter", url_for("gifts.enter", recipient=recipient_id))


def verdict_of(sitting: Sitting, person: Person | None) -> Verdict | None:
    """What the rules of the day of the offer say to what was answered so far; None where there is too little yet."""
    if not sitting.can_be_judged:
        return None
    details, rulebook = sitting.details(), rulebook_of(g.body)
    if details.value is None:
        return None
    earlier = details.value * 0
    if person is not None and details.kind in (OfferKind.GIFT, OfferKind.PROMOTIONAL):
        key = (person.id, queries.offeror_key(details.offeror, details.offeror_id), details.offered_on, "~")
        earlier = queries.sums_before([key], rulebook, clock.now())[key]
    assert details.source is not None  # can be judged
    facts = OfferFacts(details.kind, details.source, details.value, details.is_beyond_modest, earlier=earlier)
    return queries.verdict_on(rulebook, facts, details.offered_on)


def step_page(course: Course, step: str) -> Response:
    """One question about an offer."""
    sitting = course.load()
    if step not in FORMS:
        raise NotFound("There is no such question")
    form = form_for(step, sitting)
    if hasattr(form, "business"):
        form.offeror.area = g.body.area_codes
    if form.validate_on_submit():
        answered = sitting.with_answers(step, form.answers())
        try:
            answered.check(step, clock.today())
        except RuleBroken as broken:
            form.show(broken)
        else:
            course.save(answered)
            db.session.commit()
            return redirect(course.on_from(answered, step), 303)
    verdict = verdict_of(sitting, course.person) if step == "response" else None
    return page(
        "registers/gifts/question.html",
        form=form,
        course=course,
        step=step,
        back=course.back_from(sitting, step),
        verdict=verdict,
    )


def check_page(course: Course) -> Response:
    """What the rules say, the answers to check, and the signature that sends them."""
    sitting = course.load()
    if sitting.missing:
        return redirect(where_it_stands(course, sitting), 303)
    form, details, verdict = CheckForm(), sitting.details(), verdict_of(sitting, course.person)
    twins = twins_of(g.body.id, course.person.id if course.person else None, details, clock.now())
    if form.validate_on_submit():
        try:
            check_twins(twins, is_another=bool(form.is_another.data))
            gift = course.sign(partial(_declared, course, sitting))
        except RuleBroken as broken:
            form.show(broken)
        else:
            course.drop()
            on_to = course.done(gift)
            db.session.commit()
            return redirect(on_to, 303)
    against = went_against(verdict, details.response) if verdict else None
    return page(
        "registers/gifts/check.html", form=form, course=course, sitting=sitting, verdict=verdict, against=against, signed=SIGNED,
        on_paper=sitting.details_date("declared_on"), twins=twins,
    )  # fmt: skip


def _declared(course: Course, sitting: Sitting) -> Gift:
    on = sitting.details_date("declared_on") if course.is_for_somebody else None
    return commands.declare_gift(
        g.body, course.person, sitting.details(), actor=g.actor, at=clock.now(), declared_on=on
    )


def where_it_stands(course: Course, sitting: Sitting) -> str:
    missing = sitting.missing
    return course.url("step", step=missing) if missing else course.url("check")


@bp.route("/declare", methods=["GET", "POST"])
@requires(DECLARE)
def declare() -> Response:
    """Starts a declaration, or asks whether to go on with the one that was not sent."""
    course = _own_course()
    sitting = course.load()
    form = StartAgainForm()
    if not sitting.is_begun:
        return redirect(course.url("step", step=STEPS[0]), 303)
    if form.validate_on_submit():
        course.drop()
        db.session.commit()
        return redirect(course.url("step", step=STEPS[0]), 303)
    return page("registers/gifts/resume.html", form=form, sitting=sitting, goes_on=where_it_stands(course, sitting))


@bp.route("/declare/<step>", methods=["GET", "POST"])
@requires(DECLARE)
def declare_step(step: str) -> Response:
    """Asks one question about an offer to oneself."""
    return step_page(_own_course(), step)


@bp.route("/declare/check", methods=["GET", "POST"])
@requires(DECLARE)
def declare_check() -> Response:
    """Shows the answers to check."""
    return check_page(_own_course())


@bp.get("/declared/<uuid:gift_id>")
@requires(DECLARE)
def declared(gift_id: uuid.UUID) -> Response:
    """Confirms what was declared."""
    gift = queries.own_gift(gift_id, g.actor)
    return page("registers/gifts/done.html", shown=shown_gift(gift, clock.now()), back=url_for(".mine"), is_own=True)


@bp.route("/enter", methods=["GET", "POST"])
@requires(ENTER)
def enter() -> Response:
    """Asks to whom something was offered, and the date of the paper."""
    form = EnterForm(recipient_id=request.args.get("recipient", ""))
    people = people_to_enter_for(g.actor, g.body.id, clock.today())
    form.offer(g.body, called(people, g.body.id, clock.today()))
    if form.validate_on_submit():
        try:
            return redirect(_begin(form.recipient_id.data, form.declared_on.data), 303)
        except RuleBroken as broken:
            form.show(broken)
    return page("registers/gifts/enter.html", form=form)


def _begin(recipient_id: uuid.UUID, on: date) -> str:
    """Starts the questions, or goes on with those that were begun. Returns where that is."""
    if on > clock.today():
        raise RuleBroken("The date on the declaration must be today or in the past", field="declared_on")
    course = _course_for(recipient_id)
    answers = {"declared_on": on.isoformat(), "is_for_body": course.person is None}
    sitting = course.load().with_answers("", answers)
    course.save(sitting)
    db.session.commit()
    return where_it_stands(course, sitting)


@bp.route("/enter/<uuid:recipient_id>/<step>", methods=["GET", "POST"])
@requires(ENTER)
def enter_step(recipient_id: uuid.UUID, step: str) -> Response:
    """Asks one question about an offer to somebody else."""
    return step_page(_course_for(recipient_id), step)


@bp.route("/enter/<uuid:recipient_id>/check", methods=["GET", "POST"])
@requires(ENTER)
def enter_check(recipient_id: uuid.UUID) -> Response:
    """Shows the answers to check against the paper."""
    return check_page(_course_for(recipient_id))


@bp.get("/entered/<uuid:gift_id>")
@requires(ENTER)
def entered(gift_id: uuid.UUID) -> Response:
    """Confirms what was entered on somebody's behalf."""
    gift = queries.visible_gift(gift_id, g.actor, ENTER, g.body.id, clock.today())
    return page("registers/gifts/done.html", shown=shown_gift(gift, clock.now()), back=url_for(".index"), is_own=False)
