"""What the agenda is flagged with: RULEBOOK §23 scenarios 1 to 15, 18, 30, 42, 45, 46 and 48, read from the database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from coi.committees.commands import end_membership
from coi.committees.queries import memberships_of
from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.meetings.commands import reorder_agenda
from coi.meetings.conflicts.flag_commands import answer_flag, dismiss_flag
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item, flags_of_meeting, frozen_flags
from coi.meetings.conflicts.vocabulary import AnswerDetails
from coi.meetings.lifecycle import moved
from coi.meetings.proceedings.decision_commands import take_decision
from coi.meetings.queries import agenda_of
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import (
    AffectedRelation,
    Capacity,
    ClassScope,
    FlagAnswer,
    FlagState,
    Outcome,
    PresenceKind,
    Purpose,
)
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role
from coi.registers.interests.vocabulary import InterestRole, InterestType, NamedOrganisation, Via
from tests.factories.accounts import role
from tests.factories.committees import a_member, the_terms
from tests.factories.interests import an_interest, details_of
from tests.factories.meetings import (
    DECLARED,
    PLANNED,
    SYSTEM,
    a_declared_interest,
    a_nil_return,
    a_scene,
    an_item,
    attending,
    minutes,
    opened,
    ruled,
)
from tests.factories.meetings import moved as left
from tests.factories.organisations import a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person
from tests.support.counted import counted

pytestmark = pytest.mark.usefixtures("app")


def flags(item):
    return [(flag.name, flag.level) for flag in flags_of_item(item, known_at=PLANNED)]


def test_scenario_1_a_partner_is_flagged_with_their_own_contract(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.level, flag.level_words, flag.suggested) == ("F1", "Own contract", ("A4", "A3"))
    assert flag.why == f"Dr Fay Fenn → partner at Elm Surgery → contract holder in item {item.position}"
    assert flag.suggested_words == (
        "Leaves for the discussion and the decision",
        "does not receive the papers or minutes",
    )
    assert flag.state is FlagState.SUGGESTED


@pytest.mark.parametrize(
    ("number", "given", "level"),
    [
        (2, {"role": InterestRole.SALARIED_GP}, "F4"),
        (3, {"role": InterestRole.LOCUM}, "F4"),
        (4, {"role": InterestRole.PRACTICE_MANAGER}, "F4"),
        (8, {"role": InterestRole.EMPLOYEE, "via": Via.SPOUSE}, "F4"),
        (9, {"role": InterestRole.DIRECTOR, "via": Via.SPOUSE}, "F2"),
        (12, {"ended_on": date(2026, 7, 10)}, "F5"),
        (13, {"ended_on": date(2026, 4, 1)}, None),
        (14, {"role": InterestRole.EMPLOYEE, "is_pursuing": True}, "F5"),
        (45, {"role": InterestRole.VOLUNTEER, "kind": InterestType.NON_FINANCIAL_PERSONAL}, "F4"),
    ],
    ids=lambda value: f"scenario {value}" if isinstance(value, int) else "",
)
def test_the_level_of_an_interest_in_a_bidder(scene, number, given, level):
    bidder = an_organisation("Fen Care Ltd", OrganisationKind.COMPANY)
    a_declared_interest(scene.lay, bidder, **given)
    item = an_item(scene.meeting, affected=[bidder], relation=AffectedRelation.BIDDER)
    assert flags(item) == ([("Ms Cat Cole", level)] if level else [])


def test_scenario_5_a_practice_that_holds_a_share_leads_to_its_federation(scene):
    elm, federation = an_organisation("Elm Surgery"), an_organisation("Marsh Federation", OrganisationKind.FEDERATION)
    a_relation(elm, RelationKind.SHAREHOLDER_IN, federation)
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[federation], relation=AffectedRelation.BIDDER)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert flag.level == "F2"
    assert "shareholder in Marsh Federation" in flag.why


def test_scenario_7_a_scheme_for_all_practices_flags_every_gp_of_the_area(scene):
    a_release(
        ods_row("Z10001", "ELM SURGERY"),
        ods_row("Z10002", "OAK SURGERY"),
        ods_row("Z10003", "FAR SURGERY", commissioner="98Y"),
    )
    practices = {row.code: row for row in db.session.scalars(sa.select(Organisation))}
    a_declared_interest(scene.gp, practices["Z10001"])
    a_declared_interest(scene.other_gp, practices["Z10002"])
    a_declared_interest(scene.nurse, practices["Z10003"])
    item = an_item(scene.meeting, "Local incentive scheme", class_scope=ClassScope.ALL_PRACTICES)
    assert flags(item) == [("Dr Fay Fenn", "F3"), ("Dr Guy Gorse", "F3")]
    forecast = conflicts_at(scene.meeting, known_at=PLANNED).forecast(item.id)
    assert forecast.quorum.quorate
    assert forecast.standing_down == ("Dr Fay Fenn", "Dr Guy Gorse")
    assert "Mrs Eve Elder" in forecast.clinical.sentence


def test_scenario_15_partners_of_both_merging_practices_are_flagged(scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.other_gp, oak)
    item = an_item(scene.meeting, "Merger", [elm, oak], function_code="mergers", relation=AffectedRelation.SUBJECT)
    assert flags(item) == [("Dr Fay Fenn", "F1"), ("Dr Guy Gorse", "F1")]


def test_scenario_18_a_landlord_is_flagged_on_premises(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.lay, elm, InterestRole.LANDLORD)
    item = an_item(scene.meeting, "Rent review", [elm], function_code="premises_costs")
    assert flags(item) == [("Ms Cat Cole", "F2")]


def test_scenario_30_a_deputy_is_checked_for_their_own_and_their_principals_interests():
    scene = a_scene(deputies_allowed=True)
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    deputy = a_person("Mr Hal Hart")
    a_nil_return(deputy)
    a_declared_interest(deputy, oak)
    a_declared_interest(scene.finance, elm)
    attending(scene, deputy, Capacity.DEPUTY, deputy_for=scene.finance)
    item = an_item(scene.meeting, affected=[elm, oak])
    found = flags_of_item(item, known_at=PLANNED)
    assert {flag.why for flag in found if flag.person_id == deputy.id} == {
        f"Mr Hal Hart → deputy for Mr Dan Dale → partner at Elm Surgery → contract holder in item {item.position}",
        f"Mr Hal Hart → partner at Oak Surgery → contract holder in item {item.position}",
    }


def test_scenario_45_a_lay_chair_who_volunteers_for_a_bidding_charity_is_treated_as_a_gp_is(scene):
    charity = an_organisation("Marsh Carers", OrganisationKind.CHARITY)
    a_declared_interest(scene.chair, charity, InterestRole.VOLUNTEER, kind=InterestType.NON_FINANCIAL_PERSONAL)
    item = an_item(scene.meeting, affected=[charity], relation=AffectedRelation.BIDDER)
    found = conflicts_at(scene.meeting, known_at=PLANNED)
    assert [(each.name, each.lead.level) for each in found.waiting(item.id, scene.committee.id)] == [
        ("Mrs Ann Ashby", "F4")
    ]
    assert found.presiding(item.id, scene.committee.id).person == str(scene.vice.id)


def test_scenario_46_somebody_in_attendance_is_flagged_too(scene):
    charity = an_organisation("Marsh Carers", OrganisationKind.CHARITY)
    patient = a_person("Mrs Ida Ivy")
    a_declared_interest(patient, charity, InterestRole.TRUSTEE, kind=InterestType.NON_FINANCIAL_PERSONAL)
    attending(scene, patient)
    assert flags(an_item(scene.meeting, affected=[charity])) == [("Mrs Ida Ivy", "F4")]


def test_scenario_48_the_secretary_is_looked_at_as_staff(scene):
    elm, scribe = an_organisation("Elm Surgery"), a_person("Mr Sam Scribe")
    role(scribe.id, Role.SECRETARY, scene.body.id)
    a_declared_interest(scribe, elm, InterestRole.PARTNER, via=Via.SPOUSE)
    assert flags(an_item(scene.meeting, affected=[elm])) == [("Mr Sam Scribe", "F2")]


def test_scenario_56_a_member_without_a_declaration_is_asked_to_declare_first(scene):
    newcomer = a_person("Ms Jo Jay")
    a_member(scene.committee, newcomer, MemberClass.OTHER)
    item = an_item(scene.meeting)
    noted = an_item(scene.meeting, "Report", purpose=Purpose.NOTE)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.level, flag.suggested_words) == ("F0", ("Declare first",))
    assert "has no declaration on file" in flag.why
    assert flag.level_words == "No declaration on file"
    assert flags(noted) == []


def test_whoever_sent_apologies_is_not_asked_to_declare_first(scene):
    newcomer = a_person("Ms Jo Jay")
    a_member(scene.committee, newcomer, MemberClass.OTHER)
    scene.people["newcomer"], scene.members = newcomer, (*scene.members, "newcomer")
    item = an_item(scene.meeting)
    opened(scene, "newcomer")
    assert flags(item) == []


def test_a_declaration_older_than_a_year_counts_no_more(scene):
    newcomer = a_person("Ms Jo Jay")
    a_member(scene.committee, newcomer, MemberClass.OTHER)
    a_nil_return(newcomer, at=datetime(2025, 11, 1, 9, 0, tzinfo=UTC))
    (flag,) = flags_of_item(an_item(scene.meeting), known_at=PLANNED)
    assert "last declared on 1 November 2025" in flag.why
    assert flag.level_words == "Declaration out of date"


def test_no_flags_is_said_with_what_was_searched(scene):
    item = an_item(scene.meeting, affected=["Some clinic that nobody knows"])
    found = conflicts_at(scene.meeting, known_at=PLANNED)
    assert found.flags[item.id] == ()
    assert found.searched.words.startswith("Searched 7 people, 0 interests and 0 relations between organisations")
    assert found.searched.unmatched == ("Some clinic that nobody knows",)


def test_an_interest_with_another_organisation_that_is_not_matched_is_told_with_what_was_searched(scene):
    elm = an_organisation("Elm Surgery")
    both = (NamedOrganisation(elm.name, elm.id), NamedOrganisation("Windle House, Fenby"))
    an_interest(scene.gp, replace(details_of(arose_on=date(2019, 4, 1)), organisations=both), at=DECLARED)
    an_item(scene.meeting, affected=[an_organisation("Oak Surgery")])
    found = conflicts_at(scene.meeting, known_at=PLANNED).searched
    assert (found.interests, found.not_matched, found.part_matched) == (1, 0, 1)
    assert "One of the interests also names an organisation that is not matched" in found.record


def test_what_was_searched_says_how_many_paths_were_followed(scene):
    elm, network = an_organisation("Elm Surgery"), an_organisation("Hill Network")
    a_relation(elm, RelationKind.MEMBER_OF_PCN, network)
    a_declared_interest(scene.gp, elm)
    an_item(scene.meeting, affected=[an_organisation("Oak Surgery")])
    found = conflicts_at(scene.meeting, known_at=PLANNED).searched
    assert found.record.endswith("against 1 item. 2 paths were followed from the interests to organisations.")


def test_an_interest_counts_only_as_the_register_knew_it(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm, at=datetime(2026, 11, 5, 9, 0, tzinfo=UTC))
    item = an_item(scene.meeting, affected=[elm])
    assert flags_of_item(item, known_at=PLANNED) == ()
    assert len(flags_of_item(item, known_at=datetime(2026, 11, 6, 9, 0, tzinfo=UTC))) == 1


def test_a_registered_ending_takes_the_flag_away_only_half_a_year_later(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm, ended_on=date(2026, 5, 10))
    assert flags(an_item(scene.meeting, affected=[elm])) == [("Dr Fay Fenn", "F5")]


def test_what_was_read_before_is_forgotten_once_the_facts_say_something_else(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    (before,) = flags_of_item(item, known_at=PLANNED)
    elm.name = "Elm Health Centre"
    (after,) = flags_of_item(item, known_at=PLANNED)
    elm.name = "Elm Surgery"
    assert "partner at Elm Surgery" in before.why
    assert "partner at Elm Health Centre" in after.why
    assert flags_of_item(item, known_at=PLANNED) == (before,)


def test_what_nobody_did_about_a_meeting_is_not_asked_for(scene):
    item = an_item(scene.meeting, affected=[an_organisation("Elm Surgery")])
    untouched = queries_of(scene)
    ruled(scene, item, "gp", "A4")
    assert queries_of(scene) > untouched


def test_a_longer_agenda_costs_no_more_queries(scene):
    practices = [an_organisation(f"Practice {number}") for number in range(6)]
    for practice, person in zip(practices, (scene.gp, scene.other_gp, scene.nurse), strict=False):
        a_declared_interest(person, practice)
    an_item(scene.meeting, affected=practices[:1])
    few = queries_of(scene)
    for number in range(11):
        an_item(scene.meeting, f"Item {number}", [practices[number % 6]])
    assert queries_of(scene) <= few
    assert sum(len(each) for each in flags_of_meeting(scene.meeting, known_at=PLANNED).values()) >= 6


def test_whoever_sent_apologies_waits_for_no_ruling(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    opened(scene, "gp")
    found = conflicts_at(scene.meeting, known_at=PLANNED)
    assert found.waiting(item.id) == ()
    assert len(found.conflicts(item.id)) == 1


def queries_of(scene):
    """How many statements one screening of the whole meeting takes."""
    db.session.flush()
    db.session.expire_all()
    with counted() as statements:
        meeting = db.session.get(type(scene.meeting), scene.meeting.id)
        conflicts_at(meeting, known_at=PLANNED)
    return len(statements)


def test_a_meeting_knows_its_members_and_terms_as_they_were_known_at_an_instant(scene):
    later, before = PLANNED + timedelta(hours=1), PLANNED + timedelta(minutes=59)
    seat = next(each for each in memberships_of(scene.committee) if each.person_id == scene.gp.id)
    end_membership(seat, scene.meeting.held_on - timedelta(days=1), actor=SYSTEM, at=later)
    newer = the_terms(scene.committee, preset="number", figures={"members": 2}, at=later)

    def known(at):
        seats = conflicts_at(scene.meeting, known_at=at).seats[scene.committee.id]
        return str(scene.gp.id) in seats.people, seats.terms_id == newer.id

    assert known(before) == (True, False)
    assert known(later) == (False, True)
    assert known(later + timedelta(days=30)) == (False, True)


def test_a_new_relation_brings_a_dismissed_flag_back_and_says_so(scene):
    elm, grove = an_organisation("Elm Surgery"), an_organisation("Grove Premises", OrganisationKind.COMPANY)
    interest = a_declared_interest(scene.gp, grove, InterestRole.SHAREHOLDER)
    pcn = an_organisation("Hill Network", OrganisationKind.PCN)
    a_relation(grove, RelationKind.PART_OF, pcn)
    item = an_item(scene.meeting, affected=[elm, pcn])
    (flag,) = flags_of_item(item, known_at=PLANNED)
    dismiss_flag(
        item,
        flag,
        "No part in it",
        actor=scene.actor("chair", Role.CHAIR),
        at=PLANNED,
        guardian_consulted=True,
        ground=FlagAnswer.AGREE,
        magnitude="Two shares of a hundred",
    )
    assert [each.is_live for each in flags_of_item(item, known_at=PLANNED)] == [False]
    a_relation(grove, RelationKind.LANDLORD_OF, elm)
    (again,) = flags_of_item(item, known_at=PLANNED)
    assert (again.interest_id, again.state) == (interest.id, FlagState.SUGGESTED)
    assert "landlord of Elm Surgery" in again.why
    assert again.changed == "This was dismissed before. Since then, the relations between organisations changed."


def test_moving_an_item_on_the_agenda_leaves_a_dismissed_flag_dismissed(scene):
    elm, federation = an_organisation("Elm Surgery"), an_organisation("Vale Federation", OrganisationKind.FEDERATION)
    a_relation(elm, RelationKind.SHAREHOLDER_IN, federation)
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[federation])
    (flag,) = flags_of_item(item, known_at=PLANNED)
    dismiss_flag(
        item,
        flag,
        "Dormant share",
        actor=scene.actor("chair", Role.CHAIR),
        at=PLANNED,
        guardian_consulted=True,
        ground=FlagAnswer.AGREE,
        magnitude="Two shares of a hundred",
    )
    item.position += 1
    assert [each.is_live for each in flags_of_item(item, known_at=PLANNED)] == [False]
    db.session.rollback()


def test_a_flag_that_was_stored_early_is_frozen_as_it_stood_at_the_decision(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm, is_pursuing=False)
    item = an_item(scene.meeting, affected=[elm])
    (flag,) = flags_of_item(item, known_at=PLANNED)
    row = answer_flag(item, flag, AnswerDetails(FlagAnswer.AGREE), actor=scene.actor("gp"), at=PLANNED)
    early = (row.level, list(row.path))
    an_item(scene.meeting, "Earlier business")
    order = [each.id for each in agenda_of(scene.meeting)]
    version = scene.meeting.agenda_version
    reorder_agenda(scene.meeting, moved(order, item.id, 1), version=version, actor=SYSTEM, at=PLANNED)
    opened(scene)
    ruled(scene, item, "gp", "A4", at=minutes(5))
    left(scene, "gp", PresenceKind.LEFT, minutes(6), item)
    take_decision(item, DecisionDetails(Outcome.APPROVED, "Varied"), actor=scene.secretary, at=minutes(9))
    (frozen,) = frozen_flags(item.id)
    assert frozen.id == row.id and frozen.answer is FlagAnswer.AGREE
    assert frozen.path[-1] == f"contract holder in item {item.position}" != early[1][-1]
