"""Wording of what comes of an item: a decision and its votes, or that it was noted, put off or referred."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from wtforms import BooleanField

from coi import clock
from coi.meetings.conflicts.unreached import Unreached
from coi.meetings.proceedings.forms import CASTINGS, CASTS, METHODS, OUTCOMES, VOTE
from coi.meetings.recorded_vocabulary import DecisionDetails, Presided
from coi.meetings.timed_forms import TimedForm
from coi.meetings.vocabulary import Cast, CastingVote, Method, Outcome
from coi.web.fields import ChoiceField, Option, PickField, TimeField, options_of
from coi.web.forms import LongTextField, Required, TextField


class SettledForm(TimedForm):
    """What came of an item without a decision: the time is only asked where it was not now."""

    decided_at = TimeField("Time, if it was not now (optional)", subject="Time", description="Like 10:05.")

    @property
    def when(self) -> datetime | None:
        """The instant that was typed, None for now."""
        return self.moment(self.decided_at)


class NoteForm(SettledForm):
    """The item was noted."""

    text = LongTextField("What did the committee note? (optional)", rows=3, limit=4000)


class DeferForm(SettledForm):
    """The item was put off."""

    text = LongTextField("Why is the item deferred?", [Required("Enter why the item is deferred")], rows=3, limit=4000)
    presided_by = PickField("Who presided?", coerce=uuid.UUID, blank="It is not known")

    def offer(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        self.presided_by.options = tuple(Option(person, name) for person, name in people)

    def presided(self) -> Presided:
        return Presided(self.presided_by.data)


class ReferForm(DeferForm):
    """The item goes to a body that can decide it."""

    referred_to = TextField("Who is it referred to?", [Required("Enter who the item is referred to")])
    text = LongTextField("Why is the item referred?", [Required("Enter why the item is referred")], rows=3, limit=4000)


class DecisionForm(TimedForm):
    """What the committee decided. `with_votes` adds a field per member."""

    outcome = ChoiceField(
        "What was the outcome?", [Required("Select the outcome")], options=options_of(OUTCOMES), coerce=Outcome
    )
    text = LongTextField(
        "What was decided?", [Required("Enter what was decided")], rows=3, limit=4000,
        description="The minutes print “RESOLVED”, who decided and the outcome, then these words. For example: the merger.",
    )  # fmt: skip
    method = ChoiceField("How?", [Required("Select how it was decided")], options=options_of(METHODS), coerce=Method)
    casting = ChoiceField(
        "If the votes were even, how was the casting vote used?", options=options_of(CASTINGS), coerce=CastingVote,
        description="Only for a tie. Otherwise leave it empty.",
    )  # fmt: skip
    decided_at = TimeField("When?", [Required("Enter when it was decided")], subject="Time of the decision")
    lost_told = BooleanField("Whoever presides has seen what this item no longer reaches")

    def ask_of(self, lost: Collection[Unreached]) -> None:
        """Asks whether whoever presides saw what the item no longer reaches only where there is something that nobody has seen."""
        if not lost:
            del self.lost_told

    @classmethod
    def with_votes(cls, voters: Sequence[tuple[uuid.UUID, str]]) -> "type[DecisionForm]":
        """Returns the form with one row of votes for each of `voters`."""
        fields = {
            f"{VOTE}{person.hex}": ChoiceField(name, options=options_of(CASTS), coerce=Cast, inline=True)
            for person, name in voters
        }
        return type(cls.__name__, (cls,), fields)

    @property
    def decided_when(self) -> datetime | None:
        """The instant of the decision; None where none was sent, or it is not on the clock that day."""
        try:
            return self.moment(self.decided_at)
        except clock.TimeNotOnTheClock:
            return None

    def leave_out(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Takes away the rows of people who were not there at the time that was sent: their votes were refused, with their names."""
        for person, _name in people:
            del self[f"{VOTE}{person.hex}"]

    @property
    def vote_fields(self) -> list[Any]:
        return [each for each in self if each.name.startswith(VOTE)]

    def details(self, *, explanation: str = "") -> DecisionDetails:
        votes = tuple(
            (uuid.UUID(each.name.removeprefix(VOTE)), each.data) for each in self.vote_fields if each.data is not None
        )
        return DecisionDetails(
            self.outcome.data, self.text.data, self.method.data, votes if self.method.data is Method.VOTE else (),
            self.moment(self.decided_at), explanation=explanation,
            casting=self.casting.data if self.method.data is Method.VOTE else None,
            lost_told="lost_told" in self and bool(self.lost_told.data),
        )  # fmt: skip


class IrregularForm(DecisionForm):
    """What happened regardless."""

    explanation = LongTextField(
        "What happened, and why did it go on?", [Required("Enter what happened and why it went on")], rows=4, limit=4000
    )

    def details(self, *, explanation: str = "") -> DecisionDetails:
        return super().details(explanation=explanation or self.explanation.data)
