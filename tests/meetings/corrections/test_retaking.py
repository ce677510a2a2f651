"""A movement that is recorded after an item was settled changes who was in the room then: it is said, and the item follows."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from coi.assurance.queries import story_facts
from coi.assurance.story import compose
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.models import Job
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.conflicts.movement_queries import handovers_of
from coi.meetings.corrections import retaking
from coi.meetings.corrections.handover_commands import correct_handover
from coi.meetings.corrections.vocabulary import CorrectedHandover, CorrectionDetails
from coi.meetings.minutes.commands import compose_now
from coi.meetings.models import AgendaItem, Decision
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings.decision_commands import defer_item, record_irregular, take_decision
from coi.meetings.proceedings.vocabulary import HandoverDetails
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails, MovementDetails
from coi.meetings.vocabulary import DeclaredPoint, Outcome, PresenceKind, PresenceReason
from tests.factories.meetings import (
    SYSTEM,
    Scene,
    a_declared_interest,
    a_nil_return,
    an_item,
    attending,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person

APPROVED = DecisionDetails(Outcome.APPROVED, "The variation.", decided_at=minutes(30))


def decided_without_the_gp(scene: Scene) -> tuple[AgendaItem, Decision]:
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4", at=minutes(6))
    moved(scene, "gp", PresenceKind.LEFT, minutes(10), item)
    return item, take_decision(item, APPROVED, actor=scene.secretary, at=minutes(31))


def returned(scene: Scene, minute: int, note: str = "", *, is_so: bool = False) -> None:
    details = MovementDetails(
        scene.gp.id, PresenceKind.RETURNED, minutes(minute), PresenceReason.CONFLICT, None, note, is_so=is_so
    )
    proceedings.record_movement(scene.meeting, details, actor=scene.secretary, at=minutes(60))


def story(item: AgendaItem) -> str:
    told = compose(story_facts(item, actor=SYSTEM, known_at=minutes(70)))
    return f"{told.answers} {told.chapters}"


def gaps(scene: Scene) -> str:
    return " ".join(gap.sentence for gap in compose_now(scene.meeting, scene.body)[0].gaps)


def test_a_return_before_the_decision_of_somebody_ruled_out_is_refused_with_what_it_would_mean(scene: Scene) -> None:
    item, _ = decided_without_the_gp(scene)
    with pytest.raises(RuleBroken) as broken:
        returned(scene, 29)
    assert f"Item {item.position} was settled" in broken.value.reason
    assert "ruled out" in broken.value.reason and "irregular" in broken.value.reason
    with pytest.raises(RuleBroken, match="note"):
        returned(scene, 29, is_so=True)


@pytest.mark.parametrize("minute", [30, 31, 45])
def test_a_return_at_or_after_the_decision_is_recorded_as_ever(scene: Scene, minute: int) -> None:
    decided_without_the_gp(scene)
    returned(scene, minute)
    assert "by the movements recorded" not in gaps(scene)


def test_a_return_that_was_so_makes_the_decision_irregular_and_opens_a_suspected_breach(scene: Scene) -> None:
    item, decision = decided_without_the_gp(scene)
    returned(scene, 29, "She came in for her bag and stayed", is_so=True)
    assert "was in the room at" in gaps(scene)  # until the room is taken again, the minutes cannot be final
    assert "contradicts itself" in story(item)
    assert "Dr Fay Fenn was in the room at 10:30am by the movements recorded" in story(item)
    said = retaking.take_rooms_again(scene.meeting, "She came in for her bag", actor=scene.secretary, at=minutes(61))
    assert "irregular" in said and decision.is_irregular
    assert decision.explanation == "She came in for her bag"
    assert str(scene.gp.id) in decision.snapshot.present
    assert db.session.scalars(sa.select(Job).where(Job.kind.contains("breach"))).all()
    assert "by the movements recorded" not in gaps(scene)
    assert "contradicts itself" not in story(item)
    assert "was in the room when the item was decided" in str(compose_now(scene.meeting, scene.body)[0].document)


@pytest.mark.parametrize("knew", ["the register", "the room", "nobody"])
def test_where_a_guest_was_matters_as_it_does_of_a_member_once_they_have_an_interest_in_the_item(
    scene: Scene, knew: str
) -> None:
    guest, practice = a_person("Ms Ida Ivey"), an_organisation("Otter Vale Surgery")
    if knew == "the register":
        a_declared_interest(guest, practice)
    else:
        a_nil_return(guest)
    item = an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    attending(scene, guest, joined=minutes(1))
    if knew == "the room":
        said = MeetingDeclarationDetails(guest.id, DeclaredPoint.AT_ITEM, "I advise them", item.id, is_new=True)
        declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(6))
    details = replace(APPROVED, explanation="Nobody ruled")
    record = take_decision if knew == "nobody" else record_irregular
    record(item, details, actor=scene.secretary, at=minutes(31))
    left = MovementDetails(guest.id, PresenceKind.LEFT, minutes(20), item_id=item.id)
    if knew == "nobody":
        proceedings.record_movement(scene.meeting, left, actor=scene.secretary, at=minutes(60))
        return
    refused = pytest.raises(RuleBroken, match="By this entry Ms Ida Ivey was out of the room then")
    with refused, db.session.begin_nested():
        proceedings.record_movement(scene.meeting, left, actor=scene.secretary, at=minutes(60))
    is_so = replace(left, note="To a patient", is_so=True)
    proceedings.record_movement(scene.meeting, is_so, actor=scene.secretary, at=minutes(60))
    assert "Ms Ida Ivey was out of the room at 10:30am by the movements recorded" in gaps(scene)


def test_the_quorum_of_an_item_put_off_is_taken_again(scene: Scene) -> None:
    item = an_item(scene.meeting)
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    decision = defer_item(item, "Not enough members.", actor=scene.secretary, at=minutes(30))
    left = MovementDetails(scene.gp.id, PresenceKind.LEFT, minutes(20), note="To a patient", is_so=True)
    proceedings.record_movement(scene.meeting, left, actor=scene.secretary, at=minutes(60))
    said = retaking.take_rooms_again(scene.meeting, "To a patient", actor=scene.secretary, at=minutes(61))
    assert "quorum" in said
    assert str(scene.gp.id) not in decision.snapshot.present


def test_the_chair_goes_back_only_to_somebody_who_is_in_the_room(scene: Scene) -> None:
    first, second = an_item(scene.meeting, "First"), an_item(scene.meeting, "Second")
    opened(scene)
    proceedings.open_item(first, actor=scene.secretary, at=minutes(5))
    ruled(scene, first, "chair", "A4", by="vice", at=minutes(6))
    over = HandoverDetails(scene.people["vice"].id, minutes(7))
    proceedings.hand_over_chair(first, over, actor=scene.secretary, at=minutes(7))
    moved(scene, "chair", PresenceKind.LEFT, minutes(8), first)
    take_decision(first, APPROVED, actor=scene.secretary, at=minutes(31))
    proceedings.open_item(second, actor=scene.secretary, at=minutes(32))
    assert "The chair went back" not in str(compose_now(scene.meeting, scene.body)[0].document)
    moved(scene, "chair", PresenceKind.RETURNED, minutes(33), second)
    assert "When the chair went back was not recorded." in str(compose_now(scene.meeting, scene.body)[0].document)
    (handover,) = handovers_of(scene.meeting.id)
    back = CorrectedHandover(minutes(7), minutes(33))
    correct_handover(handover, back, CorrectionDetails("She said so", 0), actor=scene.secretary, at=minutes(40))
    assert "The chair went back at 10:33am" in str(compose_now(scene.meeting, scene.body)[0].document)


def test_an_item_that_was_not_taken_says_nothing_of_conflicts(scene: Scene) -> None:
    practice = an_organisation("Otter Vale Surgery")
    a_declared_interest(scene.gp, practice)
    an_item(scene.meeting, "A contract", [practice])
    opened(scene)
    compose_now(scene.meeting, scene.body)
    proceedings.close_meeting(scene.meeting, minutes(50), actor=scene.secretary, at=minutes(50))
    text = str(compose_now(scene.meeting, scene.body)[0].document)
    assert "This item was not taken" in text
    assert "has a conflict of interest" not in text


def test_the_page_of_a_movement_asks_whether_it_was_so_and_keeps_what_was_typed(stage):
    scene = stage.scene
    item, decision = decided_without_the_gp(scene)
    db.session.commit()
    stage.at(minutes(60))
    scribe = stage.as_("scribe")
    room = stage.url(f"items/{item.id}/room/")
    quick = scribe.get(room).form_fields(f"{room}keep")
    refused = scribe.post(
        f"{room}keep", quick | {f"at_{scene.gp.id.hex}": "10:29", "do": f"returned:{scene.gp.id}"}, queries=75
    )
    assert refused.status_code == 422 and "choose “More” beside their name" in refused.text
    url = stage.url(f"meetings/{scene.meeting.id}/room/people/{scene.gp.id}/movement?item={item.id}")
    form = scribe.get(url).form_fields() | {"kind": "returned", "at": "10:29"}
    assert "is_so" not in form
    refused = scribe.post(url, form)
    assert refused.status_code == 422 and "was in the room then, and the record says otherwise" in refused.text
    assert refused.form_fields()["at"] == "10:29"
    page = scribe.post(url, form | {"is_so": "y", "note": "She fetched her bag"}, queries=120)
    assert "is marked as irregular" in page.notices[0]
    db.session.refresh(decision)
    assert decision.is_irregular
