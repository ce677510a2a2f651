"""The forms of the Guardian: a decision on a request not to publish, field by field, and a later look at it."""

from collections.abc import Mapping

from wtforms import HiddenField

from coi.registers.interests.models import RedactionDecision, RedactionRequest
from coi.registers.interests.redaction import asked_for, first_ticked
from coi.registers.interests.vocabulary import RedactionDetails, RedactionState
from coi.web.fields import ChoiceField, DatePartsField, Option, SeveralField, options_of
from coi.web.forms import Form, LongTextField, Optional, Required

DECISIONS = {
    RedactionState.GRANTED: "Yes, withhold what is ticked below",
    RedactionState.REFUSED: "No, publish it like any other",
}


class DecisionForm(Form):
    """The Guardian's decision."""

    decision = ChoiceField("Do you agree not to publish it?", [Required("Select whether you agree not to publish it")],
                           options=options_of(DECISIONS), coerce=RedactionState)  # fmt: skip
    fields = SeveralField(
        "What is withheld?",
        description="Only what the request names. If the name is not ticked, the entry stays under it and says “Withheld”. If everything "
        "is, the public does not see the entry at all, and somebody with no other entry disappears from the register: readers notice",
    )  # fmt: skip
    reason = LongTextField(
        "Reason for the decision", [Required("Enter the reason for the decision")], limit=2000, rows=4, subject="The reason",
        description="Say what real risk of harm there is, or which law forbids it",
    )  # fmt: skip
    legal_advice = LongTextField("Legal advice (optional)", limit=2000, rows=2, subject="The note on legal advice",
                                 description="Who advised, when, and what they said")  # fmt: skip
    review_on = DatePartsField("When will you look at it again?", [Optional()], subject="The date of the review",
                               description="It comes back to your first page on that day")  # fmt: skip
    number = HiddenField()

    @classmethod
    def of(cls, request: RedactionRequest, words: Mapping[str, str], last: RedactionDecision | None) -> "DecisionForm":
        """Returns the form about a request: what it names is ticked (of a whole entry, all but whose it is), or, in a review, what the
        `last` decision withholds. `words` names the columns of the register."""
        named = asked_for(request.fields)
        ticked = sorted(first_ticked(request.fields, words.keys())) if last is None else last.withheld
        form = cls(fields=ticked, number=str(last.number if last else 0))
        form.fields.options = tuple(Option(name, heading) for name, heading in words.items() if name in named)
        return form

    def validate(self, extra_validators: object = None) -> bool:
        """Asks what is withheld, and when it is looked at again, where the answer is yes."""
        is_right = bool(super().validate(extra_validators))
        if self.decision.data is RedactionState.GRANTED:
            if not self.fields.data:
                self.fields.errors = [*self.fields.errors, "Select what is withheld, or answer no"]
                is_right = False
            if self.review_on.data is None and not self.review_on.errors:
                self.review_on.errors = [*self.review_on.errors, "Enter when you will look at it again"]
                is_right = False
        return is_right

    def details(self) -> RedactionDetails:
        granted = self.decision.data is RedactionState.GRANTED
        return RedactionDetails(
            frozenset(self.fields.data or ()) if granted else frozenset(), self.reason.data, self.legal_advice.data or "",
            self.review_on.data if granted else None,
        )  # fmt: skip

    def seen_number(self) -> int:
        """Returns the decision that the page showed; -1, which matches none, where it was tampered with."""
        return int(self.number.data) if (self.number.data or "").isdigit() else -1
