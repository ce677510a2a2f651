"""Gathers the facts that minutes are composed from, in a bounded number of queries, and reads the versions of minutes."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coi import clock
from coi.committees.queries import members_on
from coi.committees.vocabulary import Office
from coi.database import db
from coi.errors import NotFound
from coi.meetings.actions.models import Action
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling
from coi.meetings.conflicts.movement_queries import presence_as_it_happened
from coi.meetings.conflicts.seats import CommitteeSeats
from coi.meetings.conflicts.spoken import standing
from coi.meetings.conflicts.vocabulary import DECLARED_BEFORE
from coi.meetings.conflicts.voices.models import ClinicalInput
from coi.meetings.conflicts.voices.roster_queries import inputs_on
from coi.meetings.corrections.models import RecordCorrection
from coi.meetings.corrections.queries import corrections_on
from coi.meetings.disputes.models import RulingDispute
from coi.meetings.disputes.queries import every_dispute_on
from coi.meetings.keeper_models import RecordKeeper
from coi.meetings.minutes.models import Minutes
from coi.meetings.minutes.recorder_queries import Recorder
from coi.meetings.minutes.register_queries import offers_of
from coi.meetings.models import (
    AgendaItem,
    Attendance,
    ChairHandover,
    Decision,
    Meeting,
    Presence,
    QuorumSnapshot,
)
from coi.meetings.queries import visible_to
from coi.meetings.urgent.models import UrgentDecision
from coi.meetings.urgent.queries import every_urgent_on
from coi.meetings.vocabulary import FlagSource, ItemState, MinutesState, Outcome, Standing
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.gifts.models import Gift
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.withheld_queries import withheld_where_met
from coi.screening.flags import comes_from_a_matter

Row = TypeVar("Row")
OF_OTHER_REGISTERS = frozenset({"DECL-08", "GIFT-02"})
"""The rules of flags that lead to what another person or another register holds."""


@dataclass
class Recorded:
    """Everything that was recorded of one meeting, by item where it belongs to one."""

    attendance: list[Attendance] = field(default_factory=list)
    presence: list[Presence] = field(default_factory=list)
    snapshots: list[QuorumSnapshot] = field(default_factory=list)
    flags: dict[uuid.UUID, list[ConflictFlag]] = field(default_factory=dict)
    declarations: list[MeetingDeclaration] = field(default_factory=list)  # those that stand
    corrected: list[MeetingDeclaration] = field(default_factory=list)  # those in place of which others stand
    rulings: dict[uuid.UUID, list[Ruling]] = field(default_factory=dict)
    handovers: dict[uuid.UUID, list[ChairHandover]] = field(default_factory=dict)
    urgent: dict[uuid.UUID, list[UrgentDecision]] = field(default_factory=dict)
    disputes: dict[uuid.UUID, list[RulingDispute]] = field(default_factory=dict)
    keepers: dict[uuid.UUID, list[RecordKeeper]] = field(default_factory=dict)
    views: dict[uuid.UUID, list[ClinicalInput]] = field(default_factory=dict)  # for minutes alone, too
    recorders: dict[uuid.UUID, list[Recorder]] = field(default_factory=dict)  # read from the ledger for minutes alone
    seats: Mapping[uuid.UUID, CommitteeSeats] = field(default_factory=dict)  # for minutes alone, too
    decisions: dict[uuid.UUID, list[Decision]] = field(default_factory=dict)
    corrections: dict[uuid.UUID, list[RecordCorrection]] = field(default_factory=dict)
    actions: dict[uuid.UUID, list[Action]] = field(default_factory=dict)
    versions: dict[uuid.UUID, InterestVersion] = field(default_factory=dict)
    offers: dict[uuid.UUID, list[Gift]] = field(default_factory=dict)  # of those with a flag of a gift, by person
    withheld: frozenset[uuid.UUID] = frozenset()  # interests whose details are not for the public

    @property
    def taken_back(self) -> frozenset[str]:
        """The fingerprints of flags that were made of declarations which others replaced."""
        made = {flag.fingerprint for rows in self.flags.values() for flag in rows if flag.source is FlagSource.DECLARED}
        once = {each for row in self.corrected for each in row.concerns or ()}
        return frozenset((made & once) - {each for row in self.declarations for each in row.concerns or ()})

    def has_vote(self, person_id: uuid.UUID, committee_id: uuid.UUID) -> bool:
        """Whether somebody had a vote in a committee on the day; taken to be so where its seats were not read."""
        return committee_id not in self.seats or self.seats[committee_id].has_vote(str(person_id))

    def is_withheld(self, key: uuid.UUID | None) -> bool:
        """Whether a version of an interest, or an interest, is one whose details are not for the public."""
        version = self.versions.get(key) if key else None
        return version is not None and version.interest_id in self.withheld

    def keeps_back(self, flag: ConflictFlag) -> bool:
        """Whether a flag tells what is not for the public: a withheld interest; what was said, or who bid, at another meeting; or what
        a fellow partner holds and what somebody was given, which other registers publish, or do not. Rule: REG-06, DECL-08, GIFT-02."""
        of_others = not OF_OTHER_REGISTERS.isdisjoint(flag.rule_ids) or flag.relation == DECLARED_BEFORE
        return of_others or comes_from_a_matter(flag.path) or self.is_withheld(flag.interest_version_id)


def recorded_of(meeting: Meeting, items: Sequence[AgendaItem]) -> Recorded:
    """Returns everything recorded of a meeting, in one query for each kind of record; and which of its interests are withheld now."""
    ids = [item.id for item in items]
    flags, declared = _flags(ids), _declared(meeting.id)
    versions = _versions(flags, declared)
    rulings = _by_item(_rows(sa.select(Ruling).where(Ruling.item_id.in_(ids)).order_by(Ruling.number)))
    decisions, handovers = _by_item(_decisions(ids)), _by_item(_handovers(ids))
    stands = standing(declared)
    return Recorded(
        attendance=_rows(sa.select(Attendance).where(Attendance.meeting_id == meeting.id)),
        presence=presence_as_it_happened(meeting.id),
        snapshots=_snapshots(meeting.id),
        flags=_by_item(flags),
        declarations=stands,
        corrected=[row for row in declared if row not in stands],
        rulings=rulings,
        handovers=handovers,
        urgent=every_urgent_on(ids),
        disputes=_by_item(every_dispute_on(ids) if rulings else ()),
        keepers=_by_item(
            _rows(sa.select(RecordKeeper).where(RecordKeeper.item_id.in_(ids)).order_by(RecordKeeper.number))
        ),
        decisions=decisions,
        corrections=_by_item(corrections_on(ids) if decisions or handovers else ()),
        actions=_by_item(_rows(sa.select(Action).where(Action.item_id.in_(ids)).order_by(Action.reference))),
        versions=versions,
        offers=offers_of(meeting.body_id, flags),
        withheld=withheld_where_met(
            [each.committee_id for each in meeting.committees],
            {row.interest_id for row in versions.values()},
            clock.now(),
        ),
    )


def _flags(item_ids: Collection[uuid.UUID]) -> list[ConflictFlag]:
    wanted = sa.select(ConflictFlag).where(ConflictFlag.item_id.in_(item_ids))
    return _rows(wanted.order_by(ConflictFlag.level, ConflictFlag.recorded_at))


def _declared(meeting_id: uuid.UUID) -> list[MeetingDeclaration]:
    wanted = sa.select(MeetingDeclaration).where(MeetingDeclaration.meeting_id == meeting_id)
    return _rows(wanted.order_by(MeetingDeclaration.recorded_at))


def _decisions(item_ids: Collection[uuid.UUID]) -> list[Decision]:
    wanted = sa.select(Decision).where(Decision.item_id.in_(item_ids))
    return _rows(
        wanted.options(selectinload(Decision.votes), joinedload(Decision.snapshot)).order_by(Decision.recorded_at)
    )


def _handovers(item_ids: Collection[uuid.UUID]) -> list[ChairHandover]:
    wanted = sa.select(ChairHandover).where(ChairHandover.item_id.in_(item_ids))
    return _rows(wanted.order_by(ChairHandover.handed_over_at))


def _snapshots(meeting_id: uuid.UUID) -> list[QuorumSnapshot]:
    """Those that stand: one that was taken anew at a correction stands in place of an earlier one."""
    wanted = sa.select(QuorumSnapshot).where(
        QuorumSnapshot.meeting_id == meeting_id, QuorumSnapshot.replaced_at.is_(None)
    )
    return _rows(wanted.order_by(QuorumSnapshot.taken_at))


def views_of(items: Sequence[AgendaItem]) -> dict[uuid.UUID, list[ClinicalInput]]:
    """Returns the clinical views that were obtained, by item."""
    return _by_item(inputs_on([item.id for item in items]))


def _versions(
    flags: Iterable[ConflictFlag], declared: Iterable[MeetingDeclaration]
) -> dict[uuid.UUID, InterestVersion]:
    """The versions of interests that flags point to, by version id; for declarations the newest, by interest id."""
    by_flag = {flag.interest_version_id for flag in flags if flag.interest_version_id}
    by_interest = {each.interest_id for each in declared if each.interest_id}
    rows = _rows(
        sa.select(InterestVersion)
        .where(sa.or_(InterestVersion.id.in_(by_flag), InterestVersion.interest_id.in_(by_interest)))
        .options(joinedload(InterestVersion.interest), selectinload(InterestVersion.organisations))
        .order_by(InterestVersion.number)
    )
    return {row.id: row for row in rows} | {row.interest_id: row for row in rows}


def _rows(statement: sa.Select[tuple[Row]]) -> list[Row]:
    return list(db.session.scalars(statement).unique())


def _by_item(rows: Iterable[Row]) -> dict[uuid.UUID, list[Row]]:
    sorted_by_item: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in rows:
        sorted_by_item[row.item_id].append(row)  # type: ignore[attr-defined]
    return dict(sorted_by_item)


def latest_minutes(meeting_id: uuid.UUID) -> Minutes | None:
    """Returns the newest version of a meeting's minutes; None before they are drafted."""
    return db.session.scalar(
        sa.select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.number.desc()).limit(1)
    )


