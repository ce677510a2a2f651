"""The first questions of an interest, one form each: what it is and whose, of what kind, with whom. Nothing is stored when one is sent
but the draft, so that none carries a form key: going back and answering again always counts."""

import uuid
from collections.abc import Mapping
from typing import Any

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.interests.entries import Entry
from coi.registers.interests.organisation_forms import OrganisationOrNoneForm
from coi.registers.interests.subtypes import (
    BESIDE_A_PRACTICE,
    GIFT,
    GIFT_HINT,
    GIFT_WORDS,
    SUBTYPES,
)
from coi.registers.interests.vocabulary import (
    TYPE_WORDS,
    VIA_WORDS,
    Directness,
    InterestSubtype,
    InterestType,
    Via,
)
from coi.web.fields import ChoiceField, Option, PickField, options_of
from coi.web.forms import Optional, Required

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


class WhatForm(StepForm):
    """What kind of thing it is, and whose: it decides which questions follow. Of somebody else the relation is asked, never the name."""

    whose = ChoiceField(
        "Whose is it?", [Required("Select whose interest it is")], options=options_of(WHOSE, WHOSE_HINTS),
        coerce=Directness,
    )  # fmt: skip
    via = PickField(
        "Who are they to you?", [Optional()], options=options_of(VIA_WORDS), coerce=Via, blank="Select who they are to you",
        description="We ask for the relation only. Do not enter anybody’s name, here or later",
    )  # fmt: skip
    what = ChoiceField(
        "What is it?", [Required("Select what you want to declare")],
        options=(
            *(Option(each, facts.words, facts.hint) for each, facts in SUBTYPES.items() if each is not InterestSubtype.OTHER),
            Option(GIFT, GIFT_WORDS, GIFT_HINT),
            Option(InterestSubtype.OTHER, SUBTYPES[InterestSubtype.OTHER].words, SUBTYPES[InterestSubtype.OTHER].hint),
        ),
    )  # fmt: skip

    @classmethod
    def of(cls, entry: Entry) -> "WhatForm":
        form = cls(what=entry.subtype or None, whose=entry.directness or None, via=entry.via or None)
        if entry.is_suggested:
            del form.whose, form.via
        if entry.is_beside_practice:
            form.what.options = tuple(each for each in form.what.options if each.value in BESIDE_A_PRACTICE)
        return form

    @property
    def is_gift(self) -> bool:
        return bool(self.what.data == GIFT)

    @property
    def is_somebody_elses(self) -> bool:
        return "whose" in self and self.whose.data is Directness.INDIRECT

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks who they are, of an interest that is somebody else's alone; of a gift, which is declared elsewhere, nothing. Rule:
        DECL-05."""
        is_right = bool(super().validate(extra_validators))
        if self.is_gift:
            return True
        if self.is_somebody_elses and self.via.data is None:
            self.via.errors = ["Select who they are to you"]
            return False
        return is_right

    def answers(self) -> Mapping[str, Any]:
        said = {"subtype": str(self.what.data)}
        if "whose" not in self:
            return said
        return {**said, "directness": str(self.whose.data), "via": str(self.via.data) if self.is_somebody_elses else ""}


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


class OrganisationStepForm(OrganisationOrNoneForm):
    """The organisation, from the reference data or in the declarant's own words."""

    form_key = None
    organisation = OrganisationPicker(
        "Which organisation is the interest in?", [Required("Enter the name of the organisation")], asks_near=True,
        takes_certain=True,
        description="A practice, company, charity or other body. Enter a name, a former name, a postcode or an ODS code",
    )  # fmt: skip

    @classmethod
    def of(cls, entry: Entry) -> "OrganisationStepForm":
        organisation_id = uuid.UUID(entry.organisation_id) if entry.organisation_id else None
        picked = PickedOrganisation(entry.organisation, organisation_id) if entry.organisation else None
        form = cls(organisation=picked, no_organisation=entry.has_no_organisation)
        form.offer_none(entry.subtype)
        if entry.subtype and not entry.is_indirect:
            form.organisation.label.text = SUBTYPES[InterestSubtype(entry.subtype)].organisation
        return form

    def answers(self) -> Mapping[str, Any]:
        named = [(each.text, str(each.id or "")) for each in self.named()]
        words, key = named[0] if named else ("", "")
        why = self.organisation.why if key else ""
        return {
            "organisation": words, "organisation_id": key, "organisation_why": why, "has_no_organisation": self.is_in_none
        }  # fmt: skip
