"""Keeping what items reach no more because somebody changed what leads there, until whoever presides has seen it: the one place that
compares the flags before and after a change."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

import sqlalchemy as sa

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.flag_commands import check_open
from coi.meetings.conflicts.models import UnreachedFlag
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.unreached import Lost, Unreached, because_of, lost, lost_parts, renumbered, said_of
from coi.meetings.conflicts.unreached_queries import changes_at, items_alike, live_items, losses_of, was_there
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING
from coi.meetings.models import AgendaItem
from coi.permissions.vocabulary import Actor
from coi.wording import day

ELSEWHERE = "another item of its matter was changed"


@dataclass(frozen=True)
class Look:
    """What was known of some items of a meeting before something changes."""

    items: Sequence[AgendaItem]
    conflicts: MeetingConflicts


def look_at(items: Iterable[AgendaItem], at: datetime) -> list[Look]:
    """Returns what is known of the conflicts on items before a command changes what leads to them, meeting by meeting. Nothing of a
    meeting whose committee has no terms of reference: no page shows any then."""
    looks = []
    for _, group in groupby(sorted(items, key=_of_meeting), key=_of_meeting):
        own = list(group)
        try:
            looks.append(Look(own, conflicts_at(own[0].meeting, known_at=at, items=own)))
        except RuleBroken:
            continue
    return [look for look in looks if _has_something_to_lose(look)]


def keep_what_was_lost(
    before: Iterable[Look],
    what: str,
    *,
    actor: Actor,
    at: datetime,
    with_people: bool = False,
    of: AgendaItem | None = None,
) -> list[UnreachedFlag]:
    """Keeps the flags that items had `before` and reach no more as things stand now. `what` says in a sentence's beginning what was
    done; `with_people`: that may change who takes part; `of`: the item to which it was done, which not everybody may read who reads another
    item of its matter. Rows that the commands keep; no entry of their own. Rule: MTG-02; RULEBOOK §24."""
    looks = list(before)
    if not looks:
        return []
    db.session.flush()
    kept: list[UnreachedFlag] = []
    because, elsewhere = (because_of(each, actor.name, at) for each in (what, ELSEWHERE))
    for look in looks:
        for item in look.items:
            if any(each.removed_at for each in item.affected):
                db.session.expire(item, ["affected"])
        around = None if with_people else look.conflicts.around
        now = conflicts_at(look.items[0].meeting, known_at=at, items=look.items, around=around)
        kept += _kept(
            _lost_since(look, now), lambda each: because if of is None or each.item_id == of.id else elsewhere, at
        )
    return kept


def keep_what_the_register_took(changed_at: datetime, *, actor: Actor, at: datetime) -> list[UnreachedFlag]:
    """Keeps what items of agendas to come reach no more since interests were changed at an instant: the registers as known right before it
    and at it are compared, so whoever changed anything since is not told of in their place. An item that was put on an agenda later was
    never reached. Rule: MTG-02; RULEBOOK §24."""
    changes = changes_at(changed_at)
    if not changes:
        return []
    kept = []
    for look in look_at(live_items(), changed_at - timedelta(microseconds=1)):
        around = look.conflicts.around
        now = conflicts_at(look.items[0].meeting, known_at=changed_at, items=look.items, around=around)
        found = _lost_since(look, now)
        for item in look.items:
            own = [each for each in found if each.item_id == item.id]
            if own and was_there(item.id, changed_at):
                kept += _kept(own, lambda each: said_of(each.interest_id, changes, changed_at), at)
                log.record(Event.FLAG_LOST, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return kept


def _lost_since(before: Look, now: MeetingConflicts) -> list[Lost]:
    """What was known of items and is not known of them now, of whoever still takes part."""
    found: list[Lost] = []
    for item in before.items:
        flags = before.conflicts.flags[item.id]
        found += lost(flags, now.flags[item.id], now.people)
        was_done, is_told = before.conflicts.before.get(item.id, ()), now.before.get(item.id, ())
        found += lost_parts(item.id, item.position, was_done, is_told, flags)
    return found


def carry_losses(earlier: AgendaItem, item: AgendaItem, *, at: datetime) -> list[UnreachedFlag]:
    """Keeps on the later agenda of an item what whoever presides had not seen on the earlier one; and what the earlier one was flagged by,
    nobody ruled on and screening finds no more. Rows that the command keeps; no entry of their own. Rule: MTG-02; RULEBOOK §24."""
    rows = [
        UnreachedFlag(
            id=uuid.uuid4(), item_id=item.id, person_id=each.person_id, interest_id=each.interest_id, level=each.level,
            path=renumbered(each.path, earlier.position, item.position), because=each.because, recorded_at=each.recorded_at,
        )
        for each in losses_of(earlier.id)
        if each.seen_at is None
    ]  # fmt: skip
    db.session.add_all(rows)
    looks = look_at([earlier], at)
    if not looks:
        return rows
    db.session.flush()
    now = conflicts_at(item.meeting, known_at=at, items=[item])
    flags = [
        replace(each, item_id=item.id, path=tuple(renumbered(each.path, earlier.position, item.position)))
        for each in looks[0].conflicts.flags[earlier.id]
    ]
    said = f"No longer reached: the item was flagged by it at the meeting on {day(earlier.meeting.held_on)}, and nobody ruled on it."
    return rows + _kept(lost(flags, now.flags[item.id], now.people), lambda _lost: said, at)


def _kept(found: Iterable[Lost], because: Callable[[Lost], str], at: datetime) -> list[UnreachedFlag]:
    rows = [
        UnreachedFlag(
            id=uuid.uuid4(), item_id=each.item_id, person_id=each.person_id, interest_id=each.interest_id, level=each.level,
            path=list(each.path), because=because(each), recorded_at=at,
        )
        for each in found
    ]  # fmt: skip
    db.session.add_all(rows)
    return rows


@contextmanager
def losses_kept(
    what: str,
    *,
    actor: Actor,
    at: datetime,
    items: Iterable[AgendaItem] | None = None,
    of: AgendaItem | None = None,
    with_people: bool = False,
) -> Iterator[None]:
    """Stands around a change that may take flags away from `items`, from an item and the others of its matter (`of`), or, where neither is
    given, from any agenda to come. The command records what is kept in its own entry."""
    about = items if items is not None else items_alike(of) if of is not None else live_items()
    before = look_at(about, at)
    yield
    if before and items is None and of is None and any(sa.inspect(each).expired for each in about):
        live_items()  # a file that was read let go of all objects: they are read again together, not one by one
    keep_what_was_lost(before, what, actor=actor, at=at, with_people=with_people, of=of)


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


def keep_as_seen(unseen: Iterable[Unreached], presiding: str, *, actor: Actor, at: datetime) -> None:
    """Keeps that whoever presided saw what an item no longer reaches before it was decided, as somebody records. Rows that the command
    keeps; no entry of their own. Rule: MTG-06; RULEBOOK §24 rule 2."""
    who = f"{presiding or 'whoever presided'}, as {actor.name} recorded"
    for each in unseen:
        row = db.session.get_one(UnreachedFlag, each.row_id)
        row.seen_at, row.seen_by_name = at, who


def _has_something_to_lose(look: Look) -> bool:
    """Most agendas have no flag that waits, and are not looked at a second time."""
    found = (each for flags in look.conflicts.flags.values() for each in flags)
    return any(each.awaits_ruling and each.level in FOUND_BY_SCREENING for each in found)


def _of_meeting(item: AgendaItem) -> str:
    return str(item.meeting_id)
