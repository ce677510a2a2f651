"""Declaring as a whole: which form belongs to each step, and the questions about the list of interests."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import HiddenField

from coi.registers.interests.particular_forms import DatesForm, NatureForm, ParticularsForm, PrivacyForm, RoleForm
from coi.registers.interests.sitting import Line, as_date
from coi.registers.interests.step_forms import KindForm, OrganisationStepForm, RelationForm, WhatForm, WhoseForm
from coi.registers.interests.vocabulary import (
    STILL_WORDS,
    Still,
)
from coi.web.fields import ChoiceField, DatePartsField, YesNoField, options_of
from coi.web.forms import Form, Required

FORMS: Mapping[str, Any] = {
    "what": WhatForm,
    "particulars": ParticularsForm,
    "kind": KindForm,
    "whose": WhoseForm,
    "relation": RelationForm,
    "organisation": OrganisationStepForm,
    "role": RoleForm,
    "nature": NatureForm,
    "dates": DatesForm,
    "privacy": PrivacyForm,
}
"""The form of each step."""


class StillForm(Form):
    """Whether a line of the register is still right."""

    form_key = None
    still = ChoiceField(
        "Is this still right?",
        [Required("Select whether this is still right")],
        options=options_of(STILL_WORDS),
        coerce=Still,
    )
    ended_on = DatePartsField("When did it end?", subject="The date it ended", description="For example, 31 3 2026")

    @classmethod
    def of(cls, line: Line) -> "StillForm":
        return cls(still=line.still or None, ended_on=as_date(line.ended_on))

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks for the date where it has ended; what stands in its boxes else does not matter."""
        is_right = bool(super().validate(extra_validators))
        if self.still.data is not Still.ENDED:
            self.ended_on.errors = ()
            return not self.still.errors
        if not self.ended_on.data and not self.ended_on.errors:
            self.ended_on.errors = ["Enter the date it ended"]
        return is_right and not self.ended_on.errors

    @property
    def ended(self) -> date | None:
        return self.ended_on.data if self.still.data is Still.ENDED else None


class AnotherForm(Form):
    """Whether there is another interest to add."""

    form_key = None
    another = YesNoField("Do you want to add another interest?", [Required("Select yes to add another interest")])


class DropForm(Form):
    """A declaration that was not sent is thrown away: pressed once it asks, pressed again it is sure."""

    form_key = None
    sure = HiddenField()

    @property
    def is_sure(self) -> bool:
        return self.sure.data == "yes"


class RemoveForm(Form):
    """Takes an interest out of the sitting. Nothing but the button."""

    form_key = None
