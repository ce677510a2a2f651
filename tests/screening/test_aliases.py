"""Names that somebody taught: found as whole names, asked before the matcher, and never stretched to another name."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.screening.aliases import Alias, Taught, alias_key
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, Decision, ReferenceOrganisation

AREA = "99Z"
WHY = "taught by Ms Sam Secretary on 3 May 2026"
OAK = ReferenceOrganisation("Y00001", "OAKRIDGE MEDICAL CENTRE", "practice", town="MARSHTON", areas=(Dated(AREA),))
ELM = ReferenceOrganisation("Y00002", "ELMHURST SURGERY", "practice", town="MARSHTON", areas=(Dated(AREA),))
MATCHER = Matcher([OAK, ELM])
DOCS = Alias("Ridge Docs", OAK.code, "Oakridge Medical Centre", WHY)
SURGERY = Alias("The Surgery", ELM.code, "Elmhurst Surgery", WHY)
LOCAL = Alias("Marsh Friends", None, "", WHY, means_none=True)
TAUGHT = Taught(MATCHER, [DOCS, SURGERY, LOCAL])


def codes(text: str) -> list[str | None]:
    return [one.code for one in TAUGHT.match(text, AREA).organisations]


@pytest.mark.parametrize(
    "text",
    [
        "Ridge Docs",
        "GP partner at ridge docs",
        "RIDGE DOCS (two sessions)",
        "wife is PM at the Ridge Docs",
        "Locum, Ridge Docs, Marshton",
    ],
)
def test_a_taught_name_is_found_in_whatever_is_said_around_it(text: str) -> None:
    result = TAUGHT.match(text, AREA)
    assert (result.decision, [one.why for one in result.organisations]) == (Decision.MATCHED, [WHY])
    assert result.text == text


@pytest.mark.parametrize(
    "text", ["North Ridge Docs", "Ridge Docs Pharmacy", "Ridge Docs Cricket Club", "Docs of the Ridge"]
)
def test_a_longer_name_is_another_name(text: str) -> None:
    assert OAK.code not in codes(text)


def test_what_was_taught_stands_beside_what_the_matcher_finds() -> None:
    assert codes("Partner at Ridge Docs and Elmhurst Surgery") == [OAK.code, ELM.code]


def test_a_code_that_says_something_else_is_not_decided() -> None:
    assert TAUGHT.match("Ridge Docs (Y00002)", AREA).decision is Decision.AMBIGUOUS


def test_a_name_of_type_words_alone_counts_where_nothing_else_is_named() -> None:
    assert codes("Partner at The Surgery") == [ELM.code]
    assert codes("The Surgery, Farfield") == []
    assert codes("Salaried GP at the surgery in Oakridge") == []


def test_a_name_that_means_none_of_them_names_nobody_and_hides_nobody_else() -> None:
    assert TAUGHT.match("Trustee of Marsh Friends", AREA).decision is Decision.NONE
    assert codes("Trustee of Marsh Friends; partner at Elmhurst Surgery") == [ELM.code]


def test_spellings_that_differ_in_case_links_and_abbreviations_are_one_alias() -> None:
    assert alias_key("The Ridge Med Ctr") == alias_key("ridge medical centre")
    assert alias_key("🙂 …") == ""


@given(st.text(max_size=60))
def test_without_a_taught_name_the_matcher_answers_as_ever(text: str) -> None:
    assert Taught(MATCHER, []).match(text, AREA) == MATCHER.match(text, AREA)
    assert TAUGHT.match(text, AREA).text == text


@given(
    st.lists(
        st.sampled_from(["Ridge", "Docs", "and", "at", "Elmhurst", "Surgery", "(", ",", "the", "Marsh"]), max_size=12
    )
)
def test_only_words_that_stand_together_are_a_taught_name(listed: list[str]) -> None:
    text = " ".join(listed)
    if ("Ridge", "Docs") not in set(pairwise(word for word in listed if word not in {"and", "at", "the", "(", ","})):
        assert OAK.code not in codes(text)
