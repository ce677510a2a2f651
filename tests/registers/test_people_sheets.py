"""Spreadsheets about people: columns by their headings, names as people write them, nobody guessed at."""

import pytest

from coi.errors import BadInput
from coi.people.rules import shown_name, sort_key
from coi.registers.people_sheets import NAME_COLUMNS, Finder, Known, person_in, recognise

WANTED = {**NAME_COLUMNS, "date": ("date", "completion date")}


def test_the_headings_are_found_below_a_title_and_in_any_order() -> None:
    rows = [
        ["Training report", "", ""],
        ["Completion Date", "Surname", "First Name"],
        ["2026-01-05", "LEE", "ANN"],
        ["", "", ""],
    ]
    found = recognise(rows, WANTED, {"date": "the date"})
    assert found.headings == {"date": "Completion Date", "family": "Surname", "given": "First Name"}
    assert found.rows == ((3, {"date": "2026-01-05", "family": "LEE", "given": "ANN"}),)


def test_what_is_not_read_is_said_and_what_is_missing_too() -> None:
    assert recognise([["Name", "Date", "Shoe size"]], WANTED, {}).unread == ("Shoe size",)
    with pytest.raises(BadInput, match="no column for the date or for the name"):
        recognise([["Shoe size", "Email"], ["5", "a@b.example"]], WANTED, {"date": "the date"})


def test_a_cell_that_is_no_name_and_no_date_any_more_is_refused_with_its_row() -> None:
    assert recognise([["Name", "Notes"], ["Ann Lee", "x" * 100_000]], WANTED, {}).rows
    with pytest.raises(BadInput, match="row 3 has 100,000 characters"):
        recognise([["Name"], ["Ann Lee"], ["x" * 100_000]], WANTED, {})


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ({"name": "Dr Siân Ŵyn-Jones"}, "Dr Siân Ŵyn-Jones"),
        ({"name": "Lee, Ann (Dr)"}, "Dr Ann Lee"),
        ({"name": "Suharti"}, "Suharti"),
        ({"family": "O'DORNAN", "given": "NIAMH", "title": "DR."}, "Dr Niamh O'Dornan"),
    ],
)
def test_a_name_is_read_as_it_is_written(row: dict[str, str], shown: str) -> None:
    assert shown_name(person_in(row)) == shown


def test_of_two_namesakes_none_is_chosen_unless_the_address_says_which() -> None:
    key = sort_key(person_in({"name": "Ann Lee"}))
    people = Finder(
        [Known("1", "Dr Ann Lee", key, "ann@one.example"), Known("2", "Ms Ann Lee", key, "ann@two.example")]
    )
    assert people.one(person_in({"name": "Ann Lee"}))[0] is None
    found, _ = people.one(person_in({"name": "Ann Lee", "email": "Ann@Two.example"}))
    assert found is not None
    assert found.id == "2"
