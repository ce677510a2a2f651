"""The questions about an offer, one form each. Nothing is stored when one is sent but the draft, so that none carries a form key."""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wtforms import BooleanField

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.gifts.columns import FIELD_WORDS
from coi.registers.gifts.sitting import Sitting
from coi.registers.gifts.vocabulary import (
    FOR_A_PERSON,
    FOR_THE_BODY,
    HOSPITALITY,
    KIND_HINTS,
    KIND_WORDS,
    SOURCE_WORDS,
    OfferKind,
    OfferSource,
    Response,
)
from coi.registers.privacy_forms import REASON_HINT, PrivacyFields
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField
from coi.web.money import MoneyField


class StepForm(PickingForm):
    """A question of the sitting. `answers()` gives what the sitting keeps of it."""

    form_key = None

    @classmethod
    def of(cls, sitting: Sitting) -> "StepForm":
        """Returns the form with what was answered before."""
        raise NotImplementedError

    def answers(self) -> Mapping[str, Any]:
        raise NotImplementedError


class KindForm(StepForm):
    """What was offered."""

    kind = ChoiceField("What was offered?", [Required("Select what was offered")], coerce=OfferKind)

    @classmethod
    def of(cls, sitting: Sitting) -> "KindForm":
        form = cls(kind=sitting.kind or None)
        kinds = FOR_THE_BODY if sitting.is_for_body else FOR_A_PERSON
        form.kind.options = tuple(Option(each, KIND_WORDS[each], KIND_HINTS[each]) for each in kinds)
        return form

    def answers(self) -> Mapping[str, Any]:
        return {"kind": str(self.kind.data)}


class SourceForm(StepForm):
    """Who they are to the organisation."""

    source = ChoiceField(
        "Who offered it?", [Required("Select who offered it")], options=options_of(SOURCE_WORDS), coerce=OfferSource
    )

    @classmethod
    def of(cls, sitting: Sitting) -> "SourceForm":
        return cls(source=sitting.source or None)

    def answers(self) -> Mapping[str, Any]:
        return {"source": str(self.source.data)}


class OfferorForm(StepForm):
    """Which organisation it was, and what it does."""

    offeror = OrganisationPicker(
        "Which organisation or person was it?", [Required("Enter who offered it")], asks_near=True,
        description="Enter a name, a postcode or an ODS code. If it is not in the list, we keep your own words",
    )  # fmt: skip
    business = TextField(
        "What do they do?", limit=200, description="The nature of their business. For example, medicines"
    )

    @classmethod
    def of(cls, sitting: Sitting) -> "OfferorForm":
        organisation_id = uuid.UUID(sitting.offeror_id) if sitting.offeror_id else None
        picked = PickedOrganisation(sitting.offeror, organisation_id) if sitting.offeror else None
        return cls(offeror=picked, business=sitting.business)

    def answers(self) -> Mapping[str, Any]:
        chosen = self.offeror.data.organisation_id
        return {
            "offeror": self.offeror.kept_words,
            "offeror_id": str(chosen or ""),
            "business": self.business.data or "",
        }


class PatientForm(StepForm):
    """A patient or family, never by name."""

    offeror = TextField(
        "How do you want to call them?", [Required("Enter how to call them")], limit=100, subject="How to call them",
        description="Do not enter a patient’s name. Use words that you will know again, like “family of J, ward 4”. They are never "
        "published",
    )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting) -> "PatientForm":
        return cls(offeror=sitting.offeror)

    def answers(self) -> Mapping[str, Any]:
        return {"offeror": self.offeror.data, "offeror_id": "", "business": ""}


class WhatForm(StepForm):
    """What it was, in words."""

    description = LongTextField(
        "Describe it", [Required("Describe what was offered")], limit=1000, rows=3, subject="The description",
        description="For example: a bottle of wine; dinner after the spring conference",
    )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting) -> "WhatForm":
        return cls(description=sitting.description)

    def answers(self) -> Mapping[str, Any]:
        return {"description": self.description.data}


class ValueForm(StepForm):
    """What it is worth."""

    value = MoneyField(
        "What is it worth, in pounds?", [Required("Enter what it is worth")], subject="The value",
        description="If you do not know, enter what a reasonable person would guess. For a meal, the value for one person",
    )  # fmt: skip
    is_estimate = BooleanField("This is an estimate")

    @classmethod
    def of(cls, sitting: Sitting) -> "ValueForm":
        return cls(value=Decimal(sitting.value) if sitting.value else None, is_estimate=sitting.is_estimate)

    def answers(self) -> Mapping[str, Any]:
        return {"value": str(self.value.data), "is_estimate": bool(self.is_estimate.data)}


