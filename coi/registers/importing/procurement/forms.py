"""The form of a row of procurement decisions as somebody says it instead of the file: one field for each column that there can be."""

from collections.abc import Mapping
from typing import Any

from coi.registers.importing.forms import SeenForm
from coi.registers.importing.procurement.correcting import CELL, CellsSaid
from coi.registers.importing.procurement.vocabulary import DECISION_MEANING_WORDS
from coi.registers.importing.vocabulary import LONGEST_CELL
from coi.web.forms import LongTextField, Optional, Required, TextField

_LONG = {
    "description", "existing", "reasons", "process", "involved", "conflicts", "mitigations", "justification", "supplier", "representations",
    "comments",
}  # fmt: skip
_HINTS = {
    "decided": "For example 31 March 2019. Leave it empty if nobody knows",
    "supplier": "The name, then the address. Put each further supplier on a line of its own",
    "value_total": "One sum in pounds, such as 125,000 or 1.2m",
    "existing": "For example: new, extension, variation",
    "conflicts": "If there were none, enter “None declared”",
}  # fmt: skip


class CellsForm(SeenForm):
    """What each cell of a row says: a field for each meaning that a column can have, called `cell_` and the meaning."""

    @classmethod
    def of_row(cls) -> type["CellsForm"]:
        fields = {f"{CELL}{meaning}": _field(meaning, words) for meaning, words in DECISION_MEANING_WORDS.items()}
        return type("CellsForm", (cls,), fields)

    def details(self) -> CellsSaid:
        return CellsSaid(
            {name.removeprefix(CELL): field.data or "" for name, field in self._fields.items() if name.startswith(CELL)}
        )


def as_shown_cells(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a row says now, as the fields of `CellsForm`."""
    return {f"{CELL}{meaning}": text for meaning, text in shown.get("cells", {}).items()}


def _field(meaning: str, words: str) -> TextField | LongTextField:
    checks = [Required("Enter the title of the contract or service")] if meaning == "title" else [Optional()]
    told = {"description": _HINTS.get(meaning, ""), "subject": words}
    if meaning in _LONG:
        return LongTextField(words, checks, limit=LONGEST_CELL, rows=2, **told)
    return TextField(words, checks, limit=LONGEST_CELL, **told)
