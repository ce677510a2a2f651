"""Flags that an item reaches no more because somebody changed whom it concerns: told until whoever presides saw them. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING, ItemFlag
from coi.meetings.vocabulary import FlagState

Subject = tuple[object, ...]


@dataclass(frozen=True)
class Unreached:
    """A flag that nobody had ruled on when somebody changed whom its item concerns, and since then nobody who presides saw it."""

    row_id: uuid.UUID
    item_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    interest_id: uuid.UUID | None
    path: tuple[str, ...]
    because: str

    @property
    def said(self) -> str:
        """The whole line: by which path it was reached, and why it is no more."""
        return f"{' → '.join(self.path)}. {self.because}"


def lost(before: Iterable[ItemFlag], after: Iterable[ItemFlag]) -> tuple[ItemFlag, ...]:
    """Returns the flags that screening found before and does not find after, of those that nobody had disposed of or ruled on.
    Rule: MTG-02; RULEBOOK §24 rules 2 and 3."""
    found = {_subject(each) for each in after}
    return tuple(
        each
        for each in before
        if each.awaits_ruling
        and each.state is FlagState.SUGGESTED
        and each.level in FOUND_BY_SCREENING
        and _subject(each) not in found
    )


def still_unreached(kept: Iterable[Unreached], flags: Iterable[ItemFlag]) -> Mapping[uuid.UUID, tuple[Unreached, ...]]:
    """Returns by item what is still to be told: of each interest what was lost last, unless screening finds it again."""
    found = {_subject(each) for each in flags}
    last = {_subject(each): each for each in kept}
    told: dict[uuid.UUID, tuple[Unreached, ...]] = {}
    for subject, each in last.items():
        if subject not in found:
            told[each.item_id] = (*told.get(each.item_id, ()), each)
    return told


def _subject(each: ItemFlag | Unreached) -> Subject:
    """What a flag is about, by whichever path: a person, an item and an interest. A gift is known by its words."""
    return (each.item_id, each.person_id, each.interest_id or each.path[1:2])
