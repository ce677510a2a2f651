"""Every row that was recorded about an item, and what the ledger knows each by."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from coi.database import Keyed
from coi.meetings.actions.models import Action
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling, UnreachedFlag
from coi.meetings.conflicts.voices.models import ClinicalInput
from coi.meetings.corrections.models import RecordCorrection
from coi.meetings.disputes.models import RulingDispute
from coi.meetings.keeper_models import RecordKeeper
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import (
    AffectedOrganisation,
    AgendaItem,
    ChairHandover,
    Decision,
    Presence,
    QuorumSnapshot,
)
from coi.meetings.urgent.models import UrgentDecision
from coi.registers.interests.models import InterestVersion

Key = tuple[str, str]


def key_of(row: Keyed) -> Key:
    """Returns what the ledger knows a row by."""
    return row.__tablename__, str(row.id)  # type: ignore[attr-defined]


@dataclass
class ItemRows:
    """Every row that was recorded about an item."""

    item: AgendaItem
    versions: Sequence[InterestVersion] = ()
    affected: Sequence[AffectedOrganisation] = ()
    flags: Sequence[ConflictFlag] = ()
    losses: Sequence[UnreachedFlag] = ()
    declarations: Sequence[MeetingDeclaration] = ()
    rulings: Sequence[Ruling] = ()
    disputes: Sequence[RulingDispute] = ()
    urgent: Sequence[UrgentDecision] = ()
    handovers: Sequence[ChairHandover] = ()
    keepers: Sequence[RecordKeeper] = ()
    views: Sequence[ClinicalInput] = ()
    moves: Sequence[Presence] = ()
    snapshots: Sequence[QuorumSnapshot] = ()
    decisions: Sequence[Decision] = ()
    corrections: Sequence[RecordCorrection] = ()
    actions: Sequence[Action] = ()
    minutes: Sequence[Minutes] = ()
    names: Mapping[uuid.UUID, str] = field(default_factory=dict)
    confirming: Mapping[uuid.UUID, str] = field(
        default_factory=dict
    )  # references of the meetings that confirmed minutes

    def keys(self) -> set[Key]:
        """Returns what to look for in the ledger."""
        rows: list[Iterable[Keyed]] = [
            [self.item, self.item.meeting], self.versions, self.affected, self.flags, self.losses, self.declarations, self.rulings,
            self.disputes, self.urgent,
            self.handovers, self.keepers, self.views, self.moves, self.snapshots, self.decisions,
            self.corrections, self.actions, self.minutes,
        ]  # fmt: skip
        return {key_of(row) for group in rows for row in group}

    def committee(self, committee_id: uuid.UUID) -> str:
        """Returns a committee's name where several meet, since it needs no naming where there is one."""
        rows = self.item.meeting.committees
        return (
            next((row.committee.name for row in rows if row.committee_id == committee_id), "") if len(rows) > 1 else ""
        )
