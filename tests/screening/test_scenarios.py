"""The sixty scenarios of RULEBOOK §23, by number, as far as they concern screening; where the others are tested."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from coi.screening.fellows import fellow_flags
from coi.screening.flags import Flag
from coi.screening.rules import flags_for, undeclared_flags
from coi.screening.terms import Terms
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
    Origin,
    PcnScope,
    RelationKind,
    Role,
)

DAY = date(2026, 3, 11)
AREA, OTHER_AREA = "99Z", "98Z"
GP = InterestFact("1", "Dr Ashdown", ("quill",), ("Quillbrook",), role=Role.PARTNER)
OWN = ItemFact("6", "Contract variation", DAY, (AffectedOrganisation("quill", "Quillbrook", Affected.CONTRACT_HOLDER),))
SCHEME = ItemFact("7", "Local enhanced service", DAY, class_scope=AllPractices((AREA,), "all practices of the area"))
HERE = (
    Edge("quill", AREA, EdgeKind.COMMISSIONED_BY), Edge("oster", AREA, EdgeKind.COMMISSIONED_BY),
    Edge("quill", "net", EdgeKind.MEMBER_OF_PCN), Edge("oster", "net", EdgeKind.MEMBER_OF_PCN),
    Edge("quill", "fed", EdgeKind.SHAREHOLDER_IN), Edge("oster", "fed", EdgeKind.SHAREHOLDER_IN),
)  # fmt: skip
NAMES = {"chem": "Tarn Pharmacy", "net": "Tarnwick PCN", "fed": "Marlow Federation", "oster": "Osterleigh"}

ELSEWHERE = {
    19: "tests/meetings/conflicts/test_edges.py",
    20: "tests/meetings/conflicts/test_presiding.py",
    21: "tests/meetings/conflicts/test_presiding.py",
    22: "tests/meetings/conflicts/test_presiding.py",
    23: "tests/meetings/proceedings/test_decision_commands.py",
    24: "tests/meetings/test_presence.py",
    25: "tests/meetings/proceedings/test_commands.py",
    26: "tests/meetings/conflicts/test_commands.py",
    27: "tests/real/test_real_meetings.py",
    28: "tests/meetings/conflicts/test_commands.py",
    29: "tests/meetings/urgent/test_commands.py",
    31: "tests/meetings/proceedings/test_commands.py",
    32: "tests/meetings/test_presence.py",
    33: "tests/meetings/proceedings/test_voting.py",
    34: "tests/meetings/proceedings/test_commands.py",
    38: "tests/registers/breaches/test_rules.py",
    39: "tests/registers/procurement/test_rules.py",
    41: "tests/meetings/matters/test_matters.py",
    43: "tests/meetings/proceedings/test_voting.py",
    44: "tests/meetings/conflicts/test_rules.py",
    49: "tests/meetings/papers/test_commands.py",
    50: "tests/meetings/disputes/test_commands.py",
    51: "tests/meetings/conflicts/test_rules.py",
    52: "tests/registers/gifts/test_rules.py",
    53: "tests/registers/gifts/test_rules.py",
    54: "tests/registers/interests/test_redaction.py",
    55: "tests/registers/interests/test_queries.py",
    57: "tests/committees/test_quorum_lint.py",
    58: "tests/registers/procurement/test_rules.py",
}


def only(interest: InterestFact, item: ItemFact = OWN, *edges: Edge, terms: Terms | None = None) -> Flag:
    """Returns the one flag that this interest gets on this item."""
    (flag,) = flags_for([interest], [item], edges or HERE, NAMES, terms or Terms())
    return flag


def none(interest: InterestFact, item: ItemFact = OWN, *edges: Edge) -> bool:
    return not flags_for([interest], [item], edges or HERE, NAMES)


def about(key: str, relation: Affected, **changes: object) -> ItemFact:
    item = replace(OWN, affected=(AffectedOrganisation(key, NAMES.get(key, key), relation),))
    return replace(item, **changes)  # type: ignore[arg-type]


def test_01_a_partner_s_own_contract() -> None:
    flag = only(GP)
    assert (flag.level, flag.relation, flag.suggested) == (
        Level.OWN_CONTRACT,
        RelationKind.DIRECT_FINANCIAL,
        ("A4", "A3"),
    )
    assert flag.path == ("Dr Ashdown", "partner at Quillbrook", "contract holder in item 6")  # fmt: skip


def test_02_a_salaried_gp_is_not_called_owner() -> None:
    flag = only(replace(GP, role=Role.SALARIED_GP))
    assert (flag.level, flag.relation, flag.suggested) == (Level.RELATED, RelationKind.DIRECT_FINANCIAL, ("A5", "A6"))


def test_03_a_locum_is_flagged_softly_until_the_sessions_ended_long_ago() -> None:
    locum = replace(GP, role=Role.LOCUM)
    assert only(locum).level is Level.RELATED
    assert only(replace(locum, ended_on=DAY - timedelta(days=30))).level is Level.RESIDUAL


def test_04_a_practice_manager_is_managed_as_its_gps_are() -> None:
    assert only(replace(GP, role=Role.EMPLOYEE)).level is Level.RELATED


def test_05_a_federation_in_which_the_practice_holds_a_share() -> None:
    flag = only(GP, about("fed", Affected.BIDDER))
    assert (flag.level, flag.relation) == (Level.MATERIAL, RelationKind.DIRECT_FINANCIAL)
    assert flag.path == ("Dr Ashdown", "partner at Quillbrook", "shareholder in Marlow Federation", "bidder in item 6")


def test_06_a_dormant_share_is_flagged_and_called_dormant() -> None:
    share = replace(
        GP, organisations=("fed",), organisation_names=("Marlow Federation",), role=Role.SHAREHOLDER, is_dormant=True
    )
    flag = only(share, about("fed", Affected.BIDDER))
    assert flag.path[1] == "shareholder in Marlow Federation (dormant)"


def test_07_a_scheme_for_all_practices_gets_each_person_a_flag() -> None:
    others = [
        replace(GP, key="2", person="Dr Birch", organisations=("oster",)),
        replace(GP, key="3", person="Dr Carr", organisations=("far",)),
    ]
    flags = flags_for([GP, *others], [SCHEME], HERE, NAMES)
    assert [(flag.person, flag.level, flag.suggested) for flag in flags] == [
        ("Dr Ashdown", Level.CLASS, ("A4", "A5")), ("Dr Birch", Level.CLASS, ("A4", "A5")),
    ]  # fmt: skip
    assert flags[0].path == ("Dr Ashdown", "partner at Quillbrook", "one of all practices of the area, in item 7")


def test_08_and_09_a_spouse_s_post_is_weaker_than_a_spouse_s_share() -> None:
    spouse = replace(
        GP, directness=Directness.INDIRECT, via="spouse", organisations=("co",), organisation_names=("Tarn Care Ltd",)
    )
    bid = about("co", Affected.BIDDER)
    junior, owner = only(replace(spouse, role=Role.EMPLOYEE), bid), only(replace(spouse, role=Role.DIRECTOR), bid)
    assert (junior.level, owner.level) == (Level.RELATED, Level.MATERIAL)
    assert {junior.relation, owner.relation} == {RelationKind.INDIRECT}
    assert junior.path[0] == "Dr Ashdown’s spouse"
    assert only(replace(spouse, role=Role.EMPLOYEE), replace(bid, stage="award")).suggested == ("A4", "A5")


def test_10_a_close_friend_is_left_to_the_chair_s_judgement() -> None:
    friend = replace(GP, directness=Directness.INDIRECT, via="close friend", role=Role.DIRECTOR)
    assert (only(friend).relation, only(friend).level) == (RelationKind.INDIRECT, Level.RELATED)


def test_11_a_fellow_partner_s_pharmacy_counts_by_cross_reference() -> None:
    fellow = replace(GP, key="2", person="Dr Birch")
    pharmacy = replace(
        GP, key="3", person="Dr Birch", organisations=("chem",), organisation_names=("Tarn Pharmacy",), role=Role.OWNER
    )
    interests, item = [GP, fellow, pharmacy], about("chem", Affected.BENEFICIARY)
    flags = flags_for(interests, [item])
    (derived,) = fellow_flags(flags, interests)
    assert (derived.person, derived.level, derived.relation) == ("Dr Ashdown", Level.RESIDUAL, RelationKind.INDIRECT)
    assert derived.path == (
        "Dr Ashdown", "partner at Quillbrook", "fellow partner of Dr Birch", "owner of Tarn Pharmacy", "beneficiary of item 6",
    )  # fmt: skip
    assert derived.rules[0] == "DECL-08"
    assert fellow_flags(flags_for([GP, fellow], [OWN]), [GP, fellow]) == ()  # both have flags of their own


def test_12_and_13_an_interest_that_ended_counts_for_six_months() -> None:
    four, seven = replace(GP, ended_on=date(2025, 11, 10)), replace(GP, ended_on=date(2025, 8, 10))
    assert (only(four).level, only(four).rules[0], only(four).suggested) == (Level.RESIDUAL, "REG-03", ())
    assert only(four).path[1] == "until 10 November 2025 partner at Quillbrook"
    assert only(replace(four, role=Role.UNKNOWN)).path[1] == "until 10 November 2025 had an interest in Quillbrook"
    assert none(seven)


def test_14_an_interest_that_is_pursued_counts() -> None:
    hoped = replace(GP, role=Role.EMPLOYEE, arose_on=DAY + timedelta(days=60), is_pursuing=True)
    assert (only(hoped).level, only(hoped).rules[0]) == (Level.RESIDUAL, "DECL-09")
    assert only(hoped).path[1] == "hoping to be employed by Quillbrook"
    said = {role: only(replace(hoped, role=role)).path[1] for role in (Role.PARTNER, Role.UNKNOWN)}
    assert said[Role.PARTNER] == "hoping to become partner at Quillbrook"
    assert said[Role.UNKNOWN] == "hoping for an interest in Quillbrook"


def test_15_and_17_both_sides_of_a_merger_and_the_neighbours_of_a_closing() -> None:
    merger = about(
        "quill", Affected.SUBJECT, affected=(*OWN.affected, AffectedOrganisation("second", "Second", Affected.SUBJECT))
    )
    second = replace(GP, key="2", organisations=("second",))
    assert [flag.level for flag in flags_for([GP, second], [merger], HERE)] == [Level.OWN_CONTRACT, Level.OWN_CONTRACT]
    neighbour = replace(GP, organisations=("oster",), organisation_names=("Osterleigh",))
    assert none(neighbour)
    gains = only(neighbour, replace(OWN, moves_patients=True))
    assert (gains.level, gains.relation) == (Level.RELATED, RelationKind.INDIRECT)


def test_16_an_interest_in_a_practice_merged_away_is_one_in_its_successor() -> None:
    old = replace(GP, organisations=("old",), organisation_names=("Old Surgery",))
    flag = only(old, OWN, Edge("old", "quill", EdgeKind.SUCCEEDED_BY, date(2024, 4, 1)))
    assert "now part of Quillbrook" in flag.path


def test_18_a_retired_partner_who_receives_the_rent() -> None:
    landlord = replace(GP, role=Role.LANDLORD)
    assert (only(landlord).level, only(landlord).suggested) == (Level.MATERIAL, ("A4", "A5"))


def test_30_a_deputy_s_own_interests_and_the_principal_s_both_count() -> None:
    own, principal = replace(GP, person="Ms Dell"), replace(GP, key="2", person="Ms Dell (deputy for Dr Ashdown)")
    assert [flag.person for flag in flags_for([own, principal], [OWN])] == [
        "Ms Dell",
        "Ms Dell (deputy for Dr Ashdown)",
    ]


def test_35_and_36_nobody_is_conflicted_by_their_role_in_the_body_itself() -> None:
    terms = Terms(lets_discuss=True, own_bodies=frozenset({"icb"}))
    member = replace(GP, role=Role.MEMBER, organisations=("icb",))
    assert flags_for([member], [about("icb", Affected.FUNDER)], (), NAMES, terms) == ()
    network = replace(OWN, affected=(), class_scope=PcnScope(("net",)))
    assert only(GP, network, terms=terms).suggested == ("A5", "A4")
    assert only(GP, replace(network, stage="award"), terms=terms).suggested == ("A4", "A3")
    employed = replace(GP, role=Role.EMPLOYEE, organisations=("trust",))
    assert only(employed, about("trust", Affected.CONTRACT_HOLDER), terms=terms).suggested == ("A5", "A6")


def test_37_a_losing_bidder_s_interest_is_flagged_softly() -> None:
    flag = only(GP, about("fed", Affected.COMPETITOR))
    assert (flag.level, flag.relation) == (Level.RELATED, RelationKind.INDIRECT)
    assert flag.path[-1] == "competitor in item 6"


def test_40_what_somebody_wrote_earlier_follows_the_matter() -> None:
    item = replace(OWN, origins=(Origin("Dr Ashdown", "wrote the business case"), Origin("Ms Dell", "advised")))
    assert only(GP, item).notes == ("wrote the business case",)


@pytest.mark.parametrize(
    ("stage", "suggested"), [("design", ("A5", "A4")), ("award", ("A4", "A3")), ("", ("A4", "A3"))]
)
def test_42_clinicians_may_design_what_they_may_not_award(stage: str, suggested: tuple[str, ...]) -> None:
    assert only(GP, replace(OWN, stage=stage)).suggested == suggested


@pytest.mark.parametrize("number", [45, 46, 47, 48], ids=["lay member", "patient", "LMC", "secretary"])
def test_45_to_48_the_rules_are_the_same_for_whoever_takes_part(number: int) -> None:
    changes: dict[int, InterestFact] = {
        45: replace(GP, person="Lay member", role=Role.VOLUNTEER),
        46: replace(GP, person="Patient", role=Role.OTHER, interest_type=InterestType.PERSONAL),
        47: replace(GP, person="LMC", role=Role.MEMBER, interest_type=InterestType.PROFESSIONAL),
        48: replace(GP, person="Secretary", directness=Directness.INDIRECT, via="spouse"),
    }
    flag = only(changes[number])
    assert flag.relation is (RelationKind.INDIRECT if number == 48 else RelationKind.NON_FINANCIAL)
    assert flag.level is (Level.MATERIAL if number == 48 else Level.RELATED)


def test_56_whoever_declared_nothing_declares_first() -> None:
    (flag,) = undeclared_flags(["Dr Ashdown"], [OWN])
    assert (flag.level, flag.suggested, flag.rules) == (Level.UNKNOWN, (), ("DECL-04",))


def test_59_what_concerns_another_body_s_practices_alone_flags_nobody_here() -> None:
    assert none(GP, replace(SCHEME, class_scope=AllPractices((OTHER_AREA,))))


def test_60_who_became_a_provider_s_employee_is_flagged_from_that_day() -> None:
    post = replace(GP, role=Role.EMPLOYEE, arose_on=DAY)
    assert only(post).level is Level.RELATED
    assert none(replace(post, arose_on=DAY + timedelta(days=1)))


def test_a_gift_counts_for_twelve_months() -> None:
    gift = replace(GP, role=Role.SPONSORED, received_on=date(2025, 3, 11))
    flag = only(gift)
    assert (flag.level, flag.rules[0]) == (Level.RESIDUAL, "GIFT-02")
    assert flag.path[1] == "received a gift or hospitality on 11 March 2025 from Quillbrook"
    assert none(replace(gift, received_on=date(2025, 3, 10)))
    assert none(replace(gift, received_on=DAY + timedelta(days=1)))


def test_owners_in_a_circle_get_an_answer() -> None:
    circle = (
        Edge("quill", "co", EdgeKind.OWNED_BY),
        Edge("co", "quill", EdgeKind.OWNED_BY),
        Edge("co", "co", EdgeKind.SHAREHOLDER_IN),
    )
    assert only(GP, about("co", Affected.BIDDER), *circle).level is Level.MATERIAL


def test_dates_that_contradict_each_other_get_an_answer() -> None:
    odd = replace(GP, arose_on=date(2026, 1, 1), ended_on=date(2025, 12, 1))
    assert only(odd).level is Level.RESIDUAL
    backwards = Edge("quill", "net", EdgeKind.MEMBER_OF_PCN, date(2025, 1, 1), date(2024, 1, 1))
    assert none(GP, about("net", Affected.BENEFICIARY), backwards)


def test_a_person_with_five_hundred_interests_and_an_item_with_three_hundred_practices() -> None:
    interests = [replace(GP, key=str(n), organisations=(f"p{n}",)) for n in range(500)]
    affected = tuple(AffectedOrganisation(f"p{n}", f"Practice {n}") for n in range(300))
    assert len(flags_for(interests, [replace(OWN, affected=affected)])) == 300


def test_every_scenario_is_tested_here_or_listed_with_its_place() -> None:
    here = set()
    for name in globals():
        if found := re.match(r"test_(\d\d)(?:_(and|to)_(\d\d))?", name):
            first, last = int(found[1]), int(found[3] or found[1])
            here |= set(range(first, last + 1)) if found[2] == "to" else {first, last}
    assert here | set(ELSEWHERE) == set(range(1, 61))
    root = Path(__file__).resolve().parents[2]
    assert [where for where in ELSEWHERE.values() if not (root / where).exists()] == []
