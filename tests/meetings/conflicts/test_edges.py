"""Scenarios of RULEBOOK §23 whose way from person to item leads through other records: gifts, fellow partners, relations between
organisations, the body itself; read from the database."""

from datetime import date

import pytest

from coi.database import db
from coi.meetings import commands as planning
from coi.meetings.conflicts.flag_commands import dismiss_flag
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    Capacity,
    ClassScope,
    FlagState,
    ItemDetails,
    Purpose,
)
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role
from coi.registers.gifts.commands import correct_gift
from coi.registers.gifts.vocabulary import OfferSource, Response
from coi.registers.interests.vocabulary import InterestRole, InterestType, Via
from tests.factories.gifts import a_gift, gift_details
from tests.factories.meetings import PLANNED, SYSTEM, a_declared_interest, a_meeting, a_scene, an_item, attending, ruled
from tests.factories.organisations import a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person

pytestmark = pytest.mark.usefixtures("app")
COMPANY, PCN, FEDERATION = OrganisationKind.COMPANY, OrganisationKind.PCN, OrganisationKind.FEDERATION


@pytest.fixture
def scene(app):
    return a_scene()


def flags(item):
    return [(flag.name, flag.level, flag.path[1:-1]) for flag in flags_of_item(item, known_at=PLANNED)]


def a_meal(scene, supplier, person=None, **changes):
    given = {
        "source": OfferSource.SUPPLIER,
        "offeror": supplier.name,
        "offeror_id": supplier.id,
        "description": "Dinner",
    }
    return a_gift(scene.body, person or scene.lay, **{**given, **changes})


def test_a_gift_from_a_bidder_is_noted_without_asking_the_guardian_about_an_own_contract(scene):
    supplier = an_organisation("Fen Care Ltd", COMPANY)
    a_meal(scene, supplier)
    item = an_item(scene.meeting, affected=[supplier], relation=AffectedRelation.BIDDER)
    assert ruled(scene, item, "lay", "A6", rationale="A lunch for the whole room").number == 1


def test_a_gift_from_the_affected_supplier_is_flagged_for_twelve_months(scene):
    supplier = an_organisation("Fen Care Ltd", COMPANY)
    gift = a_meal(scene, supplier)
    item = an_item(scene.meeting, affected=[supplier], relation=AffectedRelation.BIDDER)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.name, flag.level, flag.rule_ids[0], flag.suggested) == ("Ms Cat Cole", "F5", "GIFT-02", ())
    assert flag.path[1] == "received a gift or hospitality on 8 May 2026 from Fen Care Ltd"
    searched = conflicts_at(scene.meeting, known_at=PLANNED).searched
    assert "0 interests, 1 gift or hospitality and 0 relations" in searched.words
    dismiss_flag(item, flag, "A sandwich", actor=scene.actor("chair", Role.CHAIR), at=PLANNED, guardian_consulted=True)
    assert [each.state for each in flags_of_item(item, known_at=PLANNED)] == [FlagState.DISMISSED]
    details = gift_details(offeror=supplier.name, offeror_id=supplier.id, description="A journey")
    correct_gift(gift, details, version=1, note="It was more", actor=SYSTEM, at=PLANNED)
    assert [each.is_live for each in flags_of_item(item, known_at=PLANNED)] == [True]


@pytest.mark.parametrize(
    "changes",
    [
        {"offered_on": date(2025, 11, 2), "received_on": date(2025, 11, 2)},
        {"response": Response.DECLINED, "received_on": None},
    ],
    ids=["more than twelve months ago", "declined"],
)
def test_a_gift_that_is_old_or_was_declined_flags_nobody(scene, changes):
    supplier = an_organisation("Fen Care Ltd", COMPANY)
    a_meal(scene, supplier, **changes)
    assert flags(an_item(scene.meeting, affected=[supplier])) == []


def test_scenario_6_a_dormant_share_is_flagged_and_called_so(scene):
    federation = an_organisation("Marsh Federation", FEDERATION)
    a_declared_interest(scene.gp, federation, InterestRole.SHAREHOLDER, nature="One share, dormant since 2021")
    item = an_item(scene.meeting, affected=[federation], relation=AffectedRelation.BIDDER)
    assert flags(item) == [("Dr Fay Fenn", "F1", ("shareholder in Marsh Federation (dormant)",))]


