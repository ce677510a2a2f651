"""Pure rules of starters, movers and leavers: what a file says against who is known, as changes to look at. Nobody is merged by name."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol

from coi.clock import months_after
from coi.people.rules import shown_name
from coi.registers.people_sheets import Finder, Known, email_in, person_in
from coi.registers.starters.vocabulary import AWAY_WORDS, Change, Days, Held, Kind
from coi.screening.interest_text import read_date
from coi.wording import day

AHEAD_MONTHS, FARTHEST_YEARS = 12, 5
"""Nobody agrees a day more than a year ahead without good cause: such a day is asked about. Much further ahead, the year is wrong."""
_AWAY = re.compile(
    r"maternity|adoption|parental|suspen|career break|sabbatical|out on (?:external )?secondment|inactive not worked"
    r"|long.?term (?:sick|absen)",
    re.IGNORECASE,
)
_HERE = re.compile(r"\bcover|\breturn|\bback (?:from|after)|\bnot (?:on|suspended)\b|\bended\b", re.IGNORECASE)
"""Who stands in for somebody who is away, or has come back, is here."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Maker(Protocol):
    """How a change is made of a row."""

    def __call__(
        self, kind: Kind, words: str, *, on: date | None = None, moves_on: date | None = None, known: Known | None = None,
        ends: Sequence[Held] = (),
    ) -> Change: ...  # fmt: skip


def changes_of(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    people: Finder,
    held: Sequence[Held],
    names: Mapping[str, str],
    *,
    is_everybody: bool,
    today: date,
    away: Collection[str] = (),
) -> list[Change]:
    """Returns what a file would change, row by row, and with `is_everybody` who is not in it. `held` are the posts held here now, `names`
    the people's names by id, `away` who is known to be away for long. Somebody known by address is that person; somebody known by name
    alone is asked about."""
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
        if (
            change.kind in (Kind.SAME, Kind.MOVES, Kind.STARTS)
            and _AWAY.search(row.get("status", ""))
            and not _HERE.search(row.get("status", ""))
            and not row.get("end")
        ):
            is_new = change.person_id in posts and change.person_id not in away
            found += [
                Change(Kind.AWAY, number, change.name, "", today, today, change.person_id, words=AWAY_WORDS)
            ] * is_new
    if is_everybody:
        found += [
            Change(Kind.GONE, 0, names[person_id], _posts(theirs), today, None, person_id, tuple(theirs),
                   words=f"Ticked, this ends: {_posts(theirs)}")
            for person_id, theirs in posts.items() if person_id not in seen and all(each.since <= today for each in theirs)
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
    days = Days(*(read_date(row.get(column, "")) for column in ("start", "hired", "end")))

    def made(
        kind: Kind, words: str, *, on: date | None = None, moves_on: date | None = None, known: Known | None = None,
        ends: Sequence[Held] = (),
    ) -> Change:  # fmt: skip
        return Change(
            kind, number, known.name if known else name, post, on, moves_on, known.id if known else "", tuple(ends), details.title,
            details.given_names, details.family_name, details.email, words,
            is_far=kind is not Kind.PROBLEM and on is not None and on > months_after(today, AHEAD_MONTHS),
        )  # fmt: skip

    problem = _problem(row, name, post, days) or _too_far(days, today)
    if problem:
        return made(Kind.PROBLEM, problem)
    by_email, by_name = people.by_email(details), people.by_name(details)
    if len(by_email) > 1:
        return made(Kind.PROBLEM, "Several people here have this email address")
    if by_email:
        known, theirs = by_email[0], posts.get(by_email[0].id, [])
        return _of_known(made, known, theirs, listed.get(known.id, set()), post, days, today)
    on = days.start or days.hired or today
    if by_name:
        only = by_name[0] if len(by_name) == 1 else None
        theirs = posts.get(only.id, []) if only else []
        if only and not details.email and any(_is(each, post) for each in theirs):
            return _of_known(made, only, theirs, {each.post.casefold() for each in theirs}, post, days, today)
        moves_on = moved_on(days.start, theirs, today) if theirs else None
        return made(Kind.NAMESAKE, _who(by_name), on=on, moves_on=moves_on, known=only, ends=theirs)
    if days.end is not None and days.end < today:
        return made(Kind.SAME, "Left, and is not known here")
    return made(Kind.NEW, f"Not known here yet. Starts as {post}", on=on)


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
    days: Days,
    today: date,
) -> Change:
    """What a row about somebody known would change. `listed`: the posts that the file has for them; one that it has not is left."""
    if days.end is not None:
        if not theirs:
            return made(Kind.SAME, "Has left already", known=known)
        ends = [each for each in theirs if _is(each, post)] or theirs
        if reason := too_early(days.end, ends, is_last=True):
            return made(Kind.PROBLEM, reason, known=known)
        return made(Kind.LEAVES, f"Leaves: {_posts(ends)}", on=days.end, known=known, ends=ends)
    if any(_is(each, post) for each in theirs):
        return made(Kind.SAME, "Holds this post already", known=known)
    left = [each for each in theirs if each.post.casefold() not in listed]
    if longer := next((each for each in left if _is_shortened(each, post, days.start)), None):
        return made(Kind.SAME, f"Holds this post already, as {longer.post}", known=known)
    if left:
        on = moved_on(days.start, left, today)
        return made(
            Kind.MOVES, f"From {_posts(left)} to {post}{_unsaid(on, days)}", on=on, moves_on=on, known=known, ends=left
        )
    if theirs:
        on = moved_on(days.start, theirs, today)
        return made(Kind.STARTS, f"Starts as {post}{_unsaid(on, days)}", on=on, moves_on=on, known=known)
    return made(Kind.STARTS, f"Starts as {post}", on=days.start or days.hired or today, known=known)


