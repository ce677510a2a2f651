"""Deciding: what stops a decision, what happened regardless, votes; scenarios 1, 23 to 27, 33, 42 to 44, 56 and the case R17."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from coi.audit.models import LedgerLeaf
from coi.committees.vocabulary import CommissioningModel, MemberClass, Office
from coi.database import db
from coi.errors import RuleBroken
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.meetings.commands import add_affected, remove_affected
from coi.meetings.conflicts.commands import declare_at_meeting, record_dictated_ruling, rule_on_conflict
from coi.meetings.conflicts.models import UnreachedFlag
from coi.meetings.conflicts.queries import flags_of_item, frozen_flags
from coi.meetings.models import Decision, QuorumSnapshot, Vote
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as commands
from coi.meetings.proceedings.queries import room_of
from coi.meetings.proceedings.vocabulary import HandoverDetails, StopCode
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, Presided, RulingDetails
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    Cast,
    CastingVote,
    DeclaredPoint,
    FlagState,
    ItemState,
    Method,
    Outcome,
    PresenceKind,
    SnapshotPhase,
)
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.breaches.models import Breach
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import (
    PLANNED,
    SYSTEM,
    a_declared_interest,
    a_meeting,
    a_scene,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person

pytestmark = pytest.mark.usefixtures("app")
APPROVED = DecisionDetails(Outcome.APPROVED, "The variation was approved.")
EVERYBODY = ("chair", "vice", "lay", "finance", "nurse", "gp", "other_gp")


def conflicted_item(scene, *who, **details):
    elm = an_organisation("Elm Surgery")
    for each in who:
        a_declared_interest(scene.people[each], elm)
    return an_item(scene.meeting, affected=[elm], **details)


def decide(scene, item, details=APPROVED, at=None):
    return commands.take_decision(item, details, actor=scene.secretary, at=at or minutes(30))


def codes(item, at=None):
    return [stop.code for stop in room_of(item, known_at=at or minutes(30)).verdict.stops]


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def entries():
    return count(LedgerLeaf)


def vote(scene, outcome=Outcome.APPROVED, **cast):
    votes = tuple((scene.people[who].id, each) for who, each in cast.items())
    return DecisionDetails(outcome, "The variation.", Method.VOTE, votes)


def test_scenario_1_a_decision_with_the_partner_out_of_the_room(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4", "A3")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    before = entries()
    decision = decide(scene, item)
    assert entries() == before + 1
    assert decision.arithmetic == "7 members; 1 stood down; 6 entitled; quorum 4; agreed without a vote"
    assert decision.presiding_id == scene.chair.id
    assert not decision.is_irregular
    assert item.state is ItemState.DECIDED
    snapshot = db.session.get_one(QuorumSnapshot, decision.snapshot_id)
    assert (snapshot.phase, snapshot.quorate) == (SnapshotPhase.DECISION, True)
    assert str(scene.gp.id) not in snapshot.present
    (flag,) = frozen_flags(item.id)
    assert (flag.state, flag.frozen_at) == (FlagState.CONFIRMED, minutes(30))


def test_a_decision_waits_until_whoever_presides_has_seen_what_the_item_no_longer_reaches(scene):
    item = conflicted_item(scene, "gp")
    remove_affected(item, item.affected[0].id, actor=SYSTEM, at=PLANNED)
    add_affected(item, AffectedDetails("Oak Surgery", AffectedRelation.BIDDER), actor=SYSTEM, at=PLANNED)
    opened(scene)
    with pytest.raises(RuleBroken, match="no longer reaches Dr Fay Fenn, and tick") as broken:
        decide(scene, item)
    assert broken.value.field == "lost_told"
    decide(scene, item, replace(APPROVED, lost_told=True))
    row = db.session.scalars(sa.select(UnreachedFlag)).one()
    assert (row.seen_at, row.seen_by_name) == (minutes(30), "Mrs Ann Ashby, as Sam Scribe recorded")


def test_what_was_frozen_stays_whatever_the_register_says_later(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    decide(scene, item)
    a_declared_interest(scene.nurse, "Elm Surgery", at=minutes(60))
    assert [flag.name for flag in flags_of_item(item, known_at=minutes(90))] == ["Dr Fay Fenn"]


def test_a_ruled_person_still_in_the_room_stops_the_decision(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    with pytest.raises(RuleBroken, match="still in the meeting") as broken:
        decide(scene, item)
    assert "Record when Dr Fay Fenn left" in broken.value.options
    assert count(Decision) == 0
    assert count(QuorumSnapshot) == 1


def test_scenario_23_losing_the_quorum_stops_the_item_and_not_the_meeting(scene):
    item, other = conflicted_item(scene, "finance"), an_item(scene.meeting, "Another item")
    ruled(scene, item, "finance", "A4")
    opened(scene)
    moved(scene, "finance", PresenceKind.LEFT, minutes(10), item)
    with pytest.raises(RuleBroken, match="not quorate") as broken:
        decide(scene, item)
    assert "had nobody stood down" in broken.value.reason
    assert {"Defer the item to a later meeting", "Refer the item to a body that can decide it"} <= set(
        broken.value.options
    )
    moved(scene, "finance", PresenceKind.RETURNED, minutes(20), item)
    assert decide(scene, other).outcome is Outcome.APPROVED


def test_scenario_23_the_item_is_deferred_with_the_quorum_as_it_was(scene):
    item = conflicted_item(scene, "finance")
    ruled(scene, item, "finance", "A4")
    opened(scene)
    moved(scene, "finance", PresenceKind.LEFT, minutes(10), item)
    decision = commands.defer_item(item, "The item was not quorate.", actor=scene.secretary, at=minutes(20))
    assert (item.state, decision.outcome) == (ItemState.DEFERRED, Outcome.DEFERRED)
    assert not db.session.get_one(QuorumSnapshot, decision.snapshot_id).quorate
    assert len(frozen_flags(item.id)) == 1


def test_scenario_23_or_referred_to_a_body_that_can_decide(scene):
    item = an_item(scene.meeting)
    opened(scene)
    with pytest.raises(RuleBroken) as broken:
        commands.refer_item(item, " ", "Not quorate", actor=scene.secretary, at=minutes(20))
    assert broken.value.field == "referred_to"
    decision = commands.refer_item(item, "The board", "Not quorate", actor=scene.secretary, at=minutes(20))
    assert (item.state, decision.referred_to) == (ItemState.REFERRED, "The board")


def test_a_deferral_leaves_out_of_the_quorum_whoever_waits_for_a_ruling_and_says_who_presided(scene):
    """The chair has an interest, nobody ruled on it, and the quorum needs the chair or the vice chair: one verdict for all to read."""
    item = conflicted_item(scene, "chair", "finance")
    opened(scene)
    assert room_of(item, known_at=minutes(10)).quorum.quorate
    stranger = Presided(a_person("Ms Nora None").id)
    with pytest.raises(RuleBroken, match="Select who presided"):
        commands.defer_item(item, "Not ready", actor=scene.secretary, at=minutes(20), presided=stranger)
    said = Presided(scene.people["chair"].id)
    decision = commands.defer_item(item, "Not ready", actor=scene.secretary, at=minutes(20), presided=said)
    assert decision.presiding_id == scene.people["chair"].id
    snapshot = db.session.get_one(QuorumSnapshot, decision.snapshot_id)
    assert not snapshot.quorate
    counted = {person for _name, _slot, person in snapshot.counted}
    assert counted.isdisjoint({str(scene.people[who].id) for who in ("chair", "finance")})


def test_where_it_is_said_that_nobody_knows_who_presided_nobody_is_named(scene):
    item = an_item(scene.meeting)
    opened(scene)
    decision = commands.defer_item(item, "Not ready", actor=scene.secretary, at=minutes(20), presided=Presided(None))
    assert decision.presiding_id is None


def test_scenario_57_with_the_gps_alone_there_an_item_of_theirs_has_no_quorum_and_is_put_off(scene):
    item, other = conflicted_item(scene, "gp", "other_gp"), an_item(scene.meeting, "Another item")
    opened(scene, "chair", "vice", "lay", "finance", "nurse")
    assert StopCode.INQUORATE in codes(item) and StopCode.INQUORATE in codes(other)
    with pytest.raises(RuleBroken) as broken:
        decide(scene, item)
    assert "Defer the item to a later meeting" in broken.value.options
    decision = commands.defer_item(item, "Only GPs could come.", actor=scene.secretary, at=minutes(20))
    snapshot = db.session.get_one(QuorumSnapshot, decision.snapshot_id)
    assert (item.state, snapshot.quorate, list(snapshot.counted)) == (ItemState.DEFERRED, False, [])


def test_scenario_24_the_quorum_is_lost_when_somebody_leaves_early(scene):
    item = an_item(scene.meeting)
    opened(scene)
    moved(scene, "finance", PresenceKind.LEFT, minutes(10))
    assert codes(item) == [StopCode.INQUORATE]


def test_scenario_25_a_decision_is_held_against_the_moment_it_was_taken(scene):
    item = an_item(scene.meeting)
    opened(scene)
    moved(scene, "finance", PresenceKind.LEFT, minutes(20))
    with pytest.raises(RuleBroken):
        decide(scene, item, DecisionDetails(Outcome.APPROVED, "Yes.", decided_at=minutes(25)))
    decision = decide(scene, item, DecisionDetails(Outcome.APPROVED, "Yes.", decided_at=minutes(15)))
    assert decision.decided_at == minutes(15)


def test_scenario_26_an_interest_declared_in_the_middle_holds_the_decision_until_the_ruling(scene):
    item = an_item(scene.meeting)
    opened(scene)
    details = MeetingDeclarationDetails(
        scene.lay.id, DeclaredPoint.DURING_ITEM, "My son works for the bidder", item.id, at=minutes(12)
    )
    declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(12))
    assert codes(item) == [StopCode.FLAG_WITHOUT_RULING]
    ruled(scene, item, "lay", "A5", rationale="Her son has a junior post", at=minutes(13))
    moved(scene, "lay", PresenceKind.LEFT, minutes(14), item)
    assert decide(scene, item).arithmetic.startswith("7 members; 1 stood down; 6 entitled")


def test_r17_a_registered_director_who_stays_silent_holds_the_decision_until_the_chair_rules(scene):
    """Rule: MTG-05."""
    provider = an_organisation("Go To Skin Ltd", OrganisationKind.COMPANY)
    a_declared_interest(scene.nurse, provider, InterestRole.DIRECTOR, nature="Director")
    other = an_organisation("Orbit Care", OrganisationKind.COMPANY)
    item = an_item(
        scene.meeting, "Dermatology scheme: invite two providers to bid", [provider, other],
        relation=AffectedRelation.BIDDER, function_code="",
    )  # fmt: skip
    opened(scene)
    with pytest.raises(RuleBroken, match="Nobody has ruled on the conflict of Mrs Eve Elder") as broken:
        decide(scene, item)
    assert "director of Go To Skin Ltd → bidder in item" in broken.value.reason
    assert count(Decision) == 0
    ruled(scene, item, "nurse", "A4", rationale="Director of an invited provider", at=minutes(15))
    with pytest.raises(RuleBroken, match="still in the meeting"):
        decide(scene, item)
    moved(scene, "nurse", PresenceKind.LEFT, minutes(16), item)
    decision = decide(scene, item)
    assert not decision.is_irregular
    assert frozen_flags(item.id)[0].path[0] == "Mrs Eve Elder"


def test_scenario_27_what_went_on_regardless_is_recorded_as_it_happened(scene):
    item = conflicted_item(scene, "gp")
    opened(scene)
    with pytest.raises(RuleBroken) as broken:
        commands.record_irregular(item, APPROVED, actor=scene.secretary, at=minutes(30))
    assert broken.value.field == "explanation"
    cast = vote(scene, **dict.fromkeys(EVERYBODY, Cast.FOR))
    details = DecisionDetails(
        cast.outcome, cast.text, cast.method, cast.votes, explanation="Dr Fenn said nothing and voted."
    )
    decision = commands.record_irregular(item, details, actor=scene.secretary, at=minutes(30))
    assert decision.is_irregular
    assert len(decision.irregular_because) == 1
    assert "Nobody had ruled on the conflict of Dr Fay Fenn" in decision.irregular_because[0]
    assert count(Vote) == 7


@pytest.mark.parametrize(
    ("when", "says"), [(minutes(31), "closed at 10:30"), (minutes(-1), "after the meeting was op")]
)
def test_nothing_was_decided_after_the_close_or_before_the_opening(scene, when, says):
    item = conflicted_item(scene, "gp")
    opened(scene)
    proceedings.close_meeting(scene.meeting, minutes(30), actor=scene.secretary, at=minutes(30))
    late = replace(APPROVED, explanation="It went on by telephone", decided_at=when)
    with pytest.raises(RuleBroken, match=says) as broken:
        commands.record_irregular(item, late, actor=scene.secretary, at=minutes(60))
    assert broken.value.field == "decided_at"
    in_time = replace(late, decided_at=minutes(30))
    assert commands.record_irregular(item, in_time, actor=scene.secretary, at=minutes(60)).is_irregular


def test_a_decision_that_was_forgotten_is_recorded_after_the_close_with_the_room_as_it_was_then(scene):
    item = an_item(scene.meeting)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    moved(scene, "gp", PresenceKind.LEFT, minutes(10))
    proceedings.close_meeting(scene.meeting, minutes(30), actor=scene.secretary, at=minutes(30))
    with pytest.raises(RuleBroken, match="Enter when this was"):
        decide(scene, item, at=minutes(60))
    decision = decide(scene, item, replace(APPROVED, decided_at=minutes(20)), at=minutes(60))
    assert not decision.is_irregular
    assert decision.arithmetic == "7 members; 1 not there; 6 entitled; quorum 4; agreed without a vote"
    assert item.state is ItemState.DECIDED


def test_nothing_to_stop_it_is_no_irregular_decision(scene):
    item = an_item(scene.meeting)
    opened(scene)
    with pytest.raises(RuleBroken, match="Record it as a decision"):
        commands.record_irregular(item, APPROVED, actor=scene.secretary, at=minutes(30))


def test_scenario_33_whoever_dropped_out_has_no_vote(scene):
    item = an_item(scene.meeting)
    opened(scene, remote=("other_gp",))
    moved(scene, "other_gp", PresenceKind.REMOVED, minutes(10))
    with pytest.raises(RuleBroken, match="Dr Guy Gorse voted and was not entitled to"):
        decide(scene, item, vote(scene, **dict.fromkeys(EVERYBODY, Cast.FOR)))
    there = dict.fromkeys(EVERYBODY[:-1], Cast.FOR)
    decision = decide(scene, item, vote(scene, **there))
    assert decision.arithmetic == "7 members; 1 not there; 6 entitled; quorum 4; 6 for"


def test_votes_leave_out_whoever_stood_down_and_keep_abstentions_apart(scene):
    item = conflicted_item(scene, "gp", "other_gp")
    for who in ("gp", "other_gp"):
        ruled(scene, item, who, "S1", rationale="They know the practice")
    opened(scene)
    cast = {"chair": Cast.FOR, "vice": Cast.FOR, "lay": Cast.FOR, "finance": Cast.FOR, "nurse": Cast.ABSTAINED}
    decision = decide(scene, item, vote(scene, **cast))
    assert decision.arithmetic == "7 members; 2 stood down; 5 entitled; quorum 4; 4 for, 1 abstained"


def test_every_entitled_vote_is_recorded(scene):
    item = an_item(scene.meeting)
    opened(scene)
    with pytest.raises(RuleBroken, match="Enter how Dr Guy Gorse voted") as broken:
        decide(scene, item, vote(scene, **dict.fromkeys(EVERYBODY[:-1], Cast.FOR)))
    assert broken.value.field == "votes"


def tied(scene, item, outcome):
    sides = {"chair": Cast.FOR, "vice": Cast.FOR, "lay": Cast.FOR, "finance": Cast.AGAINST, "nurse": Cast.AGAINST}
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    return vote(scene, outcome, **sides, other_gp=Cast.AGAINST)


def test_a_tie_is_refused_until_it_is_said_whether_and_how_the_casting_vote_was_used(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    details = tied(scene, item, Outcome.APPROVED)
    with pytest.raises(RuleBroken, match="Say whether and how") as broken:
        decide(scene, item, details)
    assert broken.value.field == "casting"
    with pytest.raises(RuleBroken, match="outcome does not follow"):
        decide(scene, item, replace(details, casting=CastingVote.AGAINST))
    decision = decide(scene, item, replace(details, outcome=Outcome.NOT_APPROVED, casting=CastingVote.NOT_USED))
    assert decision.arithmetic.endswith("3 for, 3 against; casting vote not used")
    assert not any(row.is_casting for row in decision.votes)


def test_a_casting_vote_is_not_taken_where_the_votes_are_not_even(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    sides = dict.fromkeys(("chair", "vice", "lay", "finance", "nurse"), Cast.FOR)
    details = vote(scene, Outcome.APPROVED, **sides, other_gp=Cast.AGAINST)
    with pytest.raises(RuleBroken, match="There is no casting vote here") as broken:
        decide(scene, item, replace(details, casting=CastingVote.AGAINST))
    assert broken.value.field == "casting"


def test_a_casting_vote_that_was_cast_without_a_tie_is_recorded_as_it_happened(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    sides = dict.fromkeys(("chair", "vice", "lay", "finance", "nurse"), Cast.FOR)
    details = replace(
        vote(scene, Outcome.APPROVED, **sides, other_gp=Cast.AGAINST),
        casting=CastingVote.FOR,
        explanation="She was not sure",
    )
    decision = commands.record_irregular(item, details, actor=scene.secretary, at=minutes(30))
    assert decision.irregular_because == [
        "A casting vote was cast for, although the votes were not even. It does not count."
    ]
    assert not any(row.is_casting for row in decision.votes)


def test_whoever_never_came_stands_last_among_those_who_may_have_voted(scene):
    item = an_item(scene.meeting)
    opened(scene, "chair")
    moved(scene, "vice", PresenceKind.LEFT, minutes(10), item)
    names = [name for _person, name in room_of(item, known_at=minutes(30)).whoever_may_have_voted]
    assert names[-2:] == ["Mr Bob Birch (not there then)", "Mrs Ann Ashby (did not come)"]


def test_scenario_43_whoever_presides_has_the_casting_vote(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    decision = decide(scene, item, replace(tied(scene, item, Outcome.NOT_APPROVED), casting=CastingVote.AGAINST))
    assert decision.arithmetic.endswith("3 for, 3 against; casting vote against")
    assert [row.person_id for row in decision.votes if row.is_casting] == [scene.chair.id]


def test_scenario_43_without_a_casting_vote_a_tie_carries_nothing():
    scene = a_scene(casting_vote=False)
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    details = tied(scene, item, Outcome.APPROVED)
    with pytest.raises(RuleBroken, match="tie"):
        decide(scene, item, details)


def test_scenario_44_more_than_half_standing_down_is_said(scene):
    item = conflicted_item(scene, "chair", "vice", "lay", "gp")
    forecast = room_of(item, known_at=PLANNED).conflicts.forecast(item.id)
    assert forecast.banner.startswith("4 of 7 voting members would stand down")


def test_scenario_42_the_clinical_voice_that_remains_is_kept_with_the_decision(scene):
    item = conflicted_item(scene, "gp")
    ruled(scene, item, "gp", "A4")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    snapshot = db.session.get_one(QuorumSnapshot, decide(scene, item).snapshot_id)
    assert "Mrs Eve Elder" in snapshot.clinical_words
    assert "Dr Fay Fenn" not in snapshot.clinical_words


def test_scenario_20_a_conflicted_chair_stops_the_decision_until_somebody_else_presides(scene):
    item = conflicted_item(scene, "chair")
    ruled(scene, item, "chair", "A1", "A4", by="vice")
    opened(scene)
    assert codes(item) == [StopCode.STILL_IN_THE_ROOM, StopCode.CHAIR_CONFLICTED]
    proceedings.hand_over_chair(item, HandoverDetails(scene.vice.id, minutes(5)), actor=scene.secretary, at=minutes(5))
    moved(scene, "chair", PresenceKind.LEFT, minutes(6), item)
    assert decide(scene, item).presiding_id == scene.vice.id


def test_a_dictated_ruling_lets_the_decision_go_on_and_is_said(scene):
    item = conflicted_item(scene, "gp")
    opened(scene)
    details = RulingDetails(("S1",), "She knows the practice", scene.chair.id)
    record_dictated_ruling(item, scene.gp.id, details, actor=scene.secretary, at=minutes(10))
    verdict = room_of(item, known_at=minutes(11)).verdict
    assert verdict.allowed
    assert verdict.notes == (
        "The ruling on Dr Fay Fenn was recorded as dictated. Mrs Ann Ashby has not confirmed it yet.",
    )  # fmt: skip
    assert decide(scene, item).outcome is Outcome.APPROVED


def test_a_reserved_function_is_not_decided_here(scene):
    item = an_item(scene.meeting, function_code="performers_list")
    opened(scene)
    assert codes(item) == [StopCode.FUNCTION_RESERVED]


def test_a_committee_that_only_advises_does_not_decide():
    scene = a_scene(model=CommissioningModel.GREATER_INVOLVEMENT)
    item = an_item(scene.meeting)
    opened(scene)
    assert codes(item) == [StopCode.FUNCTION_RESERVED]


def test_scenario_56_a_member_who_never_declared_declares_first(scene):
    newcomer = a_member(scene.committee, "Ms Jo Jay", MemberClass.OTHER).person
    scene.people["newcomer"] = newcomer
    scene.members = (*scene.members, "newcomer")
    item = an_item(scene.meeting)
    opened(scene)
    with pytest.raises(RuleBroken, match="Ms Jo Jay has no declaration on file that counts"):
        decide(scene, item)
    details = MeetingDeclarationDetails(newcomer.id, DeclaredPoint.START, "", has_nothing=True)
    declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(5))
    assert decide(scene, item).outcome is Outcome.APPROVED


def test_a_decision_needs_words_and_an_open_meeting_and_is_taken_once(scene):
    item = an_item(scene.meeting)
    with pytest.raises(RuleBroken, match="The meeting is not open"):
        decide(scene, item)
    opened(scene)
    with pytest.raises(RuleBroken) as broken:
        decide(scene, item, DecisionDetails(Outcome.APPROVED, " "))
    assert broken.value.field == "text"
    decide(scene, item)
    with pytest.raises(RuleBroken, match="already settled"):
        decide(scene, item)


def test_in_common_each_committee_decides_with_its_own_rulings_and_quorum(scene):
    second = a_committee(scene.body, "Second committee", "SEC")
    for who, office in (("chair", Office.CHAIR), ("vice", Office.VICE_CHAIR), ("gp", None)):
        a_member(second, scene.people[who], MemberClass.LAY, office=office)
    a_member(second, scene.finance, MemberClass.EXECUTIVE)
    scene.meeting = a_meeting(scene.committee, second)
    item = conflicted_item(scene, "gp")
    opened(scene)
    details = RulingDetails(("S1",), "She knows the practice", scene.chair.id)
    for committee in (scene.committee, second):
        rule_on_conflict(
            item, scene.gp.id, details, actor=scene.actor("chair"), at=minutes(10), committee_id=committee.id
        )
    first = commands.take_decision(
        item, APPROVED, actor=scene.secretary, at=minutes(20), committee_id=scene.committee.id
    )
    assert first.arithmetic == "7 members; 1 stood down; 6 entitled; quorum 4; agreed without a vote"
    assert item.state is ItemState.OPEN
    room = room_of(item, known_at=minutes(21), committee_id=second.id)
    assert [stop.code for stop in room.verdict.stops] == [StopCode.INQUORATE]
    put_off = {"committee_id": second.id, "when": minutes(15)}  # recorded last, and settled first
    commands.defer_item(item, "Not quorate", actor=scene.secretary, at=minutes(22), **put_off)
    assert (item.state, item.closed_at) == (ItemState.DECIDED, minutes(20))


def test_an_item_is_noted_without_a_gate(scene):
    item = conflicted_item(scene, "gp")
    opened(scene)
    decision = commands.note_item(item, actor=scene.secretary, at=minutes(10))
    assert (item.state, decision.text, decision.arithmetic) == (ItemState.NOTED, "The committee noted the item.", "")


def test_whoever_takes_the_chair_later_did_not_preside_over_what_was_decided_before(scene):
    item = an_item(scene.meeting)
    opened(scene)
    proceedings.hand_over_chair(item, HandoverDetails(scene.vice.id, minutes(8)), actor=scene.secretary, at=minutes(8))
    assert room_of(item, known_at=minutes(9), moment=minutes(5)).in_the_chair == str(scene.chair.id)
    assert room_of(item, known_at=minutes(9), moment=minutes(8)).in_the_chair == str(scene.vice.id)
    assert room_of(item, known_at=minutes(9)).in_the_chair == str(scene.vice.id)


def test_an_irregular_decision_opens_a_suspected_breach_once_about_whom_nobody_ruled_on(scene, app):
    item = conflicted_item(scene, "gp")
    opened(scene)
    details = DecisionDetails(Outcome.APPROVED, "Approved.", explanation="The chair went on")
    decision = commands.record_irregular(item, details, actor=scene.secretary, at=minutes(30))
    (asked,) = db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")).all()
    context = JobContext(asked.id, None, 1, 5, minutes(31), lambda *_: None, lambda: scene.secretary)
    for _ in range(2):
        job_handlers(app.config["COI"])["breaches.open"](asked.payload, context)
    (breach,) = db.session.scalars(sa.select(Breach)).all()
    assert breach.subject_id == decision.id
    assert "Nobody had ruled on the conflict of Dr Fay Fenn" in breach.what
    assert [each.person.name for each in breach.people] == ["Dr Fay Fenn"]


def test_whoever_is_recorded_as_not_having_declared_opens_a_suspected_breach_about_them(scene, app):
    opened(scene)
    said = MeetingDeclarationDetails(scene.people["gp"].id, DeclaredPoint.NOT_DECLARED, "On the register as a director")
    declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(5))
    (asked,) = db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")).all()
    context = JobContext(asked.id, None, 1, 5, minutes(31), lambda *_: None, lambda: scene.secretary)
    job_handlers(app.config["COI"])["breaches.open"](asked.payload, context)
    (breach,) = db.session.scalars(sa.select(Breach)).all()
    assert "did not declare an interest. On the register as a director" in breach.what
    assert [each.person_id for each in breach.people] == [scene.people["gp"].id]
