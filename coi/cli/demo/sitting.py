"""The demo's meeting as the secretary records it: the rooms' commands, called with the keys that the data use and London times."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from coi.cli.demo.people import BY_KEY, MEMBERS
from coi.cli.demo.scene import Scene
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.models import Ruling
from coi.meetings.conflicts.queries import flags_of_item
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.proceedings import commands as room
from coi.meetings.proceedings import decision_commands as decisions
from coi.meetings.proceedings.vocabulary import AttendanceDetails, NotesDetails, mark_of
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, MovementDetails, RulingDetails
from coi.meetings.vocabulary import Capacity, DeclaredPoint, PresenceKind, PresenceReason


@dataclass(frozen=True)
class Sitting:
    """One day of the demo on which the committee sits."""

    scene: Scene
    meeting: Meeting
    items: dict[str, AgendaItem]
    offset: int

    def at(self, when: str) -> datetime:
        return self.scene.days.at(self.offset, when)

    def expect(self, absent: str, offset: int) -> None:
        """The secretary enters on an earlier day who is expected, herself too, with the words that the minutes print."""
        for minute, each in enumerate((*MEMBERS, BY_KEY["secretary"])):
            details = AttendanceDetails(
                self.scene.person_id(each.key), Capacity.MEMBER if each.seat else Capacity.IN_ATTENDANCE,
                apologies=each.key == absent, role_words=each.seat.words if each.seat else each.post,
            )  # fmt: skip
            at = self.scene.days.at(offset, f"14:{minute:02d}")
            room.record_attendance(self.meeting, details, actor=self.scene.actor("secretary"), at=at)

    def open(self, item: AgendaItem, when: str) -> AgendaItem:
        return room.open_item(item, actor=self.scene.actor("secretary"), at=self.at(when))

    def discuss(self, item: AgendaItem, text: str, when: str) -> None:
        details = NotesDetails(text, mark_of(item.discussion))
        room.note_discussion(item, details, actor=self.scene.actor("secretary"), at=self.at(when))

    def note(self, item: AgendaItem, text: str, when: str) -> None:
        """An item on which nothing is decided, opened and noted at once."""
        self.open(item, when)
        decisions.note_item(item, text, actor=self.scene.actor("secretary"), at=self.at(when))

    def decide(self, item: AgendaItem, details: DecisionDetails, when: str) -> None:
        decisions.take_decision(item, details, actor=self.scene.actor("secretary"), at=self.at(when))

    def declare(
        self, person: str, point: DeclaredPoint, text: str, when: str, item: str = "", organisation: str = ""
    ) -> None:
        """What somebody declared, on the register where `organisation` names the interest; and with it what they were given, where that
        is flagged on the item, too."""
        interest = self.scene.interests.get((person, organisation))
        at, who = self.at(when), self.scene.person_id(person)
        flags = flags_of_item(self.items[item], known_at=at) if item and interest else ()
        given = tuple(flag.fingerprint for flag in flags if flag.person_id == who and "GIFT-02" in flag.rule_ids)
        details = MeetingDeclarationDetails(
            who, point, text, self.items[item].id if item else None, interest.id if interest else None, at, concerns=given
        )  # fmt: skip
        conflicts.declare_at_meeting(self.meeting, details, actor=self.scene.actor("secretary"), at=at)

    def ruling(
        self, by: str, rationale: str, *actions: str, guardian: bool = False, magnitude: str = ""
    ) -> RulingDetails:
        return RulingDetails(tuple(actions), rationale, self.scene.person_id(by), guardian, magnitude=magnitude)

    def rule(
        self,
        item: str,
        person: str,
        by: str,
        rationale: str,
        *actions: str,
        when: str,
        guardian: bool = False,
        magnitude: str = "",
    ) -> Ruling:
        """A ruling that whoever presides makes in their own name, after asking the Guardian where that is so."""
        details = self.ruling(by, rationale, *actions, guardian=guardian, magnitude=magnitude)
        return conflicts.rule_on_conflict(
            self.items[item], self.scene.person_id(person), details, actor=self.scene.actor(by), at=self.at(when)
        )

    def dictate(self, item: str, person: str, by: str, rationale: str, *actions: str, when: str) -> Ruling:
        """A ruling that the secretary writes down, to be confirmed by whoever dictated it."""
        details = self.ruling(by, rationale, *actions)
        return conflicts.record_dictated_ruling(
            self.items[item], self.scene.person_id(person), details, actor=self.scene.actor("secretary"), at=self.at(when)
        )  # fmt: skip

    def leave(self, item: str, when: str, *people: str) -> None:
        for person in people:
            self._move(person, PresenceKind.LEFT, item, when)

    def come_back(self, item: str, when: str, *people: str) -> None:
        for person in people:
            self._move(person, PresenceKind.RETURNED, item, when)

    def _move(self, person: str, kind: PresenceKind, item: str, when: str) -> None:
        at = self.at(when)
        details = MovementDetails(self.scene.person_id(person), kind, at, PresenceReason.CONFLICT, self.items[item].id)
        room.record_movement(self.meeting, details, actor=self.scene.actor("secretary"), at=at)

    def ids(self, *people: str) -> frozenset[uuid.UUID]:
        return frozenset(self.scene.person_id(person) for person in people)
