"""Reading who was taken to be in the room when items were settled, and what a movement would change of it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from coi.database import db
from coi.errors import RuleBroken
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling, was_not_corrected
from coi.meetings.conflicts.movement_queries import movements_of
from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.models import AgendaItem, Decision, Meeting
from coi.meetings.presence import Movement
from coi.meetings.proceedings.contradictions import Contradiction, Taken, contradictions
from coi.meetings.queries import agenda_for, agenda_of
from coi.meetings.vocabulary import Capacity, FlagState, Outcome
from coi.permissions.vocabulary import Actor
from coi.wording import clock_time

IT_WAS_SO = "Tick this box if it was so, and say in the note what happened"
ELSEWHERE = "If it was so, choose “More” beside their name and say so there"
"""What can be done where only a button was pressed."""


@dataclass(frozen=True)
class Settled:
    """An item as it was settled, what was taken of the room then, and who was ruled out of the room for it."""

    decision: Decision
    item: AgendaItem
    taken: Taken
    ruled_out: frozenset[str]


def settled_of(meeting: Meeting, decision_id: uuid.UUID | None = None) -> list[Settled]:
    """Returns what was settled at a meeting with the room as it was taken (one decision alone where it is given); not what was put off
    without having been begun."""
    wanted = (
        sa.select(Decision, AgendaItem)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .where(AgendaItem.meeting_id == meeting.id, Decision.snapshot_id.is_not(None))
        .options(sa.orm.joinedload(Decision.snapshot))
        .order_by(Decision.decided_at, Decision.id)
    )
    if decision_id is not None:
        wanted = wanted.where(Decision.id == decision_id)
    rows = [row for row in db.session.execute(wanted).all() if was_begun(row[0], row[1])]
    ids = [item.id for _, item in rows]
    out, interested = _ruled_out(ids), _interested(ids)
    members = {str(row.person_id) for row in attendance_of(meeting.id) if row.capacity is not Capacity.IN_ATTENDANCE}
    found = []
    for decision, item in rows:
        ruled_out = frozenset(out.get((item.id, decision.committee_id), ()))
        concerned = members | ruled_out | interested.get(item.id, set())
        found.append(Settled(decision, item, taken_of(decision, concerned), ruled_out))
    return found


def was_begun(decision: Decision, item: AgendaItem) -> bool:
    """Whether an item was settled in the room, and not put off without having been begun."""
    return item.opened_at is not None or decision.outcome is not Outcome.DEFERRED


def taken_of(decision: Decision, concerned: Iterable[str]) -> Taken:
    """Returns what was taken of the room at a decision that has its quorum on record."""
    assert decision.snapshot is not None
    present = frozenset(decision.snapshot.present)
    return Taken(str(decision.id), decision.decided_at, present, frozenset(concerned))


def contradicted(decision: Decision, meeting: Meeting) -> tuple[Contradiction, ...]:
    """Returns what the movements say otherwise of the room at one decision."""
    return contradictions([each.taken for each in settled_of(meeting, decision.id)], movements_of(meeting.id))


def newly_contradicted(
    meeting: Meeting, before: Sequence[Movement], after: Sequence[Movement]
) -> list[tuple[Settled, Contradiction]]:
    """Returns the settled items that a movement contradicts, which nothing contradicted before it."""
    settled = {str(each.decision.id): each for each in settled_of(meeting)}
    taken = [each.taken for each in settled.values()]
    known = set(contradictions(taken, before))
    return [(settled[each.decision], each) for each in contradictions(taken, after) if each not in known]


def check_known(touched: Sequence[tuple[Settled, Contradiction]], name: str, meeting: Meeting, actor: Actor) -> None:
    """Raises RuleBroken for a movement that changes who was in the room at items that were settled: it names each, and what it would mean.
    Of an item that is kept from the actor, not who was ruled out of it. Rule: MTG-10, QUO-01."""
    if not touched:
        return
    seen = {item.id for item in agenda_for(actor, agenda_of(meeting)).items}
    said = " ".join(_means(settled, each, name, is_seen=settled.item.id in seen) for settled, each in touched)
    raise RuleBroken(
        said, field="is_so", rule="MTG-10", options=("Change the time, if it is wrong", IT_WAS_SO),
    )  # fmt: skip


def _means(settled: Settled, found: Contradiction, name: str, *, is_seen: bool) -> str:
    where = f"Item {settled.item.position} was settled at {clock_time(settled.decision.decided_at)}"
    was = "in the room" if found.was_there else "out of the room"
    then = "Its quorum would be taken again."
    if found.was_there and found.person in settled.ruled_out and is_seen:
        then = "They were ruled out of it."
        if settled.decision.outcome.is_a_decision:
            then += " The decision would be irregular, and a suspected breach would be opened."
    return f"{where}. By this entry {name} was {was} then, and the record says otherwise. {then}"


def is_an_interest(flag: ConflictFlag) -> bool:
    """Whether a flag says that somebody has an interest in an item: it was not dismissed, and is more than that nothing is on file."""
    return flag.state is not FlagState.DISMISSED and flag.level != NO_DECLARATION


def _interested(item_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Who was flagged on each item, or declared an interest at it: a guest's presence matters then as a member's does."""
    if not item_ids:
        return {}
    flags = db.session.scalars(sa.select(ConflictFlag).where(ConflictFlag.item_id.in_(item_ids)))
    said = db.session.scalars(
        sa.select(MeetingDeclaration).where(MeetingDeclaration.item_id.in_(item_ids), was_not_corrected())
    )
    found: dict[uuid.UUID, set[str]] = {}
    for row in (*filter(is_an_interest, flags), *(row for row in said if not row.has_nothing)):
        if row.item_id is not None:
            found.setdefault(row.item_id, set()).add(str(row.person_id))
    return found


def _ruled_out(item_ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], set[str]]:
    """Whom the last ruling of each committee sends out of the room for each item."""
    rows = db.session.scalars(
        sa.select(Ruling).where(Ruling.item_id.in_(item_ids)).order_by(Ruling.number)
    ) if item_ids else ()  # fmt: skip
    last = {(row.item_id, row.committee_id, row.person_id): row for row in rows}
    found: dict[tuple[uuid.UUID, uuid.UUID], set[str]] = {}
    for (item_id, committee_id, person_id), row in last.items():
        if not effects_of(row.actions).room:
            found.setdefault((item_id, committee_id), set()).add(str(person_id))
    return found
