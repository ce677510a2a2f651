"""Who leaves under each way of ruling, when the chair has to weigh whether to go on, what can be done without a quorum."""

import uuid
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.committees.vocabulary import Capacity, MemberClass, Seat
from coi.errors import RuleBroken
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.vocabulary import ItemFlag, PersonConflict
from coi.meetings.conflicts.voices.clinical import VoiceFacts, voice_without, ways_to_keep
from coi.meetings.conflicts.voices.expected_rules import check_answers
from coi.meetings.conflicts.voices.rules import (
    InquorateFacts,
    actions_under,
    expectation_of,
    going_under,
    options_without_quorum,
    pause_for,
)
from coi.meetings.conflicts.voices.vocabulary import Answer, Answered, Going, Source, Stance
from coi.meetings.vocabulary import FlagState

SOURCE = Source("QUO-01", "Model constitution")
SUGGESTED = {"F1": ("A4", "A3"), "F2": ("A4", "A5"), "F3": ("A5",), "F4": ("A5", "A6"), "F5": (), "F0": (), "R": ()}


def a_conflict(name: str, level: str) -> PersonConflict:
    person = uuid.uuid5(uuid.NAMESPACE_DNS, name)
    flag = ItemFlag(person, person, name, level, "indirect", (name, "is there"), SUGGESTED[level], (), "x")
    return PersonConflict(person, name, (flag,), None)


def a_seat(name: str, kind: MemberClass = MemberClass.GP, **others: object) -> Seat:
    return Seat(str(uuid.uuid5(uuid.NAMESPACE_DNS, name)), name, kind, **others)  # type: ignore[arg-type]


conflicts = st.lists(
    st.builds(a_conflict, st.sampled_from(["Dr A", "Dr B", "Mrs C", "Mr D", "Ms E"]), st.sampled_from(list(SUGGESTED))),
    unique_by=lambda each: each.name,
)


@given(conflicts)
def test_a_stricter_chair_keeps_nobody_whom_a_laxer_one_lets_go(found: list[PersonConflict]) -> None:
    down = {
        stance: {person for person, codes in actions_under(stance, found).items() if not effects_of(codes).quorum}
        for stance in Stance
    }
    assert down[Stance.LAXER] <= down[Stance.FOLLOWED] <= down[Stance.STRICTER]
    assert down[Stance.STRICTER] == {str(each.person_id) for each in found}


def test_a_stricter_chair_lets_whoever_was_dismissed_on_their_own_contract_leave() -> None:
    theirs = a_conflict("Dr A", "F1")
    flag = replace(theirs.flags[0], relation="direct_financial", state=FlagState.DISMISSED)
    found = [
        replace(theirs, flags=(flag,)),
        replace(theirs, person_id=uuid.uuid4(), flags=(replace(flag, relation="indirect"),)),
    ]
    assert actions_under(Stance.FOLLOWED, found) == actions_under(Stance.LAXER, found) == {}
    assert list(actions_under(Stance.STRICTER, found)) == [str(theirs.person_id)]
    (going,) = going_under(Stance.STRICTER, found, [a_seat("Dr A")])
    assert going.why == "own contract, dismissed"


@given(conflicts, st.sampled_from(Stance))
def test_who_goes_is_who_stands_down_and_is_expected(found: list[PersonConflict], stance: Stance) -> None:
    seats = [a_seat("Dr A"), a_seat("Dr B", present=False), a_seat("Mrs C", MemberClass.LAY, voting=False)]
    going = going_under(stance, found, seats)
    assert "Dr B" not in {each.name for each in going}
    assert all(each.voting == (each.name == "Dr A") for each in going)


def test_more_than_the_share_of_the_rules_and_no_less_is_said() -> None:
    assert pause_for(2, 4, Fraction(1, 2), SOURCE, presides="Mrs C") is None
    told = pause_for(3, 4, Fraction(1, 2), SOURCE, presides="Mrs C")
    assert told is not None
    assert told.sentence.startswith(
        "3 of the 4 voting members who are expected would withdraw, more than half. Mrs C decides"
    )
    assert pause_for(2, 4, Fraction(1, 3), SOURCE, presides="") is not None
    assert pause_for(0, 0, Fraction(1, 2), SOURCE, presides="") is None


