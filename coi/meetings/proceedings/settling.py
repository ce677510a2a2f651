"""What settling an item and correcting that share: the checks of what was entered, and how flags and the item are left."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.errors import RuleBroken
from coi.meetings.conflicts.afterwards.queries import declared_since
from coi.meetings.conflicts.flag_commands import store_flag
from coi.meetings.conflicts.unreached import Unreached
from coi.meetings.models import Decision
from coi.meetings.proceedings.queries import ItemRoom, outcomes_on
from coi.meetings.proceedings.vocabulary import REGARDLESS, Ballot, Stop
from coi.meetings.proceedings.voting import casting_is_asked, casting_problem, problems_of, vote_result, without_a_vote
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import ItemState, Method, Outcome
from coi.permissions.vocabulary import Actor
from coi.registers.interests.versions import ask_to_screen
from coi.wording import and_list

_STATES = {  # of an item that nobody decided, the weightiest first
    Outcome.DEFERRED: ItemState.DEFERRED,
    Outcome.REFERRED: ItemState.REFERRED,
    Outcome.NOTED: ItemState.NOTED,
}


def check_details(details: DecisionDetails, at: datetime) -> None:
    """Raises RuleBroken where a decision lacks words, votes, or a time that has passed. Rule: MIN-02."""
    if not details.outcome.is_a_decision:
        raise RuleBroken("Choose approved, not approved or agreed", field="outcome")
    if not details.text.strip():
        raise RuleBroken("Enter what was decided", field="text", rule="MIN-02")
    if details.decided_at is not None and details.decided_at > at:
        raise RuleBroken("Enter a time that has passed", field="decided_at")
    if details.method is Method.VOTE and not details.votes:
        raise RuleBroken("Enter how each member voted", field="votes", rule="MIN-02")


def ballots_of(details: DecisionDetails, room: ItemRoom) -> tuple[Ballot, ...]:
    """Returns the votes as they were entered; none where there was no vote."""
    if details.method is not Method.VOTE:
        return ()
    names = room.names
    return tuple(Ballot(str(person), names.get(str(person), "Somebody"), cast) for person, cast in details.votes)


def vote_stops(room: ItemRoom, ballots: Sequence[Ballot], details: DecisionDetails) -> tuple[Stop, ...]:
    """Returns what is wrong with the votes."""
    result = vote_result(room.vote_facts, ballots, details.casting)
    return problems_of(room.vote_facts, ballots, details.outcome, result, details.casting)


def check_no_casting(room: ItemRoom, ballots: Sequence[Ballot], details: DecisionDetails) -> None:
    """Without a tie there is no casting vote. Where one was cast all the same, that is recorded as it happened. Rule: MIN-02."""
    if casting_problem(room.vote_facts, ballots, details.casting):
        raise RuleBroken(
            "There is no casting vote here: the votes are not even, or the terms of reference give none. Leave it empty",
            field="casting", rule="MIN-02", options=(REGARDLESS,),
        )  # fmt: skip


def check_casting(room: ItemRoom, ballots: Sequence[Ballot], details: DecisionDetails) -> None:
    """On a tie the record says whether and how the casting vote was used; nothing is inferred. Rule: MIN-02; RULEBOOK §10.8."""
    if casting_is_asked(room.vote_facts, ballots) and details.casting is None:
        name = room.names.get(str(room.in_the_chair), "whoever presided")
        raise RuleBroken(
            f"The vote is a tie. Say whether and how {name}, who presided, used the casting vote",
            field="casting", rule="MIN-02",
        )  # fmt: skip


def check_everybody_voted(room: ItemRoom, ballots: Sequence[Ballot], details: DecisionDetails) -> None:
    """Raises RuleBroken where somebody who was to vote has no vote recorded. Rule: MIN-02."""
    if details.method is not Method.VOTE:
        return
    missing = without_a_vote(room.vote_facts, ballots)
    if missing:
        names = and_list(room.names[person] for person in missing)
        raise RuleBroken(f"Enter how {names} voted. Whoever did not vote abstained", field="votes", rule="MIN-02")


def unseen_of(room: ItemRoom) -> tuple[Unreached, ...]:
    """Returns which flags the item no longer reaches and nobody who presides has seen."""
    return room.conflicts.unreached_for(room.item.id, room.committee.committee_id)


def check_lost_told(room: ItemRoom, details: DecisionDetails) -> None:
    """Raises RuleBroken where the item lost a flag that nobody ruled on, and nobody says that whoever presides has seen it: a decision
    would be taken past it. Rule: MTG-06; RULEBOOK §24 rule 2."""
    if not details.lost_told and (unseen := unseen_of(room)):
        who = and_list(dict.fromkeys(each.name for each in unseen))
        raise RuleBroken(
            f"Tell whoever presides that this item no longer reaches {who}, and tick that they have seen it. The reason stands below",
            field="lost_told", rule="MTG-06",
        )  # fmt: skip


def freeze(room: ItemRoom, decided_at: datetime, at: datetime) -> None:
    """Keeps every flag as it stood, whether anybody acted on it or not. Rule: RULEBOOK §24 rule 3."""
    for flag in room.conflicts.flags[room.item.id]:
        row = store_flag(flag, at)
        row.frozen_at = row.frozen_at or decided_at


def look_at_later_interests(room: ItemRoom, decision: Decision, *, actor: Actor, at: datetime) -> None:
    """What those who were there declared after a decision that is recorded late did not count for it. Asks that it is compared with it, as
    with every decision that was on record. Rule: BRE-01; RULEBOOK §23 scenario 38, §24 rule 3."""
    if decision.outcome.is_a_decision and room.declared_by is not None and room.declared_by < at:
        there = [uuid.UUID(person) for person in room.in_the_meeting]
        ask_to_screen(declared_since(there, room.declared_by), actor, at, key=f"{decision.id}:{at}")


def mark_settled(room: ItemRoom, when: datetime, *, was_taken: bool) -> None:
    """An item is settled when every committee of the meeting settled it, the last of them at that; until then it stays open for the others.
    It is decided where one of them decided it, else put off or referred where one of them did that."""
    item = room.item
    item.opened_at = item.opened_at or (when if was_taken else None)
    settled = outcomes_on(item.id)
    if not set(room.conflicts.seats) <= settled.keys():
        item.state = ItemState.OPEN
        return
    outcomes = {outcome for outcome, _ in settled.values()}
    decided = any(each.is_a_decision for each in outcomes)
    strongest = next((state for outcome, state in _STATES.items() if outcome in outcomes), ItemState.DECIDED)
    item.state = ItemState.DECIDED if decided else strongest
    item.closed_at = max(each for _, each in settled.values())
