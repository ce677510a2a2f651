"""Interest × item → flags: levels, dates, paths."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.screening.rules import flags_for, months_after, undeclared_flags
from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    AllPractices,
    Directness,
    Edge,
    EdgeKind,
    InterestFact,
    InterestType,
    ItemFact,
    Level,
    PcnScope,
    RelationKind,
    Role,
    SomePractices,
)

DAY = date(2026, 1, 22)
NAMES = {"net": "Tarnwick PCN", "fed": "Marlow Federation", "co": "Tarn Care Ltd"}
OWN = InterestFact("1", "Dr Ashdown", ("quill",), ("Quillbrook",), role=Role.PARTNER)
ITEM = ItemFact("7", "Boundary change", DAY, (AffectedOrganisation("quill", "Quillbrook", Affected.CONTRACT_HOLDER),))
IN_NET = Edge("quill", "net", EdgeKind.MEMBER_OF_PCN, date(2019, 7, 1))


def only(interest: InterestFact = OWN, item: ItemFact = ITEM, *edges: Edge) -> tuple[RelationKind, Level] | None:
    flags = flags_for([interest], [item], edges, NAMES)
    assert len(flags) <= 1
    return (flags[0].relation, flags[0].level) if flags else None


def about(key: str, relation: Affected = Affected.BIDDER, **details: object) -> ItemFact:
    return replace(ITEM, affected=(AffectedOrganisation(key, NAMES.get(key, key), relation),), **details)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "relation", "level"),
    [
        ({}, RelationKind.DIRECT_FINANCIAL, Level.OWN_CONTRACT),
        ({"role": Role.SALARIED_GP}, RelationKind.DIRECT_FINANCIAL, Level.RELATED),
        ({"role": Role.LOCUM}, RelationKind.DIRECT_FINANCIAL, Level.RELATED),
        ({"role": Role.LANDLORD}, RelationKind.DIRECT_FINANCIAL, Level.MATERIAL),
        ({"role": Role.UNKNOWN}, RelationKind.DIRECT_FINANCIAL, Level.OWN_CONTRACT),
        ({"role": Role.VOLUNTEER}, RelationKind.NON_FINANCIAL, Level.RELATED),
        ({"role": Role.OTHER, "interest_type": InterestType.PROFESSIONAL}, RelationKind.NON_FINANCIAL, Level.RELATED),
        ({"role": Role.PARTNER, "interest_type": InterestType.PROFESSIONAL}, RelationKind.DIRECT_FINANCIAL, Level.OWN_CONTRACT),
        ({"directness": Directness.INDIRECT, "via": "spouse"}, RelationKind.INDIRECT, Level.MATERIAL),
        ({"directness": Directness.INDIRECT, "via": "spouse", "role": Role.EMPLOYEE}, RelationKind.INDIRECT, Level.RELATED),
        ({"directness": Directness.INDIRECT, "via": "close friend"}, RelationKind.INDIRECT, Level.RELATED),
    ],
)  # fmt: skip
def test_the_level_follows_whose_interest_it_is_and_in_what_role(
    changes: dict[str, object], relation: RelationKind, level: Level
) -> None:
    assert only(replace(OWN, **changes)) == (relation, level)  # type: ignore[arg-type]


def test_an_own_contract_suggests_leaving_without_papers() -> None:
    assert flags_for([OWN], [ITEM])[0].suggested == ("A4", "A3")


@pytest.mark.parametrize("relation", [Affected.COMPETITOR, Affected.NEIGHBOUR])
def test_a_competitor_s_or_neighbour_s_interest_is_indirect(relation: Affected) -> None:
    assert only(OWN, about("quill", relation)) == (RelationKind.INDIRECT, Level.RELATED)


@pytest.mark.parametrize(
    ("ended", "expected"),
    [
        (DAY, Level.OWN_CONTRACT),
        (DAY - timedelta(days=1), Level.RESIDUAL),
        (date(2025, 7, 22), Level.RESIDUAL),
        (date(2025, 7, 21), None),
    ],
    ids=["on the day itself", "the day before", "six months to the day", "a day more than six months"],
)
def test_an_ended_interest_counts_for_six_months(ended: date, expected: Level | None) -> None:
    found = only(replace(OWN, ended_on=ended))
    assert (found and found[1]) == expected


def test_six_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert months_after(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_after(date(2023, 8, 31), 6) == date(2024, 2, 29)


def test_an_interest_that_ended_on_an_unknown_day_is_left_to_the_chair() -> None:
    assert only(replace(OWN, has_ended=True)) == (RelationKind.DIRECT_FINANCIAL, Level.RESIDUAL)


def test_a_future_interest_counts_only_while_it_is_pursued() -> None:
    later = replace(OWN, arose_on=DAY + timedelta(days=30))
    assert only(later) is None
    assert only(replace(later, is_pursuing=True)) == (RelationKind.DIRECT_FINANCIAL, Level.RESIDUAL)


def test_a_practice_s_network_is_its_partner_s_interest() -> None:
    assert only(OWN, about("net"), IN_NET) == (RelationKind.DIRECT_FINANCIAL, Level.MATERIAL)


def test_a_network_left_before_the_meeting_counts_no_more() -> None:
    assert only(OWN, about("net"), replace(IN_NET, valid_to=DAY - timedelta(days=1))) is None


def test_the_days_of_a_relation_stand_in_the_path_where_it_has_an_end_or_lies_ahead() -> None:
    """Source: RULEBOOK §24 rule 1 (path of edges with dates). Of two times in one network, the one that holds on the day is told."""
    first = replace(IN_NET, valid_from=date(2019, 7, 1), valid_to=date(2020, 3, 31))
    again = replace(IN_NET, valid_from=date(2024, 4, 1), valid_to=date(2026, 6, 30))
    (flag,) = flags_for([OWN], [about("net")], [first, again], NAMES)
    assert flag.path[2] == "member of Tarnwick PCN (from 1 April 2024 until 30 June 2026)"
    (flag,) = flags_for([OWN], [about("net")], [IN_NET], NAMES)
    assert flag.path[2] == "member of Tarnwick PCN"
    owned = Edge("co", "fed", EdgeKind.OWNED_BY, None, date(2027, 1, 1), "60%")
    chair = replace(OWN, organisations=("fed",), organisation_names=("Marlow Federation",))
    (flag,) = flags_for([chair], [about("co")], [owned], NAMES)
    assert flag.path[2] == "owner of Tarn Care Ltd (60%, until 1 January 2027)"
    old = replace(OWN, organisations=("old",), organisation_names=("Old Surgery",))
    merged = Edge("old", "quill", EdgeKind.SUCCEEDED_BY, DAY + timedelta(days=1))
    (flag,) = flags_for([old], [ITEM], [merged], NAMES)
    assert flag.path[2] == "to become part of Quillbrook (from 23 January 2026)"


def test_a_share_in_a_federation_leads_to_what_it_bids_for_in_words() -> None:
    holds = Edge("quill", "fed", EdgeKind.SHAREHOLDER_IN)
    owned = Edge("co", "fed", EdgeKind.OWNED_BY)
    flag = flags_for([OWN], [about("co")], [holds, owned], NAMES)[0]
    assert flag.path == (
        "Dr Ashdown", "partner at Quillbrook", "shareholder in Marlow Federation", "owner of Tarn Care Ltd", "bidder in item 7",
    )  # fmt: skip
    assert flag.level is Level.MATERIAL


def test_whoever_directs_a_company_is_related_to_what_its_owner_gains_and_no_further() -> None:
    director = replace(OWN, organisations=("co",), organisation_names=("Tarn Care Ltd",), role=Role.DIRECTOR)
    owned, round_again = Edge("co", "fed", EdgeKind.OWNED_BY), Edge("fed", "co", EdgeKind.OWNED_BY)
    (flag,) = flags_for([director], [about("fed")], [owned, round_again], NAMES)
    assert flag.path == ("Dr Ashdown", "director of Tarn Care Ltd", "owner of Marlow Federation", "bidder in item 7")
    (flag,) = flags_for([director], [about("fed")], [owned], NAMES)
    assert flag.path == ("Dr Ashdown", "director of Tarn Care Ltd", "owned by Marlow Federation", "bidder in item 7")
    assert (flag.relation, flag.level) == (RelationKind.INDIRECT, Level.RELATED)
    assert only(director, about("far"), owned, Edge("fed", "far", EdgeKind.SHAREHOLDER_IN)) is None
    assert only(director, about("fed"), replace(owned, valid_to=DAY - timedelta(days=1))) is None


def test_the_landlord_of_a_practice_is_flagged_for_its_rent() -> None:
    landlord = replace(
        OWN, organisations=("land",), organisation_names=("Station Road Estates",), role=Role.SHAREHOLDER
    )
    assert only(landlord, ITEM, Edge("land", "quill", EdgeKind.LANDLORD_OF)) == (
        RelationKind.DIRECT_FINANCIAL,
        Level.MATERIAL,
    )


def test_a_practice_merged_away_leads_to_its_successor() -> None:
    old = replace(OWN, organisations=("old",), organisation_names=("Old Surgery",))
    assert only(old, ITEM, Edge("old", "quill", EdgeKind.SUCCEEDED_BY)) == (
        RelationKind.DIRECT_FINANCIAL,
        Level.MATERIAL,
    )


def test_a_patient_is_flagged_where_their_practice_is_named_and_not_where_everybody_is_a_patient() -> None:
    patient = replace(OWN, role=Role.PATIENT, interest_type=InterestType.PERSONAL)
    of_area = Edge("quill", "01A", EdgeKind.COMMISSIONED_BY)
    assert only(patient) == (RelationKind.NON_FINANCIAL, Level.RELATED)
    assert only(patient, replace(ITEM, affected=(), class_scope=AllPractices(("01A",))), of_area) is None
    assert only(replace(OWN, role=Role.MEMBER), replace(ITEM, affected=(), class_scope=AllPractices(("01A",))), of_area)
    assert only(patient, about("net", Affected.CONTRACT_HOLDER), IN_NET) is None


def test_neighbours_are_flagged_only_where_patients_move() -> None:
    neighbour = replace(OWN, organisations=("near",), organisation_names=("Nearby Surgery",))
    edges = (IN_NET, Edge("near", "net", EdgeKind.MEMBER_OF_PCN))
    assert only(neighbour, ITEM, *edges) is None
    assert only(neighbour, replace(ITEM, moves_patients=True), *edges) == (RelationKind.INDIRECT, Level.RELATED)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (RelationKind.CLASS_WIDE, Level.CLASS)),
        ({"role": Role.SALARIED_GP}, (RelationKind.CLASS_WIDE, Level.CLASS)),
        ({"role": Role.EMPLOYEE}, (RelationKind.CLASS_WIDE, Level.RELATED)),
        ({"directness": Directness.INDIRECT, "via": "wife"}, (RelationKind.INDIRECT, Level.RELATED)),
        ({"organisations": ("elsewhere",)}, None),
    ],
)
def test_a_scheme_for_all_practices_touches_those_of_the_area(changes: dict[str, object], expected: object) -> None:
    scheme = replace(ITEM, affected=(), class_scope=AllPractices(("99Z",)))
    edges = (Edge("quill", "99Z", EdgeKind.COMMISSIONED_BY), Edge("elsewhere", "98Z", EdgeKind.COMMISSIONED_BY))
    assert only(replace(OWN, **changes), scheme, *edges) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (RelationKind.CLASS_WIDE, Level.RELATED)),
        ({"role": Role.EMPLOYEE}, (RelationKind.CLASS_WIDE, Level.RELATED)),
        ({"role": Role.SHAREHOLDER}, (RelationKind.CLASS_WIDE, Level.CLASS)),
        ({"directness": Directness.INDIRECT, "via": "wife"}, (RelationKind.INDIRECT, Level.RELATED)),
        ({"organisations": ("far",)}, None),
    ],
)
def test_what_is_offered_to_all_networks_touches_whoever_leads_or_works_for_one(
    changes: dict[str, object], expected: object
) -> None:
    """Rule: MTG-02; RULEBOOK §24 F4 (PCN officer)."""
    officer = replace(OWN, organisations=("net",), organisation_names=("Tarnwick PCN",), role=Role.CLINICAL_DIRECTOR)
    edges = (Edge("net", "99Z", EdgeKind.NETWORK_OF), Edge("far", "98Z", EdgeKind.NETWORK_OF))
    scheme = replace(ITEM, affected=(), class_scope=AllPractices(("99Z",), "all practices in 99Z", has_networks=True))
    assert only(replace(officer, **changes), scheme, *edges) == expected  # type: ignore[arg-type]
    assert only(officer, replace(scheme, class_scope=AllPractices(("99Z",))), *edges) is None
    of_town = replace(scheme, class_scope=SomePractices(("quill", "net"), "all practices in Tarnwick"))
    (flag,) = flags_for([officer], [of_town], edges, NAMES)
    assert flag.path[1:] == ("clinical director of Tarnwick PCN", "a network of all practices in Tarnwick, in item 7")


def test_a_federation_is_no_practice_of_the_area() -> None:
    board = replace(OWN, organisations=("fed",), role=Role.DIRECTOR)
    assert only(board, replace(ITEM, affected=(), class_scope=AllPractices(("99Z",)))) is None


def test_a_scope_of_one_network_touches_its_members() -> None:
    assert only(OWN, replace(ITEM, affected=(), class_scope=PcnScope(("net",))), IN_NET) == (
        RelationKind.DIRECT_FINANCIAL,
        Level.MATERIAL,
    )


def test_the_strongest_path_leads_and_the_others_are_kept() -> None:
    item = replace(ITEM, affected=(*ITEM.affected, AffectedOrganisation("net", "Tarnwick PCN", Affected.BENEFICIARY)))
    flag = flags_for([OWN], [item], [IN_NET], NAMES)[0]
    assert flag.level is Level.OWN_CONTRACT
    assert flag.others == (("Dr Ashdown", "partner at Quillbrook", "member of Tarnwick PCN", "beneficiary of item 7"),)


def test_whoever_declared_nothing_is_asked_to_declare_first() -> None:
    flag = undeclared_flags(["Dr Ashdown"], [ITEM])[0]
    assert (flag.level, flag.suggested) == (Level.UNKNOWN, ())


FACTS = st.builds(
    InterestFact,
    key=st.uuids().map(str),
    person=st.sampled_from(["Dr Ashdown", "Ms Wren"]),
    organisations=st.lists(st.sampled_from(["quill", "net", "fed", "co", "far"]), max_size=2, unique=True).map(tuple),
    role=st.sampled_from(Role),
    interest_type=st.sampled_from(InterestType),
    directness=st.sampled_from(Directness),
    ended_on=st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    arose_on=st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1)),
)
EDGES = (IN_NET, Edge("quill", "fed", EdgeKind.SHAREHOLDER_IN), Edge("co", "fed", EdgeKind.OWNED_BY))
ITEMS = (ITEM, replace(about("co"), key="8"), replace(about("net"), key="9"))


@given(st.lists(FACTS, max_size=6), FACTS)
def test_one_more_interest_never_removes_a_flag(facts: list[InterestFact], another: InterestFact) -> None:
    before = set(flags_for(facts, ITEMS, EDGES, NAMES))
    assert before <= set(flags_for([*facts, another], ITEMS, EDGES, NAMES))


@given(FACTS, st.integers(185, 4000))
def test_an_interest_that_ended_long_before_is_never_flagged(fact: InterestFact, days: int) -> None:
    assert flags_for([replace(fact, ended_on=DAY - timedelta(days=days))], ITEMS, EDGES, NAMES) == ()


@given(st.lists(FACTS, max_size=8))
def test_every_flag_says_who_why_and_for_which_item(facts: list[InterestFact]) -> None:
    for flag in flags_for(facts, ITEMS, EDGES, NAMES):
        assert flag.person in flag.path[0]
        assert flag.path[-1].endswith(f"item {flag.item_key}")
        assert len(flag.path) >= 3
        assert flag.organisations
