"""Composes what came of an item: decisions with their votes, and actions. Pure: facts in, blocks out."""

from collections.abc import Iterator

from coi.documents.vocabulary import Block, BulletList, Paragraph, Run, Table, paragraph
from coi.meetings.minutes import phrases
from coi.meetings.minutes.facts import DecisionFacts, ItemFacts, MeetingFacts
from coi.meetings.vocabulary import Method, Outcome
from coi.wording import clock_time, day

OUTCOMES = {
    Outcome.APPROVED: "approved",
    Outcome.NOT_APPROVED: "did not approve",
    Outcome.AGREED: "agreed",
    Outcome.NOTED: "noted",
    Outcome.DEFERRED: "deferred the item",
    Outcome.REFERRED: "referred the item",
}


def decision_blocks(decision: DecisionFacts, meeting: MeetingFacts) -> Iterator[Block]:
    """Returns what one committee decided, or why it did not, with its votes and what was corrected of it. Rule: MIN-02."""
    opening = next((each.opening for each in meeting.committees if each.name == decision.committee), None)
    quorum = phrases.quorum_since(decision.quorum, opening, decision.committee) if decision.quorum else ""
    if decision.outcome.is_a_decision and quorum:
        yield paragraph(quorum)
    if decision.irregular_because:
        yield paragraph("This decision is irregular. It was taken although something stood against it:", bold=True)
        yield BulletList(tuple(phrases.sentence(each) for each in decision.irregular_because))
        yield paragraph(f"Explanation: {phrases.sentence(decision.explanation)}")
    outcome = OUTCOMES[decision.outcome]
    if decision.outcome is Outcome.REFERRED and decision.referred_to:
        outcome = f"referred the item to {decision.referred_to}"
    text = phrases.decided(decision)
    yield Paragraph(
        (
            Run("RESOLVED: " if decision.outcome.is_a_decision else "", True),
            Run(f"{decision.committee} {outcome}{text}", True),
        )
    )
    presiding = f" {decision.presiding} presided." if decision.presiding else ""
    if decision.outcome.is_a_decision:
        how = "by a vote" if decision.method is Method.VOTE else "by consensus"
        yield paragraph(
            f"Decided {how} at {clock_time(decision.decided_at)}.{presiding} {phrases.sentence(decision.arithmetic)}".strip()
        )
    else:
        presiding = presiding or " Who presided is not recorded."
        yield paragraph(f"Recorded at {clock_time(decision.decided_at)}.{presiding} {quorum}".strip())
    if decision.votes:
        rows = tuple((name, cast.value) for name, cast in decision.votes)
        yield Table(f"Votes of {decision.committee}", ("Member", "Vote"), rows)
    yield from (paragraph(each) for each in phrases.corrections(decision.corrections))


def actions_table(item: ItemFacts) -> Table:
    """Returns the actions of an item as a table."""
    rows = tuple(
        (action.reference, action.text, f"{action.owner} ({action.initials})" if action.initials else action.owner,
         day(action.due_on) if action.due_on else "no date")
        for action in item.actions
    )  # fmt: skip
    return Table(f"Actions from item {item.number}", ("Reference", "Action", "Owner", "Due"), rows)