class ModestForm(StepForm):
    """Whether travel or accommodation is more than modest."""

    beyond = YesNoField(
        "Is it business or first class, abroad, or more than we would pay for?",
        [Required("Select yes if it is more than the organisation would pay for")],
    )

    @classmethod
    def of(cls, sitting: Sitting) -> "ModestForm":
        return cls(beyond=sitting.is_beyond_modest if "modest" in sitting.answered else None)

    def answers(self) -> Mapping[str, Any]:
        return {"is_beyond_modest": bool(self.beyond.data)}


class OfferedForm(StepForm):
    """When it was offered."""

    offered_on = DatePartsField(
        "When was it offered?", [Required("Enter the date of the offer")], subject="The date of the offer"
    )

    @classmethod
    def of(cls, sitting: Sitting) -> "OfferedForm":
        return cls(offered_on=sitting.details_date("offered_on"))

    def answers(self) -> Mapping[str, Any]:
        return {"offered_on": self.offered_on.data.isoformat()}


class ResponseForm(StepForm):
    """What became of it. Everything can be said that happened."""

    response = ChoiceField("What happened?", [Required("Select what happened")], coerce=Response)

    @classmethod
    def of(cls, sitting: Sitting) -> "ResponseForm":
        form = cls(response=sitting.response or None)
        form.response.options = responses_for(OfferKind(sitting.kind) if sitting.kind else None, sitting.is_for_body)
        return form

    def answers(self) -> Mapping[str, Any]:
        return {"response": str(self.response.data)}


class ReceivedForm(StepForm):
    """When it came."""

    received_on = DatePartsField(
        "When did you receive it?", [Optional()], ongoing="I have not received it yet", subject="The date you received it",
    )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting) -> "ReceivedForm":
        return cls(received_on=sitting.details_date("received_on"))

    def answers(self) -> Mapping[str, Any]:
        return {"received_on": self.received_on.data.isoformat() if self.received_on.data else ""}


class ReasonForm(StepForm):
    """Why it was taken or declined."""

    reason = LongTextField(
        "Why did you accept or decline it?", [Required("Enter the reason")], limit=1000, rows=3, subject="The reason"
    )
    comments = LongTextField(
        "Other comments (optional)", [Optional()], limit=1000, rows=2, subject="The comments",
        description="For example, who approved it before, or what was done with it",
    )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting) -> "ReasonForm":
        return cls(reason=sitting.reason, comments=sitting.comments)

    def answers(self) -> Mapping[str, Any]:
        return {"reason": self.reason.data, "comments": self.comments.data or ""}


class PrivacyForm(PrivacyFields, StepForm):
    """Whether there is a reason not to publish: asked of whoever wants to say so."""

    parts = SeveralField(
        "Which parts should not be published?", options=tuple(Option(name, words) for name, words in FIELD_WORDS.items()),
        description="Only these are held back until the Guardian decides. If you select none, the whole entry is",
    )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting) -> "PrivacyForm":
        has_reason = bool(sitting.keep_private_because) or None
        return cls(
            has_reason=has_reason, reason=sitting.keep_private_because, parts=sitting.keep_private_fields.split()
        )


class AskForm(Form):
    """The same, of an entry that is on the register."""

    reason = LongTextField("What is the reason?", [Required("Enter the reason not to publish this")], limit=2000, rows=4,
                           subject="The reason", description=REASON_HINT)  # fmt: skip
    parts = SeveralField(
        "Which parts should not be published?", options=tuple(Option(name, words) for name, words in FIELD_WORDS.items()),
        description="If you select none, the whole entry is held back until the Guardian decides",
    )  # fmt: skip


def responses_for(kind: OfferKind | None, is_for_body: bool) -> tuple[Option, ...]:
    """Returns what can have happened with an offer: only goods can be passed on to the organisation."""
    declined = Option(Response.DECLINED, "It was declined")
    if is_for_body:
        return (Option(Response.PASSED_ON, "It was accepted"), declined)
    kept = Option(Response.KEPT, "I accepted it" if kind in HOSPITALITY else "I kept it")
    passed_on = Option(Response.PASSED_ON, "I took it for the organisation, for example for its charitable fund")
    return (kept, declined) if kind in HOSPITALITY else (kept, passed_on, declined)


FORMS: dict[str, type[StepForm]] = {
    "kind": KindForm, "source": SourceForm, "offeror": OfferorForm, "what": WhatForm, "value": ValueForm, "modest": ModestForm,
    "offered": OfferedForm, "response": ResponseForm, "received": ReceivedForm, "reason": ReasonForm,
    "privacy": PrivacyForm,
}  # fmt: skip


def form_for(step: str, sitting: Sitting) -> StepForm:
    """Returns the form of a step, with what was answered before. A patient is asked for in words, an organisation is picked."""
    is_patient = step == "offeror" and sitting.source == OfferSource.PATIENT
    return (PatientForm if is_patient else FORMS[step]).of(sitting)
