"""The forms of the queues: what a declarant's words mean, and what is done about an interest. Each carries which one its reader saw."""

import uuid
from collections.abc import Iterable

from flask import request
from wtforms import HiddenField
from wtforms.validators import ValidationError

from coi.errors import RuleBroken
from coi.registers.aliases.remembering import RememberingForm
from coi.registers.interests.forms import MitigationForm
from coi.registers.interests.matching_forms import AlongsideForm
from coi.registers.interests.models import InterestVersion
from coi.registers.suggestions import Suggestion
from coi.web.fields import ChoiceField, Option
from coi.web.forms import Form, Required, TextField

KEPT = "Kept as it was declared: no organisation of the lists is meant"
NAMES_NONE = "It names no organisation"


UNCHANGED = frozenset({"csrf_token", "form_key"})


class SeenForm(Form):
    """A form about the next of a queue, as its reader saw it."""

    seen = HiddenField()
    answered = ""
    """The key of the one that somebody else answered first; "" where nobody did."""
    typed = ""
    """What was entered about that one in words."""
    words_in = "why"

    def is_overtaken(self, key: str) -> bool:
        """Whether it was filled in on the page of another one than `key`. Then it says so and begins anew, about `key`: nobody decides on
        what they did not see, and no words about one stand in the box of another. They are shown beside it."""
        if not self.is_submitted() or self.seen.data == key:
            return False
        self.answered, self.typed = self.seen.data or "", self[self.words_in].data or ""
        self.show(
            RuleBroken("Somebody was faster with the last one. What you entered was not saved. This is the next one")
        )
        for each in self:
            if each.name not in UNCHANGED:
                each.process_data(each.object_data)
        self.seen.data = key
        return True


class NextMitigationForm(SeenForm, MitigationForm):
    """What is done about the next interest of the queue."""

    words_in = "mitigation"

    @classmethod
    def of(cls, stands: InterestVersion, suggested: str) -> "NextMitigationForm":
        return cls(
            version=str(stands.number), mitigation=stands.mitigation or suggested, seen=stands.interest.reference
        )


class NextForm(SeenForm, AlongsideForm, RememberingForm):
    """Which of the suggested organisations it is, or that it is none: a press of another button."""

    organisation = ChoiceField(
        "Which organisation is it?", [Required("Select the organisation, or keep the words as they are")], coerce=uuid.UUID,
        message="Select an organisation of the list",
    )  # fmt: skip

    why = TextField(
        "Why? (optional)",
        limit=300,
        subject="The reason",
        description="For example: it is a role, or it means several organisations",
    )

    def validate_why(self, field: TextField) -> None:
        """A reason with another button is a slip: nobody gives one for a match."""
        if field.data and "keep" not in request.form:
            raise ValidationError("Select “This names no organisation”, or take the reason away")

    def is_overtaken(self, key: str) -> bool:
        """As of any form of a queue; what waits beside the words is then that of the page now, and none of it is ticked."""
        overtaken = super().is_overtaken(key)
        if overtaken:
            self.forget_alongside()
            self.forget_remembering()
        return overtaken

    @property
    def keeps(self) -> bool:
        """Whether the words are to stay as they are: they name no organisation, or, which is there for names alone, one of no list."""
        return request.form.get("keep") == "none" or ("remember" in self and "keep" in request.form)

    @property
    def reason(self) -> str:
        """Why the words stay as they are."""
        return self.why.data or (NAMES_NONE if request.form.get("keep") == "none" else KEPT)

    def offer(self, found: Iterable[Suggestion]) -> None:
        """Takes the suggestions; one that is likely is chosen already. Who keeps the words chooses none, nor does who is offered none."""
        found = list(found)
        if self.keeps or not found:
            self.organisation.validators = ()
        self.organisation.options = tuple(Option(each.id, each.name, each.about) for each in found)
        likely = [each.id for each in found if each.is_likely]
        if len(likely) == 1 and not self.is_submitted():
            self.organisation.data = likely[0]
