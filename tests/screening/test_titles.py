"""What agenda titles say in few words: classes of a network or a place, and practices by part of their name."""

from datetime import date

import pytest

from coi.screening.class_wording import classless, left_out_of, places_said
from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import Dated, ReferenceOrganisation
from coi.screening.screen import Screening, screen
from coi.screening.vocabulary import AllPractices, ItemFact, PcnScope, SomePractices
from tests.screening.invented import HERE, THERE, practice

DAY = date(2026, 1, 22)
KNOWN = (
    practice(
        "Z30001", "FERRY HEALTH CENTRE", "Ferry", pcns=(Dated("Z90001"), Dated("Z90003", None, date(2020, 3, 31)))
    ),
    practice("Z30002", "STILE LANE SURGERY", "Lowick Regis"),
    practice("Z30003", "LOWICK REGIS SURGERY", "Lowick Regis"),
    practice("Z30004", "PADDOCK GROUP PRACTICE", "Penmarsh"),
    practice("Z30005", "WATERMILL SURGERY", "Penmarsh"),
    practice("Z30006", "HOLT MEDICAL CENTRE", "Penmarsh"),
    practice("Z30007", "QUAY SURGERY", "Penmarsh", address=("QUAY SURGERY", "1 QUAY ROW, LOWICK REGIS", "PENMARSH")),
    practice("Z30008", "SAND HILL SURGERY", "Farhaven", area=THERE, pcns=(Dated("Z90004"),)),
    ReferenceOrganisation("Z90004", "SAND HILLS PCN", "pcn", areas=(Dated(THERE),)),
    ReferenceOrganisation("Z90001", "HOLLOW VALLEY PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90002", "FENS & BRECKS PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation("Z90003", "SOUTH MARLOW PCN", "pcn", areas=(Dated(HERE),)),
    ReferenceOrganisation(HERE, "NHS WEX AND MARLOW ICB - 99Z", "commissioner", geography="QZZ"),
)
MATCHER = Matcher(KNOWN)


def screened(title: str) -> Screening:
    return screen(
        (), [AgendaRow(1, "1", title, "", None, None, "")], on=DAY, area=HERE, organisations=KNOWN, finder=MATCHER
    )


def read(title: str) -> ItemFact:
    return screened(title).items[0]


@pytest.mark.parametrize(
    "title",
    [
        "DES sign-up: network contract, all PCNs in Wex and Marlow",
        "PCN development fund: allocation to each network",
        "Funding for PCNs, quarter 2",
        "Wound care scheme offered to practices in West Wex",
        "Practices in East Wex: locally agreed payment",
        "Payment to practices in Penmarsh and the Levels",
        "Additional Roles Reimbursement Scheme: underspend",
        "Impact and Investment Fund 2026/27",
        "Vaccination: payments to GPs",
        "Near patient testing: fees to practices",
        "GP online consultation funding",
    ],
)
def test_money_for_networks_or_practices_of_a_place_concerns_the_practices_of_the_area(title: str) -> None:
    """Rule: MTG-02; RULEBOOK §24 F3. A place that nobody knows narrows nothing."""
    found = read(title)
    assert found.class_scope is not None
    assert not found.affected
    assert not isinstance(found.class_scope, SomePractices | PcnScope)


@pytest.mark.parametrize(
    "title",
    [
        "Complaints about practices",
        "All staff of South Marlow PCN: thanks",
        "Networks: IT update",
        "Each network of friends",
        "GP federation funding",
        "Payment of fees",
        "Fees for audit",
    ],
)
def test_other_business_about_networks_or_practices_concerns_no_class(title: str) -> None:
    assert read(title).class_scope is None


@pytest.mark.parametrize(
    ("title", "with_networks"),
    [
        ("Funding for PCNs, quarter 2", True),
        ("Network development fund, offered to each network", True),
        ("PCN DES: winter uplift for all primary care networks", True),
        ("ARRS underspend", True),
        ("Payments to all networks in Wex and Marlow", True),
        ("Enhanced access: every network in Wex and Marlow", True),
        ("Minor surgery scheme offered to all practices", False),
        ("Winter scheme for all practices; PCN leads to note", False),
    ],
)
def test_money_for_networks_concerns_the_networks_too(title: str, *, with_networks: bool) -> None:
    """Rule: MTG-02; RULEBOOK §24 F4 (PCN officer)."""
    found = read(title)
    assert isinstance(found.class_scope, AllPractices)
    assert (found.class_scope.has_networks, found.class_scope.areas) == (with_networks, (HERE,))
    assert not found.affected


def test_all_networks_of_a_town_are_those_of_its_practices_on_the_day() -> None:
    scope = read("Funding for all PCNs in Ferry").class_scope
    assert isinstance(scope, SomePractices)
    assert set(scope.practices) == {"Z30001", "Z90001"}


@pytest.mark.parametrize(
    ("title", "concerned"),
    [
        ("Funding for all PCNs in Farhaven", {"Z30008", "Z90004"}),
        ("Funding for all practices in Farhaven", {"Z30008"}),
        ("Funding for all practices in Farhaven and Ferry", {"Z30001"}),
    ],
)
def test_a_class_of_a_town_in_another_area_is_none_of_this_one(title: str, concerned: set[str]) -> None:
    scope = read(title).class_scope
    assert isinstance(scope, SomePractices)
    assert set(scope.practices) == concerned


@pytest.mark.parametrize(
    ("title", "networks"),
    [
        ("Weekend hubs: all practices in Hollow Valley", ("Z90001",)),
        ("Weekend hubs for practices in Fens & Brecks", ("Z90002",)),
        ("Payment to the Hollow Valley practices", ("Z90001",)),
        ("Payment to practices of Hollow Valley and Fens and Brecks", ()),
        ("Payment to practices of South Marlow and Hollow Valley", ("Z90003", "Z90001")),
    ],
)
def test_practices_of_a_place_that_a_network_is_called_by_are_those_of_the_network(
    title: str, networks: tuple[str, ...]
) -> None:
    found = read(title)
    assert found.class_scope is not None
    assert not found.affected, "the network is not concerned as such"
    assert getattr(found.class_scope, "pcns", ()) == networks


def test_the_place_of_a_class_is_written_as_people_write_it() -> None:
    scope = read("Network contract: all PCNs in Wex and Marlow").class_scope
    assert scope is not None
    assert scope.phrase.endswith(" in Wex and Marlow")


def test_practices_of_a_town_of_several_words_are_those_of_the_town() -> None:
    scope = read("Flu scheme for surgeries in Lowick Regis").class_scope
    assert isinstance(scope, SomePractices)
    assert set(scope.practices) == {"Z30002", "Z30003", "Z30007"}, "one of them by a line of its address"
    both = read("Equipment for practices in Ferry and Lowick Regis").class_scope
    assert isinstance(both, SomePractices)
    assert set(both.practices) == {"Z30001", "Z30002", "Z30003", "Z30007"}


@pytest.mark.parametrize(
    "title",
    [
        "Payments for Ferry GPs",
        "GPs in Ferry: retention payments",
        "Ferry GP surgeries: IT funding",
        "Weekend funding, surgeries across Ferry",
        "Weekend working in Ferry: offer to GPs",
    ],
)
def test_the_gps_or_surgeries_of_a_place_are_its_practices(title: str) -> None:
    scope = read(title).class_scope
    assert isinstance(scope, SomePractices)
    assert scope.practices == ("Z30001",)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Ferry: temporary list closure", {"Z30001"}),
        ("Ferry list closure", {"Z30001"}),
        ("Ferry: fireworks", set()),
        ("Penmarsh: list closure", set()),
        ("Watermill Surgery, Ferry: list closure", {"Z30005"}),
        ("Stile Lane / Paddock Group Practice boundary", {"Z30002", "Z30004"}),
        ("Watermill Surgery/Holt Medical Centre: boundary change", {"Z30005", "Z30006"}),
        ("Minor surgery payments audit", set()),
    ],
)
def test_a_practice_may_be_called_by_its_town_or_beside_another_by_half_its_name(title: str, named: set[str]) -> None:
    assert {each.key for each in read(title).affected} == named


