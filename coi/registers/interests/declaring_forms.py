"""The questions of a declaration, one form each. Nothing is stored when one is sent but the draft, so that none carries a form key:
going back and answering again always counts."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.interests.sitting import Entry
from coi.registers.interests.vocabulary import (
    ROLE_WORDS,
    TYPE_WORDS,
    VIA_WORDS,
    Directness,
    InterestRole,
    InterestType,
    Via,
)
from coi.web.fields import ChoiceField, DatePartsField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required

TYPE_HINTS = {
    InterestType.FINANCIAL: "You, or they, may gain or lose money. For example: partner at a practice, salaried GP, shareholder in a "
    "federation or company, director, owner of premises, paid adviser, private practice",
    InterestType.NON_FINANCIAL_PROFESSIONAL: "Your, or their, reputation, status or career may gain. For example: GP with a special "
    "interest, unpaid clinical director, adviser to CQC or NICE, research role",
    InterestType.NON_FINANCIAL_PERSONAL: "You, or they, may gain in a way that is neither money nor career. For example: trustee or "
    "volunteer of a charity, school governor, member of a campaign group",
}
WHOSE = {
    Directness.DIRECT: "Mine",
    Directness.INDIRECT: "Somebody close to me",
}
WHOSE_HINTS = {
    Directness.INDIRECT: "For example your husband, wife or partner, a close relative, a close friend or a business partner"
}


class StepForm(PickingForm):
    """A question of the sitting. `answers()` gives what the entry keeps of it."""

    form_key = None

    @classmethod
    def of(cls, entry: Entry) -> "StepForm":
        """Returns the form with what was answered before."""
        return cls(**cls.kept(entry))

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        raise NotImplementedError

    def answers(self) -> Mapping[str, Any]:
        raise NotImplementedError


class KindForm(StepForm):
    """What kind of interest it is, with the definitions beside the question."""

    kind = ChoiceField(
        "What kind of interest is it?", [Required("Select what kind of interest it is")],
        options=options_of(TYPE_WORDS, TYPE_HINTS), coerce=InterestType,
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"kind": entry.type or None}

    def answers(self) -> Mapping[str, Any]:
        return {"type": str(self.kind.data)}


class WhoseForm(StepForm):
    """Whether the interest is the declarant's own."""

    whose = ChoiceField(
        "Whose interest is it?", [Required("Select whose interest it is")], options=options_of(WHOSE, WHOSE_HINTS),
        coerce=Directness,
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"whose": entry.directness or None}

    def answers(self) -> Mapping[str, Any]:
        return {"directness": str(self.whose.data)}


class RelationForm(StepForm):
    """Through whom an indirect interest is held: never the name."""

    via = ChoiceField(
        "Who are they to you?", [Required("Select who they are to you")], options=options_of(VIA_WORDS), coerce=Via,
        description="We ask for the relation only. Do not enter anybody’s name, here or later",
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"via": entry.via or None}

    def answers(self) -> Mapping[str, Any]:
        return {"via": str(self.via.data)}


class OrganisationStepForm(PickingForm):
    """The organisation, from the reference data or in the declarant's own words."""

    form_key = None
    organisation = OrganisationPicker(
        "Which organisation is the interest in?", [Required("Enter the name of the organisation")],
        description="A practice, company, charity or other body. Enter a name, a former name, a postcode or an ODS code",
    )  # fmt: skip

    @classmethod
    def of(cls, entry: Entry) -> "OrganisationStepForm":
        organisation_id = uuid.UUID(entry.organisation_id) if entry.organisation_id else None
        return cls(organisation=PickedOrganisation(entry.organisation, organisation_id) if entry.organisation else None)

    def answers(self) -> Mapping[str, Any]:
        picked = self.organisation.data
        return {
            "organisation": self.organisation.kept_words,
            "organisation_id": str(picked.organisation_id or ""),
        }