def test_scenario_11_what_a_fellow_partner_holds_counts_although_they_have_no_part_in_the_meeting(scene):
    elm, pharmacy = an_organisation("Elm Surgery"), an_organisation("Tarn Pharmacy", COMPANY)
    fellow = a_person("Dr Ned North")
    a_declared_interest(scene.gp, elm)
    a_declared_interest(fellow, elm)
    a_declared_interest(fellow, pharmacy, InterestRole.OWNER)
    a_declared_interest(scene.other_gp, elm, ended_on=date(2026, 9, 1))
    item = an_item(scene.meeting, affected=[pharmacy])
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.name, flag.level, flag.rule_ids[0]) == ("Dr Fay Fenn", "F5", "DECL-08")
    assert flag.path[1:3] == ("partner at Elm Surgery", "fellow partner of Dr Ned North")
    searched = conflicts_at(scene.meeting, known_at=PLANNED).searched
    assert (searched.interests, searched.of_others) == (2, 2)


def test_scenario_19_a_room_that_a_practice_lets_counts_for_all_its_partners(scene):
    elm, clinic = an_organisation("Elm Surgery"), an_organisation("Fen Physiotherapy", COMPANY)
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.other_gp, elm)
    a_declared_interest(scene.gp, clinic, InterestRole.LANDLORD, nature="The practice lets a room")
    item = an_item(scene.meeting, "Pilot", [clinic], relation=AffectedRelation.BENEFICIARY)
    found = {flag.name: (flag.level, flag.path[2:-1]) for flag in flags_of_item(item, known_at=PLANNED)}
    assert found == {
        "Dr Fay Fenn": ("F2", ()),
        "Dr Guy Gorse": ("F5", ("fellow partner of Dr Fay Fenn", "landlord of Fen Physiotherapy")),
    }


def test_scenario_16_an_interest_in_a_practice_that_merged_leads_to_its_successor(scene):
    old, new = an_organisation("Old Surgery"), an_organisation("New Surgery")
    a_relation(old, RelationKind.SUCCEEDED_BY, new, valid_from=date(2025, 4, 1))
    a_declared_interest(scene.gp, old)
    assert flags(an_item(scene.meeting, affected=[new])) == [
        ("Dr Fay Fenn", "F2", ("partner at Old Surgery", "now part of New Surgery"))
    ]


def test_scenario_17_neighbours_may_gain_patients_by_a_closure(scene):
    elm, oak, network = an_organisation("Elm Surgery"), an_organisation("Oak Surgery"), an_organisation("Hill PCN", PCN)
    a_relation(elm, RelationKind.MEMBER_OF_PCN, network)
    a_relation(oak, RelationKind.MEMBER_OF_PCN, network)
    a_declared_interest(scene.gp, oak)
    closure = an_item(
        scene.meeting, "Closure", [elm], function_code="practice_closure", relation=AffectedRelation.SUBJECT
    )
    (flag,) = flags_of_item(closure, known_at=PLANNED)
    assert (flag.level, flag.relation) == ("F4", "indirect")
    assert flags(an_item(scene.meeting, "Variation", [elm])) == []


def test_scenarios_17_and_37_a_competitor_in_an_area_or_a_lot_is_flagged_softly_with_whoever_has_a_share_in_it(scene):
    elm, federation = an_organisation("Elm Surgery"), an_organisation("Marsh Federation", FEDERATION)
    rival = an_organisation("Rival Health Ltd", COMPANY)
    a_relation(elm, RelationKind.SHAREHOLDER_IN, federation, detail="dormant share")
    a_relation(federation, RelationKind.COMPETITOR_OF, rival, detail="lot 3", stated_in="Tender report")
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.lay, rival, InterestRole.DIRECTOR)
    award = an_item(scene.meeting, "Award", [rival], relation=AffectedRelation.BENEFICIARY)
    competing = (
        "partner at Elm Surgery",
        "shareholder in Marsh Federation (dormant share)",
        "competitor of Rival Health Ltd (lot 3)",
    )
    assert flags(award) == [("Ms Cat Cole", "F1", ("director of Rival Health Ltd",)), ("Dr Fay Fenn", "F4", competing)]
    other_way = an_item(scene.meeting, "Review", [federation], relation=AffectedRelation.SUBJECT)
    assert ("Ms Cat Cole", "F4", ("director of Rival Health Ltd", "competitor of Marsh Federation (lot 3)")) in flags(
        other_way
    )


