"""Letting somebody draft a person's declarations, and taking that back. One use case, one entry. Only the person signs."""

import uuid
from datetime import datetime

from coi import clock
from coi.accounts.queries import account_by_email, actor_for
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests import drafter_queries
from coi.registers.interests.models import DeclarationDrafter


def name_drafter(person: Person, email: str, *, body_id: uuid.UUID, actor: Actor, at: datetime) -> DeclarationDrafter:
    """Lets whoever signs in with an email address draft a person's declarations at a body. Raises RuleBroken for somebody who cannot sign
    in there, for the person themself, and where somebody may do it already. Who acts for the person is the view's to ask."""
    drafter = actor_for(account_by_email(email), clock.local(at).date())
    if drafter.person_id is None or not allows(drafter, Permission.REGISTERS_INTEREST_DRAFT, body_id):
        raise RuleBroken(
            "Nobody who could draft here signs in with this email address. Check it, or ask an administrator to give them an account",
            field="email",
        )
    if drafter.person_id == person.id:
        raise RuleBroken(f"{person.name} signs in with this email address. Enter somebody else’s", field="email")
    stands = drafter_queries.drafter_of(person.id, body_id)
    if stands is not None:
        raise RuleBroken(f"{stands.drafter.name} may draft for {person.name} already. Take that back first")
    named = DeclarationDrafter(
        id=uuid.uuid4(), body_id=body_id, person_id=person.id, drafter_id=drafter.person_id, named_at=at, named_by=actor.account_id
    )  # fmt: skip
    db.session.add(named)
    db.session.flush()
    log.record(Event.DRAFTER_NAMED, subject=named, actor=actor, at=at, body_id=body_id)
    return named


def end_drafter(named: DeclarationDrafter, *, actor: Actor, at: datetime) -> DeclarationDrafter:
    """Takes back that somebody may draft: from this moment they reach nothing of it, an open draft neither. What they handed over before
    is the person's, to sign or to throw away."""
    named.ended_at, named.ended_by = at, actor.account_id
    log.record(Event.DRAFTER_ENDED, subject=named, actor=actor, at=at, body_id=named.body_id)
    return named
