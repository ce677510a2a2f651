"""The forms of two records that are one person."""

import uuid
from collections.abc import Mapping

from wtforms import HiddenField

from coi.web.fields import Option, PickField
from coi.web.forms import Form, Required


class SameForm(Form):
    """Which record is the same person: asked first, sent again once what moves was seen."""

    form_key = None
    other = PickField(
        "Which record is the same person?", [Required("Select the other record")], coerce=uuid.UUID, blank="Select a person",
        description="What stands there comes to this record, and that one is no longer shown",
    )  # fmt: skip
    sure = HiddenField()

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Lists whom to choose from, by what tells them apart."""
        self.other.options = tuple(Option(each, name) for each, name in people.items())

    @property
    def is_sure(self) -> bool:
        """Whether it was sent from the page that says what moves, about the record that was selected there."""
        return bool(self.sure.data) and self.sure.data == str(self.other.data)


class BackForm(Form):
    """Nothing but the button."""
