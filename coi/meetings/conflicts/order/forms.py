"""The forms of the running order: what is to stay, asked in the address, and taking the order that is offered."""

from collections.abc import Iterable

from wtforms import HiddenField

from coi.meetings.conflicts.order.slots import Fixing
from coi.web.forms import Form


class TakeOrderForm(Form):
    """The order that the page offered, by today's numbers, against the version of the agenda that it was made for."""

    version = HiddenField()
    order = HiddenField()

    def numbers(self) -> tuple[int, ...]:
        """Returns the order, by today's numbers; nothing where the hidden field was tampered with."""
        parts = (self.order.data or "").split(",")
        return tuple(map(int, parts)) if all(part.isdecimal() and len(part) < 5 for part in parts) else ()


def fixing_in(stay: Iterable[str], follow: Iterable[str]) -> Fixing:
    """Returns what an address says about which items stay and which follow the one before them. What is no number is passed over."""
    return Fixing(_numbers(stay), _numbers(follow))


def _numbers(given: Iterable[str]) -> frozenset[int]:
    return frozenset(int(each) for each in given if each.isdecimal() and len(each) < 5)
