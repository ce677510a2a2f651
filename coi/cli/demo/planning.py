"""The demo's steps of planning a meeting: the gathering and its agenda."""

from datetime import date, time

from coi.cli.demo.agendas import DemoItem
from coi.cli.demo.scene import Scene
from coi.meetings import commands as planning
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import AffectedDetails, ItemDetails, MeetingDetails, Standing

VENUE = "Council chamber, Larchminster, and online"


def plan(
    scene: Scene, held_on: date, agenda: tuple[DemoItem, ...], offset: int, hour: str
) -> tuple[Meeting, dict[str, AgendaItem]]:
    """Plans a meeting with its agenda, an item a minute. Returns it with its items by their keys."""
    actor = scene.actor("secretary")
    details = MeetingDetails(held_on, time(10, 0), VENUE, committee_ids=(scene.committee.id,))
    meeting = planning.plan_meeting(scene.body, details, actor=actor, at=scene.days.at(offset, f"{hour}:00"))
    items = {
        each.key: planning.add_item(
            meeting, _details(scene, each), actor=actor, at=scene.days.at(offset, f"{hour}:{minute:02d}"),
            area=scene.body.area_codes,
        )
        for minute, each in enumerate(agenda, start=5)
    }  # fmt: skip
    return meeting, items


def standing_items(meeting: Meeting) -> dict[Standing, AgendaItem]:
    """Returns the items that stand on every agenda."""
    return {item.standing: item for item in agenda_of(meeting) if item.standing is not None}


def _details(scene: Scene, each: DemoItem) -> ItemDetails:
    return ItemDetails(
        each.title, each.purpose, each.part, each.description, each.presenter, each.function_code, each.class_scope,
        each.private_reason,
        tuple(
            AffectedDetails(scene.organisation_name(key), relation, scene.organisation_id(key))
            for key, relation in each.affected
        ),
    )  # fmt: skip
