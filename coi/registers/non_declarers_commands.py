"""Confirming a list of decision-makers who did not declare. One use case, one entry."""

import uuid
from collections.abc import Collection
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers import non_declarers_queries as queries
from coi.registers.models import NonDeclarer, NonDeclarersList


def confirm_list(
    body: Body, person_ids: Collection[uuid.UUID], note: str, *, actor: Actor, at: datetime
) -> NonDeclarersList:
    """Confirms who of a body's decision-makers did not declare, as it stands at this instant, so that it may be published. Raises
    RuleBroken for somebody who is not overdue (any more), is away for long or has just started, and where the actor looks after single
    committees alone. Rule: REG-02; RULEBOOK §4, §7.2."""
    if committees_where(actor, Permission.REGISTERS_STANDING_KEEP, body.id) is not None:
        raise RuleBroken(
            "The list is for the whole organisation. Ask somebody who looks after all of its committees",
            rule="SEC-ROLE",
        )
    possible = {line.person_id: line for line in queries.could_be_named(body.id, at)}
    if not set(person_ids) <= possible.keys():
        raise RuleBroken(
            "Somebody on the list has declared, is away, or still has time. Look at the list again",
            field="people",
            rule="REG-02",
        )
    made = NonDeclarersList(
        id=uuid.uuid4(), body_id=body.id, as_at=clock.local(at).date(), confirmed_at=at, confirmed_by=actor.person_id,
        note=note.strip(),
    )  # fmt: skip
    db.session.add(made)
    named = [line for line in possible.values() if line.person_id in set(person_ids)]
    db.session.add_all(
        NonDeclarer(
            list_id=made.id, person_id=line.person_id, position=position, name=line.name, positions=", ".join(line.positions),
            due_on=line.verdict.due_on,
        )
        for position, line in enumerate(named)
    )  # fmt: skip
    log.record(Event.NON_DECLARERS_CONFIRMED, subject=made, actor=actor, at=at, body_id=body.id)
    return made
