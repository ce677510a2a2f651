"""The form of an item as it is taken: the notes, a time for each person, and the button that was pressed beside them. Whatever is pressed
keeps the notes."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wtforms import HiddenField

from coi.meetings.proceedings.vocabulary import NotesDetails, RoomPress, mark_of
from coi.meetings.timed_forms import TimedForm
from coi.meetings.vocabulary import PresenceKind
from coi.web.fields import TimeField
from coi.web.forms import LongTextField, TextField

AT, BEGIN = "at_", "begin"
NOTES = "Notes of the discussion"
SHORT = {
    PresenceKind.LEFT: ("Left", " the meeting"),
    PresenceKind.RETURNED: ("Returned", ""),
    PresenceKind.GALLERY: ("Gallery", ""),
    PresenceKind.REMOVED: ("Off the call", ""),
    PresenceKind.JOINED: ("Joined", ""),
}
"""What the quick buttons say: what is seen, and what is said besides."""


class RoomForm(TimedForm):
    """What a secretary types and presses while an item is taken. `with_people` adds a time for each person."""

    text = LongTextField(NOTES, rows=8, limit=10_000)
    seen = HiddenField()  # which notes the page showed: two tabs never overwrite each other
    began = TimeField("Time it began, if not now", subject="Time")
    do = TextField("Button", limit=80)

    @classmethod
    def with_people(cls, people: Sequence[tuple[uuid.UUID, str]]) -> "type[RoomForm]":
        """Returns the form with a time for each of `people`."""
        times = {
            f"{AT}{person.hex}": TimeField(f"Time for {name}, if not now", subject="Time") for person, name in people
        }
        return type(cls.__name__, (cls,), times)

    def time_of(self, person_id: uuid.UUID) -> TimeField | None:
        """Returns the field for a person's time, None for a stranger."""
        return self._fields.get(f"{AT}{person_id.hex}")

    @property
    def press(self) -> RoomPress:
        """What was pressed: "left:<person>" moves, "decide" goes on to a page, nothing saves the notes."""
        what, _, whom = (self.do.data or "").partition(":")
        try:
            person_id = uuid.UUID(whom) if whom else None
        except ValueError:
            person_id = None
        return RoomPress(what, person_id)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Refuses a time beside which nothing was pressed: it would be lost."""
        valid = super().validate(extra_validators)
        for each in self:
            if each.name.startswith(AT) and each.data is not None and not self._moves(each):
                each.errors = [*each.errors, "Press what happened at this time, or clear the time"]
                valid = False
        if self.began.data is not None and self.press.what != BEGIN:
            self.began.errors = [*self.began.errors, "Press the button that begins the item, or clear the time"]
            valid = False
        return valid

    def details(self) -> NotesDetails:
        return NotesDetails(self.text.data or "", self.seen.data or "")

    def when(self, person_id: uuid.UUID) -> datetime | None:
        """Returns the instant of a movement as typed, None for now."""
        field = self.time_of(person_id)
        return None if field is None else self.moment(field)

    def show_saved(self, text: str) -> None:
        """Lets the form be sent once more over the notes that are saved now."""
        self.seen.data = mark_of(text)

    def _moves(self, field: TimeField) -> bool:
        press = self.press
        return press.person_id is not None and press.movement is not None and field.name == f"{AT}{press.person_id.hex}"


def moves_of(kinds: Sequence[PresenceKind], person_id: uuid.UUID) -> list[tuple[PresenceKind, str]]:
    """Returns the quick buttons of a person: the movement, and the value that the button sends."""
    return [(kind, f"{kind.value}:{person_id}") for kind in kinds]
