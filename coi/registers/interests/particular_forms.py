"""The further questions of an interest, one form each: what there is to say of it with its dates, the description, and whether there is
a reason not to publish."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField

from coi.registers.interests.entries import Entry, as_text
from coi.registers.interests.redaction import FIELD_WORDS, HELD_UNTIL
from coi.registers.interests.rules import apparent_name
from coi.registers.interests.step_forms import StepForm
from coi.registers.interests.subtypes import SUBTYPES, Answering, Particular
from coi.registers.interests.vocabulary import ROLE_WORDS, InterestRole, InterestSubtype
from coi.registers.privacy_forms import PrivacyFields
from coi.registers.questions import as_date
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, options_of
from coi.web.forms import LongTextField, Optional, Required, TextField

REVEALS_HEALTH = "It reveals something about somebody’s health, religion or belief"
THEN_IT_WAITS = "Then it is not public before the Conflicts of Interest Guardian has decided"


class DescribingForm(StepForm):
    """The declarant's own words. Of somebody else's interest it warns of what looks like a name."""

    warned_of = HiddenField()
    nature = LongTextField(
        "Describe the interest in your own words", [Optional()], limit=2000, rows=4,
        subject="The description", description="For example: “GP partner with a one-fifth share. The practice owns its premises.” "
        "Do not name relatives or friends",
    )  # fmt: skip
    is_somebody_elses: bool = False

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


class NatureForm(DescribingForm):
    """The whole description, in place of the one that was made from the answers."""

    @classmethod
    def of(cls, entry: Entry) -> "NatureForm":
        form = cls(nature=entry.description)
        form.is_somebody_elses, form.is_ours = entry.is_indirect, not entry.nature and not form.is_submitted()
        return form

    is_ours: bool = False
    """Whether the text was made from the answers, and nobody has changed it yet."""

    def validate(self, extra_validators: Any = None) -> bool:
        is_right = super().validate(extra_validators)
        if not self.nature.data:
            self.nature.errors = ["Describe the interest"]
        return is_right and bool(self.nature.data)

    def answers(self) -> Mapping[str, Any]:
        return {"nature": self.nature.data}


class AboutForm(DescribingForm):
    """What there is to say of an interest: the role, what its type asks, from when to when. Its fields are made from the data of the
    type: see `of`."""

    names: ClassVar[tuple[str, ...]] = ()
    entry: ClassVar[Entry] = Entry()

    role = ChoiceField("What is your role there?", [Required("Select the role")], coerce=InterestRole)
    arose_on = DatePartsField(
        "When did it start?", [Required("Enter the date the interest started, or select that it is still being pursued")],
        ongoing="It has not started: it is still being pursued", subject="The date it started",
        description="For example, 1 4 2019. If you do not know the day, enter the first of the month",
    )  # fmt: skip
    ended_on = DatePartsField(
        "When did it end? (optional)",
        [Optional()],
        subject="The date it ended",
        description="Leave this empty if it goes on",
    )
    aware_on = DatePartsField(
        "When did you become aware of it? (optional)", [Optional()], subject="The date you became aware",
        description="Only if this was later than the start, for example when somebody told you",
    )  # fmt: skip
    reveals_health = BooleanField(REVEALS_HEALTH, description=THEN_IT_WAITS)

    @classmethod
    def of(cls, entry: Entry) -> "AboutForm":
        fields = {each.name: field_for(each) for each in entry.asked}
        made = type("AskedAboutForm", (cls,), {**fields, "names": tuple(fields), "entry": entry})
        dates = {name: as_date(getattr(entry, name)) for name in ("arose_on", "ended_on", "aware_on")}
        told = {name: entry.particulars.get(name) for name in fields}
        said = {"nature": entry.nature or entry.added, "reveals_health": entry.reveals_health}
        form: AboutForm = made(role=entry.role or None, **said, **dates, **told)
        form._word()
        return form

    def _word(self) -> None:
        entry = self.entry
        self.is_somebody_elses = entry.is_indirect
        if entry.asks_role:
            self.role.options = roles_of(entry.subtype)
            self.role.label.text = "What is their role there?" if entry.is_indirect else "What is your role there?"
        else:
            del self.role
        if not self.describes:
            self.nature.label.text, self.nature.description = "Anything to add in your own words? (optional)", ""
        if not entry.may_reveal_health:
            del self.reveals_health
        if entry.is_once:
            ask_one_day(self)
        if not self.is_submitted():
            self.arose_on.is_ongoing = entry.is_pursuing

    @property
    def describes(self) -> bool:
        """Whether the whole description is asked for: there is one, or the answers make none."""
        entry = self.entry
        return (
            bool(entry.nature)
            or (entry.has_no_organisation and not self.needed)
            or entry.subtype in ("", InterestSubtype.OTHER)
        )

    @property
    def needed(self) -> list[str]:
        """The questions of the type that have to be answered."""
        return [each.name for each in self.entry.asked if each.is_required]

    @property
    def offered(self) -> list[str]:
        """Those that need not."""
        return [each.name for each in self.entry.asked if not each.is_required]

    @property
    def tells_more(self) -> bool:
        """Whether something that need not be told was told, or is wrong."""
        return any(self[name].data or self[name].errors for name in (*self.offered, "nature"))

    @property
    def tells_dates(self) -> bool:
        return any(self[name].data or self[name].errors for name in ("ended_on", "aware_on") if name in self)

    def validate(self, extra_validators: Any = None) -> bool:
        """Wants a description where the answers make none."""
        is_right = super().validate(extra_validators)
        if is_right and not replace(self.entry, **self.answers()).description:
            self.nature.errors = ["Describe the interest"]
        return is_right and not self.nature.errors

    def answers(self) -> Mapping[str, Any]:
        return {
            **({"role": str(self.role.data)} if "role" in self else {}),
            "particulars": {name: self[name].data for name in self.names if self[name].data},
            "nature" if self.describes else "added": self.nature.data or "",
            "arose_on": as_text(self.arose_on.data),
            "is_pursuing": self.arose_on.is_ongoing,
            "ended_on": as_text((self.ended_on if "ended_on" in self else self.arose_on).data),
            "aware_on": as_text(self.aware_on.data),
            **({"reveals_health": bool(self.reveals_health.data)} if "reveals_health" in self else {}),
        }  # fmt: skip


def ask_one_day(form: Any) -> None:
    """Makes a form that asks from when to when ask for the one day of something that happens once."""
    form.arose_on.label.text, form.arose_on.subject = "When was it?", "The day"
    form.arose_on.ongoing, form.arose_on.description = "It has not happened yet", "For example, 3 6 2026"
    form.arose_on.validators = [Required("Enter the day on which it was, or select that it has not happened yet")]
    del form.ended_on


def roles_of(subtype: str) -> tuple[Option, ...]:
    """Returns the roles that can be had in an interest of a type, the last of them anything else."""
    roles = SUBTYPES[InterestSubtype(subtype)].roles if subtype else ()
    return options_of({each: ROLE_WORDS[each] for each in roles or ROLE_WORDS})


def field_for(asked: Particular) -> Any:
    """Returns the field that asks for a particular."""
    what = f"Answer: {asked.label}" if asked.answering is Answering.LINE else f"Select an answer: {asked.label}"
    needed = [Required(what)] if asked.is_required else [Optional()]
    label = asked.label if asked.is_required else f"{asked.label} (optional)"
    if asked.answering is Answering.CHOICE:
        options = tuple(Option(each, each) for each in asked.options)
        return ChoiceField(label, needed, options=options, description=asked.hint)
    return TextField(label, needed, limit=200, description=asked.hint, subject=asked.heading)


class PrivacyForm(PrivacyFields, StepForm):
    """Whether there is a reason not to publish."""

    reveals_health = BooleanField(REVEALS_HEALTH, description=THEN_IT_WAITS)
    parts = SeveralField(
        "Which parts should not be published?", options=tuple(Option(name, words) for name, words in FIELD_WORDS.items()),
        description=HELD_UNTIL,
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
        return {**super().answers(), "reveals_health": bool(self.reveals_health.data), "wants_privacy": False}
