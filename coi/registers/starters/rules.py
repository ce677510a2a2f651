"""Pure rules of starters, movers and leavers: what a file says against who is known, as changes to look at. Nobody is merged by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from coi.clock import months_after
from coi.people.rules import shown_name
from coi.registers.people_sheets import NAME_COLUMNS, Finder, Known, email_in, person_in
from coi.screening.interest_text import read_date
from coi.wording import day

COLUMNS: Mapping[str, tuple[str, ...]] = {
    **NAME_COLUMNS,
    "post": (
        "position title",
        "position",
        "job title",
        "post",
        "post title",
        "role",
        "assignment title",
        "position name",
    ),
    "start": (
        "latest start date",
        "start date",
        "first day",
        "date started",
        "started",
        "hire date",
        "assignment start date",
        "effective start date",
    ),
    "end": (
        "termination date",
        "actual termination date",
        "leaving date",
        "date left",
        "end date",
        "leave date",
        "last working day",
        "last day",
    ),
}
"""The columns of an ESR export and of spreadsheets like it."""
NEEDED = {"post": "the post"}
AHEAD_MONTHS, FARTHEST_YEARS = 12, 5
"""Nobody agrees a day more than a year ahead without good cause: such a day is asked about. Much further ahead, the year is wrong."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Kind(StrEnum):
    """What a row would change."""

    NEW = "new"  # a new person with a post
    STARTS = "starts"  # somebody known gets a post here
    MOVES = "moves"  # somebody known has another post than before
    LEAVES = "leaves"  # the file has a last day
    GONE = "gone"  # is not in a file that lists everybody
    NAMESAKE = "namesake"  # somebody of this name is known: the same person, or another?
    SAME = "same"
    PROBLEM = "problem"


KIND_WORDS: Mapping[Kind, str] = {
    Kind.NEW: "New",
    Kind.STARTS: "New post",
    Kind.MOVES: "Other post",
    Kind.LEAVES: "Leaves",
    Kind.GONE: "Not in the file",
    Kind.NAMESAKE: "Same name",
    Kind.SAME: "No change",
    Kind.PROBLEM: "Not understood",
}
TICKED = frozenset({Kind.NEW, Kind.STARTS, Kind.MOVES, Kind.LEAVES})
CHANGES = TICKED | {Kind.GONE, Kind.NAMESAKE}


@dataclass(frozen=True)
class Held:
    """A post that somebody holds here now."""

    appointment_id: str
    person_id: str
    post: str


@dataclass(frozen=True)
class Change:
    """A change to look at. `number` is the row of the file (0: not in it); `held` the posts that it would end."""

    kind: Kind
    number: int
    name: str
    post: str = ""
    on: date | None = None
    person_id: str = ""
    held: tuple[Held, ...] = ()
    title: str = ""
    given: str = ""
    family: str = ""
    email: str = ""
    words: str = ""
    is_far: bool = False  # its day lies so far ahead that somebody has to say that it is right


class Maker(Protocol):
    """How a change is made of a row."""

    def __call__(
        self, kind: Kind, words: str, *, on: date | None = None, known: Known | None = None, ends: Sequence[Held] = ()
    ) -> Change: ...


def changes_of(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    people: Finder,
    held: Sequence[Held],
    names: Mapping[str, str],
    *,
    is_everybody: bool,
    today: date,
) -> list[Change]:
    """Returns what a file would change, row by row, and with `is_everybody` who is not in it. `held` are the posts held here now, `names`
    the people's names by id. Somebody known by address is that person; somebody known by name alone is asked about."""
    posts: dict[str, list[Held]] = {}
    for each in held:
        posts.setdefault(each.person_id, []).append(each)
    rows = list(rows)
    listed = _listed(rows, people)
    found, seen = [], set()
    for number, row in rows:
        change = _change(number, row, people, posts, listed, today)
        if change.person_id:
            seen.add(change.person_id)
        found.append(change)
    if is_everybody:
        found += [
            Change(Kind.GONE, 0, names[person_id], ", ".join(each.post for each in theirs), today, person_id, tuple(theirs),
                   words="Ticked, this ends: " + ", ".join(each.post for each in theirs))
            for person_id, theirs in posts.items() if person_id not in seen
        ]  # fmt: skip
    return _once(found)


def _listed(rows: Sequence[tuple[int, Mapping[str, str]]], people: Finder) -> dict[str, set[str]]:
    """Per person known by address, the posts that the file has for them: somebody may hold two."""
    listed: dict[str, set[str]] = {}
    for _, row in rows:
        for known in people.by_email(person_in(row)):
            listed.setdefault(known.id, set()).add(" ".join(row.get("post", "").split()).casefold())
    return listed


