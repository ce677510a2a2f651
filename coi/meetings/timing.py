"""Whether something can have happened at a meeting when somebody says that it did."""

from datetime import datetime

from coi import clock
from coi.errors import RuleBroken
from coi.meetings.models import Meeting
from coi.wording import clock_time, day

MONTHS_BEFORE = 12
"""A chair rules before a meeting on its papers: a day more than a year before it is mistyped."""


def is_later_minute(when: datetime, moment: datetime | None) -> bool:
    """Whether something happened after the minute of a moment, by its clock; never after one that is not known (None: now)."""
    return moment is not None and when >= clock.minute_of(moment) + clock.MINUTE


def check_past(when: datetime, at: datetime, field: str) -> None:
    """Raises RuleBroken for a time that has not come yet."""
    if when > at:
        raise RuleBroken("Enter a time that has passed", field=field, rule="MTG-10")


def is_of_another_day(meeting: Meeting, moment: datetime | None) -> bool:
    """Whether a moment is on another day than a meeting: nothing of the meeting can have happened then."""
    return moment is not None and clock.local(moment).date() != meeting.held_on


def happened_at(meeting: Meeting, when: datetime | None, at: datetime, field: str) -> datetime:
    """Returns when something happened at a meeting: as it was typed, else now. Raises RuleBroken where no time was typed on another day
    than the meeting's, since it did not happen now. Rule: MTG-10; RULEBOOK §10.3."""
    if when is None and is_of_another_day(meeting, at):
        raise RuleBroken(f"Enter the time: the meeting was on {day(meeting.held_on)}", field=field, rule="MTG-10")
    return when or at


def check_within(meeting: Meeting, when: datetime, field: str) -> None:
    """Raises RuleBroken for a time before a meeting was opened or after it closed. Rule: MTG-10; RULEBOOK §23 scenario 24."""
    if meeting.opened_at is not None and when < clock.minute_of(meeting.opened_at):
        raise RuleBroken("Enter a time after the meeting was opened", field=field, rule="MTG-10")
    if meeting.closed_at is not None and when > meeting.closed_at:
        closed = f"The meeting closed at {clock_time(meeting.closed_at)}. Enter a time before that"
        options = ("Correct the closing time first, if the meeting closed later",)
        raise RuleBroken(closed, field=field, rule="MTG-10", options=options)


def check_said_at(meeting: Meeting, when: datetime, at: datetime, field: str) -> None:
    """Raises RuleBroken for a time at which nothing can have been said at a meeting: it has not come yet, or the meeting was not open then.
    Rule: MTG-06, MTG-10; RULEBOOK §15."""
    if meeting.opened_at is None:
        raise RuleBroken("The meeting is not open. Leave the time empty", field=field, rule="MTG-10")
    check_past(when, at, field)
    check_within(meeting, when, field)


def check_ruled_at(meeting: Meeting, when: datetime, at: datetime, field: str, *, is_before: bool) -> None:
    """Raises RuleBroken for a time at which the chair cannot have ruled: at the meeting, or on a day that was entered, before it opened
    and not more than a year before its day, where the day is mistyped.
    Rule: MTG-06; RULEBOOK §10.2, §15."""
    if not is_before:
        return check_said_at(meeting, when, at, field)
    check_past(when, at, field)
    if clock.local(when).date() < clock.months_after(meeting.held_on, -MONTHS_BEFORE):
        raise RuleBroken("Enter a day within the year before the meeting", field=field, rule="MTG-06")
    if meeting.opened_at is not None and when >= meeting.opened_at:
        options = ("Leave the day empty, for a ruling made at the meeting",)
        raise RuleBroken("Enter a time before the meeting was opened", field=field, rule="MTG-06", options=options)
    return None
