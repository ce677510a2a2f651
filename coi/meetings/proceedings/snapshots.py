"""Taking the quorum down as it was: at the opening and at the decision. Rows that commands keep; no entry of their own."""

import uuid
from collections.abc import Collection
from datetime import datetime

from coi.committees.quorum import quorum_of
from coi.committees.quorum_lint import clinical_voice
from coi.committees.vocabulary import Phase, QuorumAssessment
from coi.database import db
from coi.meetings.conflicts.seats import CommitteeSeats, predicate_of
from coi.meetings.models import Meeting, QuorumSnapshot
from coi.meetings.proceedings.queries import ItemRoom
from coi.meetings.vocabulary import SnapshotPhase


def take_opening_snapshot(
    meeting: Meeting, committee: CommitteeSeats, here: frozenset[str], taken_at: datetime
) -> QuorumSnapshot:
    """Keeps the quorum of a committee at the opening. Rule: MTG-04."""
    quorum = opening_quorum(committee, here)
    clinical = clinical_voice(committee.in_room(here), frozenset()).sentence
    return _keep(meeting.id, None, committee, SnapshotPhase.OPENING, taken_at, quorum, here, clinical)


def take_decision_snapshot(room: ItemRoom, quorum: QuorumAssessment, taken_at: datetime) -> QuorumSnapshot:
    """Keeps the quorum of a committee at the decision of an item, or when it was settled without one, and what was searched for conflicts
    until then: flags are frozen with it. A correction searches nothing. Rule: QUO-01, QUO-02; RULEBOOK §24 rules 2 and 3."""
    row = _keep(
        room.item.meeting_id, room.item.id, room.committee, SnapshotPhase.DECISION, taken_at, quorum,
        room.in_the_meeting, room.clinical.sentence,
    )  # fmt: skip
    if not room.is_corrected:
        row.searched_words = "" if room.item.names_nobody else room.conflicts.searched.record
    return row


def _keep(
    meeting_id: uuid.UUID,
    item_id: uuid.UUID | None,
    committee: CommitteeSeats,
    phase: SnapshotPhase,
    taken_at: datetime,
    quorum: QuorumAssessment,
    here: Collection[str],
    clinical: str,
) -> QuorumSnapshot:
    row = QuorumSnapshot(
        id=uuid.uuid4(), meeting_id=meeting_id, item_id=item_id, committee_id=committee.committee_id,
        terms_id=committee.terms_id, phase=phase, taken_at=taken_at, quorate=quorum.quorate,
        rule_words=committee.rule_words, counted=[[each.name, each.slot, each.person] for each in quorum.counted],
        missing=list(quorum.missing), reasons=list(quorum.reasons), present=sorted(here), clinical_words=clinical,
    )  # fmt: skip
    db.session.add(row)
    return row


def opening_quorum(committee: CommitteeSeats, here: frozenset[str]) -> QuorumAssessment:
    """Returns the quorum at the opening, before any item."""
    seats = committee.in_room(here)
    return quorum_of(
        committee.rule, committee.settings, seats, committee.established, predicate_of(None, phase=Phase.OPENING)
    )
