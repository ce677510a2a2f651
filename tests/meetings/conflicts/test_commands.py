"""Acting on flags, declaring at the meeting, ruling: scenarios 7, 20 to 22, 26 to 28 and 51, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import commands, comparing, flag_commands
from coi.meetings.conflicts.forms import AnswerForm
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item, rulings_to_confirm
from coi.meetings.conflicts.vocabulary import GROUNDS, AnswerDetails, Change, RaisedDetails
from coi.meetings.proceedings.commands import open_item
from coi.meetings.proceedings.decision_commands import defer_item
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails, RulingDetails
from coi.meetings.vocabulary import (
    AffectedRelation,
    ClassScope,
    DeclaredPoint,
    FlagAnswer,
    FlagSource,
    FlagState,
    PresidingBasis,
)
from coi.meetings.waiting import waiting_for
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role
from coi.registers.interests import commands as registers
from coi.registers.interests.models import Interest
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.meetings import (
    PLANNED,
    SYSTEM,
    a_declared_interest,
    an_item,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import a_relation, a_release, an_organisation, ods_row

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def elm(app):
    return an_organisation("Elm Surgery")


@pytest.fixture
def item(scene, elm):
    a_declared_interest(scene.gp, elm)
    return an_item(scene.meeting, affected=[elm])


def the_flag(item, at=PLANNED):
    return flags_of_item(item, known_at=at)[0]


def dismissed(item, actor, reason="Another Elm Surgery", guardian=True):
    return flag_commands.dismiss_flag(
        item, the_flag(item), reason, actor=actor, at=PLANNED, guardian_consulted=guardian, ground=FlagAnswer.NOT_ME
    )


def entries():
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf))


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_the_presiding_chair_dismisses_a_flag_with_a_reason_and_one_entry(scene, item):
    before = entries()
    row = dismissed(item, scene.actor("chair"))
    assert row.state is FlagState.DISMISSED
    assert entries() == before + 1
    assert the_flag(item).state is FlagState.DISMISSED


def test_the_secretary_cannot_take_a_flag_away(scene, item):
    before = entries()
    with pytest.raises(RuleBroken, match="does not preside"):
        dismissed(item, scene.secretary, "Another practice")
    db.session.rollback()
    assert entries() in (0, before)
    assert count(ConflictFlag) == 0


def test_a_dismissal_needs_a_reason(scene, item):
    with pytest.raises(RuleBroken) as broken:
        dismissed(item, scene.actor("chair"), " ")
    assert broken.value.field == "reason"


@pytest.mark.parametrize(
    ("reason", "guardian", "field"),
    [("x", True, "reason"), ("Not relevant", True, "reason"), ("A dormant share", False, "guardian_consulted")],
)
def test_dismissing_an_own_contract_needs_what_noting_it_needs(scene, item, reason, guardian, field):
    """Rule: MTG-08; RULEBOOK §10.4."""
    with pytest.raises(RuleBroken) as broken:
        dismissed(item, scene.actor("chair"), reason, guardian)
    assert broken.value.field == field
    assert count(ConflictFlag) == 0


def test_who_dismissed_a_flag_and_that_the_guardian_was_asked_stays_on_it(scene, item):
    dismissed(item, scene.actor("chair"), "A dormant share.")
    assert (
        the_flag(item).dismissal
        == f"Dismissed by {scene.actor('chair').name}, who asked the Guardian: {GROUNDS[FlagAnswer.NOT_ME]}. A dormant share."
    )


def test_nobody_dismisses_their_own_flag(scene, elm):
    a_declared_interest(scene.chair, elm)
    item = an_item(scene.meeting, affected=[elm])
    with pytest.raises(RuleBroken, match="Nobody rules on their own conflict"):
        dismissed(item, scene.actor("chair"), "Another practice")
    dismissed(item, scene.actor("vice"), "Another practice")


def test_a_dismissed_flag_comes_back_when_the_interest_changes(scene, item, elm):
    dismissed(item, scene.actor("chair"))
    interest = db.session.get_one(Interest, the_flag(item).interest_id)
    registers.agree_mitigation(interest, "Leaves for items on Elm Surgery", version=1, actor=SYSTEM, at=minutes(-600))
    flag = the_flag(item, minutes(-500))
    assert flag.state is FlagState.SUGGESTED
    assert flag.changed == "This was dismissed before. Since then, the interest changed."
    assert flag.changes == (Change("Action to reduce the risk", "Not agreed yet", "Leaves for items on Elm Surgery"),)


def test_a_new_version_of_an_interest_that_says_the_same_leaves_the_flag_dismissed(scene, item, monkeypatch):
    dismissed(item, scene.actor("chair"))
    interest = db.session.get_one(Interest, the_flag(item).interest_id)
    registers.agree_mitigation(interest, "Leaves for items on Elm Surgery", version=1, actor=SYSTEM, at=minutes(-600))
    monkeypatch.setattr(comparing, "all_lines_of", lambda version: {"Role": "Partner"})
    flag = the_flag(item, minutes(-500))
    assert (flag.state, flag.reason, flag.changes) == (
        FlagState.DISMISSED,
        f"{GROUNDS[FlagAnswer.NOT_ME]}. Another Elm Surgery",
        (),
    )


def test_a_dismissed_flag_comes_back_when_the_item_concerns_somebody_else_too(scene, item):
    dismissed(item, scene.actor("chair"))
    item.function_code = "practice_closure"
    assert the_flag(item).changed == "This was dismissed before. Since then, the item changed."
    (change,) = the_flag(item).changes
    assert change.what == "Function"


def test_a_dismissed_flag_comes_back_when_the_words_of_the_item_change_and_says_from_which_to_which(scene, item):
    dismissed(item, scene.actor("chair"), "It is only noted")
    item.title = "variation of a  contract."
    assert the_flag(item).state is FlagState.DISMISSED
    item.title = "Award of a contract"
    flag = the_flag(item)
    assert (flag.state, flag.reason) == (FlagState.SUGGESTED, "")
    assert flag.changed == "This was dismissed before. Since then, the item changed."
    assert flag.changes == (Change("Title", "Variation of a contract", "Award of a contract"),)
    dismissed(item, scene.actor("chair"), "Still another surgery")
    assert the_flag(item).state is FlagState.DISMISSED
    assert count(ConflictFlag) == 1


def test_what_changed_since_a_dismissal_is_still_said_once_the_person_has_answered(scene, item):
    dismissed(item, scene.actor("chair"))
    item.function_code = "practice_closure"
    details = AnswerDetails(FlagAnswer.AGREE)
    flag_commands.answer_flag(item, the_flag(item), details, actor=scene.actor("gp"), at=PLANNED)
    flag = the_flag(item)
    assert (flag.state, flag.answer) == (FlagState.SUGGESTED, FlagAnswer.AGREE)
    assert flag.changed == "This was dismissed before. Since then, the item changed."
    assert [change.what for change in flag.changes] == ["Function"]


def test_a_flag_dismissed_before_its_words_were_kept_stays_dismissed(scene, item):
    row = dismissed(item, scene.actor("chair"), "Another one")
    row.stood = None
    item.title = "Award of a contract"
    assert the_flag(item).state is FlagState.DISMISSED
    db.session.rollback()


def test_confirming_a_flag_is_kept(scene, item):
    flag_commands.confirm_flag(item, the_flag(item), actor=scene.actor("chair"), at=PLANNED)
    assert the_flag(item).state is FlagState.CONFIRMED


def test_scenario_28_anybody_may_tell_the_chair_and_is_named_to_nobody_else(scene):
    """Rule: MTG-11."""
    item = an_item(scene.meeting)
    teller = scene.actor("nurse")
    row = flag_commands.raise_flag(
        item, RaisedDetails(scene.lay.id, "Her brother runs the bidder"), actor=teller, at=PLANNED
    )
    flag = the_flag(item)
    assert (flag.source, flag.level_words, flag.person_id) == (FlagSource.RAISED, "Raised by somebody", scene.lay.id)
    assert row.raised_by == teller.account_id
    assert scene.nurse.name not in flag.why


def test_a_flag_raised_without_words_leaves_nothing_behind(scene):
    item = an_item(scene.meeting)
    with pytest.raises(RuleBroken) as broken:
        flag_commands.raise_flag(item, RaisedDetails(scene.lay.id, " "), actor=scene.actor("nurse"), at=PLANNED)
    assert broken.value.field == "text"
    assert count(ConflictFlag) == 0


def test_the_person_answers_and_the_flag_stays(scene, item):
    details = AnswerDetails(FlagAnswer.ENDED, "I left the partnership in March", date(2026, 3, 31))
    flag_commands.answer_flag(item, the_flag(item), details, actor=scene.actor("gp"), at=PLANNED)
    flag = the_flag(item)
    assert (flag.answer, flag.answer_since, flag.state) == (FlagAnswer.ENDED, date(2026, 3, 31), FlagState.SUGGESTED)
    assert flag.awaits_ruling


def test_an_interest_cannot_have_ended_before_it_began(scene, item):
    details = AnswerDetails(FlagAnswer.ENDED, "Long ago", date(1990, 1, 1))
    with pytest.raises(RuleBroken, match="The register says that it began on") as broken:
        flag_commands.answer_flag(item, the_flag(item), details, actor=scene.actor("gp"), at=PLANNED)
    assert broken.value.field == "since"
    assert count(ConflictFlag) == 0


def test_an_answer_stays_when_the_item_changes_and_goes_when_the_interest_does(scene, item):
    details = AnswerDetails(FlagAnswer.AGREE, "We hold the contract")
    flag_commands.answer_flag(item, the_flag(item), details, actor=scene.actor("gp"), at=PLANNED)
    item.function_code = "practice_closure"
    assert the_flag(item).answer is FlagAnswer.AGREE
    interest = db.session.get_one(Interest, the_flag(item).interest_id)
    registers.agree_mitigation(interest, "Leaves for items on Elm Surgery", version=1, actor=SYSTEM, at=minutes(-600))
    assert the_flag(item, minutes(-500)).answer is None
    db.session.rollback()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (AnswerDetails(FlagAnswer.ENDED, "I left"), "since"),
        (AnswerDetails(FlagAnswer.ENDED, "", date(2026, 11, 3)), "since"),
        (AnswerDetails(FlagAnswer.NOT_ME, " "), "text"),
    ],
)
def test_an_answer_says_since_when_or_why(scene, item, details, field):
    with pytest.raises(RuleBroken) as broken:
        flag_commands.answer_flag(item, the_flag(item), details, actor=scene.actor("gp"), at=PLANNED)
    assert broken.value.field == field
    assert count(ConflictFlag) == 0


def test_an_answer_about_a_link_is_about_that_link_alone(app, scene, item):
    """Rule: MTG-02; USERS W2. The interest of the person stays on the register."""
    elm = db.session.get_one(Organisation, item.affected[0].organisation_id)
    shared = [an_organisation(name) for name in ("Marsh Federation", "Hill Federation")]
    for each in shared:
        a_relation(elm, RelationKind.SHAREHOLDER_IN, each)
    far, same, other = (an_item(scene.meeting, affected=[each]) for each in (shared[0], shared[0], shared[1]))
    link = AnswerDetails(FlagAnswer.LINK, "The practice sold its share")
    gp = scene.actor("gp")

    def answer(about, details, *also):
        given = [(each, the_flag(each)) for each in also]
        return flag_commands.answer_flag(about, the_flag(about), details, actor=gp, at=PLANNED, also=given)

    for about, details, also, field in (
        (item, link, (), "answer"), (far, replace(link, text=" "), (), "text"), (far, link, (same, other), "also"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as broken:
            answer(about, details, *also)
        assert broken.value.field == field
    answer(far, link, same)
    assert [the_flag(each).answer for each in (far, same, other, item)] == [
        FlagAnswer.LINK,
        FlagAnswer.LINK,
        None,
        None,
    ]
    with app.test_request_context():
        form = AnswerForm()
        form.offer(the_flag(far), [(each, the_flag(each)) for each in (other, item)])
    assert form.also.data == [] and FlagAnswer.LINK in [each.value for each in form.answer.options]
    waiting = [each.sentence for each in waiting_for(scene.secretary, scene.body.id, at=PLANNED)]
    asked = "For 10 November 2026: look at a link between organisations that somebody says is wrong or has ended"
    assert asked in waiting


def test_what_somebody_said_has_ended_waits_for_the_register_until_it_is_declared_or_taken_back(scene, item):
    details = AnswerDetails(FlagAnswer.ENDED, "", date(2026, 3, 31))
    gp = scene.actor("gp", Role.MEMBER)

    def waits():
        found = waiting_for(gp, scene.body.id, at=PLANNED)
        return [each.sentence for each in found if each.endpoint == "interests.own_end"]

    assert waits() == []
    flag_commands.answer_flag(item, the_flag(item), details, actor=gp, at=PLANNED)
    assert waits() == ["You said that this has ended: partner at Elm Surgery. Say it on the register too"]
    flag_commands.answer_flag(item, the_flag(item), AnswerDetails(FlagAnswer.AGREE), actor=gp, at=PLANNED)
    assert waits() == []
    flag_commands.answer_flag(item, the_flag(item), details, actor=gp, at=PLANNED)
    interest = db.session.get_one(Interest, the_flag(item).interest_id)
    opened(scene)
    defer_item(item, "No time", actor=scene.secretary, at=minutes(30))
    registers.agree_mitigation(interest, "Leaves for items on Elm Surgery", version=1, actor=SYSTEM, at=minutes(40))
    assert len(waits()) == 1, "it waits after the meeting too, and whatever else is noted of the interest"
    registers.end_interest(interest, date(2026, 3, 31), version=2, actor=gp, at=minutes(50))
    assert waits() == []


def test_nobody_answers_for_somebody_else(scene, item):
    with pytest.raises(NotFound):
        flag_commands.answer_flag(
            item, the_flag(item), AnswerDetails(FlagAnswer.NOT_ME), actor=scene.actor("nurse"), at=PLANNED
        )


def test_the_chair_rules_and_the_flag_is_kept_as_confirmed(scene, item):
    before = entries()
    ruling = ruled(scene, item, "gp", "A4", "A3")
    assert (ruling.number, ruling.actions, ruling.basis) == (1, ["A3", "A4"], PresidingBasis.CHAIR)
    assert entries() == before + 1
    flag = the_flag(item)
    assert flag.state is FlagState.CONFIRMED
    assert flag.ruling.action_words == (
        "Does not receive the papers or minutes", "Leaves for the discussion and the decision",
    )  # fmt: skip


def test_a_new_ruling_is_a_new_number_and_erases_none(scene, item):
    ruled(scene, item, "gp", "A4")
    second = ruled(scene, item, "gp", "A5", rationale="The committee needs her knowledge")
    assert second.number == 2
    assert count(Ruling) == 2
    (fact,) = conflicts_at(scene.meeting, known_at=PLANNED).rulings_on(item.id)
    assert fact.actions == ("A5",)


def test_scenario_20_the_chair_cannot_rule_on_themself_and_the_vice_chair_can(scene, elm):
    a_declared_interest(scene.chair, elm)
    item = an_item(scene.meeting, affected=[elm])
    with pytest.raises(RuleBroken, match="Nobody rules on their own conflict") as broken:
        ruled(scene, item, "chair", "A1", "A4", by="chair")
    assert broken.value.rule == "MTG-07"
    assert ruled(scene, item, "chair", "A1", "A4", by="vice").basis is PresidingBasis.VICE_CHAIR


def test_scenario_20_a_conflicted_chair_rules_on_nobody_for_that_item(scene, item, elm):
    a_declared_interest(scene.chair, elm)
    with pytest.raises(RuleBroken, match="has a conflict on this item"):
        ruled(scene, item, "gp", "A4", by="chair")
    assert ruled(scene, item, "gp", "A4", by="vice").number == 1


def test_scenarios_21_and_22_the_remaining_members_rule_where_chair_and_vice_are_conflicted(scene, elm):
    a_declared_interest(scene.chair, elm)
    a_declared_interest(scene.vice, elm)
    item = an_item(scene.meeting, affected=[elm])
    assert ruled(scene, item, "chair", "A1", "A4", by="nurse").basis is PresidingBasis.AGREED_BY_MEMBERS


def test_noting_an_own_contract_needs_the_guardian_and_leaves_nothing_behind_without(scene, item):
    with pytest.raises(RuleBroken) as broken:
        ruled(scene, item, "gp", "A6", rationale="A very small share")
    assert broken.value.field == "guardian_consulted"
    assert count(Ruling) == 0
    assert ruled(scene, item, "gp", "A6", rationale="A very small share", guardian=True).number == 1


def test_scenario_51_a_small_holding_is_noted_only_with_its_size(scene):
    company = an_organisation("Tarn Care Ltd", OrganisationKind.COMPANY)
    a_declared_interest(scene.gp, company, InterestRole.SHAREHOLDER, nature="Shareholder")
    item = an_item(scene.meeting, affected=[company])
    with pytest.raises(RuleBroken, match="Say how large the interest is") as broken:
        ruled(scene, item, "gp", "A6", rationale="The holding is too small", guardian=True, magnitude="")
    assert (broken.value.field, count(Ruling)) == ("magnitude", 0)
    made = ruled(
        scene, item, "gp", "A6", rationale="The holding is too small", guardian=True, magnitude="12 of 4,000 shares"
    )
    assert made.magnitude == "12 of 4,000 shares"


def test_actions_that_do_not_go_together_are_refused(scene, item):
    with pytest.raises(RuleBroken) as broken:
        ruled(scene, item, "gp", "A4", "A6")
    assert broken.value.field == "actions"


def test_somebody_else_cannot_rule_in_the_chairs_name(scene, item):
    details = RulingDetails(("A4",), "Own contract", scene.chair.id)
    with pytest.raises(RuleBroken) as broken:
        commands.rule_on_conflict(item, scene.gp.id, details, actor=scene.secretary, at=PLANNED)
    assert broken.value.options == ("Record it as dictated, for them to confirm",)


def test_a_dictated_ruling_is_confirmed_by_whoever_made_it_and_nobody_else(scene, item):
    details = RulingDetails(("A4",), "Own contract", scene.chair.id)
    ruling = commands.record_dictated_ruling(item, scene.gp.id, details, actor=scene.secretary, at=PLANNED)
    assert (ruling.is_dictated, ruling.recorded_by_name, ruling.confirmed_at) == (True, "Sam Scribe", None)
    assert rulings_to_confirm(scene.body.id, scene.chair.id) == [ruling]
    with pytest.raises(NotFound):
        commands.confirm_ruling(ruling, actor=scene.secretary, at=PLANNED)
    commands.confirm_ruling(ruling, actor=scene.actor("chair", Role.CHAIR), at=minutes(0))
    assert ruling.confirmed_at == minutes(0)
    assert rulings_to_confirm(scene.body.id, scene.chair.id) == []
    with pytest.raises(RuleBroken):
        commands.confirm_ruling(ruling, actor=scene.actor("chair", Role.CHAIR), at=minutes(1))


def test_a_ruling_dictated_by_somebody_who_does_not_preside_is_refused(scene, item):
    details = RulingDetails(("A4",), "Own contract", scene.nurse.id)
    with pytest.raises(RuleBroken, match="Mrs Eve Elder does not preside"):
        commands.record_dictated_ruling(item, scene.gp.id, details, actor=scene.secretary, at=PLANNED)


def test_scenario_7_one_ruling_on_a_class_is_one_row_per_person_and_one_entry(scene, elm):
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.other_gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    before = entries()
    details = RulingDetails(("A4",), "Every practice may take part", scene.chair.id)
    rows = commands.rule_on_class(
        item, [scene.gp.id, scene.other_gp.id], details, actor=scene.actor("chair", Role.CHAIR), at=PLANNED
    )
    assert {row.person_id for row in rows} == {scene.gp.id, scene.other_gp.id}
    assert entries() == before + 1
    assert conflicts_at(scene.meeting, known_at=PLANNED).waiting(item.id) == ()


def test_one_ruling_that_lets_a_class_stay_says_how_large_the_interest_of_each_is(scene):
    a_release(ods_row("Z10001", "ELM SURGERY"), ods_row("Z10002", "OAK SURGERY"))
    for who, code in (("gp", "Z10001"), ("other_gp", "Z10002")):
        practice = db.session.scalars(sa.select(Organisation).where(Organisation.code == code)).one()
        a_declared_interest(scene.people[who], practice)
    item = an_item(scene.meeting, "Local incentive scheme", class_scope=ClassScope.ALL_PRACTICES)
    bare = RulingDetails(("A6",), "The scheme is paid to every practice alike", scene.chair.id, True)
    people, chair = [scene.gp.id, scene.other_gp.id], scene.actor("chair", Role.CHAIR)
    with pytest.raises(RuleBroken) as broken:
        commands.rule_on_class(item, people, bare, actor=chair, at=PLANNED)
    assert (broken.value.field, count(Ruling)) == ("magnitude", 0)
    rows = commands.rule_on_class(item, people, replace(bare, magnitude="£2 a patient"), actor=chair, at=PLANNED)
    assert [row.magnitude for row in rows] == ["£2 a patient"] * 2


def test_a_class_ruling_with_one_wrong_person_leaves_nothing_behind(scene, elm):
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    details = RulingDetails(("A4",), "Every practice may take part", scene.chair.id)
    with pytest.raises(RuleBroken):
        commands.rule_on_class(
            item, [scene.gp.id, scene.chair.id], details, actor=scene.actor("chair", Role.CHAIR), at=PLANNED
        )
    assert count(Ruling) == 0


def declare(scene, who, text="", at=None, **details):
    given = MeetingDeclarationDetails(scene.people[who].id, details.pop("point", DeclaredPoint.START), text, **details)
    return commands.declare_at_meeting(scene.meeting, given, actor=scene.secretary, at=at or minutes(5))


def test_scenario_26_an_interest_declared_at_an_item_is_a_conflict_to_rule_on_and_due_on_the_register(scene):
    """Rule: MTG-09."""
    item = an_item(scene.meeting)
    opened(scene)
    row = declare(scene, "lay", "My son works for the bidder", item_id=item.id, point=DeclaredPoint.DURING_ITEM)
    assert row.due_on == date(2026, 12, 8)
    flag = the_flag(item, minutes(6))
    assert (flag.source, flag.declared, flag.awaits_ruling) == (FlagSource.DECLARED, DeclaredPoint.DURING_ITEM, True)


def test_declaring_what_is_on_the_register_confirms_the_flag_and_opens_no_task(scene, item):
    """Rule: MTG-05."""
    opened(scene)
    flag = the_flag(item)
    row = declare(scene, "gp", item_id=item.id, point=DeclaredPoint.AT_ITEM, interest_id=flag.interest_id)
    assert (row.due_on, row.text) == (None, "As on the register")
    (again,) = flags_of_item(item, known_at=minutes(6))
    assert (again.state, again.declared) == (FlagState.CONFIRMED, DeclaredPoint.AT_ITEM)


def test_saying_that_there_is_nothing_to_declare_is_a_declaration(scene):
    opened(scene)
    row = declare(scene, "gp", has_nothing=True)
    assert (row.text, row.due_on) == ("Nothing to declare", None)


def test_a_silent_person_is_recorded_as_having_declared_nothing_at_the_item(scene, item):
    opened(scene)
    declare(scene, "gp", "Said nothing", item_id=item.id, point=DeclaredPoint.NOT_DECLARED)
    assert the_flag(item, minutes(6)).declared is DeclaredPoint.NOT_DECLARED


def test_an_interest_of_somebody_else_cannot_be_declared(scene, item):
    opened(scene)
    with pytest.raises(NotFound):
        declare(scene, "lay", interest_id=the_flag(item).interest_id)
    assert count(MeetingDeclaration) == 0


def test_a_member_declares_for_themself_only(scene):
    opened(scene)
    details = MeetingDeclarationDetails(scene.lay.id, DeclaredPoint.START, "My son works for the bidder")
    with pytest.raises(NotFound):
        commands.declare_at_meeting(scene.meeting, details, actor=scene.actor("gp"), at=minutes(5))
    commands.declare_at_meeting(scene.meeting, details, actor=scene.actor("lay"), at=minutes(5))


def test_the_forecast_follows_the_rulings_where_there_are_any(scene, elm):
    a_declared_interest(scene.finance, elm, InterestRole.SHAREHOLDER)
    item = an_item(scene.meeting, affected=[elm], relation=AffectedRelation.BIDDER)
    forecast = conflicts_at(scene.meeting, known_at=PLANNED).forecast(item.id)
    assert not forecast.quorum.quorate
    assert forecast.quorum.lost_to_conflicts
    ruled(scene, item, "finance", "A6", rationale="Ten shares of ten thousand", guardian=True)
    assert conflicts_at(scene.meeting, known_at=PLANNED).forecast(item.id).quorum.quorate


def test_what_was_declared_when_the_item_was_reached_has_the_time_at_which_it_was_reached(scene, item):
    opened(scene)
    open_item(item, actor=scene.secretary, at=minutes(3))
    flag = the_flag(item)
    typed = {"item_id": item.id, "interest_id": flag.interest_id, "at": minutes(9)}
    details = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.AT_ITEM, "", **typed)
    row = commands.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(9))
    assert row.declared_at == minutes(3)
    later = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.DURING_ITEM, "", **typed)
    assert commands.declare_at_meeting(
        scene.meeting, later, actor=scene.secretary, at=minutes(9)
    ).declared_at == minutes(9)
