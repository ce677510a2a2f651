"""Improves the order of a long agenda step by step, where trying everything would take too long. Pure, and the same for the same agenda."""

from collections.abc import Iterator

from coi.meetings.conflicts.order.weighing import Plan, Weight, weight_of

MOST_TRIES = 12_000
"""So many orders are weighed at most: some seconds of a page for the longest agenda are too many."""

Order = tuple[int, ...]


def best_by_moves(plan: Plan, today: Weight) -> tuple[Order, Weight]:
    """Returns the best order of blocks that moving one block, or changing two, leads to, from today's order and from one in which each
    block is followed by the one it goes best with. Never worse than today's."""
    start = tuple(range(len(plan.blocks)))
    best = _improved(plan, start, today, MOST_TRIES // 2)
    chained = _chained(plan)
    if chained is not None and (weight := weight_of(plan, chained)) is not None:
        best = min(best, _improved(plan, chained, weight, MOST_TRIES // 2), key=lambda found: (found[1], found[0]))
    return best


def _improved(plan: Plan, order: Order, weight: Weight, tries: int) -> tuple[Order, Weight]:
    found = True
    while found and tries > 0:
        found = False
        for other in _neighbours(order):
            tries -= 1
            lighter = weight_of(plan, other)
            if lighter is not None and lighter < weight:
                order, weight, found = other, lighter, True
                break
            if tries <= 0:
                break
    return order, weight


def _neighbours(order: Order) -> Iterator[Order]:
    """Orders in which one block stands elsewhere, or two have changed places."""
    for at in range(len(order)):
        rest = order[:at] + order[at + 1 :]
        for to in range(len(order)):
            if to != at:
                yield (*rest[:to], order[at], *rest[to:])
    for first in range(len(order)):
        for second in range(first + 2, len(order)):
            yield (*order[:first], order[second], *order[first + 1 : second], order[first], *order[second + 1 :])


def _chained(plan: Plan) -> Order | None:
    """An order in which each place gets the block that costs least there; None where a block would fit nowhere any more."""
    left, found, out, index = list(range(len(plan.blocks))), [], 0, 0
    while index < len(plan.places):
        place = plan.places[index]
        if place.fixed:
            _, out = plan.cost(out, (place.fixed[1],))
            index += 1
            continue
        fitting = [each for each in left if plan.fits(plan.blocks[each], index)]
        if not fitting:
            return None
        _, chosen = min((plan.cost(out, plan.blocks[each].masks)[0], each) for each in fitting)
        found.append(chosen)
        left.remove(chosen)
        _, out = plan.cost(out, plan.blocks[chosen].masks)
        index += len(plan.blocks[chosen].keys)
    return tuple(found)
