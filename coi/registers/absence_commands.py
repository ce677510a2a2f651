"""Writing that people are away for long, and that they are back. One use case, one entry."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.people.rules import overlap
from coi.permissions.vocabulary import Actor
from coi.registers import standing_queries as queries
from coi.registers.models import Absence


def enter_absence(
    people: Sequence[Person], body_id: uuid.UUID, since: date, until: date | None, *, actor: Actor, at: datetime
) -> list[Absence]:
    """Enters that people are away for long, from the first day to the last (None: not known yet). Nothing is asked of them meanwhile,
    and nobody names them as not having declared. Raises RuleBroken for impossible dates, and where one of them is away then already."""
    if not people:
        raise RuleBroken("Select at least one person")
    if until is not None and until < since:
        raise RuleBroken("The last day must be the same as or after the first day", field="until")
    made = [new_absence(each, body_id, since, until, actor=actor, at=at) for each in people]
    log.record(Event.ABSENCE_ENTERED, subject=made[0], actor=actor, at=at, body_id=body_id)
    return made


def new_absence(
    person: Person, body_id: uuid.UUID, since: date, until: date | None, *, actor: Actor, at: datetime
) -> Absence:
    """Makes a long absence as part of another command, whose entry in the ledger says so. Raises RuleBroken where the person is away then
    already."""
    for known in queries.open_absences([person.id], body_id):
        if overlap((since, until), (known.since, known.until)):
            raise RuleBroken(f"{person.name} is away on some of these days already", field="since")
    made = Absence(
        id=uuid.uuid4(), person_id=person.id, body_id=body_id, since=since, until=until, recorded_at=at, recorded_by=actor.account_id
    )  # fmt: skip
    db.session.add(made)
    return made


def end_absence(absence: Absence, until: date | None, *, actor: Actor, at: datetime) -> Absence:
    """Enters the last day of a long absence; None where it was entered by mistake, so that it never counts. Raises RuleBroken for a day
    before the first."""
    if until is not None and until < absence.since:
        raise RuleBroken("The last day must be the same as or after the first day", field="until")
    if until is None:
        absence.withdrawn_at = at
    else:
        absence.until = until
    log.record(Event.ABSENCE_ENDED, subject=absence, actor=actor, at=at, body_id=absence.body_id)
    return absence
