"""Input that nobody hoped for: an answer or nothing, never a guess, never a crash."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Decision, ReferenceOrganisation
from coi.screening.screen import screen
from tests.screening.invented import HERE, ORGANISATIONS, practice

DAY = date(2026, 3, 11)
MATCHER = Matcher(ORGANISATIONS)


def rows(*texts: str) -> list[RegisterRow]:
    return [RegisterRow(n, f"Member {n}", "", text, None, None, None, None, "") for n, text in enumerate(texts, 1)]


def items(*titles: str) -> list[AgendaRow]:
    return [AgendaRow(n, str(n), title, "", DAY, None, "") for n, title in enumerate(titles, 1)]


@pytest.mark.parametrize(
    "text", ["", "Quillbrook Medical Centre", "Partner at The Surgery", "Z10001", "Nil", "\0", "😀"]
)
def test_without_reference_data_nobody_is_guessed(text: str) -> None:
    assert not [one for one in Matcher(()).match(text, HERE).organisations if one.code]


def test_an_empty_register_and_an_empty_agenda_give_no_flags() -> None:
    for register, agenda in (
        ([], []),
        (rows("Partner at Quillbrook Medical Centre"), []),
        ([], items("Quillbrook Medical Centre")),
    ):
        assert screen(register, agenda, on=DAY, area=HERE, organisations=ORGANISATIONS, finder=MATCHER).flags == ()


def test_two_practices_of_one_name_and_postcode_are_never_told_apart() -> None:
    twins = [practice(code, "TWINSTEAD SURGERY", "Penmarsh", postcode="ZZ9 9ZZ") for code in ("Z20001", "Z20002")]
    result = Matcher([*ORGANISATIONS, *twins]).match("Partner at Twinstead Surgery, ZZ9 9ZZ", HERE)
    assert (result.decision, len(result.organisations)) == (Decision.AMBIGUOUS, 2)


def test_two_organisations_of_one_code_are_no_crash() -> None:
    double = Matcher([*ORGANISATIONS, practice("Z10001", "QUILLBROOK ANNEXE SURGERY", "Penmarsh")])
    assert double.match("Quillbrook Annexe Surgery", HERE).organisations[0].code == "Z10001"


def test_emoji_and_accents_do_not_hide_a_name() -> None:
    result = MATCHER.match("😀 Partner at Quíllbrook Medical Centre 👍", HERE)
    assert [one.code for one in result.organisations] == ["Z10001"]


@pytest.mark.parametrize(
    "text",
    [
        "a " * 5000,
        "Surgery and " * 900,
        "(" * 10_000,
        "X" * 10_000,
        "\n" * 10_000,
        "1 High Street, " * 700,
        "director of " * 900,
    ],
)
def test_ten_thousand_letters_get_an_answer(text: str) -> None:
    assert MATCHER.match(text, HERE).text == text


def test_a_name_at_the_end_of_ten_thousand_letters_is_found() -> None:
    text = "I have been told to say what I own and I own a good deal. " * 170 + "Partner at Quillbrook Medical Centre."
    assert "Z10001" in {one.code for one in MATCHER.match(text, HERE).organisations}


def test_an_item_that_names_three_hundred_practices_concerns_them_all() -> None:
    names = [f"{first}{second}" for first in ("Wex", "Hol", "Dun", "Pem", "Cor", "Tal") for second in (
        "aby", "becote", "cliffe", "dean", "eley", "ford", "grove", "ham", "ington", "keld", "low", "minster", "ney", "over", "port",
        "ridge", "stead", "thorpe", "ull", "vale", "wick", "yard", "zeal", "combe", "hurst", "mere", "pool", "ness", "ditch", "barrow",
        "croft", "dale", "fold", "gate", "holme", "leigh", "marsh", "nook", "orchard", "perry", "quay", "rise", "shaw", "tarn", "under",
        "view", "wold", "bourne", "chester", "well")]  # fmt: skip
    known = [practice(f"Y{n:05}", f"{name.upper()} SURGERY", "Penmarsh") for n, name in enumerate(names)]
    matcher = Matcher(known)
    title = "List dispersal: " + ", ".join(f"{name} Surgery" for name in names)
    found = screen(
        rows("Partner at Holdale Surgery"), items(title), on=DAY, area=HERE, organisations=known, finder=matcher
    )
    assert len(found.items[0].affected) == len(names) == 300
    assert [flag.level.value for flag in found.flags] == ["F1"]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ORGANISATIONS), st.sampled_from(["", HERE, "98Z", "?"]))
def test_a_name_alone_gets_the_same_answer_as_a_name_in_a_sentence(one: ReferenceOrganisation, area: str) -> None:
    """The short cut for a bare name answers as the long way does, or better: never with somebody else."""
    alone = MATCHER.match(one.name, area)
    said = MATCHER.match(f"Partner at {one.name.title()}", area)
    if alone.decision is said.decision is Decision.MATCHED:
        assert [each.code for each in alone.organisations] == [each.code for each in said.organisations]