class RoleForm(StepForm):
    """What the person is in the organisation."""

    role = ChoiceField(
        "What is your role there?", [Required("Select the role")], options=options_of(ROLE_WORDS), coerce=InterestRole
    )

    @classmethod
    def of(cls, entry: Entry) -> "RoleForm":
        form = cls(**cls.kept(entry))
        form.role.label.text = (
            "What is their role there?" if entry.directness == Directness.INDIRECT else "What is your role there?"
        )
        return form

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"role": entry.role or None}

    def answers(self) -> Mapping[str, Any]:
        return {"role": str(self.role.data)}


class NatureForm(StepForm):
    """What the interest is, in the declarant's own words."""

    nature = LongTextField(
        "Describe the interest in your own words", [Required("Describe the interest")], limit=2000, rows=4,
        subject="The description", description="For example: “GP partner with a one-fifth share. The practice owns its premises.” "
        "Do not name relatives or friends",
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"nature": entry.nature}

    def answers(self) -> Mapping[str, Any]:
        return {"nature": self.nature.data}


class DatesForm(StepForm):
    """From when to when, and when the declarant became aware."""

    arose_on = DatePartsField(
        "When did it start?", [Required("Enter the date the interest started, or select that it is still being pursued")],
        ongoing="It has not started: it is still being pursued", subject="The date it started",
        description="For example, 1 4 2019. If you do not know the day, enter the first of the month",
    )  # fmt: skip
    ended_on = DatePartsField(
        "When did it end?", [Optional()], ongoing="It has not ended", subject="The date it ended",
        description="Leave this empty if it goes on",
    )  # fmt: skip
    aware_on = DatePartsField(
        "When did you become aware of it? (optional)", [Optional()], subject="The date you became aware",
        description="Only if this was later than the start, for example when somebody told you",
    )  # fmt: skip

    @classmethod
    def of(cls, entry: Entry) -> "DatesForm":
        form = cls(**{name: _from_iso(getattr(entry, name)) for name in ("arose_on", "ended_on", "aware_on")})
        if not form.is_submitted():
            form.arose_on.is_ongoing = entry.is_pursuing
            form.ended_on.is_ongoing = "dates" in entry.answered and not entry.ended_on
        return form

    def answers(self) -> Mapping[str, Any]:
        return {
            "arose_on": _iso(self.arose_on.data),
            "is_pursuing": self.arose_on.is_ongoing,
            "ended_on": _iso(self.ended_on.data),
            "aware_on": _iso(self.aware_on.data),
        }


class PrivacyForm(StepForm):
    """Whether there is a reason not to publish."""

    has_reason = YesNoField(
        "Is there a reason not to publish this?", [Required("Select yes if there is a reason not to publish this")],
        hints={False: "This is the usual answer"},
    )  # fmt: skip
    reason = LongTextField(
        "What is the reason?", limit=2000, rows=4, subject="The reason",
        description="Say what harm or distress could follow, to whom. Only the Conflicts of Interest Guardian reads this",
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        answer = bool(entry.keep_private_because) if "privacy" in entry.answered else None
        return {"has_reason": answer, "reason": entry.keep_private_because}

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks for the reason where there is said to be one."""
        is_right = bool(super().validate(extra_validators))
        if self.has_reason.data and not self.reason.data:
            self.reason.errors = [*self.reason.errors, "Enter the reason not to publish this"]
            return False
        return is_right

    def answers(self) -> Mapping[str, Any]:
        return {"keep_private_because": self.reason.data if self.has_reason.data else ""}


class AnotherForm(Form):
    """Whether there is another interest to add."""

    form_key = None
    another = YesNoField("Do you want to add another interest?", [Required("Select yes to add another interest")])


class RemoveForm(Form):
    """Takes an interest out of the sitting. Nothing but the button."""

    form_key = None


FORMS: Mapping[str, Any] = {
    "kind": KindForm,
    "whose": WhoseForm,
    "relation": RelationForm,
    "organisation": OrganisationStepForm,
    "role": RoleForm,
    "nature": NatureForm,
    "dates": DatesForm,
    "privacy": PrivacyForm,
}
"""The form of each step."""


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _from_iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
