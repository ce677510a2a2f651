"""The first questions of an interest, one form each: what it is, whose, with whom. Nothing is stored when one is sent but the draft, so
that none carries a form key: going back and answering again always counts."""

import uuid
from collections.abc import Mapping
from typing import Any

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.interests.organisation_forms import OrganisationOrNoneForm
from coi.registers.interests.sitting import Entry
from coi.registers.interests.subtypes import (
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
from coi.web.fields import ChoiceField, Option, options_of
from coi.web.forms import Required

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
    """What kind of thing it is: it decides which questions follow."""

    what = ChoiceField(
        "What do you want to declare?", [Required("Select what you want to declare")],
        options=(
            *(Option(each, facts.words, facts.hint) for each, facts in SUBTYPES.items() if each is not InterestSubtype.OTHER),
            Option(GIFT, GIFT_WORDS, GIFT_HINT),
            Option(InterestSubtype.OTHER, SUBTYPES[InterestSubtype.OTHER].words, SUBTYPES[InterestSubtype.OTHER].hint),
        ),
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"what": entry.subtype or None}

    @property
    def is_gift(self) -> bool:
        return bool(self.what.data == GIFT)

    def answers(self) -> Mapping[str, Any]:
        return {"subtype": str(self.what.data)}


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


class OrganisationStepForm(OrganisationOrNoneForm):
    """The organisation, from the reference data or in the declarant's own words."""

    form_key = None
    organisation = OrganisationPicker(
        "Which organisation is the interest in?", [Required("Enter the name of the organisation")], asks_near=True,
        description="A practice, company, charity or other body. Enter a name, a former name, a postcode or an ODS code",
    )  # fmt: skip

    @classmethod
    def of(cls, entry: Entry) -> "OrganisationStepForm":
        organisation_id = uuid.UUID(entry.organisation_id) if entry.organisation_id else None
        picked = PickedOrganisation(entry.organisation, organisation_id) if entry.organisation else None
        form = cls(organisation=picked, no_organisation=entry.has_no_organisation)
        form.offer_none(entry.subtype)
        if entry.subtype and entry.directness != Directness.INDIRECT:
            form.organisation.label.text = SUBTYPES[InterestSubtype(entry.subtype)].organisation
        return form

    def answers(self) -> Mapping[str, Any]:
        named = [(each.text, str(each.id or "")) for each in self.named()]
        words, key = named[0] if named else ("", "")
        return {"organisation": words, "organisation_id": key, "has_no_organisation": self.is_in_none}
