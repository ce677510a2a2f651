"""Reading papers: those of items, what of them somebody may have, and who has read them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi.accounts.models import Account
from coi.audit.models import AccessLog
from coi.database import db
from coi.errors import NotFound
from coi.meetings.chains import chain_of
from coi.meetings.conflicts.models import Ruling
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.keeper_queries import item_to_keep
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.papers.models import Paper
from coi.meetings.papers.rules import may_have
from coi.meetings.papers.vocabulary import PapersVerdict, Reading, RuledOn
from coi.meetings.vocabulary import MeetingState, Part
from coi.people.models import Person
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission

READ = "paper"
"""What the access log calls the reading of a paper."""


@dataclass(frozen=True)
class ItemPapers:
    """The papers of one item as one person may see them. `withheld` is how many are kept from them, of which nothing else is said.
    `waiting` and `already_read` are for those who prepare or chair the meeting: on whom a flag waits for a ruling, and who of them
    and of those ruled out had a paper before."""

    verdict: PapersVerdict
    papers: tuple[Paper, ...] = ()
    withheld: int = 0
    earlier: tuple[Paper, ...] = ()  # of the items that this one carries on
    waiting: tuple[str, ...] = ()
    already_read: tuple[Reading, ...] = ()


def papers_of(item_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Paper]]:
    """Returns the papers of items in the order of their letters, withdrawn ones among them. For whom they are, `papers_for` says."""
    found: dict[uuid.UUID, list[Paper]] = {}
    rows = db.session.scalars(
        sa.select(Paper).where(Paper.item_id.in_(item_ids)).options(joinedload(Paper.file), joinedload(Paper.item))
    )
    for row in sorted(rows, key=lambda paper: (len(paper.letter), paper.letter)):
        found.setdefault(row.item_id, []).append(row)
    return found


_COUNTS = (  # built once: every agenda asks
    sa.select(Paper.item_id, sa.func.count())
    .where(Paper.item_id.in_(sa.bindparam("ids", expanding=True)), Paper.withdrawn_at.is_(None))
    .group_by(Paper.item_id)
)


def paper_counts(item_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Returns in words how many papers items have, the same for everybody. An item without papers is left out."""
    rows = db.session.execute(_COUNTS, {"ids": list(item_ids)})
    return {item_id: f"{count} paper{'' if count == 1 else 's'}" for item_id, count in rows}


def next_letter_number(item: AgendaItem) -> int:
    """Returns the number of the next paper of an item, from 1. It holds the item, so that two papers get two letters."""
    db.session.execute(sa.select(AgendaItem.id).where(AgendaItem.id == item.id).with_for_update())
    count = sa.select(sa.func.count()).select_from(Paper).where(Paper.item_id == item.id)
    return (db.session.scalar(count) or 0) + 1


def papers_for(actor: Actor, item: AgendaItem, conflicts: MeetingConflicts | None = None) -> ItemPapers:
    """Returns the papers of an item as `actor` may have them. With `conflicts`, whoever prepares or chairs the meeting also learns
    whose flag waits and who had read a paper already. RULEBOOK §22, scenario 49."""
    papers = papers_of([item.id]).get(item.id, [])
    rulings = _rulings_on([item.id]).get(item.id, [])
    verdict = may_have(actor.person_id, rulings, item.part, _state(item.meeting))
    current = [paper for paper in papers if paper.withdrawn_at is None]
    before = _papers_before(item)
    theirs = tuple(paper for paper in before if not is_withheld(actor, paper))
    withheld = len(before) - len(theirs)
    if not verdict.allowed:
        return ItemPapers(verdict, withheld=len(current) + withheld, earlier=theirs)
    if not papers or conflicts is None or not _is_told(actor, item):
        return ItemPapers(verdict, tuple(papers), withheld, theirs)
    waiting = {each.person_id: each.name for seat in conflicts.seats for each in conflicts.waiting(item.id, seat)}
    ruled = {each.person_id for each in rulings}
    kept = {each for each in ruled if not may_have(each, rulings, item.part, _state(item.meeting)).allowed}
    return ItemPapers(
        verdict,
        tuple(papers),
        withheld,
        theirs,
        waiting=tuple(waiting.values()) if current else (),
        already_read=_first_readings(papers, kept | waiting.keys()),
    )


def paper_of(
    paper_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor, permission: Permission = Permission.MEETINGS_MEETING_READ
) -> Paper:
    """Returns a paper that `actor` may have. Raises NotFound where it is not there, was withdrawn, or is kept from them."""
    paper = db.session.get(Paper, paper_id)
    if paper is None or paper.withdrawn_at is not None:
        raise NotFound("There is no such paper")
    item_to_keep(paper.item_id, body_id=body_id, actor=actor, besides=permission)
    if is_withheld(actor, paper):
        raise NotFound("There is no such paper")
    return paper


