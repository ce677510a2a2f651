"""Reading who told the chair of a conflict, for those alone who may know it."""

import uuid
from collections.abc import Collection

import sqlalchemy as sa

from coi import clock
from coi.accounts.models import Account
from coi.committees.models import Membership
from coi.committees.vocabulary import Office
from coi.database import db, stands
from coi.meetings.conflicts.models import ConflictFlag, Ruling
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, flags_of_item
from coi.meetings.models import AgendaItem
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Role


def told_by(flag_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Returns the names of those who raised these flags by hand. The caller asks who may know them."""
    if not flag_ids:
        return {}
    rows = db.session.execute(
        sa.select(ConflictFlag.id, Person.name)
        .join(Account, Account.id == ConflictFlag.raised_by)
        .join(Person, Person.id == Account.person_id)
        .where(ConflictFlag.id.in_(flag_ids))
    )
    return {row.id: row.name for row in rows}


def flags_with_known_tellers(
    conflicts: MeetingConflicts, committee_id: uuid.UUID, actor: Actor, body_id: uuid.UUID
) -> list[uuid.UUID]:
    """Returns the flags of a meeting of which `actor` may know who raised them: whoever presides over the item, the secretary of
    the committee and the Guardian; never the person flagged, and nobody with a conflict of their own on the item.
    Rule: MTG-11; RULEBOOK §23 scenario 28."""
    by_role = _by_role(actor, body_id, conflicts.seats)
    found = []
    for item_id, flags in conflicts.flags.items():
        if any(flag.person_id == actor.person_id and flag.is_live for flag in flags):
            continue
        if by_role or conflicts.presides(actor.person_id, item_id, committee_id):
            found += [flag.flag_id for flag in flags if flag.flag_id and flag.person_id != actor.person_id]
    return found


def may_know_who_told(
    actor: Actor,
    body_id: uuid.UUID | None,
    *,
    raised_by: uuid.UUID | None,
    about: uuid.UUID | None,
    item_id: uuid.UUID | None,
    concerned: Collection[uuid.UUID | None] | None = None,
) -> bool:
    """Whether `actor` may know which account told the chair of a conflict of a person on an item: whoever told, the chair and secretary
    of the committee and the Guardian, but never the person that it is about, nor anybody with a conflict of their own on the
    item. `concerned` are those who were flagged or ruled on for it, where that was read already. Rule: MTG-11."""
    if raised_by is None or raised_by == actor.account_id:
        return True
    item = db.session.get(AgendaItem, item_id) if item_id else None
    if item is None or body_id is None or (actor.person_id is not None and actor.person_id == about):
        return False
    committees = [row.committee_id for row in item.meeting.committees]
    if not (_by_role(actor, body_id, committees) or _is_chair(actor.person_id, committees)):
        return False
    return not (_is_concerned(actor.person_id, item) if concerned is None else actor.person_id in concerned)


def _by_role(actor: Actor, body_id: uuid.UUID, committees: Collection[uuid.UUID]) -> bool:
    if Role.GUARDIAN in actor.roles_at(body_id):
        return True
    return any(Role.SECRETARY in actor.roles_at(body_id, each) for each in committees)


def _is_chair(person_id: uuid.UUID | None, committees: Collection[uuid.UUID]) -> bool:
    """Whether somebody chairs one of these committees now. The vice chair has the same role, and is not meant."""
    seat = sa.exists().where(
        Membership.person_id == person_id,
        Membership.committee_id.in_(committees),
        Membership.office == Office.CHAIR,
        Membership.valid_from <= clock.today(),
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= clock.today()),
        stands(Membership),
    )
    return bool(db.session.scalar(sa.select(seat)))


def _is_concerned(person_id: uuid.UUID | None, item: AgendaItem) -> bool:
    """Whether somebody was flagged or ruled on for an item, or is flagged on it now."""
    if person_id is None:
        return False
    acted_on = sa.or_(
        sa.exists().where(ConflictFlag.item_id == item.id, ConflictFlag.person_id == person_id),
        sa.exists().where(Ruling.item_id == item.id, Ruling.person_id == person_id),
    )
    if db.session.scalar(sa.select(acted_on)):
        return True
    now = () if item.state in SETTLED else flags_of_item(item, known_at=clock.now())
    return any(flag.person_id == person_id and flag.is_live for flag in now)
