"""Going by a link without an account: the browser keeps which link it came by, and sees that one person's declaring pages alone."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, redirect, session, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.accounts import sessions
from coi.errors import NotFound
from coi.organisations import queries as organisations
from coi.registers.interests import link_commands, link_queries
from coi.registers.interests.forms import SignForm
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.models import DeclaringLink
from coi.web.access import public
from coi.web.pages import page

KEPT = "declaring_link"
"""What the session of a browser that came by a link keeps: the link's key."""
SIGNED = "declaring_link_signed"
"""What the session of the browser that signed by a link keeps: the key of what was declared. Others with the same link read nothing."""
GONE = 410
OFFER, INTERESTS = "gifts", "interests"


def register_of(link: DeclaringLink) -> str:
    """Returns the blueprint on whose pages a link declares."""
    return OFFER if link.purpose is LinkPurpose.GIFT else INTERESTS


def by_link(register: str) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Lets a view of a register be used by whoever came by a link to it that is not used up: it acts as the person of the link. After the
    signature every page leads to what was declared."""

    def decorate(view: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(view)
        def held(**values: Any) -> Response:
            link = _link_of_session()
            if link is None:
                return unknown()
            if link.used_at is None and (link.expires_at <= clock.now() or link.is_retired):
                return over(link)
            if link.used_at is not None:
                return redirect(url_for(f"{register_of(link)}.by_link_done"), 303)
            if register_of(link) != register:
                return redirect(url_for(f"{register_of(link)}.by_link_start"), 303)
            act_by(link)
            return view(**values)

        return public(held)

    return decorate


def by_signed_link(register: str) -> Callable[[Callable[[uuid.UUID], Response]], Callable[..., Response]]:
    """Lets a view of a register be read by the browser that signed by a link to it, and by nobody else: it acts as the person of the link
    and gets the key of what was declared."""

    def decorate(view: Callable[[uuid.UUID], Response]) -> Callable[..., Response]:
        @wraps(view)
        def held() -> Response:
            link = link_signed_here()
            if link is None or register_of(link) != register:
                return _signed_elsewhere(register)
            act_by(link)
            return view(uuid.UUID(session[SIGNED]))

        return public(held)

    return decorate


def act_by(link: DeclaringLink) -> None:
    """Whoever came by the link acts as its person for the rest of the request."""
    g.actor = link_commands.actor_of(link)
    g.link = link


def link_signed_here() -> DeclaringLink | None:
    """Returns the link that this browser came by, where the signature was made in it."""
    link = _link_of_session()
    made = None if link is None else link.declaration_id or link.gift_id
    return None if made is None or session.get(SIGNED) != str(made) else link


def unknown() -> Response:
    """The page of whoever has no link that works."""
    return page("registers/interests/links/unknown.html", GONE)


def over(link: DeclaringLink, token: str = "") -> Response:
    """Says what became of a link, and nothing about what was declared with it. With its `token`, whoever holds it may ask for a new one."""
    return page(
        "registers/interests/links/over.html", GONE, form=SignForm(), link=link, owner=organisations.body(link.body_id),
        reference=link_queries.reference_of(link), token=token,
    )  # fmt: skip


def _signed_elsewhere(register: str) -> Response:
    """Of a browser that came by a link with which another one signed: what became of the link, as behind the link itself."""
    link = _link_of_session()
    return unknown() if link is None or link.used_at is None or register_of(link) != register else over(link)


def end_visit() -> None:
    """Ends the session of the link, for a computer that others use too."""
    if session.get(KEPT):
        sessions.end()


def _link_of_session() -> DeclaringLink | None:
    """The link that this browser came by, where it is one of this body's."""
    if not session.get(KEPT):
        return None
    try:
        link = link_queries.link(uuid.UUID(session[KEPT]))
    except NotFound:
        return None
    return link if g.body is not None and link.body_id == g.body.id else None
