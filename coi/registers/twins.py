"""What looks the same as something on a register already: a paper that somebody enters again. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coi.errors import RuleBroken


@dataclass(frozen=True)
class Twin:
    """An entry of a register that looks the same as what is about to be sent: what it is, and who entered it when. Where several things
    are sent: which of them looks so, counted from 1, and what it is called. `same_as`: no entry, but which other of them says the same."""

    reference: str
    title: str
    declared_on: date | None
    by: str
    number: int = 0
    sent: str = ""
    same_as: int = 0

    @property
    def other(self) -> str:
        """What it looks the same as, in words."""
        return f"interest {self.same_as}" if self.same_as else self.reference


def check_twins(twins: Sequence[Twin], *, is_another: bool) -> None:
    """Raises RuleBroken where what is sent looks the same as an entry, and nobody said that it is another one. Rule: DECL-01; a register
    that says one thing twice is wrong."""
    if twins and not is_another:
        if twins[0].number:
            pairs = "; ".join(f"interest {each.number}, {each.sent}, as {each.other}" for each in twins)
            raise RuleBroken(
                f"Some look the same as {_what(twins)}: {pairs}. Remove them, or say that they are others",
                field="is_another",
            )
        raise RuleBroken(
            f"This looks the same as {', '.join(each.reference for each in twins)}. Do not send it again, or say that it is another",
            field="is_another",
        )


def _what(twins: Sequence[Twin]) -> str:
    """What these look the same as."""
    if all(each.same_as for each in twins):
        return "each other"
    return (
        "what is on the register, or as each other"
        if any(each.same_as for each in twins)
        else "what is on the register"
    )
