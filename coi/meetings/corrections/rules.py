"""Pure rules of corrections: what was recorded before, in words. No database here."""

from coi.meetings.corrections.vocabulary import DecisionAsRecorded
from coi.meetings.proceedings.vocabulary import Stop, StopCode


def was_taken_up(reference: str) -> Stop:
    """Returns what stands against a record that an item was not put off after all, once a later meeting has taken it up because it was: the
    same item would be decided twice. Rule: QUO-01; RULEBOOK §12.1."""
    said = f"The meeting {reference} has taken this item up, since it was put off."
    options = (f"Leave it deferred, and correct the record of {reference} if that is what is wrong",)
    return Stop(StopCode.TAKEN_UP_LATER, said, options, "QUO-01")


def was_recorded(facts: DecisionAsRecorded) -> tuple[str, ...]:
    """Returns what was recorded of a decision before its correction, in sentences: outcome, words, time, who presided, votes, and what
    stood against it. Rule: MIN-02; DESIGN §1 (nothing is overwritten)."""
    presided = f", {facts.presiding} presided" if facts.presiding else ""
    text = f": {facts.text.rstrip('.')}" if facts.text else ""
    found = [f"{facts.outcome}{text}.", f"{facts.how} at {facts.at}{presided}."]
    if facts.arithmetic:
        found.append(f"{facts.arithmetic.rstrip('.')}.")
    if facts.votes:
        found.append(f"{'; '.join(f'{name}: {cast}' for name, cast in facts.votes)}.")
    if facts.irregular_because:
        found.append(f"It was irregular: {' '.join(facts.irregular_because)} Explanation: {facts.explanation}")
    return tuple(found)
