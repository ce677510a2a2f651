"""Pure rules of chasing: which step of a plan a day has reached, what makes a reminder the same one, and which texts can be used."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from coi import clock
from coi.errors import RuleBroken
from coi.registers.chasing.vocabulary import Due, PlanDetails
from coi.registers.standing import SOON_DAYS

GAP = timedelta(days=3)
"""Nobody gets two reminders of the schedule within so many days, whatever bodies and dates they are about."""
MOST_DAYS_AFTER = 365
MOST_DAYS_BEFORE_MEETING = 60
PLACES = ("name", "body", "owed", "link", "until", "contact")
NEEDED = ("owed", "link")
PLACE_WORDS: Mapping[str, str] = {
    "name": "the person’s name",
    "body": "your organisation",
    "owed": "what they owe, a line for each organisation (needed)",
    "link": "their own link to declare (needed)",
    "until": "until when the link works",
    "contact": "whom to write to",
}
_PLACE = re.compile(r"\{([^{}]*)\}")


def reached(plan: PlanDetails, due_on: date, on: date) -> int | None:
    """Returns the latest step of a plan that a day has reached, in days after the due date (before it: negative); None where none has
    come. Where the sender was away for some days, only this one is sent. Rule: DECL-04."""
    steps = [-days for days in plan.days_before] + list(plan.days_after)
    passed = (on - due_on).days
    return max((step for step in steps if step <= passed), default=None)


def key_of(due: Due, on: date) -> str:
    """Returns what makes a reminder the same one: the person, the date it is about, and the step; by hand, the day."""
    step = f"by-hand:{on.isoformat()}" if due.step is None else str(due.step)
    return f"{due.person_id}:{due.lead.due_on.isoformat()}:{step}"


def is_too_soon(last_at: datetime | None, at: datetime) -> bool:
    """Whether the last reminder is so fresh that the schedule waits."""
    return last_at is not None and at - last_at < GAP


def is_same_day(last_at: datetime | None, at: datetime) -> bool:
    """Whether the last reminder, by the schedule or by hand, was written on the same day: nobody gets two on one day."""
    return last_at is not None and clock.local(last_at).date() == clock.local(at).date()


def is_answered(sent_at: datetime, submitted_at: datetime, declared_on: date) -> bool:
    """Whether somebody declared after a reminder was written. A paper of an earlier day answers none. Rule: DECL-04."""
    return submitted_at > sent_at and declared_on >= clock.local(sent_at).date()


def check_plan(details: PlanDetails) -> None:
    """Raises RuleBroken for a schedule or a text that cannot be used: the text has to have the link and what is owed, and no place that
    nothing fills."""
    if details.is_on and not (details.days_before or details.days_after):
        raise RuleBroken("Enter at least one number of days before or after", field="days_after")
    if any(not 0 <= days <= SOON_DAYS for days in details.days_before):
        raise RuleBroken(f"Days before must be between 0 and {SOON_DAYS}", field="days_before")
    if any(not 1 <= days <= MOST_DAYS_AFTER for days in details.days_after):
        raise RuleBroken(f"Days after must be between 1 and {MOST_DAYS_AFTER}", field="days_after")
    if details.meeting_days is not None and not 1 <= details.meeting_days <= MOST_DAYS_BEFORE_MEETING:
        raise RuleBroken(
            f"Days before a meeting must be between 1 and {MOST_DAYS_BEFORE_MEETING}", field="meeting_days"
        )
    _check_places("subject", details.subject, ("name", "body"))
    _check_places("text", details.text, PLACES)
    for each in NEEDED:
        if f"{{{each}}}" not in details.text:
            raise RuleBroken(f"Put {{{each}}} where {PLACE_WORDS[each].removesuffix(' (needed)')} goes", field="text")


def _check_places(field: str, text: str, allowed: Iterable[str]) -> None:
    allowed = tuple(allowed)
    usable = ", ".join(f"{{{each}}}" for each in allowed)
    for place in _PLACE.findall(text):
        if place not in allowed:
            raise RuleBroken(f"Nothing fills {{{place}}}. You can use {usable}", field=field)
    if re.search(r"[{}]", _PLACE.sub("", text)):
        raise RuleBroken(f"A bracket stands alone. You can use {usable}", field=field)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Returns a checked text with its places filled. What is filled in is not looked at again."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def read_days(text: str, *, field: str) -> tuple[int, ...]:
    """Returns the numbers of days in a text such as "14, 3". Raises RuleBroken for anything else."""
    parts = [part for part in re.split(r"[\s,;]+", text.strip()) if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        raise RuleBroken("Enter numbers of days with commas between them, like 14, 3", field=field)
    return tuple(sorted({int(part) for part in parts}))
