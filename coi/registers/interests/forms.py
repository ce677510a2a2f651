"""Forms of the register besides the questions of a declaration: sign, nothing to declare, change, end, mitigate, match, decide."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import starmap
from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import ValidationError

from coi.organisations.forms import PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.people.models import Person
from coi.registers.interests.link_vocabulary import PURPOSE_WORDS, LinkPurpose
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.organisation_forms import OrganisationOrNoneForm
from coi.registers.interests.particular_forms import REVEALS_HEALTH, ask_one_day, field_for
from coi.registers.interests.redaction import FIELD_WORDS, HELD_UNTIL
from coi.registers.interests.step_forms import TYPE_HINTS, WHOSE, WHOSE_HINTS
from coi.registers.interests.subtypes import is_once, particulars_of, without_own
from coi.registers.interests.vocabulary import (
    GROUP_WORDS,
    ROLE_WORDS,
    TYPE_WORDS,
    VIA_WORDS,
    Declaring,
    Directness,
    InterestDetails,
    InterestRole,
    InterestSubtype,
    InterestType,
    NilDetails,
    Via,
)
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, SeveralField, options_of
from coi.web.forms import EmailField, Form, LongTextField, Optional, Required, TextField

SIGNED_FOR = "Entered from a declaration that the person made in writing, as it stands there."
SURE = "It ended on that day. I have read what follows from it"
NOTHING = "I have no interests to declare. I know of no interests of anybody close to me that I should declare."


def signed(days: int) -> str:
    """Returns what a declarant signs, in our words: a change is told within `days`, at once where the rules set none. RULEBOOK §6.4."""
    limit = f"within {days} {'day' if days == 1 else 'days'}" if days else "without delay"
    return (
        f"What I have declared is complete and correct, as far as I know. I will tell of any change {limit}. I know that not "
        "doing so can lead to disciplinary, civil or criminal action."
    )


class SignForm(Form):
    """Sends the declaration. Nothing but the button."""


class NothingForm(Form):
    """A positive nil return."""

    agreed = BooleanField(NOTHING)

    def validate_agreed(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Select the statement to confirm that you have nothing to declare")

    def details(self, statement: str) -> NilDetails:
        return NilDetails(f"{NOTHING} {statement}")


class EnterForm(Form):
    """On whose behalf a paper is entered, what it says, and its date."""

    person_id = PickField(
        "Whose declaration is it?", [Required("Select whose declaration it is")], coerce=uuid.UUID, blank="Select a person",
        message="Select a person from the list",
    )  # fmt: skip
    declared_on = DatePartsField(
        "What is the date on it?", [Required("Enter the date on the declaration")], subject="The date on the declaration",
        description="The day on which the person signed it or sent it",
    )  # fmt: skip
    content = ChoiceField(
        "What does it say?", [Required("Select what the declaration says")],
        options=(Option("interests", "It declares one or more interests"), Option("nothing", "There is nothing to declare")),
    )  # fmt: skip

    def offer(self, called: Mapping[uuid.UUID, str]) -> None:
        self.person_id.options = tuple(starmap(Option, called.items()))


class InviteForm(Form):
    """Who is sent a link to declare, and what for."""

    person_id = PickField(
        "Who is it for?", [Required("Select who it is for")], coerce=uuid.UUID, blank="Select a person",
        message="Select a person from the list",
    )  # fmt: skip
    purpose = ChoiceField(
        "What is it for?", [Required("Select what it is for")], coerce=LinkPurpose,
        options=tuple(
            each for each in options_of(PURPOSE_WORDS) if each.value not in (LinkPurpose.SIGNING, LinkPurpose.QUESTION)
        ),
    )  # fmt: skip

    again = BooleanField("Send another link all the same", description="The link that was sent before stops working")

    def offer(self, people: Sequence[Person], called: Mapping[uuid.UUID, str]) -> None:
        self.person_id.options = tuple(
            Option(each.id, called[each.id], each.email or "No email address") for each in people
        )


class AgreerForm(Form):
    """Who agrees for which group of people."""

    of_whom = ChoiceField(
        "Whose interests?", [Required("Select whose interests")], options=options_of(GROUP_WORDS), coerce=Declaring
    )
    agreer_id = PickField(
        "Who agrees what is done about them?", [Required("Select who agrees")], coerce=uuid.UUID, blank="Select a person",
        message="Select a person from the list",
    )  # fmt: skip

    def offer(self, called: Mapping[uuid.UUID, str]) -> None:
        self.agreer_id.options = tuple(starmap(Option, called.items()))


class DrafterForm(Form):
    """Who may draft a person's declarations."""

    email = EmailField(
        "Email address with which they sign in", [Required("Enter the email address with which they sign in")], limit=200,
        description="For example, of a practice manager. An administrator gives accounts to people who have none",
    )  # fmt: skip


class PersonDrafterForm(DrafterForm):
    """The same, on behalf of the person."""

    person_id = PickField(
        "Whose declarations?", [Required("Select whose declarations")], coerce=uuid.UUID, blank="Select a person",
        message="Select a person from the list",
    )  # fmt: skip

    def offer(self, called: Mapping[uuid.UUID, str]) -> None:
        self.person_id.options = tuple(starmap(Option, called.items()))


class ScanForm(Form):
    """The scanned form of a declaration on paper."""

    file = FileField(
        "Scanned form", [Required("Select the scanned form")], description="A PDF, or a picture as JPG or PNG. A phone can take it now",
        render_kw={"accept": "application/pdf,image/jpeg,image/png"},
    )  # fmt: skip


