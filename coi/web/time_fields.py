"""Fields for days and times: dates in three parts, times as people write them. What is typed comes back as it was typed."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from wtforms import Field

from coi.web.forms import cleaned, subject_of

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TICKED = {"1", "on", "yes", "true", "y"}


class DatePartsField(Field):
    """A date in three boxes. `ongoing` adds a box to tick instead ("It has not ended"): then `is_ongoing` is true and
    `data` None. Whatever is typed comes back as it was typed, with an error that names the part to put right."""

    answer = "The date"

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), *, ongoing: str = "", **options: Any
    ) -> None:
        self.subject: str | None = options.pop("subject", None)
        self.ongoing = ongoing
        self.is_ongoing = False
        self.parts: dict[str, str] = dict.fromkeys(PARTS, "")
        self.wrong: frozenset[str] = frozenset()
        super().__init__(label, list(validators), **options)

    @property
    def is_answered(self) -> bool:
        return self.data is not None or self.is_ongoing

    @property
    def control_id(self) -> str:
        first = next((part for part in PARTS if part in self.wrong), PARTS[0])
        return f"{self.id}-{first}"

    def process(self, formdata: Any, data: Any = object, **_others: Any) -> None:
        """Reads the three boxes; a missing one counts as empty."""
        self.process_errors = []
        self.object_data = (
            data if isinstance(data, date) else self.default() if callable(self.default) else self.default
        )
        self.process_data(self.object_data)
        if formdata is None:
            return
        self.raw_data = [cleaned(formdata.get(f"{self.name}-{part}", "")) or "" for part in PARTS]
        self.parts = dict(zip(PARTS, self.raw_data, strict=True))
        self.is_ongoing = bool(self.ongoing) and formdata.get(f"{self.name}-ongoing") in _TICKED
        try:
            self.data = self._read()
        except ValueError as error:
            self.data = None
            self.process_errors.append(str(error))

    def process_data(self, value: date | None) -> None:
        self.data = value
        if value is not None:
            self.parts = {"day": str(value.day), "month": str(value.month), "year": str(value.year)}

    def _read(self) -> date | None:
        given = {part for part in PARTS if self.parts[part]}
        if not given:
            return None
        if self.is_ongoing:
            raise ValueError(f"Enter a date or select “{self.ongoing}”, not both")
        if len(given) < len(PARTS):
            self.wrong = frozenset(PARTS) - given
            missing = " and ".join(f"a {part}" for part in PARTS if part in self.wrong)
            raise ValueError(f"{subject_of(self)} must include {missing}")
        return self._real_date()

    def _real_date(self) -> date:
        if re.fullmatch(r"[0-9]{1,3}", self.parts["year"]):
            self.wrong = frozenset({"year"})
            raise ValueError(f"{subject_of(self)} must have a year with 4 numbers")
        month = self.parts["month"].lower()[:3]
        number = str(MONTHS.index(month) + 1) if month in MONTHS else self.parts["month"]
        typed = {"day": self.parts["day"], "month": number, "year": self.parts["year"]}
        bounds = {"day": (1, 31), "month": (1, 12), "year": (1900, 2200)}
        self.wrong = frozenset(part for part, text in typed.items() if not _within(text, *bounds[part]))
        try:
            if not self.wrong:
                return date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
            raise ValueError
        except ValueError:
            self.wrong = self.wrong or frozenset({"day"})
            raise ValueError(f"{subject_of(self)} must be a real date") from None


def _within(text: str, least: int, most: int) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,4}", text)) and least <= int(text) <= most


_TIME = re.compile(r"([0-9]{1,2})(?:[:.h ]?([0-9]{2}))?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
_SPOKEN = {"midday": time(12), "noon": time(12), "12 noon": time(12), "12 midday": time(12), "midnight": time(0)}
_UNKNOWN_WORDS = {"unknown", "not known", "unclear", "?"}


def read_time(text: str) -> time | None:
    """Returns the time of day that people mean by "9:05", "09.05", "9.05am", "0905", "2pm" or "midday"; None if it is
    none."""
    text = re.sub(r"\s+", " ", text.strip().lower())
    if text in _SPOKEN:
        return _SPOKEN[text]
    found = _TIME.fullmatch(text)
    if not found or (found[2] is None and found[3] is None):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return time(hour, minute) if found[3] == "p" and 13 <= hour <= 23 and minute < 60 else None
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


class TimeField(Field):
    """A time of day as people write it. `unknown` adds a box to tick instead ("The time is not known"): then
    `is_unknown` is true and `data` None. Ticking it clears a time that the page had filled in (`offered`); a time that somebody typed
    besides is a contradiction. A time without am or pm is of the 24-hour clock."""

    width = "5"
    answer = "The time"

    def __init__(
        self, label: str | None = None, validators: Sequence[Any] = (), *, unknown: str = "", **options: Any
    ) -> None:
        self.subject: str | None = options.pop("subject", None)
        self.unknown = unknown
        self.is_unknown = False
        self.typed = self.offered = ""
        super().__init__(label, list(validators), **options)

    @property
    def is_answered(self) -> bool:
        return self.data is not None or self.is_unknown

    def _value(self) -> str:
        return self.typed

    def process(self, formdata: Any, data: Any = object, **_others: Any) -> None:
        """Reads the box for the time and the one for "not known"."""
        self.process_errors = []
        self.object_data = (
            data if isinstance(data, time) else self.default() if callable(self.default) else self.default
        )
        self.data = self.object_data
        self.typed = self.offered = f"{self.data:%H:%M}" if self.data else ""
        if formdata is None:
            return
        self.offered = cleaned(formdata.get(f"{self.name}-offered", "")) or ""
        self.typed = cleaned(formdata.get(self.name, "")) or ""
        self.raw_data = [self.typed]
        self.is_unknown = bool(self.unknown) and formdata.get(f"{self.name}-unknown") in _TICKED
        self.data = None
        if self.unknown and self.typed.lower() in _UNKNOWN_WORDS:
            self.is_unknown, self.typed = True, ""
        if self.is_unknown and self.typed == self.offered:
            self.typed = ""
        if not self.typed:
            return
        self.data = read_time(self.typed)
        if self.is_unknown:
            self.data = None
            self.process_errors.append(f"Clear the time or the tick at “{self.unknown}”: only one can be right")
        elif self.data is None:
            self.process_errors.append(f"{subject_of(self)} must be a real time, like 2:05pm or 14:05")
