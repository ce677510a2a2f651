"""Pure rules of planning: what may change in which state, the standing items, financial years, the order of an agenda."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from coi.clock import nhs_year
from coi.errors import RuleBroken
from coi.meetings.vocabulary import ClassScope, ItemDetails, ItemState, MeetingState, Part, Purpose, Standing

BEHIND_PRIVATE = (
    "It is in public and stands after an item in private, so the public would have to come back in. "
    "Move it up, if that is not meant."
)
"""What is said of an item in public that stands after one in private."""


@dataclass(frozen=True)
class StandingItem:
    """An item that stands on every agenda."""

    standing: Standing
    title: str
    purpose: Purpose


OPENING_ITEMS = (
    StandingItem(Standing.WELCOME, "Welcome and apologies", Purpose.NOTE),
    StandingItem(Standing.QUORACY, "Confirmation of quoracy", Purpose.NOTE),
    StandingItem(Standing.DECLARATIONS, "Declarations of interest for any item on the agenda", Purpose.NOTE),
    StandingItem(Standing.QUESTIONS, "Questions from the public", Purpose.NOTE),
    StandingItem(Standing.LAST_MINUTES, "Minutes of the last meeting", Purpose.APPROVE),
    StandingItem(Standing.ACTION_LOG, "Action log and matters arising", Purpose.NOTE),
)
CLOSING_ITEMS = (
    StandingItem(Standing.OTHER_BUSINESS, "Any other business", Purpose.NOTE),
    StandingItem(Standing.NEXT_MEETING, "Date of next meeting", Purpose.NOTE),
)
"""Rule: MTG-01 and MTG-04, RULEBOOK §10.1: declarations and quoracy stand on every agenda."""


def financial_year(on: date) -> str:
    """Returns the NHS financial year of a date, as references write it: 2026-27 for 1 April 2026 to 31 March 2027."""
    start = nhs_year(on)
    return f"{start}-{(start + 1) % 100:02d}"


HORIZON = timedelta(days=2 * 366)


def check_near(held_on: date, today: date) -> None:
    """Raises RuleBroken for a day so far ahead that its year was most likely mistyped."""
    if held_on > today + HORIZON:
        raise RuleBroken("The date of the meeting must be within the next 2 years. Check the year", field="held_on")


def check_may_be_called_off(state: MeetingState, because: str) -> None:
    """Raises RuleBroken where a meeting cannot be called off: it was opened, is over already, or nobody says why."""
    if state is MeetingState.OPEN:
        raise RuleBroken(
            "The meeting was opened, so it cannot be called off", options=("Put its items off and close it",)
        )
    if state is MeetingState.CLOSED:
        raise RuleBroken("The meeting is over already, so it cannot be called off")
    if not because.strip():
        raise RuleBroken("Enter why the meeting is called off", field="because")


def check_agenda_may_change(state: MeetingState) -> None:
    """Raises RuleBroken once the meeting is closed: what happened is in its minutes then."""
    if state is MeetingState.CLOSED:
        raise RuleBroken("The meeting is closed. Its agenda can no longer change", rule="MIN-01")


def check_not_there(details: ItemDetails, agenda: Sequence[tuple[str, str]]) -> None:
    """Raises RuleBroken where an item with the same title and description stands on the agenda, given in its order: somebody went back
    and sent the form again."""
    for position, there in enumerate(agenda, start=1):
        if there == (details.title.strip(), details.description):
            raise RuleBroken(f"Item {position} is the same. Give another item a title of its own", field="title")


def check_item(details: ItemDetails) -> None:
    """Raises RuleBroken where an item cannot stand as it is. Rule: MTG-12 (1960 Act s.1): a private item states its reason."""
    if not details.title.strip():
        raise RuleBroken("Enter the title of the item", field="title")
    if details.part is Part.PRIVATE and not details.private_reason.strip():
        raise RuleBroken(
            "Enter the reason for taking this item in private. The resolution to exclude the public must state it",
            field="private_reason", rule="MTG-12",
        )  # fmt: skip
    if details.class_scope is ClassScope.PCN and details.pcn_id is None:
        raise RuleBroken("Select the primary care network", field="network")  # else nobody would be flagged


def check_item_may_change(state: ItemState) -> None:
    """Raises RuleBroken once an item was opened: what was decided on must stay as it was put to the committee."""
    if state is not ItemState.PLANNED:
        raise RuleBroken(
            "This item was already taken at the meeting, so it can no longer be changed or moved", rule="MIN-01"
        )


def place_for_new_item(standings: Sequence[Standing | None]) -> int:
    """Returns the index at which a new item goes, given the standing kinds of the agenda in order: before the closing items."""
    closing = {item.standing for item in CLOSING_ITEMS}
    for index, standing in enumerate(standings):
        if standing in closing:
            return index
    return len(standings)


class OnAgenda(Protocol):
    """An item, as far as its place on the agenda matters here."""

    id: uuid.UUID
    part: Part
    standing: Standing | None


def behind_private(agenda: Sequence[OnAgenda]) -> frozenset[uuid.UUID]:
    """Returns the items in public that stand after one in private, on an agenda given in its order: the public would have to be asked back
    in. The standing items that close an agenda are not among them. Rule: MTG-12; RULEBOOK §10.11."""
    parts = [item.part for item in agenda]
    first = parts.index(Part.PRIVATE) if Part.PRIVATE in parts else len(parts)
    return frozenset(item.id for item in agenda[first:] if item.part is Part.PUBLIC and item.standing is None)


def check_order(present: Sequence[uuid.UUID], wanted: Sequence[uuid.UUID]) -> None:
    """Raises RuleBroken where `wanted` is not the same items as `present` in some order."""
    if sorted(present) != sorted(wanted):
        raise RuleBroken("The new order must name each item of the agenda once. Nothing was moved")


def moved(order: Sequence[uuid.UUID], item: uuid.UUID, places: int) -> list[uuid.UUID]:
    """Returns `order` with `item` moved up (negative) or down by `places`, not beyond either end."""
    rest = [each for each in order if each != item]
    at = min(max(list(order).index(item) + places, 0), len(rest))
    return [*rest[:at], item, *rest[at:]]
