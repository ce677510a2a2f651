"""The sixty scenarios of RULEBOOK §23, by number, as far as they concern screening; where the others are tested."""

import ast
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

ELSEWHERE: dict[int, tuple[str, ...]] = {
    8: (
        "tests/meetings/conflicts/test_queries.py::test_the_level_of_an_interest_in_a_bidder",
        "tests/registers/interests/test_views.py::test_the_relation_is_asked_of_somebody_elses_interest_alone_and_never_the_name",
    ),
    18: ("tests/screening/test_clauses.py::test_whoever_retired_still_receives_the_rent",),
    19: (
        "tests/meetings/conflicts/test_edges.py::test_scenario_19_a_room_that_a_practice_lets_counts_for_all_its_partners",
    ),
    20: (
        "tests/meetings/conflicts/test_presiding.py::test_scenario_20_the_vice_chair_presides_over_the_item_that_conflicts_the_chair",
    ),
    21: (
        "tests/meetings/conflicts/test_presiding.py::test_scenario_21_with_the_vice_chair_away_the_members_without_a_conflict_agree_who_presides",
    ),
    22: (
        "tests/meetings/conflicts/test_presiding.py::test_scenario_22_whoever_the_members_agree_on_presides_in_place_of_a_conflicted_chair_and_vice",
    ),
    23: (
        "tests/meetings/proceedings/test_decision_commands.py::test_scenario_23_losing_the_quorum_stops_the_item_and_not_the_meeting",
    ),
    24: (
        "tests/meetings/proceedings/test_decision_commands.py::test_scenario_24_the_quorum_is_lost_when_somebody_leaves_early",
    ),
    25: ("tests/meetings/proceedings/test_commands.py::test_scenario_25_whoever_joins_late_is_there_from_then_on",),
    26: (
        "tests/meetings/conflicts/test_commands.py::test_scenario_26_an_interest_declared_at_an_item_is_a_conflict_to_rule_on_and_due_on_the_register",
    ),
    27: (
        "tests/meetings/proceedings/test_decision_commands.py::test_scenario_27_what_went_on_regardless_is_recorded_as_it_happened",
        "tests/real/test_real_meetings.py::test_r17_a_registered_director_who_stays_silent_holds_the_decision_until_the_chair_rules",
    ),
    28: (
        "tests/meetings/conflicts/test_commands.py::test_scenario_28_anybody_may_tell_the_chair_and_is_named_to_nobody_else",
    ),
    29: ("tests/meetings/urgent/test_commands.py::test_a_conflicted_chair_cannot_take_it_and_the_vice_chair_does",),
    31: ("tests/meetings/proceedings/test_commands.py::test_scenario_31_a_deputy_has_one_line_per_committee",),
    32: (
        "tests/meetings/proceedings/test_commands.py::test_scenarios_32_and_34_removed_and_in_the_gallery_are_out_of_the_meeting",
    ),
    33: ("tests/meetings/proceedings/test_decision_commands.py::test_scenario_33_whoever_dropped_out_has_no_vote",),
    34: (
        "tests/meetings/proceedings/test_commands.py::test_scenarios_32_and_34_removed_and_in_the_gallery_are_out_of_the_meeting",
    ),
    38: (
        "tests/registers/breaches/test_rules.py::test_scenario_38_a_breach_where_something_was_decided_says_whether_the_decision_stands",
        "tests/meetings/proceedings/test_procurement.py::test_scenario_38_a_breach_found_after_an_award_leads_to_a_review_and_a_row_that_says_so",
    ),
    39: (
        "tests/registers/procurement/test_rules.py::test_until_2023_an_award_with_a_conflict_says_why_its_integrity_is_not_affected",
    ),
    41: ("tests/meetings/matters/test_matters.py::test_scenario_41_the_own_page_says_that_emails_count_too",),
    43: (
        "tests/meetings/proceedings/test_voting.py::test_scenario_43_whoever_presides_breaks_a_tie_where_the_terms_say_so",
    ),
    44: ("tests/meetings/conflicts/test_rules.py::test_scenario_44_more_than_half_standing_down_is_said",),
    45: (
        "tests/meetings/conflicts/test_queries.py::test_scenario_45_a_lay_chair_who_volunteers_for_a_bidding_charity_is_treated_as_a_gp_is",
    ),
    46: ("tests/meetings/conflicts/test_queries.py::test_scenario_46_somebody_in_attendance_is_flagged_too",),
    47: (
        "tests/meetings/conflicts/test_edges.py::test_scenario_47_a_standing_invitee_is_flagged_for_whom_they_speak",
        "tests/screening/test_representatives.py::test_whoever_has_a_post_in_the_committee_that_a_body_deals_with_is_softly_flagged",
        "tests/meetings/conflicts/test_edges.py::test_scenario_47_a_member_with_a_post_in_the_lmc_is_flagged_where_the_item_deals_with_it",
    ),
    48: ("tests/meetings/conflicts/test_queries.py::test_scenario_48_the_secretary_is_looked_at_as_staff",),
    49: (
        "tests/meetings/papers/test_views.py::test_scenario_49_the_secretary_and_those_who_may_preside_see_who_had_read_a_paper_before_the_ruling",
    ),
    50: (
        "tests/meetings/disputes/test_commands.py::test_whoever_refuses_to_leave_neither_counts_nor_votes_and_the_item_is_not_decided",
    ),
    51: ("tests/meetings/conflicts/test_commands.py::test_scenario_51_a_small_holding_is_noted_only_with_its_size",),
    52: ("tests/registers/gifts/test_rules.py::test_gifts_from_one_source_are_added_up",),
    53: ("tests/registers/gifts/test_rules.py::test_travel_that_is_more_than_modest_is_refused_unless_it_is_approved",),
    54: ("tests/registers/interests/test_redaction.py::test_the_guardian_decides_field_by_field",),
    55: (
        "tests/registers/interests/test_views.py::test_scenario_55_everything_on_record_about_one_person_since_a_day_is_a_file_without_what_is_withheld",
        "tests/publication/test_files.py::test_scenario_55_what_the_public_may_read_of_one_person_is_a_file_and_what_is_withheld_is_read_with_a_trace",
    ),
    57: (
        "tests/meetings/proceedings/test_decision_commands.py::test_scenario_57_with_the_gps_alone_there_an_item_of_theirs_has_no_quorum_and_is_put_off",
        "tests/committees/test_quorum_lint.py::test_a_committee_of_gps_cannot_do_without_them",
    ),
    58: (
        "tests/registers/procurement/test_rules.py::test_the_checklist_asks_more_of_direct_awards_to_practices_and_of_lists",
    ),
    59: (
        "tests/meetings/test_in_common.py::test_each_committee_rules_on_its_own_people_and_on_whoever_nobody_ruled_on",
    ),
}
"""Where a scenario is tested from what people record to what they read, each as file::test."""


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


