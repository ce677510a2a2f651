"""Wording of the action log."""

import uuid
from collections.abc import Mapping, Sequence

from coi.meetings.actions.commands import ActionDetails
from coi.people.models import Person
from coi.web.fields import DatePartsField, Option, PickField, YesNoField
from coi.web.forms import Form, LongTextField, Required


class ActionForm(Form):
    """What is to be done, by whom, by when."""

    text = LongTextField("What is to be done?", [Required("Enter what is to be done")], rows=3, limit=1000)
    owner = PickField("Who does it?", [Required("Select who does it")], coerce=uuid.UUID, blank="Select a person")
    due_on = DatePartsField("By when? (optional)")

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Lists whom to choose from, by what tells them apart."""
        self.owner.options = tuple(Option(person, name) for person, name in people.items())

    def details(self, people: Sequence[Person]) -> ActionDetails:
        owner = next(person for person in people if person.id == self.owner.data)
        return ActionDetails(text=self.text.data, owner=owner, due_on=self.due_on.data)


class ProgressForm(Form):
    """How far an action is."""

    progress = LongTextField("What has been done?", [Required("Enter what has been done")], rows=3, limit=1000)
    is_done = YesNoField("Is the action finished?", [Required("Select yes if the action is finished")])
