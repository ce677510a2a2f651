"""The words of starters, movers and leavers: what a row of a file would change. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a row would change."""

    NEW = "new"  # a new person with a post
    STARTS = "starts"  # somebody known gets a post here
    MOVES = "moves"  # somebody known has another post than before
    LEAVES = "leaves"  # the file has a last day
    GONE = "gone"  # is not in a file that lists everybody
    NAMESAKE = "namesake"  # somebody of this name is known: the same person, or another?
    AWAY = "away"  # the file says that they are away for long
    DECIDES = "decides"  # their pay band makes one ask whether they take part in decisions
    SAME = "same"
    PROBLEM = "problem"


KIND_WORDS: Mapping[Kind, str] = {
    Kind.NEW: "New",
    Kind.STARTS: "New post",
    Kind.MOVES: "Other post",
    Kind.LEAVES: "Leaves",
    Kind.GONE: "Not in the file",
    Kind.NAMESAKE: "Same name",
    Kind.AWAY: "Away for long",
    Kind.DECIDES: "May take part in decisions",
    Kind.SAME: "No change",
    Kind.PROBLEM: "Not understood",
}
TICKED = frozenset({Kind.NEW, Kind.STARTS, Kind.MOVES, Kind.LEAVES, Kind.DECIDES})
CHANGES = TICKED | {Kind.GONE, Kind.NAMESAKE, Kind.AWAY}
AWAY_WORDS = "The file says so. Ticked, nothing is asked of them and no list names them until they are back. Why they are away is not kept"
DECIDES_WORDS = "Ticked, you are asked under “Who is due” whether they take part in decisions"


@dataclass(frozen=True)
class Held:
    """A post that somebody holds here now."""

    appointment_id: str
    person_id: str
    post: str
    since: date = date.min


@dataclass(frozen=True)
class Change:
    """A change to look at. `number` is the row of the file (0: not in it); `held` the posts that it would end; `on` its day, for a new
    post the first. `moves_on`: the first day of a post that somebody gets who holds one here, or of an absence, which a person may say
    better."""

    kind: Kind
    number: int
    name: str
    post: str = ""
    on: date | None = None
    moves_on: date | None = None
    person_id: str = ""
    held: tuple[Held, ...] = ()
    title: str = ""
    given: str = ""
    family: str = ""
    email: str = ""
    words: str = ""
    decides: str = ""  # why it is asked whether they take part in decisions
    is_far: bool = False  # its day lies so far ahead that somebody has to say that it is right


@dataclass(frozen=True)
class Days:
    """The days of a row: the first in the post, the one on which somebody was hired, the last."""

    start: date | None
    hired: date | None
    end: date | None