def test_of_several_practices_of_a_town_it_is_asked_which_is_meant() -> None:
    (doubt,) = screened("Penmarsh: list closure").doubts["1"]
    assert doubt.words == "Penmarsh"
    assert {one.code for one in doubt.organisations} == {"Z30004", "Z30005", "Z30006", "Z30007"}


def test_the_place_of_a_class_is_no_name_and_a_name_beside_it_stays() -> None:
    text = "Scheme for all practices in Ferry and Watermill Surgery"
    assert classless(text).split() == ["Scheme", "for", ";", "and", "Watermill", "Surgery"]
    assert len(classless(text)) == len(text)
    assert places_said(text) == ("Ferry",)
    assert places_said("practices in Ferry, Holt and Lowick: rent") == (
        "Ferry, Holt and Lowick",
        "Ferry",
        "Holt",
        "Lowick",
    )
    assert places_said("All practices of the Dengie PCN") == ()


@pytest.mark.parametrize(
    ("title", "description", "named"),
    [
        ("Improvement grant, Quay Surgery", "66% of the cost of two consulting rooms", {"Z30007"}),
        ("Improvement grant", "two consulting rooms at stile lane surgery", {"Z30002"}),
        ("Closure of Quay Surgery", "patients would move to stile lane surgery", {"Z30007", "Z30002"}),
        ("improvement grant", "consulting rooms", {"Z30099"}),
        ("Rent review: Consulting Rooms", "", {"Z30099"}),
    ],
)
def test_what_is_written_small_names_nobody_without_a_type_where_the_title_has_capitals(
    title: str, description: str, named: set[str]
) -> None:
    """Rule: MTG-02. Nobody guesses a name."""
    known = (*KNOWN, practice("Z30099", "CONSULTING ROOMS", "Fenby", area="97Z"))
    found = screen(
        [], [AgendaRow(1, "1", title, description, None, None, HERE)], on=DAY, area=HERE, organisations=known, finder=Matcher(known)
    )  # fmt: skip
    assert {one.key for one in found.items[0].affected} == named