def is_final(meeting_id: uuid.UUID) -> bool:
    """Whether the minutes of a meeting are confirmed. Until then, what was forgotten in the room can still be recorded."""
    confirmed = sa.exists().where(Minutes.meeting_id == meeting_id, Minutes.state == MinutesState.CONFIRMED)
    return bool(db.session.scalar(sa.select(confirmed)))


def took_earlier_minutes(
    meeting_ids: Collection[uuid.UUID], committee_ids: Collection[uuid.UUID]
) -> frozenset[uuid.UUID]:
    """Returns those of these meetings that took their item on the minutes of the last meeting, and at which none of these committees put
    it off, referred it or turned it down: only there were minutes confirmed. Rule: MIN-01."""
    against = sa.exists().where(
        Decision.item_id == AgendaItem.id, Decision.committee_id.in_(committee_ids),
        Decision.outcome.in_((Outcome.DEFERRED, Outcome.REFERRED, Outcome.NOT_APPROVED)),
    )  # fmt: skip
    found = db.session.scalars(
        sa.select(AgendaItem.meeting_id).where(
            AgendaItem.meeting_id.in_(meeting_ids), AgendaItem.standing == Standing.LAST_MINUTES, ~against,
            AgendaItem.state.not_in((ItemState.PLANNED, ItemState.REMOVED)),
        )
    )  # fmt: skip
    return frozenset(found)


