"""Flags that stay or come back, and who may rule on whom."""

import uuid
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.committees.vocabulary import MemberClass, Office, Seat
from coi.meetings.conflicts.presiding import who_presides
from coi.meetings.conflicts.recognising import StoredFlag, fingerprint, merge, what_changed
from coi.meetings.conflicts.rules import (
    by_person,
    check_actions,
    check_dismissal,
    may_rule,
    says_why,
    withdrawal_banner,
)
from coi.meetings.conflicts.vocabulary import ItemFlag, is_financial
from coi.meetings.conflicts.wording import preselected, suggestion_words
from coi.meetings.vocabulary import FlagAnswer, FlagSource, FlagState

ITEM, PERSON, INTEREST = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
BEFORE = fingerprint("interest 1", "item 1", "ccg-2017")


def found(mark=BEFORE, **changes):
    flag = ItemFlag(
        ITEM, PERSON, "Dr Dee", "F1", "direct_financial", ("Dr Dee", "partner at Elm Surgery"), ("A4",), ("MTG-06",), mark,
        interest_id=INTEREST,
    )  # fmt: skip
    return replace(flag, **changes)


def stored(mark=BEFORE, state=FlagState.DISMISSED, **changes):
    flag = StoredFlag(
        uuid.uuid4(), ITEM, PERSON, "Dr Dee", INTEREST, None, FlagSource.SCREENING, state, mark, "F1", "direct_financial",
        ("Dr Dee",), ("A4",), (), "A different Elm Surgery", None, "", False,
    )  # fmt: skip
    return replace(flag, **changes)


def test_a_dismissed_flag_stays_dismissed_with_its_reason():
    (flag,) = merge([found()], [stored()])
    assert flag.state is FlagState.DISMISSED
    assert flag.reason == "A different Elm Surgery"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (fingerprint("interest 2", "item 1", "ccg-2017"), "the interest changed"),
        (fingerprint("interest 1", "item 2", "ccg-2017"), "the item changed"),
        (fingerprint("interest 1", "item 1", "icb-2022"), "the rules in force changed"),
        (fingerprint("interest 2", "item 2", "ccg-2017"), "the interest and the item changed"),
        (
            fingerprint("interest 1", "item 1", "ccg-2017", ["elm member_of_pcn hill"]),
            "the relations between organisations changed",
        ),
    ],
)
def test_a_dismissed_flag_comes_back_and_says_what_changed(after, words):
    (flag,) = merge([found(after)], [stored()])
    assert flag.state is FlagState.SUGGESTED
    assert flag.changed == f"This was dismissed before. Since then, {words}."
    assert what_changed(BEFORE, after) == words


def test_a_confirmed_flag_stays_confirmed_when_the_interest_gets_a_new_version():
    (flag,) = merge([found(fingerprint("interest 2", "item 1", "ccg-2017"))], [stored(state=FlagState.CONFIRMED)])
    assert flag.state is FlagState.CONFIRMED
    assert flag.changed == "Since this was confirmed, the interest changed."


def test_a_dismissal_of_another_interest_leaves_this_flag_alone():
    (flag,) = merge([found(interest_id=uuid.uuid4(), mark=fingerprint("other", "item 1", "ccg-2017"))], [stored()])
    assert flag.state is FlagState.SUGGESTED


@pytest.mark.parametrize("source", [FlagSource.RAISED, FlagSource.DECLARED])
def test_what_people_said_stays_although_no_screening_finds_it(source):
    (flag,) = merge([], [stored(state=FlagState.CONFIRMED, source=source, interest_id=None)])
    assert flag.source is source


def test_a_frozen_flag_stays_although_the_register_changed():
    (flag,) = merge([], [stored(state=FlagState.SUGGESTED, is_frozen=True)])
    assert flag.is_frozen


