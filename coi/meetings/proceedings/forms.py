"""Wording of what is recorded in the room: attendance, movements, the chair, decisions and votes."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField

from coi.committees.details import CLASS_NAMES
from coi.committees.vocabulary import MemberClass
from coi.meetings.proceedings.people_queries import PersonInMeeting
from coi.meetings.proceedings.vocabulary import (
    AttendanceDetails,
    Attending,
    HandoverDetails,
    KeeperDetails,
    OpeningDetails,
)
from coi.meetings.recorded_vocabulary import MovementDetails
from coi.meetings.timed_forms import TimedForm
from coi.meetings.vocabulary import Capacity, Cast, CastingVote, Method, Outcome, PresenceKind, PresenceReason
from coi.web.fields import ChoiceField, Option, PickField, TimeField, options_of
from coi.web.forms import Form, LongTextField, Required, TextField

CAPACITIES = {
    Capacity.IN_ATTENDANCE: "In attendance",
    Capacity.DEPUTY: "Deputy for a member",
    Capacity.TEMPORARY: "Temporary member, for this meeting: votes and counts towards the quorum",
    Capacity.MEMBER: "Member",
}
KINDS = {
    PresenceKind.LEFT: "Left the meeting",
    PresenceKind.RETURNED: "Returned",
    PresenceKind.GALLERY: "Moved to the public gallery",
    PresenceKind.REMOVED: "Was removed from the call",
    PresenceKind.JOINED: "Joined",
}
REASONS = {
    PresenceReason.CONFLICT: "A conflict of interest",
    PresenceReason.OTHER: "Another reason",
}
OUTCOMES = {Outcome.APPROVED: "Approved", Outcome.NOT_APPROVED: "Not approved", Outcome.AGREED: "Agreed"}
METHODS = {Method.CONSENSUS: "Agreed without a vote", Method.VOTE: "Voted"}
CASTS = {Cast.FOR: "For", Cast.AGAINST: "Against", Cast.ABSTAINED: "Abstained"}
CASTINGS = {
    CastingVote.FOR: "Cast for",
    CastingVote.AGAINST: "Cast against",
    CastingVote.NOT_USED: "Not used: the tie stood",
}
ATTENDING = {
    Attending.THERE: "There",
    Attending.REMOTE: "By video or phone",
    Attending.APOLOGIES: "Apologies",
    Attending.LATER: "Later",
}
VOTE, WHO = "vote_", "who_"


class OpenForm(TimedForm):
    """Who is there when the meeting opens. `with_people` adds a line for each person who may come."""

    opened_at = TimeField(
        "When did the meeting open?", [Required("Enter when the meeting opened")], subject="The opening time"
    )

    @classmethod
    def with_people(cls, people: Iterable[tuple[uuid.UUID, str]]) -> "type[OpenForm]":
        """Returns the form with one line for each of `people`."""
        fields = {
            f"{WHO}{person.hex}": ChoiceField(
                name, [Required(f"Select whether {name} is there")], options=options_of(ATTENDING), coerce=Attending,
                inline=True, default=Attending.THERE,
            )
            for person, name in people
        }  # fmt: skip
        return type(cls.__name__, (cls,), fields)

    @property
    def lines(self) -> list[Any]:
        return [each for each in self if each.name.startswith(WHO)]

    def details(self) -> OpeningDetails:
        return OpeningDetails(
            self.instant(self.opened_at.data), self._who(Attending.THERE, Attending.REMOTE), self._who(Attending.APOLOGIES),
            self._who(Attending.REMOTE),
        )  # fmt: skip

    def _who(self, *wanted: Attending) -> frozenset[uuid.UUID]:
        return frozenset(uuid.UUID(each.name.removeprefix(WHO)) for each in self.lines if each.data in wanted)


class AttendanceForm(TimedForm):
    """Somebody else who comes to the meeting."""

    person = PickField("Who?", [Required("Select who comes")], coerce=uuid.UUID, blank="Select a person")
    capacity = ChoiceField(
        "In which capacity?", [Required("Select in which capacity")], options=options_of(CAPACITIES), coerce=Capacity
    )
    deputy_for = PickField("Deputy for whom? (deputies only)", coerce=uuid.UUID, blank="Nobody")
    member_class = PickField(
        "In which class? (temporary members only)", coerce=MemberClass, blank="Select a class",
        options=tuple(Option(each, name) for each, name in CLASS_NAMES.items()),
    )  # fmt: skip
    role_words = TextField("Role, as the minutes print it (optional)")
    is_remote = BooleanField("By phone or video")
    apologies = BooleanField("Sent apologies")
    has_joined = BooleanField("Is in the meeting")
    joined_at = TimeField("When did they join?", unknown="The time is not known", subject="The time they joined")

    def offer(
        self,
        people: Iterable[tuple[uuid.UUID, str]],
        members: Iterable[tuple[uuid.UUID, str]],
        *,
        temporary_allowed: bool,
    ) -> None:
        if not temporary_allowed:
            self.capacity.options = tuple(
                each for each in self.capacity.options if each.value is not Capacity.TEMPORARY
            )
        self.person.options = tuple(Option(person, name) for person, name in people)
        self.deputy_for.options = tuple(Option(person, name) for person, name in members)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Asks when somebody joined: the page fills the time in only on the meeting's day."""
        valid = super().validate(extra_validators)
        if self.has_joined.data and not self.joined_at.is_answered and not self.joined_at.errors:
            self.joined_at.errors = ["Enter the time they joined, or say that it is not known"]
            return False
        return valid

    def details(self, committee_id: uuid.UUID | None = None) -> AttendanceDetails:
        return AttendanceDetails(
            self.person.data, self.capacity.data, self.deputy_for.data, bool(self.apologies.data), bool(self.is_remote.data),
            self.role_words.data or "", committee_id, bool(self.has_joined.data),
            self.moment(self.joined_at) if self.has_joined.data else None, self.member_class.data,
        )  # fmt: skip