def could_preside(meeting: Meeting) -> set[uuid.UUID]:
    """Returns who can have presided over a meeting that was opened: its chairs and vice chairs who were there, and whoever the chair was
    handed to for an item."""
    there = set(
        db.session.scalars(
            sa.select(Attendance.person_id).where(Attendance.meeting_id == meeting.id, ~Attendance.apologies)
        )
    )
    on = clock.local(meeting.opened_at).date() if meeting.opened_at else meeting.held_on
    officers = {
        member.person_id
        for row in meeting.committees
        for member in members_on(row.committee, on)
        if member.office in (Office.CHAIR, Office.VICE_CHAIR)
    }
    handed = db.session.scalars(
        sa.select(ChairHandover.to_person_id)
        .join(AgendaItem, AgendaItem.id == ChairHandover.item_id)
        .where(AgendaItem.meeting_id == meeting.id)
    )
    return (officers & there) | set(handed)


def presided_over_earlier_minutes(meeting_id: uuid.UUID) -> uuid.UUID | None:
    """Returns who is recorded as presiding when a meeting took the minutes of the last one; None where that is not recorded."""
    return db.session.scalar(
        sa.select(Decision.presiding_id)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(AgendaItem.meeting_id == meeting_id, AgendaItem.standing == Standing.LAST_MINUTES)
        .order_by(Decision.recorded_at)
        .limit(1)
    )


def versions_of(meeting_id: uuid.UUID) -> list[Minutes]:
    """Returns every version of a meeting's minutes, the newest first."""
    return list(
        db.session.scalars(sa.select(Minutes).where(Minutes.meeting_id == meeting_id).order_by(Minutes.number.desc()))
    )


def meeting_by_reference(reference: str) -> Meeting:
    """Returns a meeting by the reference that people see. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Meeting).where(Meeting.reference == reference).options(selectinload(Meeting.committees))
    )
    if found is None:
        raise NotFound(f"There is no meeting with the reference {reference}")
    return found


def drafts_to_confirm(body_id: uuid.UUID, *, actor: Actor) -> list[Minutes]:
    """Returns the draft minutes that wait for the next meeting to confirm them, of the committees that `actor` may see."""
    later = sa.orm.aliased(Minutes)
    return list(
        db.session.scalars(
            sa.select(Minutes)
            .join(Minutes.meeting)
            .where(
                visible_to(actor, body_id, Permission.MEETINGS_MINUTES_READ),
                Minutes.state == MinutesState.DRAFT,
                ~sa.exists().where(later.meeting_id == Minutes.meeting_id, later.number > Minutes.number),
            )
            .options(joinedload(Minutes.meeting))
            .order_by(Meeting.held_on)
        )
    )
