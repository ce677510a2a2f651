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
from coi.meetings.conflicts.flag_commands import check_open, new_flag, store_flags
from coi.meetings.conflicts.models import MeetingDeclaration, Ruling
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, conflicts_at, rules_of
from coi.meetings.conflicts.rules import check_actions, may_rule
from coi.meetings.conflicts.vocabulary import RulingVerdict
from coi.meetings.keeper_queries import keeps_in_place
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import hold
from coi.meetings.vocabulary import (
    DeclaredPoint,
    FlagSource,
    FlagState,
    MeetingDeclarationDetails,
    MeetingState,
    PresidingBasis,
    RulingDetails,
)
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches.report_commands import ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.registers.interests.models import Interest
from coi.registers.interests.rules import must_declare_by
from coi.screening import vocabulary as words

CLASS_LEVEL = "F3"


def declare_at_meeting(
    meeting: Meeting, details: MeetingDeclarationDetails, *, actor: Actor, at: datetime
) -> MeetingDeclaration:
    """Records what a person declared at a meeting, at what point, and whether it is on the register. An interest that is not
    has to be declared in the days that the rules allow. At an item, it is a conflict that the chair rules on. Once the meeting is
    closed, whoever keeps its record can still add what was forgotten, without a time and without a new flag, until the minutes
    are confirmed. Who did not declare opens a suspected breach. Raises RuleBroken without words or afterwards, NotFound where the
    person, item or interest is not there.

    Rule: MTG-05, MTG-09, BRE-01; RULEBOOK §10.2, §10.3, §23 scenarios 25 to 27; USERS W10."""
    hold(meeting)
    item = _item(meeting, details)
    _check_declaration(meeting, details, actor)
    interest = _own_interest(details)
    is_over = meeting.state is MeetingState.CLOSED
    row = MeetingDeclaration(
        id=uuid.uuid4(), meeting_id=meeting.id, item_id=details.item_id, person_id=details.person_id, point=details.point,
        interest_id=interest.id if interest else None, text=_text(details),
        declared_at=None if is_over else _declared_at(item, details), recorded_at=at,
    )  # fmt: skip
    is_new = interest is None and not details.has_nothing and details.point is not DeclaredPoint.NOT_DECLARED
    row.due_on = must_declare_by(clock.local(at).date(), rules_of(meeting).declare_days) if is_new else None
    conflicts = conflicts_at(meeting, known_at=at, items=[item] if item else [])
    if details.person_id not in conflicts.people:
        raise NotFound("There is no such person at this meeting")
    db.session.add(row)
    is_open = item is not None and not is_over and item.state not in SETTLED
    if item is not None and is_open and not details.has_nothing and details.point is not DeclaredPoint.NOT_DECLARED:
        _flag_what_was_declared(item, details, conflicts, at)
    log.record(Event.INTEREST_DECLARED_AT_MEETING, subject=row, actor=actor, at=at, body_id=meeting.body_id)
    if details.point is DeclaredPoint.NOT_DECLARED:
        ask_to_open(BreachSource.UNDECLARED_AT_MEETING, row.id, [details.person_id], actor=actor, at=at)
    return row


def _declared_at(item: AgendaItem | None, details: MeetingDeclarationDetails) -> datetime | None:
    """What was declared when the item was reached was declared then, whenever somebody found the time to type it."""
    reached = item.opened_at if item is not None and details.point is DeclaredPoint.AT_ITEM else None
    return min(reached, details.at) if reached is not None and details.at is not None else details.at


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
    """Makes the rulings, with what they rest on: the flags of these people are stored as confirmed."""
    hold(item.meeting)
    check_open(item)
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
                rationale=details.rationale.strip(), guardian_consulted=details.guardian_consulted,
                decided_by=details.decided_by, basis=basis, made_at=at, recorded_by=actor.account_id,
                recorded_by_name=actor.name, is_dictated=dictated and actor.person_id != details.decided_by,
            )
        )  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    return rows


OWN_MONEY = words.RelationKind.DIRECT_FINANCIAL.value
GIFT = "GIFT-02"  # a gift from a bidder is no contract of the person's own organisation


def _check(
    item: AgendaItem, person_id: uuid.UUID, details: RulingDetails, conflicts: MeetingConflicts, committee: uuid.UUID
) -> RulingVerdict:
    theirs = [flag for flag in conflicts.flags[item.id] if flag.person_id == person_id and flag.is_live]
    own_money = any(flag.relation == OWN_MONEY and GIFT not in flag.rule_ids for flag in theirs)
    return check_actions(
        details.actions, details.rationale, own_contract=own_money, guardian_consulted=details.guardian_consulted,
        presides=_holds_the_chair(str(person_id), conflicts, committee),
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


def _item(meeting: Meeting, details: MeetingDeclarationDetails) -> AgendaItem | None:
    if details.item_id is None:
        return None
    item = db.session.get(AgendaItem, details.item_id)
    if item is None or item.meeting_id != meeting.id:
        raise NotFound("There is no such item")
    return item


def _check_declaration(meeting: Meeting, details: MeetingDeclarationDetails, actor: Actor) -> None:
    records = allows(actor, Permission.MEETINGS_MEETING_RECORD, meeting.body_id) or (
        details.item_id is not None and keeps_in_place(actor, details.item_id)
    )
    if not records and (actor.person_id != details.person_id or details.point is DeclaredPoint.NOT_DECLARED):
        raise NotFound("There is no such person at this meeting")
    if meeting.called_off_at:
        raise RuleBroken("The meeting was called off. Declare the interest on the register instead", rule="MTG-09")
    if meeting.state is MeetingState.CLOSED and not records:
        raise RuleBroken("The meeting is closed. Declare the interest on the register instead", rule="MTG-09")
    if is_final(meeting.id):
        raise RuleBroken("The minutes are confirmed. A correction is recorded at a later meeting", rule="MIN-01")
    if not details.text.strip() and details.interest_id is None and not details.has_nothing:
        raise RuleBroken("Enter what was declared", field="text", rule="MTG-05")


def _own_interest(details: MeetingDeclarationDetails) -> Interest | None:
    if details.interest_id is None:
        return None
    interest = db.session.get(Interest, details.interest_id)
    if interest is None or interest.person_id != details.person_id:
        raise NotFound("There is no such interest")
    return interest


def _text(details: MeetingDeclarationDetails) -> str:
    return details.text.strip() or ("Nothing to declare" if details.has_nothing else "As on the register")


def _flag_what_was_declared(
    item: AgendaItem, details: MeetingDeclarationDetails, conflicts: MeetingConflicts, at: datetime
) -> None:
    """Confirms the flag of an interest that screening found, or makes one of what it did not."""
    own = [flag for flag in conflicts.flags[item.id] if flag.person_id == details.person_id and flag.is_live]
    same = [flag for flag in own if details.interest_id is not None and flag.interest_id == details.interest_id]
    if same:
        store_flags(same, FlagState.CONFIRMED, at)
    else:
        new_flag(item, details.person_id, conflicts.people[details.person_id], _text(details), FlagSource.DECLARED, at)
