"""Declaring an offer by a link, without an account: the same pages, of the one person that the link is for, until it is sent."""

import uuid

from flask import g, redirect
from werkzeug.wrappers import Response

from coi import clock
from coi.registers.by_link import OFFER, by_link, by_signed_link
from coi.registers.gifts import queries
from coi.registers.gifts.blueprint import bp
from coi.registers.gifts.course import Course
from coi.registers.gifts.declaring_views import check_page, step_page, where_it_stands
from coi.registers.gifts.forms import SignForm
from coi.registers.gifts.presenting import shown_gift
from coi.web.pages import page


def _course() -> Course:
    return Course(g.link.person, "by_link", "", g.link.id)


@bp.get("/by-link/")
@by_link(OFFER)
def by_link_start() -> Response:
    """The first question that was not answered yet."""
    course = _course()
    return redirect(where_it_stands(course, course.load()), 303)


@bp.route("/by-link/declare/<step>", methods=["GET", "POST"])
@by_link(OFFER)
def by_link_step(step: str) -> Response:
    """Asks one question about an offer."""
    return step_page(_course(), step)


@bp.route("/by-link/declare/check", methods=["GET", "POST"])
@by_link(OFFER)
def by_link_check() -> Response:
    """Shows the answers, to sign and send."""
    return check_page(_course())


@bp.get("/by-link/done")
@by_signed_link(OFFER)
def by_link_done(gift_id: uuid.UUID) -> Response:
    """Confirms what was declared by the link, to the browser that sent it and nobody else."""
    gift = queries.own_gift(gift_id, g.actor)
    return page("registers/gifts/done.html", shown=shown_gift(gift, clock.now()), back="", is_own=True, form=SignForm())