@pytest.mark.parametrize(
    ("title", "out"),
    [
        (
            "LES for all practices, excluding Elm Surgery and Oak Surgery, and approve a merger of Ash Surgery",
            ("Elm Surgery and Oak Surgery",),
        ),
        ("Scheme for all practices in Devon apart from St. Thomas Surgery. Elm Surgery rent", ("St. Thomas Surgery",)),
        ("Open to all PCNs with the exception of the Oak PCN – decision", ("the Oak PCN",)),
        ("All practices (except Elm Surgery) to note", ("Elm Surgery",)),
        ("Offered to every practice except Elm Surgery and closure of Oak Surgery", ("Elm Surgery",)),
        ("Elm Surgery: closure except for Wednesdays", ()),
        ("Rent of no practice other than Elm Surgery", ()),
    ],
)
def test_whom_a_class_leaves_out_is_read_up_to_where_something_else_begins(title: str, out: tuple[str, ...]) -> None:
    rest, found = left_out_of(title)
    assert found == out
    assert len(rest) == len(title)
    assert ("Ash Surgery" in rest) is ("Ash Surgery" in title)


@pytest.mark.parametrize("other", ["nursing home", "care home", "pharmacy", "primary school", "hospice"])
def test_a_home_or_a_pharmacy_that_a_title_writes_small_is_no_practice_of_like_name(other: str) -> None:
    known = (practice("Z30098", "PHOENIX SURGERY", "Fenby"),)
    register = [RegisterRow(1, "Dr A", "", "Partner at Phoenix Surgery", None, None, None, None, HERE)]

    def concerned(title: str) -> set[str]:
        rows = [AgendaRow(1, "1", title, "", None, None, HERE)]
        found = screen(register, rows, on=DAY, area=HERE, organisations=known, finder=Matcher(known))
        return {one.key for one in found.items[0].affected}

    assert "Z30098" not in concerned(f"Phoenix House {other}: GP cover")
    assert "Z30098" in concerned(f"Phoenix Surgery {other} pilot: GP cover")
