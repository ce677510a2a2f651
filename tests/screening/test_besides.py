"""Whose an interest is, its beginning tells: what is said of a relative behind it is a second interest, or none."""

from datetime import date

import pytest

from coi.screening.clauses import clauses_of
from coi.screening.interest_text import read_interest
from coi.screening.vocabulary import Role
from tests.screening.test_clauses import levels
from tests.screening.test_screen import run

OWN = ("", Role.PARTNER)


def told(text: str) -> list[tuple[str, Role]]:
    return [(reading.via, reading.role) for reading in map(read_interest, clauses_of(text))]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Partner at Mill Lane Surgery, as is my husband", [("husband", Role.PARTNER)]),
        ("Partner at Mill Lane Surgery and so is my wife", [("wife", Role.PARTNER)]),
        ("Partner at Mill Lane Surgery (husband too)", [("husband", Role.PARTNER)]),
        ("Partner at Mill Lane Surgery (the practice employs my daughter)", [("daughter", Role.EMPLOYEE)]),
        ("Partner at Mill Lane Surgery, where my wife is the practice manager", [("wife", Role.PRACTICE_MANAGER)]),
        ("Partner at Mill Lane Surgery, in premises owned by my father", [("father", Role.LANDLORD)]),
        ("Partner at Mill Lane Surgery, husband at Stile Surgery", [("husband", Role.UNKNOWN)]),
        ("Partner at Mill Lane Surgery, married to a nurse at Stile Surgery", [("partner", Role.EMPLOYEE)]),
        ("Partner at Mill Lane Surg. Husband also partner.", [("husband", Role.PARTNER)]),
        ("Partner at Mill Lane Surgery (my wife's practice)", []),
        ("Partner at Mill Lane Surgery, which my father founded", []),
        ("Partner at Mill Lane Surgery, child health lead", []),
        ("I am, like my wife, a partner at Mill Lane Surgery", []),
        ("Took on partnership at Mill Lane Surgery in April 2025, previously salaried GP there", []),
        ("GP partner and PCN clinical director, Mill Lane Surgery", []),
    ],
)
def test_an_own_contract_stands_whatever_is_said_of_a_relative_behind_it(
    text: str, others: list[tuple[str, Role]]
) -> None:
    """Rule: MTG-02; RULEBOOK §23 scenario 1."""
    assert told(text) == [OWN, *others]
    named = text.replace("Mill Lane Surgery", "Quillbrook Medical Centre").replace("Mill Lane", "Quillbrook")
    assert levels(named)[0][0] == "F1"


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Partner at Mill Lane Surgery (wife)", "wife"),
        ("Director of Tarn Care Ltd - husband", "husband"),
        ("Shares in Tarn Care Ltd held by spouse", "spouse"),
        ("Shares in Tarn Care Ltd, held by my wife", "wife"),
        ("Nurse at Mill Lane Surgery, my daughter", "daughter"),
        ("Former colleague is now a partner at Mill Lane Surgery", "colleague"),
        ("Friends with the practice manager at Mill Lane Surgery", "friend"),
        ("Partner at Johnson & Son Surgery", ""),
        ("Self and spouse: shares in Tarn Care Ltd", ""),
        ("Shareholder (with husband) in Tarn Care Ltd", ""),
    ],
)
def test_a_word_alone_behind_an_interest_says_whose_it_is(text: str, whose: str) -> None:
    assert [via for via, _ in told(text)] == [whose]


def test_what_ended_of_somebody_else_has_not_ended_and_what_was_dissolved_has() -> None:
    assert not read_interest("Ex-wife is a GP at Mill Lane Surgery").has_ended
    assert not read_interest("Landlord: Mill Lane Surgery (owned jointly with former partners)").has_ended
    assert read_interest("Partnership at Mill Lane Surgery dissolved 2019").ended_on == date(2019, 12, 31)
    assert read_interest("Salaried GP, Mill Lane Surgery until Aug '24").ended_on == date(2024, 8, 31)


def test_a_stronger_role_behind_a_weaker_one_is_an_interest_of_its_own() -> None:
    text = "Salaried GP at Quillbrook Medical Centre; partner since 2024"
    assert told(text) == [("", Role.SALARIED_GP), OWN]
    assert ("F1", "partner at Quillbrook Medical Centre") in levels(text)


@pytest.mark.parametrize(
    ("text", "via", "role"),
    [
        ("Husband practice manager, Mill Lane Surgery", "husband", Role.PRACTICE_MANAGER),
        ("Associate partner at Mill Lane Surgery", "", Role.PARTNER),
        ("Physician associate employed by Tarnwick PCN", "", Role.EMPLOYEE),
        ("GP fellow at Mill Lane Surgery", "", Role.EMPLOYEE),
        ("ANP at Mill Lane Surgery", "", Role.EMPLOYEE),
        ("Retainer GP at Mill Lane Surgery", "", Role.SALARIED_GP),
        ("Co-owns Mill Lane Surgery premises", "", Role.LANDLORD),
        ("Sits on the board of Marlow Federation", "", Role.DIRECTOR),
        ("Adviser to Tarn Care Ltd", "", Role.ADVISER),
        ("Ex-husband partner at Mill Lane Surgery", "husband", Role.PARTNER),
        ("Boyfriend is salaried GP at Mill Lane Surgery", "boyfriend", Role.SALARIED_GP),
        ("In a relationship with a partner at Mill Lane Surgery", "partner", Role.PARTNER),
        ("Related to a GP partner at Mill Lane Surgery", "relative", Role.PARTNER),
        ("My GP is at Mill Lane Surgery", "", Role.PATIENT),
    ],
)
def test_posts_are_told_from_relations_and_from_an_owner_s(text: str, via: str, role: Role) -> None:
    assert told(text) == [(via, role)]


@pytest.mark.parametrize(
    ("text", "is_hoped_for"),
    [
        ("Partner at Mill Lane Surgery. Practice has applied to merge with Stile Surgery", False),
        ("Partner at Mill Lane Surgery, which is bidding for the contract", False),
        ("Applied for a post at Mill Lane Surgery", True),
        ("GP applying for a partnership at Mill Lane Surgery", True),
        ("Partner-elect, Mill Lane Surgery", True),
    ],
)
def test_whoever_is_in_post_hopes_for_no_more_when_their_practice_bids(text: str, *, is_hoped_for: bool) -> None:
    """Rule: DECL-09; RULEBOOK §23 scenario 14."""
    assert [read_interest(each).is_pursuing for each in clauses_of(text)] == [is_hoped_for]


def test_what_somebody_is_since_they_left_a_post_there_is_an_interest_of_its_own() -> None:
    text = "Mill Lane Surgery: resigned partnership 30.06.2024, salaried since"
    assert [(one.role, one.ended_on) for one in map(read_interest, clauses_of(text))] == [
        (Role.UNKNOWN, date(2024, 6, 30)),
        (Role.SALARIED_GP, None),
    ]


def test_a_full_stop_behind_initials_ends_a_sentence() -> None:
    assert told("Chair of Wetherby PCN. Wife: pharmacist at Boots") == [("", Role.DIRECTOR), ("wife", Role.EMPLOYEE)]


def test_who_is_named_behind_a_relation_is_an_organisation() -> None:
    (interest,) = run(["Spouse: Acquira Care (employee)"], []).interests
    assert interest.organisation_names == ("Acquira Care",)
