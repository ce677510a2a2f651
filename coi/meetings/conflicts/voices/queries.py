"""Reading what the meaning of items rests on: who said that they come, the rules of the day."""

import uuid
from collections.abc import Iterable

from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import rules_of
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.conflicts.voices.meaning import Circumstances, meaning_of
from coi.meetings.conflicts.voices.rules import expectation_of
from coi.meetings.conflicts.voices.vocabulary import Answer, Expectation, ItemMeaning
from coi.meetings.models import AgendaItem, Attendance, Meeting
from coi.meetings.vocabulary import Capacity, ItemState

OPEN = (ItemState.PLANNED, ItemState.OPEN)


def circumstances_of(meeting: Meeting) -> Circumstances:
    """Returns the rules that a meeting goes by and what its members said about coming."""
    return Circumstances(rules_of(meeting), answers_of(attendance_of(meeting.id)))


def answers_of(rows: Iterable[Attendance]) -> dict[uuid.UUID, dict[str, Answer]]:
    """Returns per committee what each member said about coming, by person. Whoever is not in it has not answered."""
    found: dict[uuid.UUID, dict[str, Answer]] = {}
    for row in rows:
        if row.capacity is Capacity.MEMBER:
            found.setdefault(row.committee_id, {})[str(row.person_id)] = answer_of(row)
    return found


def answer_of(row: Attendance) -> Answer:
    """Returns what is recorded of somebody's coming."""
    return Answer.APOLOGIES if row.apologies else Answer.REMOTE if row.is_remote else Answer.COMING


def expectations_of(conflicts: MeetingConflicts, circumstances: Circumstances) -> dict[uuid.UUID, Expectation]:
    """Returns whom the forecast counts, committee by committee."""
    return {
        each.committee_id: expectation_of(each.seats, circumstances.answers.get(each.committee_id, {}))
        for each in conflicts.seats.values()
    }


def meanings_of(
    conflicts: MeetingConflicts, items: Iterable[AgendaItem], circumstances: Circumstances
) -> dict[uuid.UUID, list[ItemMeaning]]:
    """Returns what each item that still asks for a decision means, for each committee of the meeting in turn."""
    return {
        item.id: [meaning_of(conflicts, item, committee, circumstances) for committee in conflicts.seats]
        for item in items
        if item.standing is None and item.purpose.asks_for_a_decision and item.state in OPEN
    }


def meanings_of_item(conflicts: MeetingConflicts, item: AgendaItem) -> list[ItemMeaning]:
    """Returns what one item means for each committee of its meeting; nothing where it asks for no decision, or has one."""
    if item.standing is not None or not item.purpose.asks_for_a_decision or item.state not in OPEN:
        return []
    return meanings_of(conflicts, [item], circumstances_of(item.meeting))[item.id]
