"""Forms of the work list: the people who are ticked, and the days of an absence."""

import uuid
from collections.abc import Iterable
from datetime import date

from coi.registers.work_list import Line
from coi.web.fields import Option, SeveralField
from coi.web.forms import Form, LongTextField, Required
from coi.web.time_fields import DatePartsField


class TickedForm(Form):
    """Some of the people of a list."""

    people = SeveralField(
        "People", [Required("Select at least one person")], coerce=uuid.UUID, message="Select people of the list"
    )

    def offer(self, lines: Iterable[Line]) -> None:
        """Takes the people who may be ticked."""
        self.people.options = tuple(Option(line.person_id, line.name) for line in lines)


class AbsenceForm(TickedForm):
    """From when to when people are away."""

    since = DatePartsField("First day away", [Required("Enter the first day away")], subject="The first day")
    until = DatePartsField(
        "Last day away",
        [Required("Enter the last day away, or select that it is not known")],
        ongoing="The last day is not known yet",
        subject="The last day",
    )

    def days(self) -> tuple[date, date | None]:
        """Returns the first day and the last, None where it is not known."""
        return self.since.data, self.until.data


class ReturnForm(Form):
    """The last day of an absence, or that it was a mistake."""

    until = DatePartsField(
        "Last day away", [Required("Enter the last day away, or select that it was entered by mistake")],
        ongoing="It was entered by mistake", subject="The last day",
    )  # fmt: skip

    def last_day(self) -> date | None:
        """Returns the last day; None where it was a mistake."""
        return self.until.data


class NonDeclarersForm(Form):
    """The decision-makers who did not declare. Nobody ticked: everybody declared."""

    people = SeveralField(
        "Who of them takes part in decisions, and did not declare?", coerce=uuid.UUID,
        message="Somebody on the list has declared, is away, or still has time. Look at the list again",
    )  # fmt: skip
    note = LongTextField("Note for the record (optional)", limit=1000, rows=3, description="It is not published")

    def offer(self, lines: Iterable[Line]) -> None:
        """Takes the people who could be named."""
        self.people.options = tuple(
            Option(line.person_id, line.name, f"{', '.join(line.positions)}. {line.verdict.reason}") for line in lines
        )
