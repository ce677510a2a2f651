"""Telling a register from an agenda by their headings, so that two files given in the wrong order are noticed. Pure."""

from collections.abc import Iterable, Sequence

from coi.screening.heading_words import AGENDA_SIGNS, REGISTER_SIGNS
from coi.screening.headings import Row, signs_in

SURE = 1
"""How many more signs of one kind than of the other make a file look like it."""


def leaning(rows: Sequence[Row]) -> int:
    """Returns how much the headings of a sheet look like a register of interests (above 0) or like an agenda (below 0)."""
    return signs_in(rows, REGISTER_SIGNS) - signs_in(rows, AGENDA_SIGNS)


def are_swapped(register: Iterable[Sequence[Row]], agenda: Iterable[Sequence[Row]]) -> bool:
    """Whether the sheets given as the register look like an agenda, and those given as the agenda like a register. One of the two
    alone proves nothing: layouts differ."""
    first = max((leaning(rows) for rows in register), default=0)
    second = min((leaning(rows) for rows in agenda), default=0)
    return first <= -SURE and second >= SURE
