"""The forms of the queues: what a declarant's words mean, and what is done about an interest. Each carries which one its reader saw."""

import uuid
from collections.abc import Iterable

from flask import request
from wtforms import HiddenField

from coi.errors import RuleBroken
from coi.registers.aliases.remembering import RememberingForm
from coi.registers.interests.forms import MitigationForm
from coi.registers.interests.matching_forms import TwinsForm
from coi.registers.interests.models import InterestVersion
from coi.registers.suggestions import Suggestion
from coi.web.fields import ChoiceField, Option
from coi.web.forms import Form, Required


class SeenForm(Form):
    """A form about the next of a queue, as its reader saw it."""

    seen = HiddenField()

    def is_overtaken(self, key: str) -> bool:
        """Whether it was filled in on the page of another one than `key`. Then it says so, keeps what was typed, and is about `key` from
        now on: nobody decides about what they did not see."""
        if not self.is_submitted() or self.seen.data == key:
            return False
        self.show(RuleBroken("Somebody was faster. Look at this one instead. What you entered is kept"))
        self.seen.data = key
        return True


class NextMitigationForm(SeenForm, MitigationForm):
    """What is done about the next interest of the queue."""

    @classmethod
    def of(cls, stands: InterestVersion, suggested: str) -> "NextMitigationForm":
        return cls(
            version=str(stands.number), mitigation=stands.mitigation or suggested, seen=stands.interest.reference
        )

    def is_overtaken(self, key: str) -> bool:
        """As of any form of a queue; the version is then the one that the page shows now."""
        overtaken = super().is_overtaken(key)
        if overtaken:
            self.version.data = self.version.object_data
        return overtaken


class NextForm(SeenForm, TwinsForm, RememberingForm):
    """Which of the suggested organisations it is."""

    organisation = ChoiceField(
        "Which organisation is it?", [Required("Select the organisation, or keep the words as they are")], coerce=uuid.UUID,
        message="Select an organisation of the list",
    )  # fmt: skip

    def is_overtaken(self, key: str) -> bool:
        """As of any form of a queue; the other interests are then those with the words that the page shows now, and none is chosen."""
        overtaken = super().is_overtaken(key)
        if overtaken:
            self.forget_twins()
            self.forget_remembering()
        return overtaken

    @property
    def keeps(self) -> bool:
        """Whether the words are to stay as they are: the second button was pressed, which is there for names alone."""
        return "remember" in self and "keep" in request.form

    def offer(self, found: Iterable[Suggestion]) -> None:
        """Takes the suggestions; one that is likely is chosen already."""
        found = list(found)
        self.organisation.options = tuple(Option(each.id, each.name, each.about) for each in found)
        likely = [each.id for each in found if each.is_likely]
        if len(likely) == 1 and not self.is_submitted():
            self.organisation.data = likely[0]
