"""Words that may mean one organisation are brought together, whatever their order, and no others."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi.registers.interests.similar_words import alike

WORDS = (
    "Harbour",
    "Row",
    "Physio",
    "Physiotherapy",
    "Physo",
    "Clinic",
    "Ltd",
    "Limited",
    "Surgery",
    "of",
    "7",
    "8",
    "st",
    "?",
    "dental",
)
TEXTS = st.lists(
    st.one_of(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), st.text(max_size=12)), max_size=12
)


def together(*texts: str) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for text, first in alike(texts).items():
        groups[first].add(text)
    return {frozenset(each) for each in groups.values()}


@pytest.mark.parametrize(
    "texts",
    [
        ("Harbour Row Physio", "Harbour Row Physiotherapy Clinic", "The Harbour Row Physiotherapy Clinic Ltd"),
        ("Larkfield Surgery", "Larkfeild Srgery", "larkfield medical centre"),
        ("St. Mary’s Pharmacy", "ST MARYS PHARMACY LIMITED"),
    ],
)
def test_one_organisation_in_several_spellings_is_one_group(texts: tuple[str, ...]) -> None:
    assert together(*texts) == {frozenset(texts)}


@pytest.mark.parametrize(
    "texts",
    [
        ("Harbour Row Physio", "Harbour Row Dental"),
        ("Larkfield Surgery", "Larkfield PCN"),
        ("Unit 10 Properties", "Unit 11 Properties"),
        ("various", "see above"),
        ("Physio", "Physiotherapy"),
        ("?", "🙂", ""),
    ],
)
def test_what_may_well_be_another_one_stands_apart(texts: tuple[str, ...]) -> None:
    assert together(*texts) == {frozenset([text]) for text in texts}


@settings(max_examples=50)
@given(TEXTS, st.randoms())
def test_each_text_is_in_one_group_and_the_order_changes_nothing(texts: list[str], shuffler) -> None:
    found = alike(texts)
    assert set(found) == set(texts)
    assert all(found[first] == first for first in found.values())
    shuffled = [*texts, *texts[:2]]
    shuffler.shuffle(shuffled)
    assert alike(shuffled) == found
