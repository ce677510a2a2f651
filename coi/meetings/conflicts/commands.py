"""Declarations at the meeting, and the rulings of whoever rightly presides. One command, one ledger entry."""

import uuid
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.committees.vocabulary import Office
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import declaring
from coi.meetings.conflicts.flag_commands import check_open, store_flags
from coi.meetings.conflicts.models import MeetingDeclaration, Ruling
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, conflicts_at, rules_of
from coi.meetings.conflicts.rules import check_actions, may_rule
from coi.meetings.conflicts.ruling_vocabulary import RulingVerdict
from coi.meetings.conflicts.unreached_commands import keep_what_was_lost
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import hold, item_at
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails, RulingDetails
from coi.meetings.timing import check_ruled_at
from coi.meetings.vocabulary import DeclaredPoint, FlagState, MeetingState, PresidingBasis
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.registers.interests.rules import must_declare_by

CLASS_LEVEL = "F3"


def declare_at_meeting(
    meeting: Meeting, details: MeetingDeclarationDetails, *, actor: Actor, at: datetime
) -> MeetingDeclaration:
    """Records what a person declared at a meeting, at what point, whether it is on the register, and which flags it is about. An
    interest that is not has to be declared in the days that the rules allow. At an item, it is a conflict that the chair rules on.
    Once the meeting is closed, whoever keeps its record can still add what was forgotten, without a time and without a new flag,
    until the minutes are confirmed. A correction is a new entry in place of an earlier one; both stay on record. Who did not declare
    opens a suspected breach. Raises RuleBroken without words, afterwards or out of the room; NotFound where the person, item,
    interest, flag or earlier entry is not there.

    Rule: MTG-05, MTG-09, BRE-01; RULEBOOK §10.2, §10.3, §18, §23 scenarios 25 to 27; USERS W10."""
    hold(meeting)
    item = item_at(meeting, details.item_id)
    declaring.check_declaration(meeting, details, actor, at)
    interest, corrected = declaring.own_interest(details), declaring.corrected_entry(meeting, details, actor)
    conflicts = conflicts_at(meeting, known_at=at, items=[item] if item else [])
    if details.person_id not in conflicts.people:
        raise NotFound("There is no such person at this meeting")
    about, before = declaring.flags_meant(item, details, conflicts), declaring.what_it_led_to(corrected, at)
    row = declaring.entry(meeting, item, details, interest, corrected, conflicts, at)
    is_silent = details.point is DeclaredPoint.NOT_DECLARED
    is_new = not (interest or about or details.has_nothing or is_silent) or details.is_new
    row.due_on = must_declare_by(clock.local(at).date(), rules_of(meeting).declare_days) if is_new else None
    row.concerns = (
        [flag.fingerprint for flag in about] if interest or about or details.is_new or details.has_nothing else None
    )
    if corrected is not None:
        declaring.withdraw_flags(corrected)
        declaring.tell_of_correction(corrected, row, actor, at)
    is_open = item is not None and meeting.state is not MeetingState.CLOSED and item.state not in SETTLED
    if item is not None and is_open and not details.has_nothing and not is_silent:
        made = declaring.flag_what_was_declared(item, details, interest, about, conflicts, at)
        row.concerns = None if row.concerns is None else [*row.concerns, *made]
    keep_what_was_lost(before, f"what {conflicts.people[details.person_id]} declared was corrected", actor=actor, at=at)
    log.record(Event.INTEREST_DECLARED_AT_MEETING, subject=row, actor=actor, at=at, body_id=meeting.body_id)
    if is_silent:
        ask_to_open(BreachSource.UNDECLARED_AT_MEETING, row.id, [details.person_id], actor=actor, at=at)
    return row


