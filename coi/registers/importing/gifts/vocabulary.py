"""The words of an import of gifts and hospitality: what a row says, what is on the register, what is proposed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coi.people.vocabulary import PersonDetails
from coi.registers.gifts.vocabulary import OfferSource
from coi.registers.importing.row_plans import KnownRow, RowPlan, RowProposal, StatedRow
from coi.registers.importing.vocabulary import ACTION_WORDS, Action

GIFT_ACTION_WORDS: Mapping[Action, str] = {
    Action.NEEDS_YOU: ACTION_WORDS[Action.NEEDS_YOU],
    Action.NEW: "New offer",
    Action.CHANGED: "Changed offer",
    Action.ASKED: ACTION_WORDS[Action.ASKED],
    Action.ALREADY: ACTION_WORDS[Action.ALREADY],
    Action.LEFT_OUT: ACTION_WORDS[Action.LEFT_OUT],
}
GIFT_MEANING_WORDS: Mapping[str, str] = {
    "person": "Name of the recipient",
    "first": "First name",
    "position": "Position",
    "email": "Email address",
    "kind": "Kind: gift or hospitality",
    "details": "What was offered",
    "value": "Value",
    "offeror": "Offered by",
    "business": "Nature of their business",
    "source": "Who they are: supplier, patient or other",
    "code": "Code of the organisation (ODS)",
    "offered": "Date of the offer",
    "response": "Accepted or declined",
    "declined": "Tick: declined",
    "received": "Date of receipt",
    "declared": "Date declared",
    "reason": "Reason for accepting or declining",
    "approved": "Who approved or reviewed it",
    "approved_on": "Date of the approval",
    "previous": "Earlier offers by the same",
    "comments": "Comments",
    "consent": "Consent to publish",
    "withheld": "Reason not to publish",
}
"""What a column may hold, as a page says it, in the order of the register."""


@dataclass(frozen=True)
class StatedGift(StatedRow):
    """What one row of the file says: to whom it was offered, and why they do not consent to publication, where they do not."""

    name: str
    who: PersonDetails
    position: str = ""
    keep_private_because: str = ""

    @property
    def organisation(self) -> str:
        """The words by which the offeror is looked up; none for a patient, who is nobody to look up."""
        return "" if self.said.get("source") is OfferSource.PATIENT else self.said.get("offeror", "")

    @property
    def nature(self) -> str:
        """The same with their business, which may tell two of one name apart."""
        return ", ".join(part for part in (self.organisation, self.said.get("business", "")) if part)


@dataclass(frozen=True)
class KnownGift(KnownRow[Mapping[str, Any]]):
    """An offer as it stands on the register, by the names of its fields. `person_id`: to whom; empty for the body itself."""

    person_id: str = ""
    is_asked_about: bool = False  # the Guardian was asked not to publish it, whatever became of it


GiftProposal = RowProposal[StatedGift, KnownGift]
GiftPlan = RowPlan[StatedGift, KnownGift]
