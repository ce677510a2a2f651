"""How like two words are: counted in plain Python for a request, and by a library for the whole country. Both say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.screening import likeness, quick_likeness

WORDS = st.text("abeé ", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("said", "meant", "alike"),
    [
        ("northfeild", "northfield", 0.9),  # two letters swapped are one slip
        ("norhfield", "northfield", 0.9),
        ("northhfield", "northfield", 10 / 11),
        ("surgery", "surgery", 1.0),
    ],
)
def test_a_slip_is_a_letter_too_many_too_few_or_out_of_place(said: str, meant: str, alike: float) -> None:
    assert likeness.slips(said, ["southfield", meant], least=0.78, most=6) == [(meant, pytest.approx(alike))]


@given(word=WORDS, known=st.lists(WORDS, unique=True, max_size=12), least=st.sampled_from([0.5, 0.78, 0.88]))
def test_the_whole_country_is_compared_as_a_few_organisations_are(word: str, known: list[str], least: float) -> None:
    for plain, quick in (
        (likeness.slips, quick_likeness.slips),
        (likeness.run_together, quick_likeness.run_together),
    ):
        assert plain(word, known, least=least, most=5) == quick(word, known, least=least, most=5)