def test_the_strongest_of_several_flags_leads():
    weaker = found(mark=fingerprint("other", "item 1", "ccg-2017"), level="F4", interest_id=uuid.uuid4())
    (conflict,) = by_person(merge([weaker, found()], []), ())
    assert [flag.level for flag in conflict.flags] == ["F1", "F4"]
    assert conflict.lead.level == "F1"
    assert conflict.awaits_ruling


def test_a_person_whose_flags_are_all_dismissed_awaits_no_ruling():
    (conflict,) = by_person(merge([found()], [stored()]), ())
    assert not conflict.awaits_ruling


levels = st.sampled_from(["F0", "F1", "F2", "F3", "F4", "F5", "R", "D"])


@given(st.lists(st.tuples(levels, st.booleans()), max_size=8))
def test_merging_loses_no_flag_that_screening_finds(shapes):
    computed = [found(fingerprint(number, "item", "rules"), level=level) for number, (level, _) in enumerate(shapes)]
    acted = [
        stored(fingerprint(number, "item", "rules"), level=level)
        for number, (level, acted_on) in enumerate(shapes)
        if acted_on
    ]
    merged = merge(computed, acted)
    assert {flag.fingerprint for flag in merged} == {flag.fingerprint for flag in computed}
    assert sum(not flag.is_live for flag in merged) == len(acted)


CHAIR, VICE, NURSE = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
SEATS = (
    Seat(str(CHAIR), "Ann Lay", MemberClass.LAY, offices=frozenset({Office.CHAIR})),
    Seat(str(VICE), "Bob Lay", MemberClass.LAY, offices=frozenset({Office.VICE_CHAIR})),
    Seat(str(NURSE), "Cy Nurse", MemberClass.NURSE),
)
NAMES = {CHAIR: "Ann Lay", VICE: "Bob Lay", NURSE: "Cy Nurse"}


def presiding(conflicted=()):
    return who_presides(SEATS, {str(each) for each in conflicted}, {str(each) for each in NAMES})


def test_scenario_20_the_chair_cannot_rule_on_their_own_conflict():
    verdict = may_rule(CHAIR, [CHAIR], presiding([CHAIR]), NAMES)
    assert not verdict
    assert verdict.rule_id == "MTG-07"
    assert verdict.options == ("Ask Bob Lay to rule",)


def test_a_chair_with_a_conflict_cannot_rule_on_others_for_the_item():
    verdict = may_rule(CHAIR, [NURSE], presiding([CHAIR]), NAMES)
    assert not verdict
    assert "Bob Lay, the vice chair, presides" in verdict.reason


def test_the_vice_chair_cannot_rule_while_the_chair_presides():
    assert not may_rule(VICE, [NURSE], presiding(), NAMES)


@given(
    st.sampled_from(list(NAMES)),
    st.frozensets(st.sampled_from(list(NAMES))),
    st.frozensets(st.sampled_from(list(NAMES))),
)
def test_nobody_rules_on_themself(decider, persons, conflicted):
    if decider in persons:
        assert not may_rule(decider, persons, presiding(conflicted), NAMES)


def test_a_ruling_needs_a_rationale():
    assert check_actions({"A4"}, " ", own_contract=True, guardian_consulted=False, presides=False).field == "rationale"


def test_noting_an_own_contract_needs_the_guardian():
    verdict = check_actions({"A6"}, "Not relevant because", own_contract=True, guardian_consulted=False, presides=False)
    assert verdict.field == "guardian_consulted"
    assert check_actions({"A6"}, "Not relevant because", own_contract=True, guardian_consulted=True, presides=False)
    assert check_actions({"A6"}, "Not relevant because", own_contract=False, guardian_consulted=False, presides=False)


def test_scenario_51_who_stays_in_spite_of_money_has_said_how_large_it_is_however_little():
    noted = {"own_contract": True, "guardian_consulted": True, "presides": False}
    small = "The holding is too small to matter"
    verdict = check_actions({"A6"}, small, **noted, is_financial=True, magnitude=" ")
    assert (verdict.allowed, verdict.field, verdict.rule_id) == (False, "magnitude", "MTG-08")
    assert check_actions({"A6"}, small, **noted, is_financial=True, magnitude="12 of 4,000 shares")
    assert check_actions({"A4"}, small, **noted, is_financial=True)
    assert check_actions({"A6"}, small, **noted, is_financial=False)


