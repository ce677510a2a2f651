"""What can be done about a conflict at a meeting, and what each choice brings with it."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.guidance.actions import ACTIONS, check_combination, effects_of
from coi.guidance.vocabulary import ActionCode, Effects

EVERYTHING = Effects(papers=True, discuss=True, room=True, quorum=True, vote=True)
CODES = sorted(ActionCode)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([], EVERYTHING),
        (["A1"], EVERYTHING),
        (["A2"], Effects(papers=False, discuss=False, room=False, quorum=False, vote=False)),
        (["A3"], Effects(papers=False, discuss=True, room=True, quorum=True, vote=True)),
        (["A4"], Effects(papers=True, discuss=False, room=False, quorum=False, vote=False)),
        (["A4", "A3"], Effects(papers=False, discuss=False, room=False, quorum=False, vote=False)),
        (["A5"], Effects(papers=True, discuss=True, room=False, quorum=False, vote=False)),
        (["A6"], EVERYTHING),
        (["A1", "A6"], EVERYTHING),
        (["S1"], Effects(papers=True, discuss=True, room=True, quorum=False, vote=False)),
        (["nothing known"], Effects(papers=False, discuss=False, room=False, quorum=False, vote=False)),
    ],
)
def test_one_cause_has_five_effects(codes: list[str], expected: Effects) -> None:
    assert effects_of(codes) == expected


@given(st.sets(st.sampled_from(CODES)), st.sampled_from(CODES))
def test_another_action_never_gives_anything_back(codes: set[ActionCode], another: ActionCode) -> None:
    before, after = effects_of(codes), effects_of({*codes, another})
    for effect in ("papers", "discuss", "room", "quorum", "vote"):
        assert getattr(after, effect) <= getattr(before, effect)


def test_whoever_may_not_vote_does_not_count() -> None:
    for size in range(len(CODES)):
        for codes in combinations(CODES, size):
            effects = effects_of(codes)
            assert effects.quorum == effects.vote, codes


@pytest.mark.parametrize(
    ("codes", "allowed"),
    [
        (["A1", "A2"], True),
        (["A1", "A3", "A4"], True),
        (["A1", "A6"], True),
        (["A2"], True),
        (["A3", "A4"], True),
        (["A3", "A5"], True),
        (["A5"], True),
        (["A6"], True),
        (["S1"], True),
        ([], False),
        (["A1"], False),
        (["A3"], False),
        (["A1", "A3"], False),
        (["A2", "A4"], False),
        (["A4", "A5"], False),
        (["A6", "A2"], False),
        (["A6", "A4"], False),
        (["A6", "A5"], False),
        (["A6", "A3"], False),
        (["A6", "S1"], False),
        (["S1", "A5"], False),
        (["A7"], False),
    ],
)
def test_only_actions_that_go_together_can_be_ruled(codes: list[str], allowed: bool) -> None:
    """Rule: MTG-08."""
    verdict = check_combination(codes, rationale="Only a patient of the practice")
    assert verdict.allowed is allowed, verdict.reason
    assert bool(verdict.reason) is not allowed
    assert verdict.rule_id == "MTG-08"


def test_which_actions_go_together_is_the_same_from_both_sides() -> None:
    for first, second in combinations(CODES, 2):
        assert (second in ACTIONS[first].combinable_with) == (first in ACTIONS[second].combinable_with), (first, second)


def test_only_whoever_presides_can_hand_over_the_chair() -> None:
    assert check_combination(["A1", "A4"], presides=True)
    assert check_combination(["A1", "A4"], presides=False).reason.startswith("Only the person in the chair")


@pytest.mark.parametrize(("code", "needs"), [("A4", False), ("A5", False), ("A6", True), ("S1", True)])
def test_staying_needs_a_reason(code: str, needs: bool) -> None:
    without = check_combination([code], rationale="  ")
    assert without.allowed is not needs
    assert without.field == ("rationale" if needs else None)


@pytest.mark.parametrize(
    ("rationale", "guardian", "field"),
    [
        ("", False, "rationale"),
        ("", True, "rationale"),
        ("It ended", False, "guardian_consulted"),
        ("It ended", True, None),
    ],
)
def test_staying_for_ones_own_contract_needs_a_reason_and_the_guardian(
    rationale: str, guardian: bool, field: str | None
) -> None:
    """Rule: MTG-08; RULEBOOK §10.4."""
    verdict = check_combination(["A6"], rationale=rationale, own_contract=True, guardian_consulted=guardian)
    assert verdict.field == field
    assert verdict.allowed is (field is None)


def test_the_guardian_is_not_needed_to_leave_for_ones_own_contract() -> None:
    assert check_combination(["A4"], own_contract=True)


@pytest.mark.parametrize("code", CODES)
def test_every_action_has_its_sentence_for_the_minutes(code: ActionCode) -> None:
    said = ACTIONS[code].sentence.format(name="Dr Vale", item="item 7", acting_chair="Ms Reed")
    assert "Dr Vale" in said
    assert "item 7" in said
    assert said.endswith(".")
