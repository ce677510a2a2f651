"""What a ruling keeps from somebody: private items, and the private part of minutes, until the item is decided and its minutes are
confirmed, be it at a later meeting, and after that where it takes the papers and minutes, since confirming publishes no private item;
from whoever keeps the record of the meeting, public items too. Worked out at each request from the rulings that stand; no role
passes it by."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi.database import db
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.models import Ruling
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import AgendaItem, Decision, Meeting, MeetingCommittee
from coi.meetings.vocabulary import ItemState, MinutesState, Outcome, Part, Purpose
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission


def items_kept_from(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the items that `actor` may not read, whatever their roles: a ruling takes the papers or the discussion from them, and the
    item is not decided with confirmed minutes. It is so for private items; for public ones too where `actor` keeps the record of the
    meeting, since somebody else is named to do that. An item that was put off stays so until the meeting that decides it, and
    so does the item that carries it on, unless another ruling is made there. Where several committees ruled, one is enough. A private
    item of which the ruling takes the papers and minutes stays kept after that.

    Rule: MTG-03, MTG-08; RULEBOOK §10.4, §10.7; DESIGN §1."""
    return frozenset(each.item_id for each in _kept(actor))


def minutes_kept_from(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the meetings of which `actor` reads the draft minutes without their private part: a ruling on a private item keeps it from
    them. Of confirmed minutes only the item is. Rule: MTG-03; RULEBOOK §10.7."""
    return frozenset(each.meeting_id for each in _kept(actor) if each.part is Part.PRIVATE and not each.stays_kept)


def records_kept_from(actor: Actor) -> frozenset[uuid.UUID]:
    """Returns the items of which `actor` reads no record yet, in draft minutes or anywhere else: what was said, decided, agreed to do.
    They are those kept from them, and the public ones of which a ruling takes the papers and minutes, until the minutes are
    confirmed and for everybody. Rule: MTG-03, MTG-08; RULEBOOK §10.4, §10.7."""
    return items_and_records_kept_from(actor)[1]


def items_and_records_kept_from(actor: Actor) -> tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]]:
    """Returns both at once: the items that `actor` may not read, and those of which they read no record yet."""
    if actor.person_id is None:
        return frozenset(), frozenset()
    found = _ruled_out(actor.person_id)
    items = frozenset(each.item_id for each in _kept_of(actor, found))
    drafts = {each.item_id for each in found if each.part is Part.PUBLIC and each.takes_papers and not each.is_minuted}
    return items, items | drafts


def ruled_out_of(person_id: uuid.UUID, item_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Returns those of these items, public or private, that a ruling keeps from a person: who keeps
    the record of an item in place of somebody else must not be one of them. Rule: MTG-08; DESIGN §1."""
    return frozenset(each.item_id for each in _ruled_out(person_id) if each.item_id in set(item_ids))


@dataclass(frozen=True)
class _Out:
    """An item that a ruling keeps a person from, and where it is."""

    item_id: uuid.UUID
    meeting_id: uuid.UUID
    body_id: uuid.UUID
    part: Part
    takes_papers: bool  # the ruling takes the papers and minutes, not only the discussion
    is_minuted: bool  # the minutes of the meeting are confirmed
    stays_kept: bool = False  # private, with its papers and minutes, although the committee is done with it


RECORD = Permission.MEETINGS_MEETING_RECORD

_PERSON = sa.bindparam("person", type_=sa.Uuid())
_CHAIN = (
    sa.select(Ruling.item_id.label("root"), Ruling.item_id.label("at")).where(Ruling.person_id == _PERSON).distinct()
).cte("chain", recursive=True)
_LATER = aliased(AgendaItem)
_CHAIN = _CHAIN.union(
    sa.select(_CHAIN.c.root, _LATER.id)
    .join(_CHAIN, _LATER.continues_id == _CHAIN.c.at)
    .where(_LATER.state != ItemState.REMOVED)
)
_RULED = (  # each ruling on somebody, with the item that it was made for and those that carry it on for the same committee
    sa.select(
        _CHAIN.c.root, _CHAIN.c.at, AgendaItem.meeting_id, Meeting.body_id, AgendaItem.part, AgendaItem.purpose, AgendaItem.state,
        Ruling.committee_id, Ruling.actions, Decision.outcome,
        sa.exists().where(Minutes.meeting_id == AgendaItem.meeting_id, Minutes.state == MinutesState.CONFIRMED).label("final"),
    )
    .select_from(_CHAIN)
    .join(Ruling, sa.and_(Ruling.item_id == _CHAIN.c.root, Ruling.person_id == _PERSON))
    .join(AgendaItem, AgendaItem.id == _CHAIN.c.at)
    .join(Meeting, Meeting.id == AgendaItem.meeting_id)
    .join(
        MeetingCommittee,
        sa.and_(
            MeetingCommittee.meeting_id == AgendaItem.meeting_id, MeetingCommittee.committee_id == Ruling.committee_id
        ),
    )
    .outerjoin(
        Decision, sa.and_(Decision.item_id == AgendaItem.id, Decision.committee_id == Ruling.committee_id)
    )
    .order_by(Ruling.number)
)  # fmt: skip


def _kept(actor: Actor) -> list[_Out]:
    return _kept_of(actor, _ruled_out(actor.person_id)) if actor.person_id is not None else []


def _kept_of(actor: Actor, found: Sequence[_Out]) -> list[_Out]:
    """Those of the items a ruling is about that are kept from somebody everywhere."""
    public = {each.meeting_id for each in found if each.part is Part.PUBLIC and allows(actor, RECORD, each.body_id)}
    recorded = _recorded_by(actor, public) if public else frozenset()
    return [each for each in found if each.part is Part.PRIVATE or each.meeting_id in recorded]


def _recorded_by(actor: Actor, meeting_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these meetings that somebody keeps the record of by their role."""
    rows = db.session.execute(
        sa.select(MeetingCommittee.meeting_id, MeetingCommittee.committee_id, Meeting.body_id)
        .join(Meeting, Meeting.id == MeetingCommittee.meeting_id)
        .where(MeetingCommittee.meeting_id.in_(meeting_ids))
    )
    return frozenset(row.meeting_id for row in rows if allows(actor, RECORD, row.body_id, row.committee_id))


def _ruled_out(person_id: uuid.UUID) -> list[_Out]:
    standing: dict[tuple[uuid.UUID, uuid.UUID], dict[uuid.UUID, sa.Row[tuple[object, ...]]]] = {}
    for row in db.session.execute(_RULED, {"person": person_id}):  # the last ruling of a committee comes last
        standing.setdefault((row.root, row.committee_id), {})[row.at] = row
    kept = []
    for (root, committee), rows in standing.items():
        takes, is_over = not effects_of(rows[root].actions).papers, any(_is_over(row) for row in rows.values())
        if leaves_everything(rows[root].actions) or (is_over and not takes):
            continue
        own = {at for at in rows if at != root and (at, committee) in standing}
        kept += [
            _Out(at, row.meeting_id, row.body_id, row.part, takes, bool(row.final), is_over)
            for at, row in rows.items()
            if at not in own and not (is_over and row.part is Part.PUBLIC)
        ]
    return kept


def leaves_everything(actions: Iterable[str]) -> bool:
    """Whether a ruling with these actions leaves somebody both the papers and the discussion. Rule: MTG-08; RULEBOOK §10.4."""
    effects = effects_of(actions)
    return effects.papers and effects.discuss


def _is_over(row: sa.Row[tuple[object, ...]]) -> bool:
    """Whether a committee is done with an item for good: minuted finally, and not put off, not taken, nor left without the decision that
    was asked for."""
    purpose: Purpose = row.purpose
    left = row.outcome is None and (purpose.asks_for_a_decision or row.state is ItemState.PLANNED)
    return bool(row.final) and row.outcome is not Outcome.DEFERRED and not left
