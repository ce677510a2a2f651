"""Flags that an item reaches no more because somebody changed what leads there: told until whoever presides saw them. Pure."""

import re
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coi import clock
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING, EarlierPart, ItemFlag
from coi.meetings.vocabulary import FlagState
from coi.screening.vocabulary import Level
from coi.wording import day

Subject = tuple[object, ...]


@dataclass(frozen=True)
class Unreached:
    """A flag that nobody had ruled on when somebody changed what leads to it, and since then nobody who presides saw it."""

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


@dataclass(frozen=True)
class Lost:
    """What an item reached before a change and does not reach after it."""

    item_id: uuid.UUID
    person_id: uuid.UUID
    interest_id: uuid.UUID | None
    level: str
    path: tuple[str, ...]


def lost(before: Iterable[ItemFlag], after: Iterable[ItemFlag], people: Collection[uuid.UUID]) -> tuple[Lost, ...]:
    """Returns the flags that screening found before and does not find after, of those that nobody had disposed of or ruled on. Whoever
    takes no part any more is not among `people`: there is nobody to rule on, and whoever comes back is flagged again.
    Rule: MTG-02; RULEBOOK §24 rules 2 and 3."""
    found = {_subject(each) for each in after}
    return tuple(
        Lost(each.item_id, each.person_id, each.interest_id, each.level, each.path)
        for each in before
        if each.awaits_ruling
        and each.state is FlagState.SUGGESTED
        and each.level in FOUND_BY_SCREENING
        and each.person_id in people
        and _subject(each) not in found
    )


def lost_parts(
    item_id: uuid.UUID,
    position: int,
    before: Iterable[EarlierPart],
    after: Iterable[EarlierPart],
    flags: Iterable[ItemFlag],
) -> tuple[Lost, ...]:
    """Returns what somebody did on the matter of an item and what is told of it no more, where they are flagged on it and wait for a
    ruling: the flag stays, and says less than it did. What they declared is a flag of its own. Rule: MTG-02; RULEBOOK §23 scenario 40."""
    told = {each.origin.key for each in after}
    waiting = {each.person_id for each in flags if each.awaits_ruling}
    return tuple(
        Lost(
            item_id, each.origin.person_id, None, Level.RELATED.value,
            (each.origin.name, each.origin.words, f"the same matter as item {position}"),
        )
        for each in before
        if each.is_here
        and not each.origin.is_declared
        and each.origin.key not in told
        and each.origin.person_id in waiting
    )  # fmt: skip


def still_unreached(kept: Iterable[Unreached], flags: Iterable[ItemFlag]) -> Mapping[uuid.UUID, tuple[Unreached, ...]]:
    """Returns by item what is still to be told: of each interest what was lost last, unless screening finds it again."""
    found = {_subject(each) for each in flags}
    last = {_subject(each): each for each in kept}
    told: dict[uuid.UUID, tuple[Unreached, ...]] = {}
    for subject, each in last.items():
        if subject not in found:
            told[each.item_id] = (*told.get(each.item_id, ()), each)
    return told


def because_of(what: str, by: str, at: datetime) -> str:
    """Returns why something is reached no more: what was done, by whom and on which day. `what` begins a sentence."""
    return f"No longer reached because {what} by {by} on {day(clock.local(at).date())}."


@dataclass(frozen=True)
class RegisterChange:
    """What was changed of an interest on the register, in the beginning of a sentence, and by whom. Without an `interest_id`, of a gift."""

    interest_id: uuid.UUID | None
    what: str
    by: str


def said_of(interest_id: uuid.UUID | None, changes: Sequence[RegisterChange], at: datetime) -> str:
    """Returns why the flag of an interest is reached no more after several changes of the register at one instant. Of somebody else's
    interest, by which a fellow partner was flagged, the change of the register is told."""
    own = next((each for each in changes if each.interest_id == interest_id), None)
    if own is None and len(changes) > 1:
        return because_of("the register was changed", changes[0].by, at)
    change = own or changes[0]
    return because_of(change.what, change.by, at)


def renumbered(path: Iterable[str], earlier: int, later: int) -> list[str]:
    """Returns a path to an item that has another number on a later agenda."""
    return [_LAST.sub(f"item {later}", step) if step.endswith(f"item {earlier}") else step for step in path]


_LAST = re.compile(r"item \d+$")


def _subject(each: ItemFlag | Unreached) -> Subject:
    """What a flag is about, by whichever path: a person, an item and an interest. A gift is known by its words."""
    return (each.item_id, each.person_id, each.interest_id or each.path[1:2])
