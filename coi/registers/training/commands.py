"""Writing the training record. One use case, one entry."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Actor
from coi.registers.training import queries, rules
from coi.registers.training.models import TrainingRecord
from coi.registers.training.vocabulary import TrainingDetails


def enter_training(
    entered: Sequence[TrainingDetails], *, actor: Actor, at: datetime, body_id: uuid.UUID
) -> list[TrainingRecord]:
    """Enters trainings that people did, one by hand or many from a spreadsheet. What is on record already is left as it is, so that the
    same file read again changes nothing. Raises RuleBroken for one that cannot have been, and where none is new. Rule: TRN-01."""
    for each in entered:
        rules.check_training(each, today=clock.local(at).date())
    known = queries.on_record({each.person_id for each in entered})
    made = [
        TrainingRecord(
            id=uuid.uuid4(), person_id=each.person_id, module=each.module, done_on=each.done_on, score=each.score,
            recorded_at=at, recorded_by=actor.account_id,
        )
        for each in rules.not_on_record(entered, known)
    ]  # fmt: skip
    if not made:
        raise RuleBroken("This is on record already")
    db.session.add_all(made)
    log.record(Event.TRAINING_ENTERED, subject=made[0], actor=actor, at=at, body_id=body_id, note={"count": len(made)})
    return made


def withdraw_training(record: TrainingRecord, *, actor: Actor, at: datetime, body_id: uuid.UUID) -> TrainingRecord:
    """Says that a training was entered by mistake. It is kept, and counts no more. Raises RuleBroken where it was withdrawn already."""
    if record.withdrawn_at is not None:
        raise RuleBroken("This was withdrawn already")
    record.withdrawn_at = at
    log.record(Event.TRAINING_WITHDRAWN, subject=record, actor=actor, at=at, body_id=body_id)
    return record