def test_04_a_practice_manager_is_managed_as_its_salaried_gps_are() -> None:
    manager, gp = (only(replace(GP, role=role)) for role in (Role.PRACTICE_MANAGER, Role.SALARIED_GP))
    assert (manager.level, manager.relation, manager.suggested) == (gp.level, gp.relation, gp.suggested)
    assert manager.path[1] == "practice manager at Quillbrook"
    assert only(replace(GP, role=Role.PRACTICE_MANAGER), replace(OWN, stage="award")).level is Level.RELATED


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
    own, principal = replace(GP, person="Ms Dell"), replace(GP, key="2", person="Ms Dell", deputy_for="Dr Ashdown")
    assert [flag.person for flag in flags_for([own, principal], [OWN])] == [
        "Ms Dell",
        "Ms Dell (deputy for Dr Ashdown)",
    ]
    spouse = replace(principal, directness=Directness.INDIRECT, via="spouse")
    assert only(spouse).path[0] == "Ms Dell → deputy for Dr Ashdown → Dr Ashdown’s spouse"


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


def test_56_whoever_declared_nothing_declares_first() -> None:
    (flag,) = undeclared_flags(["Dr Ashdown"], [OWN])
    assert (flag.level, flag.suggested, flag.rules) == (Level.UNKNOWN, (), ("DECL-04",))


def test_59_what_concerns_another_body_s_practices_alone_flags_nobody_here_but_for_a_tie_of_their_own_there() -> None:
    theirs = replace(SCHEME, class_scope=AllPractices((OTHER_AREA,)))
    assert none(GP, theirs)
    assert only(GP, replace(SCHEME, class_scope=AllPractices((OTHER_AREA, AREA)))).level is Level.CLASS
    tie = replace(GP, role=Role.MEMBER, interest_type=InterestType.PROFESSIONAL, organisations=("lmc",))
    loyal = only(tie, about("lmc", Affected.BENEFICIARY))
    assert (loyal.level, loyal.relation) == (Level.RELATED, RelationKind.NON_FINANCIAL)
    assert only(tie, about("lmc", Affected.BENEFICIARY, class_scope=AllPractices((OTHER_AREA,)))).level is Level.RELATED


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
    assert [where for each in ELSEWHERE.values() for where in each if not _exists(where)] == []


def _exists(where: str) -> bool:
    """Whether a file has a test of this name."""
    path, _, name = where.partition("::")
    file = Path(__file__).resolve().parents[2] / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
    return any(isinstance(each, ast.FunctionDef) and each.name == name for each in tree.body)
