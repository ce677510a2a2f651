"""What on an agenda or in minutes is not for the public: warnings for whoever writes them. Reading only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from coi import clock
from coi.database import db
from coi.documents.vocabulary import Document, paragraph
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.minutes import content
from coi.meetings.minutes.commands import Confirmation, compose_now
from coi.meetings.minutes.models import Minutes
from coi.meetings.minutes.queries import Recorded, recorded_of
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_of
from coi.organisations.models import Body
from coi.people.models import Person
from coi.registers.interests.withheld_queries import withheld_where_met


def withheld_on_agenda(conflicts: MeetingConflicts, items: Iterable[AgendaItem], at: datetime) -> list[str]:
    """Returns, in words, whose interests on which items are withheld from publication, or may be: "Dr Fay Fenn, item 7"."""
    flags = [(item, flag) for item in items for flag in conflicts.flags.get(item.id, ()) if flag.interest_id]
    hidden = withheld_where_met(conflicts.seats, [flag.interest_id for _item, flag in flags if flag.interest_id], at)
    if not hidden:
        return []
    return list(
        dict.fromkeys(f"{flag.name}, item {item.position}" for item, flag in flags if flag.interest_id in hidden)
    )


def public_document(minutes: Minutes, meeting: Meeting, body: Body) -> Document:
    """Returns the public copy of a version of minutes as it may be read today: as it was kept, and composed anew from the record where
    something of it is withheld now, be it since; the copy then says so. Rule: REG-06."""
    items = agenda_of(meeting)
    if not withheld_in_minutes(recorded_of(meeting, items), items):
        return content.as_document(minutes.content["public"])
    confirmation = None
    if minutes.confirmed_at_meeting_id and minutes.confirmed_by:
        at_meeting = db.session.get_one(Meeting, minutes.confirmed_at_meeting_id)
        confirmation = Confirmation(at_meeting, db.session.get_one(Person, minutes.confirmed_by))
    document = compose_now(meeting, body, confirmation)[1].document
    today = clock.local(clock.now())
    said = f"Composed again on {today.day} {today:%B %Y}, from the record, because something of it is withheld from publication."
    return replace(document, blocks=(*document.blocks[:1], paragraph(said), *document.blocks[1:]))


def withheld_in_minutes(recorded: Recorded, items: Sequence[AgendaItem]) -> list[str]:
    """Returns the same of what minutes tell: flags and declarations, also those outside any item."""
    found = []
    for item in items:
        for flag in recorded.flags.get(item.id, ()):
            if recorded.is_withheld(flag.interest_version_id):
                found.append(f"{flag.person.name}, item {item.position}")
    positions = {item.id: f"item {item.position}" for item in items}
    for row in recorded.declarations:
        if recorded.is_withheld(row.interest_id):
            found.append(
                f"{row.person.name}, {positions.get(row.item_id, 'declarations') if row.item_id else 'declarations'}"
            )
    return list(dict.fromkeys(found))
