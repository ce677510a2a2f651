"""Recording urgent decisions between meetings. One command, one ledger entry."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.guidance.vocabulary import BodyType
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import basis_of
from coi.meetings.conflicts.queries import rules_of
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import hold
from coi.meetings.timing import check_past
from coi.meetings.urgent.models import UrgentDecision
from coi.meetings.urgent.queries import conflicts_with, may_be_asked, met_after, others_of_the_body, urgent_reported_by
from coi.meetings.urgent.rules import urgent_stops
from coi.meetings.urgent.screening import class_words, facts_of, own_seats
from coi.meetings.urgent.vocabulary import UrgentDetails, UrgentFacts, UrgentStop
from coi.meetings.vocabulary import ItemState, MeetingState, PresidingBasis, Purpose
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_note_correction, ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.wording import day, moment

LATE = "If it was so, say below why it was not reported then: the minutes print this"
REGARDLESS = "If it was taken all the same, explain it below: it is recorded as it happened, and marked irregular"


def record_urgent_decision(
    item: AgendaItem,
    details: UrgentDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> UrgentDecision:
    """Records a decision that was taken between meetings on the item by which the next meeting ratifies it. Whoever decided and was
    consulted is compared with the item first. What stood against it is refused, or, with an explanation, recorded as irregular: that
    opens a suspected breach. One that was only not reported in time is none by that: the meeting is told so, and judges it when it is
    asked to ratify. Raises RuleBroken as said, and once the item was taken.

    Rule: URG-01, MTG-07, BRE-01; RULEBOOK §10.10, §23 scenario 29."""
    hold(item.meeting)
    committee = committee_id or item.meeting.committees[0].committee_id
    check_item(item, committee)
    _check_words(details, at)
    _check_day(details, item, committee)
    deciders = {details.decided_by, *([details.second] if details.second else [])}
    conflicts = conflicts_with(item, {*deciders, *details.consulted}, known_at=at)
    _check_people(details, conflicts, committee, item.meeting)
    facts = facts_of(
        details, item, conflicts, committee, takes_two=rules_of(item.meeting).body_type is BodyType.ICB,
        met_since=met_after(details.decided_at, item, committee),
    )  # fmt: skip
    stops = urgent_stops(facts)
    is_irregular = any(not stop.is_lateness for stop in stops)
    if stops and not details.explanation.strip():
        options = tuple(dict.fromkeys(option for stop in stops for option in stop.options))
        said = " ".join(stop.sentence for stop in stops)
        last = REGARDLESS if is_irregular else LATE
        raise RuleBroken(said, field=stops[0].field, rule="URG-01", options=(*options, last))
    row = _row(item, committee, details, facts, stops, conflicts, actor, at)
    db.session.add(row)
    _ask_to_ratify(item)
    db.session.flush()
    log.record(Event.URGENT_DECISION_RECORDED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    if is_irregular:
        about = [uuid.UUID(stop.person) for stop in stops if stop.person]
        ask_to_open(BreachSource.IRREGULAR_DECISION, row.id, about, actor=actor, at=at)
    return row


def _row(
    item: AgendaItem,
    committee: uuid.UUID,
    details: UrgentDetails,
    facts: UrgentFacts,
    stops: Sequence[UrgentStop],
    conflicts: MeetingConflicts,
    actor: Actor,
    at: datetime,
) -> UrgentDecision:
    """The decision with what was found of everybody whom it names."""
    consulted = class_words(details.consulted, conflicts, committee) + [["", *other] for other in details.others]
    everybody = [facts.decider, *([facts.second] if facts.second else []), *facts.consulted]
    return UrgentDecision(
        id=uuid.uuid4(), item_id=item.id, committee_id=committee, decided_by=details.decided_by,
        basis=basis_of(own_seats(conflicts, committee), str(details.decided_by)), second_id=details.second,
        decided_at=details.decided_at, text=details.text.strip(), power=details.power.strip(),
        why_urgent=details.why_urgent.strip(), why_no_meeting=details.why_no_meeting.strip(), instead=details.instead.strip(),
        consulted=consulted, said=details.said.strip(),
        screened=[[each.person, each.name, each.words] for each in everybody],
        conflicted=[each.name for each in everybody if not each.is_clear], searched=conflicts.searched.record,
        is_irregular=any(not stop.is_lateness for stop in stops), irregular_because=[stop.sentence for stop in stops],
        explanation=details.explanation.strip() if stops else "", recorded_at=at, recorded_by_name=actor.name,
    )  # fmt: skip


def strike_out_urgent_decision(
    row: UrgentDecision, item: AgendaItem, because: str, *, actor: Actor, at: datetime
) -> UrgentDecision:
    """Marks an urgent decision as entered by mistake, with the reason: pages and minutes leave it out, the record keeps it, and its item is
    an item like any other again. Raises RuleBroken without a reason, where somebody struck it out already, and once the minutes are
    confirmed. Rule: URG-01, MIN-01."""
    hold(item.meeting)
    db.session.refresh(row)
    if row.struck_at is not None:
        raise RuleBroken("Somebody has struck this out already")
    reported = db.session.get_one(AgendaItem, row.item_id)  # a later item may carry on the one that tells of it
    if is_final(item.meeting_id) or is_final(reported.meeting_id):
        raise RuleBroken("The minutes are confirmed. A correction is recorded at a later meeting", rule="MIN-01")
    if not because.strip():
        raise RuleBroken("Enter why it is struck out", field="because", rule="URG-01")
    row.struck_at, row.struck_because = at, because.strip()
    log.record(Event.URGENT_DECISION_STRUCK_OUT, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    if row.is_irregular:
        said = f"The urgent decision was struck out as entered by mistake on {moment(at)}, by {actor.name}. Reason: "
        ask_to_note_correction(row.id, f"{said}{row.struck_because}", actor=actor, at=at)
    return row


def report_to_audit_committee(
    row: UrgentDecision, item: AgendaItem, on: date, *, actor: Actor, at: datetime
) -> UrgentDecision:
    """Records on which day an urgent decision was reported to the audit committee. Raises RuleBroken for a day to come, before the
    decision, and where it was recorded before. Rule: URG-01; RULEBOOK §10.10."""
    hold(item.meeting)
    db.session.refresh(row)
    if row.struck_at is not None:
        raise RuleBroken("Somebody has struck this out", rule="URG-01")
    if row.audit_reported_on is not None:
        raise RuleBroken("It is recorded already that the audit committee was told", rule="URG-01")
    if on > clock.local(at).date():
        raise RuleBroken("Enter a day that has come", field="on")
    if on < clock.local(row.decided_at).date():
        raise RuleBroken("Enter a day after the decision", field="on")
    row.audit_reported_on = on
    log.record(Event.URGENT_DECISION_REPORTED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def check_item(item: AgendaItem, committee: uuid.UUID) -> None:
    """An urgent decision is reported by an item of a meeting to come, one of each committee. Raises RuleBroken for any other item."""
    if (
        item.meeting.state is not MeetingState.PLANNED
        or item.state is not ItemState.PLANNED
        or item.standing is not None
    ):
        raise RuleBroken(
            "An urgent decision is reported by an item of a meeting to come", rule="URG-01",
            options=("Add an item to the next agenda of the committee",),
        )  # fmt: skip
    if urgent_reported_by(item, committee) is not None:
        raise RuleBroken("This item reports an urgent decision already", rule="URG-01")


def _check_words(details: UrgentDetails, at: datetime) -> None:
    check_past(details.decided_at, at, "decided_on")
    asked = {
        "text": (details.text, "Enter what was decided"),
        "power": (details.power, "Enter on which power it was decided"),
        "why_urgent": (details.why_urgent, "Enter why it could not wait"),
    }
    for name, (entered, said) in asked.items():
        if not entered.strip():
            raise RuleBroken(said, field=name, rule="URG-01")


def _check_day(details: UrgentDetails, item: AgendaItem, committee: uuid.UUID) -> None:
    """Nobody decides for a committee that is not there yet."""
    row = next((each.committee for each in item.meeting.committees if each.committee_id == committee), None)
    if row is not None and clock.local(details.decided_at).date() < row.established_on:
        raise RuleBroken(
            f"The committee was established on {day(row.established_on)}. Enter a day from then on",
            field="decided_on",
            rule="URG-01",
        )


def _check_people(details: UrgentDetails, conflicts: MeetingConflicts, committee: uuid.UUID, meeting: Meeting) -> None:
    """Members decide, or whoever of the body may with them; members are consulted, or anybody whom the committee can ask."""
    if committee not in conflicts.seats:
        raise NotFound("There is no such committee")
    seats = own_seats(conflicts, committee)
    members = {uuid.UUID(seat.person) for seat in seats}
    on = clock.local(details.decided_at).date()
    deciders = {details.decided_by, *([details.second] if details.second else [])} - members
    asked = set(details.consulted) - members
    of_body = others_of_the_body(meeting.body_id, conflicts.seats[committee].seats, on) if deciders else []
    if not deciders <= {each.id for each in of_body}:
        raise NotFound("There is no such member")
    if asked and not asked <= {each.id for each in may_be_asked(meeting, on)}:
        raise NotFound("There is no such member")
    if details.instead.strip() and basis_of(seats, str(details.decided_by)) is PresidingBasis.CHAIR:
        raise RuleBroken(
            "The chair decided, so leave this empty. It says why it was not the chair", field="instead", rule="URG-01"
        )


def _ask_to_ratify(item: AgendaItem) -> None:
    """The next meeting is asked to ratify what was decided, whatever the item asked for before."""
    if not item.purpose.asks_for_a_decision:
        item.purpose = Purpose.APPROVE
        item.version += 1
        item.meeting.agenda_version += 1
