"""The demo's calendar: everything is counted from its last meeting, so that it is always last month's. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from coi import clock

WEDNESDAY = 2
SOONEST = 8  # days from today to the coming meeting, at least
BETWEEN = 35  # days from one meeting to the next


@dataclass(frozen=True)
class Days:
    """The day of the last meeting and of the coming one, both Wednesdays."""

    last: date
    coming: date

    @classmethod
    def around(cls, today: date) -> "Days":
        """Returns the days of a demo that is loaded today: the coming meeting is 8 to 14 days ahead, the last 21 to 27 days ago."""
        soonest = today + timedelta(days=SOONEST)
        coming = soonest + timedelta(days=(WEDNESDAY - soonest.weekday()) % 7)
        return cls(coming - timedelta(days=BETWEEN), coming)

    def on(self, offset: int) -> date:
        """Returns the day so many days after the last meeting; before it where the number is negative. Up to 20 is in the past."""
        return self.last + timedelta(days=offset)

    def at(self, offset: int, when: str) -> datetime:
        """Returns the instant of a London time such as "10:05" on such a day."""
        return clock.instant(self.on(offset), time.fromisoformat(when))
