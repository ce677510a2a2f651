"""Whether a question that a list suggests was asked before: of the same member about the same thing, and what has changed since. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from coi.registers.prompts.vocabulary import About, PromptKind
from coi.screening.names import company_key
from coi.wording import and_list

Row = TypeVar("Row")


@dataclass(frozen=True)
class Earlier(Generic[Row]):
    """A question that was asked of a member before, or set aside; `row` is whatever the caller knows it by."""

    about: About
    is_weak: bool
    row: Row


@dataclass(frozen=True)
class Remembered(Generic[Row]):
    """The question that was asked before, and what the list says now that it did not say then: words, each a change."""

    row: Row
    changes: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether nothing has changed that would make one ask again."""
        return not self.changes

    @property
    def change(self) -> str:
        return f"The list now says {and_list(self.changes)}" if self.changes else ""


def remembered(about: About, is_weak: bool, before: Iterable[Earlier[Row]]) -> Remembered[Row] | None:
    """Returns which of the questions that were put `before` is this one, None where it is new. What was answered or set aside is never
    asked again, unless the list has come to say something that tells people apart: another month of birth, another role, a later
    appointment, or more than a name. Source: USERS W11."""
    found = [Remembered(each.row, changes(each, about, is_weak)) for each in before if is_same(each.about, about)]
    return min(found, key=lambda each: len(each.changes), default=None)


def is_same(one: About, other: About) -> bool:
    """Whether two questions to one member are about the same thing: the same company by its number, else by its name; of an entry on the
    register, the same entry and the same organisation."""
    if one.kind is not other.kind:
        return False
    if one.kind is PromptKind.CLOSED and one.interest_id != other.interest_id:
        return False
    if one.number and other.number:
        return _number(one.number) == _number(other.number)
    return company_key(one.organisation) == company_key(other.organisation)


def changes(before: Earlier[Row], now: About, is_weak: bool) -> tuple[str, ...]:
    """Returns what a list says now that makes a question worth asking again; nothing for an award or a closure, whose answer lasts."""
    then = before.about
    if now.kind is not PromptKind.OFFICER:
        return ()
    found = []
    if now.born and then.born and now.born != then.born:
        found.append("another month of birth")
    if now.role and then.role and now.role.casefold() != then.role.casefold():
        found.append("another role")
    if _is_later(now.since, then.since):
        found.append("a later appointment")
    if before.is_weak and not is_weak:
        found.append("more than the name")
    return tuple(found)


def _is_later(now: date | None, then: date | None) -> bool:
    return now is not None and then is not None and now > then


def _number(text: str) -> str:
    return text.replace(" ", "").upper().lstrip("0")
