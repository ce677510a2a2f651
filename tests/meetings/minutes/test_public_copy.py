"""What the public copy of minutes says of interests that are withheld from publication, and who is warned."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from coi.cli.minutes import export
from coi.committees.models import CommitteeBody
from coi.database import db
from coi.documents.vocabulary import text_of
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.minutes.commands import compose_now, draft_minutes
from coi.meetings.models import AgendaItem
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.publicity import public_document
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails
from coi.meetings.urgent.commands import record_urgent_decision
from coi.meetings.urgent.vocabulary import UrgentDetails
from coi.meetings.vocabulary import DeclaredPoint, Outcome, PresenceKind
from coi.permissions.vocabulary import Role
from coi.registers.interests import review_commands
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.vocabulary import RedactionState
from tests.factories.accounts import account_with
from tests.factories.meetings import (
    PLANNED,
    Scene,
    a_declared_interest,
    a_scene,
    an_item,
    minutes,
    moved,
    opened,
    ruled,
)
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person
from tests.support.client import StrictClient

SECRETARY = "sam@example.nhs.uk"
DETAILS = "an interest whose details are withheld from publication"


def asked_not_to_publish(interest: Interest) -> RedactionRequest:
    request = RedactionRequest(
        interest_id=interest.id, reason="Safety", requested_at=PLANNED, state=RedactionState.REQUESTED
    )
    db.session.add(request)
    db.session.flush()
    return request


def decided(scene: Scene, request: RedactionRequest, *, granted: bool) -> None:
    guardian = scene.actor("vice", Role.GUARDIAN)
    review_commands.decide_redaction(request, granted=granted, reason="Considered", actor=guardian, at=PLANNED)


@pytest.fixture
def scene(app: Flask) -> Scene:
    scene = a_scene()
    account_with(a_person("Mr Sam Scribe").id, SECRETARY, [Role.SECRETARY], scene.body.id)
    return scene


@pytest.fixture
def interest(scene: Scene) -> Interest:
    return a_declared_interest(scene.gp, an_organisation("Elm Surgery"), nature="Lives above the premises")


def settled(scene: Scene, interest: Interest, *, irregular: bool = False) -> AgendaItem:
    item = an_item(scene.meeting, "Rent review", affected=[interest.versions[0].organisations[0].organisation])
    if not irregular:
        ruled(scene, item, "gp", "A4", rationale="She lives above Elm Surgery", magnitude="One flat of the house")
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    details = DecisionDetails(Outcome.APPROVED, "The rent is agreed", decided_at=minutes(9), explanation="It went on")
    if irregular:
        deciding.record_irregular(item, details, actor=scene.secretary, at=minutes(9))
    else:
        moved(scene, "gp", PresenceKind.LEFT, minutes(6), item)
        deciding.take_decision(item, details, actor=scene.secretary, at=minutes(9))
    return item


@pytest.mark.parametrize("state", [RedactionState.REQUESTED, RedactionState.GRANTED])
@pytest.mark.parametrize("irregular", [False, True])
def test_the_public_copy_says_who_stood_down_and_not_what_is_withheld(
    scene: Scene, interest: Interest, state: RedactionState, irregular: bool
) -> None:
    request = asked_not_to_publish(interest)
    if state is RedactionState.GRANTED:
        decided(scene, request, granted=True)
    settled(scene, interest, irregular=irregular)
    whole, public = (text_of(each.document) for each in compose_now(scene.meeting, scene.body))
    assert "Elm Surgery" in whole and "Lives above the premises" in whole
    assert ("One flat of the house" in whole) is not irregular
    assert "Elm Surgery" not in public.replace("Rent review", "")
    for word in (
        "Lives above",
        "She lives",
        "One flat",
        "How large",
        "partner at",
        "direct financial",
        interest.reference,
    ):
        assert word not in public
    assert f"Dr Fay Fenn has a conflict of interest in this item: {DETAILS}." in public
    if not irregular:
        assert "Dr Fay Fenn was asked to leave for the discussion and the decision" in public
        assert "Dr Fay Fenn left the meeting at 10:06am." in public


def test_the_public_copy_of_a_joint_committee_leaves_out_what_one_of_its_bodies_withholds(
    scene: Scene, interest: Interest
) -> None:
    """Rules: REG-06, REG-07: each Guardian decides for their own register, and such minutes are of each body."""
    other, request = a_body("NHS Far Fell ICB", "far-fell"), asked_not_to_publish(interest)
    guardian = scene.actor("vice", Role.GUARDIAN)
    review_commands.decide_redaction(
        request, granted=False, reason="Known anyway", actor=guardian, at=PLANNED, body_id=scene.body.id
    )
    settled(scene, interest)
    assert "Lives above the premises" in text_of(compose_now(scene.meeting, scene.body)[1].document)
    (committee,) = scene.meeting.committees
    db.session.add(CommitteeBody(committee_id=committee.committee_id, body_id=other.id))
    db.session.flush()
    assert "Lives above the premises" not in text_of(compose_now(scene.meeting, scene.body)[1].document)
    review_commands.decide_redaction(
        request, granted=False, reason="Known anyway", actor=guardian, at=PLANNED, body_id=other.id
    )
    assert "Lives above the premises" in text_of(compose_now(scene.meeting, scene.body)[1].document)


def test_the_public_copy_does_not_print_as_what_a_withheld_interest_was_registered_later(scene: Scene) -> None:
    item = an_item(scene.meeting, "Rent review", affected=[an_organisation("Elm Surgery")])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    late = a_declared_interest(scene.gp, "Elm Surgery", nature="Lives above the premises", at=minutes(20))
    asked_not_to_publish(late)
    said = MeetingDeclarationDetails(
        scene.gp.id, DeclaredPoint.AT_ITEM, "My home", item.id, at=minutes(6), interest_id=late.id
    )
    conflicts.declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(21))
    whole, public = (text_of(each.document) for each in compose_now(scene.meeting, scene.body))
    assert f"It was registered as {late.reference}" in whole
    assert late.reference not in public


def test_the_public_copy_does_not_tell_what_a_fellow_partner_holds(scene: Scene) -> None:
    elm, pharmacy = an_organisation("Elm Surgery"), an_organisation("Tarn Pharmacy")
    fellow = a_person("Dr Ned North")
    for person, organisation in ((scene.gp, elm), (fellow, elm), (fellow, pharmacy)):
        a_declared_interest(person, organisation)
    item = an_item(scene.meeting, "Pharmacy first", affected=[pharmacy])
    ruled(scene, item, "gp", "A4", rationale="A fellow partner owns it")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(6), item)
    deciding.take_decision(item, DecisionDetails(Outcome.APPROVED, "Agreed"), actor=scene.secretary, at=minutes(9))
    whole, public = (text_of(each.document) for each in compose_now(scene.meeting, scene.body))
    assert "fellow partner of Dr Ned North" in whole
    assert "Dr Ned North" not in public
    assert f"Dr Fay Fenn has a conflict of interest in this item: {DETAILS}." in public


def test_the_public_copy_does_not_print_what_was_typed_of_an_urgent_decision(scene: Scene, interest: Interest) -> None:
    request = asked_not_to_publish(interest)
    elm = interest.versions[0].organisations[0].organisation
    item = an_item(scene.meeting, "Rent review", affected=[elm])
    typed = UrgentDetails(
        scene.gp.id, PLANNED, "The rent was paid", "Standing order 4.9", "It was due", instead="Ann rents there too",
        second=scene.finance.id, consulted=(scene.lay.id,), said="Fay lives there", explanation="She needs the flat",
    )  # fmt: skip
    record_urgent_decision(item, typed, actor=scene.secretary, at=PLANNED)
    ruled(scene, item, "gp", "A4")
    opened(scene)
    moved(scene, "gp", PresenceKind.LEFT, minutes(6), item)
    deciding.take_decision(item, DecisionDetails(Outcome.APPROVED, "Ratified"), actor=scene.secretary, at=minutes(9))
    whole, public = (text_of(each.document) for each in compose_now(scene.meeting, scene.body))
    for words in ("Ann rents there too", "Fay lives there", "She needs the flat"):
        assert words in whole and words not in public
    assert "The rent was paid." in public and "Explanation: Withheld from publication." in public
    decided(scene, request, granted=False)
    assert "Fay lives there" in text_of(compose_now(scene.meeting, scene.body)[1].document)


def test_a_refused_request_withholds_nothing(scene: Scene, interest: Interest) -> None:
    decided(scene, asked_not_to_publish(interest), granted=False)
    settled(scene, interest)
    _whole, public = compose_now(scene.meeting, scene.body)
    assert "Lives above the premises" in text_of(public.document)


def test_the_secretary_is_warned_on_agenda_minutes_and_export(
    scene: Scene, interest: Interest, client: StrictClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked_not_to_publish(interest)
    item = settled(scene, interest)
    draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(60))
    said = f"the Guardian has not decided yet: Dr Fay Fenn, item {item.position}."
    client.as_(SECRETARY)
    agenda = client.get(f"/{scene.body.slug}/meetings/{scene.meeting.id}/agenda")
    assert said in agenda.text
    page = client.get(f"/{scene.body.slug}/meetings/{scene.meeting.id}/minutes/")
    assert said in page.text
    assert "Download the public copy" in page.links
    result = CliRunner().invoke(export, [scene.meeting.reference, "--to", str(tmp_path / "minutes.pdf")])
    assert "Not for the public" in result.output
    result = CliRunner().invoke(export, [scene.meeting.reference, "--public", "--to", str(tmp_path / "public.pdf")])
    assert result.exit_code == 0 and "Not for the public" not in result.output


def test_nobody_is_warned_where_everything_is_public(scene: Scene, interest: Interest, client: StrictClient) -> None:
    settled(scene, interest)
    client.as_(SECRETARY)
    assert "Not for the public" not in client.get(f"/{scene.body.slug}/meetings/{scene.meeting.id}/agenda").text
    assert "Not for the public" not in client.get(f"/{scene.body.slug}/meetings/{scene.meeting.id}/minutes/").text


def test_a_request_that_comes_after_the_draft_withholds_in_the_public_copy_too(
    scene: Scene, interest: Interest
) -> None:
    settled(scene, interest)
    kept = draft_minutes(scene.meeting, scene.body, actor=scene.secretary, at=minutes(60))
    assert "Lives above" in text_of(public_document(kept, scene.meeting, scene.body))
    asked_not_to_publish(interest)
    assert "Lives above" not in text_of(public_document(kept, scene.meeting, scene.body))
