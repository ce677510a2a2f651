"""Recording disputes about rulings. One command, one ledger entry."""

import uuid
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.disputes.models import RulingDispute
from coi.meetings.disputes.queries import last_ruling
from coi.meetings.disputes.rules import check_dispute
from coi.meetings.disputes.vocabulary import DisputeDetails, DisputeKind
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings.commands import check_can_be_recorded
from coi.meetings.proceedings.queries import room_of
from coi.meetings.queries import hold
from coi.meetings.timing import check_past
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_note_correction, ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.wording import moment


def record_dispute(
    item: AgendaItem,
    person_id: uuid.UUID,
    details: DisputeDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> RulingDispute:
    """Records that somebody refused to leave, or disputed the ruling on them, and what whoever presided did next. The ruling stands until
    they change it, so quorum and votes go on without that person. A refusal opens a suspected breach. Raises RuleBroken where nobody
    ruled, before the meeting was opened, and once its minutes are confirmed.

    Rule: MTG-06, BRE-01; RULEBOOK §23 scenario 50."""
    hold(item.meeting)
    check_can_be_recorded(item.meeting)
    room = room_of(item, known_at=at, committee_id=committee_id, moment=details.at)
    if person_id not in room.conflicts.people:
        raise NotFound("There is no such person at this meeting")
    ruling = last_ruling(item.id, room.committee.committee_id, person_id)
    check_dispute(details, room.conflicts.people[person_id], ruling.actions if ruling else None)
    if details.at is not None:
        check_past(details.at, at, "at")
    assert ruling is not None
    row = RulingDispute(
        id=uuid.uuid4(), ruling_id=ruling.id, item_id=item.id, committee_id=ruling.committee_id, person_id=person_id,
        kind=details.kind, said=details.said.strip(), at=details.at, response=details.response, did=details.did.strip(),
        presiding_id=uuid.UUID(room.in_the_chair) if room.in_the_chair else None, recorded_at=at, struck_because="",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.record(Event.RULING_DISPUTED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    if row.kind is DisputeKind.REFUSED:
        ask_to_open(BreachSource.IRREGULAR_DECISION, row.id, [person_id], actor=actor, at=at)
    return row


def strike_out_dispute(
    row: RulingDispute, item: AgendaItem, because: str, *, actor: Actor, at: datetime
) -> RulingDispute:
    """Marks a dispute as entered by mistake, with the reason: pages and minutes leave it out, the record keeps it. Raises RuleBroken once
    the minutes are confirmed, and where somebody struck it out already."""
    hold(item.meeting)
    db.session.refresh(row)
    if row.struck_at is not None:
        raise RuleBroken("Somebody has struck this out already")
    check_can_be_recorded(item.meeting)
    row.struck_at, row.struck_because = at, because.strip()
    if row.kind is DisputeKind.REFUSED:
        said = f"That {row.person.name} refused to leave was struck out as entered by mistake on {moment(at)}, by {actor.name}. "
        ask_to_note_correction(row.id, f"{said}Reason: {row.struck_because}", actor=actor, at=at)
    log.record(Event.RULING_DISPUTE_STRUCK_OUT, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row
