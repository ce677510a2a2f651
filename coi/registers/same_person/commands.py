"""Joining two records that are one person, entered twice, and taking that back. One use case, one ledger entry."""

import uuid
from collections import defaultdict
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person, PersonMerge
from coi.permissions.vocabulary import Actor
from coi.registers.interests.queries import interests_known_at
from coi.registers.interests.versions import ask_to_screen
from coi.registers.same_person import queries, rules


def join_records(kept: Person, merged: Person, *, body_id: uuid.UUID, actor: Actor, at: datetime) -> PersonMerge:
    """Gives everything that one record holds to another: its interests count for that person at every meeting from then on, and are
    compared with what was decided. The emptied record stays as it was, and nobody finds it any more. Raises RuleBroken where they are to
    be kept apart. Rules: REG-01, REG-07, BRE-01."""
    queries.lock([kept.id, merged.id])
    rules.check_apart(
        merged=merged.name, kept=kept.name, in_the_way=queries.in_the_way(merged.id), has_begun=queries.has_begun(merged.id),
        is_known_elsewhere=queries.is_known_elsewhere(merged.id, body_id), is_same_record=merged.id == kept.id,
    )  # fmt: skip
    standing = interests_known_at([merged.id], at)
    for held in queries.held_twice(kept.id, merged.id):
        held.replaced_at = at
    db.session.flush()
    moved: dict[str, list[str]] = defaultdict(list)
    for table, row in list(queries.rows_to_move(merged.id)):
        if table == "appointment" and row.replaced_at == at:
            continue
        row.person_id = kept.id
        moved[table].append(str(row.id))
    made = PersonMerge(
        id=uuid.uuid4(), body_id=body_id, kept_id=kept.id, merged_id=merged.id, moved=dict(moved), merged_at=at,
        merged_by=actor.account_id,
    )  # fmt: skip
    db.session.add(made)
    ask_to_screen(standing, actor, at)
    log.record(Event.RECORDS_JOINED, subject=made, actor=actor, at=at, body_id=body_id)
    db.session.expire_all()
    return made


def part_records(merge: PersonMerge, *, actor: Actor, at: datetime) -> Person:
    """Takes back that two records are one person: what had moved goes back; what was declared since stays. Returns the person who is
    there again. Raises RuleBroken where the kept record went into another one meanwhile. Rules: REG-01, REG-07."""
    queries.lock([merge.kept_id, merge.merged_id])
    if merge.undone_at is not None:
        raise RuleBroken("This was taken back already")
    for row in list(queries.moved_rows(merge)):
        row.person_id = merge.merged_id
    for held in queries.left_as_twice(merge):
        held.replaced_at = None
    merge.undone_at, merge.undone_by = at, actor.account_id
    log.record(Event.RECORDS_PARTED, subject=merge, actor=actor, at=at, body_id=merge.body_id)
    db.session.expire_all()
    return merge.merged
