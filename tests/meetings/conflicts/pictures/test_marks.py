"""What the mark of one person on one item says."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coi.meetings.conflicts.pictures.marks import is_weak, mark_of, stays_unsaid, summary_of
from coi.meetings.conflicts.pictures.vocabulary import Shape
from coi.meetings.conflicts.ruling_vocabulary import RulingFact
from coi.meetings.conflicts.vocabulary import ItemFlag, PersonConflict
from coi.meetings.conflicts.voices.rules import going_under
from coi.meetings.conflicts.voices.vocabulary import Stance
from coi.meetings.vocabulary import FlagState, PresidingBasis

ONE = uuid.uuid4()
RULING = RulingFact(
    ONE, ONE, ONE, ONE, "Dr Fay Fenn", 1, ("A4",), "Her own contract", False, ONE, "Mrs Ann Ashby", PresidingBasis.CHAIR,
    datetime(2026, 11, 2, tzinfo=UTC), "Mrs Ann Ashby", False, None,
)  # fmt: skip


def conflict(level="F1", suggested=("A4", "A3"), state=FlagState.SUGGESTED, ruled=None, **ruling):
    flag = ItemFlag(ONE, ONE, "Dr Fay Fenn", level, "direct_financial", ("a", "b"), suggested, (), "f", state=state)
    return PersonConflict(
        ONE, "Dr Fay Fenn", (flag,), replace(RULING, actions=ruled, **ruling) if ruled is not None else None
    )


@pytest.mark.parametrize(
    ("found", "shape", "text"),
    [
        (conflict(), Shape.OUT, "F1 own contract – leaves?, not ruled"),
        (conflict(ruled=("A3", "A4")), Shape.OUT, "F1 own contract – leaves, ruled"),
        (conflict(ruled=("A5",)), Shape.PART, "F1 own contract – speaks, then leaves, ruled"),
        (conflict(ruled=("S1",)), Shape.PART, "F1 own contract – no vote, ruled"),
        (conflict(ruled=("A6",)), Shape.STAYS, "F1 own contract – stays, ruled"),
        (conflict(ruled=("A4",), is_dictated=True), Shape.OUT, "F1 own contract – leaves, ruled, not confirmed"),
        (conflict("F3", ("A5", "A4")), Shape.PART, "F3 all practices alike – speaks, then leaves?, not ruled"),
        (conflict("F5", ()), Shape.OPEN, "F5 recent or expected interest – chair decides, not ruled"),
        (conflict("F0", ()), Shape.OPEN, "F0 no declaration on file – declares first, not ruled"),
        (
            conflict(state=FlagState.CONFIRMED),
            Shape.OUT,
            "F1 own contract – leaves?, confirmed, not ruled",
        ),
        (conflict(state=FlagState.DISMISSED), Shape.DISMISSED, "F1 own contract – no conflict, dismissed"),
        (PersonConflict(ONE, "Dr Fay Fenn", (), RULING), Shape.OUT, "leaves, ruled"),
    ],
)
def test_a_mark_says_in_words_what_its_outline_shows(found, shape, text):
    mark = mark_of(found, shows_weak=True)
    assert (mark.shape, mark.text) == (shape, text)


@pytest.mark.parametrize("level", ["F4", "F5"])
def test_a_weak_flag_is_folded_until_somebody_confirms_or_rules_on_it(level):
    assert mark_of(conflict(level, ("A6",)), shows_weak=False).text == "weak flag"
    for acted in (conflict(level, ("A6",), FlagState.CONFIRMED), conflict(level, ruled=("A6",))):
        assert mark_of(acted, shows_weak=False).level == level


@pytest.mark.parametrize("suggested", [("A4", "A6"), ("A5", "A4")])
def test_a_weak_flag_that_suggests_to_leave_is_folded_and_says_so(suggested):
    found = conflict("F4", suggested)
    assert is_weak(found) and not stays_unsaid(found)
    folded = mark_of(found, shows_weak=False)
    leaves = "leaves?" if suggested[0] == "A4" else "speaks, then leaves?"
    assert (folded.shape, folded.text, folded.goes) == (Shape.WEAK, f"weak flag, {leaves}", True)
    assert summary_of([folded]) == "1 out of the room, 1 weak flag"
    assert [each.name for each in going_under(Stance.FOLLOWED, [found], ())] == [found.name]
    assert stays_unsaid(conflict("F4", ("A6", "A5"))) and not going_under(
        Stance.FOLLOWED, [conflict("F4", ("A6",))], ()
    )


def test_an_item_is_summed_up_in_a_few_words():
    there = [mark_of(each, shows_weak=False) for each in (conflict(), conflict(ruled=("A4",)), conflict("F4", ("A6",)))]
    assert summary_of([None, *there]) == "2 out of the room, 1 not ruled, 1 weak flag"
    assert summary_of([None, None]) == "no flags"
    assert summary_of([mark_of(conflict(ruled=("A6",)), shows_weak=False)]) == "nobody has to leave"
