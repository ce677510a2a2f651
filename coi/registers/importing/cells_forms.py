"""The form of a row as somebody says it instead of the file: one field for each column that its register can have."""

from collections.abc import Mapping
from typing import Any

from coi.registers.importing.cells import CELL, CellsSaid
from coi.registers.importing.forms import SeenForm
from coi.registers.importing.vocabulary import LONGEST_CELL
from coi.registers.importing.words import RegisterWords
from coi.web.forms import LongTextField, Optional, Required, TextField


class CellsForm(SeenForm):
    """What each cell of a row says: a field for each meaning that a column can have, called `cell_` and the meaning."""

    @classmethod
    def of_row(cls, words: RegisterWords) -> type["CellsForm"]:
        fields = {f"{CELL}{meaning}": _field(meaning, said, words) for meaning, said in words.meanings.items()}
        return type("CellsForm", (cls,), fields)

    def details(self) -> CellsSaid:
        return CellsSaid(
            {name.removeprefix(CELL): field.data or "" for name, field in self._fields.items() if name.startswith(CELL)}
        )


def as_shown_cells(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a row says now, as the fields of `CellsForm`."""
    return {f"{CELL}{meaning}": text for meaning, text in shown.get("cells", {}).items()}


def _field(meaning: str, said: str, words: RegisterWords) -> TextField | LongTextField:
    asked = words.needed.get(meaning)
    checks = [Required(asked)] if asked else [Optional()]
    told = {"description": words.hints.get(meaning, ""), "subject": said}
    if meaning in words.long:
        return LongTextField(said, checks, limit=LONGEST_CELL, rows=2, **told)
    return TextField(said, checks, limit=LONGEST_CELL, **told)
