"""Whether the movements of a meeting contradict who was taken to be in the room when an item was settled."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.meetings.presence import Movement, in_the_meeting
from coi.meetings.proceedings.contradictions import (
    Contradiction,
    InTheChair,
    Taken,
    contradictions,
    presided_otherwise,
    room_as_moved,
)
from coi.meetings.vocabulary import PresenceKind
from tests.factories.meetings import minutes

JOINED, LEFT, RETURNED = PresenceKind.JOINED, PresenceKind.LEFT, PresenceKind.RETURNED


def moves(*happened: tuple[PresenceKind, int | None]) -> list[Movement]:
    return [
        Movement("gp", kind, number, None if minute is None else minutes(minute))
        for number, (kind, minute) in enumerate(happened, start=1)
    ]


def taken(*present: str) -> Taken:
    return Taken("decision", minutes(30), frozenset(present), frozenset({"gp"}))


def test_a_return_before_the_decision_contradicts_that_somebody_was_out() -> None:
    found = contradictions([taken()], moves((JOINED, 0), (LEFT, 10), (RETURNED, 29)))
    assert found == (Contradiction("decision", "gp", True),)
    assert room_as_moved(frozenset(), found) == {"gp"}


def test_what_happened_in_the_minute_of_the_decision_contradicts_nothing() -> None:
    happened = moves((JOINED, 0), (LEFT, 10), (RETURNED, 30))
    assert contradictions([taken()], happened) == contradictions([taken("gp")], happened) == ()


def test_a_movement_at_an_unknown_time_contradicts_nothing() -> None:
    happened = moves((JOINED, 0), (LEFT, None))
    assert contradictions([taken()], happened) == contradictions([taken("gp")], happened) == ()


@given(st.lists(st.integers(0, 60), max_size=6), st.integers(0, 60), st.booleans())
def test_the_room_as_the_movements_say_is_never_contradicted_and_its_contrary_only_outside_the_minute(
    minutes_of: list[int], second: int, is_seconds: bool
) -> None:
    stamps = sorted(minutes_of)
    kinds = [JOINED, *(LEFT if number % 2 else RETURNED for number in range(1, len(stamps)))][: len(stamps)]
    happened = moves(*zip(kinds, stamps, strict=True))
    settled_at = minutes(second) + timedelta(seconds=20 * is_seconds)
    here = in_the_meeting(happened, settled_at)
    as_said = Taken("decision", settled_at, here, frozenset({"gp"}))
    contrary = Taken("decision", settled_at, frozenset({"gp"}) - here, frozenset({"gp"}))
    assert contradictions([as_said], happened) == ()
    if second not in stamps:
        found = contradictions([contrary], happened)
        assert room_as_moved(contrary.present, found) == here


@pytest.mark.parametrize(
    ("taken_at", "returned_at", "presiding", "present", "instead"),
    [
        (20, None, "vice", ["chair"], None),
        (20, None, "chair", ["chair"], "vice"),
        (20, 40, "chair", ["chair"], "vice"),
        (10, 20, "vice", ["chair"], "chair"),  # the chair had come back
        (10, 20, "vice", [], None),  # and was out of the room by then
        (40, None, "vice", ["chair"], "chair"),
        (30, None, "chair", ["chair"], None),  # the minute of the decision
        (20, 30, "chair", ["chair"], None),
    ],
)
def test_the_handovers_of_the_chair_contradict_who_presided_where_no_order_of_events_fits(
    taken_at: int, returned_at: int | None, presiding: str, present: list[str], instead: str | None
) -> None:
    back = None if returned_at is None else minutes(returned_at)
    handed = InTheChair("chair", "vice", minutes(taken_at), back)
    assert presided_otherwise(presiding, minutes(30), present, [handed]) == instead
