"""What of an agenda may move, and what stays together."""

import uuid
from types import SimpleNamespace

from coi.meetings.conflicts.order.slots import Fixing, slots_of
from coi.meetings.vocabulary import ItemState, Part, Standing

NOBODY = SimpleNamespace(away=(), seats={})


def item(position, *, matter=None, state=ItemState.PLANNED, standing=None):
    return SimpleNamespace(position=position, part=Part.PUBLIC, standing=standing, state=state, matter_id=matter)


def test_what_stays_in_its_place_and_what_follows_the_item_before():
    one = uuid.uuid4()
    items = [
        item(1, standing=Standing.WELCOME), item(2, state=ItemState.OPEN), item(3, matter=one), item(4, matter=one), item(5),
        item(6, matter=one), item(7), item(8),
    ]  # fmt: skip
    slots = slots_of(items, NOBODY, kept=(7,), fixing=Fixing(frozenset({5}), frozenset({8})))
    assert [slot.key for slot in slots if slot.is_fixed] == ["1", "2", "5", "7"]
    assert [slot.key for slot in slots if slot.bound] == ["4", "8"]
    assert slots_of([], NOBODY, kept=(), fixing=Fixing()) == ()
