"""What an order of an agenda weighs: how often people leave, how often they come back, how far it is from today's. Pure; people are
bits, since a search weighs many thousands of orders."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Mask = tuple[int, int]
"""Who is out for the discussion of an item, and who for its decision."""


class Weight(NamedTuple):
    """The smaller, the better, the first number before the others. `passed` counts the pairs that changed places."""

    leavings: int
    returns: int
    passed: int


@dataclass(frozen=True, slots=True)
class Block:
    """Items that move together. `start` is the place of the first on today's agenda."""

    start: int
    keys: tuple[str, ...]
    part: str
    masks: tuple[Mask, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the agenda: open to items of its part, or taken by a fixed one (its key and who is out)."""

    part: str
    fixed: tuple[str, Mask] | None = None


@dataclass(frozen=True)
class Plan:
    """The blocks of an agenda in today's order, and its places."""

    blocks: tuple[Block, ...]
    places: tuple[Place, ...]

    @cached_property
    def runs(self) -> tuple[int, ...]:
        """How many open places of one part follow one another from each place on, itself included."""
        found: list[int] = []
        for index in range(len(self.places) - 1, -1, -1):
            place = self.places[index]
            after = self.places[index + 1] if index + 1 < len(self.places) else None
            goes_on = after is not None and not after.fixed and after.part == place.part
            found.append(0 if place.fixed else 1 + (found[-1] if goes_on else 0))
        return tuple(reversed(found))

    def fits(self, block: Block, index: int) -> bool:
        """Whether a block may begin at an open place."""
        return self.places[index].part == block.part and self.runs[index] >= len(block.keys)

    def cost(self, out: int, masks: Iterable[Mask]) -> tuple[Weight, int]:
        """Returns what it costs to take items after those in `out` have left, and who is out then."""
        leaves = returns = 0
        for discussing, deciding in masks:
            leaves += (discussing & ~out).bit_count() + (deciding & ~discussing).bit_count()
            returns += (out & ~discussing).bit_count()
            out = deciding
        return Weight(leaves, returns, 0), out


def weight_of(plan: Plan, order: Sequence[int]) -> Weight | None:
    """Returns what an order of the blocks weighs, however far it is from today's; None where a block does not fit into its place."""
    leaves = returns = out = index = 0
    waiting = iter(order)
    while index < len(plan.places):
        place = plan.places[index]
        if place.fixed:
            masks: tuple[Mask, ...] = (place.fixed[1],)
        else:
            block = plan.blocks[next(waiting)]
            if not plan.fits(block, index):
                return None
            masks = block.masks
        cost, out = plan.cost(out, masks)
        leaves, returns, index = leaves + cost.leavings, returns + cost.returns, index + len(masks)
    return Weight(leaves, returns, 0)
