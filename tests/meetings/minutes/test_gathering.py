"""What the minutes say of somebody with a noted interest: that they took part, where the committee agreed without a vote."""

from flask import Flask

from coi.documents.vocabulary import text_of
from coi.meetings.minutes.commands import compose_now
from coi.meetings.proceedings import commands as proceedings
from coi.meetings.proceedings import decision_commands as deciding
from coi.meetings.vocabulary import DecisionDetails, Outcome
from tests.factories.meetings import a_declared_interest, a_scene, an_item, minutes, opened, ruled
from tests.factories.organisations import an_organisation


def test_a_member_whose_interest_was_noted_took_part_in_a_decision_by_consensus(app: Flask) -> None:
    scene = a_scene()
    charity = an_organisation("Kestrel Carers")
    a_declared_interest(scene.lay, charity, nature="Volunteer")
    item = an_item(scene.meeting, "A grant", [charity])
    opened(scene)
    proceedings.open_item(item, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "lay", "A6", rationale="Immaterial because the sum is small", guardian=True, at=minutes(6))
    details = DecisionDetails(Outcome.APPROVED, "The grant is paid", decided_at=minutes(8))
    deciding.take_decision(item, details, actor=scene.secretary, at=minutes(8))
    text = text_of(compose_now(scene.meeting, scene.body)[0].document)
    assert (
        f"{scene.lay.name} was in the room when the item was decided, took part in the decision and was counted" in text
    )
