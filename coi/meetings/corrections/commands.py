"""Correcting what was recorded of an item: what it came to. One command, one ledger entry; what was recorded before stays on record."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.corrections.queries import every_vote_on
from coi.meetings.corrections.recording import correction, held, instant
from coi.meetings.corrections.rules import was_recorded, was_taken_up
from coi.meetings.corrections.vocabulary import CorrectionDetails, DecisionAsRecorded
from coi.meetings.models import AgendaItem, Decision, Vote
from coi.meetings.proceedings.carried_queries import carried_on_by, taken_up_by
from coi.meetings.proceedings.contradictions import room_as_moved
from coi.meetings.proceedings.queries import ItemRoom, room_of
from coi.meetings.proceedings.settling import (
    ballots_of,
    check_casting,
    check_details,
    check_everybody_voted,
    look_at_later_interests,
    mark_settled,
    vote_stops,
)
from coi.meetings.proceedings.snapshots import take_decision_snapshot
from coi.meetings.proceedings.taken_queries import contradicted
from coi.meetings.proceedings.vocabulary import REGARDLESS, Ballot, Stop, StopCode
from coi.meetings.proceedings.voting import casting_said, vote_result
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.timing import check_past, check_within
from coi.meetings.vocabulary import Method, Outcome
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_note_correction, ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.wording import clock_time, moment

HOW = {Method.CONSENSUS: "Decided by consensus", Method.VOTE: "Decided by a vote"}


def correct_decision(
    decision: Decision, details: DecisionDetails, why: CorrectionDetails, *, actor: Actor, at: datetime
) -> Decision:
    """Puts what was decided, deferred, referred or noted in place of what was recorded by mistake, with the reason; what was recorded
    before is kept in words, and its votes and quorum are marked. Where more than the words changes, it is asked again what stood
    against the decision at its time: that needs an explanation, and opens a suspected breach. The votes are those that were sent.
    Raises RuleBroken as deciding does, without a reason, and once the minutes are confirmed; EditConflict where somebody corrected it
    meanwhile. Rule: MIN-01, MIN-02, QUO-01, BRE-01; DESIGN §1."""
    item = held(decision, why)
    when = instant(decision.decided_at, details.decided_at)
    details = replace(details, decided_at=when, text=details.text.strip(), explanation=details.explanation.strip())
    _check_entered(decision, item, details, at)
    was, was_irregular = _was(decision), decision.is_irregular
    if _same_but_for_words(decision, details) and not contradicted(decision, item.meeting):
        _write_words(decision, details)
    else:
        room = _replace(decision, item, details, at)
        look_at_later_interests(room, decision, actor=actor, at=at)
    db.session.add(correction(decision, was, why, actor, at, decision_id=decision.id))
    db.session.flush()
    log.record(Event.DECISION_CORRECTED, subject=decision, actor=actor, at=at, body_id=item.meeting.body_id)
    _follow_up(decision, was_irregular, why, actor, at)
    return decision


def _follow_up(decision: Decision, was_irregular: bool, why: CorrectionDetails, actor: Actor, at: datetime) -> None:
    """A decision that turns out to have been irregular opens a suspected breach, or lets the one that was said to rest on nothing wait
    again; one that was in order after all lets its breach say so."""
    if decision.is_irregular:
        ask_to_open(BreachSource.IRREGULAR_DECISION, decision.id, actor=actor, at=at, is_again=not was_irregular)
    elif was_irregular:
        said = (
            f"The record was corrected on {moment(at)}, by {actor.name}: nothing stood against the decision. Reason: "
        )
        ask_to_note_correction(decision.id, f"{said}{why.because}", actor=actor, at=at)


def _check_entered(decision: Decision, item: AgendaItem, details: DecisionDetails, at: datetime) -> None:
    if details.outcome.is_a_decision:
        check_details(details, at)
    elif not details.text:
        raise RuleBroken("Enter what the record is to say", field="text", rule="MIN-02")
    if details.outcome is Outcome.REFERRED and not details.referred_to.strip():
        raise RuleBroken("Enter who the item is referred to", field="referred_to", rule="QUO-01")
    assert details.decided_at is not None
    check_past(details.decided_at, at, "decided_at")
    check_within(item.meeting, details.decided_at, "decided_at")
    later = carried_on_by(item.id) if details.outcome is not decision.outcome else None
    if later is not None and details.outcome is not Outcome.DEFERRED:
        raise RuleBroken(
            f"The meeting {later.meeting.reference} carries this item on, since it was put off", field="outcome", rule="QUO-01",
            options=(f"Take the item off the agenda of {later.meeting.reference} first",),
        )  # fmt: skip
    undone = decision.outcome is Outcome.DEFERRED and details.outcome in (Outcome.NOTED, Outcome.REFERRED)
    taken_up = _taken_up(decision) if undone else None
    if taken_up is not None:
        raise RuleBroken(was_taken_up(taken_up.meeting.reference).sentence, field="outcome", rule="QUO-01")


def _same_but_for_words(decision: Decision, details: DecisionDetails) -> bool:
    """Whether only words change: outcome, time, who presided, how it was decided and every vote stay as they are."""
    votes = {(vote.person_id, vote.cast) for vote in decision.votes}
    presided = details.presided.person_id if details.presided else decision.presiding_id
    is_decision = details.outcome.is_a_decision
    return (
        (decision.outcome, decision.decided_at, decision.presiding_id)
        == (details.outcome, details.decided_at, presided)
        and (not is_decision or decision.method is details.method)
        and votes == (set(details.votes) if is_decision else set())
        and (details.casting or None) == casting_said(decision.arithmetic)
    )


def _write_words(decision: Decision, details: DecisionDetails) -> None:
    explanation = details.explanation or decision.explanation if decision.is_irregular else ""
    now = (details.text, details.referred_to.strip(), explanation)
    if now == (decision.text, decision.referred_to, decision.explanation):
        raise RuleBroken("Nothing is changed. Change what is wrong, or go back to the item", field="text")
    decision.text, decision.referred_to, decision.explanation = now


def _replace(decision: Decision, item: AgendaItem, details: DecisionDetails, at: datetime) -> ItemRoom:
    """Takes the decision anew as it is said to have been, with the quorum, the stops and the votes of its moment. Returns the room then."""
    room = _room_then(decision, item, details, at)
    is_decision = details.outcome.is_a_decision
    ballots = ballots_of(details, room) if is_decision else ()
    later = _taken_up(decision) if is_decision else None
    besides = (was_taken_up(later.meeting.reference),) if later else ()
    stops = _stops(room, ballots, details, (*_of_the_moment(room, decision, details), *besides)) if is_decision else ()
    quorum = room.quorum if is_decision else room.quorum_without_decision
    assert details.decided_at is not None
    was, decision.snapshot = decision.snapshot, take_decision_snapshot(room, quorum, details.decided_at)
    if was is not None:
        was.replaced_at, decision.snapshot.searched_words = at, was.searched_words
    result = vote_result(room.vote_facts, ballots, details.casting)
    decision.outcome, decision.text, decision.method = details.outcome, details.text, details.method
    decision.decided_at, decision.referred_to = details.decided_at, details.referred_to.strip()
    decision.presiding_id = uuid.UUID(room.in_the_chair) if room.in_the_chair else None
    decision.is_irregular, decision.irregular_because = bool(stops), [stop.told for stop in stops]
    decision.explanation = details.explanation if stops else ""
    decision.arithmetic = result.arithmetic if is_decision else ""
    _replace_votes(decision, ballots, room.in_the_chair if result.used_casting_vote else None, at)
    was_taken = item.opened_at is not None or details.outcome is not Outcome.DEFERRED
    mark_settled(room, details.decided_at, was_taken=was_taken)
    return room


def _room_then(decision: Decision, item: AgendaItem, details: DecisionDetails, at: datetime) -> ItemRoom:
    """The room at the moment of the decision, with whoever is said to have presided in the chair."""
    room = room_of(item, known_at=at, committee_id=decision.committee_id, moment=details.decided_at)
    room = replace(room, is_corrected=True)
    if decision.snapshot is not None and details.decided_at == decision.decided_at:
        # of whoever came or went in that very minute, what was taken at the decision stands
        here = room_as_moved(frozenset(decision.snapshot.present), contradicted(decision, item.meeting))
        room = replace(room, in_the_meeting=here, conflicts=replace(room.conflicts, in_the_meeting=here))
    if details.presided is None:
        return room
    said = details.presided.person_id
    if said is not None and str(said) not in {seat.person for seat in room.seats if seat.voting}:
        raise RuleBroken("Select who presided", field="presided_by", rule="MTG-07")
    return replace(room, in_the_chair=str(said) if said else None)


def _stops(
    room: ItemRoom, ballots: Sequence[Ballot], details: DecisionDetails, against: Sequence[Stop]
) -> tuple[Stop, ...]:
    check_casting(room, ballots, details)
    stops = (*against, *vote_stops(room, ballots, details))
    if not stops:
        check_everybody_voted(room, ballots, details)
    elif not details.explanation:
        options = ("Correct it to what was decided in order", REGARDLESS)
        said = " ".join(stop.sentence for stop in stops)
        raise RuleBroken(
            f"{said} Enter what happened and why it went on",
            field="explanation",
            rule=stops[0].rule_id,
            options=options,
        )
    return stops


def _of_the_moment(room: ItemRoom, decision: Decision, details: DecisionDetails) -> Iterator[Stop]:
    """What stood against the decision at its moment. Two things are no news where nobody said them of it then: that a ruling was typed
    later than its time, while that time stays, which cannot be mended once the item is settled; and that its function is not the
    committee's, while it stays a decision: a correction changes neither. Rule: MTG-06, PCCC-05; RULEBOOK §13, §15."""
    known = set()
    if decision.decided_at == details.decided_at:
        known.add(StopCode.RULED_AFTERWARDS)
    if decision.outcome.is_a_decision:
        known.add(StopCode.FUNCTION_RESERVED)
    for stop in room.verdict.stops:
        if stop.code not in known or stop.sentence in decision.irregular_because:
            yield stop