def test_a_competition_that_ended_flags_nobody(scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_relation(elm, RelationKind.COMPETITOR_OF, oak, valid_to=date(2025, 1, 1))
    a_declared_interest(scene.gp, elm)
    assert flags(an_item(scene.meeting, affected=[oak])) == []


def test_scenario_37_whoever_lost_a_bid_is_flagged_when_the_matter_comes_back(scene):
    elm, federation = an_organisation("Elm Surgery"), an_organisation("Marsh Federation", FEDERATION)
    rival = an_organisation("Rival Health Ltd", COMPANY)
    a_relation(elm, RelationKind.SHAREHOLDER_IN, federation)
    a_declared_interest(scene.gp, elm)
    bids = an_item(scene.meeting, "Bids", [federation, rival], relation=AffectedRelation.BIDDER)
    later = a_meeting(scene.committee, held_on=date(2026, 12, 8))
    details = ItemDetails(
        "Award",
        Purpose.APPROVE,
        continues=bids.id,
        affected=(AffectedDetails(rival.name, AffectedRelation.BENEFICIARY, rival.id),),
    )
    award = planning.add_item(later, details, actor=scene.secretary, at=PLANNED)
    (flag,) = flags_of_item(award, known_at=PLANNED)
    assert (flag.level, flag.relation) == ("F4", "indirect")
    assert flag.path[2:] == (
        "shareholder in Marsh Federation",
        f"bidder earlier in the matter of item {award.position}",
    )


def test_scenario_18_a_company_that_owns_the_premises_leads_to_the_practice(scene):
    elm, grove = an_organisation("Elm Surgery"), an_organisation("Grove Premises Ltd", COMPANY)
    a_relation(grove, RelationKind.LANDLORD_OF, elm)
    a_declared_interest(scene.lay, grove, InterestRole.SHAREHOLDER)
    item = an_item(scene.meeting, "Rent review", [elm], function_code="premises_costs")
    assert flags(item) == [("Ms Cat Cole", "F2", ("shareholder in Grove Premises Ltd", "landlord of Elm Surgery"))]


def test_the_owner_of_a_company_is_reached_through_its_federation(scene):
    elm, federation = an_organisation("Elm Surgery"), an_organisation("Marsh Federation", FEDERATION)
    company = an_organisation("Marsh Care Ltd", COMPANY)
    a_relation(elm, RelationKind.SHAREHOLDER_IN, federation)
    a_relation(company, RelationKind.OWNED_BY, federation)
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[company], relation=AffectedRelation.BIDDER)
    assert flags(item) == [
        ("Dr Fay Fenn", "F2", ("partner at Elm Surgery", "shareholder in Marsh Federation", "owner of Marsh Care Ltd"))
    ]


def test_the_strongest_way_leads_and_the_others_are_listed(scene):
    elm, federation = an_organisation("Elm Surgery"), an_organisation("Marsh Federation", FEDERATION)
    a_relation(elm, RelationKind.SHAREHOLDER_IN, federation)
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[federation, elm], relation=AffectedRelation.BIDDER)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.level, flag.path[1]) == ("F1", "partner at Elm Surgery")
    assert [path[2] for path in flag.others] == ["shareholder in Marsh Federation"]


