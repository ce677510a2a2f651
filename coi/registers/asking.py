"""What a reader asks of the register in the URL: words, which rows, which page, as known when. Pure."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from coi import clock
from coi.permissions.vocabulary import Actor
from coi.registers.interests.register_vocabulary import Showing
from coi.web.known import read_known

ROWS = 100
"""How many rows a page of a private register has."""
Row = TypeVar("Row")


@dataclass(frozen=True)
class Asking:
    """What a reader asks of a private register: of which body, as known when, which words, which page. Each register adds which rows."""

    body_id: uuid.UUID
    actor: Actor
    instant: datetime
    find: str = ""
    number: int = 1

    @property
    def on(self) -> date:
        return clock.local(self.instant).date()


@dataclass(frozen=True)
class RowsPage(Generic[Row]):
    """A page of a private register, and how many rows and pages there are in all."""

    rows: Sequence[Row] = field(default=())
    count: int = 0
    number: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))


@dataclass(frozen=True)
class Question:
    """The filter as read. `known` is what was typed, `error` what is wrong with it; then the register is shown as known now."""

    instant: datetime
    find: str = ""
    showing: Showing = Showing.EVERYTHING
    number: int = 1
    known: str = ""
    error: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the register is asked for as it was known at an earlier instant."""
        return bool(self.known) and not self.error

    @property
    def is_narrowed(self) -> bool:
        return bool(self.find) or self.showing is not Showing.EVERYTHING

    def arguments(self, number: int | None = None) -> dict[str, str | int]:
        """Returns the arguments of the URL that asks the same, for another page where `number` says so."""
        said = {"find": self.find, "show": "" if self.showing is Showing.EVERYTHING else self.showing.value}
        said["known"] = self.known if self.is_past else ""
        return {**{name: text for name, text in said.items() if text}, **({"page": number} if number else {})}


def read_question(*, find: str, show: str, page: str, known: str, now: datetime) -> Question:
    """Returns what the arguments of the URL ask for. What cannot be read asks for nothing, but for `known`, which says so."""
    showing = Showing(show) if show in set(Showing) else Showing.EVERYTHING
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    try:
        instant, error = read_known(known, now), ""
    except ValueError as wrong:
        instant, error = now, str(wrong)
    return Question(instant, " ".join(find.split())[:200], showing, number, known.strip(), error)


def known_question(sent: Mapping[str, str]) -> Question:
    """Returns what the arguments of a page's URL ask for that asks nothing of these but as known when."""
    return read_question(find="", show="", page="", known=sent.get("known", ""), now=clock.now())
