"""Wording of corrections of what was recorded of an item."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from wtforms import HiddenField

from coi import clock
from coi.meetings.corrections.vocabulary import CorrectedHandover, CorrectionDetails
from coi.meetings.models import ChairHandover, Decision
from coi.meetings.proceedings.decision_forms import DecisionForm
from coi.meetings.proceedings.forms import OUTCOMES, VOTE
from coi.meetings.proceedings.voting import casting_said
from coi.meetings.recorded_vocabulary import DecisionDetails, Presided
from coi.meetings.timed_forms import TimedForm
from coi.meetings.vocabulary import Outcome
from coi.web.fields import ChoiceField, Option, PickField, TimeField, options_of
from coi.web.forms import LongTextField, Required, TextField

EVERY_OUTCOME = {
    **OUTCOMES,
    Outcome.NOTED: "Noted, nothing was decided",
    Outcome.DEFERRED: "Deferred to a later meeting",
    Outcome.REFERRED: "Referred to a body that can decide it",
}


class WhyForm(TimedForm):
    """Why something is corrected, and how many corrections of it the page showed."""

    because = LongTextField(
        "Why is it corrected?", [Required("Enter why it is corrected")], rows=2, limit=1000,
        description="The minutes print this, with what was recorded before and your name.",
    )  # fmt: skip
    seen = HiddenField(default="0")

    def why(self) -> CorrectionDetails:
        seen = self.seen.data or "0"
        return CorrectionDetails(self.because.data, int(seen) if seen.isdigit() else 0)


class CorrectDecisionForm(DecisionForm, WhyForm):
    """What came of an item, as it should have been recorded. `with_votes` adds a field for each member."""

    outcome = ChoiceField(
        "What was the outcome?", [Required("Select the outcome")], options=options_of(EVERY_OUTCOME), coerce=Outcome
    )
    text = LongTextField(
        "What was decided, or why was it not?", [Required("Enter what was decided, or why it was not")], rows=3, limit=4000
    )  # fmt: skip
    referred_to = TextField("If it was referred: to whom? (optional)", subject="Who it was referred to")
    presided_by = PickField("Who presided?", coerce=uuid.UUID, blank="It is not known")
    explanation = LongTextField(
        "If something stood against it: what happened, and why did it go on? (optional)", rows=3, limit=4000,
        description="It is then marked irregular, and a suspected breach is opened.",
    )  # fmt: skip

    @classmethod
    def values_of(cls, decision: Decision) -> dict[str, object]:
        """Returns what is recorded now, for the fields to begin with: votes too, so that whoever corrects keeps or replaces each."""
        votes = {f"{VOTE}{vote.person_id.hex}": vote.cast for vote in decision.votes}
        return {
            "outcome": decision.outcome, "text": decision.text, "method": decision.method, "referred_to": decision.referred_to,
            "decided_at": clock.local(decision.decided_at).time(), "presided_by": decision.presiding_id,
            "explanation": decision.explanation, "casting": casting_said(decision.arithmetic), **votes,
        }  # fmt: skip

    def offer(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Offers who may have presided, and to say of everybody that they did not vote."""
        self.presided_by.options = tuple(Option(person, name) for person, name in people)
        for each in self.vote_fields:
            each.options = (*each.options, Option("", "Did not vote"))
        self.casting.options = (*self.casting.options, Option("", "There was no casting vote"))

    def details(self, *, explanation: str = "") -> DecisionDetails:
        details = super().details(explanation=explanation or self.explanation.data or "")
        if not details.outcome.is_a_decision:
            details = replace(details, votes=(), casting=None)
        return replace(details, referred_to=self.referred_to.data or "", presided=Presided(self.presided_by.data))


class CorrectHandoverForm(WhyForm):
    """Who took the chair, when and why, and when it went back, as it should have been recorded."""

    to_person = PickField("Who took the chair?", [Required("Select who took the chair")], coerce=uuid.UUID)

    handed_over_at = TimeField(
        "When was the chair handed over?", [Required("Enter when the chair was handed over")],
        subject="The time of the handover",
    )  # fmt: skip
    returned_at = TimeField(
        "When did it go back?", subject="The time at which it went back", description="Leave it empty if it has not."
    )
    reason = LongTextField("Why was it handed over?", [Required("Enter why it was handed over")], rows=2, limit=1000)

    @classmethod
    def values_of(cls, handover: ChairHandover) -> dict[str, object]:
        """Returns what is recorded now."""
        back = handover.returned_at if handover.return_recorded_at else None
        return {
            "to_person": handover.to_person_id,
            "reason": handover.reason,
            "handed_over_at": clock.local(handover.handed_over_at).time(),
            "returned_at": clock.local(back).time() if back else None,
        }

    def offer(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Offers who may have taken the chair."""
        self.to_person.options = tuple(Option(person, name) for person, name in people)

    def details(self) -> CorrectedHandover:
        return CorrectedHandover(
            self.instant(self.handed_over_at.data), self.moment(self.returned_at), self.to_person.data, self.reason.data
        )