def _change(
    number: int,
    row: Mapping[str, str],
    people: Finder,
    posts: Mapping[str, list[Held]],
    listed: Mapping[str, set[str]],
    today: date,
) -> Change:
    details = person_in(row)
    name, post = shown_name(details), " ".join(row.get("post", "").split())
    start, end = read_date(row.get("start", "")), read_date(row.get("end", ""))

    def made(
        kind: Kind, words: str, *, on: date | None = None, known: Known | None = None, ends: Sequence[Held] = ()
    ) -> Change:
        return Change(
            kind, number, known.name if known else name, post, on, known.id if known else "", tuple(ends), details.title,
            details.given_names, details.family_name, details.email, words,
            kind is not Kind.PROBLEM and on is not None and on > months_after(today, AHEAD_MONTHS),
        )  # fmt: skip

    problem = _problem(row, name, post, start, end) or _too_far(start, end, today)
    if problem:
        return made(Kind.PROBLEM, problem)
    by_email, by_name = people.by_email(details), people.by_name(details)
    if len(by_email) > 1:
        return made(Kind.PROBLEM, "Several people here have this email address")
    if by_email:
        known, theirs = by_email[0], posts.get(by_email[0].id, [])
        return _of_known(made, known, theirs, listed.get(known.id, set()), post, (start, end), today)
    if by_name:
        only = by_name[0] if len(by_name) == 1 else None
        theirs = posts.get(only.id, []) if only else []
        if only and not details.email and any(_is(each, post) for each in theirs):
            return _of_known(made, only, theirs, {each.post.casefold() for each in theirs}, post, (start, end), today)
        return made(Kind.NAMESAKE, _who(by_name), on=start or today, known=only, ends=theirs)
    if end is not None and end < today:
        return made(Kind.SAME, "Left, and is not known here")
    return made(Kind.NEW, f"Not known here yet. Starts as {post}", on=start or today)


def _who(found: Sequence[Known]) -> str:
    if len(found) > 1:
        return "Several people of this name are known here. Add the email address to the file"
    return f"{found[0].name} is known here. Say whether this is the same person"


def _of_known(
    made: Maker,
    known: Known,
    theirs: Sequence[Held],
    listed: set[str],
    post: str,
    days: tuple[date | None, date | None],
    today: date,
) -> Change:
    """What a row about somebody known would change. `listed`: the posts that the file has for them; one that it has not is left."""
    start, end = days
    if end is not None:
        if not theirs:
            return made(Kind.SAME, "Has left already", known=known)
        ends = [each for each in theirs if _is(each, post)] or theirs
        return made(Kind.LEAVES, f"Leaves: {', '.join(each.post for each in ends)}", on=end, known=known, ends=ends)
    if any(_is(each, post) for each in theirs):
        return made(Kind.SAME, "Holds this post already", known=known)
    left = [each for each in theirs if each.post.casefold() not in listed]
    if left:
        was = ", ".join(each.post for each in left)
        return made(Kind.MOVES, f"From {was} to {post}", on=start or today, known=known, ends=left)
    return made(Kind.STARTS, f"Starts as {post}", on=start or today, known=known)


def _is(held: Held, post: str) -> bool:
    return held.post.casefold() == post.casefold()


def _problem(row: Mapping[str, str], name: str, post: str, start: date | None, end: date | None) -> str:
    if not name:
        return "There is no name"
    if not post:
        return "There is no post"
    for column, value, words in (("start", start, "first"), ("end", end, "last")):
        if row.get(column) and value is None:
            return f"“{row[column]}” is not a {words} day"
    if start and end and end < start:
        return "The last day is before the first"
    if (email := email_in(row)) and not _EMAIL.fullmatch(email):
        return f"“{email}” is not an email address"
    return ""


def _too_far(start: date | None, end: date | None, today: date) -> str:
    for value, words in ((start, "first"), (end, "last")):
        if value and value > months_after(today, 12 * FARTHEST_YEARS):
            return f"The {words} day, {day(value)}, is more than {FARTHEST_YEARS} years ahead. Correct the year in the file"
    return ""


def _once(found: Iterable[Change]) -> list[Change]:
    """The same change twice in a file is one; two rows that end the same posts are one move too many, and the second is asked about."""
    kept: list[Change] = []
    seen: set[tuple[object, ...]] = set()
    for each in found:
        key = (each.kind, each.person_id or (each.given, each.family, each.email), each.post.casefold())
        if key in seen and each.kind is not Kind.PROBLEM:
            continue
        seen.add(key)
        kept.append(each)
    return kept
