"""The questions of a declaration, one form each. Nothing is stored when one is sent but the draft, so that none carries a form key:
going back and answering again always counts."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.interests.organisation_forms import OrganisationOrNoneForm
from coi.registers.interests.redaction import FIELD_WORDS
from coi.registers.interests.rules import apparent_name
from coi.registers.interests.sitting import Entry, Line
from coi.registers.interests.subtypes import (
    GIFT,
    GIFT_HINT,
    GIFT_WORDS,
    SUBTYPES,
    Answering,
    Particular,
    particulars_of,
    suggested_nature,
)
from coi.registers.interests.vocabulary import (
    ROLE_WORDS,
    STILL_WORDS,
    TYPE_WORDS,
    VIA_WORDS,
    Directness,
    InterestRole,
    InterestSubtype,
    InterestType,
    Still,
    Via,
)
from coi.registers.privacy_forms import PrivacyFields
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField

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
        "Which organisation is the interest in?", [Required("Enter the name of the organisation")],
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


class ParticularsForm(StepForm):
    """What a type of interest needs beside. Its fields are made from the data of the type: see `of`."""

    names: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def of(cls, entry: Entry) -> "ParticularsForm":
        asked = particulars_of(entry.subtype)
        fields = {each.name: field_for(each) for each in asked}
        made = type("AskedParticularsForm", (cls,), {**fields, "names": tuple(fields)})
        form: ParticularsForm = made(**{name: entry.particulars.get(name) for name in fields})
        return form

    def answers(self) -> Mapping[str, Any]:
        return {"particulars": {name: self[name].data for name in self.names if self[name].data}}


def field_for(asked: Particular) -> Any:
    """Returns the field that asks for a particular."""
    what = f"Answer: {asked.label}" if asked.answering is Answering.LINE else f"Select an answer: {asked.label}"
    needed = [Required(what)] if asked.is_required else [Optional()]
    if asked.answering is Answering.CHOICE:
        options = tuple(Option(each, each) for each in asked.options)
        return ChoiceField(asked.label, needed, options=options, description=asked.hint)
    return TextField(asked.label, needed, limit=200, description=asked.hint, subject=asked.heading)


class NatureForm(StepForm):
    """What the interest is, in the declarant's own words."""

    warned_of = HiddenField()

    nature = LongTextField(
        "Describe the interest in your own words", [Required("Describe the interest")], limit=2000, rows=4,
        subject="The description", description="For example: “GP partner with a one-fifth share. The practice owns its premises.” "
        "Do not name relatives or friends",
    )  # fmt: skip

    @classmethod
    def of(cls, entry: Entry) -> "NatureForm":
        form = cls(**cls.kept(entry))
        form.is_somebody_elses = entry.directness == Directness.INDIRECT
        form.is_ours = bool(not entry.nature and form.nature.data and not form.is_submitted())
        return form

    is_somebody_elses: bool = False
    is_ours: bool = False
    """Whether the text was made from the answers, and nobody has read it yet."""

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        return {"nature": entry.nature or _suggested(entry)}

    def validate(self, extra_validators: Any = None) -> bool:
        """Warns once of what looks like a name; whoever sends the same text again knows better."""
        is_right = bool(super().validate(extra_validators))
        name = apparent_name(self.nature.data or "") if self.is_somebody_elses else ""
        if not is_right or not name or self.warned_of.data == name:
            return is_right
        self.warned_of.data = name
        self.nature.errors = [
            f"“{name}” looks like a name. Leave out who it is: the relation is enough. If it is no name, press Continue again"
        ]
        return False

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


class PrivacyForm(PrivacyFields, StepForm):
    """Whether there is a reason not to publish."""

    reveals_health = BooleanField(
        "It reveals something about somebody’s health, religion or belief",
        description="Then it is not public before the Conflicts of Interest Guardian has decided",
    )
    parts = SeveralField(
        "Which parts should not be published?", options=tuple(Option(name, words) for name, words in FIELD_WORDS.items()),
        description="Only these are held back until the Guardian decides. If you select none, the whole interest is",
    )  # fmt: skip

    @classmethod
    def kept(cls, entry: Entry) -> Mapping[str, Any]:
        answer = bool(entry.keep_private_because) if "privacy" in entry.answered else None
        parts = entry.keep_private_fields.split()
        return {
            "has_reason": answer,
            "reason": entry.keep_private_because,
            "reveals_health": entry.reveals_health,
            "parts": parts,
        }

    def answers(self) -> Mapping[str, Any]:
        return {**super().answers(), "reveals_health": bool(self.reveals_health.data)}


class StillForm(Form):
    """Whether a line of the register is still right."""

    form_key = None
    still = ChoiceField(
        "Is this still right?",
        [Required("Select whether this is still right")],
        options=options_of(STILL_WORDS),
        coerce=Still,
    )
    ended_on = DatePartsField("When did it end?", subject="The date it ended", description="For example, 31 3 2026")

    @classmethod
    def of(cls, line: Line) -> "StillForm":
        return cls(still=line.still or None, ended_on=_from_iso(line.ended_on))

    def validate(self, extra_validators: Any = None) -> bool:
        """Asks for the date where it has ended; what stands in its boxes else does not matter."""
        is_right = bool(super().validate(extra_validators))
        if self.still.data is not Still.ENDED:
            self.ended_on.errors = ()
            return not self.still.errors
        if not self.ended_on.data and not self.ended_on.errors:
            self.ended_on.errors = ["Enter the date it ended"]
        return is_right and not self.ended_on.errors

    @property
    def ended(self) -> date | None:
        return self.ended_on.data if self.still.data is Still.ENDED else None


class AnotherForm(Form):
    """Whether there is another interest to add."""

    form_key = None
    another = YesNoField("Do you want to add another interest?", [Required("Select yes to add another interest")])


class DropForm(Form):
    """A declaration that was not sent is thrown away: pressed once it asks, pressed again it is sure."""

    form_key = None
    sure = HiddenField()

    @property
    def is_sure(self) -> bool:
        return self.sure.data == "yes"


class RemoveForm(Form):
    """Takes an interest out of the sitting. Nothing but the button."""

    form_key = None


FORMS: Mapping[str, Any] = {
    "what": WhatForm,
    "particulars": ParticularsForm,
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


def _suggested(entry: Entry) -> str:
    """A description made of what was answered, for the declarant to take over or change: "Partner, Larkfield Surgery. Share: a fifth"."""
    role = "" if entry.role in ("", InterestRole.OTHER) else ROLE_WORDS[InterestRole(entry.role)]
    lead = ", ".join(words for words in (role, entry.organisation) if words) if role else ""
    return ". ".join(words for words in (lead, suggested_nature(entry.subtype, entry.particulars)) if words)


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _from_iso(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
