"""Pages for whoever is asked: one's questions and their answers, signed in or by a link without an account."""

import uuid

from flask import flash, g, redirect, session, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.by_link import INTERESTS, KEPT, by_link, unknown
from coi.registers.interests import link_commands
from coi.registers.interests.by_link_views import link_course
from coi.registers.interests.course import Course
from coi.registers.interests.declaring_views import own_course
from coi.registers.interests.forms import SignForm
from coi.registers.prompts import commands, question_queries
from coi.registers.prompts.forms import AnswerForm
from coi.registers.prompts.going_on import goes_on_to
from coi.registers.prompts.views import bp
from coi.registers.prompts.vocabulary import ANSWER_WORDS, AnswerDetails
from coi.web.access import public, requires
from coi.web.pages import page

DECLARE = Permission.REGISTERS_INTEREST_DECLARE
ALL_ANSWERED = "questions_answered"
"""What the session of the browser keeps in which the last question of a link was answered: the link's key."""
THANKS = "Thank you. Your answer is with those who keep the register"


@bp.get("/mine")
@requires(DECLARE)
def own() -> Response:
    """What I am asked, and what I answered."""
    asked = question_queries.own_questions(g.actor.person_id, g.body.id) if g.actor.person_id else []
    return page("registers/prompts/own.html", asked=asked, answers=ANSWER_WORDS)


@bp.route("/mine/<uuid:question_id>", methods=["GET", "POST"])
@requires(DECLARE)
def own_answer(question_id: uuid.UUID) -> Response:
    """Answers a question, or answers it anew."""
    return _answer_page(question_id, own_course(), url_for(".own"))


@bp.route("/by-link/<uuid:question_id>", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_answer(question_id: uuid.UUID) -> Response:
    """Answers a question without an account."""
    return _answer_page(question_id, link_course(), url_for("interests.by_link_start"))


def _answer_page(question_id: uuid.UUID, course: Course, back: str) -> Response:
    question = question_queries.own_question(question_id, g.actor.person_id, g.body.id)
    form = AnswerForm.of(question)
    if form.validate_on_submit():
        try:
            commands.answer(question, form.details(), actor=g.actor, at=clock.now())
            onward = _onward(course, form.details(), question_id)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            if onward != url_for(".by_link_done"):
                flash(THANKS)
            return redirect(onward or back, 303)
    return page("registers/prompts/answer.html", form=form, question=question, back=back, course=course)


def _onward(course: Course, details: AnswerDetails, question_id: uuid.UUID) -> str:
    """The page after an answer: to declare; by a link first the other questions, as the signature uses it up, and with the last answer
    that leaves nothing to declare the last page."""
    question = question_queries.own_question(question_id, course.person.id, g.body.id)
    onward = goes_on_to(course, question, details)
    if not course.is_by_link:
        return onward
    if question_queries.number_open(course.person.id, g.body.id):
        return ""
    if onward or course.load().entries or not link_commands.is_for_questions(g.link):
        return onward
    link_commands.note_signed(link_commands.take_link(g.link.id, at=clock.now()))
    session[ALL_ANSWERED] = str(g.link.id)
    return url_for(".by_link_done")


@bp.get("/by-link/answered")
@public
def by_link_done() -> Response:
    """Confirms that everything is answered, to the browser in which it was, and nobody else."""
    if not session.get(ALL_ANSWERED) or session.get(ALL_ANSWERED) != session.get(KEPT):
        return unknown()
    return page("registers/prompts/answered.html", form=SignForm())
