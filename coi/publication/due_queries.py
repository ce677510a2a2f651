"""Reading when a register has to be published again, and what of it has ended since it was."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coi.clock import months_after
from coi.database import db
from coi.organisations.policy_queries import rules_of
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.publication import queries
from coi.publication.catalogue import REGISTERS
from coi.publication.models import Edition, Shelf
from coi.publication.queries import E
from coi.publication.vocabulary import CURRENT
from coi.registers.interests.leaver_queries import leavers_of
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.vocabulary import RegisterKind

PERIODIC = (RegisterKind.INTERESTS, RegisterKind.GIFTS)
"""The registers that the figure for publishing is about. Source: Managing conflicts of interest in the NHS (2017), RULEBOOK §7.2."""


@dataclass(frozen=True)
class Due:
    """A register that was published: what it is called, as at when, and by when it is due again."""

    title: str
    as_at: date
    due_on: date


def due_by_kind(body_id: uuid.UUID, newest: Mapping[RegisterKind, Edition], on: date) -> dict[RegisterKind, Due]:
    """Returns when the registers that were published are due again, by the rules of a body on a day; none where they set no figure.
    Rule: REG-02."""
    published = [kind for kind in PERIODIC if kind in newest]
    months = rules_of(body_id, on).number("publish_months") if published else None
    if months is None:
        return {}
    return {
        kind: Due(REGISTERS[kind].title, newest[kind].as_at, months_after(newest[kind].as_at, months))
        for kind in published
    }


def overdue_for(actor: Actor, body_id: uuid.UUID, on: date) -> list[str]:
    """Returns, in words, which registers should have been published again, for whoever publishes them. Rule: REG-02."""
    permission = Permission.PUBLICATION_EDITION_PUBLISH
    if committees_where(actor, permission, body_id) is not None:
        return []
    found = due_by_kind(body_id, queries.newest_editions(body_id), on)
    return [
        f"{each.title}: to be published again by {each.due_on.day} {each.due_on:%B %Y}"
        for each in found.values()
        if each.due_on < on
    ]


def _stands_ended(instant: datetime | None = None) -> sa.ColumnElement[bool]:
    """Whether the version of an interest that stands, or stood at an instant, has an end: one that was taken back is none."""
    version, later = InterestVersion.__table__.alias(), InterestVersion.__table__.alias()
    is_last = ~sa.exists().where(
        later.c.interest_id == version.c.interest_id, later.c.number > version.c.number, _by(later, instant)
    )
    return sa.exists().where(
        version.c.interest_id == Interest.id, version.c.ended_on.is_not(None), _by(version, instant), is_last
    )


def _by(version: sa.Alias, instant: datetime | None) -> sa.ColumnElement[bool]:
    return version.c.recorded_at <= instant if instant is not None else sa.true()


def ended_since(edition: Edition, on: date) -> int:
    """Returns how many interests of the newest edition of their register have ended, as far as that was told since: it shows them as
    lasting, as they were known on its day."""
    told_since = _stands_ended()
    told_before = _stands_ended(edition.published_at)
    on_shelf = sa.and_(Shelf.id == E.shelf_id, Shelf.body_id == edition.body_id, Shelf.kind == edition.kind)
    listed = sa.select(E.key).join(Shelf, on_shelf).where(E.last_edition == CURRENT)
    left = sa.select(
        leavers_of(edition.body_id, on).subquery().c.person_id
    )  # what they tell elsewhere is not said here
    wanted = sa.select(sa.func.count()).where(
        Interest.reference.in_(listed), Interest.person_id.not_in(left), told_since, ~told_before
    )
    return db.session.scalar(wanted) or 0
