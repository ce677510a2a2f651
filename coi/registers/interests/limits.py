"""Within how many days the rules of a body ask for a declaration on a day. Pure."""

from datetime import date
from functools import lru_cache

from coi.guidance.rulesets import effective
from coi.guidance.vocabulary import Rulebook


@lru_cache(maxsize=4096)
def limits_on(rulebook: Rulebook, on: date) -> tuple[int, int | None]:
    """Returns within how many days to declare on a day: from becoming aware, and from arising (None: the same). Rules: DECL-01, DECL-02."""
    rules = effective(rulebook, on)
    return rules.declare_days, rules.number("declare_days_from_arising")
