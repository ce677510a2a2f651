"""Pure rules of urgent decisions: who may take one, and how the record tells it. No database here."""

from collections.abc import Iterator

from coi.meetings.urgent.vocabulary import Screened, UrgentFact, UrgentFacts, UrgentStop
from coi.meetings.vocabulary import PresidingBasis
from coi.wording import and_list, clock_time, day

BASES = {
    PresidingBasis.CHAIR: "the Chair",
    PresidingBasis.VICE_CHAIR: "the Vice Chair",
    PresidingBasis.AGREED_BY_MEMBERS: "as agreed by the members without a conflict",
}


NO_OFFICER = "neither the Chair nor the Vice Chair"


def urgent_stops(facts: UrgentFacts) -> tuple[UrgentStop, ...]:
    """Returns everything that stands against an urgent decision: a conflicted person decides nothing between meetings either, the chair
    least of all; the next one in the line of presiding does. An ICB takes it by two, after consulting an independent member.

    Rule: URG-01, MTG-07; RULEBOOK §10.5, §10.10, §23 scenario 29."""
    return tuple(_stops(facts))


def _stops(facts: UrgentFacts) -> Iterator[UrgentStop]:
    if facts.names_nobody:
        said = "The item names no organisation, so nobody could be compared with it."
        yield UrgentStop(said, ("Add the organisations that it concerns to the item first",))
    if facts.met_since:
        said = f"The committee has met since, on {day(facts.met_since)}, and was not told of it. Its next meeting has to be."
        yield UrgentStop(said, ("Check the day of the decision",), None, "decided_on", is_lateness=True)
    if not facts.decider.is_clear:
        said = f"{facts.decider.name} has a conflict on this item and cannot take an urgent decision on it. {facts.presiding.reason}"
        yield UrgentStop(said, _next(facts), facts.decider.person)
    elif not facts.presiding.may_be(facts.decider.person):
        said = f"{facts.decider.name} is not the one who takes an urgent decision. {facts.presiding.reason}"
        yield UrgentStop(said, _next(facts), facts.decider.person)
    if facts.second is not None and not facts.second.is_clear:
        said = f"{facts.second.name} has a conflict on this item and cannot decide on it with somebody."
        yield UrgentStop(said, ("Ask another director to decide with them",), facts.second.person, "second")
    yield from _of_two(facts)


def _of_two(facts: UrgentFacts) -> Iterator[UrgentStop]:
    if not facts.takes_two:
        return
    others = {facts.decider.person}
    if facts.second is None or facts.second.person == facts.decider.person:
        said = "An urgent decision is taken by two: the chair with the chief executive or the lead director."
        yield UrgentStop(said, ("Select who decided with them",), None, "second")
    elif facts.second is not None:
        others.add(facts.second.person)
    if not any(_counts(each) and each.person not in others for each in facts.consulted):
        said = "No independent member without a conflict, besides those who decided, was consulted."
        yield UrgentStop(said, ("Consult a lay or non-executive member first",), None, "consulted")


def _counts(consulted: Screened) -> bool:
    return consulted.is_clear and consulted.is_independent


def _next(facts: UrgentFacts) -> tuple[str, ...]:
    if facts.presiding.person is not None:
        return (f"Ask {facts.presiding.name} to decide",)
    return facts.presiding.options


def urgent_sentences(fact: UrgentFact) -> tuple[str, ...]:
    """Returns an urgent decision in sentences: who decided what, when, on which power, why it could not wait, who was consulted, what was
    found of conflicts, and what stood against it. Nobody's interests are told in it."""
    with_them = f" with {fact.second}" if fact.second else ""
    is_irregular = bool(fact.irregular_because) and not fact.is_only_late
    agreed = fact.basis is not PresidingBasis.AGREED_BY_MEMBERS or not is_irregular
    by = f"{fact.decided_by}, {BASES[fact.basis] if agreed else NO_OFFICER},{with_them}"
    of = f" of {fact.committee}" if fact.committee else ""
    found = [
        f"Urgent decision{of} between meetings, taken on {day(fact.decided_at)} at {clock_time(fact.decided_at)} "
        f"by {by} under {_ended(fact.power)} " + _ended(fact.text),
        f"It could not wait: {_ended(fact.why_urgent)}",
    ]
    if fact.why_no_meeting:
        found.append(f"Why no meeting was held for it: {_ended(fact.why_no_meeting)}")
    if fact.instead:
        found.append(f"Why the Chair did not decide: {_ended(fact.instead)}")
    said = f" {_ended(fact.said)}" if fact.said else ""
    found.append(
        f"Consulted: {and_list(fact.consulted)}.{said}" if fact.consulted else f"No other member was consulted.{said}"
    )
    if fact.conflicted:
        found.append(f"Found to have a conflict of interest in it: {and_list(fact.conflicted)}.")
    else:
        found.append("Whoever decided or was consulted was compared with the item. No conflict was found.")
    if fact.uncompared:
        were = "was" if len(fact.uncompared) == 1 else "were"
        found.append(f"{and_list(fact.uncompared)} {were} not compared with it: nothing of them is on file.")
    if fact.irregular_because:
        how = "This decision is irregular." if is_irregular else "This decision is reported late."
        found.append(f"{how} {' '.join(fact.irregular_because)} Explanation: {_ended(fact.explanation)}")
    if fact.audit_reported_on:
        on = fact.audit_reported_on
        found.append(f"It was reported to the audit committee on {on.day} {on:%B %Y}.")
    else:
        found.append("It is not recorded that it was reported to the audit committee.")
    return tuple(found)


def _ended(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
