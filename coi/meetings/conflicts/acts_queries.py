"""Reading what people did about the conflicts of a meeting so far: who takes part, what was declared, who was ruled on, and the flags
that somebody acted on. Every agenda asks, so what nobody did yet costs no statement."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi.database import db
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling, UnreachedFlag
from coi.meetings.conflicts.recognising import StoredFlag
from coi.meetings.conflicts.ruling_vocabulary import RulingFact
from coi.meetings.conflicts.seats import by_capacity
from coi.meetings.conflicts.spoken import standing
from coi.meetings.conflicts.unreached import Unreached
from coi.meetings.conflicts.wording import action_words
from coi.meetings.models import AgendaItem, Attendance, Meeting
from coi.meetings.vocabulary import FlagSource
from coi.people.models import Person
from coi.registers.interests.models import InterestVersion
from coi.wording import running_words

Rulings = Mapping[tuple[uuid.UUID, uuid.UUID], tuple[RulingFact, ...]]  # by item and committee


@dataclass(frozen=True)
class Acts:
    """What people did: their parts in the meeting, its declarations, the rulings that stand, the stored flags, and those that an item
    reaches no more since somebody changed it."""

    attending: Sequence[Attendance]
    declarations: Sequence[MeetingDeclaration]
    rulings: Rulings
    flags: Sequence[StoredFlag]
    unreached: Sequence[Unreached] = ()


_IDS = sa.bindparam("ids", expanding=True)
_FLAG = ConflictFlag
_STORED = (  # columns alone, in the order of a StoredFlag: every agenda asks, and nobody changes what it finds
    sa.select(
        _FLAG.id, _FLAG.item_id, _FLAG.person_id, Person.name, InterestVersion.interest_id, _FLAG.interest_version_id,
        _FLAG.source, _FLAG.state, _FLAG.fingerprint, _FLAG.level, _FLAG.relation, _FLAG.path, _FLAG.suggested, _FLAG.rule_ids,
        _FLAG.reason, _FLAG.answer, _FLAG.answer_text, _FLAG.frozen_at, _FLAG.stood, _FLAG.answer_since,
        _FLAG.dismissed_by_name, _FLAG.guardian_consulted, InterestVersion.arose_on, InterestVersion.ended_on,
        InterestVersion.is_pursuing,
    )
    .join(Person, Person.id == _FLAG.person_id)
    .outerjoin(InterestVersion, InterestVersion.id == _FLAG.interest_version_id)
    .where(_FLAG.item_id.in_(_IDS))
    .order_by(_FLAG.recorded_at, _FLAG.id)
)  # fmt: skip
_UNREACHED = (
    sa.select(
        UnreachedFlag.id, UnreachedFlag.item_id, UnreachedFlag.person_id, Person.name, UnreachedFlag.interest_id,
        UnreachedFlag.path, UnreachedFlag.because,
    )
    .join(Person, Person.id == UnreachedFlag.person_id)
    .where(UnreachedFlag.item_id.in_(_IDS), UnreachedFlag.seen_at.is_(None))
    .order_by(UnreachedFlag.recorded_at, Person.sort_key, UnreachedFlag.id)
)  # fmt: skip
_RULINGS = sa.select(Ruling).where(Ruling.item_id.in_(_IDS)).order_by(Ruling.number)
_DECLARATIONS = (
    sa.select(MeetingDeclaration)
    .where(MeetingDeclaration.meeting_id == sa.bindparam("meeting"))
    .order_by(MeetingDeclaration.recorded_at, MeetingDeclaration.id)
)
_ON_ITS_ITEMS = sa.select(AgendaItem.id).where(AgendaItem.meeting_id == Meeting.id).correlate(Meeting)
_PARTS = (  # who takes part, and what else there is to ask for, in one statement
    sa.select(
        Attendance,
        sa.exists().where(MeetingDeclaration.meeting_id == Meeting.id),
        sa.exists().where(Ruling.item_id.in_(_ON_ITS_ITEMS)),
        sa.exists().where(ConflictFlag.item_id.in_(_ON_ITS_ITEMS)),
        sa.exists().where(UnreachedFlag.item_id.in_(_ON_ITS_ITEMS), UnreachedFlag.seen_at.is_(None)),
    )
    .select_from(Meeting)
    .outerjoin(Attendance, Attendance.meeting_id == Meeting.id)
    .where(Meeting.id == sa.bindparam("meeting"))
)


def acts_at(meeting: Meeting, agenda: Collection[AgendaItem], *, attending: Sequence[Attendance] | None = None) -> Acts:
    """Returns what was done at a meeting, and on these items of it. `attending` stands for who takes part where somebody tries out
    something else than what is recorded."""
    rows = db.session.execute(_PARTS, {"meeting": meeting.id}).all()
    _, was_declared, was_ruled, was_flagged, was_lost = rows[0]
    ids = [item.id for item in agenda]
    return Acts(
        attending=by_capacity(row[0] for row in rows if row[0]) if attending is None else attending,
        declarations=declarations_at(meeting.id) if was_declared else (),
        rulings=_rulings(ids) if was_ruled else {},
        flags=_stored(ids) if was_flagged else (),
        unreached=_unreached(ids) if was_lost else (),
    )


def declarations_at(meeting_id: uuid.UUID) -> list[MeetingDeclaration]:
    """Returns what was declared at a meeting, in the order of recording; of what was corrected, the entry that stands."""
    return standing(db.session.scalars(_DECLARATIONS, {"meeting": meeting_id}))


def _stored(item_ids: Collection[uuid.UUID]) -> list[StoredFlag]:
    rows = db.session.execute(_STORED, {"ids": list(item_ids)})
    return [
        StoredFlag(*row[:11], tuple(row.path), tuple(row.suggested), tuple(row.rule_ids), *row[14:17], row.frozen_at is not None,
                   row.stood, row.answer_since, row.dismissed_by_name, row.guardian_consulted,
                   running_words(row.arose_on, row.ended_on, is_to_begin=bool(row.is_pursuing)))
        for row in rows
    ]  # fmt: skip


def _unreached(item_ids: Collection[uuid.UUID]) -> list[Unreached]:
    rows = db.session.execute(_UNREACHED, {"ids": list(item_ids)})
    return [Unreached(*row[:5], tuple(row.path), row.because) for row in rows]


def _rulings(item_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], tuple[RulingFact, ...]]:
    last: dict[tuple[uuid.UUID, uuid.UUID, uuid.UUID], tuple[Ruling, datetime]] = {}
    for row in db.session.scalars(_RULINGS, {"ids": list(item_ids)}):
        key = (row.item_id, row.committee_id, row.person_id)
        last[key] = (row, _since(row, *last[key]) if key in last else row.made_at)
    found: dict[tuple[uuid.UUID, uuid.UUID], list[RulingFact]] = {}
    for row, since in sorted(last.values(), key=lambda each: each[0].person.sort_key):
        found.setdefault((row.item_id, row.committee_id), []).append(_ruling_fact(row, since))
    return {key: tuple(facts) for key, facts in found.items()}


def _since(row: Ruling, before: Ruling, since: datetime) -> datetime:
    """From when a ruling counts that replaces another: where it says the same again, with no time of its own, from when that did."""
    says_again = row.recorded_at is None and sorted(row.actions) == sorted(before.actions)
    return min(since, row.made_at) if says_again else row.made_at


def _ruling_fact(row: Ruling, since: datetime) -> RulingFact:
    return RulingFact(
        ruling_id=row.id, item_id=row.item_id, committee_id=row.committee_id, person_id=row.person_id, name=row.person.name,
        number=row.number, actions=tuple(row.actions), rationale=row.rationale, guardian_consulted=row.guardian_consulted,
        decided_by=row.decided_by, decided_by_name=row.decider.name, basis=row.basis, made_at=row.made_at,
        recorded_by_name=row.recorded_by_name, is_dictated=row.is_dictated, confirmed_at=row.confirmed_at,
        action_words=action_words(row.actions), ruled_since=since, magnitude=row.magnitude,
    )  # fmt: skip


def was_corrected(declaration: MeetingDeclaration) -> bool:
    """Whether a later entry replaces what was declared at a meeting."""
    again = sa.select(MeetingDeclaration.id).where(MeetingDeclaration.corrects_id == declaration.id)
    return db.session.scalar(again) is not None


def flags_resting_on(declaration: MeetingDeclaration) -> list[ConflictFlag]:
    """Returns the flags that were made of a declaration alone, but for those that a decision froze."""
    rows = sa.select(ConflictFlag).where(
        ConflictFlag.item_id == declaration.item_id, ConflictFlag.person_id == declaration.person_id,
        ConflictFlag.source == FlagSource.DECLARED, ConflictFlag.fingerprint.in_(declaration.concerns or ()),
        ConflictFlag.frozen_at.is_(None),
    ).order_by(ConflictFlag.recorded_at, ConflictFlag.id)  # fmt: skip
    return list(db.session.scalars(rows))
