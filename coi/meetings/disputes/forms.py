"""Wording of a dispute about a ruling."""

from coi.meetings.disputes.vocabulary import KIND_WORDS, RESPONSE_WORDS, DisputeDetails, DisputeKind, Response
from coi.meetings.timed_forms import TimedForm
from coi.web.fields import ChoiceField, TimeField, options_of
from coi.web.forms import Form, LongTextField, Required


class DisputeForm(TimedForm):
    """What somebody did against the ruling on them, and what came of it."""

    kind = ChoiceField(
        "What happened?", [Required("Select what happened")], options=options_of(KIND_WORDS), coerce=DisputeKind
    )
    said = LongTextField(
        "What was said?", [Required("Enter what was said")], rows=3, limit=2000, description="The minutes print this."
    )
    at = TimeField("When? (leave empty if nobody knows)", subject="The time", description="Like 10:05.")
    response = ChoiceField(
        "What did whoever presided do next?", [Required("Select what whoever presided did next")],
        options=options_of(RESPONSE_WORDS), coerce=Response,
    )  # fmt: skip
    did = LongTextField("In words (optional)", rows=2, limit=2000, description="The minutes print this too.")

    def details(self) -> DisputeDetails:
        return DisputeDetails(
            self.kind.data, self.said.data, self.moment(self.at), self.response.data, self.did.data or ""
        )


class StrikeDisputeForm(Form):
    """Why a dispute is struck out."""

    because = LongTextField("Why is it struck out?", [Required("Enter why it is struck out")], rows=2, limit=1000)
