"""Pure: finds the order of an agenda in which people leave and return least. Fixed points keep their places, items that are bound stay
together, each part of the meeting keeps its places. Exact where the agenda is small enough to try everything that matters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from coi.meetings.conflicts.order.searching import best_by_moves
from coi.meetings.conflicts.order.vocabulary import Movements, Offer, Slot
from coi.meetings.conflicts.order.weighing import Block, Place, Plan, Weight, weight_of

MOST_STATES = 25_000
"""So many states of the exact search are looked at; a larger agenda is improved step by step instead."""


def arranged(slots: Sequence[Slot]) -> Offer:
    """Returns the order of an agenda, given in today's order, that makes people leave least; of those the one in which they come back
    least, and then the one nearest to today's. It is never worse than today's.

    Rule: MTG-06; source: USERS W12."""
    plan = plan_of(slots)
    today = weight_of(plan, range(len(plan.blocks)))
    assert today is not None, "today's order keeps its own fixed points"
    order, weight, is_exact = tuple(range(len(plan.blocks))), today, False
    if today.leavings:
        exact = _Search(plan)
        is_exact = exact.states <= MOST_STATES
        order, weight = exact.best() if is_exact else best_by_moves(plan, today)
    if (weight.leavings, weight.returns) >= (today.leavings, today.returns):
        order, weight = tuple(range(len(plan.blocks))), today
    return Offer(
        tuple(_keys(plan, order)),
        Movements(today.leavings, today.returns),
        Movements(weight.leavings, weight.returns),
        is_exact or weight.leavings <= least_leavings(slots),
    )


def movements(slots: Iterable[Slot]) -> Movements:
    """Returns how often people leave and come back in the order in which the slots stand."""
    leaves = returns = 0
    out: frozenset[str] = frozenset()
    for slot in slots:
        leaves += len(slot.out_for_discussion - out) + len(slot.out_for_decision - slot.out_for_discussion)
        returns += len(out - slot.out_for_discussion)
        out = slot.out_for_decision
    return Movements(leaves, returns)


def least_leavings(slots: Iterable[Slot]) -> int:
    """Returns a number of leavings that no order can do without: each person who leaves at all leaves once, and once for each item
    whose discussion they join."""
    often: dict[str, int] = {}
    for slot in slots:
        for person in slot.out_for_decision | slot.out_for_discussion:
            often.setdefault(person, 0)
            often[person] += person not in slot.out_for_discussion
    return sum(max(1, number) for number in often.values())


def plan_of(slots: Sequence[Slot]) -> Plan:
    """Returns the blocks of an agenda that may move, and the places between the fixed points."""
    bits: dict[str, int] = {}
    blocks: list[Block] = []
    places: list[Place] = []
    for start, group in _groups(slots):
        masks = tuple((_mask(each.out_for_discussion, bits), _mask(each.out_for_decision, bits)) for each in group)
        keys = tuple(each.key for each in group)
        if any(each.is_fixed for each in group) or len({each.part for each in group}) > 1:
            places += (Place("", fixed=(key, mask)) for key, mask in zip(keys, masks, strict=True))
            continue
        blocks.append(Block(start, keys, group[0].part, masks))
        places += (Place(group[0].part) for _ in group)
    return Plan(tuple(blocks), tuple(places))


def _groups(slots: Sequence[Slot]) -> Iterator[tuple[int, list[Slot]]]:
    """The items that stay together, with the place of the first."""
    start, group = 0, list(slots[:1])
    for index, slot in enumerate(slots[1:], start=1):
        if slot.bound:
            group.append(slot)
            continue
        yield start, group
        start, group = index, [slot]
    if group:
        yield start, group


def _mask(people: Iterable[str], bits: dict[str, int]) -> int:
    return sum(1 << bits.setdefault(person, len(bits)) for person in people)


def _keys(plan: Plan, order: Iterable[int]) -> Iterator[str]:
    """The keys of all places, with the blocks in this order between the fixed points."""
    waiting = (key for index in order for key in plan.blocks[index].keys)
    for place in plan.places:
        yield place.fixed[0] if place.fixed else next(waiting)


@dataclass
class _Search:
    """The exact search, place by place. Blocks that take the same people out are of one kind, and come in today's order: what is left to
    place is told by how many of each kind are."""

    plan: Plan

    @cached_property
    def kinds(self) -> list[list[int]]:
        found: dict[tuple[object, ...], list[int]] = {}
        for index, block in enumerate(self.plan.blocks):
            found.setdefault((block.part, block.masks), []).append(index)
        return list(found.values())

    @property
    def states(self) -> int:
        return prod(len(kind) + 1 for kind in self.kinds) * max(1, len(self.kinds))

    def best(self) -> tuple[tuple[int, ...], Weight]:
        """Returns the best order of blocks, and what it weighs."""
        empty = tuple(0 for _ in self.kinds)
        layer: dict[tuple[tuple[int, ...], int], tuple[Weight, tuple[int, ...]]] = {(empty, 0): (Weight(0, 0, 0), ())}
        at: dict[int, dict[tuple[tuple[int, ...], int], tuple[Weight, tuple[int, ...]]]] = {0: layer}
        for index in range(len(self.plan.places)):
            for (placed, out), (weight, order) in at.pop(index, {}).items():
                for length, state, cost, chosen in self._steps(index, placed, out, order):
                    total = Weight(*(a + b for a, b in zip(weight, cost, strict=True)))
                    there = at.setdefault(index + length, {})
                    if state not in there or total < there[state][0]:
                        there[state] = (total, chosen)
        weight, order = min(at[len(self.plan.places)].values())
        return order, weight

    def _steps(
        self, index: int, placed: tuple[int, ...], out: int, order: tuple[int, ...]
    ) -> Iterator[tuple[int, tuple[tuple[int, ...], int], Weight, tuple[int, ...]]]:
        """What may stand at a place: its fixed item, or the next block of each kind that fits there."""
        place = self.plan.places[index]
        if place.fixed:
            cost, left = self.plan.cost(out, (place.fixed[1],))
            yield 1, (placed, left), cost, order
            return
        for number, kind in enumerate(self.kinds):
            if placed[number] == len(kind):
                continue
            chosen = kind[placed[number]]
            block = self.plan.blocks[chosen]
            if not self.plan.fits(block, index):
                continue
            cost, left = self.plan.cost(out, block.masks)
            passed = sum(1 for other in order if other > chosen)
            state = (*placed[:number], placed[number] + 1, *placed[number + 1 :])
            yield len(block.keys), (state, left), Weight(*cost[:2], passed), (*order, chosen)
