"""Pure: which flags a declaration at the meeting is about, and which entries stand. Facts in, an answer out."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.vocabulary import DeclaredPoint

OF_A_FELLOW = "DECL-08"
"""The rule of flags that lead to what a fellow partner holds: one's own interest, declared, does not tell of it."""


class Said(Protocol):
    """A declaration at the meeting, as far as it matters here."""

    id: uuid.UUID
    corrects_id: uuid.UUID | None
    item_id: uuid.UUID | None
    person_id: uuid.UUID
    interest_id: uuid.UUID | None
    point: DeclaredPoint
    concerns: list[str] | None

    @property
    def has_nothing(self) -> bool: ...


class Flagged(Protocol):
    """A flag, as far as it matters here."""

    @property
    def item_id(self) -> uuid.UUID: ...
    @property
    def person_id(self) -> uuid.UUID: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def rule_ids(self) -> Sequence[str]: ...


SaidRow = TypeVar("SaidRow", bound=Said)


def is_about(said: Said, flag: Flagged, interest_id: uuid.UUID | None) -> bool:
    """Whether a declaration is about a flag, which rests on an interest: at its item or outside any, it names the interest, or was said
    to concern the flag. Silence that names nothing is about whatever is flagged, as is what was recorded before anybody was asked
    what it concerns. That there is nothing to declare is about no flag. Rule: MTG-05; RULEBOOK §15, §18."""
    if said.person_id != flag.person_id or said.item_id not in (None, flag.item_id):
        return False
    if flag.fingerprint in (said.concerns or ()):
        return True
    if said.has_nothing:
        return False
    if said.interest_id is not None and interest_id is not None:
        return said.interest_id == interest_id and OF_A_FELLOW not in flag.rule_ids
    if said.item_id is None or said.interest_id is not None:
        return flag.level == NO_DECLARATION and said.item_id is not None
    is_silence = said.point is DeclaredPoint.NOT_DECLARED and not said.concerns
    return is_silence or said.concerns is None or flag.level == NO_DECLARATION


def standing(rows: Iterable[SaidRow]) -> list[SaidRow]:
    """Returns the entries that no later one corrects, in their order. Rule: MTG-05."""
    rows = list(rows)
    corrected = {row.corrects_id for row in rows if row.corrects_id}
    return [row for row in rows if row.id not in corrected]
