"""The words of a running order: places of an agenda, what an order costs, what is offered. Standard library only."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Slot:
    """An item in its place on today's agenda. `out_for_discussion` and `out_for_decision` are the people who are out of the room then.
    A slot that `is_fixed` stays where it is; one that is `bound` follows the slot before it. `part` tells public places from
    private ones."""

    key: str
    part: str = ""
    out_for_discussion: frozenset[str] = frozenset()
    out_for_decision: frozenset[str] = frozenset()
    is_fixed: bool = False
    bound: bool = False


class Movements(NamedTuple):
    """How often people leave the room in an order, and how often they come back."""

    leavings: int
    returns: int


@dataclass(frozen=True, slots=True)
class Offer:
    """An order that is offered in place of today's. `order` are the keys. `is_least`: no order that keeps the fixed points needs fewer
    leavings."""

    order: tuple[str, ...]
    today: Movements
    offered: Movements
    is_least: bool

    @property
    def saved(self) -> int:
        return self.today.leavings - self.offered.leavings

    @property
    def is_better(self) -> bool:
        return self.offered < self.today

    @property
    def words(self) -> str:
        """Returns what the offer comes to, in a sentence or three."""
        if not self.today.leavings:
            return "Nobody has to leave for any item, so the order makes no difference."
        best = "No order that keeps the fixed points needs fewer."
        if not self.is_better:
            return f"In today’s order people leave {_times(self.today.leavings)}. " + (
                best if self.is_least else "No better order was found."
            )
        if not self.saved:
            return (
                f"In both orders people leave {_times(self.today.leavings)}. In the offered one they come back "
                f"{_times(self.offered.returns)}, not {_times(self.today.returns)}."
            )
        said = f"In today’s order people leave {_times(self.today.leavings)}, in the offered one {_times(self.offered.leavings)}: "
        return f"{said}{self.saved} fewer.{f' {best}' if self.is_least else ''}"


def _times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")
