"""How long a record that left the register stays to be read in the editions that held it. Pure."""

from datetime import date, timedelta

from coi.clock import months_after


def last_day_in_editions(until: date, left_on: date, *, is_replaced: bool, months: int | None) -> date:
    """Returns the last day on which past editions show a record that an edition of `left_on` does not hold any more. What was replaced
    was right when it was published: it stays for the public months, counted from that day, and never longer than it was public for
    anyway (`until`). Anything else left because its time was over or it may not be shown, and no edition shows it from that day on.
    Rules: REG-02, REG-03, REG-06; RULEBOOK §7.4."""
    if is_replaced:
        return min(until, months_after(left_on, months or 0))
    return min(until, left_on - timedelta(days=1))
