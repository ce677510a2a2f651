"""Reading who can have given a clinical view on an item: the roster, the clinicians of the committees, whoever attends."""

import uuid
from datetime import datetime

from coi.committees.quorum_words import CLASS_WORDS
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.conflicts.voices.roster_queries import candidates_for
from coi.meetings.conflicts.voices.vocabulary import Speaker
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import Capacity

ROSTER, MEETING = "On the roster", "At the meeting"


def may_speak_on(item: AgendaItem, *, known_at: datetime) -> list[Speaker]:
    """Returns who can have given a clinical view on an item: whoever is on the roster, then the clinicians of its committees and whoever is
    in attendance, each with whether they are free of flags."""
    found: dict[uuid.UUID, Speaker] = {}
    for each in candidates_for(item.meeting, [item], known_at=known_at)[item.id]:
        role = f"{each.kind}, {each.area}" if each.area else each.kind
        found[each.person_id] = Speaker(each.person_id, each.name, role, each.verdict, ROSTER)
    conflicts = conflicts_at(item.meeting, known_at=known_at, items=[item])
    for committee in conflicts.seats.values():
        for seat in committee.seats:
            person = uuid.UUID(seat.person)
            if seat.member_class.is_clinical and person not in found:
                role = CLASS_WORDS[seat.member_class][0]
                found[person] = Speaker(person, seat.name, role, _screened(conflicts, item, person), MEETING)
    for row in attendance_of(item.meeting_id):
        if row.capacity is Capacity.IN_ATTENDANCE and row.person_id not in found:
            role = row.role_words or "in attendance"
            said = _screened(conflicts, item, row.person_id)
            found[row.person_id] = Speaker(row.person_id, row.person.name, role, said, MEETING)
    return list(found.values())


def _screened(conflicts: MeetingConflicts, item: AgendaItem, person_id: uuid.UUID) -> str:
    """In words that a public copy of the minutes can have: no path, no interest."""
    for each in conflicts.conflicts(item.id):
        if each.person_id == person_id and each.lead is not None:
            return f"Flagged: {each.lead.level_words.lower()}"
    return "Not compared: the item names no organisation" if item.names_nobody else "Free of flags"
