"""Forms of starters, movers and leavers: the file, and which of its changes to take."""

from collections.abc import Mapping, Sequence

from flask_wtf.file import FileField

from coi.errors import RuleBroken
from coi.registers.starters.commands import Chosen
from coi.registers.starters.vocabulary import CHANGES, Change, Kind
from coi.screening.interest_text import read_date
from coi.web.fields import Option, SeveralField, YesNoField
from coi.web.forms import Form, Required
from coi.wording import day

SAME, MOVED, OTHER = "s", "m", "o"
EXAMPLE = "31/01/2026"


class FileForm(Form):
    """An export of the payroll, or a spreadsheet like it."""

    file = FileField("Spreadsheet", [Required("Select a file")], description="An Excel workbook (.xlsx) or a CSV file")
    is_everybody = YesNoField(
        "Does the file list everybody who holds a post here?", [Required("Select yes or no")],
        hints={True: "Whoever is not in it may have left. You decide about each", False: "Only what it says is looked at"},
    )  # fmt: skip


class TakeForm(Form):
    """Which changes to take: the number of each in the list; of a namesake with a letter for the same person who gets the post as well, the
    same person who moves to it, or another."""

    take = SeveralField("Changes", message="Select changes of the list")

    def offer(self, changes: Sequence[Change]) -> None:
        """Takes the changes of the file."""
        values = []
        for number, each in enumerate(changes):
            if each.kind is Kind.NAMESAKE:
                values += [f"{number}{OTHER}"] + ([f"{number}{SAME}", f"{number}{MOVED}"] if each.person_id else [])
            elif each.kind in CHANGES:
                values.append(str(number))
        self.take.options = tuple(Option(value, value) for value in values)

    def chosen(self, changes: Sequence[Change], days: Mapping[int, str]) -> list[Chosen]:
        """Returns the changes that were ticked, in the order of the file, with the first days that somebody typed, by their number in the
        list. Raises RuleBroken for what is not a day."""
        found = []
        for each in self.take.data:
            number = int(each.rstrip(SAME + MOVED + OTHER))
            change, typed = changes[number], days.get(number, "").strip()
            on = read_date(typed) if change.moves_on else None
            if change.moves_on and typed and on is None:
                raise RuleBroken(
                    f"{change.name}: “{typed[:40]}” is not a day. Enter a day such as {EXAMPLE}", field="take"
                )
            found.append(Chosen(change, each.endswith((SAME, MOVED)), each.endswith(MOVED), on))
        return found


def days_in(sent: Mapping[str, str], changes: Sequence[Change]) -> dict[int, str]:
    """Returns the first days of posts as they stand in their fields, by the number of the change: as typed, or before that as proposed,
    but for a namesake, who may be another person."""
    return {
        number: sent.get(f"on-{number}", day(each.moves_on) if each.kind is not Kind.NAMESAKE else "")
        for number, each in enumerate(changes) if each.moves_on
    }  # fmt: skip
