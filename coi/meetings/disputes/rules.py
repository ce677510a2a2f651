"""Pure rules about disputes: what can be recorded against a ruling, and how the record says it. No database here."""

from collections.abc import Collection

from coi.errors import RuleBroken
from coi.guidance.actions import effects_of
from coi.meetings.disputes.vocabulary import DONE, RESPONSE_WORDS, DisputeDetails, DisputeFact, DisputeKind, Response
from coi.wording import clock_time


def check_dispute(details: DisputeDetails, name: str, actions: Collection[str] | None) -> None:
    """Raises RuleBroken where this cannot be said of a person: nobody ruled on them (`actions` None), the ruling lets them stay, or what
    they said is missing. Rule: MTG-06; RULEBOOK §23 scenario 50."""
    if actions is None:
        raise RuleBroken(f"Nobody has ruled on {name} for this item. Record the ruling first", rule="MTG-06")
    if details.kind is DisputeKind.REFUSED and effects_of(actions).room:
        raise RuleBroken(
            f"The ruling lets {name} stay in the room. Select that they disputed it", field="kind", rule="MTG-06"
        )
    if not details.said.strip():
        raise RuleBroken("Enter what was said", field="said", rule="MIN-01")


def dispute_words(fact: DisputeFact) -> str:
    """Returns who did what, when, what was said, and what became of the ruling, as minutes, story and pages say it."""
    when = f"At {clock_time(fact.at)}" if fact.at else "At a time that was not recorded"
    said = f": “{fact.said.strip().rstrip('.')}”" if fact.said.strip() else ""
    by = f", {fact.presided} presiding" if fact.presided else ""
    did = f": {fact.did.strip().rstrip('.')}" if fact.did.strip() else ""
    return f"{when}, {fact.name} {DONE[fact.kind]}{said}. {RESPONSE_WORDS[fact.response]}{by}{did}."


def refuses(facts: Collection[DisputeFact], person: str) -> bool:
    """Whether somebody's last dispute is that they refuse to leave and their ruling was not changed then."""
    own = [fact for fact in facts if fact.person == person]
    return bool(own) and own[-1].kind is DisputeKind.REFUSED and own[-1].response is not Response.CHANGED
