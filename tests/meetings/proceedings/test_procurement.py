"""From a meeting's decision to the register of procurement decisions."""

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.proceedings.procurement_queries import procurement_of
from coi.meetings.vocabulary import DecisionDetails, DeclaredPoint, MeetingDeclarationDetails, Outcome, PresenceKind
from coi.registers.procurement.commands import begin_from_meeting
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.queries import details_of
from coi.registers.procurement.vocabulary import Outcome as Procured
from coi.registers.procurement.vocabulary import State
from tests.factories.meetings import a_declared_interest, a_scene, an_item, minutes, moved, opened, ruled
from tests.factories.organisations import an_organisation

pytestmark = pytest.mark.usefixtures("app")


def decided(scene):
    """An item about a GP's practice, decided without her."""
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.people["gp"], elm)
    item = an_item(scene.meeting, "Elm contract", [elm])
    opened(scene)
    said = MeetingDeclarationDetails(
        scene.people["gp"].id, DeclaredPoint.START, "I am a partner at Elm", item_id=item.id
    )
    declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A4")
    moved(scene, "gp", PresenceKind.LEFT, minutes(16), item)
    details = DecisionDetails(Outcome.APPROVED, "The contract was awarded.")
    return item, deciding.take_decision(item, details, actor=scene.secretary, at=minutes(20))


def test_who_decided_who_stood_down_and_each_conflict_are_filled_in() -> None:
    scene = a_scene()
    item, decision = decided(scene)
    found = procurement_of(decision.id, item)
    assert found.outcome is Procured.AWARDED
    gp = scene.people["gp"].name
    assert f"{gp} stood down" in found.involved and gp not in found.involved.split(" was in the chair")[0]
    assert found.conflicts == f"{gp}: I am a partner at Elm"
    assert found.mitigations.startswith(f"{gp}: ")
    assert [each.name for each in found.suppliers] == ["Elm Surgery"]


def test_one_decision_begins_one_draft_with_the_references_both_ways() -> None:
    scene = a_scene()
    item, decision = decided(scene)
    first = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(30))
    again = begin_from_meeting(procurement_of(decision.id, item), actor=scene.secretary, at=minutes(31))
    assert first is again
    assert (first.state, first.item_reference, first.decision_id) == (State.DRAFT, item.reference, decision.id)
    assert details_of(first.versions[0]).title == "Elm contract"
    assert db.session.scalar(sa.select(sa.func.count(ProcurementDecision.id))) == 1


def test_a_decision_of_another_item_is_not_found() -> None:
    scene = a_scene()
    _item, decision = decided(scene)
    with pytest.raises(NotFound):
        procurement_of(decision.id, an_item(scene.meeting, "Another", at=minutes(25)))


def test_the_secretary_begins_the_entry_from_the_item(stage) -> None:
    stage.at(minutes(30))
    item, _decision = decided(stage.scene)
    client = stage.as_("scribe")
    page = client.get(stage.url(f"items/{item.id}/procurement"))
    assert "I am a partner at Elm" in page.text
    page = client.post(stage.url(f"items/{item.id}/procurement"), {})
    assert "is begun" in page.text
    assert "I am a partner at Elm" in page.html
    page = client.get(stage.url(f"items/{item.id}/procurement"))
    assert "It is in the register as" in page.text
    assert client.get(stage.url(f"items/{item.id}")).links[
        "Enter the decision in the register of procurement decisions"
    ]
