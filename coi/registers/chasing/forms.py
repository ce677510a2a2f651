"""Forms of chasing: the plan of a body, and the people to remind by hand."""

import uuid
from collections.abc import Iterable

from wtforms import HiddenField

from coi.errors import RuleBroken
from coi.registers.chasing.models import ReminderPlan
from coi.registers.chasing.queries import plan_details
from coi.registers.chasing.rules import read_days
from coi.registers.chasing.vocabulary import Due, PlanDetails
from coi.web.fields import Option, SeveralField, YesNoField
from coi.web.forms import Form, LongTextField, Required, TextField


class PlanForm(Form):
    """How a body reminds."""

    is_on = YesNoField("Does coi send reminders by itself?", [Required("Select yes or no")])
    days_before = TextField(
        "Days before the due date",
        width="10",
        description="With commas between them, like 14, 3. Leave this empty for none",
    )
    days_after = TextField(
        "Days after the due date", width="10", description="Like 1, 14, 28. After the last, nobody is sent more"
    )
    subject = TextField("Subject", [Required("Enter the subject")], limit=150)
    text = LongTextField("Text", [Required("Enter the text")], limit=4000, rows=16)
    meeting_days = TextField(
        "Days before a meeting", width="5",
        description="So many days ahead, everybody at the meeting is asked to confirm the register and to declare against the items. Leave "
        "this empty to ask by hand",
    )  # fmt: skip
    seen = HiddenField(default="0")

    @classmethod
    def of(cls, plan: ReminderPlan | None) -> "PlanForm":
        """Returns the form with the version that is in force."""
        details = plan_details(plan)
        return cls(
            is_on=details.is_on if plan else None, days_before=", ".join(map(str, sorted(details.days_before, reverse=True))),
            days_after=", ".join(map(str, details.days_after)), subject=details.subject, text=details.text,
            seen=str(plan.number if plan else 0), meeting_days="" if details.meeting_days is None else str(details.meeting_days),
        )  # fmt: skip

    def details(self) -> PlanDetails:
        """Returns the plan as typed. Raises RuleBroken where the days cannot be read."""
        return PlanDetails(
            bool(self.is_on.data), read_days(self.days_before.data or "", field="days_before"),
            read_days(self.days_after.data or "", field="days_after"), self.subject.data, self.text.data,
            self._meeting_days(),
        )  # fmt: skip

    def _meeting_days(self) -> int | None:
        days = read_days(self.meeting_days.data or "", field="meeting_days")
        if len(days) > 1:
            raise RuleBroken("Enter one number of days, or none", field="meeting_days")
        return days[0] if days else None

    def seen_number(self) -> int:
        """The version that the editor saw."""
        return int(self.seen.data) if str(self.seen.data or "").isdecimal() else 0


class RemindForm(Form):
    """The people who are to be reminded now."""

    people = SeveralField(
        "Send a reminder to",
        [Required("Select at least one person")],
        coerce=uuid.UUID,
        message="Select people of the list. Whoever had a reminder today is not on it",
    )

    def offer(self, due: Iterable[Due]) -> None:
        """Takes the people who can be reminded, with what they owe."""
        self.people.options = tuple(
            Option(each.person_id, each.name, f"{each.email}. {each.lead.reason}") for each in due
        )
