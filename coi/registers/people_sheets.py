"""Spreadsheets about people: which column is which, what a row says, whom it means. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coi.errors import BadInput
from coi.organisations.naming import folded
from coi.people.rules import sort_key
from coi.people.vocabulary import PersonDetails

MOST_ROWS = 5_000
LONGEST_CELL = 1_000
_SEARCHED = 20
TITLES = frozenset(
    {"cllr", "dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "rev", "revd", "sir"}
)
NAME_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "given": ("first name", "forename", "given name", "given names", "first names", "known as"),
    "family": ("last name", "surname", "family name"),
    "name": ("name", "full name", "employee name", "employee full name", "person", "learner", "learner name"),
    "email": ("email", "email address", "e mail", "work email", "e mail address", "work e mail"),
}
"""What the columns that name a person are called, by what they mean."""


@dataclass(frozen=True)
class Recognised:
    """What was found in a sheet: the headings as written by what they mean, and the rows below them, each with its number for people."""

    headings: Mapping[str, str]
    unread: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def recognise(
    rows: Sequence[Sequence[str]], wanted: Mapping[str, tuple[str, ...]], needed: Mapping[str, str]
) -> Recognised:
    """Returns what the columns of a sheet mean, by their headings, and its rows as texts. `needed` are meanings that must be there, each
    with its words for people; somebody's name may be one column or two. Raises BadInput where there are none, too many rows, or a
    cell that is longer than such a text is."""
    best: dict[int, str] = {}
    at = 0
    for number, row in enumerate(rows[:_SEARCHED]):
        found = _meanings(row, wanted)
        if len(found) > len(best):
            best, at = found, number
    meanings = set(best.values())
    has_name = "name" in meanings or {"given", "family"} <= meanings
    missing = [words for each, words in needed.items() if each not in meanings] + ([] if has_name else ["the name"])
    if missing:
        raise BadInput(
            f"There is no column for {' or for '.join(missing)}. The first row needs a heading for each column"
        )
    below = [(number + 1, row) for number, row in enumerate(rows) if number > at and any(cell.strip() for cell in row)]
    if len(below) > MOST_ROWS:
        raise BadInput(f"The file has more than {MOST_ROWS:,} rows. Split it")
    for number, row in below:
        longest = max((len(row[column].strip()) for column in best if column < len(row)), default=0)
        if longest > LONGEST_CELL:
            raise BadInput(
                f"A cell in row {number} has {longest:,} characters, more than a name, post or date has. Correct it and read the file again"
            )
    named = {best[column]: rows[at][column].strip() for column in best}
    unread = tuple(cell.strip() for column, cell in enumerate(rows[at]) if cell.strip() and column not in best)
    texts = tuple((number, {best[c]: row[c].strip() for c in best if c < len(row)}) for number, row in below)
    return Recognised(named, unread, texts)


def _meanings(row: Sequence[str], wanted: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """Which cells of a row are headings: the column and what it means, each meaning once."""
    found: dict[int, str] = {}
    for meaning, names in wanted.items():
        for name in names:
            columns = [column for column, cell in enumerate(row) if _plain(cell) == name and column not in found]
            if columns:
                found[columns[0]] = meaning
                break
    return found


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", heading.lower()).split())


def email_in(row: Mapping[str, str]) -> str:
    """Returns the email address of a row, "" where it says that there is none."""
    email = row.get("email", "").strip().lower()
    return "" if email in {"-", "n/a", "na", "nil", "none"} else email


def person_in(row: Mapping[str, str]) -> PersonDetails:
    """Returns whom a row means: its parts of a name, or a whole name as people write it ("Dr Ann Lee", "LEE, Ann (Dr)")."""
    email = email_in(row)
    if row.get("family") or row.get("given"):
        title = row.get("title", "").rstrip(".")
        return PersonDetails(
            _cased(row.get("given", "")),
            _cased(row.get("family", "")),
            title=title.title() if title.isupper() else title,
            email=email,
        )
    before, comma, after = (part.strip() for part in re.sub(r"[()]", " ", row.get("name", "")).partition(","))
    words = (after if comma else before).split()
    title = row.get("title", "").rstrip(".")
    for end in (0, -1):
        if words and words[end].rstrip(".").casefold() in TITLES:
            title = title or words[end].rstrip(".")
            words.pop(end)
    family = before if comma else words.pop() if len(words) > 1 else ""
    return PersonDetails(
        _cased(" ".join(words)), _cased(family), title=title.title() if title.isupper() else title, email=email
    )


def _cased(text: str) -> str:
    """A name in capitals as it is written elsewhere."""
    return text.title() if text.isupper() and len(text) > 2 else text


@dataclass(frozen=True)
class Known:
    """Somebody who is known here, as far as a row can mean them."""

    id: str
    name: str
    key: str
    email: str


class Finder:
    """Finds the person that a row means among those who are known: by address first, then by name. Never guesses between two."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_email: dict[str, list[Known]] = {}
        self._by_key: dict[str, list[Known]] = {}
        for each in people:
            if each.email:
                self._by_email.setdefault(each.email.lower(), []).append(each)
            self._by_key.setdefault(each.key, []).append(each)

    def by_email(self, details: PersonDetails) -> list[Known]:
        """Returns who has the address of a row."""
        return self._by_email.get(details.email, []) if details.email else []

    def by_name(self, details: PersonDetails) -> list[Known]:
        """Returns who has the name of a row, accents or not."""
        return self._by_key.get(sort_key(details), []) if folded(details.family_name + details.given_names) else []

    def one(self, details: PersonDetails) -> tuple[Known | None, str]:
        """Returns the person whom a row means, or None with the reason in words."""
        found = self.by_email(details) or self.by_name(details)
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, "Several people here have this name. Add a column with their email addresses"
        return None, "Nobody here has this name or email address"