def test_scenario_35_a_partner_member_is_flagged_for_their_network_and_not_for_their_seat(scene):
    a_release(ods_row("99Z", "NHS MID MARSH ICB - 99Z"), filename="eccg.csv")
    (icb,) = db.session.query(Organisation).where(Organisation.code == "99Z")
    elm, network = an_organisation("Elm Surgery"), an_organisation("Hill PCN", PCN)
    a_relation(elm, RelationKind.MEMBER_OF_PCN, network)
    a_declared_interest(scene.gp, icb, InterestRole.MEMBER, kind=InterestType.NON_FINANCIAL_PROFESSIONAL)
    a_declared_interest(scene.finance, icb, InterestRole.EMPLOYEE)
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.other_gp, network, InterestRole.CLINICAL_DIRECTOR)
    assert flags(an_item(scene.meeting, "Running costs", [icb], relation=AffectedRelation.FUNDER)) == []
    funding = an_item(scene.meeting, "PCN funding", class_scope=ClassScope.PCN, pcn=network)
    found = {flag.name: (flag.level, flag.suggested) for flag in flags_of_item(funding, known_at=PLANNED)}
    assert found == {"Dr Fay Fenn": ("F2", ("A5", "A4")), "Dr Guy Gorse": ("F4", ("A5", "A6"))}


def test_scenario_36_a_member_who_works_for_the_trust_stays_for_the_discussion(scene):
    trust = an_organisation("Marsh Hospitals NHS Trust", OrganisationKind.TRUST)
    a_declared_interest(scene.nurse, trust, InterestRole.EMPLOYEE)
    (flag,) = flags_of_item(an_item(scene.meeting, affected=[trust]), known_at=PLANNED)
    assert (flag.level, flag.suggested) == ("F4", ("A5", "A6"))


def test_scenario_47_a_standing_invitee_is_flagged_for_whom_they_speak(scene):
    committee = an_organisation("Marsh Local Medical Committee", OrganisationKind.OTHER)
    guest = a_person("Dr Lou Lane")
    a_declared_interest(guest, committee, InterestRole.MEMBER, kind=InterestType.NON_FINANCIAL_PROFESSIONAL)
    attending(scene, guest, Capacity.IN_ATTENDANCE)
    item = an_item(scene.meeting, "Fees", [committee], relation=AffectedRelation.BENEFICIARY)
    assert [(name, level) for name, level, _ in flags(item)] == [("Dr Lou Lane", "F4")]


def test_scenario_47_a_member_with_a_post_in_the_lmc_is_flagged_where_the_item_deals_with_it(scene):
    a_declared_interest(
        scene.gp,
        "Marsh LMC",
        InterestRole.OTHER,
        nature="Chair of Marsh LMC",
        kind=InterestType.NON_FINANCIAL_PROFESSIONAL,
    )
    a_declared_interest(scene.other_gp, "Tarn LMC", InterestRole.OTHER, nature="Treasurer of Tarn LMC")
    item = an_item(scene.meeting, "Negotiation with Marsh LMC: a local premium")
    assert [(name, level) for name, level, _ in flags(item)] == [("Dr Fay Fenn", "F4")]
    assert flags(an_item(scene.meeting, "Update from Marsh LMC")) == []


def test_owners_in_a_circle_and_a_relation_that_ends_before_it_begins_get_an_answer(scene):
    one, two = an_organisation("One Ltd", COMPANY), an_organisation("Two Ltd", COMPANY)
    a_relation(one, RelationKind.OWNED_BY, two)
    a_relation(two, RelationKind.OWNED_BY, one)
    row = a_relation(one, RelationKind.SHAREHOLDER_IN, two)
    row.valid_from, row.valid_to = date(2025, 1, 1), date(2024, 1, 1)
    a_declared_interest(scene.gp, one, InterestRole.DIRECTOR, via=Via.SPOUSE)
    assert [name for name, _, _ in flags(an_item(scene.meeting, affected=[two]))] == ["Dr Fay Fenn"]
    db.session.rollback()


def test_17_a_partner_of_a_practice_near_one_that_closes_is_flagged_softly_and_nobody_further_off(scene):
    closing, near, far = (
        an_organisation(name, postcode=postcode)
        for name, postcode in (("Elm Surgery", "ZZ9 1AA"), ("Oak Surgery", "ZZ9 4XY"), ("Ash Surgery", "ZZ19 1AA"))
    )
    a_declared_interest(scene.gp, near)
    a_declared_interest(scene.other_gp, far)
    company = an_organisation("Oak Care Ltd", COMPANY, postcode="ZZ9 4XY")
    a_declared_interest(scene.lay, company)
    closure = an_item(scene.meeting, affected=[closing], function_code="practice_closure")
    assert flags(closure) == [("Dr Fay Fenn", "F4", ("partner at Oak Surgery", "near Elm Surgery (ZZ9)"))]
    variation = an_item(scene.meeting, "Another variation", affected=[closing])
    assert flags(variation) == []
    worded = an_item(scene.meeting, "Elm Surgery closure: dispersal of list", affected=[closing], function_code="")
    assert [name for name, _, _ in flags(worded)] == ["Dr Fay Fenn"]
    staying = an_item(scene.meeting, "Merger of Elm Surgery: patients will stay", affected=[closing], function_code="")
    assert flags(staying) == []


