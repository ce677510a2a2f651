"""Forms of the register besides the questions: sign, enter for somebody, correct, decide, withdraw."""

import uuid
from collections.abc import Mapping
from datetime import date

from wtforms import BooleanField, HiddenField

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.models import Body
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.gifts.declaring_forms import responses_for
from coi.registers.gifts.models import GiftVersion
from coi.registers.gifts.vocabulary import (
    FOR_A_PERSON,
    FOR_THE_BODY,
    KIND_WORDS,
    RESPONSE_WORDS,
    SOURCE_WORDS,
    ApprovalDetails,
    GiftDetails,
    OfferKind,
    OfferSource,
    Response,
)
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField
from coi.web.money import MoneyField

SIGNED = (
    "What I have declared is complete and correct, as far as I know. I know that not declaring can lead to disciplinary, civil or "
    "criminal action."
)
"""What a recipient signs, in our words (RULEBOOK §17.3)."""


LATEST = "The older register gives no day: this is the latest that it can have been. Change it once the day is known"


class SignForm(Form):
    """Sends the declaration. Nothing but the button."""


class StartAgainForm(Form):
    """Throws away what was answered. Nothing but the button."""


class EnterForm(Form):
    """To whom it was offered, and the date on the paper."""

    recipient_id = PickField(
        "Whom was it offered to?", [Required("Select whom it was offered to")], coerce=uuid.UUID,
        blank="Select a person, or the organisation",
        message="Select from the list",
    )  # fmt: skip
    declared_on = DatePartsField(
        "What is the date on the paper or email?", [Required("Enter the date on the declaration")],
        subject="The date on the declaration", description="The day on which the person declared it",
    )  # fmt: skip

    def offer(self, body: Body, people: Mapping[uuid.UUID, str]) -> None:
        """Lists whom to choose from, by what tells them apart, after the body itself."""
        ours = Option(body.id, f"The organisation itself: {body.name}")
        self.recipient_id.options = (ours, *(Option(each, name) for each, name in people.items()))


class VersionForm(Form):
    """A form over an entry that others may change too."""

    version = HiddenField()

    def seen_version(self) -> int:
        """Returns the number of the version that the user saw."""
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


class CorrectForm(PickingForm):
    """All of an entry at once, to put right what is wrong."""

    version = HiddenField()
    kind = PickField(
        "What was offered?", [Required("Select what was offered")], coerce=OfferKind, blank="Select what was offered"
    )
    source = ChoiceField(
        "Who offered it?", [Required("Select who offered it")], options=options_of(SOURCE_WORDS), coerce=OfferSource
    )
    offeror = OrganisationPicker("Which organisation or person was it?", [Required("Enter who offered it")],
                                 description="Never a patient’s name", asks_near=True)  # fmt: skip
    business = TextField("Nature of their business (optional)", limit=200)
    description = LongTextField("Description", [Required("Describe what was offered")], limit=1000, rows=3)
    value = MoneyField("Value in pounds", [Required("Enter what it is worth")], subject="The value")
    is_estimate = BooleanField("The value is an estimate")
    is_beyond_modest = BooleanField(
        "Travel or accommodation: business or first class, abroad, or more than we would pay for"
    )
    offered_on = DatePartsField(
        "Date of the offer", [Required("Enter the date of the offer")], subject="The date of the offer"
    )
    response = ChoiceField("What happened?", [Required("Select what happened")], coerce=Response)
    received_on = DatePartsField(
        "Date received", [Optional()], ongoing="Not received", subject="The date it was received"
    )
    reason = LongTextField(
        "Reason for accepting or declining", [Required("Enter the reason")], limit=1000, rows=3, subject="The reason"
    )
    comments = LongTextField("Other comments (optional)", [Optional()], limit=1000, rows=2)
    note = TextField(
        "What do you put right, and why?", [Required("Enter what you put right")], limit=300, subject="The note"
    )

    @classmethod
    def of(cls, stands: GiftVersion) -> "CorrectForm":
        form = cls(
            version=str(stands.number), kind=stands.kind, source=stands.source,
            offeror=PickedOrganisation(stands.offeror, stands.offeror_id), business=stands.business, description=stands.description,
            value=stands.value, is_estimate=stands.is_estimate, is_beyond_modest=stands.is_beyond_modest, offered_on=stands.offered_on,
            response=stands.response, received_on=stands.received_on, reason=stands.reason, comments=stands.comments,
        )  # fmt: skip
        is_for_body = stands.gift.person_id is None
        form.kind.options = tuple(
            Option(each, KIND_WORDS[each]) for each in (FOR_THE_BODY if is_for_body else FOR_A_PERSON)
        )
        form.response.options = (
            responses_for(None, True) if is_for_body else tuple(Option(each, RESPONSE_WORDS[each]) for each in Response)
        )
        if stands.gift.is_taken_over:  # a correction need not know more than the older register
            for field in (form.source, form.value, form.reason):
                field.validators = [Optional()]
        if stands.offered_on_or_before:
            form.offered_on.description = LATEST
        if not form.is_submitted():
            form.received_on.is_ongoing = stands.received_on is None
        return form

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0

    def details(self) -> GiftDetails:
        """Returns the entry as put right."""
        return GiftDetails(
            kind=self.kind.data, source=self.source.data or None, offeror=self.offeror.kept_words,
            offeror_id=self.offeror.data.organisation_id,
            business=self.business.data or "", description=self.description.data, value=self.value.data,
            is_estimate=bool(self.is_estimate.data), is_beyond_modest=bool(self.is_beyond_modest.data), offered_on=self.offered_on.data,
            response=self.response.data, received_on=self.received_on.data, reason=self.reason.data or "",
            comments=self.comments.data or "",
        )  # fmt: skip


class DecideForm(VersionForm):
    """What a senior manager decided."""

    decision = ChoiceField(
        "Do you approve that it was accepted?", [Required("Select whether you approve it")],
        options=(Option("yes", "Yes, I approve it"), Option("no", "No, I do not approve it")),
    )  # fmt: skip
    decided_on = DatePartsField(
        "When did you decide?", [Required("Enter the date of the decision")], subject="The date of the decision"
    )
    note = LongTextField(
        "Reason", [Required("Enter the reason")], limit=1000, rows=3, subject="The reason",
        description="For more than modest hospitality, say why it is exceptional",
    )  # fmt: skip

    @classmethod
    def of(cls, stands: GiftVersion, today: date) -> "DecideForm":
        return cls(version=str(stands.number), decided_on=today)

    def details(self) -> ApprovalDetails:
        return ApprovalDetails(self.decision.data == "yes", self.decided_on.data, self.note.data)


class WithdrawForm(VersionForm):
    """Why an entry is marked as made by mistake."""

    reason = LongTextField(
        "Why was the entry a mistake?",
        [Required("Enter why the entry is withdrawn")],
        limit=500,
        rows=3,
        subject="The reason",
    )

    @classmethod
    def of(cls, stands: GiftVersion) -> "WithdrawForm":
        return cls(version=str(stands.number))
