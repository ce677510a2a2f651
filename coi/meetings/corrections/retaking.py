"""Taking the room again at a decision that movements contradict which were recorded afterwards: a correction like any other."""

from datetime import datetime

from coi.errors import RuleBroken
from coi.meetings.conflicts.movement_queries import movements_of
from coi.meetings.corrections.commands import correct_decision
from coi.meetings.corrections.queries import corrections_of
from coi.meetings.corrections.vocabulary import CorrectionDetails
from coi.meetings.models import Decision, Meeting
from coi.meetings.proceedings.contradictions import contradictions
from coi.meetings.proceedings.taken_queries import settled_of
from coi.meetings.proceedings.voting import casting_said
from coi.meetings.recorded_vocabulary import DecisionDetails, Presided
from coi.permissions.vocabulary import Actor

BECAUSE = "Who was in the room then was recorded afterwards"


def take_rooms_again(meeting: Meeting, happened: str, *, actor: Actor, at: datetime) -> str:
    """Takes presence and quorum again wherever the movements contradict what was taken when an item was settled; a decision that something
    stood against is irregular then, explained by what `happened`. Returns, in words, what came of it: where a vote of
    somebody is missing, only a person can say how they voted. Rule: MTG-10, QUO-01, BRE-01."""
    settled = {str(each.decision.id): each for each in settled_of(meeting)}
    found = contradictions([each.taken for each in settled.values()], movements_of(meeting.id))
    said = []
    for key in dict.fromkeys(each.decision for each in found):
        decision, position = settled[key].decision, settled[key].item.position
        if not _take_again(decision, happened, actor, at):
            said.append(f" Correct the decision on item {position}: say how everybody in the room voted.")
        elif decision.is_irregular:
            said.append(f" The decision on item {position} is marked as irregular.")
        else:
            said.append(f" The quorum of item {position} was taken again.")
    return "".join(said)


def _take_again(decision: Decision, happened: str, actor: Actor, at: datetime) -> bool:
    """Corrects a decision to the room as it was; False where the votes do not say how everybody voted, and nothing was changed."""
    said = f"{decision.explanation} {happened}".strip()
    details = DecisionDetails(
        decision.outcome, decision.text, decision.method, tuple((vote.person_id, vote.cast) for vote in decision.votes),
        decided_at=decision.decided_at, explanation=said, referred_to=decision.referred_to,
        casting=casting_said(decision.arithmetic),
        presided=Presided(decision.presiding_id) if decision.presiding_id else None,
    )  # fmt: skip
    why = CorrectionDetails(f"{BECAUSE}: {happened}", len(corrections_of(decision)))
    try:
        correct_decision(decision, details, why, actor=actor, at=at)
    except RuleBroken as broken:
        if broken.field in ("votes", "casting"):
            return False
        raise
    return True