class VersionForm(PickingForm):
    """A form about an interest as its editor saw it."""

    version = HiddenField()

    def seen_version(self) -> int:
        """Returns the version that the page showed; 0, which matches none, where it was tampered with."""
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


class ChangeForm(VersionForm, OrganisationOrNoneForm):
    """All of an interest at once, to put right what changed."""

    kind = ChoiceField("Kind of interest", [Required("Select what kind of interest it is")],
                       options=options_of(TYPE_WORDS, TYPE_HINTS), coerce=InterestType)  # fmt: skip
    whose = ChoiceField("Whose interest is it?", [Required("Select whose interest it is")],
                        options=options_of(WHOSE, WHOSE_HINTS), coerce=Directness)  # fmt: skip
    via = PickField("Who are they to you?", options=options_of(VIA_WORDS), coerce=Via, blank="Select the relation",
                    description="The relation only, never a name")  # fmt: skip
    role = PickField("Role in it", [Required("Select the role")], options=options_of(ROLE_WORDS), coerce=InterestRole)
    nature = LongTextField("Description", [Required("Describe the interest")], limit=2000, rows=4)
    arose_on = DatePartsField(
        "When did it start?", [Required("Enter the date the interest started, or select that it is still being pursued")],
        ongoing="It has not started: it is still being pursued", subject="The date it started",
    )  # fmt: skip
    ended_on = DatePartsField("When did it end?", [Optional()], ongoing="It has not ended", subject="The date it ended")
    aware_on = DatePartsField(
        "When did you become aware of it? (optional)", [Optional()], subject="The date you became aware"
    )
    reveals_health = BooleanField(REVEALS_HEALTH)
    names: ClassVar[tuple[str, ...]] = ()
    stands: ClassVar[InterestVersion | None] = None
    note = TextField(
        "What changed, and why? (optional)", limit=300, description="For example: new lease, left the practice"
    )
    reason = LongTextField(
        "Reason not to publish this (optional)", limit=2000, rows=3, subject="The reason",
        description="Only if there is a new reason. It opens a request to the Conflicts of Interest Guardian",
    )  # fmt: skip

    parts = SeveralField(
        "Which parts should not be published? (optional)",
        options=tuple(Option(name, words) for name, words in FIELD_WORDS.items()),
        description=HELD_UNTIL,
    )  # fmt: skip
    is_sure = BooleanField(SURE)

    @classmethod
    def of(cls, stands: InterestVersion, note: str = "") -> "ChangeForm":
        named = next(iter(stands.organisations), None)
        asked = particulars_of(stands.subtype, is_indirect=stands.directness is Directness.INDIRECT)
        fields = {each.name: field_for(each) for each in asked}
        made = type("AskedChangeForm", (cls,), {**fields, "names": tuple(fields), "stands": stands})
        form: ChangeForm = made(
            version=str(stands.number), kind=stands.type, whose=stands.directness, via=stands.via, role=stands.role,
            organisation=PickedOrganisation(named.text, named.organisation_id) if named else None,
            no_organisation=named is None, nature=stands.nature, arose_on=stands.arose_on, note=note,
            ended_on=stands.ended_on, aware_on=stands.aware_on, reveals_health=bool(stands.reveals_health),
            **{name: (stands.particulars or {}).get(name) for name in fields},
        )  # fmt: skip
        form.offer_none(stands.subtype if named else None)
        if not form.is_submitted():
            form.arose_on.is_ongoing = stands.is_pursuing and stands.arose_on is None
            form.ended_on.is_ongoing = stands.ended_on is None
        if is_once(stands.subtype):
            ask_one_day(form)
        return form

    def details(self) -> InterestDetails:
        particulars = {name: self[name].data for name in self.names if self[name].data}
        if self.stands and self.whose.data is Directness.INDIRECT:
            particulars = without_own(self.stands.subtype, particulars)
        return InterestDetails(
            type=self.kind.data, directness=self.whose.data, via=self.via.data if self.whose.data is Directness.INDIRECT else None,
            role=self.role.data, nature=self.nature.data, organisations=self.named(), has_no_organisation=self.is_in_none,
            arose_on=self.arose_on.data, is_pursuing=self.arose_on.is_ongoing,
            ended_on=(self.ended_on if "ended_on" in self else self.arose_on).data,
            aware_on=self.aware_on.data, keep_private_because=self.reason.data or "", reveals_health=bool(self.reveals_health.data),
            subtype=InterestSubtype(self.stands.subtype) if self.stands and self.stands.subtype else None,
            keep_private_fields=tuple(self.parts.data or ()),
            particulars=particulars,
        )  # fmt: skip


class EndForm(VersionForm):
    """The day on which an interest ended."""

    ended_on = DatePartsField(
        "When did it end?", [Required("Enter the date the interest ended")], subject="The date it ended",
        description="For example, 31 3 2026",
    )  # fmt: skip

    is_sure = BooleanField(SURE)

    @classmethod
    def of(cls, stands: InterestVersion, ended_on: date | None = None) -> "EndForm":
        return cls(version=str(stands.number), ended_on=ended_on)

    def details(self) -> date:
        return self.ended_on.data


class MitigationForm(VersionForm):
    """What is done about an interest."""

    mitigation = LongTextField(
        "Action to reduce the risk", [Required("Enter the action taken to mitigate the risk")], limit=2000, rows=4, subject="The action",
        description="For example: “Declares it and leaves the meeting for items about Larkfield Surgery. Does not receive the papers for "
        "them.”",
    )  # fmt: skip

    @classmethod
    def of(cls, stands: InterestVersion, suggested: str) -> "MitigationForm":
        return cls(version=str(stands.number), mitigation=stands.mitigation or suggested)

    def details(self) -> str:
        return self.mitigation.data
