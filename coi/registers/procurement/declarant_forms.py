"""Forms about declarations for a procurement: who is asked, what they declare, what is done about a conflict, when bids are given out."""

from datetime import date
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField

from coi.registers.procurement.declared_vocabulary import (
    ASKED_SIDES,
    MEASURE_WORDS,
    AskedDetails,
    DeclaredPerson,
    LinkDeclaration,
    Measure,
    MeasureDetails,
)
from coi.registers.procurement.declaring import OF_A_PERSON, questions_of
from coi.registers.procurement.vocabulary import SIDE_WORDS, Side
from coi.web.fields import ChoiceField, DatePartsField, YesNoField, options_of
from coi.web.forms import EmailField, Form, LongTextField, Required, TextField

MOST_PEOPLE = 12


class AskForm(Form):
    """Who is asked to declare."""

    side = ChoiceField("Who is asked?", [Required("Select who is asked")],
                       options=options_of({side: SIDE_WORDS[side] for side in ASKED_SIDES}), coerce=Side)  # fmt: skip
    name = TextField("Name of the person who gets the link", [Required("Enter the name of the person")])
    organisation = TextField("Organisation", [Required("Enter the organisation")], limit=300,
                             description="Of a bidder: the organisation that bids. Of anybody else: where they work")  # fmt: skip
    email = EmailField("Email address", [Required("Enter the email address")])

    def details(self) -> AskedDetails:
        return AskedDetails(self.side.data, self.name.data, self.organisation.data, self.email.data)


class PressForm(Form):
    """Nothing but buttons."""


class BidsForm(Form):
    """When the bids were given to the panel."""

    opened_on = DatePartsField("When were the bids given to the panel?", [Required("Enter the day")], subject="The day")
    reason = TextField("Why, if somebody had not declared (optional)", limit=500)
    seen = HiddenField()

    def seen_day(self) -> date | None:
        """Returns the day that the page showed; None where it showed none."""
        try:
            return date.fromisoformat(self.seen.data or "")
        except ValueError:
            return None


class LinkDeclarationForm(Form):
    """The declaration itself. `asking` makes it for one side, with as many places for relevant persons as were filled in, and one more
    where that was asked for."""

    @classmethod
    def asking(cls, side: Side, body: str) -> type["LinkDeclarationForm"]:
        fields: dict[str, Any] = {}
        for code, words in questions_of(side).items():
            fields[f"has_{code}"] = YesNoField(words.format(body=body), [Required("Select yes or no")], inline=True)
            fields[f"text_{code}"] = LongTextField("If yes, describe it", limit=2000, rows=3, subject="The description")
        for number in range(0 if side.sees_bids else _places()):
            who = f"relevant person {number + 1}"
            fields[f"person_{number}"] = TextField("Name", subject=f"The name of {who}")
            fields[f"interest_{number}"] = LongTextField(
                "What they declare", limit=2000, rows=2, subject="The interest", description=OF_A_PERSON
            )
        fields["declared_by"] = TextField("Your name", [Required("Enter your name")])
        fields["has_undertaken"] = BooleanField("This is true and complete. I will tell of any change at once")
        return type("LinkDeclarationForm", (cls,), fields)

    @property
    def adds_person(self) -> bool:
        return "add" in request.form

    @property
    def codes(self) -> list[str]:
        return [
            name.removeprefix("has_") for name in self._fields if name.startswith("has_") and name != "has_undertaken"
        ]

    @property
    def places(self) -> range:
        return range(sum(1 for name in self._fields if name.startswith("person_")))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        if not self["has_undertaken"].data:
            is_valid = self._wrong("has_undertaken", "Confirm that this is true and complete")
        for code in self.codes:
            if self[f"has_{code}"].data and not (self[f"text_{code}"].data or "").strip():
                is_valid = self._wrong(f"text_{code}", "Describe it, or select no")
        for number in self.places:
            name, interest = (bool((self[f"{each}_{number}"].data or "").strip()) for each in ("person", "interest"))
            if name and not interest:
                is_valid = self._wrong(f"interest_{number}", "Enter what they declare, or “None”")
            if interest and not name:
                is_valid = self._wrong(f"person_{number}", "Enter the name of the person")
        return is_valid

    def _wrong(self, name: str, words: str) -> bool:
        self[name].errors = [*self[name].errors, words]
        return False

    def details(self) -> LinkDeclaration:
        answers = {code: self[f"text_{code}"].data if self[f"has_{code}"].data else "" for code in self.codes}
        people = [
            DeclaredPerson(self[f"person_{number}"].data, _said(self[f"interest_{number}"].data)) for number in self.places
            if self[f"person_{number}"].data
        ]  # fmt: skip
        return LinkDeclaration(self["declared_by"].data, answers, tuple(people))


def _said(text: str) -> str:
    return "" if text.strip().rstrip(".").casefold() in ("none", "no", "nil", "nothing") else text


def _places() -> int:
    sent = sum(1 for name in request.form if name.startswith("person_"))
    return min(max(sent, 1) + ("add" in request.form), MOST_PEOPLE)


class MeasureForm(Form):
    """What is done about a declared conflict."""

    version = HiddenField()
    measure = ChoiceField(
        "What is done?", [Required("Select what is done")], options=options_of(MEASURE_WORDS), coerce=Measure
    )
    explanation = LongTextField("Why, and how", [Required("Enter why, and how")], limit=2000, rows=3, subject="The explanation",
                                description="This stays private")  # fmt: skip
    conflict = TextField("What the register says of the conflict", limit=500,
                         description="The public reads it, with what is done. Leave it empty only if it is no conflict")  # fmt: skip

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0

    def details(self) -> MeasureDetails:
        return MeasureDetails(self.measure.data, self.explanation.data, self.conflict.data or "")
