"""A row of procurement decisions as somebody says it instead of the file: its cells, read like those of the file. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coi.errors import RuleBroken
from coi.registers.importing.procurement.vocabulary import DECISION_MEANING_WORDS

CELL = "cell_"
"""Stands before the meaning in the name of a field."""


@dataclass(frozen=True)
class CellsSaid:
    """What the cells of a row say, by meaning, in the words of whoever corrected it."""

    cells: Mapping[str, str]

    def as_data(self) -> dict[str, Any]:
        return {"cells": dict(self.cells)}

    def words(self) -> dict[str, str]:
        """What was said, for whoever has to type it again."""
        return {DECISION_MEANING_WORDS[meaning]: text for meaning, text in self.cells.items() if text}


def check_cells(said: CellsSaid) -> None:
    """Raises RuleBroken for a row that names no decision."""
    if not said.cells.get("title", "").strip():
        raise RuleBroken("Enter the title of the contract or service", field=f"{CELL}title")
