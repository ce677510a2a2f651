"""The further questions of an interest, one form each: the role, what its type asks beside, the description, the dates, and whether
there is a reason not to publish."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField

from coi.registers.interests.redaction import FIELD_WORDS
from coi.registers.interests.rules import apparent_name
from coi.registers.interests.sitting import Entry, as_date, as_text
from coi.registers.interests.step_forms import StepForm
from coi.registers.interests.subtypes import (
    Answering,
    Particular,
    particulars_of,
    suggested_nature,
)
from coi.registers.interests.vocabulary import (
    ROLE_WORDS,
    Directness,
    InterestRole,
)
from coi.registers.privacy_forms import PrivacyFields
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, options_of
from coi.web.forms import LongTextField, Optional, Required, TextField


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
        asked = particulars_of(entry.subtype, is_indirect=entry.directness == Directness.INDIRECT)
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
    label = asked.label if asked.is_required else f"{asked.label} (optional)"
    if asked.answering is Answering.CHOICE:
        options = tuple(Option(each, each) for each in asked.options)
        return ChoiceField(label, needed, options=options, description=asked.hint)
    return TextField(label, needed, limit=200, description=asked.hint, subject=asked.heading)


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
        form = cls(**{name: as_date(getattr(entry, name)) for name in ("arose_on", "ended_on", "aware_on")})
        if not form.is_submitted():
            form.arose_on.is_ongoing = entry.is_pursuing
            form.ended_on.is_ongoing = "dates" in entry.answered and not entry.ended_on
        return form

    def answers(self) -> Mapping[str, Any]:
        return {
            "arose_on": as_text(self.arose_on.data),
            "is_pursuing": self.arose_on.is_ongoing,
            "ended_on": as_text(self.ended_on.data),
            "aware_on": as_text(self.aware_on.data),
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


def _suggested(entry: Entry) -> str:
    """A description made of what was answered, for the declarant to take over or change: "Partner, Larkfield Surgery. Share: a fifth"."""
    role = "" if entry.role in ("", InterestRole.OTHER) else ROLE_WORDS[InterestRole(entry.role)]
    lead = ", ".join(words for words in (role, entry.organisation) if words) if role else ""
    return ". ".join(words for words in (lead, suggested_nature(entry.subtype, entry.particulars)) if words)