def test_every_option_without_a_quorum_says_what_to_do_next_and_where_it_stands() -> None:
    ways = options_without_quorum(InquorateFacts(("1 lay member",), ("Ms Cole",), deputies=True, class_wide=True))
    assert ways[0].sentence == "It would be quorate if Ms Cole came, or names a deputy"
    assert "decides without GPs" in ways[2].sentence
    assert all(each.next_step and each.source.rule_id for each in ways)


def test_the_voice_that_is_lost_is_named_by_its_kind() -> None:
    seats = [
        a_seat("Dr A"),
        a_seat("Dr B", MemberClass.SECONDARY_CARE),
        a_seat("Mrs C", MemberClass.NURSE),
        a_seat("Mr D", MemberClass.LAY),
    ]
    out = {seats[0].person}
    assert voice_without(seats, out).sentence == "No GP remains. Dr B (secondary care doctor) and Mrs C (nurse) remain."
    assert voice_without(seats, {each.person for each in seats}).sentence.startswith("No clinician remains: Dr A (GP)")
    assert voice_without([*seats, a_seat("Dr E")], out).sentence.startswith("Dr A (GP) leaves. Dr B")
    assert not voice_without(seats, set()).is_lost
    assert voice_without([], set()).sentence == "No clinician is expected."


@pytest.mark.parametrize(
    ("facts", "heard"),
    [({}, True), ({"competitive": True}, False), ({"may_discuss": frozenset()}, False)],
    ids=["an interest like all practices’", "providers compete", "their own contract"],
)
def test_joining_the_discussion_is_offered_where_the_rules_leave_room_for_it(
    facts: dict[str, object], heard: bool
) -> None:
    voice = voice_without([Seat("a", "Dr A", MemberClass.GP)], {"a"})
    ways = ways_to_keep(
        VoiceFacts(
            voice, (Going("a", "Dr A", "material interest", True),), **{"may_discuss": frozenset({"a"}), **facts}
        )
    )  # type: ignore[arg-type]
    assert any("join the discussion" in each.sentence for each in ways) is heard
    assert any("Written clinical advice" in each.sentence for each in ways)


def test_whoever_has_not_answered_is_counted_and_it_is_said() -> None:
    seats = [a_seat("Dr A"), a_seat("Dr B", present=False), a_seat("Mrs C")]
    deputy = a_seat("Ms D", capacity=Capacity.DEPUTY, stands_for=seats[1].person)
    assert expectation_of(seats, {}).sentence == "No member has said yet whether they come, so every member is counted."
    answers = {seats[0].person: Answer.COMING, seats[1].person: Answer.APOLOGIES}
    assert expectation_of([*seats, deputy], answers).sentence == (
        "1 of 3 members said that they come; Dr B sent apologies; Ms D for Dr B comes as deputy; 1 has not answered and is counted."
    )


@pytest.mark.parametrize(
    ("answer", "deputy", "allowed", "said"),
    [
        (Answer.APOLOGIES, "x", False, "let nobody deputise"),
        (Answer.COMING, "x", True, "take the deputy out"),
        (Answer.APOLOGIES, "member", True, "cannot deputise"),
    ],
)
def test_a_deputy_comes_only_where_the_terms_and_the_answer_let_them(
    answer: Answer, deputy: str, allowed: bool, said: str
) -> None:
    person = uuid.uuid4()
    named = {"x": uuid.uuid4(), "member": uuid.uuid4()}[deputy]
    members = {str(person), *([str(named)] if deputy == "member" else [])}
    with pytest.raises(RuleBroken, match=said) as broken:
        check_answers([Answered(person, answer, named)], members, committee="The committee", deputies_allowed=allowed)
    assert broken.value.field == f"deputy_{person.hex}"
