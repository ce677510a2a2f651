"""What may be entered of organisations, and how names are folded."""

import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.organisations.naming import folded, postcode_prefix
from coi.organisations.rules import (
    may_enter_body,
    may_enter_organisation,
    may_enter_relation,
    may_succeed,
    way_between,
    why_successor,
)
from coi.organisations.vocabulary import (
    BodyDetails,
    BodyKind,
    OrganisationDetails,
    OrganisationKind,
    RelationDetails,
    RelationKind,
)

A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Dr O’Łęcki-Ŵyn", "dr olecki wyn"),
        ("ST. JOHN'S & St Luke", "st johns and st luke"),
        ("  Façade  (Ltd) ", "facade ltd"),
        ("Ørsted Straße", "orsted strasse"),
        ("’-.", ""),
    ],
)
def test_names_are_folded_to_plain_letters(text: str, key: str) -> None:
    assert folded(text) == key


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("cm9 5df", "CM95DF"), ("CM9", "CM9"), ("CM9  5DF ", "CM95DF"), ("surgery", None), ("F81022", None)],
)
def test_a_postcode_is_known_by_its_shape(text: str, prefix: str | None) -> None:
    assert postcode_prefix(text) == prefix


@pytest.mark.parametrize("code", ["F8", "F81022F81022", "f81022", "F 81022", "F81022;"])
def test_a_malformed_code_is_refused(code: str) -> None:
    assert may_enter_organisation(OrganisationDetails("Lark", OrganisationKind.COMPANY, code)).field == "code"


def test_an_organisation_needs_a_name() -> None:
    assert may_enter_organisation(OrganisationDetails("  ", OrganisationKind.COMPANY)).field == "name"


def test_a_relation_ends_no_earlier_than_it_began() -> None:
    details = RelationDetails(RelationKind.OWNED_BY, date(2024, 1, 2), date(2024, 1, 1))
    assert may_enter_relation(A, B, details).field == "valid_to"
    assert not may_enter_relation(A, A, RelationDetails(RelationKind.OWNED_BY, None))


def test_nobody_succeeds_itself_not_even_round_a_corner() -> None:
    assert may_succeed(A, B, {})
    assert not may_succeed(A, A, {})
    assert not may_succeed(A, B, {B: [C], C: [A]})


def test_the_shortest_way_from_one_to_another_names_whoever_stands_between_and_ends_where_they_go_in_circles() -> None:
    assert way_between(A, B, {A: [C, B], C: [B]}) == ()
    assert way_between(A, B, {A: [C], C: [A, B]}) == (C,)
    assert way_between(A, B, {A: [C], C: [A]}) is None


@pytest.mark.parametrize(
    ("slug", "allowed"),
    [("mid-marsh", True), ("Mid-Marsh", False), ("static", False), ("mid--marsh", False), ("", False)],
)
def test_a_web_address_is_small_letters_numbers_and_hyphens(slug: str, allowed: bool) -> None:
    assert bool(may_enter_body(BodyDetails("NHS Mid Marsh ICB", BodyKind.ICB, slug))) is allowed


@pytest.mark.parametrize(
    ("name", "postcode", "opened", "why"),
    [
        (
            "LARKS SURGERY",
            "ZZ1 1AA",
            date(2024, 4, 1),
            "has the same postcode and a similar name, and opened around the closing",
        ),
        ("OTHER PRACTICE", "ZZ1 1AA", date(2024, 4, 1), "has the same postcode, and opened around the closing"),
        ("LARKS SURGERY", "YY1 1AA", date(2024, 4, 1), "has a similar name, and opened around the closing"),
        ("LARKS SURGERY", "ZZ1 1AA", date(2010, 4, 1), ""),
        ("OTHER PRACTICE", "YY1 1AA", date(2024, 4, 1), ""),
        ("LARKS SURGERY", "ZZ1 1AA", None, ""),
    ],
)
def test_a_successor_is_suggested_by_place_or_name_around_the_closing(
    name: str, postcode: str, opened: date | None, why: str
) -> None:
    assert why_successor("LARK SURGERY", "ZZ1 1AA", date(2024, 3, 31), name, postcode, opened) == why
