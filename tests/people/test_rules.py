"""How names are shown, ordered and shortened, and which posts can be entered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.people.rules import initials_of, may_appoint, may_enter_person, overlap, shown_name, sort_key
from coi.people.vocabulary import AppointmentDetails, PersonDetails

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))


def _person(given: str, family: str, title: str = "") -> PersonDetails:
    return PersonDetails(given, family, title)


@pytest.mark.parametrize(
    ("given", "family", "title", "shown", "key", "initials"),
    [
        ("Siân", "Ŵyn-Jones", "Dr", "Dr Siân Ŵyn-Jones", "wyn jones  sian", "SŴJ"),
        ("Łukasz", "Żak", "", "Łukasz Żak", "zak  lukasz", "ŁŻ"),
        ("Niamh", "O’Brien", "Ms", "Ms Niamh O’Brien", "obrien  niamh", "NO"),
        ("Pieter Jan", "van der Berg", "", "Pieter Jan van der Berg", "van der berg  pieter jan", "PJB"),
        ("Sukarno", "", "", "Sukarno", "sukarno", "S"),
        ("", "Cher", "Mrs", "Mrs Cher", "cher", "C"),
    ],
)
def test_a_name_is_shown_ordered_and_shortened(
    given: str, family: str, title: str, shown: str, key: str, initials: str
) -> None:
    details = _person(given, family, title)
    assert (shown_name(details), sort_key(details), initials_of(details)) == (shown, key, initials)


def test_a_short_family_name_comes_before_a_longer_one_that_begins_with_it() -> None:
    names = [_person("Ann", "Van Dyke"), _person("Zoe", "Van"), _person("Ann", "Vance")]
    assert [sort_key(each) for each in sorted(names, key=sort_key)] == ["van  zoe", "van dyke  ann", "vance  ann"]


@pytest.mark.parametrize(("given", "family"), [("", ""), (" ", "-"), ("", "’")])
def test_somebody_without_any_letter_in_a_name_is_refused(given: str, family: str) -> None:
    assert may_enter_person(_person(given, family)).field == "family_name"


def test_one_name_is_enough() -> None:
    assert may_enter_person(_person("Sukarno", ""))


@pytest.mark.parametrize(
    ("post", "begins", "ends", "field"),
    [
        ("", date(2024, 4, 1), None, "post"),
        ("Chair", date(1024, 4, 1), None, "valid_from"),
        ("Chair", date(2024, 4, 1), date(2024, 3, 31), "valid_to"),
        ("Chair", date(2024, 4, 1), date(2024, 4, 1), None),
        ("Chair", date(2024, 4, 1), None, None),
    ],
)
def test_a_post_needs_a_name_and_possible_dates(post: str, begins: date, ends: date | None, field: str | None) -> None:
    assert may_appoint(AppointmentDetails(post, begins, ends)).field == field


@given(DAYS, DAYS, DAYS, DAYS)
def test_two_spans_overlap_exactly_if_a_day_is_in_both(a: date, b: date, c: date, d: date) -> None:
    first, second = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    common = max(first[0], second[0]) <= min(first[1], second[1])
    assert overlap(first, second) is overlap(second, first) is common
    assert overlap((first[0], None), second) is (first[0] <= second[1])
