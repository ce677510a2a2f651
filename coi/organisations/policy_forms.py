"""Wording of a change to a body's own policy."""

from datetime import date

from wtforms import HiddenField

from coi.guidance.figures import FIGURES
from coi.guidance.vocabulary import Unit
from coi.organisations.vocabulary import PolicyDetails
from coi.web.fields import DatePartsField
from coi.web.forms import Form, LongTextField, Optional, Required, TextField, WholeNumberField
from coi.web.money import MoneyField

SUFFIXES = {
    Unit.DAYS: "days", Unit.WORKING_DAYS: "working days", Unit.MONTHS: "months", Unit.YEARS: "years", Unit.PERCENT: "%",
    Unit.PEOPLE: "members",
}  # fmt: skip
_BACK = "Leave this empty to go back to the guidance"


class PolicyForm(Form):
    """A figure of the body's own policy. Which kind of figure it is says `for_figure`."""

    valid_from = DatePartsField("From which day?", [Required("Enter the day from which it applies")], subject="The day")
    source = TextField(
        "Where does your policy say so?", [Required("Enter where your policy says so")], limit=300, subject="The place",
        description="For example: Standards of business conduct, version 4, section 6",
    )  # fmt: skip
    late_because = LongTextField(
        "Why does it count from a day in the past?", [Optional()], limit=500, rows=2, subject="The reason",
        description="Only where the day is in the past. What happened since that day is judged again by this figure, and the reason stands "
        "on the page of rules",
    )  # fmt: skip
    version = HiddenField()
    name: str = ""

    @classmethod
    def for_figure(cls, name: str, *, version: int, today: date) -> "PolicyForm":
        """Returns the form for one figure, asking for pounds or for a whole number."""
        kind = _PoundsForm if FIGURES[name].unit is Unit.POUNDS else _NumberForm
        form = kind(version=str(version), valid_from=today)
        form.name = name
        return form

    @property
    def unit(self) -> str:
        return SUFFIXES.get(FIGURES[self.name].unit, "")

    def seen_version(self) -> int:
        """Returns the number of the last record that the editor saw."""
        return int(self.version.data) if (self.version.data or "").isdigit() else -1

    def details(self) -> PolicyDetails:
        """Returns the figure as entered."""
        return PolicyDetails(
            self.name, self.value.data, self.valid_from.data, self.source.data, self.late_because.data or ""
        )


class _NumberForm(PolicyForm):
    value = WholeNumberField("Your own figure", [Optional()], most=9999, description=_BACK)


class _PoundsForm(PolicyForm):
    value = MoneyField(
        "Your own figure, in pounds", [Optional()], most=99_999, subject="Your own figure", description=_BACK
    )
