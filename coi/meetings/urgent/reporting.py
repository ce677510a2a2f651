"""What an item that reports an urgent decision keeps until a meeting took it: its place, its question and whom it was compared with."""

from coi.errors import RuleBroken
from coi.meetings.models import AgendaItem
from coi.meetings.urgent.queries import urgent_reported_by
from coi.meetings.vocabulary import ItemDetails

COMPARED = "Whoever took the urgent decision that this item reports was compared with its organisations, so these stay as they are"


def check_may_leave(item: AgendaItem) -> None:
    """Raises RuleBroken where an item reports an urgent decision: the meeting is told of it. One that an earlier item reports waits
    with that. Rule: URG-01; RULEBOOK §10.10."""
    row = urgent_reported_by(item)
    if row is not None and row.item_id == item.id:
        raise RuleBroken(
            "This item reports an urgent decision, of which the meeting has to be told. It stays on the agenda", rule="URG-01"
        )  # fmt: skip


def check_concerns_the_same(item: AgendaItem) -> None:
    """Raises RuleBroken where an item reports an urgent decision. Rule: URG-01; RULEBOOK §10.10."""
    if urgent_reported_by(item) is not None:
        raise RuleBroken(COMPARED, rule="URG-01", options=("Add an item of its own for other organisations",))


def check_still_asks(item: AgendaItem, details: ItemDetails) -> None:
    """Raises RuleBroken where an item that reports an urgent decision would no longer ask for a decision, or would concern another class.
    Rule: URG-01; RULEBOOK §10.10."""
    changes_class = details.class_scope is not item.class_scope or (
        details.pcn_id is not None and [str(details.pcn_id)] != item.class_area
    )
    if (details.purpose.asks_for_a_decision and not changes_class) or urgent_reported_by(item) is None:
        return
    if changes_class:
        raise RuleBroken(COMPARED, field="class_scope", rule="URG-01")
    said = "This item reports an urgent decision, which the meeting is asked to ratify. Select a purpose that asks for a decision"
    raise RuleBroken(said, field="purpose", rule="URG-01")
