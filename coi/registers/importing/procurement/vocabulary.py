"""The words of an import of procurement decisions: what a row says, what is on the register, what is proposed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from coi.registers.importing.row_plans import KnownRow, RowPlan, RowProposal, StatedRow
from coi.registers.importing.vocabulary import ACTION_WORDS, Action
from coi.registers.procurement.vocabulary import DecisionDetails, Supplier

DECISION_ACTION_WORDS: Mapping[Action, str] = {
    Action.NEEDS_YOU: ACTION_WORDS[Action.NEEDS_YOU],
    Action.NEW: "New decision",
    Action.CHANGED: "Changed decision",
    Action.ALREADY: ACTION_WORDS[Action.ALREADY],
    Action.PERSON_ONLY: "Added to the row above",
    Action.LEFT_OUT: ACTION_WORDS[Action.LEFT_OUT],
}
DECISION_MEANING_WORDS: Mapping[str, str] = {
    "reference": "Reference",
    "title": "Title of the contract or service",
    "description": "Description",
    "existing": "Existing or new",
    "type": "Type: own or collaborative",
    "route": "Procurement route",
    "reasons": "Reasons for the route and the provider",
    "lead": "Clinical lead",
    "manager": "Contract manager",
    "process": "Decision-making process",
    "committee": "Name of the committee",
    "decided": "Date of the decision",
    "involved": "Who was involved",
    "conflicts": "Conflicts noted",
    "mitigations": "Actions to mitigate",
    "justification": "Justification for the actions",
    "supplier": "Contract awarded to",
    "address": "Address of the supplier",
    "code": "Code of the supplier (ODS)",
    "value_total": "Contract value, total",
    "value_body": "Contract value to the body",
    "starts": "Contract starts",
    "ends": "Contract ends",
    "period": "Contract runs, from and to",
    "cpv": "CPV code",
    "notice": "Reference of the notice",
    "representations": "Representations",
    "comments": "Comments",
}
"""What a column may hold, as a page says it, in the order of the register."""


@dataclass(frozen=True)
class StatedDecision(StatedRow):
    """What one row of the file says. `adds_to`: the row above to which it only adds a supplier; `latest`: the last day on which it can
    have been decided, where the file gives a month or a year, whichever day the register is of."""

    title: str
    reference: str = ""
    adds_to: int = 0
    latest: date | None = None

    @property
    def supplier(self) -> Supplier | None:
        return self.said.get("supplier")

    @property
    def organisation(self) -> str:
        """The words by which the supplier is looked up."""
        return self.supplier.name if self.supplier else ""

    @property
    def nature(self) -> str:
        """The same with the address, which may tell two of one name apart."""
        return ", ".join(part for part in (self.supplier.name, self.supplier.address) if part) if self.supplier else ""


KnownDecision = KnownRow[DecisionDetails]
"""A decision as it stands on the register, its supplier in the words that were entered."""
DecisionProposal = RowProposal[StatedDecision, KnownDecision]
DecisionPlan = RowPlan[StatedDecision, KnownDecision]
