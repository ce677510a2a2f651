"""What every correction shares: the item held against other writers, times to the minute, and the row of the correction itself. No ledger
entry of their own."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.clock import minute_of
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.meetings.corrections.models import RecordCorrection
from coi.meetings.corrections.queries import corrections_of
from coi.meetings.corrections.vocabulary import CorrectionDetails
from coi.meetings.models import AgendaItem, ChairHandover, Decision
from coi.meetings.proceedings.commands import check_can_be_recorded
from coi.meetings.queries import hold
from coi.permissions.vocabulary import Actor


def held(subject: Decision | ChairHandover, why: CorrectionDetails) -> AgendaItem:
    """Returns the item, with its meeting held against other writers. Raises EditConflict for whoever looked at an older version, RuleBroken
    without a reason and once the minutes are confirmed. Rule: MIN-01."""
    item = db.session.get_one(AgendaItem, subject.item_id)
    hold(item.meeting)
    db.session.refresh(subject)
    check_can_be_recorded(item.meeting)
    done = corrections_of(subject)
    if len(done) != why.seen:
        last = done[-1] if done else None
        theirs = {"Reason of the last correction": last.because if last else ""}
        raise EditConflict(f"The record of item {item.position}", theirs=theirs, yours={"Reason": why.because})
    if not why.because.strip():
        raise RuleBroken("Enter why it is corrected", field="because", rule="MIN-01")
    return item


def instant(recorded: datetime | None, typed: datetime | None) -> datetime | None:
    """Returns what was typed, to the minute; the instant on record where that is in the same minute."""
    if recorded is None or typed is None:
        return typed
    return recorded if minute_of(recorded) == minute_of(typed) else typed


def correction(
    subject: Decision | ChairHandover, was: Sequence[str], why: CorrectionDetails, actor: Actor, at: datetime,
    **of: uuid.UUID,
) -> RecordCorrection:  # fmt: skip
    """Returns the row that keeps what was recorded before, in sentences."""
    return RecordCorrection(
        id=uuid.uuid4(), item_id=subject.item_id, number=why.seen + 1, was=list(was), because=why.because.strip(),
        recorded_at=at, recorded_by_name=actor.name, **of,
    )  # fmt: skip
