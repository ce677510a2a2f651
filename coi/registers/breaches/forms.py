"""Forms of the register of breaches: report and come back, assess, note, name people, close, publish, years and substitutes."""

import uuid
from collections.abc import Mapping
from datetime import date

from wtforms import BooleanField, Field, HiddenField
from wtforms.validators import ValidationError

from coi.registers.breaches.models import Breach
from coi.registers.breaches.rules import typed_code
from coi.registers.breaches.vocabulary import (
    CONCLUSION_WORDS,
    KIND_WORDS,
    NOTE_WORDS,
    PART_WORDS,
    PARTY_WORDS,
    SEVERITY_WORDS,
    AssessmentDetails,
    BreachKind,
    BreachState,
    Codes,
    Conclusion,
    NoteDetails,
    NoteKind,
    Part,
    Party,
    ReportDetails,
    Severity,
    TwinDetails,
)
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField

UNTOLD = "I have read it. Nobody can tell from it who reported it, though it seems to say so"


class ReportForm(Form):
    """What somebody reports in confidence. Only the first answer is needed."""

    what = LongTextField("What happened?", [Required("Say what happened")], limit=5000, rows=8, subject="What happened")
    happened = TextField("When was it? (optional)", description="A date, or words like “at the meeting in May”")
    who = LongTextField("Who was involved? (optional)", limit=1000, rows=3, subject="Who was involved",
                        description="Those you name here will not see your report")  # fmt: skip
    how_known = LongTextField("How do you know? (optional)", limit=2000, rows=3, subject="How you know")
    is_about_guardian = YesNoField("Is it about the Conflicts of Interest Guardian?", inline=True,
                                   description="If yes, the Guardian will not see it. Somebody else is named to act instead")  # fmt: skip
    name = TextField("Your name (optional)", description="Only the person who acts on your report will see it")
    contact = TextField("How to reach you (optional)", description="An email address or phone number. You can leave it empty and come "
                        "back with your code")  # fmt: skip

    def details(self) -> ReportDetails:
        return ReportDetails(
            self.what.data, self.happened.data or "", self.who.data or "", self.how_known.data or "",
            bool(self.is_about_guardian.data), self.name.data or "", self.contact.data or "",
        )  # fmt: skip


class CodesForm(Form):
    """The reference and the private code of a report."""

    reference = TextField("Reference", [Required("Enter the reference, like 7KQ4-M2XD")], limit=40, width="10")
    code = TextField("Private code", [Required("Enter your private code")], limit=60, width="30")

    def details(self) -> Codes:
        return Codes(typed_code(self.reference.data), typed_code(self.code.data))

    def refuse(self) -> None:
        """Says the same whatever is wrong."""
        self.form_errors = [*self.form_errors, "The reference and the code do not belong together. Check both"]


class ReplyForm(Form):
    """A message of the reporter, with the codes that opened the report."""

    reference = HiddenField()
    code = HiddenField()
    text = LongTextField("Your message", [Required("Enter your message")], limit=5000, rows=6)

    def codes(self) -> Codes:
        return Codes(typed_code(self.reference.data or ""), typed_code(self.code.data or ""))


class MessageForm(Form):
    """A question to the reporter."""

    text = LongTextField("Your message to the reporter", [Required("Enter your message")], limit=5000, rows=6,
                         description="They read it when they come back with their code")  # fmt: skip


class AssessForm(Form):
    """What whoever acts makes of it."""

    version = HiddenField()
    what = LongTextField("What happened", [Required("Enter what happened")], limit=5000, rows=8,
                         description="In your words. Leave out anything that shows who reported it: others read this record")  # fmt: skip
    kind = ChoiceField(
        "Kind of breach", [Required("Select the kind of breach")], options=options_of(KIND_WORDS), coerce=BreachKind
    )
    happened_on = DatePartsField("When did it happen? (optional)", [Optional()], subject="The date it happened")
    happened_words = TextField("When, in words (optional)", description="If the date is not known")
    how_found = LongTextField("How it was found (optional)", limit=1000, rows=2, subject="How it was found",
                              description="For example: audit, a question at a meeting, a report in confidence")  # fmt: skip
    severity = ChoiceField("How grave is it?", [Required("Select how grave it is")], options=options_of(SEVERITY_WORDS),
                           coerce=Severity, inline=True)  # fmt: skip
    is_material = YesNoField("Is it material?", [Required("Select whether it is material")], inline=True,
                             description="It may have affected a decision, money or trust. NHS England or the board is told")  # fmt: skip
    investigator = TextField("Who looks into it", [Required("Enter who looks into it")], limit=200)
    is_checked = BooleanField(UNTOLD)

    @classmethod
    def of(cls, breach: Breach) -> "AssessForm":
        report = breach.reports[0] if breach.reports else None
        if breach.state is BreachState.REPORTED:
            return cls(
                version=str(breach.version), what=breach.what, happened_on=breach.happened_on,
                how_found="Reported in confidence" if report else "",
                kind=breach.kind if report is None else None,
            )  # fmt: skip
        return cls(
            version=str(breach.version), what=breach.what, kind=breach.kind, happened_on=breach.happened_on,
            happened_words=breach.happened_words, how_found=breach.how_found, severity=breach.severity,
            is_material=breach.is_material, investigator=breach.investigator,
        )  # fmt: skip

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0

    def details(self) -> AssessmentDetails:
        return AssessmentDetails(
            self.kind.data, self.what.data, self.happened_on.data, self.happened_words.data or "", self.how_found.data or "",
            self.severity.data, bool(self.is_material.data), self.investigator.data, bool(self.is_checked.data),
        )  # fmt: skip


