"""Reading what happened to an item: every row that was recorded about it, with the ledger entries that prove it, scoped to
whoever may read it."""

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coi.assurance import gathering, rooms
from coi.assurance.facts import StoryFacts
from coi.assurance.item_rows import ItemRows, key_of
from coi.assurance.losing import loss_facts
from coi.assurance.moving import move_facts
from coi.assurance.proof_queries import proofs_of
from coi.assurance.vocabulary import ReviewItem
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling, UnreachedFlag
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, conflicts_at
from coi.meetings.conflicts.seats import kept_functions, seats_if_known
from coi.meetings.conflicts.teller_queries import may_know_who_told
from coi.meetings.conflicts.unreached_queries import losses_of
from coi.meetings.conflicts.voices.roster_queries import every_input_on
from coi.meetings.minutes.presence_gathering import contradiction_sentences, moves_at
from coi.meetings.minutes.queries import Recorded, recorded_of, versions_of
from coi.meetings.models import AffectedOrganisation, AgendaItem, Decision, Meeting, Presence
from coi.meetings.queries import item_of, live_item, visible_to
from coi.meetings.vocabulary import FlagState, ItemState, Part
from coi.meetings.withholding import items_and_records_kept_from, records_kept_from
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.withheld_queries import restricted_at


def item_for_story(item_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor) -> tuple[AgendaItem, bool]:
    """Returns an item whose story `actor` may ask for, and whether a ruling keeps from them what was said and decided on it, until its
    minutes are confirmed. Raises NotFound where it is not there or not for them: a private item needs the right to read its meeting
    too, and whoever it is kept from waits until then, or finds none."""
    items, records = items_and_records_kept_from(actor)
    item = live_item(item_id, visible_to(actor, body_id, Permission.ASSURANCE_STORY_READ))
    if item is None or item.id in items:
        raise NotFound("There is no such item")
    if item.part is Part.PRIVATE:
        item_of(item_id, body_id=body_id, actor=actor, permission=Permission.MEETINGS_MEETING_READ)
    return item, item.id in records


def withheld_items(item_ids: Collection[uuid.UUID], actor: Actor) -> frozenset[uuid.UUID]:
    """Returns of which of these items a ruling keeps the record from `actor`. Rule: MTG-08; RULEBOOK §10.4."""
    return records_kept_from(actor) & frozenset(item_ids)


def story_facts(item: AgendaItem, *, actor: Actor, known_at: datetime) -> StoryFacts:
    """Returns everything that was recorded about an item, each with its proof. Of an item that is not settled, also what is flagged on
    reading."""
    meeting = item.meeting
    recorded = recorded_of(meeting, [item])
    conflicts = _conflicts(item, known_at) if item.state not in SETTLED else None
    seats = conflicts.seats if conflicts else seats_if_known(meeting)
    rows = _rows(item, recorded, conflicts)
    concerned = {flag.person_id for flag in conflicts.flags[item.id] if flag.is_live} if conflicts else set()
    concerned |= {row.person_id for row in (*rows.flags, *rows.rulings)}
    secret = {key_of(row) for row in rows.flags if not _may_know_who_told(row, actor, meeting.body_id, concerned)}
    proofs = proofs_of(rows.keys(), without_names=secret)
    flags = gathering.flag_facts(rows, proofs, conflicts.flags[item.id] if conflicts else None)
    return StoryFacts(
        title=item.title, asks_for_decision=item.purpose.asks_for_a_decision, is_settled=item.state in SETTLED,
        opened_at=meeting.opened_at, closed_at=meeting.closed_at, reached_at=item.opened_at, discussion=item.discussion,
        class_words=item.class_words, kept_functions=kept_functions(item, seats),
        agenda=proofs.get(key_of(item), ()),
        interests=gathering.interest_facts(rows, proofs, rulebook_of(meeting.body_id)),
        concerned=gathering.concerned_facts(rows, proofs), flags=flags, losses=loss_facts(rows, proofs),
        spoken=gathering.spoken_facts(rows, recorded, proofs),
        rulings=gathering.ruling_facts(rows, proofs), disputes=gathering.dispute_facts(rows, proofs),
        urgent=gathering.urgent_facts(rows, proofs),
        chairs=gathering.chair_facts(rows, proofs),
        keepers=gathering.keeper_facts(rows, proofs), views=gathering.view_facts(rows, proofs),
        moves=move_facts(rows, proofs), quorums=gathering.quorum_facts(rows, proofs),
        decisions=gathering.decision_facts(rows, proofs), corrections=gathering.correction_facts(rows, proofs),
        actions=gathering.action_facts(rows, proofs),
        minutes=gathering.minutes_facts(rows, proofs), meeting=proofs.get(key_of(meeting), ()),
        people=rooms.concerned_people(flags, rows, recorded),
        rooms=rooms.rooms(flags, rows, recorded, seats, conflicts),
        contradictions=contradiction_sentences(item, recorded),
        searched=conflicts.searched.words if conflicts else _searched_then(rows), is_unscreened=item.is_unscreened,
    )  # fmt: skip


