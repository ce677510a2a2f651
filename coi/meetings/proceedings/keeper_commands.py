"""Naming who keeps the record of an item in place of a secretary who has an interest in it. One command, one entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.keeper_models import RecordKeeper
from coi.meetings.keeper_queries import conflicted_secretaries, could_keep, last_number
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings.vocabulary import KeeperDetails
from coi.meetings.queries import hold
from coi.meetings.withholding import ruled_out_of
from coi.permissions.vocabulary import Actor


def name_record_keeper(
    item: AgendaItem,
    details: KeeperDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> RecordKeeper:
    """Records whom whoever presides over an item names to keep its record in place of a secretary that a ruling keeps from it. Named again,
    the last one counts. Raises RuleBroken where the actor does not preside, the secretary is not ruled out of the item, the one named
    is, or cannot sign in at the body, or the minutes are confirmed.

    Rule: MTG-03, MTG-07; RULEBOOK §10.4; DESIGN §1 (a conflicted secretary loses sight of the item while a named substitute acts)."""
    hold(item.meeting)
    if is_final(item.meeting_id):
        raise RuleBroken("The minutes of this meeting are confirmed. Its record can no longer change", rule="MIN-01")
    conflicts = conflicts_at(item.meeting, known_at=at, items=[item])
    committee = committee_id or conflicts.convening
    if actor.person_id is None or not conflicts.presides(actor.person_id, item.id, committee):
        raise RuleBroken("Only whoever presides over the item names who keeps its record", rule="MTG-07")
    on = clock.local(at).date()
    if details.in_place_of_id not in conflicted_secretaries(item, on):
        raise RuleBroken(
            "No ruling keeps this person from the item", field="in_place_of", rule="MTG-03",
            options=("Rule on their interest in the item first",),
        )  # fmt: skip
    if details.person_id not in could_keep(item, on) or ruled_out_of(details.person_id, [item.id]):
        raise RuleBroken(
            "Select somebody who can sign in here and has not been ruled out of the item", field="person", rule="MTG-03"
        )
    row = RecordKeeper(
        id=uuid.uuid4(), item_id=item.id, committee_id=committee, person_id=details.person_id,
        in_place_of_id=details.in_place_of_id, number=last_number(item.id, committee, details.in_place_of_id) + 1,
        named_by=actor.person_id, named_at=at,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.record(Event.ITEM_KEEPER_NAMED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row
