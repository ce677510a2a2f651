"""Who is in the meeting at a moment: scenarios 24, 25, 32 to 34."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coi.meetings.presence import (
    Movement,
    as_it_happened,
    in_the_meeting,
    last_movement,
    may_follow,
    standing,
    still_in,
)
from coi.meetings.vocabulary import PresenceKind

TEN = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
JOINED, LEFT, RETURNED, REMOVED, GALLERY = PresenceKind
NAMES = {"dee": "Dr Dee"}


def at(minutes):
    return TEN + timedelta(minutes=minutes)


def moves(*kinds):
    return [Movement("dee", kind, number, minutes) for number, (kind, minutes) in enumerate(kinds, start=1)]


def test_whoever_left_is_not_in_the_meeting_until_they_return():
    day = moves((JOINED, at(0)), (LEFT, at(40)), (RETURNED, at(55)))
    assert "dee" in in_the_meeting(day, at(39))
    assert "dee" not in in_the_meeting(day, at(45))
    assert "dee" in in_the_meeting(day, at(60))


def test_scenario_25_a_late_member_is_there_only_from_when_they_joined():
    day = moves((JOINED, at(30)))
    assert "dee" not in in_the_meeting(day, at(20))
    assert "dee" in in_the_meeting(day)


def test_scenario_32_a_remote_member_who_was_removed_is_not_in_the_meeting():
    assert "dee" not in in_the_meeting(moves((JOINED, at(0)), (REMOVED, at(5))))


def test_scenario_34_the_gallery_is_not_in_the_meeting():
    assert "dee" not in in_the_meeting(moves((JOINED, at(0)), (GALLERY, at(5))))


def test_a_movement_of_unknown_time_counts_from_the_beginning_of_its_item():
    day = [Movement("dee", JOINED, 1, at(0)), Movement("dee", LEFT, 2, None, not_before=at(30))]
    assert "dee" in in_the_meeting(day, at(29))
    assert "dee" not in in_the_meeting(day, at(31))


def test_a_movement_of_unknown_time_counts_now():
    assert "dee" not in in_the_meeting(moves((JOINED, at(0)), (LEFT, None)))


def test_a_movement_that_was_forgotten_and_added_later_falls_into_its_place():
    day = moves((JOINED, at(0)), (LEFT, at(50)), (RETURNED, at(10)), (LEFT, at(5)))
    assert [each.number for each in (last_movement(day, "dee", t) for t in (at(6), at(11), at(51)))] == [4, 3, 2]


def test_a_correction_takes_the_place_of_what_it_corrects():
    day = [*moves((JOINED, at(0)), (LEFT, at(40))), Movement("dee", LEFT, 3, at(45), corrects=2)]
    assert [each.number for each in standing(day)] == [1, 3]
    assert "dee" in in_the_meeting(day, at(42))


def test_movements_are_told_in_the_order_in_which_they_happened():
    day = [
        *moves((JOINED, at(0)), (LEFT, at(50)), (RETURNED, at(21)), (LEFT, at(40))),
        Movement("fay", LEFT, 5, at(21)),
        Movement("dee", LEFT, 6, at(12), corrects=2),
        Movement("dee", RETURNED, 7, None),
    ]
    assert [each.number for each in as_it_happened(day)] == [1, 6, 3, 5, 4, 7]


def test_nobody_leaves_before_they_joined():
    verdict = may_follow([], Movement("dee", LEFT, 1, at(0)), NAMES)
    assert verdict.reason == "Dr Dee has not joined the meeting. Record when they joined first"


def test_nobody_leaves_twice_or_returns_while_there():
    day = moves((JOINED, at(0)), (LEFT, at(10)))
    assert not may_follow(day, Movement("dee", LEFT, 3, at(20)), NAMES)
    assert not may_follow(day[:1], Movement("dee", RETURNED, 2, at(20)), NAMES)


def test_whoever_left_the_room_may_go_on_to_the_gallery():
    assert may_follow(moves((JOINED, at(0)), (LEFT, at(10))), Movement("dee", GALLERY, 3, at(12)), NAMES)


def test_whoever_never_left_is_still_in_at_the_end():
    day = [*moves((JOINED, at(0)), (LEFT, at(10))), Movement("ann", JOINED, 3, at(0))]
    assert still_in(day) == ("ann",)


@given(st.lists(st.tuples(st.sampled_from(list(PresenceKind)), st.none() | st.integers(0, 120)), max_size=12))
def test_only_movements_that_fit_leave_a_person_in_or_out_as_the_last_one_says(attempts):
    day = []
    for kind, minutes in attempts:
        move = Movement("dee", kind, len(day) + 1, None if minutes is None else at(minutes))
        if may_follow(day, move, NAMES):
            day.append(move)
    last = last_movement(day, "dee")
    assert ("dee" in in_the_meeting(day)) == (last is not None and last.kind.is_in_the_meeting)
