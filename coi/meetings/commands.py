"""Planning a meeting: the gathering, its agenda, its order. One command, one ledger entry."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.committees.models import Committee
from coi.committees.queries import terms_in_force
from coi.database import db, next_number
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings import lifecycle
from coi.meetings.affected import affected_row, check_unchanged, class_area, is_same, items_touched
from coi.meetings.conflicts.beforehand.link_commands import links_follow
from coi.meetings.conflicts.unreached_commands import keep_what_was_lost, look_at, losses_kept
from coi.meetings.conflicts.unreached_queries import items_alike, live_items
from coi.meetings.matters.commands import continue_matter
from coi.meetings.models import AffectedOrganisation, AgendaItem, Meeting, MeetingCommittee
from coi.meetings.queries import agenda_of, hold, meetings_that_day
from coi.meetings.urgent.reporting import check_concerns_the_same, check_may_leave, check_still_asks
from coi.meetings.versions import item_versions, meeting_words
from coi.meetings.vocabulary import (
    AffectedDetails,
    ClassScope,
    ItemDetails,
    ItemState,
    MeetingDetails,
    MeetingState,
    Part,
)
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor
from coi.wording import clock_time


def plan_meeting(body: Body, details: MeetingDetails, *, actor: Actor, at: datetime) -> Meeting:
    """Plans a meeting of one committee, or of several in common, with the standing items on its agenda. Raises RuleBroken where no
    committee is named, or one has no terms of reference in force on the day (the quorum would be unknown), or meets on that day already
    and nobody said that this is a second meeting."""
    committees = _committees(details, body)
    lifecycle.check_near(details.held_on, clock.local(at).date())
    _check_day(details, [committee.id for committee in committees])
    prefix = committees[0].prefix
    year = lifecycle.financial_year(details.held_on)
    number = next_number(Meeting.reference, f"{prefix}-M/{year}/")
    meeting = Meeting(
        id=uuid.uuid4(), body_id=body.id, reference=f"{prefix}-M/{year}/{number:02d}", held_on=details.held_on,
        title=details.title or " and ".join(committee.name for committee in committees),
        starts_at=details.starts_at, venue=details.venue, state=MeetingState.PLANNED, planned_at=at, agenda_version=1,
    )  # fmt: skip
    db.session.add(meeting)
    for position, committee in enumerate(committees):
        meeting.committees.append(MeetingCommittee(committee_id=committee.id, committee=committee, position=position))
    start, number = _next_reference(meeting)
    for position, item in enumerate((*lifecycle.OPENING_ITEMS, *lifecycle.CLOSING_ITEMS), start=1):
        meeting.items.append(
            AgendaItem(
                issued=f"{start}{number + position - 1:03d}",
                position=position,
                title=item.title,
                part=Part.PUBLIC,
                purpose=item.purpose,
                standing=item.standing,
                class_scope=ClassScope.NONE,
                class_area=[],
                state=ItemState.PLANNED,
            )
        )
    log.record(Event.MEETING_PLANNED, subject=meeting, actor=actor, at=at, body_id=body.id)
    return meeting


def change_meeting(
    meeting: Meeting, details: MeetingDetails, *, seen: str | None = None, actor: Actor, at: datetime
) -> Meeting:
    """Changes the day, time or place of a meeting that was not opened yet. `seen` is the mark of what the editor's page showed (None:
    whatever): EditConflict shows both where somebody was faster. Raises RuleBroken where a committee has no terms of reference in
    force on the new day. The links by which people answer before the meeting follow its day."""
    hold(meeting)
    now = MeetingDetails(meeting.held_on, meeting.starts_at, meeting.venue, meeting.title)
    if seen is not None and seen != now.mark:
        raise EditConflict("The meeting", theirs=meeting_words(now), yours=meeting_words(details))
    if meeting.called_off_at:
        raise RuleBroken("The meeting was called off, so its day, time and place stand")
    if meeting.state is not MeetingState.PLANNED:
        raise RuleBroken("The meeting was already opened, so its day, time and place stand")
    for row in meeting.committees:
        _check_terms(row.committee, details.held_on, "held_on")
    if details.held_on != meeting.held_on:
        lifecycle.check_near(details.held_on, clock.local(at).date())
        _check_day(details, [row.committee_id for row in meeting.committees], besides=meeting)
    before = live_items(meeting_id=meeting.id) if details.held_on != now.held_on else ()
    with losses_kept("the day of the meeting was changed", items=before, with_people=True, actor=actor, at=at):
        meeting.held_on, meeting.starts_at, meeting.venue = details.held_on, details.starts_at, details.venue
        meeting.title = details.title or meeting.title
    if details.held_on != now.held_on:
        links_follow(meeting)
    log.record(Event.MEETING_CHANGED, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)
    return meeting


def add_item(
    meeting: Meeting, details: ItemDetails, *, actor: Actor, at: datetime, area: Sequence[str] = ()
) -> AgendaItem:
    """Adds an item before the closing items of the agenda. `area` is the commissioner codes that *all practices* means."""
    hold(meeting)
    lifecycle.check_agenda_may_change(meeting.state)
    lifecycle.check_item(details)
    start, number = _next_reference(meeting)
    reference = f"{start}{number:03d}"
    item = AgendaItem(id=uuid.uuid4(), meeting_id=meeting.id, issued=reference, position=0, state=ItemState.PLANNED)
    _write(item, details, area)
    db.session.add(item)
    for position, each in enumerate(details.affected, start=1):
        db.session.add(affected_row(item, each, position))
    place_item(meeting, item)
    continue_matter(item, details, actor=actor, at=at)
    log.record(Event.ITEM_ADDED, subject=item, actor=actor, at=at, body_id=meeting.body_id)
    return item


def place_item(meeting: Meeting, item: AgendaItem) -> None:
    """Gives a new item its place on the agenda, before the closing items. A row that the commands keep; no entry of its own."""
    present = [each for each in agenda_of(meeting) if each.id != item.id]
    place = lifecycle.place_for_new_item([each.standing for each in present])
    _number([*present[:place], item, *present[place:]])
    meeting.agenda_version += 1


def change_item(
    item: AgendaItem, details: ItemDetails, *, version: int, actor: Actor, at: datetime, area: Sequence[str] = ()
) -> AgendaItem:
    """Changes an item that was not taken yet. `version` is the item's version that the editor saw: EditConflict shows both texts where
    somebody was faster. Whoever presides is told of the flags that go with a class, a function, a stage or a matter."""
    hold(item.meeting)
    lifecycle.check_agenda_may_change(item.meeting.state)
    lifecycle.check_item_may_change(item.state)
    lifecycle.check_item(details)
    if version != item.version:
        theirs, yours = item_versions(item, details, actor)
        raise EditConflict(f"Item {item.reference}", theirs=theirs, yours=yours)
    check_still_asks(item, details)
    before, was = look_at(items_touched(item, details), at), _class_of(item)
    _write(item, details, area)
    item.version += 1
    continue_matter(item, details, actor=actor, at=at)
    changed = "the class that the item concerns" if _class_of(item) != was else "what the item is about"
    keep_what_was_lost(before, f"{changed} was changed", of=item, actor=actor, at=at)
    log.record(Event.ITEM_CHANGED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return item


def add_affected(
    item: AgendaItem, details: AffectedDetails, *, version: int | None = None, actor: Actor, at: datetime
) -> AffectedOrganisation:
    """Says that an item concerns an organisation, and how. Flags follow at once. `version` is the item's that the editor saw (None:
    whatever): EditConflict shows both where somebody was faster."""
    hold(item.meeting)
    lifecycle.check_agenda_may_change(item.meeting.state)
    lifecycle.check_item_may_change(item.state)
    check_unchanged(item, version, f"Add {details.text.strip()}, {details.relation.value.replace('_', ' ')}")
    check_concerns_the_same(item)
    if not details.text.strip():
        raise RuleBroken("Enter the organisation", field="organisation")
    if any(is_same(row, details) for row in item.affected):
        raise RuleBroken("The item already names this organisation in this way", field="organisation")
    row = affected_row(item, details, 1 + max((row.position for row in item.affected), default=0))
    item.affected.append(row)
    item.version += 1
    log.record(Event.ITEM_CHANGED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def remove_affected(
    item: AgendaItem, affected_id: uuid.UUID, *, version: int | None = None, actor: Actor, at: datetime
) -> AffectedOrganisation:
    """Takes an organisation off an item, and returns it. The row is marked, never deleted: the ledger keeps what the item once named, and
    whoever presides is told of the flags that go with it.
    `version` is the item's that the editor saw (None: whatever): EditConflict shows both where somebody was faster."""
    hold(item.meeting)
    lifecycle.check_agenda_may_change(item.meeting.state)
    lifecycle.check_item_may_change(item.state)
    row = db.session.get(AffectedOrganisation, affected_id)
    if row is None or row.item_id != item.id:
        raise NotFound("There is no such organisation on this item")
    check_unchanged(item, version, f"Remove {row.text}")
    if row.removed_at is not None:
        raise NotFound("There is no such organisation on this item any more")
    check_concerns_the_same(item)
    with losses_kept(f"{row.text} was removed", of=item, actor=actor, at=at):
        row.removed_at = at
        item.version += 1
    log.record(Event.ITEM_CHANGED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def remove_item(item: AgendaItem, *, actor: Actor, at: datetime) -> None:
    """Takes an item off the agenda. Its reference is not used again."""
    hold(item.meeting)
    lifecycle.check_agenda_may_change(item.meeting.state)
    lifecycle.check_item_may_change(item.state)
    if item.standing is not None:
        raise RuleBroken("A standing item stays on every agenda", rule="MTG-01")
    check_may_leave(item)
    with losses_kept("the item was taken off", items=items_alike(item)[1:], of=item, actor=actor, at=at):
        item.state = ItemState.REMOVED
        item.position = 0
    _number([each for each in agenda_of(item.meeting) if each.id != item.id])
    item.meeting.agenda_version += 1
    log.record(Event.ITEM_REMOVED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)


def reorder_agenda(meeting: Meeting, order: Sequence[uuid.UUID], *, version: int, actor: Actor, at: datetime) -> None:
    """Puts the agenda into a new order: one versioned change of the whole agenda. Raises EditConflict where somebody changed the
    agenda since `version`, RuleBroken where `order` names other items."""
    hold(meeting)
    lifecycle.check_agenda_may_change(meeting.state)
    present = agenda_of(meeting)
    by_id = {item.id: item for item in present}
    if version != meeting.agenda_version:
        raise EditConflict(
            "The agenda",
            theirs={"Order": " · ".join(item.title for item in present)},
            yours={"Order": " · ".join(by_id[each].title for each in order if each in by_id)},
        )
    lifecycle.check_order(list(by_id), order)
    for item in present:
        if item.state is not ItemState.PLANNED and order.index(item.id) != present.index(item):
            lifecycle.check_item_may_change(item.state)
    _number([by_id[each] for each in order])
    meeting.agenda_version += 1
    log.record(Event.AGENDA_REORDERED, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)


def _committees(details: MeetingDetails, body: Body) -> list[Committee]:
    if not details.committee_ids:
        raise RuleBroken("Select the committee that meets", field="committees")
    found = [db.session.get(Committee, committee_id) for committee_id in details.committee_ids]
    committees = [committee for committee in found if committee is not None and committee.body_id == body.id]
    if len(committees) != len(details.committee_ids):
        raise NotFound("There is no such committee")
    for committee in committees:
        _check_terms(committee, details.held_on, "committees")
    return committees


def _check_terms(committee: Committee, on: date, field: str) -> None:
    """Raises RuleBroken where nobody would know the quorum: then no page about the meeting could say anything."""
    if terms_in_force(committee, on) is None:
        raise RuleBroken(
            f"{committee.name} has no terms of reference in force on that day, so its quorum is not known. "
            "Enter its terms of reference first",
            field=field, rule="QUO-01",
        )  # fmt: skip


def _next_reference(meeting: Meeting) -> tuple[str, int]:
    """The beginning of the committee's references for the year, and the next number."""
    committee = meeting.committees[0].committee
    start = f"{committee.prefix}/{lifecycle.financial_year(meeting.held_on)}/"
    return start, next_number(AgendaItem.issued, start)


def _write(item: AgendaItem, details: ItemDetails, area: Sequence[str]) -> None:
    item.title, item.description, item.presenter = details.title.strip(), details.description, details.presenter
    item.part, item.private_reason, item.purpose = details.part, details.private_reason, details.purpose
    keeps_place = item.class_place and item.class_scope is details.class_scope and details.pcn_id is None
    item.function_code, item.class_scope, item.stage = details.function_code, details.class_scope, details.stage
    if keeps_place:
        return
    item.class_place = details.pcn_name or None
    item.class_area = class_area(details.class_scope, area, details.pcn_id)


def _class_of(item: AgendaItem) -> tuple[ClassScope, tuple[str, ...], str | None]:
    return item.class_scope, tuple(item.class_area), item.class_place


def _check_day(details: MeetingDetails, committee_ids: Sequence[uuid.UUID], besides: Meeting | None = None) -> None:
    """Asks whether a second meeting of a committee on one day is meant."""
    if details.second_that_day:
        return
    others = meetings_that_day(committee_ids, details.held_on, besides=besides.id if besides else None)
    if others:
        at = " and ".join(f"{each.title} at {clock_time(each.starts_at)} ({each.reference})" for each in others)
        raise RuleBroken(f"There is a meeting on that day already: {at}. Change the day, or say that this is another meeting",
                         field="second_that_day")  # fmt: skip


def _number(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position
