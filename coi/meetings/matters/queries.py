"""Reading matters: which earlier items one may continue, and who did what on a matter before a meeting takes it up. Nothing is asked for
items that belong to no matter."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.models import MeetingDeclaration, Ruling, was_not_corrected
from coi.meetings.conflicts.wording import action_words
from coi.meetings.matters.models import MatterPart
from coi.meetings.matters.vocabulary import EarlierBidder, EarlierItem, Origin, PartKind
from coi.meetings.models import AffectedOrganisation, AgendaItem, Meeting
from coi.meetings.queries import items_visible_to, live_item
from coi.meetings.vocabulary import AffectedRelation, DeclaredPoint, ItemState, Part
from coi.meetings.withholding import items_and_records_kept_from
from coi.organisations.models import Organisation
from coi.permissions.vocabulary import Actor, Permission

OFFERED = 60
"""How many earlier items a form offers: about two years of a committee."""


def items_to_continue(meeting: Meeting, *, actor: Actor, besides: AgendaItem | None = None) -> list[EarlierItem]:
    """Returns the items of meetings before `meeting`, or on its day, whose matter an item of it may continue,
    the latest first, one for each matter."""
    rows = db.session.execute(
        sa.select(AgendaItem.id, AgendaItem.matter_id, AgendaItem.title, Meeting.title, Meeting.held_on)
        .join(AgendaItem.meeting)
        .where(
            items_visible_to(actor, meeting.body_id, Permission.MEETINGS_AGENDA_PLAN),
            AgendaItem.meeting_id != meeting.id,
            Meeting.held_on <= meeting.held_on,
            AgendaItem.standing.is_(None),
            AgendaItem.state != ItemState.REMOVED,
            AgendaItem.id != (besides.id if besides else None),
        )
        .order_by(Meeting.held_on.desc(), AgendaItem.position)
        .limit(OFFERED)
    )
    found: dict[uuid.UUID, EarlierItem] = {}
    for item_id, matter_id, title, gathering, held_on in rows:
        label = f"{title} ({gathering}, {held_on.day} {held_on:%B %Y})"
        found.setdefault(matter_id or item_id, EarlierItem(item_id, matter_id, label))
    return list(found.values())


def other_items(item: AgendaItem, *, actor: Actor) -> list[AgendaItem]:
    """Returns the items of other meetings on the same matter that `actor` may read, the earliest first."""
    if item.matter_id is None:
        return []
    rows = db.session.scalars(
        sa.select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(
            items_visible_to(actor, item.meeting.body_id),
            AgendaItem.matter_id == item.matter_id,
            AgendaItem.id != item.id,
            AgendaItem.state != ItemState.REMOVED,
        )
        .options(contains_eager(AgendaItem.meeting))
        .order_by(Meeting.held_on, AgendaItem.position)
    )
    return list(rows)


def part_of(part_id: uuid.UUID, item: AgendaItem, *, actor: Actor) -> MatterPart:
    """Returns a part in the matter of an item, for whoever plans the agenda that it was entered on. Raises NotFound where it is of
    another one, or was withdrawn."""
    found = db.session.get(MatterPart, part_id)
    plans = items_visible_to(actor, item.meeting.body_id, Permission.MEETINGS_AGENDA_PLAN)
    if found is None or found.matter_id != item.matter_id or found.withdrawn_at is not None:
        raise NotFound("There is no such part in this matter")
    if found.item_id != item.id and live_item(found.item_id, plans) is None:
        raise NotFound("There is no such part in this matter")
    return found


def origins_of(
    items: Sequence[AgendaItem], known_at: datetime, reader: Actor | None = None
) -> dict[uuid.UUID, tuple[Origin, ...]]:
    """Returns, by item, what people did on its matter, and what was declared on it at other meetings with what was ruled there, as known
    at an instant. What comes from an item that is not for `reader` is marked; their own words are theirs. Rule: MTG-02; RULEBOOK §10.1,
    §23 scenario 40."""
    matters = {item.matter_id for item in items if item.matter_id}
    items = [item for item in items if item.matter_id]  # a draft that is tried out has no matter, and no meeting
    if not matters:
        return {}
    known = [*_parts(matters, known_at), *_declared(matters, {item.meeting_id for item in items}, known_at)]
    told = _readable({each.item_id for each in known if each.item_id}, items, reader)
    me = reader.person_id if reader else None
    return {
        item.id: tuple(
            replace(each, is_kept=each.person_id != me and (item.id, each.item_id) not in told)
            for each in known
            if each.matter_id == item.matter_id
        )
        for item in items
    }


def bidders_before(
    items: Sequence[AgendaItem], reader: Actor | None = None
) -> dict[uuid.UUID, tuple[EarlierBidder, ...]]:
    """Returns, by item, whom other items of its matter named as bidders and it does not name itself: whoever lost has an interest in what
    becomes of it. Whom only items name that are not for `reader` is marked. Source: RULEBOOK §23 scenario 37."""
    matters = {item.matter_id for item in items if item.matter_id}
    items = [item for item in items if item.matter_id]
    if not matters:
        return {}
    rows = db.session.execute(
        sa.select(
            AgendaItem.matter_id, AgendaItem.id.label("item_id"), Organisation.id, Organisation.code, Organisation.name
        )
        .join(AffectedOrganisation, AffectedOrganisation.item_id == AgendaItem.id)
        .join(Organisation, Organisation.id == AffectedOrganisation.organisation_id)
        .where(
            AgendaItem.matter_id.in_(matters),
            AgendaItem.state != ItemState.REMOVED,
            AffectedOrganisation.relation == AffectedRelation.BIDDER,
            AffectedOrganisation.removed_at.is_(None),
        )
        .distinct()
        .order_by(Organisation.name, Organisation.id)
    ).all()
    told = _readable({row.item_id for row in rows}, items, reader)
    found = {}
    for item in items:
        named = {row.organisation_id for row in item.affected}
        bidders: dict[uuid.UUID, EarlierBidder] = {}
        for row in rows:
            if row.matter_id == item.matter_id and row.id not in named:
                is_kept = (item.id, row.item_id) not in told and (row.id not in bidders or bidders[row.id].is_kept)
                bidders[row.id] = EarlierBidder(row.id, row.code, row.name, is_kept)
        found[item.id] = tuple(bidders.values())
    return found


def _readable(
    sources: Collection[uuid.UUID],
    items: Sequence[AgendaItem],
    reader: Actor | None,
) -> set[tuple[uuid.UUID, uuid.UUID | None]]:
    """Which of the `items` may tell what comes from which others of their matters: what `reader` may read; without a reader, a public
    item of the same committees, which everybody may read who reads the item."""
    told: set[tuple[uuid.UUID, uuid.UUID | None]] = {(item.id, item.id) for item in items}
    others = set(sources) - {items[0].id} if len(items) == 1 else set(sources)
    if not others:
        return told
    if reader is not None:
        kept = items_and_records_kept_from(reader)[1]
        scope = items_visible_to(reader, items[0].meeting.body_id)
        seen = sa.select(AgendaItem.id).join(AgendaItem.meeting).where(scope, AgendaItem.id.in_(others))
        open_ones = set(db.session.scalars(seen)) - kept
        return told | {(item.id, each) for item in items for each in open_ones}
    rows = db.session.scalars(
        sa.select(AgendaItem)
        .where(AgendaItem.id.in_(others), AgendaItem.part == Part.PUBLIC)
        .options(joinedload(AgendaItem.meeting).selectinload(Meeting.committees))
    )
    for earlier in rows:
        meet = {row.committee_id for row in earlier.meeting.committees}
        told |= {
            (item.id, earlier.id) for item in items if {row.committee_id for row in item.meeting.committees} <= meet
        }
    return told


def _parts(matters: Collection[uuid.UUID], known_at: datetime) -> Iterable[Origin]:
    rows = db.session.scalars(
        sa.select(MatterPart)
        .where(
            MatterPart.matter_id.in_(matters),
            MatterPart.recorded_at <= known_at,
            sa.or_(MatterPart.withdrawn_at.is_(None), MatterPart.withdrawn_at > known_at),
        )
        .order_by(MatterPart.done_on, MatterPart.recorded_at, MatterPart.id)
    )
    for row in rows:
        yield Origin(
            f"part {row.id}", row.matter_id, row.person_id, row.person.name, row.kind, row.text, row.forum, row.done_on,
            row.management, part_id=row.id, item_id=row.item_id,
        )  # fmt: skip


def _declared(matters: Collection[uuid.UUID], besides: Collection[uuid.UUID], known_at: datetime) -> Iterable[Origin]:
    """What was declared at other meetings on items of these matters. Whoever had nothing to declare declared nothing."""
    rows = db.session.execute(
        sa.select(MeetingDeclaration, AgendaItem.matter_id, AgendaItem.id, Meeting.title, Meeting.held_on)
        .join(AgendaItem, AgendaItem.id == MeetingDeclaration.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            AgendaItem.matter_id.in_(matters),
            AgendaItem.meeting_id.not_in(besides),
            MeetingDeclaration.recorded_at <= known_at,
            MeetingDeclaration.point != DeclaredPoint.NOT_DECLARED,
            was_not_corrected(known_at),
        )
        .order_by(Meeting.held_on, MeetingDeclaration.recorded_at, MeetingDeclaration.id)
    ).all()
    told = [row for row in rows if not row[0].has_nothing]
    ruled = _ruled({row[2] for row in told}, known_at)
    for said, matter_id, item_id, gathering, held_on in told:
        yield Origin(
            f"said {said.id}", matter_id, said.person_id, said.person.name, PartKind.DECLARED, said.text, gathering, held_on,
            ruled.get((item_id, said.person_id), ""), said.interest_id, item_id=item_id,
        )  # fmt: skip


def _ruled(item_ids: Collection[uuid.UUID], known_at: datetime) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """What was ruled on people and items, in words: the ruling with the highest number."""
    if not item_ids:
        return {}
    rows = db.session.execute(
        sa.select(Ruling.item_id, Ruling.person_id, Ruling.actions)
        .where(Ruling.item_id.in_(item_ids), sa.func.coalesce(Ruling.recorded_at, Ruling.made_at) <= known_at)
        .order_by(Ruling.number)
    )
    return {(row.item_id, row.person_id): "; ".join(action_words(row.actions)).lower() for row in rows}
