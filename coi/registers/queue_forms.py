"""The form of the queue of organisations: what a declarant's words mean."""

import uuid
from collections.abc import Iterable

from wtforms import HiddenField

from coi.registers.suggestions import Suggestion
from coi.web.fields import ChoiceField, Option
from coi.web.forms import Form, Required


class NextForm(Form):
    """Which of the suggested organisations it is."""

    organisation = ChoiceField(
        "Which organisation is it?", [Required("Select the organisation, or keep the words as they are")], coerce=uuid.UUID,
        message="Select an organisation of the list",
    )  # fmt: skip
    seen = HiddenField()

    def offer(self, found: Iterable[Suggestion]) -> None:
        """Takes the suggestions; one that is likely is chosen already."""
        found = list(found)
        self.organisation.options = tuple(Option(each.id, each.name, each.about) for each in found)
        likely = [each.id for each in found if each.is_likely]
        if len(likely) == 1 and not self.is_submitted():
            self.organisation.data = likely[0]
