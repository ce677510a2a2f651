"""What ends, or is somebody else's, beside an own contract leaves it standing; what ends the contract still does."""

import pytest

from coi.screening.interest_text import read_interest
from coi.screening.vocabulary import Role
from tests.screening.test_clauses import QUILLBROOK, levels
from tests.screening.test_screen import run


@pytest.mark.parametrize("post", ["GP partner at Quillbrook Medical Centre", "Quillbrook Medical Centre - GP partner"])
@pytest.mark.parametrize(
    "beside",
    [
        " and PCN clinical director until 2023",
        " & CCG clinical lead (ended 2022)",
        " and was CCG clinical lead until 2022",
        "; contract with the PCN ended March 2024",
        ". PCN role finished 2023",
        " and 1 day a week for the CCG until 2021",
        " until I retire",
        ". No longer GP tutor",
        " which no longer dispenses",
        " – retired from the rota",
        " formerly known as The Mill",
        " since my brother retired",
        " since former partner Dr Elm resigned",
        ", as well as my sister",
        " alongside my ex-wife",
        " with my ex-husband",
        " with my late husband",
    ],
)
def test_an_end_or_a_relative_beside_an_own_contract_leaves_it_standing(post: str, beside: str) -> None:
    assert levels(post + beside)[:1] == [("F1", "partner at Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    "text",
    [
        "Along with my wife I am a partner at Quillbrook Medical Centre",
        "As a partner at Quillbrook Medical Centre I employ my wife",
        "Ceased to be salaried at Quillbrook Medical Centre on becoming partner there in 2020",
        "Salaried at Quillbrook Medical Centre until I became a partner in 2020",
    ],
)
def test_whoever_became_a_partner_or_employs_a_relative_has_an_own_contract(text: str) -> None:
    assert levels(text)[:1] == [("F1", "partner at Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    "text",
    [
        "Partner at Quillbrook Medical Centre, no longer working there",
        "Partner at Quillbrook Medical Centre, no longer",
        "No longer a partner at Quillbrook Medical Centre",
        "Partner at Quillbrook Medical Centre until I retired in 2019",
        "Partner at Quillbrook Medical Centre until retirement in 2019",
        "CCG clinical lead until 2019",
        "Director of the PCN, retired 2019",
        "Director, Elm GP Federation, federation role ended 2020",
        "Shareholder in Elm Federation Ltd, which no longer trades",
        "Partner at Quillbrook Medical Centre (retired since my brother left)",
        "Was a partner at Quillbrook Medical Centre and left when Dr Elm retired",
    ],
)
def test_the_end_of_the_interest_itself_still_ends_it(text: str) -> None:
    reading = read_interest(text)
    assert reading.has_ended or reading.ended_on is not None


@pytest.mark.parametrize(
    ("text", "via"),
    [
        ("As well as my own post, my wife is a partner at Quillbrook Medical Centre", "wife"),
        ("My ex-wife is a partner at Quillbrook Medical Centre", "wife"),
        ("Nurse at Quillbrook Medical Centre, my wife's practice, since my brother retired", "wife"),
    ],
)
def test_what_a_relative_holds_stays_theirs(text: str, via: str) -> None:
    assert read_interest(text).via == via


def test_the_role_that_is_left_for_a_better_one_is_not_the_one_that_is_held() -> None:
    text = "Ceased to be salaried at Quillbrook Medical Centre on becoming partner there in 2020"
    assert read_interest(text).role is Role.PARTNER


@pytest.mark.parametrize(
    "text",
    [
        "To become a partner at Quillbrook Medical Centre in January 2027",
        "Becoming a partner at Quillbrook Medical Centre in January 2027",
        "I am to join Quillbrook Medical Centre as a partner in January 2027",
        "Partner at Quillbrook Medical Centre from January 2027",
    ],
)
def test_a_post_that_is_to_begin_after_the_meeting_is_hoped_for(text: str) -> None:
    assert levels(text) == [("F5", "hoping to become partner at Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    "text",
    [
        "To become a partner at Quillbrook Medical Centre in January 2019",
        "Partner at Quillbrook Medical Centre from January 2019",
    ],
)
def test_a_post_that_was_to_begin_before_the_meeting_is_held(text: str) -> None:
    assert levels(text)[:1] == [("F1", "partner at Quillbrook Medical Centre")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("My fellow partner Dr Pell owns Quillbrook Medical Centre", "owner of"),
        ("Partner at Stile Surgery; my fellow partner Dr Pell owns Quillbrook Medical Centre", "owner of"),
        ("Fellow partner (Dr Lee) is a director of Quillbrook Medical Centre", "director of"),
    ],
)
def test_what_a_fellow_partner_holds_is_theirs_and_no_own_contract(text: str, role: str) -> None:
    (flag,) = run([text], [QUILLBROOK]).flags
    assert (flag.level.value, flag.path[0][-14:], flag.path[1]) == (
        "F2",
        "fellow partner",
        f"{role} Quillbrook Medical Centre",
    )
