"""What ends an interest, and what does not: part of a holding is sold, somebody returned, a wife left and not the person."""

from dataclasses import replace
from datetime import date

import pytest

from coi.screening import interest_text
from coi.screening.clauses import clauses_of
from coi.screening.fellows import fellow_flags
from coi.screening.interest_text import read_interest
from coi.screening.rules import flags_for
from coi.screening.vocabulary import AffectedOrganisation, InterestFact, ItemFact, Role
from tests.screening.test_clauses import QUILLBROOK, levels
from tests.screening.test_scenarios import GP
from tests.screening.test_screen import run


@pytest.mark.parametrize(
    "text",
    [
        "50% shareholder in Tarn Care Ltd, sold 10% in 2019",
        "Shareholder in Tarn Care Ltd; partially sold in 2019",
        "Shareholder in Tarn Care Ltd (sold half of my shares in 2019)",
        "Shareholder in Tarn Care Ltd, sold a minority stake in March 2019",
        "Owner of Tarn Care Ltd, disposed of 25 per cent in 2020",
        "Partner at Stile Surgery, contract ends 31 March 2024, renewed",
        "Salaried GP at Stile Surgery, contract until 31 March 2024 (renewed annually)",
        "I was a partner at Stile Surgery until 2019 but have since returned as a partner",
        "Partner at Stile Surgery (retired 2018, returned 2019)",
        "Partner at Stile Surgery until 2015 and again from 2019",
        "Director of Tarn Care Ltd until 2022, re-appointed 2023",
        "Partner at Stile Surgery, took 24 hour retirement in 2018",
        "Partner at Stile Surgery, not yet retired",
        "Partner at Stile Surgery, haven't retired",
        "Semi-retired GP partner at Stile Surgery",
        "Partner at Stile Surgery, partly retired in 2021",
        "Partner at Stile Surgery (Dr Jones retiring March 2025)",
    ],
)
def test_what_goes_on_has_not_ended(text: str) -> None:
    reading = read_interest(text)
    assert (reading.has_ended, reading.ended_on) == (False, None)


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Shareholder in Tarn Care Ltd, sold all shares in 2019", date(2019, 12, 31)),
        ("Shareholder in Tarn Care Ltd (sold my shares in 2019)", date(2019, 12, 31)),
        ("Salaried GP at Stile Surgery (contract ended 31 March 2024, extended to 31 March 2027)", date(2027, 3, 31)),
        ("Partner at Stile Surgery, left in 2015, rejoined in 2019 until 2021", date(2021, 12, 31)),
        ("Partner at Stile Surgery until 2015, returned to Australia", date(2015, 12, 31)),
        ("Partner at Stile Surgery until 2019, lead for extended access", date(2019, 12, 31)),
        ("Partner at Stile Surgery, retiring 31 March 2025", date(2025, 3, 31)),
        ("Partner at Stile Surgery (due to leave in June 2025)", date(2025, 6, 30)),
        ("My daughter, who left Stile Surgery in 2020", date(2020, 12, 31)),
    ],
)
def test_what_ended_or_is_to_end_on_a_stated_day_says_that_day_alone(text: str, ended: date) -> None:
    reading = read_interest(text)
    assert (reading.has_ended, reading.ended_on) == (False, ended)


@pytest.mark.parametrize(
    ("text", "arose", "ended"),
    [
        ("Stile Surgery – GP Partner – Direct financial – 2010 to date", date(2010, 1, 1), None),
        ("GP partner at Stile Surgery 01/04/2001 to present", date(2001, 4, 1), None),
        ("Stile Surgery (Partner) 2001 - current", date(2001, 1, 1), None),
        ("Partner at Stile Surgery 2010 onwards", date(2010, 1, 1), None),
        ("Stile Surgery - partner - March 2020", None, None),
        ("Stile Surgery Partner 04/2001 - 03/2026", date(2001, 4, 1), date(2026, 3, 31)),
        ("Partner at Stile Surgery, left 2019 - now retired", None, date(2019, 12, 31)),
    ],
)
def test_a_dash_before_a_day_ends_what_a_day_before_it_begins_and_nothing_else(
    text: str, arose: date | None, ended: date | None
) -> None:
    reading = read_interest(text)
    assert (reading.arose_on, reading.ended_on) == (arose, ended)


