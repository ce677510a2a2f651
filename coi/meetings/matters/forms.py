"""Wording of what somebody did on a matter before."""

import uuid
from collections.abc import Mapping

from coi.meetings.matters.vocabulary import PART_WORDS, PartDetails, PartKind
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField


class PartForm(Form):
    """Who did what on a matter, where and when."""

    person = PickField("Who was it?", [Required("Select who it was")], coerce=uuid.UUID, blank="Select a person")
    kind = ChoiceField(
        "What did they do?", [Required("Select what they did")], options=options_of(PART_WORDS), coerce=PartKind
    )
    text = TextField(
        "What was it?", [Required("Enter what it was")], limit=300,
        description="For example: the business case, the clinical model, the bids; or what they declared",
    )  # fmt: skip
    forum = TextField("Where? (optional)", limit=200, description="For example: Estates sub-group, or evaluation panel")
    done_on = DatePartsField("When? (optional)", [Optional()], subject="The date")
    management = LongTextField(
        "What did the sub-group do about it?", [Optional()], rows=3, limit=1000,
        description="For example: left for the discussion. Leave this empty if it is not known",
    )  # fmt: skip

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Lists whom to choose from, by what tells them apart."""
        self.person.options = tuple(Option(person, name) for person, name in people.items())

    def details(self) -> PartDetails:
        """Returns the part as entered."""
        return PartDetails(
            self.person.data, self.kind.data, self.text.data or "", self.forum.data or "", self.done_on.data,
            self.management.data or "",
        )  # fmt: skip


class WithdrawPartForm(Form):
    """Nothing but the button."""
