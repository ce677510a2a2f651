"""Wording of an urgent decision between meetings."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from coi.clock import TimeNotOnTheClock, instant
from coi.meetings.urgent.vocabulary import UrgentDetails
from coi.web.fields import DatePartsField, Option, PickField, SeveralField, TimeField
from coi.web.forms import Form, LongTextField, Required


class UrgentForm(Form):
    """Who decided what between meetings, on which power, and who was asked."""

    decided_by = PickField(
        "Who decided?", [Required("Select who decided")], coerce=uuid.UUID, blank="Select a person",
        description="The chair. If the chair has a conflict on the item: the vice chair, then a member without a conflict.",
    )  # fmt: skip
    instead = LongTextField(
        "If it was not the chair: why? (optional)", rows=2, limit=1000, subject="Why it was not the chair",
        description="Leave it empty where the chair has a conflict on the item. The minutes print this.",
    )  # fmt: skip
    second = PickField(
        "Who decided with them?", coerce=uuid.UUID, blank="Nobody",
        description="At an ICB: the chief executive, or the lead director of the committee, who need not be a member.",
    )  # fmt: skip
    decided_on = DatePartsField("On which day?", [Required("Enter the day of the decision")])
    decided_time = TimeField(
        "At what time?", [Required("Enter the time of the decision")], subject="The time of the decision"
    )
    text = LongTextField("What was decided?", [Required("Enter what was decided")], rows=3, limit=4000)
    power = LongTextField(
        "On which power?", [Required("Enter on which power it was decided")], rows=2, limit=1000,
        description="The clause of the terms of reference or standing orders, or of the financial instructions.",
    )  # fmt: skip
    why_urgent = LongTextField("Why could it not wait?", [Required("Enter why it could not wait")], rows=3, limit=2000)
    why_no_meeting = LongTextField("Why was no meeting held for it, online or by phone? (optional)", rows=2, limit=2000)
    consulted = SeveralField("Who was consulted before? (optional)", coerce=uuid.UUID)
    others = LongTextField(
        "Who else was consulted? (optional)", rows=2, limit=1000,
        description="One person on a line, with their role: Jo Lark, Healthwatch. Nothing of them is on file, so nobody compares them.",
    )  # fmt: skip
    said = LongTextField("What did they say? (optional)", rows=2, limit=2000, description="The minutes print this.")
    explanation = LongTextField(
        "If something stood against it: why was it decided all the same? (optional)", rows=3, limit=2000,
        description="It is then marked irregular, and a suspected breach is opened. If it was only reported late, the meeting judges that "
        "when it is asked to ratify it. The minutes print this.",
    )  # fmt: skip

    def offer(self, deciders: Iterable[Option], seconds: Iterable[Option], members: Iterable[Option]) -> None:
        """Offers who may have decided, who with them, and who can have been consulted."""
        self.decided_by.options, self.second.options = tuple(deciders), tuple(seconds)
        self.consulted.options = tuple(members)

    def validate(self, *args: object, **others: object) -> bool:
        """Refuses a time that is not on the clock that day."""
        valid = super().validate(*args, **others)
        try:
            if self.decided_on.data and self.decided_time.data:
                instant(self.decided_on.data, self.decided_time.data)
        except TimeNotOnTheClock as error:
            self.decided_time.errors = [*self.decided_time.errors, str(error)]
            return False
        return valid

    def details(self) -> UrgentDetails:
        when: datetime = instant(self.decided_on.data, self.decided_time.data)
        return UrgentDetails(
            self.decided_by.data, when, self.text.data, self.power.data, self.why_urgent.data, self.why_no_meeting.data or "",
            self.instead.data or "", self.second.data, tuple(self.consulted.data or ()), self.said.data or "",
            self.explanation.data or "", self._others(),
        )  # fmt: skip

    def _others(self) -> tuple[tuple[str, str], ...]:
        lines = [line.partition(",") for line in (self.others.data or "").splitlines()]
        return tuple((name.strip(), role.strip()) for name, _, role in lines if name.strip())


class StrikeUrgentForm(Form):
    """Why an urgent decision is struck out."""

    because = LongTextField(
        "Why is it struck out?", [Required("Enter why it is struck out")], rows=2, limit=1000,
        description="The record keeps this, and what is struck out.",
    )  # fmt: skip


class ReportedForm(Form):
    """When the audit committee was told."""

    on = DatePartsField("When was it reported to the audit committee?", [Required("Enter the day")])
