"""Reading who may draft for whom: whom a person lets draft, and the people for whom somebody may."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.database import db
from coi.errors import NotFound
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.draft_queries import SITTING, typed_for
from coi.registers.interests.models import DeclarationDraft, DeclarationDrafter
from coi.registers.interests.people_queries import may_enter_for, people_of_body, people_visible_to


def drafter_of(person_id: uuid.UUID, body_id: uuid.UUID) -> DeclarationDrafter | None:
    """Returns whom a person lets draft at a body; None where it is nobody."""
    wanted = _standing(body_id).where(DeclarationDrafter.person_id == person_id)
    return db.session.scalar(wanted.options(joinedload(DeclarationDrafter.drafter)))


@dataclass(frozen=True)
class DraftedFor:
    """Somebody for whom a declaration may be drafted. `is_begun`: a draft was begun, and not handed over; `has_own`: they have begun one of
    their own and not sent it; `has_ours`: they have not signed yet one that was prepared for them."""

    person: Person
    is_begun: bool = False
    has_own: bool = False
    has_ours: bool = False


def people_drafted_for(actor: Actor, body_id: uuid.UUID, on: date) -> list[DraftedFor]:
    """Returns the people for whom `actor` was named to draft at a body, and how far that is, in the order of the register."""
    theirs = sa.and_(DeclarationDraft.person_id == Person.id, DeclarationDraft.kind == SITTING)
    wanted = _drafted_for(actor, body_id, on).outerjoin(DeclarationDraft, theirs)
    wanted = wanted.add_columns(DeclarationDraft.id, DeclarationDraft.prepared_by_name)
    rows = db.session.execute(wanted.order_by(Person.sort_key, Person.id)).all()
    typed = typed_for(actor) if rows else frozenset()
    return [
        DraftedFor(person, person.id in typed, bool(draft_id and not by), bool(draft_id and by))
        for person, draft_id, by in rows
    ]


def person_to_draft_for(person_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> Person:
    """Returns one of them. Raises NotFound: from the moment that it was taken back, and once the person has left the body."""
    found = db.session.scalar(_drafted_for(actor, body_id, on).where(Person.id == person_id))
    if found is None:
        raise NotFound("There is no such person")
    return found


def drafters_to_keep(actor: Actor, body_id: uuid.UUID, on: date) -> Sequence[DeclarationDrafter]:
    """Returns who may draft for the people on whose behalf `actor` may enter declarations, by person."""
    ids = people_visible_to(actor, Permission.REGISTERS_INTEREST_ENTER, body_id, on)
    named = _standing(body_id).join(DeclarationDrafter.person).where(DeclarationDrafter.person_id.in_(ids))
    both = joinedload(DeclarationDrafter.person), joinedload(DeclarationDrafter.drafter)
    return db.session.scalars(named.options(*both).order_by(Person.sort_key, Person.id)).all()


def drafter_to_end(drafter_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> DeclarationDrafter:
    """Returns a naming that `actor` may take back: their own, or of somebody on whose behalf they may enter. Raises NotFound."""
    named = db.session.scalar(_standing(body_id).where(DeclarationDrafter.id == drafter_id).with_for_update())
    if named is None or not (named.person_id == actor.person_id or may_enter_for(named.person_id, actor, body_id, on)):
        raise NotFound("Nobody was named so")
    return named


def _standing(body_id: uuid.UUID) -> sa.Select[tuple[DeclarationDrafter]]:
    return sa.select(DeclarationDrafter).where(
        DeclarationDrafter.body_id == body_id, DeclarationDrafter.ended_at.is_(None)
    )


def _drafted_for(actor: Actor, body_id: uuid.UUID, on: date) -> sa.Select[tuple[Person]]:
    here = _standing(body_id).where(DeclarationDrafter.drafter_id == actor.person_id)
    named = here.with_only_columns(DeclarationDrafter.person_id)
    return sa.select(Person).where(Person.id.in_(named), Person.id.in_(people_of_body(body_id, on)))
