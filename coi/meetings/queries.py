"""Reading meetings and agendas, scoped to the committees that the actor may see."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coi.committees.models import Committee, Membership
from coi.database import db, stands
from coi.errors import NotFound
from coi.meetings.models import AffectedOrganisation, AgendaItem, Meeting, MeetingCommittee, QuorumSnapshot
from coi.meetings.vocabulary import ItemState, MeetingState, Part
from coi.meetings.withholding import RECORD, items_kept_from
from coi.organisations.models import Organisation
from coi.people.models import Person
from coi.permissions.rules import allows, committees_where
from coi.permissions.vocabulary import Actor, Permission


def visible_to(
    actor: Actor, body_id: uuid.UUID, permission: Permission = Permission.MEETINGS_MEETING_READ
) -> sa.ColumnElement[bool]:
    """Returns the condition that scopes meetings of a body to the committees for which `actor` holds `permission`. The one scope that
    pages, lists, counts and files share."""
    return _within(body_id, committees_where(actor, permission, body_id))


@lru_cache(maxsize=64)
def _within(body_id: uuid.UUID, committees: frozenset[uuid.UUID] | None) -> sa.ColumnElement[bool]:
    """Meetings of a body, or of these committees of it. The same for many people, and kept since every page asks."""
    here = Meeting.body_id == body_id
    return here if committees is None else here & Meeting.committees.any(MeetingCommittee.committee_id.in_(committees))


def items_visible_to(
    actor: Actor,
    body_id: uuid.UUID,
    permission: Permission = Permission.MEETINGS_MEETING_READ,
    kept: Collection[uuid.UUID] | None = None,
) -> sa.ColumnElement[bool]:
    """Returns the condition that scopes items, joined with their meetings: those of the meetings that `actor` may see, without
    those that a ruling keeps from them: `kept`, where it is known already."""
    kept = items_kept_from(actor) if kept is None else kept
    here = visible_to(actor, body_id, permission)
    return here & AgendaItem.id.not_in(kept) if kept else here


_MEETING = (
    sa.select(Meeting)
    .where(Meeting.id == sa.bindparam("meeting"))
    .options(joinedload(Meeting.committees).joinedload(MeetingCommittee.committee))
)


@lru_cache(maxsize=64)
def _meeting_within(scope: sa.ColumnElement[bool]) -> sa.Select[tuple[Meeting]]:
    return _MEETING.where(scope)


def meeting_of(
    meeting_id: uuid.UUID,
    *,
    body_id: uuid.UUID,
    actor: Actor,
    permission: Permission = Permission.MEETINGS_MEETING_READ,
) -> Meeting:
    """Returns a meeting with its committees and live items. Raises NotFound where it is not there or not for `actor`."""
    found = _meeting_within(visible_to(actor, body_id, permission))
    meeting = db.session.scalars(found, {"meeting": meeting_id}).unique().one_or_none()
    if meeting is None:
        raise NotFound("There is no such meeting")
    return meeting


def hold(meeting: Meeting) -> None:
    """Makes whoever else writes to a meeting wait until this transaction ends, and reads again what they changed meanwhile: places on
    the agenda, numbers of movements, states, versions. SQLite has one writer at a time already."""
    if db.engine.dialect.name != "postgresql":
        return
    db.session.flush()
    db.session.execute(sa.select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())
    db.session.expire_all()


def meetings_of(
    body_id: uuid.UUID, *, actor: Actor, states: tuple[MeetingState, ...] = tuple(MeetingState)
) -> list[Meeting]:
    """Returns the meetings of a body that `actor` may see, the latest first, with their committees."""
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .where(visible_to(actor, body_id), Meeting.state.in_(states))
            .options(selectinload(Meeting.committees).joinedload(MeetingCommittee.committee))
            .order_by(Meeting.held_on.desc(), Meeting.starts_at.desc(), Meeting.reference)
        )
    )


def with_items_to_come(meeting_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Returns those of these meetings whose agenda has an item that is planned or open."""
    found = sa.select(AgendaItem.meeting_id).where(
        AgendaItem.meeting_id.in_(meeting_ids), AgendaItem.state.in_((ItemState.PLANNED, ItemState.OPEN))
    )
    return set(db.session.scalars(found.distinct()))


_AGENDA = (
    sa.select(AgendaItem)
    .where(AgendaItem.meeting_id == sa.bindparam("meeting"), AgendaItem.state != ItemState.REMOVED)
    .options(
        joinedload(AgendaItem.affected)
        .joinedload(AffectedOrganisation.organisation)
        .load_only(Organisation.code, Organisation.name)
    )
    .order_by(AgendaItem.position)
)


@dataclass(frozen=True)
class Agenda:
    """An agenda as one person may read it. `withheld` are the numbers of the items that a ruling keeps from them."""

    items: list[AgendaItem]
    withheld: tuple[int, ...] = ()


