"""Pure rules of corrections: what was recorded before, in words. No database here."""

from coi.meetings.corrections.vocabulary import DecisionAsRecorded


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
