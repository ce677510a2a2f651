"""Pure: from what there is about one person on one item to the mark in the grid."""

from collections.abc import Collection
from functools import lru_cache

from coi.guidance.actions import effects_of
from coi.meetings.conflicts.pictures.vocabulary import Mark, Reason, Shape
from coi.meetings.conflicts.rules import is_weak as is_weak
from coi.meetings.conflicts.rules import stays_unsaid as stays_unsaid
from coi.meetings.conflicts.rules import would_go
from coi.meetings.conflicts.vocabulary import ItemFlag, PersonConflict
from coi.meetings.conflicts.wording import preselected
from coi.meetings.vocabulary import FlagState

_FOLDED = Mark(Shape.WEAK, "", "", "weak flag", "")


def mark_of(conflict: PersonConflict, *, shows_weak: bool) -> Mark:
    """Returns the mark of one person on one item: the ruling where there is one, else what is suggested, and how far it is settled.

    Source: USERS W1, W2; RULEBOOK §10.4, §24 rule 2."""
    if conflict.ruling is not None:
        shape, word = _what_happens(conflict.ruling.actions)
        state = "ruled" if conflict.ruling.is_confirmed else "ruled, not confirmed"
        return _mark(shape, *_called(conflict.lead), word, state, is_ruled=True)
    lead = conflict.lead
    if lead is None:
        return _mark(Shape.DISMISSED, *_called(next(iter(conflict.flags), None)), "no conflict", "dismissed")
    if is_weak(conflict) and not shows_weak:
        return (
            _FOLDED._replace(state=f"{_what_happens(preselected(lead.suggested))[1]}?", goes=True)
            if would_go(conflict)
            else _FOLDED
        )
    state = "confirmed, not ruled" if lead.state is FlagState.CONFIRMED else "not ruled"
    codes = preselected(lead.suggested)
    if not codes:
        return _mark(Shape.OPEN, *_called(lead), "declares first" if lead.level == "F0" else "chair decides", state)
    shape, word = _what_happens(codes)
    return _mark(shape, *_called(lead), f"{word}?", state)


def reasons_of(conflict: PersonConflict) -> tuple[Reason, ...]:
    """Returns why somebody is flagged on an item, from when until when, and by which rules. Source: RULEBOOK §24 rule 1."""
    return tuple(Reason(flag.level_words, flag.why, flag.runs, flag.rule_ids) for flag in conflict.flags)


def _called(flag: ItemFlag | None) -> tuple[str, str]:
    """The code and the words of how strong a flag is."""
    return (flag.level, f"{flag.level_words[:1].lower()}{flag.level_words[1:]}") if flag else ("", "")


@lru_cache(maxsize=512)
def _mark(shape: Shape, level: str, meaning: str, word: str, state: str, *, is_ruled: bool = False) -> Mark:
    return Mark(shape, level, meaning, word, state, is_ruled, goes=word.rstrip("?") in _GOES)


_LEAVES, _SPEAKS, _NO_VOTE, _STAYS = "leaves", "speaks, then leaves", "no vote", "stays"
_GOES = frozenset({_LEAVES, _SPEAKS})


def _what_happens(codes: Collection[str]) -> tuple[Shape, str]:
    """The outline and the word of a set of actions, by what they do to the person. Rule: MTG-08; RULEBOOK §10.4."""
    effects = effects_of(codes)
    if not effects.discuss:
        return Shape.OUT, _LEAVES
    if not effects.room:
        return Shape.PART, _SPEAKS
    return (Shape.STAYS, _STAYS) if effects.vote else (Shape.PART, _NO_VOTE)


def with_lost(mark: Mark | None, said: str) -> Mark:
    """Returns a mark that also says what the item reaches no more of the person, until whoever presides has seen it."""
    return (mark or Mark(Shape.LOST, "", "", "", ""))._replace(lost=said)


def summary_of(marks: Collection[Mark | None]) -> str:
    """Returns in a few words what the marks of one item come to."""
    found = [mark for mark in marks if mark is not None]
    if not found:
        return "no flags"
    there = [mark for mark in found if mark.shape is not Shape.LOST]
    lost = sum(bool(mark.lost) for mark in found)
    goes = sum(mark.goes for mark in there)
    open_ones = sum(not mark.is_ruled and mark.shape not in (Shape.WEAK, Shape.DISMISSED) for mark in there)
    weak = sum(mark.shape is Shape.WEAK for mark in there)
    parts = (
        (goes, f"{goes} out of the room"),
        (open_ones, f"{open_ones} not ruled"),
        (weak, f"{weak} weak flag{'' if weak == 1 else 's'}"),
        (lost, f"{lost} no longer reached"),
    )
    return ", ".join(said for number, said in parts if number) or "nobody has to leave"
