"""The words of the grid: what a cell, a row and a column say. Standard library only. Tuples, since pages compare hundreds of them."""

import uuid
from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """The outline of a mark. It says what happens to the person; whether that is ruled, its line says."""

    OUT = "out"  # out of the room for the whole item
    PART = "part"  # joins the discussion, and no more
    STAYS = "stays"
    OPEN = "open"  # nothing is suggested: the chair decides, or the person declares first
    WEAK = "weak"  # a weak flag that is folded
    DISMISSED = "dismissed"
    LOST = "lost"  # a flag that the item reaches no more, and whoever presides has not seen


class Reason(NamedTuple):
    """One flag behind a mark: what it is called, its path in words, since when the interest runs, and the rules that it rests on."""

    meaning: str
    why: str
    runs: str
    rule_ids: tuple[str, ...]


class Mark(NamedTuple):
    """What stands in the cell of one item and one person. `level` is the code of the strongest flag and `meaning` that level in words,
    `word` is what happens, `state` how far it is settled. Read out together they are the text of the cell. `reasons` are its flags, the
    strongest first, for whoever opens it. `lost`: what the item reaches no more of this person, with who changed what and when; without a
    `word` there is nothing else about them."""

    shape: Shape
    level: str
    meaning: str
    word: str
    state: str
    is_ruled: bool = False
    goes: bool = False  # is out of the room when the item is decided
    reasons: tuple[Reason, ...] = ()
    lost: str = ""

    @property
    def text(self) -> str:
        """Returns the cell as it is read out: "F1 own contract – leaves, ruled"."""
        named = " ".join(part for part in (self.level, self.meaning) if part)
        said = ", ".join(part for part in (self.word, self.state) if part)
        return " – ".join(part for part in (named, said) if part)


class Column(NamedTuple):
    """Somebody at the meeting: how they are called in full, and as shortly as they can be told apart. `note` is their part, if it is
    another one than a member's."""

    person_id: uuid.UUID
    name: str
    short: str
    note: str = ""


class Row(NamedTuple):
    """An item, its marks in step with the columns (None: no flag), and what they come to. `is_compared`: it names whom it concerns, so that
    a cell without a mark means that nothing was found; else nothing was looked for."""

    item_id: uuid.UUID
    position: int
    title: str
    marks: tuple[Mark | None, ...]
    summary: str
    is_inquorate: bool = False
    is_compared: bool = True


class Grid(NamedTuple):
    """The items of a meeting against its people. `folded` counts the weak flags that are only hinted at, `left_out` the people without
    any flag whom the reader did not ask for."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    folded: int = 0
    left_out: tuple[str, ...] = ()
