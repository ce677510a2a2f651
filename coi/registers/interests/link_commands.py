"""Links with which people declare without an account: issued, mailed, opened, used. The declaration itself is made by commands.py."""

import uuid
from datetime import datetime, timedelta

from coi import clock
from coi.accounts import single_use
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.commands import cancel_messages, forget_secrets, queue_message
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers.interests import link_queries, people_queries
from coi.registers.interests.link_vocabulary import IssuedLink, LinkPurpose, secret_of_link
from coi.registers.interests.link_wording import mail_of
from coi.registers.interests.models import DeclaringLink
from coi.wording import clock_time, moment

PATH = "/declare/"
LASTS = timedelta(days=21)
MOST_LINKS, LINKS_WITHIN = 3, timedelta(hours=1)
REPLACED = "A newer link took the place of this one. Use the newest email"
USED = "This link was used already. What it declared is on the register"


def issue_declaring_link(
    person: Person, purpose: LinkPurpose, *, body_id: uuid.UUID, site: str, actor: Actor, at: datetime, by_hand: bool = False
) -> IssuedLink:  # fmt: skip
    """Makes a single-use link with which a person declares at a body, records it, and returns it for the caller to hand on, to the person
    alone. `site` is what addresses begin with; given `by_hand`, no later mail takes its place. Raises RuleBroken as `make_link` does.
    Rules: DECL-03, DECL-04."""
    link = make_link(person, purpose, body_id=body_id, site=site, at=at, by_hand=by_hand)
    note = {"purpose": purpose.value}
    log.record(Event.DECLARING_LINK_ISSUED, subject=person, actor=actor, at=at, body_id=body_id, note=note)
    return link


def mail_declaring_link(
    person: Person, purpose: LinkPurpose, body: Body, *, site: str, actor: Actor, at: datetime, by: str = "", again: bool = True
) -> IssuedLink:  # fmt: skip
    """Issues a link and mails it to the person. Raises RuleBroken as `make_link` does, and, unless it is to go out `again`, where the
    person was sent one for the same purpose today. `by`: who prepared the draft."""
    if not again:
        _check_first_today(person, purpose, body.id, at)
    link = issue_declaring_link(person, purpose, body_id=body.id, site=site, actor=actor, at=at)
    mail_link(link, person, purpose, body, at, by)
    return link


def _check_first_today(person: Person, purpose: LinkPurpose, body_id: uuid.UUID, at: datetime) -> None:
    latest = next(iter(link_queries.replaceable(person.id, body_id, purpose, at)), None)
    if latest is not None and clock.local(latest.issued_at).date() == clock.local(at).date():
        raise RuleBroken(
            f"{person.name} was sent a link for this today, at {clock_time(latest.issued_at)}. It was not opened yet",
            field="again",
            options=("wait for the answer", "send another one, which takes the place of the first"),
        )


def make_link(
    person: Person, purpose: LinkPurpose, *, body_id: uuid.UUID, site: str, at: datetime, by_hand: bool = False
) -> IssuedLink:
    """Makes a link as part of another command, whose entry in the ledger says so. It takes the place of those that the body sent before for
    the same purpose and nobody opened; their mails that were not sent are cancelled. Whoever mails it gives `secret=link.url,
    secret_of=link.secret_of`. Raises RuleBroken where there is no address on file, or the person has left."""
    if not person.email:
        raise RuleBroken(
            f"There is no email address for {person.name}",
            field="person_id",
            options=("add the address on the page of the person", "enter the declaration from paper"),
        )
    here = people_queries.belongs_to(person.id, body_id, clock.local(at).date())
    if not here and purpose is not LinkPurpose.LEAVING:
        raise RuleBroken(
            f"{person.name} holds no post here and sits on no committee any more", field="person_id",
            options=("send a link to declare a last time before leaving", "enter the declaration from paper"),
        )  # fmt: skip
    retire_links(person.id, body_id, purpose, at)
    return _new_link(person, purpose, body_id, site, at, stays=by_hand)


