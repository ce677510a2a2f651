"""Which organisations an entry about a relation names, and whether somebody of the body entered it."""

import uuid
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from coi.accounts.models import Account, RoleGrant
from coi.audit.queries import EntryView
from coi.audit.vocabulary import Event
from coi.database import db
from coi.organisations.models import Body

_OF_TWO = frozenset({Event.RELATION_ENTERED, Event.RELATION_ENDED, Event.SUCCESSOR_ENTERED})
"""Entries about how two organisations are related."""


def related(entry: EntryView) -> Iterable[tuple[str, str]]:
    """Returns the two organisations whose relation an entry is about, as (table, id); none of any other entry."""
    if entry.event in _OF_TWO:
        facts = next((each.row["facts"] for each in entry.sections if each.table == "entered_fact" and each.row), {})
        for field in ("from_id", "to_id"):
            yield "organisation", facts.get(field, "")


def related_here(entries: Sequence[EntryView], body_id: uuid.UUID) -> set[tuple[str, str]]:
    """Returns the organisations that somebody with a role at this body related: such an entry says of no body whose it is, and what
    another body entered may tell what it works on. What the operator entered on the command line is this body's where there is no
    other."""
    by = {each.account_id for each in entries if each.event in _OF_TWO}
    if not by:
        return set()
    ours = sa.select(Account.id).join(RoleGrant, RoleGrant.person_id == Account.person_id)
    here: set[uuid.UUID | None] = set(
        db.session.scalars(ours.where(Account.id.in_(by - {None}), RoleGrant.body_id == body_id))
    )
    if None in by and not db.session.scalar(sa.select(sa.exists().where(Body.id != body_id))):
        here.add(None)
    return {pair for each in entries if each.account_id in here for pair in related(each)}
