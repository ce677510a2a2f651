"""Registers and agendas in the layouts that bodies use."""

from datetime import date

import pytest

from coi.errors import BadInput
from coi.screening.headings import find_texts
from coi.screening.layouts import read_agenda, read_register
from coi.screening.vocabulary import Directness, InterestType

TEMPLATE = [  # the 2017 template: merged headings over tick columns
    ["Register of interests as at 31 January 2026", "", "", "", "", "", "", "", "", "", ""],
    ["Name", "Current position(s) held", "Declared interest (name of the organisation and nature of business)",
     "Type of interest", "", "", "Is the interest direct or indirect?", "Nature of interest", "Date of interest", "", "Action"],
    ["", "", "", "Financial interests", "Non-financial professional interests", "Non-financial personal interests",
     "", "", "From", "To", ""],
    ["Dr A Ashdown", "GP member", "Quillbrook Surgery", "X", "", "", "Direct", "GP partner", "11/2015", "Ongoing", "Leave"],
    ["", "", "Tarn Care Ltd", "✓", "", "", "Indirect", "Spouse is a director", "01/04/2018", "31/03/2024", ""],
    ["Ms B Wren", "Lay member", "Nil", "", "", "", "", "", "", "", ""],
    ["", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def test_the_national_template_is_read_with_its_merged_headings() -> None:
    first, second, third = read_register(TEMPLATE, "register.xlsx")
    assert (first.person, first.text) == ("Dr A Ashdown", "GP partner - Quillbrook Surgery")
    assert (first.interest_type, first.directness) == (InterestType.FINANCIAL, Directness.DIRECT)
    assert (first.arose_on, first.ended_on) == (date(2015, 11, 1), None)
    assert (second.person, second.number, second.directness) == ("Dr A Ashdown", 2, Directness.INDIRECT)
    assert second.ended_on == date(2024, 3, 31)
    assert (third.person, third.text) == ("Ms B Wren", "Nil")


def test_a_cell_that_repeats_the_merged_heading_changes_nothing() -> None:
    filled = [list(row) for row in TEMPLATE]
    filled[1][4] = filled[1][5] = "Type of interest"
    filled[1][9] = "Date of interest"
    for column in (0, 1, 2, 6, 7, 10):
        filled[2][column] = filled[1][column]
    assert read_register(filled, "register.xlsx") == read_register(TEMPLATE, "register.xlsx")


@pytest.mark.parametrize(
    ("header", "row", "text"),
    [
        (["Name", "Practice", "Type", "Details & whether Personal or Pecuniary", "Self or other", "Start date"],
         ["Dr A", "Quillbrook", "", "Partner, pecuniary", "Other", "2014"], "Quillbrook - Partner, pecuniary"),
        (["ID", "Summary", "Registered", "Category", "Member"], ["1", "Director of Tarn Care Ltd", "2024", "Category 1", "Dr A"],
         "Director of Tarn Care Ltd"),
        (["Surname", "First name", "Description of interest", "Date from", "Date to"],
         ["A", "Dr", "Locum at Quillbrook", "2019", "n/a"], "Locum at Quillbrook"),
        (["interest_text"], ["Partner at Quillbrook"], "Partner at Quillbrook"),
    ],
    ids=["a local form", "a parliamentary register", "names in two columns", "one column"],
)  # fmt: skip
def test_columns_are_known_by_what_their_headings_mean(header: list[str], row: list[str], text: str) -> None:
    found = read_register([header, row], "register.csv")
    assert [one.text for one in found] == [text]
    assert found[0].person in ("Dr A", "")


def test_a_register_without_its_interests_is_refused_in_words() -> None:
    with pytest.raises(BadInput) as refused:
        read_register([["Name", "Job title"], ["Dr A", "GP"]], "register.csv")
    assert "register.csv has no column for the declared interest" in str(refused.value)
    assert "“Job title”" in str(refused.value)


def test_an_agenda_is_read_with_its_own_numbers_and_dates() -> None:
    rows = [
        ["Meeting date", "Item no", "Title", "Summary", "Purpose"],
        ["22/01/2026", "4a", "Boundary change", "Quillbrook", "For noting"],
    ]
    (item,) = read_agenda(rows, "agenda.csv")
    assert (item.reference, item.title, item.description) == ("4a", "Boundary change", "Quillbrook")
    assert (item.on, item.for_decision) == (date(2026, 1, 22), False)


def test_a_row_of_an_agenda_without_a_title_is_called_by_its_description_or_by_whom_it_names() -> None:
    rows = [
        ["Title", "Description", "Organisations"],
        ["", "Closure of Quillbrook", ""], ["", "", "Osterleigh Surgery"], ["", "", ""], ["Rent", "Larch", ""],
    ]  # fmt: skip
    said = [(one.line, one.title, one.description) for one in read_agenda(rows, "agenda.csv")]
    assert said == [(2, "Closure of Quillbrook", ""), (3, "Osterleigh Surgery", ""), (5, "Rent", "Larch")]


def test_an_impossible_day_in_an_agenda_names_its_row() -> None:
    with pytest.raises(BadInput) as refused:
        read_agenda([["Date", "Title"], ["31/02/2026", "Boundary change"]], "agenda.csv")
    assert refused.value.line == 2
    assert "31/02/2026" in str(refused.value)


def test_an_agenda_without_titles_is_refused_in_words() -> None:
    with pytest.raises(BadInput, match=r"agenda\.csv has no column for the item’s title"):
        read_agenda([["Lead", "Time"], ["Dr A", "9:00"]], "agenda.csv")


def test_texts_to_match_may_carry_their_area() -> None:
    assert find_texts([["match_id", "register_area", "declared_text"], ["1", "99Z", "Quillbrook"]], "t.csv") == (
        ("Quillbrook", "99Z"),
    )
