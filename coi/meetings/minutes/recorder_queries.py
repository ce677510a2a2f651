"""Reading from the ledger who recorded an item: the people on whom somebody ruled for it, and what they wrote down of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from coi.accounts.models import Account
from coi.audit import entry
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.audit.vocabulary import Event
from coi.database import db
from coi.meetings.conflicts.models import Ruling
from coi.meetings.models import Decision
from coi.people.models import Person

RECORDING = frozenset(
    {Event.DISCUSSION_NOTED, Event.DECISION_TAKEN, Event.DECISION_IRREGULAR, Event.DECISION_CORRECTED, Event.ITEM_NOTED,
     Event.ITEM_DEFERRED, Event.ITEM_REFERRED}
)  # fmt: skip
"""What the record of an item consists of: the notes and what came of it."""


@dataclass(frozen=True)
class Recorder:
    """Somebody who recorded something of an item, and when."""

    person_id: uuid.UUID
    name: str
    at: datetime


def recorders_of(
    rulings: Mapping[uuid.UUID, Sequence[Ruling]], decisions: Mapping[uuid.UUID, Sequence[Decision]]
) -> dict[uuid.UUID, list[Recorder]]:
    """Returns, for each item with rulings, which of the people who were ruled on recorded something of it, in order. Nothing is asked
    of the ledger where nobody who was ruled on has an account."""
    people = {row.person_id for rows in rulings.values() for row in rows}
    if not people:
        return {}
    found = db.session.execute(
        sa.select(Account.id, Person.id, Person.name)
        .join(Person, Person.id == Account.person_id)
        .where(Person.id.in_(people))
    )
    accounts = {str(account): (person, name) for account, person, name in found}
    if not accounts:
        return {}
    items = {("agenda_item", str(item)): item for item in rulings}
    items |= {("decision", str(row.id)): item for item in rulings for row in decisions.get(item, ())}
    recorders: dict[uuid.UUID, list[Recorder]] = {}
    subject = sa.tuple_(LedgerPayload.subject_table, LedgerPayload.subject_id)
    rows = db.session.execute(
        sa.select(LedgerPayload.subject_table, LedgerPayload.subject_id, LedgerLeaf.entry)
        .join(LedgerLeaf, LedgerLeaf.seq == LedgerPayload.seq)
        .where(LedgerPayload.section > 0, subject.in_(sorted(items)))
        .order_by(LedgerLeaf.seq)
    )
    for table, row_id, written in rows:
        read = entry.read(written)
        if read.type in RECORDING and read.actor.id in accounts:
            person, name = accounts[read.actor.id]
            at = datetime.fromisoformat(read.timestamp)
            recorders.setdefault(items[table, row_id], []).append(Recorder(person, name, at))
    return recorders
