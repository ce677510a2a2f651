"""Finding organisations and their relations, on both databases."""

from datetime import date

import pytest
from flask import Flask

from coi.organisations import queries
from coi.organisations.facts import edges_for_screening, reference_organisations
from coi.organisations.models import Organisation
from coi.organisations.search import search
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.screening.vocabulary import EdgeKind
from tests.factories.organisations import a_relation, a_release, an_organisation, ods_row

TODAY = date(2026, 4, 1)


def _codes(text: str, **options: object) -> list[str]:
    return [hit.code or hit.name for hit in search(text, on=TODAY, **options)]  # type: ignore[arg-type]


def _by(code: str) -> Organisation:
    found = queries.by_code(code)
    assert found is not None
    return found


@pytest.fixture
def practices(app: Flask) -> None:
    """Six practices, one of which changed its name and one of which closed."""
    a_release(ods_row("Z99001", "LARK SURGERY"), released_on=date(2019, 11, 1))
    a_release(
        ods_row("Z99001", "WREN MEDICAL CENTRE"),
        ods_row("Z99002", "WREN MEDICAL CENTRE", commissioner="98Z", postcode="YY2 2BB", town="FENBURY"),
        ods_row("Z99003", "ST. JOHN'S & CANOLFAN IECHYD TŶ GWYN", postcode="YY1 1BB"),
        ods_row("Z99004", "WREN HOUSE SURGERY", status="C", closed="20240331", left="20240331"),
        ods_row("Z99005", "THE MARSH PRACTICE", town="FENBURY"),
        ods_row("Z99006", "DOVE % UNDERSCORE_SURGERY", setting="14"),
        released_on=date(2025, 8, 1),
    )


@pytest.mark.usefixtures("practices")
class TestSearch:
    def test_a_code_finds_its_organisation_in_whatever_case(self) -> None:
        assert _codes("z99005") == ["Z99005"]

    def test_an_exact_name_comes_first_and_the_own_area_before_others(self) -> None:
        assert _codes("wren medical centre", area=["98Z"])[:2] == ["Z99002", "Z99001"]
        assert _codes("wren medical centre", area=["99Z"])[:2] == ["Z99001", "Z99002"]

    def test_a_former_name_finds_and_says_so(self) -> None:
        (hit,) = search("lark surgery", on=TODAY)
        assert (hit.code, hit.matched_name) == ("Z99001", "LARK SURGERY")

    def test_words_stand_in_any_order_without_accents_and_apostrophes(self) -> None:
        assert _codes("ty gwyn johns st") == ["Z99003"]
        assert _codes("Tŷ Gwyn") == ["Z99003"]

    def test_a_town_narrows_a_name_down(self) -> None:
        assert _codes("wren fenbury") == ["Z99002"]

    def test_a_postcode_finds_with_or_without_its_space_or_by_its_half(self) -> None:
        assert _codes("yy11bb") == _codes("YY1 1BB") == ["Z99003"]
        assert set(_codes("YY2")) == {"Z99002"}

    def test_closed_ones_come_last_and_are_marked(self) -> None:
        hits = search("wren", on=TODAY)
        assert [(hit.code, hit.is_closed) for hit in hits][-1] == ("Z99004", True)
        assert not any(hit.is_closed for hit in search("wren", on=date(2024, 1, 1)))

    def test_signs_that_databases_know_mean_nothing_here(self) -> None:
        assert _codes("%") == [] and _codes("_") == [] and _codes("' or 1=1 --") == []
        assert _codes("underscore surgery") == ["Z99006"]

    def test_kinds_and_limit_hold(self) -> None:
        assert _codes("surgery", kinds=[OrganisationKind.PRESCRIBING]) == ["Z99006"]
        assert len(_codes("e", limit=2)) == 2

    def test_nothing_is_found_for_nothing(self) -> None:
        assert search("  ", on=TODAY) == []


@pytest.mark.usefixtures("practices")
def test_the_practices_of_an_area_are_those_commissioned_there_and_open_on_the_day() -> None:
    assert [each.code for each in queries.practices_of_area(["99Z"], TODAY)] == ["Z99003", "Z99005", "Z99001"]
    assert "Z99004" in [each.code for each in queries.practices_of_area(["99Z"], date(2024, 1, 1))]
    assert queries.practices_of_area([], TODAY) == []


@pytest.mark.usefixtures("practices")
def test_edges_reach_the_neighbours_of_neighbours_and_never_the_whole_area() -> None:
    federation = an_organisation("Marsh Federation", OrganisationKind.FEDERATION)
    company = an_organisation("Marsh Premises Ltd", OrganisationKind.COMPANY)
    a_relation(_by("Z99001"), RelationKind.SHAREHOLDER_IN, federation)
    a_relation(_by("Z99005"), RelationKind.SHAREHOLDER_IN, federation)
    a_relation(federation, RelationKind.OWNED_BY, company)
    a_relation(company, RelationKind.LANDLORD_OF, _by("Z99003"), valid_to=date(2021, 1, 1))
    edges = {(edge.source, edge.kind, edge.target) for edge in edges_for_screening([_by("Z99001").id], TODAY)}
    assert edges == {
        ("Z99001", EdgeKind.COMMISSIONED_BY, "99Z"),
        ("Z99005", EdgeKind.COMMISSIONED_BY, "99Z"),
        ("Z99001", EdgeKind.SHAREHOLDER_IN, str(federation.id)),
        ("Z99005", EdgeKind.SHAREHOLDER_IN, str(federation.id)),
        (str(federation.id), EdgeKind.OWNED_BY, str(company.id)),
    }
    assert edges_for_screening([], TODAY) == ()


@pytest.mark.usefixtures("practices")
def test_the_matcher_gets_every_organisation_with_its_names_and_areas() -> None:
    known = {each.code: each for each in reference_organisations()}
    assert known["Z99001"].former_names == ("LARK SURGERY",)
    assert [area.code for area in known["Z99001"].areas] == ["99Z"]
    assert known["Z99004"].status == "closed" and known["Z99004"].closed_on == date(2024, 3, 31)


def test_two_spellings_of_one_name_are_found_alike(app) -> None:
    an_organisation("Saint Wulfrun's Care Ltd", OrganisationKind.COMPANY)
    for name in ("St Wulfrun's Care Limited", "The St. Wulfrun’s Care", "Saint Wulfruns Care"):
        assert [each.name for each in queries.called_alike(name)] == ["Saint Wulfrun's Care Ltd"]
    assert queries.called_alike("St Wulfrun's Homes Ltd") == queries.called_alike("") == []
