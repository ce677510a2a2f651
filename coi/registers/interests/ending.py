"""An end of an interest that is told late, or after its public months: what the declarant and the register are told of it. Pure."""

from dataclasses import dataclass
from datetime import date

from coi.errors import RuleBroken
from coi.registers.interests.wording import day


@dataclass(frozen=True)
class Ending:
    """An end as it was told: on which day it was, within how many days a change is to be told, and the last public day of what ended.
    `bound_on` is the first day on which the person had to declare at all."""

    ended_on: date
    told_on: date
    limit: int
    public_until: date | None = None
    bound_on: date | None = None

    @property
    def days_late(self) -> int:
        """How many days after the limit it was told; 0 in time. Rule: DECL-01; RULEBOOK §6.1, §6.4."""
        since = max(self.ended_on, self.bound_on or self.ended_on)
        return max((self.told_on - since).days - self.limit, 0)

    @property
    def is_over(self) -> bool:
        """Whether it was told when the public months were over already, so that the next edition has it no more. Rule: REG-03."""
        return self.public_until is not None and self.public_until < self.told_on

    def __bool__(self) -> bool:
        return bool(self.days_late or self.is_over)

    @property
    def short(self) -> str:
        """Fit for a tag in a table."""
        return f"End told {_days(self.days_late)} late" if self.days_late else ""

    @property
    def late_words(self) -> str:
        """How late it was told; empty where it was in time."""
        if not self.days_late:
            return ""
        return f"Its end was told {self.days_words}"

    @property
    def days_words(self) -> str:
        return f"{_days(self.days_late)} later than the {_days(self.limit)} that there are to tell of a change"

    @property
    def over_words(self) -> str:
        """That its public months were over; empty where they were not."""
        if not self.is_over:
            return ""
        return f"Its time on the public register was over on {day(self.public_until)}, before its end was told"


def check_sure(ending: Ending | None, *, is_sure: bool) -> None:
    """Raises RuleBroken where an end is told late or takes an interest from the public register at once, and nobody said that they know.
    Rules: DECL-01, REG-03."""
    if ending and not is_sure:
        raise RuleBroken(
            f"Tick that it ended on {day(ending.ended_on)}, or enter another date", field="is_sure", rule="REG-03"
        )


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