@pytest.mark.parametrize(
    ("level", "relation", "rule_ids", "found"),
    [
        ("F1", "direct_financial", (), True),
        ("F2", "direct_financial", (), True),
        ("F4", "direct_financial", (), True),
        ("F2", "indirect", (), True),
        ("F4", "indirect", (), False),
        ("F3", "class_wide", (), True),
        ("F2", "non_financial", (), False),
        ("F5", "direct_financial", ("GIFT-02",), False),
        ("F0", "", ("DECL-04",), False),
    ],
)
def test_what_a_flag_is_about_money_for(level, relation, rule_ids, found):
    assert is_financial(level, relation, rule_ids) is found


def test_scenario_44_more_than_half_standing_down_is_said():
    assert withdrawal_banner(7, 3, Fraction(1, 2)) == ""
    assert withdrawal_banner(7, 4, Fraction(1, 2)).startswith("4 of 7 voting members would stand down")


def test_actions_that_exclude_each_other_are_suggested_as_alternatives_at_every_level() -> None:
    leaves, joins = "eaves for the discussion and the decision", "oins the discussion and leaves for the decision"
    assert suggestion_words("F1", ("A5", "A4")) == (f"J{joins}, or l{leaves}",)
    assert suggestion_words("F3", ("A4", "A5")) == (f"L{leaves}, or j{joins}",)
    for level in ("F1", "F2"):  # a bidder's F2 at the award of a contract too: no papers is no way to stay
        assert suggestion_words(level, ("A4", "A3")) == (f"L{leaves}", "does not receive the papers or minutes")
    assert preselected(("A4", "A3")) == ("A4", "A3")
    assert preselected(("A5", "A4")) == ("A5",)


@pytest.mark.parametrize(
    "words",
    [
        "x",
        "No conflict",
        "There is no conflict.",
        "It is not a conflict",
        "No conflict of interest",
        "n/a, immaterial",
        "Not material",
    ],
)
def test_that_there_is_no_conflict_is_no_reason_why_there_is_none(words):
    assert not says_why(words)


@pytest.mark.parametrize("words", ["She left in May", "No interest since the sale", "A different Elm Surgery"])
def test_a_reason_says_why(words):
    assert says_why(words)


@pytest.mark.parametrize(
    ("changes", "said", "field"),
    [
        ({}, {}, "ground"),
        ({}, {"ground": FlagAnswer.AGREE}, "magnitude"),
        ({}, {"ground": FlagAnswer.AGREE, "magnitude": "12 of 4,000 shares"}, ""),
        ({}, {"ground": FlagAnswer.ENDED}, ""),
        ({}, {"ground": FlagAnswer.LINK}, "ground"),
        ({"path": ("Dr Dee", "partner at Elm", "landlord of Oak", "Item 7")}, {"ground": FlagAnswer.LINK}, ""),
        ({}, {"ground": FlagAnswer.NOT_ME, "guardian_consulted": False}, "guardian_consulted"),
        ({"relation": "indirect", "level": "F2"}, {"guardian_consulted": False}, "ground"),
        ({"relation": "indirect", "level": "F4"}, {"guardian_consulted": False}, ""),
        ({"rule_ids": ("GIFT-02",)}, {"guardian_consulted": False}, ""),
    ],
)
def test_a_flag_on_money_is_dismissed_as_wrong_or_with_the_size_that_noting_it_needs(changes, said, field):
    """Rule: MTG-08; RULEBOOK §23 scenario 51."""
    verdict = check_dismissal(found(**changes), "The rent of another building", **{"guardian_consulted": True, **said})
    assert (bool(verdict), verdict.field or "") == (not field, field)
