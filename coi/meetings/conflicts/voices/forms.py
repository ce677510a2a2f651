"""Wording of what is asked before a meeting: who comes."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import HiddenField

from coi.meetings.conflicts.voices.vocabulary import Answer, Answered, ExpectedDetails
from coi.web.fields import ChoiceField, Option, PickField, options_of
from coi.web.forms import Form, Required

ANSWERS = {
    Answer.COMING: "Comes",
    Answer.REMOTE: "By video or phone",
    Answer.APOLOGIES: "Apologies",
}
UNANSWERED = {**ANSWERS, Answer.SILENT: "No answer yet"}
ANSWER, DEPUTY = "answer_", "deputy_"


class ExpectedForm(Form):
    """Who is expected. `for_members` adds a line for each member and, where the terms allow it, who deputises."""

    seen = HiddenField()

    @classmethod
    def for_members(
        cls,
        members: Mapping[str, str],
        answers: Mapping[str, Answer],
        deputies: Mapping[str, uuid.UUID],
        people: Iterable[tuple[uuid.UUID, str]] | None,
    ) -> "type[ExpectedForm]":
        """Returns the form with one line for each of `members`. `people` are those who may deputise; None: nobody may."""
        offered = None if people is None else tuple(Option(person, name) for person, name in people)
        fields: dict[str, Any] = {}
        for person, name in members.items():
            key, said = uuid.UUID(person), answers.get(person, Answer.SILENT)
            fields[f"{ANSWER}{key.hex}"] = ChoiceField(
                name, [Required(f"Select whether {name} comes")], coerce=Answer, inline=True, default=said,
                options=options_of(UNANSWERED if said is Answer.SILENT else ANSWERS),
            )  # fmt: skip
            if offered is not None:
                fields[f"{DEPUTY}{key.hex}"] = PickField(
                    f"Deputy for {name}",
                    coerce=uuid.UUID,
                    blank="Nobody",
                    options=offered,
                    default=deputies.get(person),
                )
        return type(cls.__name__, (cls,), fields)

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Each member's answer with the field for their deputy, None where nobody may deputise."""
        return [
            (each, getattr(self, each.name.replace(ANSWER, DEPUTY), None))
            for each in self
            if each.name.startswith(ANSWER)
        ]

    def details(self, committee_id: uuid.UUID) -> ExpectedDetails:
        answers = (
            Answered(uuid.UUID(each.name.removeprefix(ANSWER)), each.data, deputy.data if deputy is not None else None)
            for each, deputy in self.lines
        )
        return ExpectedDetails(committee_id, tuple(answers), self.seen.data or "")
