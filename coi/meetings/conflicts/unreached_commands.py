"""Keeping what an item reaches no more because somebody changed whom it concerns, until whoever presides has seen it."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.flag_commands import check_open
from coi.meetings.conflicts.models import UnreachedFlag
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.unreached import lost
from coi.meetings.models import AgendaItem
from coi.permissions.vocabulary import Actor
from coi.wording import day


def conflicts_until_now(item: AgendaItem, at: datetime) -> MeetingConflicts | None:
    """Returns the conflicts of an item before a command changes it; None where a committee has no terms of reference: no page
    shows any then."""
    try:
        return conflicts_at(item.meeting, known_at=at, items=[item])
    except RuleBroken:
        return None


def keep_what_was_lost(
    item: AgendaItem, before: MeetingConflicts | None, what: str, *, actor: Actor, at: datetime
) -> None:
    """Keeps the flags that the item had `before` and reaches no more as it stands now. `what` says in a sentence's beginning what was
    done. Rows that the commands keep; no entry of their own. Rule: MTG-02; RULEBOOK §24."""
    flags = before.flags[item.id] if before else ()
    if before is None or not any(each.awaits_ruling for each in flags):
        return
    db.session.flush()
    if any(each.removed_at for each in item.affected):
        db.session.expire(item, ["affected"])
    because = f"No longer reached because {what} by {actor.name} on {day(clock.local(at).date())}."
    now = conflicts_at(item.meeting, known_at=at, items=[item], around=before.around)
    for each in lost(flags, now.flags[item.id]):
        db.session.add(
            UnreachedFlag(
                id=uuid.uuid4(), item_id=item.id, person_id=each.person_id, interest_id=each.interest_id, level=each.level,
                path=list(each.path), because=because, recorded_at=at,
            )
        )  # fmt: skip


def see_what_was_lost(
    item: AgendaItem, *, actor: Actor, at: datetime, committee_id: uuid.UUID | None = None
) -> list[UnreachedFlag]:
    """Whoever presides says that they saw which flags the item reaches no more. Raises NotFound for anybody else, RuleBroken once the item
    is settled: what stood there then stands. Rule: MTG-06; RULEBOOK §24 rule 2."""
    conflicts = conflicts_at(item.meeting, known_at=at, items=[item])
    committee = committee_id or conflicts.convening
    unseen = conflicts.to_be_seen_by(actor.person_id, item.id, committee)
    if not unseen and not conflicts.presides(actor.person_id, item.id, committee):
        raise NotFound("There is no such flag")
    check_open(item)
    rows = [db.session.get_one(UnreachedFlag, each.row_id) for each in unseen]
    for row in rows:
        row.seen_at, row.seen_by_name = at, actor.name
    if rows:
        log.record(Event.FLAG_LOSS_SEEN, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return rows
