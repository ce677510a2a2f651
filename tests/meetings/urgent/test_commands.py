"""Scenario 29 of RULEBOOK §23: an urgent decision between meetings."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.assurance.queries import story_facts
from coi.committees.vocabulary import MemberClass, Office
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.jobs.models import Job
from coi.meetings import commands as planning
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.deferral_commands import call_off, carry_on
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem, Attendance
from coi.meetings.suggesting.commands import accept
from coi.meetings.suggesting.vocabulary import SuggestedOrganisation
from coi.meetings.urgent import commands
from coi.meetings.urgent.models import UrgentDecision
from coi.meetings.urgent.queries import urgent_reported_by
from coi.meetings.urgent.rules import urgent_sentences, urgent_stops
from coi.meetings.urgent.vocabulary import Screened, UrgentDetails, UrgentFacts
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    Capacity,
    ClassScope,
    ItemDetails,
    ItemState,
    PresidingBasis,
    Purpose,
)
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import (
    HELD_ON,
    PLANNED,
    TEN,
    Scene,
    a_declared_interest,
    a_meeting,
    a_scene,
    an_item,
    attending,
    minutes,
    opened,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person, an_appointment

DECIDED = PLANNED + timedelta(days=1)
RECORDED = PLANNED + timedelta(days=2)


@pytest.fixture
def scene(app: Flask) -> Scene:
    return a_scene()


@pytest.fixture
def item(scene: Scene) -> AgendaItem:
    """An item of the next agenda on a practice, to be noted."""
    return an_item(scene.meeting, "Cover for Elm Surgery", [an_organisation("Elm Surgery")], purpose=Purpose.NOTE)


def details(scene: Scene, **changes: object) -> UrgentDetails:
    """The chair and an executive decided, after asking another lay member."""
    said = UrgentDetails(
        scene.chair.id, DECIDED, "Cover was bought for a week", "Standing order 4.9", "The only GP fell ill",
        second=scene.finance.id, consulted=(scene.lay.id,), said="She agreed",
    )  # fmt: skip
    return replace(said, **changes)  # type: ignore[arg-type]


def recorded(scene: Scene, item: AgendaItem, **changes: object) -> UrgentDecision:
    return commands.record_urgent_decision(item, details(scene, **changes), actor=scene.secretary, at=RECORDED)


def test_an_urgent_decision_is_recorded_on_the_item_by_which_the_next_meeting_ratifies_it(
    scene: Scene, item: AgendaItem
) -> None:
    """Rule: URG-01."""
    row = recorded(scene, item)
    assert (row.basis, row.is_irregular, row.conflicted) == (PresidingBasis.CHAIR, False, [])
    assert [name for _id, name, _words in row.screened] == ["Mrs Ann Ashby", "Mr Dan Dale", "Ms Cat Cole"]
    assert row.searched.startswith("Searched 7 people") and item.purpose is Purpose.APPROVE


def test_a_conflicted_chair_cannot_take_it_and_the_vice_chair_does(scene: Scene, item: AgendaItem) -> None:
    """Rule: URG-01."""
    a_declared_interest(scene.chair, item.affected[0].organisation)
    with pytest.raises(RuleBroken) as broken:
        recorded(scene, item)
    assert broken.value.reason.startswith("Mrs Ann Ashby has a conflict on this item")
    assert "Ask Mr Bob Birch to decide" in broken.value.options
    assert db.session.scalars(sa.select(UrgentDecision)).all() == []
    assert recorded(scene, item, decided_by=scene.vice.id).basis is PresidingBasis.VICE_CHAIR


def test_whoever_is_not_next_in_line_decides_only_where_it_is_said_why_the_chair_did_not(
    scene: Scene, item: AgendaItem
) -> None:
    with pytest.raises(RuleBroken, match="Mr Bob Birch is not the one who takes an urgent decision"):
        recorded(scene, item, decided_by=scene.vice.id)
    row = recorded(scene, item, decided_by=scene.vice.id, instead="The chair was in hospital")
    assert row.basis is PresidingBasis.VICE_CHAIR


def test_what_was_taken_regardless_is_irregular_and_opens_a_suspected_breach(scene: Scene, item: AgendaItem) -> None:
    a_declared_interest(scene.chair, item.affected[0].organisation)
    row = recorded(scene, item, explanation="Nobody else could be reached")
    assert row.is_irregular and row.conflicted == ["Mrs Ann Ashby"] and row.basis is PresidingBasis.CHAIR
    assert "by Mrs Ann Ashby, the Chair, with Mr Dan Dale" in urgent_sentences(row.fact)[0]
    (asked,) = db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")).all()
    assert asked.payload["people"] == [str(scene.chair.id)]


@pytest.mark.parametrize(
    ("who", "basis", "said"),
    [
        ("vice", PresidingBasis.VICE_CHAIR, "by Mr Bob Birch, the Vice Chair, with"),
        ("nurse", PresidingBasis.AGREED_BY_MEMBERS, "by Mrs Eve Elder, neither the Chair nor the Vice Chair, with"),
    ],
)
def test_whoever_decided_out_of_turn_is_recorded_by_their_own_office(
    scene: Scene, item: AgendaItem, who: str, basis: PresidingBasis, said: str
) -> None:
    row = recorded(scene, item, decided_by=scene.people[who].id, explanation="The chair was asleep")
    sentences = urgent_sentences(row.fact)
    assert (row.is_irregular, row.basis) == (True, basis) and said in sentences[0]
    assert "Mrs Ann Ashby is the chair and decides." in " ".join(sentences)


def test_one_of_the_members_decides_as_they_agreed_where_neither_officer_can(scene: Scene, item: AgendaItem) -> None:
    for officer in (scene.chair, scene.vice):
        a_declared_interest(officer, item.affected[0].organisation)
    row = recorded(scene, item, decided_by=scene.nurse.id)
    assert not row.is_irregular
    assert "by Mrs Eve Elder, as agreed by the members without a conflict, with" in urgent_sentences(row.fact)[0]


def test_it_is_not_said_why_the_chair_did_not_decide_where_the_chair_did(scene: Scene, item: AgendaItem) -> None:
    with pytest.raises(RuleBroken, match="The chair decided, so leave this empty") as broken:
        recorded(scene, item, instead="On leave")
    assert broken.value.field == "instead"


def test_the_chief_executive_is_compared_and_decides_with_the_chair_without_a_seat(
    scene: Scene, item: AgendaItem
) -> None:
    chief = a_person("Ms Kim Keys")
    an_appointment(chief, scene.body)
    row = recorded(scene, item, second=chief.id)
    assert not row.is_irregular and row.searched.startswith("Searched 8 people")
    assert db.session.scalars(sa.select(Attendance)).all() == []
    a_declared_interest(chief, item.affected[0].organisation)
    other = an_item(scene.meeting, "Cover again", [item.affected[0].organisation], purpose=Purpose.NOTE)
    with pytest.raises(RuleBroken, match="Ms Kim Keys has a conflict on this item"):
        recorded(scene, other, second=chief.id)
    row = recorded(scene, other, decided_by=chief.id, explanation="The chair was asleep")
    assert row.is_irregular and "by Ms Kim Keys, neither the Chair nor" in urgent_sentences(row.fact)[0]


@pytest.mark.parametrize("named", ["decided_by", "second", "consulted"])
def test_nobody_decides_or_counts_as_consulted_who_is_there_for_one_meeting_alone(app: Flask, named: str) -> None:
    scene = a_scene(deputies_allowed=True)
    item = an_item(scene.meeting, "Cover", [an_organisation("Elm Surgery")], purpose=Purpose.NOTE)
    deputy = a_person("Ms Pia Price")
    attending(scene, deputy, Capacity.DEPUTY, deputy_for=scene.lay, at=PLANNED)
    with pytest.raises(NotFound, match="There is no such member"):
        recorded(scene, item, **{named: (deputy.id,) if named == "consulted" else deputy.id})
    row = recorded(scene, item)  # the lay member herself can be asked, though she sends a deputy to the meeting
    assert not row.is_irregular


def test_minutes_tell_it_and_whether_the_audit_committee_was_told(scene: Scene, item: AgendaItem) -> None:
    """Rule: URG-01."""
    row = recorded(scene, item)
    opened(scene)
    text = str(compose_now(scene.meeting, scene.body, items=[item])[0].document)
    assert (
        "Urgent decision between meetings, taken on 3 November 2026 at 9am by Mrs Ann Ashby, the Chair, with Mr Dan Dale under "
        "Standing order 4.9. Cover was bought for a week." in text
    )
    assert "Consulted: Ms Cat Cole (lay member). She agreed." in text
    assert "It is not recorded that it was reported to the audit committee." in text
    commands.report_to_audit_committee(row, item, minutes(0).date(), actor=scene.secretary, at=minutes(9))
    text = str(compose_now(scene.meeting, scene.body, items=[item])[0].document)
    assert "It was reported to the audit committee on 10 November 2026." in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": " "}, "Enter what was decided"),
        ({"power": ""}, "Enter on which power"),
        ({"why_urgent": ""}, "Enter why it could not wait"),
        ({"decided_at": RECORDED + timedelta(days=1)}, "time that has passed"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_stored(
    scene: Scene, item: AgendaItem, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(RuleBroken, match=said):
        recorded(scene, item, **changes)
    assert db.session.scalars(sa.select(UrgentDecision)).all() == []


def test_one_item_of_a_meeting_to_come_reports_one_urgent_decision(scene: Scene, item: AgendaItem) -> None:
    recorded(scene, item)
    with pytest.raises(RuleBroken, match="reports an urgent decision already"):
        recorded(scene, item)
    other = an_item(scene.meeting, "Another", [an_organisation("Oak Surgery")])
    opened(scene)
    with pytest.raises(RuleBroken, match="an item of a meeting to come"):
        recorded(scene, other)


def test_a_day_before_the_committee_was_there_is_refused_and_one_before_its_last_meeting_asked_about(
    scene: Scene, item: AgendaItem
) -> None:
    with pytest.raises(RuleBroken, match="The committee was established on"):
        recorded(scene, item, decided_at=PLANNED.replace(year=2010))
    opened(scene)
    later = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=30))
    other = an_item(later, "Cover for Oak Surgery", [an_organisation("Oak Surgery")])
    at = TEN + timedelta(days=2)

    def told(**changes: object) -> UrgentDecision:
        return commands.record_urgent_decision(other, details(scene, **changes), actor=scene.secretary, at=at)

    with pytest.raises(
        RuleBroken, match="The committee has met since, on 10 November 2026, and was not told"
    ) as broken:
        told()
    assert broken.value.options[-1].startswith("If it was so, say below why it was not reported then")
    row = told(explanation="The chair forgot to report it")  # the meeting judges that, and no breach is suspected by it
    assert not row.is_irregular
    assert any(each.startswith("This decision is reported late. The committee") for each in urgent_sentences(row.fact))
    assert db.session.scalars(sa.select(Job).where(Job.kind == "breaches.open")).all() == []


def test_an_item_that_reports_one_keeps_its_place_its_question_and_whom_it_was_compared_with(
    scene: Scene, item: AgendaItem
) -> None:
    recorded(scene, item)
    by: dict[str, object] = {"actor": scene.secretary, "at": RECORDED}
    row = item.affected[0]
    suggestion = SuggestedOrganisation("Oak", AffectedRelation.SUBJECT, "named")
    for refused, said in (
        (lambda: planning.remove_item(item, **by), "It stays on the agenda"),
        (lambda: planning.add_affected(item, AffectedDetails("Oak", AffectedRelation.SUBJECT), **by), "stay as they are"),
        (lambda: planning.remove_affected(item, row.id, **by), "stay as they are"),
        (lambda: accept(item, [suggestion], version=item.version, area=(), **by), "stay as they are"),
        (lambda: changed(item, ItemDetails(item.title, Purpose.NOTE), **by), "asks for a decision"),
        (lambda: changed(item, ItemDetails("Cover", Purpose.APPROVE, class_scope=ClassScope.ALL_PRACTICES), **by), "stay as they"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, match=said):
            refused()
    assert changed(item, ItemDetails("Cover for a week", Purpose.APPROVE), **by).title == "Cover for a week"
    assert (item.state, item.affected) == (ItemState.PLANNED, [row])


def changed(item: AgendaItem, details: ItemDetails, **by: object) -> AgendaItem:
    return planning.change_item(item, details, version=item.version, **by)  # type: ignore[arg-type]


def test_it_follows_its_item_to_the_next_agenda_where_the_meeting_is_called_off(scene: Scene, item: AgendaItem) -> None:
    row = recorded(scene, item)
    call_off(item.meeting, "Snow", actor=scene.secretary, at=RECORDED)
    later = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=7))
    carried = carry_on(later, item, actor=scene.secretary, at=RECORDED)
    assert urgent_reported_by(carried) is row
    with pytest.raises(RuleBroken, match="reports an urgent decision already"):
        recorded(scene, carried)
    with pytest.raises(RuleBroken, match="stay as they are"):
        planning.add_affected(
            carried, AffectedDetails("Oak", AffectedRelation.SUBJECT), actor=scene.secretary, at=RECORDED
        )
    scene.meeting = later
    opened(scene, at=TEN + timedelta(days=7))
    assert "Urgent decision between meetings" in str(compose_now(later, scene.body, items=[carried])[0].document)
    (told,) = story_facts(carried, actor=scene.secretary, known_at=TEN + timedelta(days=7)).urgent
    assert told.sentences == urgent_sentences(row.fact) and told.proofs


CHAIR = Screened("chair", "Ann", True, "no conflict was found", True)
LAY = Screened("lay", "Cat", True, "no conflict was found", True)
LEAD = Screened("lead", "Dan", True, "no conflict was found")
MAY = Presiding("chair", "Ann", PresidingBasis.CHAIR, "Ann is in the chair.")
TWO = UrgentFacts(CHAIR, MAY, LEAD, (LAY,), takes_two=True)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (TWO, ""),
        (replace(TWO, second=None), "is taken by two"),
        (replace(TWO, second=replace(LEAD, is_clear=False)), "Dan has a conflict"),
        (replace(TWO, consulted=()), "No independent member"),
        (replace(TWO, consulted=(CHAIR,)), "No independent member"),
        (replace(TWO, consulted=(replace(LAY, is_clear=False),)), "No independent member"),
        (replace(TWO, second=None, consulted=(), takes_two=False), ""),
        (replace(TWO, names_nobody=True), "names no organisation"),
        (replace(TWO, decider=replace(CHAIR, is_clear=False)), "Ann has a conflict"),
        (replace(TWO, decider=LAY), "Cat is not the one"),
    ],
)
def test_an_icb_decides_by_two_after_asking_an_independent_member_and_nobody_with_a_conflict_decides(
    facts: UrgentFacts, said: str
) -> None:
    sentences = [stop.sentence for stop in urgent_stops(facts)]
    assert (said in sentences[0]) if said else sentences == []


def test_one_that_was_entered_by_mistake_is_struck_out_kept_with_the_reason_and_recorded_anew(
    scene: Scene, item: AgendaItem
) -> None:
    row = commands.record_urgent_decision(item, details(scene), actor=scene.secretary, at=RECORDED)
    with pytest.raises(RuleBroken, match="Enter why it is struck out"):
        commands.strike_out_urgent_decision(row, item, " ", actor=scene.secretary, at=RECORDED)
    commands.strike_out_urgent_decision(row, item, "It was another item", actor=scene.secretary, at=RECORDED)
    with pytest.raises(RuleBroken, match="has struck this out already"):
        commands.strike_out_urgent_decision(row, item, "Again", actor=scene.secretary, at=RECORDED)
    assert urgent_reported_by(item) is None
    assert "Urgent decision" not in str(compose_now(scene.meeting, scene.body)[0].document)
    (told,) = story_facts(item, actor=scene.secretary, known_at=RECORDED).urgent
    assert told.struck_because == "It was another item"
    commands.record_urgent_decision(item, details(scene), actor=scene.secretary, at=RECORDED + timedelta(hours=1))
    assert db.session.scalars(sa.select(UrgentDecision).order_by(UrgentDecision.recorded_at)).all()[0] is row


def test_whoever_attends_or_has_a_name_and_a_role_alone_can_have_been_consulted(scene: Scene, item: AgendaItem) -> None:
    guest = a_person("Jo Lark")
    said = details(scene, consulted=(scene.lay.id, guest.id))
    with pytest.raises(NotFound):
        commands.record_urgent_decision(item, said, actor=scene.secretary, at=RECORDED)
    attending(scene, guest, at=PLANNED)
    said = details(scene, consulted=(scene.lay.id, guest.id), others=(("Kit Moss", "Healthwatch"),))
    row = commands.record_urgent_decision(item, said, actor=scene.secretary, at=RECORDED)
    words = " ".join(urgent_sentences(row.fact))
    assert "Jo Lark (not a member) and Kit Moss (Healthwatch)." in words
    assert "Kit Moss was not compared with it: nothing of them is on file." in words
    assert str(guest.id) in {person for person, _name, _found in row.screened}


def test_each_committee_that_meets_in_common_records_its_own_and_the_minutes_name_it(
    scene: Scene, item: AgendaItem
) -> None:
    other = a_committee(scene.body, "Commissioning Committee", "CC")
    for person, office in ((scene.chair, Office.CHAIR), (scene.lay, None)):
        a_member(other, person, MemberClass.LAY, office=office)
    meeting = a_meeting(scene.committee, other)
    item = an_item(meeting, "Cover", [an_organisation("Ash Surgery")])
    for committee in (scene.committee, other):
        commands.record_urgent_decision(
            item, details(scene), actor=scene.secretary, at=RECORDED, committee_id=committee.id
        )
    text = str(compose_now(meeting, scene.body)[0].document)
    assert "Urgent decision of Commissioning Committee between meetings" in text
    assert f"Urgent decision of {scene.committee.name} between meetings" in text


def test_none_is_struck_out_through_a_later_item_once_the_minutes_that_tell_of_it_are_confirmed(
    scene: Scene, item: AgendaItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = commands.record_urgent_decision(item, details(scene), actor=scene.secretary, at=RECORDED)
    again = an_item(a_meeting(scene.committee, held_on=scene.meeting.held_on + timedelta(days=28)), item.title)
    again.continues_id = item.id
    monkeypatch.setattr(commands, "is_final", lambda meeting_id: meeting_id == scene.meeting.id)
    with pytest.raises(RuleBroken, match="The minutes are confirmed"):
        commands.strike_out_urgent_decision(row, again, "A slip", actor=scene.secretary, at=RECORDED)
