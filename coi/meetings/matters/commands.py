"""Saying what an item continues, and who worked on its matter before. One command, one ledger entry."""

import uuid
from datetime import datetime

import sqlalchemy as sa

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.unreached_commands import losses_kept
from coi.meetings.matters.models import Matter, MatterPart
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.models import AgendaItem
from coi.meetings.queries import hold, items_visible_to, live_item
from coi.meetings.vocabulary import ItemDetails, ItemState
from coi.people.models import Person
from coi.permissions.vocabulary import Actor


def record_part(item: AgendaItem, details: PartDetails, *, actor: Actor, at: datetime) -> MatterPart:
    """Records what somebody did on the matter of an item, or declared on it at a sub-group. It follows the matter to later meetings. Raises
    RuleBroken without words, and for a day to come. Rule: MTG-02; RULEBOOK §23 scenario 40."""
    hold(item.meeting)
    _check_open(item)
    if not details.text.strip():
        raise RuleBroken("Enter what it was", field="text", rule="MTG-02")
    if details.done_on and details.done_on > clock.local(at).date():
        raise RuleBroken("The day must be today or in the past", field="done_on", rule="MTG-02")
    if db.session.get(Person, details.person_id) is None:
        raise NotFound("There is no such person")
    part = add_part(item, details, actor=actor, at=at)
    log.record(Event.MATTER_PART_RECORDED, subject=part, actor=actor, at=at, body_id=item.meeting.body_id)
    return part


def add_part(item: AgendaItem, details: PartDetails, *, actor: Actor, at: datetime) -> MatterPart:
    """Adds what somebody did to the matter of an item, which begins where there is none. A row of the command that asks for it; no entry of
    its own."""
    matter_id = item.matter_id or begin_matter(item, at).id
    managed = details.management.strip() if details.kind is PartKind.DECLARED else ""
    part = MatterPart(
        id=uuid.uuid4(), matter_id=matter_id, item_id=item.id, person_id=details.person_id, kind=details.kind,
        text=details.text.strip(), forum=details.forum.strip(), done_on=details.done_on, management=managed, recorded_at=at,
        recorded_by=actor.account_id,
    )  # fmt: skip
    db.session.add(part)
    return part


def withdraw_part(part: MatterPart, item: AgendaItem, *, actor: Actor, at: datetime) -> MatterPart:
    """Marks what was entered by mistake. It stays in the record, and whoever presides is told of the flags that go with it. Raises
    RuleBroken where it was marked already."""
    _check_open(item)
    if part.withdrawn_at is not None:
        raise RuleBroken("This was already withdrawn")
    what = f"what was recorded of {part.person.name} on the matter was withdrawn"
    with losses_kept(what, of=item, actor=actor, at=at):
        part.withdrawn_at = at
    log.record(Event.MATTER_PART_WITHDRAWN, subject=part, actor=actor, at=at, body_id=item.meeting.body_id)
    return part


def continue_matter(item: AgendaItem, details: ItemDetails, *, actor: Actor, at: datetime) -> None:
    """Puts an item to the matter of an earlier one; without one, takes it out of a matter that other items share. Rows that the commands
    of the agenda keep; no entry of its own. Raises NotFound where there is no such item that `actor` may read."""
    earlier_id = details.continues
    if details.keeps_matter:
        return
    if earlier_id is None:
        if item.matter_id is not None and _is_shared(item):
            item.matter_id = None
        return
    earlier = live_item(earlier_id, items_visible_to(actor, _body_of(item)))
    if earlier is None or earlier.id == item.id:
        raise NotFound("There is no such earlier item")
    item.matter_id = earlier.matter_id or begin_matter(earlier, at).id


def begin_matter(item: AgendaItem, at: datetime) -> Matter:
    """Makes the matter that an item is about, named like it."""
    start = f"MA/{at.year}/"
    matter = Matter(
        id=uuid.uuid4(), body_id=_body_of(item), reference=f"{start}{next_number(Matter.reference, start):04d}",
        title=item.title, item_id=item.id, began_at=at,
    )  # fmt: skip
    db.session.add(matter)
    db.session.flush()  # the item names it, whose key must exist
    item.matter_id = matter.id
    return matter


def _check_open(item: AgendaItem) -> None:
    """Raises RuleBroken where the item is settled: its flags stand as they were then, and what led to them stays told. Rule: MTG-02;
    RULEBOOK §24 rule 3."""
    if item.state not in (ItemState.PLANNED, ItemState.OPEN):
        raise RuleBroken(
            "This item is settled, so what was recorded of earlier work on its matter stays as it is", rule="MTG-02",
            options=("Record it on the next item of this matter",),
        )  # fmt: skip


def _is_shared(item: AgendaItem) -> bool:
    others = sa.select(AgendaItem.id).where(AgendaItem.matter_id == item.matter_id, AgendaItem.id != item.id)
    return bool(db.session.scalar(sa.select(others.exists())))


def _body_of(item: AgendaItem) -> uuid.UUID:
    return item.meeting.body_id
