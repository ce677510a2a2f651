"""One sitting of declaring an offer: what was answered so far, which question comes next. Pure; kept as a draft."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from coi.registers.gifts import rules
from coi.registers.gifts.columns import FIELD_WORDS
from coi.registers.gifts.vocabulary import GiftDetails, OfferKind, OfferSource, Response
from coi.registers.gifts.wording import lines_of
from coi.registers.questions import Answer, Questions, as_date

STEPS = ("kind", "source", "offeror", "what", "value", "modest", "offered", "response", "received", "reason")
"""The questions, one page each. `modest` is asked of travel, `received` of what was taken."""

ASKED_BY = {
    "What kind": "kind",
    "Offered by": "offeror",
    "Who they are": "source",
    "Nature of their business": "offeror",
    "What was offered": "what",
    "Value": "value",
    "Business or first class, abroad, or more than we would pay for": "modest",
    "Date of the offer": "offered",
    "What happened": "response",
    "Date received": "received",
    "Reason": "reason",
    "Other comments": "reason",
    "Publication": "privacy",  # asked of nobody: the page to check offers it
}
"""The question behind each line of the summary."""


@dataclass(frozen=True)
class Sitting(Questions):
    """An offer as far as it was answered, in plain JSON values. `declared_on` is the date on a paper that somebody else enters;
    `is_for_body`: the organisation itself was offered it."""

    kind: str = ""
    source: str = ""
    offeror: str = ""
    offeror_id: str = ""
    business: str = ""
    description: str = ""
    value: str = ""
    is_estimate: bool = False
    is_beyond_modest: bool = False
    offered_on: str = ""
    response: str = ""
    received_on: str = ""
    reason: str = ""
    comments: str = ""
    declared_on: str = ""
    is_for_body: bool = False
    keep_private_because: str = ""
    keep_private_fields: str = ""  # names of columns, parted by spaces; empty: all that can be withheld

    @property
    def steps(self) -> tuple[str, ...]:
        skipped = {"modest"} if self.kind != OfferKind.TRAVEL else set()
        if self.response == Response.DECLINED:
            skipped.add("received")
        return tuple(step for step in STEPS if step not in skipped)

    @property
    def is_begun(self) -> bool:
        return bool(self.answered)

    def with_answers(self, step: str, answers: Mapping[str, Any]) -> "Sitting":
        """Returns the sitting with the answers of a step."""
        answered = tuple(each for each in STEPS if each in self.answered or each == step)
        return replace(self, **answers, answered=answered)

    def check(self, step: str, today: date) -> None:
        """Raises RuleBroken where what was answered in a step cannot be."""
        if step in ("offered", "received") and self.offered_on:
            received = as_date(self.received_on) if "received" in self.answered else None
            response = Response(self.response) if self.response else None
            rules.check_dates(date.fromisoformat(self.offered_on), received, response, today=today)

    def details(self) -> GiftDetails:
        """Returns the offer, of a sitting that is complete but for how it ended."""
        taken = self.response != Response.DECLINED
        return GiftDetails(
            kind=OfferKind(self.kind), source=OfferSource(self.source), offeror=self.offeror, business=self.business,
            offeror_id=uuid.UUID(self.offeror_id) if self.offeror_id else None, description=self.description, value=Decimal(self.value),
            is_estimate=self.is_estimate, is_beyond_modest=self.is_beyond_modest and self.kind == OfferKind.TRAVEL,
            offered_on=date.fromisoformat(self.offered_on), response=Response(self.response or Response.KEPT),
            received_on=as_date(self.received_on) if taken else None, reason=self.reason, comments=self.comments,
            keep_private_because=self.keep_private_because, keep_private_fields=tuple(self.keep_private_fields.split()),
        )  # fmt: skip

    def details_date(self, name: str) -> date | None:
        """Returns one of the dates that were answered."""
        return as_date(getattr(self, name))

    @property
    def can_be_judged(self) -> bool:
        """Whether enough was answered for the rules to say something."""
        needed = set(STEPS[: STEPS.index("response")])
        return {step for step in self.steps if step in needed} <= set(self.answered)

    def summary(self) -> tuple[Answer, ...]:
        """Returns the answers of a sitting that is complete, line by line."""
        lines = lines_of(self.details())
        if not self.offeror_id and self.source == OfferSource.SUPPLIER:
            lines["Offered by"] += " (in your own words)"
        if not self.is_for_body:
            lines["Publication"] = self._privacy
        return tuple(Answer(label, text, ASKED_BY[label]) for label, text in lines.items())

    @property
    def _privacy(self) -> str:
        if not self.keep_private_because:
            return "Published like any other entry"
        parts = [FIELD_WORDS[name] for name in self.keep_private_fields.split() if name in FIELD_WORDS]
        return f"You ask not to publish {', '.join(parts) or 'any of it'}, because: {self.keep_private_because}"

    def as_draft(self) -> dict[str, Any]:
        """Returns the sitting as plain JSON values."""
        return {**asdict(self), "answered": list(self.answered)}


_NAMES = frozenset(each.name for each in fields(Sitting))


def from_draft(draft: Mapping[str, Any]) -> Sitting:
    """Returns the sitting that a draft keeps. Names that this release does not know are left out."""
    known = {name: value for name, value in draft.items() if name in _NAMES}
    return Sitting(**{**known, "answered": tuple(draft.get("answered", ()))})
