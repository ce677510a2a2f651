"""What stops a decision, and who is entitled to take it. Pure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.committees.expression import AtLeast, Selector
from coi.committees.quorum import quorum_of
from coi.committees.vocabulary import Capacity, MemberClass, Office, QuorumAssessment, QuorumSettings, Seat
from coi.guidance.actions import effects_of
from coi.guidance.function_vocabulary import Say, ScopeVerdict
from coi.guidance.vocabulary import ActionCode
from coi.meetings.conflicts.presiding import who_presides
from coi.meetings.proceedings.rules import entitled_to_decide, may_decide, stood_down
from coi.meetings.proceedings.vocabulary import (
    DEFER,
    REFER,
    REGARDLESS,
    DecisionFacts,
    DecisionVerdict,
    OpenFlag,
    StandingRuling,
    Stop,
    StopCode,
)

SEATS = (
    Seat("chair", "Ann Lay", MemberClass.LAY, offices=frozenset({Office.CHAIR})),
    Seat("vice", "Bob Lay", MemberClass.LAY, offices=frozenset({Office.VICE_CHAIR})),
    Seat("gp", "Dr Dee", MemberClass.GP),
    Seat("nurse", "Cy Nurse", MemberClass.NURSE),
)
EVERYBODY = frozenset(seat.person for seat in SEATS)
QUORATE = QuorumAssessment(True, 3, (), (), (), (), ("QUO-01",))
FACTS = DecisionFacts(
    item_title="A contract", is_private=False, private_reason="", quorum=QUORATE, open_flags=(), rulings=(),
    in_the_meeting=EVERYBODY, presiding=who_presides(SEATS, frozenset(), EVERYBODY), in_the_chair="chair", chair_is_right=True,
)  # fmt: skip
FLAG = OpenFlag("gp", "Dr Dee", "Own contract", "Dr Dee → partner at Elm Surgery")
GONE = StandingRuling("gp", "Dr Dee", effects_of(["A4"]), True, "Ann Lay")


def codes(facts):
    return [stop.code for stop in may_decide(facts).stops]


def test_with_nothing_against_it_an_item_is_decided():
    assert may_decide(FACTS)


@pytest.mark.parametrize(
    ("changes", "code", "rule"),
    [
        ({"is_open": False}, StopCode.MEETING_NOT_OPEN, "MTG-04"),
        ({"is_settled": True}, StopCode.ITEM_SETTLED, "QUO-01"),
        ({"open_flags": (FLAG,)}, StopCode.FLAG_WITHOUT_RULING, "MTG-06"),
        ({"open_flags": (replace(FLAG, is_missing_declaration=True),)}, StopCode.FLAG_WITHOUT_RULING, "DECL-04"),
        ({"rulings": (GONE,)}, StopCode.STILL_IN_THE_ROOM, "MTG-10"),
        (
            {
                "rulings": (replace(GONE, made_after="at 10:12am"),),
                "in_the_meeting": EVERYBODY - {"gp"},
            },
            StopCode.RULED_AFTERWARDS,
            "MTG-06",
        ),
        ({"chair_is_right": False}, StopCode.CHAIR_CONFLICTED, "MTG-07"),
        ({"quorum": replace(QUORATE, quorate=False, missing=("1 lay member",))}, StopCode.INQUORATE, "QUO-01"),
        (
            {"scope": ScopeVerdict(False, Say.NO_PART, "NHS England decides on this.")},
            StopCode.FUNCTION_RESERVED,
            "PCCC-05",
        ),
        ({"is_private": True}, StopCode.PRIVATE_WITHOUT_REASON, "MTG-12"),
        ({"presiding": who_presides(SEATS, EVERYBODY, EVERYBODY)}, StopCode.NOBODY_PRESIDES, "MTG-07"),
    ],
    ids=lambda value: value.value if isinstance(value, StopCode) else "",
)
def test_each_stop_names_its_rule_and_what_can_be_done(changes, code, rule):
    (stop,) = may_decide(replace(FACTS, **changes)).stops
    assert (stop.code, stop.rule_id) == (code, rule)
    assert stop.sentence.endswith(".")
    assert stop.options


def test_what_is_missing_for_a_quorum_reads_as_one_list():
    quorum = replace(QUORATE, quorate=False, missing=("1 executive", "3 more voting members"))
    (stop,) = may_decide(replace(FACTS, quorum=quorum)).stops
    assert stop.sentence.startswith("The item is not quorate: 1 executive and 3 more voting members missing.")


def test_a_private_item_with_its_reason_is_decided():
    assert may_decide(replace(FACTS, is_private=True, private_reason="Commercially confidential"))


def test_whoever_was_ruled_out_and_left_stops_nothing():
    assert may_decide(replace(FACTS, rulings=(GONE,), in_the_meeting=EVERYBODY - {"gp"}))


def test_a_ruling_that_waits_to_be_confirmed_is_a_note_and_no_stop():
    verdict = may_decide(replace(FACTS, rulings=(replace(GONE, effects=effects_of(["A6"]), is_confirmed=False),)))
    assert verdict
    assert verdict.notes == ("The ruling on Dr Dee was recorded as dictated. Ann Lay has not confirmed it yet.",)


def ruled(*actions):
    return tuple(replace(seat, management=frozenset(actions)) if seat.person == "gp" else seat for seat in SEATS)


@pytest.mark.parametrize("action", ["A2", "A4", "A5", "S1"])
def test_whoever_stood_down_is_not_entitled_although_in_the_room(action):
    assert "gp" not in {seat.person for seat in entitled_to_decide(ruled(action), EVERYBODY)}
    assert [seat.person for seat in stood_down(ruled(action))] == ["gp"]


def test_an_interest_that_was_only_noted_leaves_the_vote():
    assert "gp" in {seat.person for seat in entitled_to_decide(ruled("A6"), EVERYBODY)}


def test_whoever_is_away_is_not_entitled_and_did_not_stand_down():
    assert "gp" not in {seat.person for seat in entitled_to_decide(SEATS, EVERYBODY - {"gp"})}
    assert stood_down(SEATS) == ()


def test_a_member_without_a_vote_is_not_entitled():
    guest = Seat("guest", "Eve Guest", MemberClass.OTHER, voting=False)
    assert guest not in entitled_to_decide((*SEATS, guest), EVERYBODY | {"guest"})


def test_whoever_sits_in_two_seats_has_one_vote():
    second = replace(SEATS[3], member_class=MemberClass.EXECUTIVE)
    assert len(entitled_to_decide((*SEATS, second), EVERYBODY)) == 4


def test_a_deputy_does_not_vote_beside_the_member():
    deputy = replace(SEATS[3], person="deputy", name="Hal", capacity=Capacity.DEPUTY, stands_for="nurse")
    both = entitled_to_decide((*SEATS, deputy), EVERYBODY | {"deputy"})
    alone = entitled_to_decide((*SEATS, deputy), EVERYBODY - {"nurse"} | {"deputy"})
    assert "deputy" not in {seat.person for seat in both}
    assert "deputy" in {seat.person for seat in alone}


people = st.frozensets(st.sampled_from(sorted(EVERYBODY)))
actions = st.frozensets(st.sampled_from([code.value for code in ActionCode]))
THREE = AtLeast(3, Selector())


@given(
    here=people,
    ruled_on=st.dictionaries(st.sampled_from(sorted(EVERYBODY)), actions),
    out=st.sampled_from(sorted(EVERYBODY)),
)
def test_excluding_somebody_never_entitles_anybody_else_or_makes_the_item_more_quorate(here, ruled_on, out):
    seats = tuple(
        replace(seat, present=seat.person in here, management=ruled_on.get(seat.person, frozenset())) for seat in SEATS
    )
    without = tuple(replace(seat, management=frozenset({"A4"})) if seat.person == out else seat for seat in seats)
    before = {seat.person for seat in entitled_to_decide(seats, here)}
    assert {seat.person for seat in entitled_to_decide(without, here)} <= before - {out}
    settings = QuorumSettings()
    assert quorum_of(THREE, settings, without, 4).quorate <= quorum_of(THREE, settings, seats, 4).quorate


@given(
    flags=st.lists(st.just(FLAG), max_size=2), quorate=st.booleans(), chair=st.booleans(), settled=st.booleans(),
    private=st.booleans(),
)  # fmt: skip
def test_one_more_flag_never_lets_a_decision_through(flags, quorate, chair, settled, private):
    facts = replace(
        FACTS, open_flags=tuple(flags), quorum=replace(QUORATE, quorate=quorate), chair_is_right=chair, is_settled=settled,
        is_private=private,
    )  # fmt: skip
    more = replace(facts, open_flags=(*facts.open_flags, FLAG))
    assert not may_decide(more)
    assert set(codes(facts)) <= set(codes(more))


def test_what_can_always_be_done_stands_once_and_after_what_mends_each_stop() -> None:
    stops = (
        Stop(StopCode.FLAG_WITHOUT_RULING, "A.", ("Rule on A", DEFER, REGARDLESS), "MTG-06", "a"),
        Stop(StopCode.STILL_IN_THE_ROOM, "B.", ("Record when B left", DEFER, REFER, REGARDLESS), "MTG-10", "b"),
    )
    assert DecisionVerdict(stops).options == ("Rule on A", "Record when B left", DEFER, REFER, REGARDLESS)
