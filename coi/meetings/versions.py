"""What an item or a meeting says, in the words of its form: both versions of it where two people changed it at once."""

from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import ItemDetails, MeetingDetails, Part
from coi.wording import clock_time


def item_words(item: AgendaItem | ItemDetails) -> dict[str, str]:
    """Returns what the form asks of an item, as its labels call it."""
    return {
        "Title": item.title, "Asked to": item.purpose.value.capitalize(), "Presented by": item.presenter, "Summary": item.description,
        "Part": "In private" if item.part is Part.PRIVATE else "In public", "Reason for private": item.private_reason,
    }  # fmt: skip


def meeting_words(details: MeetingDetails) -> dict[str, str]:
    """Returns what the form asks of a meeting, as its labels call it."""
    day = f"{details.held_on.day} {details.held_on:%B %Y}"
    return {"Day": day, "Time": clock_time(details.starts_at), "Place": details.venue, "Title": details.title}
