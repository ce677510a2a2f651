"""Which organisation a text names: told by the words of its name alone, never by roles, relations or kinds of organisation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.screening.telling import is_named_in, telling_words

_SAYS_NOTHING = st.sampled_from(
    ("wife", "husband's", "sister", "brother-in-law", "works", "worked", "employed", "shares", "shareholding", "locum", "partner",
     "Trustee", "charity", "Surgery", "practice", "health", "centre", "pharmacy", "limited", "company", "director", "landlord", "who",
     "with", "primary", "care", "street", "salaried", "GP", "nurse", "sponsored", "receptionist", "fiancée", "volunteers", "PCN")
)  # fmt: skip


@given(st.lists(_SAYS_NOTHING), st.lists(_SAYS_NOTHING))
def test_roles_relations_and_kinds_alone_name_nothing(one, other):
    text, name = " ".join(one), " ".join(other)
    assert telling_words(text) == frozenset()
    assert not is_named_in(text, name)


@pytest.mark.parametrize(
    ("text", "name", "is_named"),
    [
        ("My sister works at Dunmarsh", "Dunmarsh Surgery", True),
        ("My wife is a director of Alpha Diagnostics Ltd", "ALPHA DIAGNOSTICS LIMITED", True),
        ("My husband works for Alpha Diagnostics", "Beta Charity", False),
        ("My husband works for Alpha Diagnostics", "Alpha Dental", False),
        ("My husband works for Alpha Diagnostics", "Alpha Surgery", False),
        ("My sister works at Great Dunmarsh", "Dunmarsh Surgery", False),
        ("My sister's at Dunmarsh running the desk", "Dunmarsh Surgery", True),
        ("My husband owns the pharmacy in Dunmarsh", "Dunmarsh Surgery", False),
        ("Partner in Elm Surgery", "Elm Surgery", False),
        ("He sits on the board", "The Family Practice", False),
    ],
)
def test_all_the_telling_words_of_a_name_have_to_stand_there(text, name, is_named):
    assert is_named_in(text, name) is is_named