class MovementForm(TimedForm):
    """A movement in or out."""

    kind = ChoiceField(
        "What happened?", [Required("Select what happened")], options=options_of(KINDS), coerce=PresenceKind
    )
    at = TimeField(
        "When?",
        [Required("Enter the time, or say that it is not known")],
        unknown="The time is not known",
        subject="Time",
    )
    reason = ChoiceField(
        "Why did they leave?", options=options_of(REASONS), coerce=PresenceReason,
        description="Leave it empty where they joined or returned.",
    )  # fmt: skip
    note = TextField("Note (optional)")
    corrects = PickField("Does this correct an earlier entry? (optional)", coerce=uuid.UUID, blank="No, it is new")
    is_so = BooleanField("It was so, although an item was settled before this was recorded")

    reasons: Mapping[
        uuid.UUID, PresenceReason
    ] = {}  # of the earlier entries, which a correction keeps unless it says otherwise

    def offer(self, earlier: Iterable[tuple[uuid.UUID, str, PresenceReason]]) -> None:
        """Offers the earlier entries to correct, the last one first: that is most often the wrong one."""
        rows = list(earlier)
        self.corrects.options = tuple(Option(row, words) for row, words, _ in reversed(rows))
        self.reasons = {row: reason for row, _, reason in rows if reason in REASONS}

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Asks why somebody left: the record would else say that it was for no conflict."""
        valid = super().validate(extra_validators)
        leaves = self.kind.data is not None and not self.kind.data.is_in_the_meeting
        if leaves and self.reason.data is None and not self.reason.errors and self.corrects.data not in self.reasons:
            self.reason.errors = ["Select why they left"]
            return False
        return valid

    def details(self, person_id: uuid.UUID, item_id: uuid.UUID | None) -> MovementDetails:
        earlier = PresenceReason.OTHER if self.kind.data.is_in_the_meeting else self.reasons.get(self.corrects.data)
        why = (
            self.reason.data or earlier or PresenceReason.OTHER
        )  # who came back did so for none of the reasons for leaving
        return MovementDetails(
            person_id, self.kind.data, self.moment(self.at), why, item_id, self.note.data or "", self.corrects.data,
            bool(self.is_so.data),
        )  # fmt: skip


class HandoverForm(TimedForm):
    """Who takes the chair."""

    to_person = ChoiceField("Who takes the chair?", [Required("Select who takes the chair")], coerce=uuid.UUID)
    reason = LongTextField("Why? (optional)", rows=2, limit=1000)
    at = TimeField("When?", [Required("Enter when the chair was handed over")], subject="Time")

    def offer(self, people: Iterable[tuple[uuid.UUID, str]]) -> None:
        self.to_person.options = tuple(Option(person, name) for person, name in people)

    def details(self) -> HandoverDetails:
        return HandoverDetails(self.to_person.data, self.instant(self.at.data), self.reason.data or "")


class KeeperForm(Form):
    """Who keeps the record of an item in place of a secretary."""

    person = PickField(
        "Who keeps the record of this item?", [Required("Select who keeps the record of this item")], coerce=uuid.UUID,
        blank="Select a person", description="Anybody who can sign in here and has not been ruled out of the item.",
    )  # fmt: skip
    in_place_of = ChoiceField("In place of whom?", [Required("Select in place of whom they keep it")], coerce=uuid.UUID)

    def offer(self, people: Mapping[uuid.UUID, str], barred: Mapping[uuid.UUID, str]) -> None:
        self.person.options = tuple(Option(person, name) for person, name in people.items())
        self.in_place_of.options = tuple(Option(person, name) for person, name in barred.items())
        if self.in_place_of.data is None and len(barred) == 1:
            self.in_place_of.data = next(iter(barred))

    def details(self) -> KeeperDetails:
        return KeeperDetails(self.person.data, self.in_place_of.data)


class ReturnForm(TimedForm):
    """When the chair came back."""

    at = TimeField("When did the chair return?", [Required("Enter when the chair returned")], subject="Time")


class CloseForm(TimedForm):
    """When the meeting closed."""

    closed_at = TimeField(
        "When did the meeting close?", [Required("Enter when the meeting closed")], subject="The closing time"
    )
    put_off = BooleanField("Defer the items that were not taken to a later meeting")


class StartForm(Form):
    """A button."""


def movement_words(kind: PresenceKind) -> str:
    """Returns a movement as buttons and lists say it."""
    return KINDS[kind]


def next_kinds(person: PersonInMeeting, *, private: bool) -> tuple[PresenceKind, ...]:
    """Returns the movements that can follow for a person: for the quick buttons."""
    if person.last is None:
        return (PresenceKind.JOINED,)
    if not person.is_in:
        return (PresenceKind.RETURNED,)
    if person.attendance.is_remote:
        return (PresenceKind.REMOVED, PresenceKind.LEFT)
    return (PresenceKind.LEFT,) if private else (PresenceKind.LEFT, PresenceKind.GALLERY)
