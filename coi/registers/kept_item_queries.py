"""Reading what a ruling keeps from somebody of what the registers have from items of meetings. Meetings are a floor above: wiring plugs
in what they say."""

import uuid
from collections.abc import Callable, Collection
from typing import Any

import sqlalchemy as sa
from flask import current_app

from coi.database import db
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission

KEPT = "coi.records_kept_from"
"""Where wiring plugs in the items of meetings of which a ruling keeps the record from somebody."""

_DECISIONS = sa.table("decision", sa.column("id", sa.Uuid()), sa.column("item_id", sa.Uuid()))
_SAID = sa.table("meeting_declaration", sa.column("id", sa.Uuid()), sa.column("item_id", sa.Uuid()))
_POSSIBLE = sa.table("possible_breach", sa.column("id", sa.Uuid()), sa.column("item_id", sa.Uuid()))
_DISPUTES = sa.table("ruling_dispute", sa.column("id", sa.Uuid()), sa.column("item_id", sa.Uuid()))
_URGENT = sa.table("urgent_decision", sa.column("id", sa.Uuid()), sa.column("item_id", sa.Uuid()))
_ITEMS = sa.table(
    "agenda_item", sa.column("id", sa.Uuid()), sa.column("meeting_id", sa.Uuid()), sa.column("part", sa.String())
)
_PLACES = sa.table("meeting_committee", sa.column("meeting_id", sa.Uuid()), sa.column("committee_id", sa.Uuid()))
_MEETINGS = sa.table("meeting", sa.column("id", sa.Uuid()), sa.column("body_id", sa.Uuid()))
_PRIVATE = "private"
_OF_ITEMS = {each.name: each for each in (_DECISIONS, _SAID, _POSSIBLE, _DISPUTES, _URGENT)}


def kept_decisions(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the decisions of meetings on items of which a ruling keeps the record from `actor`. Rule: MTG-03; RULEBOOK §10.4."""
    return _about(_DECISIONS, _records_kept_from(actor))


def kept_sayings(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns what was declared at meetings on items of which a ruling keeps the record from `actor`. Rule: MTG-03; RULEBOOK §10.4."""
    return _about(_SAID, _records_kept_from(actor))


def kept_disputes(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns what was said at meetings against rulings on items of which a ruling keeps the record from `actor`. Rule: MTG-03."""
    return _about(_DISPUTES, _records_kept_from(actor))


def kept_urgent(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the urgent decisions on items of which a ruling keeps the record from `actor`. Rule: MTG-03; RULEBOOK §10.4."""
    return _about(_URGENT, _records_kept_from(actor))


def kept_possible(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the possible breaches on items of which a ruling keeps the record from `actor`. Rule: MTG-03; RULEBOOK §10.4."""
    return _about(_POSSIBLE, _records_kept_from(actor))


def decisions_in_private_elsewhere(actor: Actor, permission: Permission, body_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Returns the decisions on private items of committees of a body for which `actor` does not hold `permission`: what other committees
    decided in private is not for whoever looks after one."""
    committees = committees_where(actor, permission, body_id)
    if committees is None:
        return frozenset()
    own = sa.exists().where(_PLACES.c.meeting_id == _ITEMS.c.meeting_id, _PLACES.c.committee_id.in_(committees))
    wanted = (
        sa.select(_DECISIONS.c.id)
        .join(_ITEMS, _ITEMS.c.id == _DECISIONS.c.item_id)
        .join(_MEETINGS, _MEETINGS.c.id == _ITEMS.c.meeting_id)
        .where(_MEETINGS.c.body_id == body_id, _ITEMS.c.part == _PRIVATE, ~own)
    )
    return frozenset(db.session.scalars(wanted))


def decisions_beside(table: str, row_id: uuid.UUID) -> list[uuid.UUID]:
    """Returns what was decided on the item to which a record of a meeting belongs; nothing where it belongs to none."""
    about = _OF_ITEMS.get(table)
    if about is None:
        return []
    item = sa.select(about.c.item_id).where(about.c.id == row_id).scalar_subquery()
    return list(
        db.session.scalars(sa.select(_DECISIONS.c.id).where(_DECISIONS.c.item_id == item).order_by(_DECISIONS.c.id))
    )


def _records_kept_from(actor: Actor) -> Collection[uuid.UUID]:
    records_kept_from: Callable[[Actor], Collection[uuid.UUID]] = current_app.extensions[KEPT]
    return records_kept_from(actor)


def _about(table: Any, items: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    return (
        frozenset(db.session.scalars(sa.select(table.c.id).where(table.c.item_id.in_(items)))) if items else frozenset()
    )