class NoteForm(Form):
    """A line of the record."""

    kind = ChoiceField(
        "What do you add?", [Required("Select what you add")], options=options_of(NOTE_WORDS), coerce=NoteKind
    )
    party = PickField(
        "Who was informed?", options=options_of(PARTY_WORDS), coerce=Party, blank="Only if somebody was informed"
    )
    text = LongTextField("What the record is to say", limit=4000, rows=5)
    on = DatePartsField("When was it?", [Required("Enter the day")], subject="The day")
    is_checked = BooleanField(UNTOLD)

    def details(self) -> NoteDetails:
        return NoteDetails(
            self.kind.data, self.text.data or "", self.on.data, self.party.data, bool(self.is_checked.data)
        )


class PersonForm(Form):
    """Whom it is about, or who may know."""

    person_id = PickField("Who is it?", [Required("Select the person")], coerce=uuid.UUID, blank="Select a person")
    part = ChoiceField(
        "What are they to it?", [Required("Select what they are to it")], options=options_of(PART_WORDS), coerce=Part
    )

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Lists whom to choose from, by what tells them apart."""
        self.person_id.options = tuple(Option(each, name) for each, name in people.items())


class CloseForm(Form):
    """The conclusion."""

    version = HiddenField()
    conclusion = ChoiceField("What did the investigation find?", [Required("Select what the investigation found")],
                             options=options_of(CONCLUSION_WORDS), coerce=Conclusion)  # fmt: skip
    note = LongTextField("What else there is to say (optional)", limit=2000, rows=4, subject="What else there is to say",
                         description="If the record lacks something, say here why it is closed without")  # fmt: skip
    is_checked = BooleanField(UNTOLD)

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


class TwinForm(Form):
    """What the public is to read. No names."""

    event = TextField("When it happened", [Required("Enter when it happened, like “May 2026”")])
    nature = LongTextField("Nature of the breach", [Required("Enter the nature of the breach")], limit=2000, rows=3)
    control = LongTextField(
        "Decision or control concerned", [Required("Enter the decision or control concerned")], limit=1000, rows=2
    )
    investigation = LongTextField("Investigation", [Required("Say that it was investigated, by whom and how fast")], limit=1000, rows=2,
                                  description="An office, not a name")  # fmt: skip
    learning = LongTextField("What was learned", [Required("Enter what was learned")], limit=2000, rows=3)
    actions = LongTextField("Action taken", [Required("Enter the action taken")], limit=2000, rows=3)
    publish_on = DatePartsField(
        "Publish from", [Required("Enter the day to publish it from")], subject="The day to publish it from"
    )
    is_checked = BooleanField("I have read the text. Nobody can be recognised from it, though it seems to hold a name")

    def details(self) -> TwinDetails:
        return TwinDetails(
            self.event.data, self.nature.data, self.control.data, self.investigation.data, self.learning.data, self.actions.data,
            self.publish_on.data, bool(self.is_checked.data),
        )  # fmt: skip


class WithdrawForm(Form):
    """Why a text is taken back."""

    because = LongTextField(
        "Why is it withdrawn?", [Required("Enter why it is withdrawn")], limit=1000, rows=3, subject="The reason"
    )


class YearForm(Form):
    """Which year had no breaches."""

    year = PickField("Year", [Required("Select the year")], coerce=int, blank="Select a year")
    agreed = BooleanField("I have checked, and state that there were no breaches in that year")

    def validate_agreed(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Select the statement to confirm it")


class SubstituteForm(Form):
    """Who acts where the Guardian is complained of."""

    person_id = PickField("Who acts in place of the Guardian?", [Required("Select the person")], coerce=uuid.UUID,
                          blank="Select a person", description="A lay member or the governance lead")  # fmt: skip
    starts = DatePartsField("From", [Required("Enter the first day")], subject="The first day")
    because = LongTextField("Why is it right all the same?", rows=2, limit=500, subject="Why it is right")

    def offer(self, people: Mapping[uuid.UUID, str], today: date) -> None:
        """Lists whom to choose from, by what tells them apart, from today on where nothing else is said."""
        self.person_id.options = tuple(Option(each, name) for each, name in people.items())
        if not self.is_submitted() and self.starts.data is None:
            self.starts.process_data(today)


class EmptyForm(Form):
    """Nothing but the button."""
