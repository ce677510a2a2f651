"""Declaring as a whole: which form belongs to each step, and the questions about the list of interests."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import HiddenField

from coi.registers.interests.particular_forms import AboutForm, NatureForm, PrivacyForm
from coi.registers.interests.related_queries import Suggestion
from coi.registers.interests.sitting import Line, Sitting
from coi.registers.interests.step_forms import KindForm, OrganisationStepForm, WhatForm
from coi.registers.interests.vocabulary import STILL_WORDS, Still
from coi.registers.questions import as_date
from coi.registers.twin_forms import CheckForm
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, YesNoField, options_of
from coi.web.forms import Form, Required

FORMS: Mapping[str, Any] = {
    "what": WhatForm,
    "kind": KindForm,
    "organisation": OrganisationStepForm,
    "about": AboutForm,
    "nature": NatureForm,
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
    """Whether there is another interest to add, of the organisations that are asked about by name first."""

    form_key = None
    also = SeveralField(
        "Do you also hold a role or a share in any of these?", description="Select all that apply. We ask what it is next",
        coerce=uuid.UUID,
    )  # fmt: skip
    another = YesNoField("Do you want to add another interest?", [Required("Select yes to add another interest")])

    def offer(self, suggestions: Sequence[Suggestion]) -> None:
        self.also.options = tuple(Option(each.organisation_id, each.name, each.because) for each in suggestions)
        if not suggestions:
            del self.also

    @property
    def chosen(self) -> frozenset[uuid.UUID]:
        """The organisations in which there is something too."""
        return frozenset(self.also.data or ()) if "also" in self else frozenset()

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever has chosen organisations is asked for others afterwards."""
        is_right = bool(super().validate(extra_validators))
        if self.chosen and not self.also.errors:
            self.another.errors = ()
        return is_right or not self.errors


class SendForm(CheckForm):
    """Sends the answers. Whether there is a reason not to publish is asked once, of everything that is new. Rule: REG-06."""

    has_reason = YesNoField(
        "Is there a reason not to publish any of this?",
        [Required("Select yes if there is a reason not to publish any of this")],
        hints={False: "This is the usual answer"},
        description="Only a real risk of harm to somebody, something that shows health or belief, or a law that forbids it. The Conflicts "
        "of Interest Guardian decides",
    )
    which = SeveralField("Which of them?")
    numbers: frozenset[int] = frozenset()

    def ask_about(self, sitting: Sitting) -> None:
        """Takes the interests of a sitting; without a new one, nothing is asked."""
        new = [(number, each) for number, each in enumerate(sitting.entries, start=1) if not each.is_change]
        self.numbers = frozenset(number for number, _ in new)
        self.which.options = tuple(Option(str(number), each.heading) for number, each in new)
        if any(each.is_kept_private for _, each in new):
            self.has_reason.label.text = "Is there a reason not to publish anything else?"
        if not new:
            del self.has_reason
        if len(new) < 2:
            del self.which

    @property
    def wanted(self) -> frozenset[int]:
        """The numbers of the interests that are said not to be published."""
        if "has_reason" not in self or not self.has_reason.data:
            return frozenset()
        return frozenset(int(each) for each in self.which.data) if "which" in self else self.numbers

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks which of several."""
        is_right = bool(super().validate(extra_validators))
        if "which" in self and self.has_reason.data and not self.which.data:
            self.which.errors = ["Select which of them should not be published"]
            return False
        return is_right


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
