"""The public page of the decision-makers who did not declare, as the newest edition of the register of interests has them."""

from dataclasses import dataclass
from datetime import date

from flask import g, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.errors import NotFound
from coi.organisations.policy_queries import rules_of
from coi.publication import looking
from coi.publication.caching import public_answer
from coi.publication.catalogue import INTERESTS
from coi.publication.content import facet
from coi.publication.looking import Published
from coi.publication.public_blueprint import bp
from coi.publication.register_queries import Asked, PublicPage, public_page
from coi.publication.saying import marks
from coi.registers.interests.columns import MISSING_STATUS
from coi.registers.non_declarers_queries import list_known
from coi.web.access import public
from coi.web.pages import page


@dataclass(frozen=True)
class Missing:
    """Who did not declare, by the newest edition: as at the day of the list that it holds (None: it holds none)."""

    found: Published
    as_at: date | None
    shown: PublicPage


def missing(found: Published) -> Missing:
    """Returns whom an edition of the register of interests names, as far as that still holds today. Rule: REG-02."""
    known = list_known(found.edition.body_id, found.edition.published_at)
    shown = public_page(found.shown, Asked(facets=(facet("status", MISSING_STATUS),))) if known else PublicPage()
    return Missing(found, known.as_at if known else None, shown)


@bp.get("/not-declared")
@public
def not_declared() -> Response:
    """Who of those who decide did not declare."""
    try:
        found = looking.published(g.body.id, INTERESTS, at=clock.now())
    except NotFound:
        return page("publication/public/nothing_yet.html", register=INTERESTS)
    days = rules_of(g.body, clock.today()).declare_days
    return public_answer(
        f"{marks(g.body, [found])}|{days}",
        lambda: page("publication/public/not_declared.html", missing=missing(found), days=days, base=url_for(".home")),
    )
