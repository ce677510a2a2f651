"""Declaring by a link, without an account: the same pages, of the one person that the link is for, until the declaration is sent."""

import uuid

from flask import g, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.registers.by_link import INTERESTS, by_link, by_signed_link, end_visit
from coi.registers.interests import queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.confirming_views import changed_page, confirm_page, line_page
from coi.registers.interests.copy_views import copy_response
from coi.registers.interests.course import Course
from coi.registers.interests.declaring_views import another_page, check_page, remove_page, step_page, where_it_stands
from coi.registers.interests.forms import SignForm
from coi.registers.interests.late_queries import late_of
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.own_views import nothing_page
from coi.registers.interests.presenting import cards_of
from coi.registers.prompts import question_queries
from coi.web.access import public
from coi.web.pages import page


def link_course() -> Course:
    """Returns the declaration of whoever came by the link of this request."""
    return Course(
        g.link.person, "by_link", url_for("interests.by_link_start"), g.link.id, g.link.purpose is LinkPurpose.LEAVING
    )


@bp.get("/by-link/")
@by_link(INTERESTS)
def by_link_start() -> Response:
    """What the register says about the person, and what there is to do."""
    course, now = link_course(), clock.now()
    cards = cards_of(queries.interests_known_at([course.person.id], now), g.body.id)
    sitting = course.load()
    return page(
        "registers/interests/links/start.html", course=course, link=g.link, current=[card for card in cards if not card.ended_on],
        refresh=queries.refresh_of(course.person.id, now, g.body.id), begun=sitting, goes_on=where_it_stands(course, sitting),
        asked=question_queries.open_of(course.person.id, g.body.id),
    )  # fmt: skip


@bp.route("/by-link/nothing", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_nothing() -> Response:
    """A positive nil return."""
    return nothing_page(link_course())


@bp.get("/by-link/confirm")
@by_link(INTERESTS)
def by_link_confirm() -> Response:
    """Begins, or goes on with, the confirmation of what the register says."""
    return confirm_page(link_course())


@bp.route("/by-link/confirm/<int:number>", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_line(number: int) -> Response:
    """Asks whether a line of the register is still right."""
    return line_page(link_course(), number)


@bp.get("/by-link/confirm/changed/<int:number>")
@by_link(INTERESTS)
def by_link_changed(number: int) -> Response:
    """Shows an interest that has changed, to put its answers right."""
    return changed_page(link_course(), number)


@bp.route("/by-link/declare/<int:number>/<step>", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_step(number: int, step: str) -> Response:
    """Asks one question about an interest."""
    return step_page(link_course(), number, step)


@bp.route("/by-link/declare/another", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_another() -> Response:
    """Asks for another interest."""
    return another_page(link_course())


@bp.route("/by-link/declare/<int:number>/remove", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_remove(number: int) -> Response:
    """Takes an interest out before it is sent."""
    return remove_page(link_course(), number)


@bp.route("/by-link/declare/check", methods=["GET", "POST"])
@by_link(INTERESTS)
def by_link_check() -> Response:
    """Shows the answers, to sign and send."""
    return check_page(link_course())


@bp.get("/by-link/done")
@by_signed_link(INTERESTS)
def by_link_done(declaration_id: uuid.UUID) -> Response:
    """Confirms what was declared by the link, to the browser that sent it and nobody else."""
    declaration, versions = queries.declaration_of(declaration_id)
    return page(
        "registers/interests/declared.html", declaration=declaration, versions=versions, meetings="", back="", form=SignForm(),
        copy=url_for("interests.by_link_copy"), late=late_of(versions, g.body.id),
    )  # fmt: skip


@bp.get("/by-link/copy")
@by_signed_link(INTERESTS)
def by_link_copy(declaration_id: uuid.UUID) -> Response:
    """What was declared by the link, as a paper, for the browser that sent it."""
    return copy_response(queries.declaration_of(declaration_id)[0])


@bp.post("/by-link/close")
@public
def by_link_close() -> Response:
    """Ends the session of the link, for a computer that others use too."""
    if SignForm().validate_on_submit():
        end_visit()
    return page("registers/interests/links/closed.html")
