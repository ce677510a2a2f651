"""Wording of what is entered when minutes are confirmed."""

import uuid
from collections.abc import Collection, Mapping, Sequence

from coi.meetings.models import Meeting
from coi.web.fields import ChoiceField, Option, PickField
from coi.web.forms import Form, Required


class DraftForm(Form):
    """Nothing but the button."""


class ConfirmForm(Form):
    """Which later meeting confirmed the minutes, and who presided over it."""

    at_meeting = ChoiceField(
        "Which meeting confirmed them?", [Required("Select the meeting that confirmed the minutes")], coerce=uuid.UUID
    )
    confirmed_by = PickField(
        "Who presided over that meeting?", [Required("Select who presided")], coerce=uuid.UUID, blank="Select a person"
    )

    def offer(self, meetings: Sequence[Meeting], people: Mapping[uuid.UUID, str], took: Collection[uuid.UUID]) -> None:
        """`people` are whom to choose from, by what tells them apart; `took` are those of the meetings that took the minutes of the last
        meeting."""
        self.at_meeting.options = tuple(
            Option(
                meeting.id, f"{meeting.held_on:%-d %B %Y} ({meeting.reference})",
                "" if meeting.id in took else "It has not taken the minutes of the last meeting",
            )
            for meeting in meetings
        )  # fmt: skip
        self.confirmed_by.options = tuple(Option(person, name) for person, name in people.items())
