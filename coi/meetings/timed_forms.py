"""The form that asks for times of the day of a meeting. What is asked besides stands in the rooms."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from coi import clock
from coi.clock import TimeNotOnTheClock
from coi.meetings.models import Meeting
from coi.web.fields import TimeField
from coi.web.forms import Form


class TimedForm(Form):
    """A form with times of the meeting's day. `day` is set by the view before it validates."""

    day: date = date(1970, 1, 1)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Refuses a time that is not on the clock that day."""
        valid = super().validate(extra_validators)
        for each in self:
            if isinstance(each, TimeField) and each.data is not None:
                try:
                    self.instant(each.data)
                except TimeNotOnTheClock as error:
                    each.errors = [*each.errors, str(error)]
                    valid = False
        return valid

    def instant(self, at: time) -> datetime:
        """Returns the instant of a time of the meeting's day."""
        return clock.instant(self.day, at)

    def moment(self, field: TimeField) -> datetime | None:
        """Returns the instant that a time field names, None where the time is not known."""
        return None if field.data is None else self.instant(field.data)


class SaidForm(TimedForm):
    """A form for something that was said at a meeting: the time is only asked where it was not now, and once the meeting was opened."""

    said_at = TimeField(
        "At what time, if not now? (optional)", subject="Time", description="Like 10:05. The minutes print it."
    )

    def of_meeting(self, meeting: Meeting) -> None:
        """Asks for a time of the meeting's day."""
        self.day = meeting.held_on
        if meeting.opened_at is None:
            del self.said_at

    @property
    def when(self) -> datetime | None:
        """The instant that was typed, None for now."""
        return self.moment(self.said_at) if self.said_at else None