def _searched_then(rows: ItemRows) -> str:
    """What was searched for conflicts until the item was settled; empty where that was not kept yet."""
    return next((row.searched_words for row in reversed(rows.snapshots) if row.searched_words), "")


def _may_know_who_told(row: ConflictFlag, actor: Actor, body_id: uuid.UUID, concerned: Collection[uuid.UUID]) -> bool:
    return may_know_who_told(
        actor, body_id, raised_by=row.raised_by, about=row.person_id, item_id=row.item_id, concerned=concerned
    )


def _conflicts(item: AgendaItem, known_at: datetime) -> MeetingConflicts | None:
    """What is known of conflicts; None where a committee has no terms of reference, so that nothing can be worked out."""
    try:
        return conflicts_at(item.meeting, known_at=known_at, items=[item])
    except RuleBroken:
        return None


def _rows(item: AgendaItem, recorded: Recorded, conflicts: MeetingConflicts | None) -> ItemRows:
    minutes = sorted(versions_of(item.meeting_id), key=lambda row: row.number)
    flags = recorded.flags.get(item.id, [])
    concerned = {row.person_id for row in flags} | {row.person_id for row in recorded.rulings.get(item.id, [])}
    declarations = [
        row
        for row in sorted((*recorded.declarations, *recorded.corrected), key=lambda each: each.recorded_at)
        if row.item_id == item.id or (row.item_id is None and row.person_id in concerned)
    ]
    confirming = {row.confirmed_at_meeting_id for row in minutes if row.confirmed_at_meeting_id}
    affected, losses = _concerned_and_lost(item.id)
    return ItemRows(
        item=item,
        versions=_versions(item, flags, declarations, conflicts, losses),
        affected=affected,
        flags=flags,
        losses=losses,
        declarations=declarations,
        rulings=recorded.rulings.get(item.id, []),
        disputes=recorded.disputes.get(item.id, []),
        urgent=recorded.urgent.get(item.id, []),
        handovers=recorded.handovers.get(item.id, []),
        keepers=recorded.keepers.get(item.id, []),
        views=every_input_on(item.id),
        moves=_moves(item, concerned, recorded),
        snapshots=[row for row in recorded.snapshots if row.item_id == item.id],
        decisions=recorded.decisions.get(item.id, []),
        corrections=recorded.corrections.get(item.id, []),
        actions=recorded.actions.get(item.id, []),
        minutes=minutes,
        names=_names({row.confirmed_by for row in minutes if row.confirmed_by}),
        confirming=_references(confirming),
    )


def _concerned_and_lost(item_id: uuid.UUID) -> tuple[list[AffectedOrganisation], list[UnreachedFlag]]:
    """Whom an item names or named, and what it reached no more: asked for only where there is any."""
    rows = db.session.execute(
        sa.select(AffectedOrganisation, sa.exists().where(UnreachedFlag.item_id == AgendaItem.id).correlate(AgendaItem))
        .select_from(AgendaItem)
        .outerjoin(AffectedOrganisation, AffectedOrganisation.item_id == AgendaItem.id)
        .where(AgendaItem.id == item_id)
        .order_by(AffectedOrganisation.position, AffectedOrganisation.id)
    ).all()
    return [row for row, _ in rows if row is not None], losses_of(item_id) if rows[0][1] else []


def _moves(item: AgendaItem, concerned: Collection[uuid.UUID], recorded: Recorded) -> list[Presence]:
    """The movements for the item, and those of whom it concerns by which they were out when it was settled, wherever recorded."""
    decisions = recorded.decisions.get(item.id, [])
    told = {row.id for one in concerned for each in decisions for row in moves_at(one, item, recorded, each)}
    return [row for row in recorded.presence if row.item_id == item.id or row.id in told]


