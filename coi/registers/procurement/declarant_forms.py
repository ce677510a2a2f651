"""Forms about declarations for a procurement: who is asked, what they declare, what is done about a conflict, when bids are given out."""

from datetime import date
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField

from coi.registers.interests.vocabulary import TYPE_WORDS, InterestType
from coi.registers.procurement.declared_vocabulary import (
    ASKED_SIDES,
    MEASURE_WORDS,
    NEARNESS_WORDS,
    NOT_TOLD,
    AskedDetails,
    DeclaredPerson,
    LinkDeclaration,
    Measure,
    MeasureDetails,
    Nearness,
    Particulars,
)
from coi.registers.procurement.declaring import OF_A_PERSON, OF_ONESELF, questions_of
from coi.registers.procurement.vocabulary import SIDE_WORDS, Side
from coi.web.fields import ChoiceField, DatePartsField, PickField, YesNoField, options_of
from coi.web.forms import EmailField, Form, LongTextField, Optional, Required, TextField

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
            fields[f"has_{code}"] = YesNoField(words.format(body=body), [Required("Select yes or no")])
            fields[f"text_{code}"] = LongTextField("If yes, describe it", limit=2000, rows=3, subject="The description")
            if code in OF_ONESELF:
                fields |= _particular_fields(code)
        for number in range(0 if side.sees_bids else _places()):
            who = f"relevant person {number + 1}"
            fields[f"person_{number}"] = TextField("Name", subject=f"The name of {who}")
            fields[f"interest_{number}"] = LongTextField(
                "What they declare", limit=2000, rows=2, subject="The interest", description=OF_A_PERSON
            )
            fields[f"nearness_{number}"] = PickField("Whose interest is it?", options=options_of(NEARNESS_WORDS), coerce=Nearness,
                                                     blank="Select whose it is")  # fmt: skip
            fields |= _particular_fields(str(number))
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
            if self[f"has_{code}"].data and code in OF_ONESELF:
                is_valid = self._has_particulars(code) and is_valid
        for number in self.places:
            name, interest = (bool((self[f"{each}_{number}"].data or "").strip()) for each in ("person", "interest"))
            if name and not interest:
                is_valid = self._wrong(f"interest_{number}", "Enter what they declare, or “None”")
            if interest and not name:
                is_valid = self._wrong(f"person_{number}", "Enter the name of the person")
            if _said(self[f"interest_{number}"].data or "").strip():
                is_valid = self._has_particulars(str(number)) and is_valid
        return is_valid

    def tells(self, number: int) -> bool:
        """Whether something was told, or is wrong, of the particulars of a person's interest."""
        each = [self[f"{name}_{number}"] for name in ("nearness", "type", "since", "until")]
        return any(field.data or field.errors for field in each)

    def _has_particulars(self, of: str) -> bool:
        """Whether it is told of an interest whose it is, of what type and since when, in an order that can be."""
        asked = {"nearness": "Select whose interest it is", "type": "Select the type", "since": "Enter since when"}
        lacking = [name for name in asked if f"{name}_{of}" in self and not self[f"{name}_{of}"].data]
        for name in lacking:
            if not self[f"{name}_{of}"].errors:
                self._wrong(f"{name}_{of}", asked[name])
        since, until = self[f"since_{of}"].data, self[f"until_{of}"].data
        if since and until and until < since:
            return self._wrong(f"until_{of}", "It must end on or after the day it started")
        return not lacking

    def _particulars(self, of: str) -> Particulars:
        near = self[f"nearness_{of}"].data if f"nearness_{of}" in self else None
        return Particulars(self[f"type_{of}"].data, self[f"since_{of}"].data, self[f"until_{of}"].data, near)

    def _wrong(self, name: str, words: str) -> bool:
        self[name].errors = [*self[name].errors, words]
        return False

    def details(self) -> LinkDeclaration:
        answers = {code: self[f"text_{code}"].data if self[f"has_{code}"].data else "" for code in self.codes}
        people = [self._person(number) for number in self.places if self[f"person_{number}"].data]
        told = {code: self._particulars(code) for code, text in answers.items() if text and code in OF_ONESELF}
        return LinkDeclaration(self["declared_by"].data, answers, tuple(people), told)

    def _person(self, number: int) -> DeclaredPerson:
        interest = _said(self[f"interest_{number}"].data)
        told = self._particulars(str(number)) if interest else NOT_TOLD
        return DeclaredPerson(self[f"person_{number}"].data, interest, told)


def _particular_fields(of: str) -> dict[str, Any]:
    """The fields that ask for the particulars of an interest. `of`: the code of the question, or the number of the person."""
    return {
        f"type_{of}": PickField("Type of interest", options=options_of(TYPE_WORDS), coerce=InterestType, blank="Select the type"),
        f"since_{of}": DatePartsField("Since when?", [Optional()], subject="The day it started"),
        f"until_{of}": DatePartsField("Until when? (optional)", [Optional()], subject="The day it ended",
                                      description="Leave this empty if it goes on"),
    }  # fmt: skip


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
