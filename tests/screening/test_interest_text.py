"""What a declared text says besides the organisation."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.screening.interest_text import is_nil, read_date, read_interest
from coi.screening.roles import role_of
from coi.screening.vocabulary import Directness, InterestType, Role


@pytest.mark.parametrize(
    "text",
    [
        "Nil",
        "NIL RETURN",
        "n/a",
        "N/A.",
        "None",
        "None known",
        "No interests to declare",
        "-",
        "",
        "Nothing to declare",
    ],
)
def test_a_nil_return_is_recognised(text: str) -> None:
    assert is_nil(text)


@pytest.mark.parametrize(
    "text", ["None of my partners works at Quillbrook Surgery", "Nilesh Surgery", "No longer a director of X Ltd"]
)
def test_a_text_that_says_more_is_no_nil_return(text: str) -> None:
    assert not is_nil(text)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("GP Partner - Quillbrook", Role.PARTNER),
        ("Salaried GP at Quillbrook", Role.SALARIED_GP),
        ("Locum at Quillbrook", Role.LOCUM),
        ("Practice is a shareholder of Tarn Care Ltd", Role.SHAREHOLDER),
        ("Clinical Director, Tarnwick PCN", Role.CLINICAL_DIRECTOR),
        ("Director of Tarn Care Ltd", Role.DIRECTOR),
        ("Practice manager", Role.PRACTICE_MANAGER),
        ("Owns the building of Quillbrook Surgery", Role.LANDLORD),
        ("Co-owner of the building leased to Quillbrook Surgery", Role.LANDLORD),
        ("Half share in premises rented to Quillbrook Surgery", Role.LANDLORD),
        ("Owner of Tarn Property Services Ltd", Role.OWNER),
        ("Registered as a patient at Quillbrook Surgery", Role.PATIENT),
        ("Mother-in-law is a patient of Quillbrook Surgery", Role.PATIENT),
        ("Volunteer for Quillbrook Hospice", Role.VOLUNTEER),
        ("Trustee of Quillbrook Hospice", Role.TRUSTEE),
        ("Governor of Marlow Acute Hospitals NHS Trust", Role.GOVERNOR),
        ("Chief executive of Tarn Care Ltd", Role.CHIEF_EXECUTIVE),
        ("CEO, Tarn Care Ltd", Role.CHIEF_EXECUTIVE),
        ("Assistant to the chief executive of Tarn Care Ltd", Role.EMPLOYEE),
        ("Quillbrook Surgery", Role.UNKNOWN),
    ],
)
def test_a_role_is_read_from_its_words(text: str, role: Role) -> None:
    assert role_of(text) is role


@pytest.mark.parametrize(
    ("text", "via", "role"),
    [
        ("Spouse is a GP partner at Quillbrook", "spouse", Role.PARTNER),
        ("Sister works as a nurse for MTUFT", "sister", Role.EMPLOYEE),
        ("My partner works for Tarn Care Ltd", "partner", Role.EMPLOYEE),
        ("Business partner owns Osterleigh Pharmacy", "business partner", Role.OWNER),
        ("Close friend is chief executive of Tarn Care", "close friend", Role.CHIEF_EXECUTIVE),
    ],
)
def test_an_interest_held_through_somebody_is_indirect(text: str, via: str, role: Role) -> None:
    reading = read_interest(text)
    assert (reading.directness, reading.via, reading.role) == (Directness.INDIRECT, via, role)


@pytest.mark.parametrize(
    "text",
    [
        "Partner at Quillbrook Surgery",
        "Quillbrook Surgery, partner (50%)",
        "Partner (since 2010), Quillbrook Surgery",
        "Partner (full time) at Quillbrook Surgery",
        "Quillbrook Surgery - partner (five sessions)",
    ],
)
def test_a_gp_partner_is_nobody_s_life_partner(text: str) -> None:
    assert read_interest(text).directness is Directness.DIRECT


def test_a_partner_whose_name_stands_in_brackets_is_a_life_partner() -> None:
    assert read_interest("Partner (Jo Bloggs) nurse at Quillbrook Surgery").via == "partner"


def test_time_is_read_from_the_words_around_a_day() -> None:
    reading = read_interest("Formerly partner at Eldermere (from 04/2010, retired June 2024)")
    assert read_interest("Formerly partner at Eldermere").has_ended
    assert read_interest("Not a partner at Elm Lodge Surgery any more").has_ended
    assert (reading.arose_on, reading.ended_on) == (date(2010, 4, 1), date(2024, 6, 30))
    assert read_interest("Applied for a post at Tarn Care").is_pursuing


@pytest.mark.parametrize(
    ("text", "arose", "ended"),
    [
        ("Partner, Quillbrook Surgery - left 2019", None, date(2019, 12, 31)),
        ("Partner, Quillbrook Surgery until 2030", None, date(2030, 12, 31)),
        ("Partner, Quillbrook Surgery (retired 2021)", None, date(2021, 12, 31)),
        ("Partner, Quillbrook Surgery. Stepped down 2020", None, date(2020, 12, 31)),
        ("Resigned as partner of Quillbrook Surgery in 2022", None, date(2022, 12, 31)),
        ("Partner, retired from Quillbrook Surgery at the end of March 2020", None, date(2020, 3, 31)),
        ("Partner, Quillbrook Surgery (2015-2018)", date(2015, 1, 1), date(2018, 12, 31)),
        ("Partner, Quillbrook Surgery 2015–18", date(2015, 1, 1), date(2018, 12, 31)),
        ("Salaried GP at Quillbrook Surgery (contract ends 2027)", None, date(2027, 12, 31)),
        ("Partner at Quillbrook Surgery since 2019", date(2019, 1, 1), None),
        ("Retired GP, adviser to Tarn Care from 2019", date(2019, 1, 1), None),
        ("Left Hollin Lane Surgery in 2016 to join Quillbrook Surgery", None, None),
        ("Partner at Quillbrook Surgery, which moved in 2019", None, None),
        ("Paid £500 by Tarn Care in 2019", None, None),
    ],
)
def test_a_year_alone_is_the_end_where_the_words_before_it_say_so(
    text: str, arose: date | None, ended: date | None
) -> None:
    """As in a column of dates, the end is the last day that it can have been."""
    reading = read_interest(text)
    assert (reading.arose_on, reading.ended_on) == (arose, ended)


@pytest.mark.parametrize(
    "text",
    [
        "Partner at Quillbrook Surgery. Left the LMC in 2018",
        "Partner at Quillbrook Surgery; resigned from the CCG board in 2018",
        "Partner at Quillbrook Surgery (retired from the Army 2009)",
        "Partner at Quillbrook Surgery, list closed until 2024",
        "Partner at Quillbrook Surgery; lease ended 2020",
        "Salaried GP at Quillbrook Surgery. Maternity leave until June 2024",
        "Partner at Quillbrook Surgery, on sabbatical to 2024",
    ],
)
def test_what_ends_beside_an_interest_does_not_end_it(text: str) -> None:
    reading = read_interest(text)
    assert (reading.ended_on, reading.has_ended) == (None, False)


def test_whoever_stepped_down_is_nobody_s_stepchild() -> None:
    assert read_interest("Stepped down in 2020").via == ""
    assert read_interest("Stepson works at Quillbrook Surgery").via == "stepson"


def test_a_volunteer_s_interest_is_personal() -> None:
    assert read_interest("Volunteer at Quillbrook Hospice").type_hint is InterestType.PERSONAL


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11/2015", date(2015, 11, 1), date(2015, 11, 30)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("3 Jan 2020", date(2020, 1, 3), date(2020, 1, 3)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("Nov-15", date(2015, 11, 1), date(2015, 11, 30)),
        ("Nov '98", date(1998, 11, 1), date(1998, 11, 30)),
        ("01-Nov-2015", date(2015, 11, 1), date(2015, 11, 1)),
        ("42309", date(2015, 11, 1), date(2015, 11, 1)),
        ("31/02/2024", None, None),
        ("31-Feb-24", None, None),
        ("99-Foo-2026", None, None),
        ("12 Foo 2026", None, None),
        ("Ongoing", None, None),
    ],
)
def test_a_day_may_be_a_month_or_a_year(text: str, first: date | None, last: date | None) -> None:
    assert read_date(text) == first
    assert read_date(text, at_end=True) == last


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert read_interest(text).is_nil == is_nil(text)


def test_whoever_only_lives_beside_an_organisation_has_no_financial_interest_in_it() -> None:
    assert read_interest("Lives next door to Quillbrook Surgery").type_hint is InterestType.PERSONAL
    assert read_interest("Partner at Quillbrook Surgery, lives next door").type_hint is InterestType.FINANCIAL
    assert read_interest("Quillbrook Surgery").type_hint is InterestType.FINANCIAL


def test_an_interest_that_has_not_begun_on_a_day_is_hoped_for_then() -> None:
    reading = read_interest("To become a partner at Quillbrook Medical Centre in January 2027")
    assert reading.as_on(date(2026, 11, 20)).is_pursuing
    assert not reading.as_on(date(2027, 2, 1)).is_pursuing