def test_whoever_returned_began_anew() -> None:
    reading = read_interest("Partner at Stile Surgery, left in 2015, rejoined in 2019")
    assert (reading.arose_on, reading.ended_on) == (date(2019, 1, 1), None)


@pytest.mark.parametrize(
    "text",
    [
        "I am a partner at Quillbrook Medical Centre with my wife, who left in 2020",
        "Partner at Quillbrook Medical Centre with my husband, Dr Elm, who retired in 2019",
        "Partner at Quillbrook Medical Centre together with my brother (he resigned in 2019)",
        "Partner at Quillbrook Medical Centre with my husband",
        "Partner (Quillbrook Medical Centre)",
    ],
)
def test_whoever_is_a_partner_with_a_relative_has_their_own_contract(text: str) -> None:
    """Rule: MTG-02; RULEBOOK §23 scenario 1."""
    assert levels(text) == [("F1", "partner at Quillbrook Medical Centre")]


def test_a_relative_beside_somebody_has_an_interest_of_their_own_elsewhere() -> None:
    text = "Partner at Osterleigh Surgery with my wife, who is a partner at Quillbrook Medical Centre"
    (flag,) = run([text], [QUILLBROOK]).flags
    assert (flag.level.value, flag.interest.via) == ("F2", "wife")
    assert read_interest("My wife is a partner at Stile Surgery with her brother").via == "wife"
    assert read_interest("Partner (nurse at Quillbrook Medical Centre)").via == "partner"


@pytest.mark.parametrize(
    "text",
    [
        "My daughter, who left Osterleigh Surgery in 2020, is now partner at Quillbrook Medical Centre",
        "Daughter, who left Osterleigh Surgery in 2020, is now partner at Quillbrook Medical Centre",
        "My daughter was a registrar at Osterleigh Surgery until 2020, is now partner at Quillbrook Medical Centre",
    ],
)
def test_what_a_relative_went_on_to_is_theirs(text: str) -> None:
    assert [read_interest(one).via for one in clauses_of(text)] == ["daughter", "daughter"]
    (flag,) = run([text], [QUILLBROOK]).flags
    assert (flag.level.value, flag.interest.via) == ("F2", "daughter")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("GP at Stile Surgery (salaried) and at Fern House Surgery (partner)", [Role.SALARIED_GP, Role.PARTNER]),
        ("GP at Stile (salaried) and at Fern House (partner)", [Role.SALARIED_GP, Role.PARTNER]),
        ("GP at Stile Surgery - salaried, and Fern House Surgery - partner", [Role.SALARIED_GP, Role.PARTNER]),
        ("I work at Stile Surgery (salaried GP), Fern House Surgery (locum) and Mill Surgery (partner)",
         [Role.SALARIED_GP, Role.LOCUM, Role.PARTNER]),
        ("Partner at Fern House Surgery/salaried GP at Stile Surgery", [Role.PARTNER, Role.SALARIED_GP]),
        ("Salaried GP at Stile Surgery & Partner at Fern House Surgery", [Role.SALARIED_GP, Role.PARTNER]),
        ("Salaried GP at Stile Surgery + partner at Fern House Surgery", [Role.SALARIED_GP, Role.PARTNER]),
        ("Partner in Drs Elm & Partners at Stile Surgery", [Role.PARTNER]),
        ("Partner at Brook/Hill Surgery", [Role.PARTNER]),
        ("GP partner/trainer at Fern House Surgery", [Role.PARTNER]),
        ("GP partner/landlord, Fern House Surgery", [Role.PARTNER, Role.LANDLORD]),
        ("GP partner and owner of the premises at Fern House Surgery", [Role.PARTNER, Role.LANDLORD]),
        ("Owner and landlord of Fern House Surgery", [Role.LANDLORD]),
    ],
)  # fmt: skip
def test_each_place_has_the_role_that_stands_beside_it(text: str, roles: list[Role]) -> None:
    assert [read_interest(one).role for one in clauses_of(text)] == roles