def _versions(
    item: AgendaItem,
    flags: Iterable[ConflictFlag],
    declarations: Iterable[MeetingDeclaration],
    conflicts: MeetingConflicts | None,
    losses: Iterable[UnreachedFlag],
) -> list[InterestVersion]:
    """Every version of the interests that a flag on the item, one that it reaches no more, or a declaration at it points to."""
    versions = {row.interest_version_id for row in flags if row.interest_version_id}
    interests = {row.interest_id for row in (*declarations, *losses) if row.interest_id}
    if conflicts:
        interests |= {flag.interest_id for flag in conflicts.flags[item.id] if flag.interest_id}
    if not versions and not interests:
        return []
    wanted = sa.select(InterestVersion.interest_id).where(InterestVersion.id.in_(versions))
    return list(
        db.session.scalars(
            sa.select(InterestVersion)
            .where(sa.or_(InterestVersion.interest_id.in_(interests), InterestVersion.interest_id.in_(wanted)))
            .options(
                joinedload(InterestVersion.interest).joinedload(Interest.person),
                joinedload(InterestVersion.declaration),
                selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation),
            )
            .order_by(InterestVersion.recorded_at, InterestVersion.number)
        )
    )


def redacted_interests(ids: Collection[uuid.UUID], body_id: uuid.UUID) -> list[Interest]:
    """Returns those of these interests that a body keeps from the public, or is asked to. Reading them is noted."""
    return _redacted_where(Interest.id.in_(ids), body_id) if ids else []


def redacted_in(facts: StoryFacts, body_id: uuid.UUID) -> list[Interest]:
    """Returns the interests in a story that a body keeps from the public, or is asked to."""
    references = {each.reference for each in facts.interests}
    return _redacted_where(Interest.reference.in_(references), body_id) if references else []


def _redacted_where(condition: sa.ColumnElement[bool], body_id: uuid.UUID) -> list[Interest]:
    found = sa.select(Interest).where(condition, Interest.id.in_(restricted_at(body_id)))
    return list(db.session.scalars(found.order_by(Interest.reference)))


def items_to_review(body_id: uuid.UUID, *, actor: Actor, limit: int = 20) -> list[ReviewItem]:
    """Returns the decided items with conflicts that `actor` may look at, the newest decision first: what waits for a lay member."""
    counts = _conflicted_people().subquery()
    decided = (
        sa.select(
            Decision.item_id,
            sa.func.max(Decision.decided_at).label("decided_at"),
            sa.func.max(sa.case((Decision.is_irregular, 1), else_=0)).label("irregular"),
        )
        .group_by(Decision.item_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(AgendaItem, decided.c.decided_at, decided.c.irregular, counts.c.people)
        .join(AgendaItem.meeting)
        .join(decided, decided.c.item_id == AgendaItem.id)
        .join(counts, counts.c.item_id == AgendaItem.id)
        .where(visible_to(actor, body_id, Permission.ASSURANCE_STORY_READ), AgendaItem.state == ItemState.DECIDED)
        .options(joinedload(AgendaItem.meeting))
        .order_by(decided.c.decided_at.desc(), AgendaItem.issued)
        .limit(limit)
    ).all()
    withheld = withheld_items([row[0].id for row in rows], actor)
    return [
        ReviewItem(
            item.id,
            item.title,
            item.reference,
            item.meeting.title,
            item.meeting.held_on,
            decided_at,
            people,
            bool(irregular),
        )
        for item, decided_at, irregular, people in rows
        if item.id not in withheld
    ]


def _conflicted_people() -> sa.Select[tuple[uuid.UUID, int]]:
    """How many people have a flag that stands, or a ruling, by item."""
    people = sa.union(
        sa.select(ConflictFlag.item_id, ConflictFlag.person_id).where(ConflictFlag.state != FlagState.DISMISSED),
        sa.select(Ruling.item_id, Ruling.person_id),
    ).subquery()
    return sa.select(people.c.item_id, sa.func.count().label("people")).group_by(people.c.item_id)


def _names(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    return dict(db.session.execute(sa.select(Person.id, Person.name).where(Person.id.in_(ids))).all()) if ids else {}


def _references(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    found = sa.select(Meeting.id, Meeting.reference).where(Meeting.id.in_(ids))
    return dict(db.session.execute(found).all()) if ids else {}
