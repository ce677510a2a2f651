"""As known when: what the address of a page asks about an earlier instant. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coi import clock

EXAMPLE = "2026-11-01T12:00"
FIRST_YEAR = 1900
FUTURE = "The date and time must be in the past"


@dataclass(frozen=True)
class Known:
    """The instant that is asked for, as it was typed in `known`; `error` is what is wrong with it, and then the page is as known now."""

    instant: datetime
    known: str = ""
    error: str = ""

    @property
    def is_past(self) -> bool:
        return bool(self.known) and not self.error


def known_in(sent: Mapping[str, str], now: datetime) -> Known:
    """Returns what the arguments of an address ask for."""
    known = sent.get("known", "").strip()
    try:
        return Known(read_known(known, now), known)
    except ValueError as wrong:
        return Known(now, known, str(wrong))


def read_known(text: str, now: datetime) -> datetime:
    """Returns the instant of a London date and time such as "2026-11-01T12:00", of the end of a day such as "2026-11-01", or `now` where
    nothing is said. Raises ValueError, in words, for anything else and for the future."""
    text = text.strip()
    if not text:
        return now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"Enter a date and time like {EXAMPLE}") from None
    if moment.year < FIRST_YEAR:
        raise ValueError(f"Enter a date from {FIRST_YEAR} on")
    if moment.date() > clock.local(now).date() + timedelta(
        days=1
    ):  # at once: the last days of the calendar have no end
        raise ValueError(FUTURE)
    if moment.tzinfo is None:
        only_a_day = len(text) <= len("2026-11-01")
        moment = _end_of(moment.date(), now) if only_a_day else clock.instant(moment.date(), moment.time())
    if moment > now:
        raise ValueError(FUTURE)
    return moment


def _end_of(day: date, now: datetime) -> datetime:
    return now if day == clock.local(now).date() else clock.end_of_day(day)