def test_a_partner_at_the_second_of_two_practices_has_their_own_contract_there() -> None:
    text = "GP at Osterleigh Surgery (salaried) and at Quillbrook Medical Centre (partner)"
    assert levels(text) == [("F1", "partner at Quillbrook Medical Centre")]
    assert levels("GP partner/landlord, Quillbrook Medical Centre")[0][0] == "F1"


def test_an_end_that_is_still_ahead_takes_nobody_out() -> None:
    assert levels("Partner at Quillbrook Medical Centre until March 2027") == [
        ("F1", "partner at Quillbrook Medical Centre")
    ]
    assert levels("Director of Tarn Care Ltd and Quillbrook Medical Centre until March 2027")[0][0] == "F1"


def test_a_partner_until_next_year_shares_what_fellow_partners_hold() -> None:
    """Rule: DECL-08; RULEBOOK §24 F5."""
    until = replace(GP, key="2", person="Dr Birch", ended_on=date(2027, 3, 31), has_ended=True)
    pharmacy = InterestFact("3", "Dr Ashdown", ("chem",), ("Tarn Pharmacy",), role=Role.OWNER)
    item = ItemFact("6", "Award", date(2026, 3, 11), (AffectedOrganisation("chem", "Tarn Pharmacy"),))
    interests = [GP, until, pharmacy]
    assert [flag.person for flag in fellow_flags(flags_for(interests, [item]), interests)] == ["Dr Birch"]


def test_of_several_that_one_day_ends_nobody_knows_which_it_ended() -> None:
    """Rule: REG-03; RULEBOOK §23 scenario 12."""
    text = "Director of Tarn Care Ltd and Quillbrook Medical Centre until March 2019"
    assert levels(text) == [("F5", "formerly director of Quillbrook Medical Centre")]
    assert run([text], [QUILLBROOK]).flags[0].runs == ""


def test_what_stands_before_a_day_is_looked_for_near_it_however_long_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def has_left(before: str) -> bool:
        read.append(len(before))
        return False

    monkeypatch.setattr(interest_text, "_has_left", has_left)
    read_interest("Partner 2019; " * 500)
    assert len(read) == 500
    assert max(read) <= 200


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Former partner, Stile Surgery (practice closed 30/06/2024)", date(2024, 6, 30)),
        ("Former partner, Stile Surgery (closed June 2024)", date(2024, 6, 30)),
        ("Partner at Stile Surgery until the practice closed in 2024", date(2024, 12, 31)),
        ("Partner at Stile Surgery until it closed (June 2024)", date(2024, 6, 30)),
        ("Salaried GP at Stile Surgery - closed 31 March 2025", date(2025, 3, 31)),
        ("Partner until the closure of Stile Surgery (June 2024)", date(2024, 6, 30)),
        ("Wife was a nurse at Stile Surgery until it shut in May 2022", date(2022, 5, 31)),
        ("Stile Surgery (now closed, 2021) - partner", date(2021, 12, 31)),
        ("Former partner, Stile Surgery (practice merged 1/4/2023)", date(2023, 4, 1)),
        ("Formerly partner at Stile Surgery, which merged with Mill Surgery in April 2023", date(2023, 4, 30)),
        ("Director of Tarn Care Ltd (company wound up in 2022)", date(2022, 12, 31)),
    ],
)
def test_whoever_was_in_a_practice_that_closed_is_there_no_more(text: str, ended: date) -> None:
    """Rule: DECL-09; RULEBOOK §24 F5."""
    assert read_interest(text).ended_on == ended


@pytest.mark.parametrize(
    "text",
    [
        "Partner at Stile Surgery (branch closed 2023)",
        "Partner at Stile Surgery (branch surgery closed 2023)",
        "Partner at Stile Surgery (list closed 2023)",
        "Partner at Stile Surgery (merged with Mill Surgery 2023)",
        "Partner at Stile Surgery, formed when Mill Surgery merged in 2023",
        "Landlord of Stile Surgery (practice closed 2023)",
    ],
)
def test_what_else_closes_or_merges_ends_nothing(text: str) -> None:
    reading = read_interest(text)
    assert (reading.has_ended, reading.ended_on) == (False, None)
