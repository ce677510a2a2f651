"""What is asked of somebody whom items concern, in words."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coi.meetings.conflicts.own import Asks, asks_of, heading_of, waiting_words
from coi.meetings.conflicts.ruling_vocabulary import RulingFact
from coi.meetings.conflicts.vocabulary import ItemFlag, PersonConflict
from coi.meetings.vocabulary import DeclaredPoint, FlagAnswer, FlagState, PresidingBasis

ITEM, PERSON, OTHER = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=3)
ON = date(2026, 5, 14)
FLAG = ItemFlag(
    ITEM,
    PERSON,
    "Dr Dee",
    "F1",
    "direct_financial",
    ("Dr Dee", "partner"),
    ("A4",),
    (),
    "x",
    suggested_words=("Leaves",),
)


def ruling(*actions: str) -> RulingFact:
    return RulingFact(
        OTHER, ITEM, OTHER, PERSON, "Dr Dee", 1, actions, "Own", False, OTHER, "Ann", PresidingBasis.CHAIR,
        datetime(2026, 5, 1, tzinfo=UTC), "Ann", False, None,
    )  # fmt: skip


def of(*flags: ItemFlag, ruled: RulingFact | None = None) -> PersonConflict:
    return PersonConflict(PERSON, "Dr Dee", flags, ruled)


@pytest.mark.parametrize(
    ("conflict", "short"),
    [
        (of(FLAG), ("answer", "declare")),
        (of(replace(FLAG, answer=FlagAnswer.AGREE)), ("declare",)),
        (of(replace(FLAG, answer=FlagAnswer.AGREE, declared=DeclaredPoint.START)), ()),
        (of(replace(FLAG, level="F0")), ("declare",)),
        (of(replace(FLAG, state=FlagState.DISMISSED)), ()),
        (of(FLAG, ruled=ruling("A3", "A4")), ("answer", "declare", "leave", "get no papers")),
        (of(replace(FLAG, answer=FlagAnswer.AGREE), ruled=ruling("A6")), ("declare",)),
        (of(ruled=ruling("A5")), ("declare", "leave")),
    ],
)
def test_what_is_asked_follows_the_flag_the_answer_the_declaration_and_the_ruling(
    conflict: PersonConflict, short: tuple[str, ...]
) -> None:
    """Rule: MTG-05."""
    assert asks_of(conflict).short == short


def test_nobody_is_asked_to_answer_on_an_item_that_they_may_not_read() -> None:
    assert asks_of(of(FLAG, ruled=ruling("A3", "A4")), is_kept=True).short == ("declare", "leave", "get no papers")


def test_what_somebody_told_the_chair_is_not_said_to_be_on_the_register() -> None:
    told = replace(FLAG, level="R", path=("Dr Dee", "a brother at the clinic"))
    assert asks_of(of(told)).sentences[1] == "Declare it at the meeting."
    assert asks_of(of(told, FLAG)).sentences[1] == "Declare it at the meeting, although it is on the register."


def test_before_the_ruling_the_suggestion_is_said_and_not_asked() -> None:
    assert asks_of(of(FLAG)).sentences[-1] == "The chair has not ruled yet. Suggested: Leaves."


def test_the_number_of_items_is_said_in_words() -> None:
    assert heading_of(2, ON, is_over=False) == "You have two items on 14 May 2026"
    assert heading_of(0, ON, is_over=True) == "You had no items on 14 May 2026"
    asks = [Asks(("declare", "answer"), ()), Asks(("leave",), ())]
    assert waiting_words(asks, ON) == "You have two items on 14 May 2026: answer, declare and leave"
    assert waiting_words([Asks((), ())] * 12, ON) == "You have 12 items on 14 May 2026"