def is_withheld(actor: Actor, paper: Paper) -> bool:
    """Whether a ruling keeps a paper from `actor`: one on its item, or one on an item that carries a private one on, where the same
    paper is before the committee again. Papers of a public part that was held are for everybody. Rule: MTG-03, MTG-08."""
    items = [paper.item_id]
    if paper.item.part is Part.PRIVATE or _state(paper.item.meeting) is not MeetingState.CLOSED:
        items += _carried_on_as(paper.item_id)
    return bool(papers_kept_from(actor, items))


def _state(meeting: Meeting) -> MeetingState:
    """How far a meeting is, for its papers: one that was called off was never held, so its papers are as before it."""
    return MeetingState.PLANNED if meeting.called_off_at else meeting.state


def _carried_on_as(item_id: uuid.UUID) -> list[uuid.UUID]:
    """The items of later agendas that carry an item on, also over several meetings."""
    later = sa.select(AgendaItem.id).where(AgendaItem.continues_id == item_id).cte("later", recursive=True)
    later = later.union(sa.select(AgendaItem.id).join(later, AgendaItem.continues_id == later.c.id))
    return list(db.session.scalars(sa.select(later.c.id)))


def _papers_before(item: AgendaItem) -> list[Paper]:
    """The papers of the items that an item carries on, which were not withdrawn, the latest meeting first."""
    found, earlier = [], item.continues
    while earlier is not None:
        found += [paper for paper in papers_of([earlier.id]).get(earlier.id, []) if paper.withdrawn_at is None]
        earlier = earlier.continues
    return found


def papers_kept_from(actor: Actor, item_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Returns those of these items of which `actor` may not have the papers, nor read of them in the ledger."""
    if actor.person_id is None or not item_ids:
        return frozenset()
    ruled = _rulings_on(item_ids, actor.person_id)
    if not ruled:
        return frozenset()
    rows = db.session.execute(
        sa.select(AgendaItem.id, AgendaItem.part, Meeting)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.id.in_(ruled))
    )
    return frozenset(
        item_id
        for item_id, part, meeting in rows
        if not may_have(actor.person_id, ruled[item_id], part, _state(meeting)).allowed
    )


def _rulings_on(item_ids: Collection[uuid.UUID], person_id: uuid.UUID | None = None) -> dict[uuid.UUID, list[RuledOn]]:
    """The rulings on items. Where a committee made none on somebody for an item that carries on another, what it ruled for that one
    still counts."""
    chain = chain_of(item_ids)
    query = (
        sa.select(chain.c.item_id, Ruling.person_id, Ruling.committee_id, Ruling.number, Ruling.actions, chain.c.step)
        .join(Ruling, Ruling.item_id == chain.c.at)
        .order_by(chain.c.step)
    )
    found: dict[uuid.UUID, list[RuledOn]] = {}
    nearest: dict[tuple[uuid.UUID, uuid.UUID, uuid.UUID], int] = {}
    for row in db.session.execute(query if person_id is None else query.where(Ruling.person_id == person_id)):
        if nearest.setdefault((row.item_id, row.person_id, row.committee_id), row.step) == row.step:
            ruled = RuledOn(row.person_id, row.committee_id, row.number, tuple(row.actions))
            found.setdefault(row.item_id, []).append(ruled)
    return found


def _is_told(actor: Actor, item: AgendaItem) -> bool:
    """Whether somebody prepares or chairs a committee of the meeting."""
    return any(
        allows(actor, permission, item.meeting.body_id, row.committee_id)
        for permission in (Permission.MEETINGS_AGENDA_PLAN, Permission.MEETINGS_CONFLICT_RULE)
        for row in item.meeting.committees
    )


def _first_readings(papers: Iterable[Paper], people: Collection[uuid.UUID]) -> tuple[Reading, ...]:
    """When each of these people first opened each of these papers, in the order of time."""
    numbers = {str(paper.id): paper.number for paper in papers}
    if not people:
        return ()
    first = sa.func.min(AccessLog.seq).label("seq")
    opened = (
        sa.select(AccessLog.subject_id, AccessLog.account_id, first)
        .where(AccessLog.subject_table == Paper.__tablename__, AccessLog.what == READ)
        .where(AccessLog.subject_id.in_(numbers))
        .group_by(AccessLog.subject_id, AccessLog.account_id)
        .subquery()
    )
    rows = db.session.execute(
        sa.select(AccessLog.subject_id, AccessLog.at, Person.id, Person.name)
        .join(opened, opened.c.seq == AccessLog.seq)
        .join(Account, Account.id == AccessLog.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(Person.id.in_(people))
        .order_by(AccessLog.seq)
    )
    return tuple(Reading(row.id, row.name, numbers[row.subject_id], row.at) for row in rows)
