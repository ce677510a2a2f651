"""Wording of the chair's rulings: on one person, and on everybody whom an item concerns alike."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from wtforms import BooleanField

from coi import clock
from coi.guidance.actions import ACTIONS
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.conflicts.vocabulary import PersonConflict
from coi.meetings.conflicts.wording import explained
from coi.meetings.models import Meeting
from coi.meetings.recorded_vocabulary import RulingDetails
from coi.meetings.timed_forms import TimedForm
from coi.web.fields import DatePartsField, Option, PickField, SeveralField, TimeField
from coi.web.forms import LongTextField, Required, TextField


def action_options(*, with_chair: bool, suggested: Collection[str] = ()) -> tuple[Option, ...]:
    """Returns the closed list of actions, and beside which of them is suggested. Taking the chair away is offered only for whoever holds
    it."""
    chosen = [action for code, action in ACTIONS.items() if with_chair or code.value != "A1"]
    said = {action.code: "Suggested. " if action.code.value in suggested else "" for action in chosen}
    return tuple(
        Option(action.code.value, action.title, f"{said[action.code]}{explained(action)}") for action in chosen
    )


class RulingForm(TimedForm):
    """How a conflict is managed, why, and when it was ruled where that was not now: at the meeting, or before it."""

    actions = SeveralField("What happens?", [Required("Select what happens")], message="Select actions from the list")
    rationale = LongTextField(
        "Why?", [Required("Enter why this is the right way to manage the conflict")], rows=3, limit=2000,
        description="The minutes say this. For an interest that is only noted: why it is immaterial or not relevant.",
    )  # fmt: skip
    magnitude = TextField(
        "How large is the interest? (optional unless it is only noted)", limit=300,
        description="For example: 12 of 4,000 shares, about £300 a year. Needed where an interest about money is only noted, however "
        "small it is. The minutes say this.",
    )  # fmt: skip
    guardian_consulted = BooleanField("The conflicts of interest Guardian was asked")
    decided_by = PickField("Who ruled?", coerce=uuid.UUID)
    said_at = TimeField(
        "At what time, if not now? (optional)", subject="Time", description="Like 10:05. The minutes print it."
    )
    said_on = DatePartsField(
        "On which day, if it was before the meeting? (optional)", subject="The day",
        description="Leave it empty for a ruling made at the meeting. Enter the time too.",
    )  # fmt: skip

    def of_meeting(self, meeting: Meeting, *, own: bool) -> None:
        """Asks for a time of the meeting's day, unless another day is entered. Whoever rules before the meeting rules now."""
        self.day = meeting.held_on
        if own and meeting.opened_at is None:
            del self.said_at, self.said_on

    def instant(self, at: time) -> datetime:
        """Returns the instant of a time of the day that was entered, else of the meeting's."""
        return clock.instant((self.said_on and self.said_on.data) or self.day, at)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Asks for the time where a day was entered."""
        valid = super().validate(extra_validators)
        if self.is_before and self.said_at.data is None and not self.said_at.errors:
            self.said_at.errors = [*self.said_at.errors, "Enter the time at which it was ruled that day"]
            return False
        return valid

    @property
    def is_before(self) -> bool:
        """Whether a day was entered, on which it was ruled before the meeting."""
        return bool(self.said_on and self.said_on.data)

    def offer(
        self, presiding: Presiding, *, decider: uuid.UUID | None, with_chair: bool, suggested: Collection[str] = ()
    ) -> None:
        """Offers the actions, and who can have ruled: `decider` alone in their own name, else whoever may preside."""
        self.actions.options = action_options(with_chair=with_chair, suggested=suggested)
        found = [Option(uuid.UUID(each.person), each.name) for each in presiding.candidates]
        if presiding.person and presiding.person not in {str(each.value) for each in found}:
            found.insert(0, Option(uuid.UUID(presiding.person), presiding.name))
        self.decided_by.options = tuple(found)
        if decider is not None:
            self.decided_by.data = decider
        elif self.decided_by.data is None and len(found) == 1:
            self.decided_by.data = found[0].value

    def details(self) -> RulingDetails:
        return RulingDetails(
            tuple(self.actions.data),
            self.rationale.data,
            self.decided_by.data or uuid.UUID(int=0),
            bool(self.guardian_consulted.data),
            self.moment(self.said_at) if self.said_at else None,
            is_before=self.is_before,
            magnitude=self.magnitude.data or "",
        )


class ClassRulingForm(RulingForm):
    """One ruling for several people whom an item concerns alike."""

    persons = SeveralField("Who is this about?", [Required("Select whom the ruling is about")], coerce=uuid.UUID)

    def offer_people(self, people: Iterable[PersonConflict]) -> None:
        self.persons.options = tuple(
            Option(each.person_id, each.name, ". ".join([each.lead.why if each.lead else "", *_said_by(each)]))
            for each in people
        )


def _said_by(conflict: PersonConflict) -> list[str]:
    """What somebody answered to their flags: the chair sees it before ruling on many at once."""
    return list(dict.fromkeys(flag.said for flag in conflict.flags if flag.is_live and flag.said))
