"""Asking whether somebody takes part in decisions, and saying so. One use case, one entry."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.permissions.vocabulary import Actor
from coi.registers.deciders import queries
from coi.registers.deciders.models import DecisionMaker


def propose(reasons: dict[uuid.UUID, str], body_id: uuid.UUID, *, at: datetime) -> list[DecisionMaker]:
    """Asks of people whether they take part in decisions, each with the reason, as part of another command, whose entry in the ledger says
    so. Nothing is decided by it: a person says. Whoever was answered for the same reason is not asked again. Rule: REG-02; RULEBOOK §4."""
    known = queries.newest(body_id, only=reasons)
    made = [
        DecisionMaker(id=uuid.uuid4(), person_id=person_id, body_id=body_id, because=because, asked_at=at)
        for person_id, because in reasons.items() if not queries.is_settled(known, person_id, because)
    ]  # fmt: skip
    db.session.add_all(made)
    return made


def say_who_decides(
    person_ids: Sequence[uuid.UUID], body_id: uuid.UUID, *, decides: bool, actor: Actor, at: datetime
) -> int:
    """Says of people whether they take part in decisions, and returns of how many that is new. Raises RuleBroken where nobody is selected.
    Rule: REG-02; RULEBOOK §4."""
    if not person_ids:
        raise RuleBroken("Select at least one person", field="people")
    known, waiting = queries.newest(body_id, only=person_ids), queries.waiting_of(person_ids, body_id)
    said: dict[uuid.UUID, list[DecisionMaker]] = {}
    for person_id in person_ids:
        stands = known.get(person_id)
        if person_id in waiting:
            said[person_id] = waiting[person_id]
        elif stands is None or stands.decides != decides:
            because = stands.row.because if stands else ""
            made = DecisionMaker(id=uuid.uuid4(), person_id=person_id, body_id=body_id, because=because, asked_at=at)
            db.session.add(made)
            said[person_id] = [made]
    rows = [row for each in said.values() for row in each]
    for row in rows:
        row.decides, row.answered_at, row.answered_by = decides, at, actor.person_id
    if rows:
        log.record(Event.DECISION_MAKERS_SAID, subject=rows[0], actor=actor, at=at, body_id=body_id)
    return len(said)
