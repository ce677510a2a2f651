"""Wording of what is asked: who comes, who is on the roster of independent clinicians, which clinical view was obtained."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import HiddenField

from coi.meetings.conflicts.voices.models import IndependentClinician
from coi.meetings.conflicts.voices.vocabulary import (
    CLINICIAN_WORDS,
    INPUT_WAY_WORDS,
    Answer,
    Answered,
    ClinicianDetails,
    ClinicianKind,
    ExpectedDetails,
    InputDetails,
    InputWay,
    Speaker,
)
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField

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


class ChangeClinicianForm(Form):
    """What the roster says of somebody."""

    kind = ChoiceField(
        "What are they?", [Required("Select what they are")], options=options_of(CLINICIAN_WORDS), coerce=ClinicianKind
    )
    area = TextField("Where do they work, or did they work? (optional)", limit=200, description="For example Leeds")
    contact = TextField(
        "How to ask them (optional)",
        limit=300,
        description="Shown to whoever keeps the roster. For example “by email, two weeks ahead”",
    )
    valid_from = DatePartsField(
        "First day on the roster", [Required("Enter the first day on the roster")], subject="First day"
    )
    valid_to = DatePartsField(
        "Last day on the roster", [Optional()], ongoing="No last day is known", subject="Last day"
    )

    @classmethod
    def of(cls, line: IndependentClinician) -> "ChangeClinicianForm":
        return cls(
            kind=line.kind, area=line.area, contact=line.contact, valid_from=line.valid_from, valid_to=line.valid_to
        )

    def details_for(self, person_id: uuid.UUID) -> ClinicianDetails:
        return ClinicianDetails(
            person_id,
            self.kind.data,
            self.area.data or "",
            self.contact.data or "",
            self.valid_from.data,
            self.valid_to.data,
        )


class ClinicianForm(ChangeClinicianForm):
    """Somebody new on the roster."""

    person = PickField("Who?", [Required("Select who it is")], coerce=uuid.UUID, blank="Select a person")

    def offer(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Offers people by id and name."""
        self.person.options = tuple(Option(person, name) for person, name in people)

    def details(self) -> ClinicianDetails:
        return self.details_for(self.person.data)


class InputForm(Form):
    """A clinical view on an item."""

    person = PickField(
        "Whose clinical view is it?", [Required("Select whose view it is")], coerce=uuid.UUID, blank="Select a person"
    )
    way = ChoiceField(
        "How was it obtained?",
        [Required("Select how it was obtained")],
        options=options_of(INPUT_WAY_WORDS),
        coerce=InputWay,
    )
    given_on = DatePartsField(
        "When was it given?",
        [Required("Enter the day, or say that it is not known")],
        ongoing="The day is not known",
        subject="Day",
    )
    said = LongTextField(
        "What does it say?", [Required("Enter what it says")], rows=5, limit=4000, description="The minutes print this"
    )

    def offer(self, speakers: Iterable[Speaker]) -> None:
        self.person.options = tuple(
            Option(each.person_id, f"{each.name} ({each.role}). {each.screened}", group=each.group) for each in speakers
        )

    def details(self) -> InputDetails:
        return InputDetails(self.person.data, self.way.data, self.given_on.data, self.said.data)


class StrikeForm(Form):
    """Why a clinical view is struck out."""

    because = LongTextField("Why was it a mistake?", [Required("Enter why it was a mistake")], rows=2, limit=500)
