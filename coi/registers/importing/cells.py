"""A row as somebody says it instead of the file, cell by cell, read like those of the file. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coi.errors import RuleBroken
from coi.registers.importing.words import RegisterWords

CELL = "cell_"
"""Stands before the meaning in the name of a field."""


@dataclass(frozen=True)
class CellsSaid:
    """What the cells of a row say, by meaning, in the words of whoever corrected it."""

    cells: Mapping[str, str]

    def as_data(self) -> dict[str, Any]:
        return {"cells": dict(self.cells)}

    def words(self, meanings: Mapping[str, str]) -> dict[str, str]:
        """What was said, for whoever has to type it again."""
        return {meanings[meaning]: text for meaning, text in self.cells.items() if text}


def check_cells(said: CellsSaid, words: RegisterWords) -> None:
    """Raises RuleBroken, beside its field, for a row without a cell that its register cannot do without."""
    for meaning, asked in words.needed.items():
        if not said.cells.get(meaning, "").strip():
            raise RuleBroken(asked, field=f"{CELL}{meaning}")