def retire_links(person_id: uuid.UUID, body_id: uuid.UUID, purpose: LinkPurpose, at: datetime) -> None:
    """Lets the links that a body sent to a person for a purpose, and nobody opened, work no longer; mails not sent yet are cancelled."""
    older = link_queries.replaceable(person_id, body_id, purpose, at)
    for each in older:
        each.retired_at = at
    cancel_messages([secret_of_link(each.id) for each in older])


def ask_again(used: DeclaringLink, body: Body, *, site: str, at: datetime) -> None:
    """Mails a new link in place of one that was used or is too old: to the address on file and nobody else, and not too often. Says
    nothing of it: the answer is the same for everybody. Operational: whoever asks proves nothing, so the ledger is not told."""
    person = used.person
    if not person.email or link_queries.issued_since(person.id, at - LINKS_WITHIN) >= MOST_LINKS:
        return
    if people_queries.belongs_to(person.id, body.id, clock.local(at).date()) or used.purpose is LinkPurpose.LEAVING:
        link = _new_link(person, used.purpose, body.id, site, at, stays=True)
        mail_link(link, person, used.purpose, body, at)


def open_link(link: DeclaringLink, *, at: datetime) -> None:
    """Notes that somebody pressed the button behind a link. Raises RuleBroken where it was used or is too old."""
    check_usable(link, at)
    link.opened_at = link.opened_at or at


def take_link(link_id: uuid.UUID, *, at: datetime) -> DeclaringLink:
    """Keeps a link for the declaration that is about to be signed: until the transaction ends nobody else can sign with it. Raises
    RuleBroken where somebody was faster."""
    link = link_queries.link(link_id, locked=True)
    check_usable(link, at)
    link.used_at = at
    return link


def note_signed(
    link: DeclaringLink, *, declaration_id: uuid.UUID | None = None, gift_id: uuid.UUID | None = None
) -> None:
    """Says which declaration, or which offer, a link was used for. The outbox forgets it."""
    link.declaration_id, link.gift_id = declaration_id, gift_id
    forget_secrets([secret_of_link(link.id)])


def check_usable(link: DeclaringLink, at: datetime) -> None:
    """Raises RuleBroken where a link was used or is too old, or a newer one took its place."""
    if link.is_retired:
        raise RuleBroken(REPLACED)
    single_use.check_usable(link, at, used=USED)


def is_for_questions(link: DeclaringLink) -> bool:
    """Whether a link was sent to have questions answered, and so has done its work with the last answer."""
    return link.purpose is LinkPurpose.QUESTION


def actor_of(link: DeclaringLink) -> Actor:
    """Returns who acts by a link: the person, who may declare at its body and do nothing else."""
    grants = (Grant(Role.DECLARANT, link.body_id),)
    return Actor(link.person.name, person_id=link.person_id, grants=grants, via="link")


def _new_link(
    person: Person, purpose: LinkPurpose, body_id: uuid.UUID, site: str, at: datetime, *, stays: bool = False
) -> IssuedLink:
    token, token_hash = single_use.new_token()
    link = DeclaringLink(
        id=uuid.uuid4(), token_hash=token_hash, person_id=person.id, body_id=body_id, purpose=purpose, issued_at=at,
        expires_at=at + LASTS, is_asked_for=stays,
    )  # fmt: skip
    db.session.add(link)
    db.session.flush()
    return IssuedLink(link.id, person.email, f"{site.rstrip('/')}{PATH}{token}", link.expires_at)


def mail_link(link: IssuedLink, person: Person, purpose: LinkPurpose, body: Body, at: datetime, by: str = "") -> None:
    """Queues the mail that carries a link to its person."""
    subject, text = mail_of(
        purpose, name=person.name, body=body.name, url=link.url, until=moment(link.expires_at), contact=body.contact, by=by
    )  # fmt: skip
    queue_message(
        link.email, subject, text, at=at, unique_key=link.secret_of, secret=link.url, secret_of=link.secret_of
    )
