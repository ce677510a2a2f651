"""The secretary's work list as facts: a line for each person, what the address asks to see of it, and the counts per committee. Pure."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from coi.registers.standing import Standing, Verdict

LINES = 100
NO_COMMITTEE = "none"


@dataclass(frozen=True)
class Line:
    """A person on the work list: who they are here, where they stand, and what waits with their interests: `waiting` for a mitigation,
    `unmatched` organisations, `late` declared late within the last year. `committees` are ids as text. `deciding`: why it waits to be said
    whether they take part in decisions."""

    person_id: uuid.UUID
    name: str
    email: str
    positions: tuple[str, ...]
    committees: frozenset[str]
    verdict: Verdict
    waiting: int = 0
    unmatched: int = 0
    late: int = 0
    deciding: str = ""

    @property
    def standing(self) -> Standing:
        return self.verdict.standing


class Show(StrEnum):
    """Which lines a reader asks for."""

    OWING = "owing"
    MISSING = "missing"
    STALE = "stale"
    DUE = "due"
    WAITING = "waiting"
    UNMATCHED = "unmatched"
    LATE = "late"
    DECIDING = "deciding"
    ABSENT = "absent"
    NIL = "nil"
    CURRENT = "current"
    EVERYBODY = "everybody"


SHOW_WORDS: Mapping[Show, str] = {
    Show.OWING: "Everybody who owes a declaration",
    Show.MISSING: "Never declared, and too late",
    Show.STALE: "Out of date",
    Show.DUE: "Due soon",
    Show.WAITING: "Mitigation not agreed yet",
    Show.UNMATCHED: "Organisation not matched yet",
    Show.LATE: "Declared late in the last year",
    Show.DECIDING: "May take part in decisions",
    Show.ABSENT: "Away for long",
    Show.NIL: "Nothing to declare",
    Show.CURRENT: "Up to date",
    Show.EVERYBODY: "Everybody",
}
"""Each choice as the page says it, in the order of the list."""


@dataclass(frozen=True)
class Asked:
    """What the address asks of the work list. `committee` is an id as text, "none" for people on no committee, or empty."""

    show: Show = Show.OWING
    committee: str = ""
    find: str = ""
    page: int = 1
    known: str = ""  # the instant as it was typed, where the list is asked for as it was known then

    @property
    def is_narrowed(self) -> bool:
        return bool(self.committee or self.find) or self.show is not Show.OWING

    def arguments(self, page: int = 1) -> dict[str, str | int]:
        """Returns the arguments of the address that asks the same, for a page of the list."""
        said = {
            "show": "" if self.show is Show.OWING else self.show.value,
            "committee": self.committee,
            "find": self.find,
            "known": self.known,
        }
        return {**{name: text for name, text in said.items() if text}, **({"page": page} if page > 1 else {})}


def read_asked(sent: Mapping[str, str]) -> Asked:
    """Returns what the arguments of an address ask for. What cannot be read asks for nothing."""
    show, page = sent.get("show", ""), sent.get("page", "")
    return Asked(
        show=Show(show) if show in set(Show) else Show.OWING,
        committee=sent.get("committee", "")[:40],
        find=" ".join(sent.get("find", "").split())[:100],
        page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 5 else 1,
    )


def chosen(lines: Iterable[Line], asked: Asked) -> list[Line]:
    """Returns the lines that are asked for, in their order."""
    words = asked.find.casefold().split()
    return [
        line for line in lines
        if _is_on(line, asked.committee) and _fits(line, asked.show) and all(word in line.name.casefold() for word in words)
    ]  # fmt: skip


def page_of(lines: Sequence[Line], number: int) -> tuple[Sequence[Line], int, int]:
    """Returns the lines of a page, its number and how many pages there are; after the last page comes the last."""
    pages = max(1, -(-len(lines) // LINES))
    number = min(max(number, 1), pages)
    return lines[(number - 1) * LINES : number * LINES], number, pages


def _is_on(line: Line, committee: str) -> bool:
    if committee == NO_COMMITTEE:
        return not line.committees
    return not committee or committee in line.committees


def _fits(line: Line, show: Show) -> bool:
    match show:
        case Show.EVERYBODY:
            return True
        case Show.OWING:
            return line.verdict.is_owing
        case Show.WAITING:
            return line.waiting > 0
        case Show.UNMATCHED:
            return line.unmatched > 0
        case Show.LATE:
            return line.late > 0
        case Show.DECIDING:
            return bool(line.deciding)
    return line.standing.value == show.value


@dataclass(frozen=True)
class Counts:
    """How many people of a committee stand where. `committee` is as in Asked."""

    name: str
    committee: str
    people: int = 0
    by_show: Mapping[Show, int] = field(default_factory=dict)


COUNTED = (Show.MISSING, Show.STALE, Show.DUE, Show.ABSENT, Show.NIL, Show.CURRENT)


def counts(lines: Sequence[Line], names: Mapping[str, str]) -> list[Counts]:
    """Returns the counts of each committee, of the people on none, and of everybody where that is more than one row. `names` are those
    of the committees by id, in order."""
    groups = [(names[each], each) for each in names]
    if any(not line.committees for line in lines):
        groups.append(("On no committee", NO_COMMITTEE))
    if len(groups) > 1:
        groups.append(("Everybody", ""))
    rows = []
    for name, committee in groups:
        there = [line for line in lines if _is_on(line, committee)]
        stand = Counter(line.standing.value for line in there)
        rows.append(Counts(name, committee, len(there), {show: stand[show.value] for show in COUNTED}))
    return rows
