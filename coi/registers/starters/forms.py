"""Forms of starters, movers and leavers: the file, and which of its changes to take."""

from collections.abc import Sequence

from flask_wtf.file import FileField

from coi.registers.starters.commands import Chosen
from coi.registers.starters.rules import CHANGES, Change, Kind
from coi.web.fields import Option, SeveralField, YesNoField
from coi.web.forms import Form, Required

SAME, MOVED, OTHER = "s", "m", "o"


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

    def chosen(self, changes: Sequence[Change]) -> list[Chosen]:
        """Returns the changes that were ticked, in the order of the file."""
        return [
            Chosen(changes[int(each.rstrip(SAME + MOVED + OTHER))], each.endswith((SAME, MOVED)), each.endswith(MOVED))
            for each in self.take.data
        ]