@pytest.mark.parametrize(
    ("role", "said"),
    [(InterestRole.ADVISER, "adviser to"), (InterestRole.CONSULTANT, "consultant to"),
     (InterestRole.PRACTICE_MANAGER, "practice manager at"), (InterestRole.RECIPIENT, "receives money or benefits from")],
)  # fmt: skip
def test_a_path_says_in_which_role(scene, role, said):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.nurse, elm, role)
    (flag,) = flags_of_item(an_item(scene.meeting, affected=[elm]), known_at=PLANNED)
    assert flag.path[1] == f"{said} Elm Surgery" and flag.level == "F4"


@pytest.mark.parametrize("said", ["Harbour Row Physio", "  harbour row  PHYSIO", "Harbour Row Physio Ltd"])
def test_words_that_nobody_matched_meet_the_same_words_on_the_register(scene, said):
    a_declared_interest(scene.lay, "Harbour Row Physio", InterestRole.OWNER, via=Via.SPOUSE)
    item = an_item(scene.meeting, affected=[said.strip()])
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.name, flag.level, flag.path[-1]) == ("Ms Cat Cole", "F2", f"contract holder in item {item.position}")
    assert said.strip() in flag.path[1]


@pytest.mark.parametrize("said", ["Harbour Row Fysio", "Harbour Row Physiotherapy Clinic", "Harbor Row Physio"])
def test_nearly_the_same_words_are_flagged_as_perhaps_the_same_for_the_chair_to_say(scene, said):
    a_declared_interest(scene.lay, "Harbour Row Physio", InterestRole.OWNER)
    item = an_item(scene.meeting, affected=[said])
    assert flags(item) == [("Ms Cat Cole", "F4", ("owner of Harbour Row Physio", f"perhaps the same as {said}"))]


def test_a_known_organisation_may_be_what_an_item_names_in_words(scene):
    a_declared_interest(scene.lay, an_organisation("Fen Care Ltd", COMPANY), InterestRole.OWNER)
    item = an_item(scene.meeting, affected=["Fen Care"])
    assert flags(item) == [("Ms Cat Cole", "F4", ("owner of Fen Care Ltd", "perhaps the same as Fen Care"))]


@pytest.mark.parametrize("said", ["Harbour Row Dental", "Harbour", "Physio", "Castle Row Physio"])
def test_other_words_are_somebody_else(scene, said):
    a_declared_interest(scene.lay, "Harbour Row Physio", InterestRole.OWNER)
    assert flags(an_item(scene.meeting, affected=[said])) == []


@pytest.mark.parametrize("said", ["Pellow Surg", "Pellowe", "Pellowe Medical Centre"])
def test_words_on_the_register_may_be_the_known_organisation_that_an_item_names(scene, said):
    a_declared_interest(scene.lay, said)
    item = an_item(scene.meeting, affected=[an_organisation("Pellowe Surgery")])
    assert flags(item) == [("Ms Cat Cole", "F4", (f"partner at {said}", "perhaps the same as Pellowe Surgery"))]


@pytest.mark.parametrize("said", ["Pellowe Pharmacy", "Pellowe PCN", "Pellowe Lane Surgery", "Surgery"])
def test_words_of_another_kind_are_no_known_practice(scene, said):
    a_declared_interest(scene.lay, said)
    assert flags(an_item(scene.meeting, affected=[an_organisation("Pellowe Surgery")])) == []


def test_two_known_organisations_are_not_taken_for_each_other_by_their_names(scene):
    a_declared_interest(scene.lay, an_organisation("Pellow Surgery"))
    assert flags(an_item(scene.meeting, affected=[an_organisation("Pellowe Surgery"), "Harbour Row Physio"])) == []