def _replace_votes(decision: Decision, ballots: Collection[Ballot], casting: str | None, at: datetime) -> None:
    """Each vote as it is said to have been. A vote that was not cast is marked, not erased."""
    recorded = {str(vote.person_id): vote for vote in every_vote_on(decision.id)}
    cast = {ballot.person: ballot.cast for ballot in ballots}
    for person, vote in recorded.items():
        vote.struck_at = None if person in cast else vote.struck_at or at
    for person, side in cast.items():
        vote = recorded.get(person) or Vote(
            id=uuid.uuid4(), decision_id=decision.id, person_id=uuid.UUID(person), is_casting=False
        )
        vote.cast, vote.is_casting = side, person == casting
        db.session.add(vote)
    db.session.flush()
    db.session.expire(decision, ["votes"])


def _taken_up(decision: Decision) -> AgendaItem | None:
    """The item of a later meeting that took this one up: any, where the record says that it was put off; else one decided there."""
    is_decided = decision.outcome is not Outcome.DEFERRED
    return taken_up_by(decision.item_id, decision.committee_id, is_decided=is_decided)


def _was(decision: Decision) -> tuple[str, ...]:
    votes = sorted(decision.votes, key=lambda vote: vote.person.sort_key)
    referred = f" to {decision.referred_to}" if decision.referred_to else ""
    return was_recorded(
        DecisionAsRecorded(
            f"{decision.outcome.value.replace('_', ' ').capitalize()}{referred}", decision.text,
            HOW[decision.method] if decision.outcome.is_a_decision else "Recorded", clock_time(decision.decided_at),
            decision.presiding.name if decision.presiding else "", decision.arithmetic,
            tuple((vote.person.name, vote.cast.value) for vote in votes), tuple(decision.irregular_because), decision.explanation,
        )
    )  # fmt: skip
