"""How people are called at the head of a column."""

from hypothesis import given
from hypothesis import strategies as st

from coi.meetings.conflicts.pictures.names import short_names


def test_people_are_called_as_shortly_as_they_can_be_told_apart():
    names = ("Dr Fay Fenn", "Mr Guy Gorse", "Ms Gil Gorse", "Prof. Ann Moor", "Dr Ann Moor", "Dr Ivo van der Berg, OBE")
    assert short_names(names) == ("Fenn", "Guy Gorse", "Gil Gorse", "Prof. Ann Moor", "Dr Ann Moor", "van der Berg")
    assert short_names(("Dr Fay Fenn", "Mr Hal Fenn")) == ("F Fenn", "H Fenn")
    assert short_names(("Suharti", "Ms Suharti", "Dr", "")) == ("Suharti", "Ms Suharti", "Dr", "?")


def test_two_people_of_one_name_are_numbered():
    assert short_names(("Dr Fay Fenn", "Dr Fay Fenn")) == ("Dr Fay Fenn 1", "Dr Fay Fenn 2")


@given(st.lists(st.text(alphabet="abAB ,.1", max_size=9), max_size=8))
def test_no_two_people_are_called_alike_and_nobody_is_called_nothing(names):
    short = short_names(tuple(names))
    assert len({each.casefold() for each in short}) == len(names)
    assert all(each.strip() for each in short)
