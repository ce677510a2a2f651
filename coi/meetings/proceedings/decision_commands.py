"""Settling an item: deciding it, recording what happened regardless, noting, deferring or referring it. One entry each."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts.unreached_commands import keep_as_seen
from coi.meetings.models import AgendaItem, Decision, Vote
from coi.meetings.proceedings.commands import check_can_be_recorded
from coi.meetings.proceedings.keeping import check_not_called_off
from coi.meetings.proceedings.queries import ItemRoom, room_of
from coi.meetings.proceedings.settling import (
    ballots_of,
    check_casting,
    check_details,
    check_everybody_voted,
    check_lost_told,
    check_no_casting,
    freeze,
    look_at_later_interests,
    mark_settled,
    unseen_of,
    vote_stops,
)
from coi.meetings.proceedings.snapshots import take_decision_snapshot
from coi.meetings.proceedings.vocabulary import NOTED, Ballot, DecisionVerdict, Stop
from coi.meetings.proceedings.voting import vote_result
from coi.meetings.queries import hold
from coi.meetings.recorded_vocabulary import DecisionDetails, Presided
from coi.meetings.timing import check_within, happened_at
from coi.meetings.vocabulary import ItemState, MeetingState, Outcome
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_open
from coi.registers.breaches.vocabulary import BreachSource

NOT_TAKEN = "It was not taken before the meeting closed."
"""Why an item is put off that nobody began."""


def take_decision(
    item: AgendaItem,
    details: DecisionDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> Decision:
    """Records a committee's decision on an item, with the quorum at that moment, the flags as they stood, who presided and how
    the entitled members voted. Raises RuleBroken where something stops it, naming every stop and what can be done instead.

    Rule: QUO-01, QUO-02, MTG-05 to MTG-07, MTG-10, MTG-12, PCCC-05, MIN-02; RULEBOOK §12, §23."""
    room = _room(item, details, committee_id, at)
    ballots = ballots_of(details, room)
    check_details(details, at)
    check_no_casting(room, ballots, details)
    check_casting(room, ballots, details)
    stops = [*room.verdict.stops, *vote_stops(room, ballots, details)]
    if stops:
        raise RuleBroken(
            " ".join(stop.sentence for stop in stops), rule=stops[0].rule_id,
            options=DecisionVerdict(tuple(stops)).options,
        )  # fmt: skip
    check_everybody_voted(room, ballots, details)
    check_lost_told(room, details)
    decision = _settle(room, details, ballots, (), at)
    keep_as_seen(unseen_of(room), room.names.get(room.in_the_chair or "", ""), actor=actor, at=at)
    log.record(Event.DECISION_TAKEN, subject=decision, actor=actor, at=at, body_id=item.meeting.body_id)
    look_at_later_interests(room, decision, actor=actor, at=at)
    return decision


def record_irregular(
    item: AgendaItem,
    details: DecisionDetails,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
) -> Decision:
    """Records what happened although something stood against it: as it happened, marked irregular, with every stop and an
    explanation. It opens a possible breach. Raises RuleBroken where nothing stands against it, or without an explanation.

    Rule: BRE-01; DESIGN §1."""
    room = _room(item, details, committee_id, at)
    ballots = ballots_of(details, room)
    check_details(details, at)
    check_within(item.meeting, details.decided_at or at, "decided_at")
    check_casting(room, ballots, details)
    if room.is_settled:
        raise RuleBroken("The item is already settled", rule="QUO-01")
    check_not_called_off(item.meeting)
    if item.meeting.state is MeetingState.PLANNED:
        raise RuleBroken("The meeting is not open", options=("Open the meeting first",))
    stops = (*room.verdict.stops, *vote_stops(room, ballots, details))
    if not stops:
        raise RuleBroken("Nothing stands against this decision. Record it as a decision")
    if not details.explanation.strip():
        raise RuleBroken("Enter what happened and why it went on", field="explanation", rule="QUO-01")
    decision = _settle(room, details, ballots, stops, at)
    log.record(Event.DECISION_IRREGULAR, subject=decision, actor=actor, at=at, body_id=item.meeting.body_id)
    look_at_later_interests(room, decision, actor=actor, at=at)
    about = [uuid.UUID(stop.person) for stop in stops if stop.person]
    ask_to_open(BreachSource.IRREGULAR_DECISION, decision.id, about, actor=actor, at=at)
    return decision


def note_item(
    item: AgendaItem, text: str = "", *, actor: Actor, at: datetime, committee_id: uuid.UUID | None = None,
    when: datetime | None = None,
) -> Decision:  # fmt: skip
    """Records that an item was noted, now or `when` it was: nothing was decided."""
    details = DecisionDetails(Outcome.NOTED, text.strip() or NOTED, decided_at=when)
    return _settle_without_deciding(item, details, Event.ITEM_NOTED, committee_id, actor=actor, at=at)


def defer_item(
    item: AgendaItem, reason: str, *, actor: Actor, at: datetime, committee_id: uuid.UUID | None = None,
    presided: Presided | None = None, when: datetime | None = None,
) -> Decision:  # fmt: skip
    """Records that an item was put off to a later meeting, why, and who presided, now or `when` it was. The quorum at that
    moment is kept. Raises RuleBroken without a reason. Rule: RULEBOOK §12.1, §23 scenario 23."""
    if not reason.strip():
        raise RuleBroken("Enter why the item is deferred", field="text", rule="QUO-01")
    details = DecisionDetails(Outcome.DEFERRED, reason.strip(), presided=presided, decided_at=when)
    return _settle_without_deciding(item, details, Event.ITEM_DEFERRED, committee_id, actor=actor, at=at)


def defer_untaken(item: AgendaItem, when: datetime, *, actor: Actor, at: datetime) -> None:
    """Records for each committee of a meeting that closes that an item which nobody began was put off. Raises RuleBroken as deferring
    does. Rule: RULEBOOK §12.1."""
    if item.state is not ItemState.PLANNED:
        raise RuleBroken("The item was begun. Record what came of it")
    details = DecisionDetails(Outcome.DEFERRED, NOT_TAKEN, decided_at=when, presided=Presided(None), untaken=True)
    for row in item.meeting.committees:
        _settle_without_deciding(item, details, Event.ITEM_DEFERRED, row.committee_id, actor=actor, at=at)


def refer_item(
    item: AgendaItem, to: str, reason: str, *, actor: Actor, at: datetime, committee_id: uuid.UUID | None = None,
    presided: Presided | None = None, when: datetime | None = None,
) -> Decision:  # fmt: skip
    """Records that an item was referred to a body that can decide it, why, and who presided. Raises RuleBroken without the first two.

    Rule: RULEBOOK §12.1, §23 scenario 23."""
    if not to.strip():
        raise RuleBroken("Enter who the item is referred to", field="referred_to", rule="QUO-01")
    if not reason.strip():
        raise RuleBroken("Enter why the item is referred", field="text", rule="QUO-01")
    details = DecisionDetails(
        Outcome.REFERRED, reason.strip(), referred_to=to.strip(), presided=presided, decided_at=when
    )
    return _settle_without_deciding(item, details, Event.ITEM_REFERRED, committee_id, actor=actor, at=at)


def _settle_without_deciding(
    item: AgendaItem,
    details: DecisionDetails,
    event: Event,
    committee_id: uuid.UUID | None,
    *,
    actor: Actor,
    at: datetime,
) -> Decision:
    room = _room(item, details, committee_id, at)
    if item.meeting.state is not MeetingState.OPEN and not room.is_late:
        raise RuleBroken("The meeting is not open", options=("Open the meeting first",))
    if room.is_settled:
        raise RuleBroken("The item is already settled", rule="QUO-01")
    said = details.presided.person_id if details.presided else None
    if said is not None and str(said) not in {seat.person for seat in room.seats if seat.voting}:
        raise RuleBroken("Select who presided", field="presided_by", rule="MTG-07")
    decision = _settle(room, details, (), (), at)
    log.record(event, subject=decision, actor=actor, at=at, body_id=item.meeting.body_id)
    return decision


def _room(item: AgendaItem, details: DecisionDetails, committee_id: uuid.UUID | None, at: datetime) -> ItemRoom:
    """The room at the moment of the decision: now, or at the time that the secretary entered. Once the meeting is closed that has to be a
    time before, until its minutes are confirmed. Rule: MIN-01; DESIGN §1."""
    hold(item.meeting)
    if item.meeting.state is MeetingState.CLOSED:
        check_can_be_recorded(item.meeting)
        if details.decided_at is None:
            raise RuleBroken("The meeting is closed. Enter when this was", field="decided_at", rule="MIN-01")
    happened_at(item.meeting, details.decided_at, at, "decided_at")
    if details.decided_at is not None:  # or the room as it was then would give misleading reasons
        check_within(item.meeting, details.decided_at, "decided_at")
    return room_of(item, known_at=at, committee_id=committee_id, moment=details.decided_at)


def _settle(
    room: ItemRoom, details: DecisionDetails, ballots: Sequence[Ballot], stops: Sequence[Stop], at: datetime
) -> Decision:
    """Keeps the decision with what it rests on: quorum snapshot, frozen flags, votes, arithmetic."""
    decided_at = details.decided_at or at
    quorum = room.quorum if details.outcome.is_a_decision else room.quorum_without_decision
    snapshot = take_decision_snapshot(room, quorum, decided_at)
    result = vote_result(room.vote_facts, ballots, details.casting)
    decision = Decision(
        id=uuid.uuid4(), item_id=room.item.id, committee_id=room.committee.committee_id, snapshot=snapshot,
        presiding_id=_presiding(room, details), outcome=details.outcome,
        text=details.text.strip(), method=details.method, decided_at=decided_at, recorded_at=at, is_irregular=bool(stops),
        irregular_because=[stop.told for stop in stops], explanation=details.explanation.strip(),
        referred_to=details.referred_to, arithmetic=result.arithmetic if details.outcome.is_a_decision else "",
    )  # fmt: skip
    db.session.add(decision)
    for ballot in ballots:
        casting = result.used_casting_vote and ballot.person == room.in_the_chair
        db.session.add(
            Vote(
                id=uuid.uuid4(),
                decision=decision,
                person_id=uuid.UUID(ballot.person),
                cast=ballot.cast,
                is_casting=casting,
            )
        )
    freeze(room, decided_at, at)
    db.session.flush()
    mark_settled(room, decided_at, was_taken=not details.untaken)
    return decision


def _presiding(room: ItemRoom, details: DecisionDetails) -> uuid.UUID | None:
    """Who presided, as far as it is known: whoever was named, where it was asked; else whoever is in the chair, but for an item that was
    not decided not somebody who may not preside over it. Rule: MTG-07."""
    if details.presided is not None:
        return details.presided.person_id
    known = room.in_the_chair and (details.outcome.is_a_decision or room.chair_is_right)
    return uuid.UUID(room.in_the_chair) if known and room.in_the_chair else None
