"""Conditions of a quorum as a secretary writes them: read as meant, refused in words, and the real rules that they can state."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.committees.expression import Rule
from coi.committees.listed import condition_of
from coi.committees.presets import build
from coi.committees.quorum import parse, quorum_of, to_data, words_of
from coi.committees.vocabulary import ItemPredicateFacts, QuorumSettings
from coi.errors import RuleBroken
from tests.committees.quorum_texts import TEXTS
from tests.committees.seating import seat


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1 lay member", "At least 1 lay member."),
        ("a GP", "At least 1 GP."),
        ('Chief Nurse, CFO or "Chief of Service"', "The CFO, the Chief Nurse or the Chief of Service."),
        ("1 clinician", "At least 1 GP, nurse or secondary care doctor."),
        ("at least two voting members", "At least 2 voting members."),
        ("Chair or vice chair", "The chair or the vice chair."),
        ("the Chief Officer or the Chief Finance Officer", "The Chief Finance Officer or the Chief Officer."),
        ("Chief Officer or nurse", "The Chief Officer or at least 1 nurse."),
        ("2 of: lay member, nurse or GP", "2 of these 3, each a different person (lay member; nurse; GP)."),
        ("“Head of Quality, Safety and Nursing”", "The Head of Quality, Safety and Nursing."),
        ("Director of Nursing and Quality", "The Director of Nursing and Quality."),
        ("“Chair of all GPs (2)”", "The Chair of all GPs (2)."),
        ("1 lay member for audit", "At least 1 lay member for audit."),
        ("Lay member for audit or for patient involvement", "At least 1 lay member for audit or for patient involvement."),
        ("1 member independent of the Department", "At least 1 member independent of the Department."),
        ("2 voting members who are independent of all providers", "At least 2 voting members independent of provider."),
        ("a nurse described as retired", "At least 1 nurse described as retired."),
        ("half of the members", "At least half of the members."),
        ("at least two thirds of the voting members in post", "At least two thirds of the voting members in post."),
        ("50% of voting members, including vacant seats", "At least half of the voting members, vacant seats included."),
        ("2/3 of all GPs", "At least two thirds of the GPs."),
        ("For items about complaints: chair", "For items about complaints: the chair."),
        ("for items on Practice mergers or complaints: 1 GP", "For items about complaints or mergers: at least 1 GP."),
        ("for decisions: half the voting members", "For items to approve or to decide: at least half of the voting members."),
        ("for private items: 2 lay members", "For items in the part that is private: at least 2 lay members."),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_it_is_meant(line: str, words: str) -> None:
    assert words_of(condition_of(line)) == words


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1 lay memebr", "Did you mean “lay member”"),
        ("0 nurses", "a whole number from 1 to 50"),
        ("2", "enter whom it asks for"),
        ("2 of: lay member", "at least 2 to choose from"),
        ("1 wizard", "“wizard” is no class of members. For a post, write its title with capital letters"),
        ("the chair or her deputy", "“her deputy” is no class of members"),
        ("no GPs", "“no GPs” is no class"),
        ("2 chief officers", "write its title with capital letters"),
        ("1 lay member; 1 GP", "Write each condition on a line of its own"),
        ("3 Chief Officer or nurse", "on lines of their own"),
        ("1 GP and 1 nurse", "on a line of its own"),
        ("Chair and lay member", "on a line of its own"),
        ("Chief Officer or 1 GP", "“1 GP” is no class of members and no post"),
        ("Chief Officer or one GP", "“one GP” is no class of members and no post"),
        ("half of the wizards", "no class of members"),
        ("0% of the members", "enter a share, such as half or 2/3"),
        ("half of the Chief Officers", "enter of whom, such as half of the voting members"),
        ("lay member for audit or PPI", "Write “for PPI”, or put the title of the post in quotation marks"),
        ("1 lay member for audit and 1 GP", "on a line of its own"),
        ("1 lay member for audit and a GP", "on a line of its own"),
        ("for items about wizards: chair", "“wizards” is none of the functions: GP contracts; Enhanced services"),
        ("for lunch: chair", "enter for which items, such as for items about complaints"),
        ("1 GP who is not a partner", "no class of members and no post"),
        ("1 lay member (chair)", "no class of members and no post"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_beside_its_field(line: str, reason: str) -> None:
    with pytest.raises(RuleBroken, match=reason) as refused:
        build("listed", {"members": "3", "conditions": f"Chair\n{line}"})
    assert refused.value.field == "conditions"


@given(st.text(max_size=60))
def test_whatever_is_written_makes_a_rule_or_a_refusal_in_words(line: str) -> None:
    try:
        rule = condition_of(line)
    except RuleBroken:
        return
    assert parse(to_data(rule)) == rule
    assert words_of(rule)


REAL = {
    "Q01": (3, "1 lay member\nChief Officer or Chief Finance Officer or Chief of Service Delivery"),
    "Q02": (
        10,
        "3 non-executives\n1 GP\nChief Finance Officer\nHead of Contracting\n2 non-voting members\n2 Chief Officer or Deputy Officer",
    ),
    "Q03": (3, "1 lay member\n1 GP\n1 executive"),
    "Q05": (4, "Chair or vice chair\nChief Finance Officer or Deputy Chief Finance Officer or Chief Nurse"),
    "Q07": (7, "1 councillor\n1 NHS representative\nDirector of Public Health"),
}  # fmt: skip


@pytest.mark.parametrize("code", ["Q01", "Q03", "Q05", "Q07"])
def test_the_rules_of_real_bodies_are_written_without_json(code: str) -> None:
    number, lines = REAL[code]
    rule, _ = build("listed", {"members": number, "conditions": lines})
    assert words_of(rule) == words_of(parse(TEXTS[code]))


def test_a_rule_of_many_lines_asks_for_a_different_person_on_each() -> None:
    number, lines = REAL["Q02"]
    rule, settings = build("listed", {"members": number, "conditions": lines})
    eight = [
        *(seat(name, "non_executive") for name in ("Ann", "Bea", "Cy")), seat("Dot", "gp"),
        seat("Ed", "executive", "Chief Finance Officer"), seat("Flo", "executive", "Head of Contracting"),
        seat("Gus", "executive", "Chief Officer"), seat("Hal", "executive", "Deputy Officer"),
    ]  # fmt: skip
    attending = [seat("Ida", "other", voting=False), seat("Joe", "other", voting=False)]
    assert quorum_of(rule, settings, [*eight, *attending], established=10)
    without_one = [each for each in eight if each.name != "Hal"]
    assert not quorum_of(rule, settings, [*without_one, seat("Kim", "lay"), *attending], established=10)


Q4 = """2 of: lay member for audit or for patient involvement, lay member, nurse, secondary care doctor
Chief Officer or Chief Finance Officer
Chair or vice chair"""
Q6 = "Half of the members in post\nFor items about complaints: chair"
Q8 = "Chair or vice chair\n1 member independent of the Department"


def listed(members: int, lines: str) -> tuple[Rule, QuorumSettings]:
    return build("listed", {"members": members, "conditions": lines})


def test_two_of_four_kinds_of_member_with_a_lay_member_for_audit_among_them_is_written_without_json() -> None:
    rule, settings = listed(4, Q4)
    staff = [seat("Cy", "executive", "Chief Officer"), seat("Di", "executive", office="chair"), seat("Ed", "executive")]
    nurse = seat("Flo", "nurse")
    for fourth in (
        seat("Ann", "lay", attributes=["for audit"]),
        seat("Ann", "lay", "Lay member for patient involvement"),
    ):
        assert quorum_of(rule, settings, [*staff, fourth, nurse], established=5)
        assert not quorum_of(rule, settings, [*staff, fourth, seat("Gus", "executive")], established=5)
    assert quorum_of(
        rule, settings, [*staff, seat("Ann", "lay", attributes=["For audit"]), seat("Bea", "lay")], established=5
    )


def test_a_post_that_says_it_counts_as_a_description() -> None:
    rule, settings = listed(1, "1 lay member for audit")
    assert quorum_of(rule, settings, [seat("Ann", "lay", "Lay member for Audit")], established=1)
    assert not quorum_of(rule, settings, [seat("Ann", "lay", "Lay member for finance")], established=1)
    assert not quorum_of(rule, settings, [seat("Ann", "executive", "Head of quality for audit")], established=1)


def test_half_of_the_members_and_the_chair_for_some_business_is_written_without_json() -> None:
    rule, settings = listed(0, Q6)
    assert words_of(rule) == "At least half of the members in post; for items about complaints: the chair."
    six = [seat("Ann", office="chair"), *(seat(name) for name in ("Bea", "Cy", "Di", "Ed", "Flo"))]
    without_chair = [replace(each, present=each.name in ("Bea", "Cy", "Di")) for each in six]
    complaint = ItemPredicateFacts(function="complaints")
    assert quorum_of(rule, settings, without_chair, established=9)
    assert not quorum_of(rule, settings, without_chair, established=9, item=complaint)
    assert quorum_of(rule, settings, [replace(each, present=True) for each in six], established=9, item=complaint)
    assert not quorum_of(
        rule, settings, [replace(each, present=each.name in ("Bea", "Cy")) for each in six], established=9
    )


def test_a_member_independent_of_somebody_is_written_without_json() -> None:
    rule, settings = listed(4, Q8)
    four = [seat("Ann", office="vice_chair"), seat("Bea"), seat("Cy"), seat("Di")]
    assert not quorum_of(rule, settings, four, established=4)
    said = [*four[:3], seat("Di", attributes=["independent of the Department"])]
    assert quorum_of(rule, settings, said, established=4)


def test_lines_without_a_number_of_members_need_no_number_of_members() -> None:
    assert words_of(listed(0, "Chair\n1 GP")[0]) == "The chair and at least 1 GP."
