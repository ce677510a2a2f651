"""Wording of the forms about what comes to light after a meeting."""

import uuid
from collections.abc import Iterable

from coi.meetings.conflicts.afterwards.vocabulary import Judgement
from coi.registers.interests.models import Interest
from coi.web.fields import ChoiceField, Option
from coi.web.forms import Form, HiddenField, LongTextField, Required


class JudgeForm(Form):
    """What somebody makes of a possible breach."""

    seen = HiddenField()
    judgement = ChoiceField(
        "What is it?",
        [Required("Select what it is")],
        options=(
            Option(Judgement.REPORTED, "It may be a breach", "It goes to the register of breaches, filled in with what stands above"),
            Option(Judgement.NO_BREACH, "It is not a breach"),
        ),
        coerce=Judgement,
    )  # fmt: skip
    reason = LongTextField("Why is it not a breach?", rows=3, limit=2000)

    def seen_number(self) -> int:
        return int(self.seen.data) if (self.seen.data or "").isdigit() else 0


class EndTaskForm(Form):
    """How what was declared at a meeting reached the register."""

    which = ChoiceField("Is it on the register?", [Required("Select the interest, or that there is none")])
    reason = LongTextField(
        "Why does it not have to be on the register?", rows=3, limit=2000,
        description="If it was a gift or hospitality, enter its reference on the register of gifts, such as G/2026/0003",
    )  # fmt: skip

    def offer(self, interests: Iterable[Interest]) -> None:
        """Offers what the register has of the person, and that it does not have to be there."""
        found = [Option(str(each.id), f"{each.reference}: {_called(each)}") for each in interests]
        self.which.options = (*found, Option(NONE, "It does not have to be there"))

    def interest_id(self) -> uuid.UUID | None:
        return None if self.which.data == NONE else uuid.UUID(self.which.data)


NONE = "none"


def _called(interest: Interest) -> str:
    version = interest.versions[-1]
    names = [each.organisation.name if each.organisation else each.text for each in version.organisations]
    return ", ".join((*names, version.nature))