def rule_on_conflict(
    item: AgendaItem,
    person_id: uuid.UUID,
    details: RulingDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> Ruling:
    """The one who rightly presides over an item rules on one person: chair, else vice chair, else whoever the remaining
    members agree on. A new ruling is a new number; none is erased. Raises RuleBroken where somebody else rules, on
    themself, without a rationale, or with actions that do not go together.

    Rule: MTG-06, MTG-07, MTG-08; RULEBOOK §10.4, §10.5."""
    _check_is_decider(details, actor)
    (row,) = _rule(item, [person_id], details, committee_id, actor=actor, at=at)
    log.record(Event.RULING_MADE, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def rule_on_class(
    item: AgendaItem,
    person_ids: Sequence[uuid.UUID],
    details: RulingDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
    dictated: bool = False,
) -> list[Ruling]:
    """Rules on everybody whom an item concerns as one of a class, at once: one ruling each. `dictated`: written down for
    whoever presides. Raises RuleBroken as `rule_on_conflict` does, or where nobody is named.

    Rule: MTG-06; RULEBOOK §14, §23 scenario 7."""
    if not person_ids:
        raise RuleBroken("Select whom the ruling is about", field="persons", rule="MTG-06")
    if not dictated:
        _check_is_decider(details, actor)
    rows = _rule(item, list(dict.fromkeys(person_ids)), details, committee_id, actor=actor, at=at, dictated=dictated)
    event = Event.RULING_RECORDED if dictated else Event.RULING_MADE
    log.record(event, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return rows


def record_dictated_ruling(
    item: AgendaItem,
    person_id: uuid.UUID,
    details: RulingDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> Ruling:
    """Writes a ruling down as whoever presides dictated it: decided by them, recorded by `actor`, to be confirmed by them.
    Raises RuleBroken as `rule_on_conflict` does. Rule: MTG-06; DESIGN §4.9."""
    (row,) = _rule(item, [person_id], details, committee_id, actor=actor, at=at, dictated=True)
    log.record(Event.RULING_RECORDED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def confirm_ruling(ruling: Ruling, *, actor: Actor, at: datetime) -> Ruling:
    """Whoever dictated a ruling confirms that it was written down as they made it. Nobody else can. Raises RuleBroken where it
    needs no confirming, or was replaced, NotFound for anybody else."""
    if actor.person_id is None or actor.person_id != ruling.decided_by:
        raise NotFound("There is no such ruling")
    if not ruling.is_dictated or ruling.confirmed_at is not None:
        raise RuleBroken("This ruling is already confirmed")
    if ruling.number != _last_number(ruling.item_id, ruling.committee_id, ruling.person_id):
        raise RuleBroken("A later ruling replaced this one. Confirm that one instead")
    ruling.confirmed_at = at
    item = db.session.get_one(AgendaItem, ruling.item_id)
    log.record(Event.RULING_CONFIRMED, subject=ruling, actor=actor, at=at, body_id=item.meeting.body_id)
    return ruling


def _rule(
    item: AgendaItem,
    person_ids: Sequence[uuid.UUID],
    details: RulingDetails,
    committee_id: uuid.UUID | None,
    *,
    actor: Actor,
    at: datetime,
    dictated: bool = False,
) -> list[Ruling]:
    """Makes the rulings, now or at the time that was entered, with what they rest on: the flags of these people are stored as
    confirmed."""
    hold(item.meeting)
    check_open(item)
    if details.at is not None:
        check_ruled_at(item.meeting, details.at, at, "said_at", is_before=details.is_before)
    conflicts = conflicts_at(item.meeting, known_at=at, items=[item])
    committee = committee_id or conflicts.convening
    if not set(person_ids) <= conflicts.people.keys() or committee not in conflicts.seats:
        raise NotFound("There is no such person at this meeting")
    presiding = conflicts.presiding(item.id, committee, besides=person_ids)
    _raise_unless(may_rule(details.decided_by, person_ids, presiding, dict(conflicts.people)))
    basis = presiding.basis or PresidingBasis.AGREED_BY_MEMBERS
    rows = []
    for person_id in person_ids:
        _raise_unless(_check(item, person_id, details, conflicts, committee))
        store_flags((flag for flag in conflicts.flags[item.id] if flag.person_id == person_id), FlagState.CONFIRMED, at)
        rows.append(
            Ruling(
                id=uuid.uuid4(), item_id=item.id, committee_id=committee, person_id=person_id,
                number=_last_number(item.id, committee, person_id) + 1, actions=sorted(set(details.actions)),
                rationale=details.rationale.strip(), magnitude=details.magnitude.strip(), guardian_consulted=details.guardian_consulted,
                decided_by=details.decided_by, basis=basis, made_at=details.at or at,
                recorded_at=at if details.at else None, recorded_by=actor.account_id,
                recorded_by_name=actor.name, is_dictated=dictated and actor.person_id != details.decided_by,
            )
        )  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    return rows


def _check(
    item: AgendaItem, person_id: uuid.UUID, details: RulingDetails, conflicts: MeetingConflicts, committee: uuid.UUID
) -> RulingVerdict:
    theirs = [flag for flag in conflicts.flags[item.id] if flag.person_id == person_id and flag.is_live]
    own_money = any(flag.is_own_money for flag in theirs)
    return check_actions(
        details.actions, details.rationale, own_contract=own_money, guardian_consulted=details.guardian_consulted,
        presides=_holds_the_chair(str(person_id), conflicts, committee), is_financial=any(flag.is_financial for flag in theirs),
        magnitude=details.magnitude,
    )  # fmt: skip


def _holds_the_chair(person: str, conflicts: MeetingConflicts, committee: uuid.UUID) -> bool:
    """Whether a person would preside but for the conflict: the chair, or the vice chair in the chair's place."""
    offices = (Office.CHAIR, Office.VICE_CHAIR)
    return any(seat.person == person and seat.offices & set(offices) for seat in conflicts.seats[committee].seats)


def _check_is_decider(details: RulingDetails, actor: Actor) -> None:
    if actor.person_id is None or actor.person_id != details.decided_by:
        raise RuleBroken(
            "Only the person who decides can make the ruling in their own name",
            field="decided_by", rule="MTG-06", options=("Record it as dictated, for them to confirm",),
        )  # fmt: skip


def _raise_unless(verdict: RulingVerdict) -> None:
    if not verdict:
        raise RuleBroken(verdict.reason, field=verdict.field, rule=verdict.rule_id, options=verdict.options)


def _last_number(item_id: uuid.UUID, committee_id: uuid.UUID, person_id: uuid.UUID) -> int:
    found = db.session.scalar(
        sa.select(sa.func.max(Ruling.number)).where(
            Ruling.item_id == item_id, Ruling.committee_id == committee_id, Ruling.person_id == person_id
        )
    )
    return found or 0
