"""Forms of the training record: one by hand, a spreadsheet, what to take of it."""

import uuid
from collections.abc import Iterable

from flask_wtf.file import FileField

from coi.registers.training.vocabulary import MODULE_WORDS, Module, TrainingDetails
from coi.registers.work_list import Line
from coi.web.fields import ChoiceField, Option, PickField, options_of
from coi.web.forms import Form, Optional, Required, WholeNumberField
from coi.web.time_fields import DatePartsField


class TrainingForm(Form):
    """A training that somebody did."""

    person_id = PickField(
        "Who?",
        [Required("Select the person")],
        blank="Choose a person",
        coerce=uuid.UUID,
        message="Select a person of the list",
    )
    module = ChoiceField("What?", [Required("Select the training")], options=options_of(MODULE_WORDS), coerce=Module)
    done_on = DatePartsField("When?", [Required("Enter the date of the training")], subject="The date")
    score = WholeNumberField(
        "Score in percent",
        [Optional()],
        most=100,
        subject="The score",
        description="Leave this empty if there was no test",
    )

    def offer(self, lines: Iterable[Line]) -> None:
        """Takes the people of the list."""
        self.person_id.options = tuple(Option(line.person_id, line.name) for line in lines)

    def details(self) -> TrainingDetails:
        """Returns the training as entered."""
        return TrainingDetails(self.person_id.data, self.module.data, self.done_on.data, self.score.data)


class SheetForm(Form):
    """A spreadsheet to read."""

    file = FileField("Spreadsheet", [Required("Select a file")], description="An Excel workbook (.xlsx) or a CSV file")


class TakeForm(Form):
    """Nothing to fill in: what was shown is taken."""
