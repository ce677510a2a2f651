"""Forms of the register of procurement decisions: a row, the checklist, a declaration of a bidder or evaluator."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField

from coi.organisations.forms import OrganisationPicker, PickingForm
from coi.organisations.vocabulary import PickedOrganisation
from coi.registers.procurement.checklist import Question
from coi.registers.procurement.cpv import written
from coi.registers.procurement.models import ProcurementDeclarant, ProcurementVersion
from coi.registers.procurement.queries import PLAIN
from coi.registers.procurement.vocabulary import (
    ARRANGEMENT_WORDS,
    OUTCOME_WORDS,
    ROUTE_WORDS,
    SERVICE_WORDS,
    SIDE_WORDS,
    Arrangement,
    DecisionDetails,
    DeclarationDetails,
    Outcome,
    Route,
    ServiceKind,
    Side,
    Supplier,
)
from coi.web.fields import ChoiceField, DatePartsField, Option, PickField, YesNoField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required, TextField
from coi.web.money import MoneyField


class DecisionForm(PickingForm):
    """A row of the register. What is not known yet can be left out; the page then says what is missing."""

    version = HiddenField()
    title = TextField("Contract or service title", [Required("Enter the title of the contract or service")], limit=300)
    description = LongTextField("Description (optional)", limit=4000, rows=4, subject="The description")
    cpv = TextField(
        "CPV code of the service (optional)", limit=200, subject="The CPV code",
        description="The notices give it. For example, 85121100-4. Put a comma between several",
    )  # fmt: skip
    outcome = ChoiceField(
        "What was decided?", [Required("Select what was decided")], options=options_of(OUTCOME_WORDS), coerce=Outcome
    )
    outcome_details = TextField(
        "Details (optional)", limit=500, description="For an existing contract: which one, and what changes"
    )
    decided_on = DatePartsField(
        "When was it decided?", [Required("Enter the day of the decision")], subject="The day of the decision"
    )
    decided_on_or_before = BooleanField("It may have been earlier: the older register gives no day")
    committee = TextField(
        "Name of the committee (optional)", limit=300, description="Or who decided, if it was no committee"
    )
    decision_process = TextField("Decision-making process (optional)", limit=500)
    involved = LongTextField("Who was involved (optional)", limit=4000, rows=3, subject="Who was involved",
                             description="Who decided, advised or evaluated, and who stood down")  # fmt: skip
    conflicts = LongTextField("Summary of conflicts noted", [Required("Summarise the conflicts, or enter “None declared”")], limit=4000,
                              rows=4, subject="The summary", description="If there were none, enter “None declared”")  # fmt: skip
    mitigations = LongTextField("Actions to mitigate them (optional)", limit=4000, rows=4, subject="The actions")
    justification = LongTextField(
        "Justification for the actions (optional)", limit=4000, rows=3, subject="The justification"
    )
    service_kind = ChoiceField(
        "What is bought?", [Required("Select what is bought")], options=options_of(SERVICE_WORDS), coerce=ServiceKind
    )
    route = PickField(
        "Procurement route (optional)",
        options=options_of(ROUTE_WORDS),
        coerce=Route,
        blank="Not known yet",
        subject="The route",
    )
    route_reasons = LongTextField("Why this route and this provider (optional)", limit=4000, rows=4, subject="The reasons",
                                  description="By the key criteria, as the record of the decision and the notices say it")  # fmt: skip
    is_gp_provider = YesNoField("Could GP practices or their federations provide it?", [Required("Select yes or no")], inline=True,
                                description="If yes, the procurement checklist has to be answered")  # fmt: skip
    supplier = OrganisationPicker("Contract awarded to (optional)", [Optional()])
    supplier_address = TextField(
        "Registered address (optional)", limit=300, description="If it is not the address in the list of organisations"
    )
    other_suppliers = LongTextField("Other suppliers (optional)", limit=4000, rows=2, subject="Other suppliers",
                                    description="One on each line, like: Elm Surgery (F81022), 1 High Street, £12,000")  # fmt: skip
    value_total = MoneyField("Contract value, total (optional)", subject="The total value")
    value_body = MoneyField("Value to your organisation (optional)", subject="The value to your organisation")
    starts_on = DatePartsField("Contract starts (optional)", [Optional()], subject="The day it starts")
    ends_on = DatePartsField("Contract ends (optional)", [Optional()], subject="The day it ends")
    arrangement = ChoiceField("Whose procurement is it?", [Required("Select whose procurement it is")],
                              options=options_of(ARRANGEMENT_WORDS), coerce=Arrangement)  # fmt: skip
    arrangement_details = TextField("With whom (optional)", limit=300)
    clinical_lead = TextField("Clinical lead (optional)", limit=200)
    contract_manager = TextField("Contract manager (optional)", limit=200)
    intended_on = DatePartsField(
        "Notice of the intention to award published on (optional)", [Optional()], subject="The day of the notice"
    )
    award_noticed_on = DatePartsField(
        "Notice of the award or the modification published on (optional)", [Optional()], subject="The day of the notice"
    )
    notice_reference = TextField(
        "Reference of the notice (optional)", limit=200, description="Such as its number on Find a Tender"
    )
    representations = LongTextField(
        "Representations, and what was done (optional)", limit=4000, rows=2, subject="Representations"
    )
    comments = LongTextField("Comments (optional)", limit=2000, rows=2, subject="Comments")
    public_from = DatePartsField("Public from", [Required("Enter the day from which it is public")], subject="This day",
                                 description="Later than the decision if the award is confidential until the notice")  # fmt: skip
    note = TextField("What changed, and why", limit=300)

    @property
    def is_draft(self) -> bool:
        """Whether the button was pressed that keeps what there is, with no more than a title and a day."""
        return "draft" in request.form

    def validate(self, extra_validators: Any = None) -> bool:
        if self.is_draft or OPEN_DAY in self:
            for field in self:
                if field.name not in _EVEN_A_DRAFT:
                    field.validators = [each for each in field.validators if not isinstance(each, Required)] + [
                        Optional()
                    ]
        return super().validate(extra_validators)

    @classmethod
    def of(cls, stands: ProcurementVersion) -> "DecisionForm":
        plain: dict[str, Any] = {name: getattr(stands, name) for name in PLAIN}
        plain["decision_process"] = plain.pop("process")
        plain |= {"other_suppliers": "\n".join(stands.other_suppliers), "supplier_address": stands.supplier_address}
        if stands.supplier_text:
            plain["supplier"] = PickedOrganisation(stands.supplier_text, stands.supplier_organisation_id)
        form = cls(version=str(stands.number), **plain)
        if not stands.decision.is_taken_over:
            form.give_a_day()
        return form

    def give_a_day(self) -> None:
        """Leaves nothing open that only an older register may leave out."""
        del self.decided_on_or_before

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0

    def details(self) -> DecisionDetails:
        plain = {
            name: self._fields["decision_process" if name == "process" else name].data
            for name in PLAIN
            if name != OPEN_DAY
        }
        plain[OPEN_DAY] = OPEN_DAY in self and bool(self._fields[OPEN_DAY].data)
        plain = {name: "" if value is None and name in _TEXTS else value for name, value in plain.items()}
        plain["public_from"] = plain["public_from"] or plain["decided_on"]
        plain["cpv"] = written(plain["cpv"])
        picked = self.supplier.data
        supplier = (
            Supplier(self.supplier.kept_words, picked.organisation_id, address=self.supplier_address.data or "")
            if picked
            else None
        )
        others = tuple(line.strip() for line in (self.other_suppliers.data or "").splitlines() if line.strip())
        return DecisionDetails(**plain, supplier=supplier, other_suppliers=others)


OPEN_DAY = "decided_on_or_before"
_EVEN_A_DRAFT = frozenset({"title", "decided_on"})
_TEXTS = frozenset(PLAIN) - {
    "outcome", "arrangement", "service_kind", "route", "is_gp_provider", "decided_on", "value_total", "value_body", "starts_on",
    "ends_on", "intended_on", "public_from", "award_noticed_on", OPEN_DAY,
}  # fmt: skip


class ChecklistForm(Form):
    """The answers to the checklist. `asking` makes the form for the questions of one decision."""

    version = HiddenField()

    @classmethod
    def asking(cls, questions: Sequence[Question]) -> type["ChecklistForm"]:
        fields = {
            f"q_{each.code}": LongTextField(each.words, limit=4000, rows=3, subject="The answer") for each in questions
        }
        return type("ChecklistForm", (cls,), fields)

    @property
    def is_complete(self) -> bool:
        return "complete" in request.form

    def answers(self) -> dict[str, str]:
        return {
            name.removeprefix("q_"): field.data or "" for name, field in self._fields.items() if name.startswith("q_")
        }

    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


_WHAT_TO_DECLARE = (
    "Work for the body or NHS England, work for another bidder, any connection that the public could see as impairing judgement. "
    "For a person, their own and those of family and friends. “None” if there is none"
)


class DeclarationForm(Form):
    """What a bidder, a relevant person of theirs or an evaluator declares."""

    asked_id = PickField(
        "Was it asked for by email?", [Optional()], coerce=uuid.UUID, blank="No, it came by itself",
        message="Select one of those who were asked",
    )  # fmt: skip
    side = ChoiceField("Who declares?", [Required("Select who declares")], options=options_of(SIDE_WORDS), coerce=Side)
    declared_by = TextField("Name of the person who signed", [Required("Enter the name of the person who signed")])
    organisation = TextField(
        "Organisation",
        [Required("Enter the organisation")],
        limit=300,
        description="The bidder that the declaration is about",
    )
    interest = LongTextField("Interest declared", [Required("Enter the interest, or “None”")], limit=4000, rows=5, subject="The interest",
                             description=_WHAT_TO_DECLARE)  # fmt: skip
    has_conflict = YesNoField("Is that a conflict?", [Required("Select yes or no")], inline=True)
    management = LongTextField("How it was managed (optional)", limit=2000, rows=3, subject="How it was managed")
    declared_on = DatePartsField(
        "Signed on", [Required("Enter the day it was signed")], subject="The day it was signed"
    )
    has_undertaken = BooleanField("They undertook to tell of any change")

    def offer(self, asked: Iterable[ProcurementDeclarant]) -> None:
        """Takes those who were asked and still take part; without any there is nothing to select."""
        options = [Option(each.id, each.name, SIDE_WORDS[each.side]) for each in asked if each.ended_at is None]
        self.asked_id.options = tuple(options)
        if not options:
            del self.asked_id

    def details(self) -> DeclarationDetails:
        return DeclarationDetails(
            self.side.data, self.declared_by.data, self.organisation.data, self.interest.data, self.management.data or "",
            self.declared_on.data, bool(self.has_undertaken.data), self.has_conflict.data,
            self.asked_id.data if "asked_id" in self else None,
        )  # fmt: skip