def agenda_for(actor: Actor, items: Collection[AgendaItem]) -> Agenda:
    """Returns of a meeting's `items` those that `actor` may read, and the numbers of the others."""
    asks = any(item.part is Part.PRIVATE or allows(actor, RECORD, item.meeting.body_id) for item in items)
    kept = items_kept_from(actor) if asks else frozenset()
    return Agenda(
        [item for item in items if item.id not in kept], tuple(item.position for item in items if item.id in kept)
    )


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Returns the items that stand on a meeting's agenda, in order, with the organisations that each concerns. Whoever shows them to
    somebody asks `agenda_for` what that person may read."""
    return list(db.session.scalars(_AGENDA, {"meeting": meeting.id}).unique())


def item_of(
    item_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor, permission: Permission = Permission.MEETINGS_MEETING_READ
) -> AgendaItem:
    """Returns an item with its meeting. Raises NotFound where it is not there, was taken off, is not for `actor`, or is kept from
    them by a ruling."""
    item = live_item(item_id, items_visible_to(actor, body_id, permission))
    if item is None:
        raise NotFound("There is no such item")
    return item


def item_at(meeting: Meeting, item_id: uuid.UUID | None) -> AgendaItem | None:
    """Returns the item of a meeting of which something is recorded, None where it is of none. Raises NotFound for another meeting's."""
    if item_id is None:
        return None
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise NotFound("There is no such item")
    return item


def live_item(item_id: uuid.UUID, scope: sa.ColumnElement[bool]) -> AgendaItem | None:
    """Returns an item that stands on an agenda and is within `scope`, a condition on items and their meetings; else None."""
    return db.session.scalar(
        sa.select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(AgendaItem.id == item_id, AgendaItem.state != ItemState.REMOVED, scope)
        .options(
            joinedload(AgendaItem.meeting).selectinload(Meeting.committees).joinedload(MeetingCommittee.committee),
            selectinload(AgendaItem.affected).joinedload(AffectedOrganisation.organisation),
        )
    )


def committees_to_plan_for(body_id: uuid.UUID, *, actor: Actor, on: date) -> list[Committee]:
    """Returns the committees of a body that meet on a date and whose agendas `actor` plans, by name."""
    allowed = committees_where(actor, Permission.MEETINGS_AGENDA_PLAN, body_id)
    found = sa.select(Committee).where(
        Committee.body_id == body_id, sa.or_(Committee.ended_on.is_(None), Committee.ended_on >= on)
    )
    if allowed is not None:
        found = found.where(Committee.id.in_(allowed))
    return list(db.session.scalars(found.order_by(Committee.name)))


def last_meeting_before(meeting: Meeting) -> Meeting | None:
    """Returns the meeting of the same convening committee that was held last before `meeting`; None for a first meeting."""
    convening = meeting.committees[0].committee_id
    return db.session.scalar(
        sa.select(Meeting)
        .where(
            Meeting.committees.any(MeetingCommittee.committee_id == convening),
            Meeting.id != meeting.id,
            Meeting.called_off_at.is_(None),
            sa.or_(
                Meeting.held_on < meeting.held_on,
                sa.and_(Meeting.held_on == meeting.held_on, Meeting.starts_at < meeting.starts_at),
            ),
        )
        .order_by(Meeting.held_on.desc(), Meeting.starts_at.desc())
        .limit(1)
    )


def meetings_that_day(
    committee_ids: Collection[uuid.UUID], on: date, *, besides: uuid.UUID | None = None
) -> list[Meeting]:
    """Returns the meetings on a day of any of these committees, but for one meeting, by their start."""
    found = sa.select(Meeting).where(
        Meeting.committees.any(MeetingCommittee.committee_id.in_(committee_ids)), Meeting.held_on == on,
        Meeting.called_off_at.is_(None),
    )  # fmt: skip
    if besides is not None:
        found = found.where(Meeting.id != besides)
    return list(db.session.scalars(found.order_by(Meeting.starts_at, Meeting.reference)))


def later_meetings(meeting: Meeting) -> list[Meeting]:
    """Returns the meetings of the same convening committee that were opened after `meeting`, the earliest first. Of two on one day the
    later is the one that was opened later, whatever was planned."""
    convening = meeting.committees[0].committee_id
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .where(
                Meeting.committees.any(MeetingCommittee.committee_id == convening),
                Meeting.id != meeting.id,
                sa.or_(Meeting.held_on > meeting.held_on, Meeting.opened_at > meeting.opened_at),
                Meeting.held_on >= meeting.held_on,
                Meeting.opened_at.is_not(None),
            )
            .order_by(Meeting.held_on, Meeting.opened_at)
        )
    )


def voting_people(meeting: Meeting) -> list[Person]:
    """Returns the voting members of the meeting's committees, by name: those who can preside."""
    committees = [row.committee_id for row in meeting.committees]
    return list(
        db.session.scalars(
            sa.select(Person)
            .where(
                Person.id.in_(
                    sa.select(Membership.person_id).where(
                        Membership.committee_id.in_(committees), Membership.voting, stands(Membership)
                    )
                )
            )
            .order_by(Person.sort_key)
        )
    )


def decided_items(body_id: uuid.UUID, *, actor: Actor, limit: int = 5) -> list[AgendaItem]:
    """Returns the items that were decided last, the newest first, of the meetings that `actor` may see: what a scrutineer reads."""
    return list(
        db.session.scalars(
            sa.select(AgendaItem)
            .join(AgendaItem.meeting)
            .where(items_visible_to(actor, body_id), AgendaItem.state == ItemState.DECIDED)
            .options(contains_eager(AgendaItem.meeting))
            .order_by(AgendaItem.closed_at.desc(), AgendaItem.position)
            .limit(limit)
        )
    )


def inquorate_items(meeting_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Returns the items of a meeting that a committee was not quorate for when they were settled."""
    rows = sa.select(QuorumSnapshot.item_id).where(
        QuorumSnapshot.meeting_id == meeting_id,
        QuorumSnapshot.item_id.is_not(None),
        QuorumSnapshot.quorate.is_(False),
        QuorumSnapshot.replaced_at.is_(None),
    )
    return frozenset(item_id for item_id in db.session.scalars(rows) if item_id is not None)
