"""The demo's steps of planning a meeting: the gathering and its agenda."""

import uuid
from datetime import date, datetime, time

from coi.cli.demo.agendas import DemoItem
from coi.cli.demo.organisations import NETWORKS
from coi.cli.demo.scene import Scene
from coi.meetings import commands as planning
from coi.meetings.deferral_commands import carry_on
from coi.meetings.deferral_queries import items_to_carry_on
from coi.meetings.matters.queries import items_to_continue
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
        each.key: put_on(scene, meeting, each, scene.days.at(offset, f"{hour}:{minute:02d}"))
        for minute, each in enumerate(agenda, start=5)
    }
    return meeting, items


def put_on(scene: Scene, meeting: Meeting, each: DemoItem, at: datetime) -> AgendaItem:
    """Puts an item on the agenda of a meeting: carried on, or anew."""
    actor = scene.actor("secretary")
    if each.is_carried_on:
        put_off = next(item for item in items_to_carry_on(meeting, actor=actor) if item.title == each.title)
        return carry_on(meeting, put_off, actor=actor, at=at)
    offered = items_to_continue(meeting, actor=actor) if each.continues else []
    earlier = next((one.item_id for one in offered if one.label.startswith(each.continues)), None)
    return planning.add_item(meeting, _details(scene, each, earlier), actor=actor, at=at, area=scene.body.area_codes)


def standing_items(meeting: Meeting) -> dict[Standing, AgendaItem]:
    """Returns the items that stand on every agenda."""
    return {item.standing: item for item in agenda_of(meeting) if item.standing is not None}


def _details(scene: Scene, each: DemoItem, earlier: uuid.UUID | None = None) -> ItemDetails:
    return ItemDetails(
        each.title, each.purpose, each.part, each.description, each.presenter, each.function_code, each.class_scope,
        each.private_reason,
        tuple(
            AffectedDetails(scene.organisation_name(key), relation, scene.organisation_id(key))
            for key, relation in each.affected
        ),
        scene.organisation_id(each.network), NETWORKS.get(each.network, ""), each.stage, earlier,
    )  # fmt: skip
