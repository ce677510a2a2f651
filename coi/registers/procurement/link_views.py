"""Declaring for a procurement by a single-use link, without an account."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations import queries as organisations
from coi.registers.procurement import declarant_commands, declarant_queries
from coi.registers.procurement.declarant_forms import LinkDeclarationForm
from coi.registers.procurement.declaring import questions_of
from coi.registers.procurement.models import ProcurementLink
from coi.registers.procurement.vocabulary import SIDE_WORDS
from coi.web.access import public
from coi.web.pages import kept_nowhere, page

bp = Blueprint("procurement_links", __name__)
GONE = 410


@bp.route(f"{declarant_commands.PATH}<string:token>", methods=["GET", "POST"])
@public
def declare(token: str) -> Response:
    """The declaration behind a link. Reading the page uses nothing up, as mail scanners do; sending it does."""
    link, now = declarant_queries.link_of_token(token), clock.now()
    if link is None:
        return kept_nowhere(page("registers/interests/links/unknown.html", GONE))
    if link.used_at is not None or link.expires_at <= now or link.declarant.decision.disposed_at is not None:
        return kept_nowhere(_over(link))
    owner = organisations.body(link.declarant.decision.body_id)
    form = LinkDeclarationForm.asking(link.declarant.side, owner.name)()
    if not form.adds_person and form.validate_on_submit():
        try:
            declarant_commands.declare_by_link(link, form.details(), at=now)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return redirect(url_for(".declare", token=token), 303)
    return kept_nowhere(
        page(
            "registers/procurement/by_link.html", form=form, link=link, asked=link.declarant, owner=owner, sides=SIDE_WORDS,
            title=link.declarant.decision.versions[-1].title, codes=list(questions_of(link.declarant.side)),
        )
    )  # fmt: skip


def _over(link: ProcurementLink) -> Response:
    """Says what became of a link, and nothing of what was declared with it."""
    owner = organisations.body(link.declarant.decision.body_id)
    return page("registers/procurement/link_over.html", GONE, link=link, owner=owner)
