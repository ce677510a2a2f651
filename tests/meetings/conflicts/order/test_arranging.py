"""The running order: what it never moves, and how little people leave in it."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.meetings.conflicts.order import arranging
from coi.meetings.conflicts.order.arranging import arranged, least_leavings, movements
from coi.meetings.conflicts.order.vocabulary import Movements, Slot


def slot(key, out="", speaks="", **more):
    """An item for which these people leave: one letter each. Those in `speaks` join the discussion first."""
    return Slot(key, "public", frozenset(out), frozenset(out) | frozenset(speaks), **more)


def order(slots):
    return "".join(arranged(slots).order)


def test_items_that_the_same_people_leave_for_follow_one_another():
    agenda = [
        slot("0", is_fixed=True),
        slot("1", "A"),
        slot("2", "B"),
        slot("3", "A"),
        slot("4", "B"),
        slot("9", is_fixed=True),
    ]
    offer = arranged(agenda)
    assert "".join(offer.order) == "013249"
    assert (offer.today, offer.offered, offer.is_least) == (Movements(4, 4), Movements(2, 2), True)
    assert offer.words == (
        "In today’s order people leave 4 times, in the offered one twice: 2 fewer. "
        "No order that keeps the fixed points needs fewer."
    )


def test_whoever_joins_a_discussion_leaves_for_the_decision_and_need_not_come_back_for_the_next_item():
    agenda = [slot("1", "A"), slot("2"), slot("3", "", "A")]
    assert movements(agenda) == Movements(2, 1)
    assert arranged(agenda).order == ("2", "3", "1")
    assert arranged(agenda).offered == Movements(1, 0)


def test_an_order_that_nothing_improves_stays_as_it_is():
    offer = arranged([slot("1", "A"), slot("2", "A"), slot("3"), slot("9", is_fixed=True)])
    assert offer.order == ("1", "2", "3", "9")
    assert not offer.is_better
    assert offer.words == "In today’s order people leave once. No order that keeps the fixed points needs fewer."
    assert arranged([slot("1"), slot("2")]).words.startswith("Nobody has to leave")
    assert arranged([]).order == ()


def test_items_that_are_bound_stay_together_and_in_their_order():
    agenda = [slot("1", "A"), slot("2", "B"), slot("3", "C", bound=True), slot("4", "A"), slot("5", "C")]
    assert order(agenda) in ("14235", "23514")
    assert (
        "".join(arranged([each if each.key != "2" else replace(each, is_fixed=True) for each in agenda]).order)[1:3]
        == "23"
    )


def test_an_item_keeps_to_the_places_of_its_part():
    private = {"part": "private"}
    agenda = [slot("1", "A"), slot("2"), replace(slot("3", "A"), **private), replace(slot("4"), **private)]
    assert order(agenda) == "2134"


people = st.frozensets(st.sampled_from("ABC"), max_size=2)


@st.composite
def agendas(draw, most=6):
    slots = []
    for number in range(draw(st.integers(0, most))):
        out = draw(people)
        slots.append(
            Slot(
                str(number), draw(st.sampled_from(["public", "private"])), out, out | draw(people),
                is_fixed=draw(st.integers(0, 4)) == 0, bound=draw(st.integers(0, 4)) == 0,
            )
        )  # fmt: skip
    return slots


def blocks(slots):
    found = []
    for each in slots:
        if each.bound and found:
            found[-1].append(each)
        else:
            found.append([each])
    return found


def stays(block):
    return any(each.is_fixed for each in block) or len({each.part for each in block}) > 1


def allowed(slots, keys):
    """Whether an order keeps the fixed points, the blocks and the parts."""
    by_key = {each.key: each for each in slots}
    joined = " ".join(keys)
    return all(
        " ".join(each.key for each in block) in joined
        and (not stays(block) or all(keys[slots.index(each)] == each.key for each in block))
        for block in blocks(slots)
    ) and all(by_key[key].part == old.part for key, old in zip(keys, slots, strict=True))


@given(agendas())
def test_the_offered_order_is_allowed_and_the_best_of_all_that_are(slots):
    offer = arranged(slots)
    by_key = {each.key: each for each in slots}
    assert sorted(offer.order) == sorted(by_key)
    assert allowed(slots, offer.order)
    assert movements(by_key[key] for key in offer.order) == offer.offered
    every = (keys for keys in permutations(by_key) if allowed(slots, keys))
    assert offer.offered == min(movements(by_key[key] for key in keys) for keys in every)
    assert least_leavings(slots) <= offer.offered.leavings


@settings(max_examples=40)
@given(agendas(most=12))
def test_without_the_exact_search_an_order_is_allowed_and_never_worse_than_todays(slots):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arranging, "MOST_STATES", -1)
        offer = arranged(slots)
    assert allowed(slots, offer.order)
    assert offer.offered <= offer.today == movements(slots)
    assert offer.offered == movements(next(each for each in slots if each.key == key) for key in offer.order)


def test_forty_items_in_disorder_come_near_to_the_least_that_is_possible():
    letters = "ABCDEFGHIJ"
    agenda = [slot(f"{number:02}", letters[number * 7 % 10] + letters[number * 3 % 10]) for number in range(40)]
    offer = arranged(agenda)
    assert offer.today.leavings > 60
    assert least_leavings(agenda) <= offer.offered.leavings <= 2 * least_leavings(agenda)
