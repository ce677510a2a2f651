"""Forms of an import: the file, what its columns hold, the answers to single rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from coi.registers.importing.vocabulary import MEANING_WORDS
from coi.web.fields import DatePartsField
from coi.web.forms import Form, Optional, Required


class UploadForm(Form):
    """A register as a spreadsheet, and the day on which it was right."""

    file = FileField(
        "The register",
        [Required("Select a file")],
        description="An Excel workbook (.xlsx) or a CSV file, smaller than 30 MB",
    )
    as_at = DatePartsField(
        "On which day was it right? (optional)", [Optional()], subject="The day",
        description="If you leave this out: the day in its title, or else today",
    )  # fmt: skip

    def details(self) -> tuple[str, bytes, date | None]:
        return self.file.data.filename or "", self.file.data.read(), self.as_at.data


class SeenForm(Form):
    """A button that stands on what was shown: `version` says which preview that was."""

    version = HiddenField()

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


class ColumnsForm(SeenForm):
    """What each column holds, as `column-<number>` fields, and the day on which the register was right."""

    as_at = DatePartsField("On which day was the register right?", [Required("Enter the day")], subject="The day")


def columns_in(sent: MultiDict[str, str], numbers: Sequence[int]) -> dict[str, int]:
    """Returns the column of each meaning that was chosen; the first, where two columns were said to hold the same."""
    chosen: dict[str, int] = {}
    for number in numbers:
        meaning = sent.get(f"column-{number}", "")
        if meaning in MEANING_WORDS:
            chosen.setdefault(meaning, number)
    return chosen


def sheet_in(sent: MultiDict[str, str], sheets: Sequence[str]) -> str:
    """Returns the sheet that was chosen, of those that can be; empty for none."""
    return sent.get("sheet", "") if sent.get("sheet", "") in sheets else ""


def positions_in(sent: MultiDict[str, str]) -> set[int]:
    """Returns the rows that stood on the page with the answers."""
    return {int(each) for each in sent.getlist("shown") if each.isascii() and each.isdigit() and len(each) < 7}


def answers_in(
    sent: MultiDict[str, str], rows: Mapping[int, Mapping[str, Any]], left_out: Sequence[int]
) -> tuple[dict[str, str], set[int]]:
    """Returns who the names of these rows mean, as far as somebody chose one of those offered, and every row that stays out."""
    people: dict[str, str] = {}
    out = set(left_out)
    for position, shown in rows.items():
        who = sent.get(f"who-{position}", "")
        if who in {value for value, _ in shown["choices"]}:
            people[shown["holder"]] = who
        if f"out-{position}" in sent:
            out.add(shown["row"])
        else:
            out.discard(shown["row"])
    return people, out