def _unsaid(on: date, days: Days) -> str:
    if on == days.start:
        return ""
    if days.start is None:
        return ". The file does not say since when"
    return f". The file says since {day(days.start)}, when they held another post already"


def moved_on(start: date | None, held: Sequence[Held], today: date) -> date:
    """Returns the first day of a post that somebody gets who holds others here already: the one that the file gives for the post, where
    that can be; or else the day on which the change was seen, as a payroll gives the day of hire. A post is never emptied for another."""
    after = max(each.since for each in held)
    return next((each for each in (start, today) if each and each > after), after + timedelta(days=1))


def too_early(on: date, held: Sequence[Held], *, is_last: bool = False) -> str:
    """Returns why posts cannot end on a day (`is_last`), or for another that starts on it; "" where they can."""
    first = max(held, key=lambda each: each.since)
    if is_last:
        reason = f"The last day, {day(on)}, is before {day(first.since)}, when {first.post} began"
        return reason if on < first.since else ""
    reason = f"The new post must start after {day(first.since)}, when {first.post} began"
    return reason if on <= first.since else ""


def _posts(held: Sequence[Held]) -> str:
    return ", ".join(each.post for each in held)


def _is(held: Held, post: str) -> bool:
    return held.post.casefold() == post.casefold()


def _is_shortened(held: Held, post: str, start: date | None) -> bool:
    """Whether a post in a file is one that is held, without what our register adds to it: "GP member" for "GP member, Hollow Valley". One
    that began later is another."""
    added = held.post.casefold().removeprefix(post.casefold())
    is_part = added != held.post.casefold() and bool(re.match(r"\s*[,(–-]|\s+(?:at|for|of)\b", added))
    return is_part and (start is None or start <= held.since)


def _problem(row: Mapping[str, str], name: str, post: str, days: Days) -> str:
    if not name:
        return "There is no name"
    if not post:
        return "There is no post"
    for column, value, words in (
        ("start", days.start, "first"),
        ("hired", days.hired, "first"),
        ("end", days.end, "last"),
    ):
        if row.get(column) and value is None:
            return f"“{row[column]}” is not a {words} day"
    if days.end and any(first and days.end < first for first in (days.start, days.hired)):
        return "The last day is before the first"
    if (email := email_in(row)) and not _EMAIL.fullmatch(email):
        return f"“{email}” is not an email address"
    return ""


def _too_far(days: Days, today: date) -> str:
    for value, words in ((days.start, "first"), (days.hired, "first"), (days.end, "last")):
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
