"""The form that hands roles over: which, to whom, for good or for a time."""

import uuid
from typing import Any

from wtforms.validators import StopValidation

from coi import clock
from coi.accounts.vocabulary import HandoverDetails, Holder
from coi.web.fields import ChoiceField, Option, PickField, SeveralField, YesNoField
from coi.web.forms import Form, LongTextField, Optional, Required
from coi.web.time_fields import DatePartsField

FOR_GOOD, COVER = "for-good", "cover"


class HandoverForm(Form):
    """Which roles go to whom, from when, and whether they come back."""

    roles = SeveralField(
        "Which roles?", [Required("Select at least one role")], coerce=uuid.UUID, message="Select roles of the list"
    )
    to_id = PickField(
        "To whom?",
        [Required("Select the person")],
        blank="Choose a person",
        coerce=uuid.UUID,
        message="Select a person of the list",
    )
    kind = ChoiceField(
        "For good, or for a time?", [Required("Select whether it is for good")],
        options=(
            Option(FOR_GOOD, "For good", "The roles end for the one and begin for the other"),
            Option(COVER, "Cover", "The other acts too, until a last day. Then it ends by itself"),
        ),
    )  # fmt: skip
    starts = DatePartsField("First day", [Required("Enter the first day")], default=clock.today, subject="First day")
    until = DatePartsField("Last day of the cover", subject="Last day")
    actions_follow = YesNoField("Do their open actions go over too?", [Optional()])
    because = LongTextField("Why is it right all the same?", rows=2, limit=500, subject="Why it is right")

    def offer(self, holder: Holder, others: list[Holder]) -> None:
        """Takes the roles that can go over, and the people who can take them."""
        self.roles.options = tuple(
            Option(role.id, f"{role.name}{', ' + role.committee_name if role.committee_name else ''}")
            for role in holder.present_roles if not role.everywhere
        )  # fmt: skip
        self.to_id.options = tuple(
            Option(each.person_id, each.name) for each in others if each.person_id != holder.person_id
        )

    def validate_until(self, field: Any) -> None:
        """Asks for the last day of a cover."""
        if self.kind.data == COVER and field.data is None and not field.errors:
            raise StopValidation("Enter the last day of the cover")

    def details(self) -> HandoverDetails:
        """Returns the handover as entered."""
        until = self.until.data if self.kind.data == COVER else None
        return HandoverDetails(
            self.to_id.data, self.starts.data, until, bool(self.actions_follow.data), self.because.data or ""
        )
