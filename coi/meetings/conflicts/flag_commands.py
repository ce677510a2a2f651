"""Acting on flags: confirm, dismiss, raise, answer. The software flags, the chair disposes; nobody else takes a flag away."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.comparing import lines_of_item
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import SETTLED, began_on, conflicts_at, rules_of, stored_flag
from coi.meetings.conflicts.rules import check_dismissal, may_rule
from coi.meetings.conflicts.vocabulary import AnswerDetails, ItemFlag, RaisedDetails, with_ground
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import FlagAnswer, FlagSource, FlagState, MeetingState
from coi.permissions.vocabulary import Actor
from coi.wording import and_list, day


def confirm_flag(
    item: AgendaItem, flag: ItemFlag, *, actor: Actor, at: datetime, committee_id: uuid.UUID | None = None
) -> ConflictFlag:
    """The one who presides says that a flag is a conflict. What to do about it is a ruling. Raises RuleBroken where somebody
    else says so, or where another committee of the meeting settled the item with the flag. Rule: MTG-06, MTG-07."""
    check_disposes(item, flag, committee_id, actor=actor, at=at)
    row = store_flag(flag, at)
    row.state, row.reason, row.stood = FlagState.CONFIRMED, "", lines_of_item(item, rules_of(item.meeting))
    row.dismissed_by_name, row.guardian_consulted = "", False
    log.record(Event.FLAG_CONFIRMED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def dismiss_flag(
    item: AgendaItem,
    flag: ItemFlag,
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    committee_id: uuid.UUID | None = None,
    guardian_consulted: bool = False,
    ground: FlagAnswer | None = None,
    magnitude: str = "",
) -> ConflictFlag:
    """The one who presides says why a flag is no conflict; of one about money, in what it is wrong (`ground`), or how large the interest
    is. It stays dismissed until the interest, the item or the relations between organisations change. Raises RuleBroken without a reason,
    on money of the person's own without the Guardian, where somebody else dismisses it, or where another committee of the meeting settled
    the item with the flag.

    Rule: MTG-06, MTG-08; RULEBOOK §10.4, §23 scenario 51, §24 rule 4; USERS W2."""
    check_disposes(item, flag, committee_id, actor=actor, at=at)
    verdict = check_dismissal(flag, reason, guardian_consulted=guardian_consulted, ground=ground, magnitude=magnitude)
    if not verdict:
        raise RuleBroken(verdict.reason, field=verdict.field, rule=verdict.rule_id)
    row = store_flag(flag, at)
    row.state, row.reason = FlagState.DISMISSED, with_ground(reason.strip(), ground, magnitude.strip())
    row.dismissed_by_name, row.guardian_consulted = actor.name, guardian_consulted
    row.stood = lines_of_item(item, rules_of(item.meeting))
    log.record(Event.FLAG_DISMISSED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def raise_flag(item: AgendaItem, details: RaisedDetails, *, actor: Actor, at: datetime) -> ConflictFlag:
    """Tells the chair of a conflict that nobody flagged. teller_queries.py says who may know who told. Raises RuleBroken
    without words, NotFound for somebody who has no part in the meeting. Rule: MTG-11; RULEBOOK §23 scenario 28."""
    check_open(item)
    if not details.text.strip():
        raise RuleBroken("Enter what the conflict is", field="text", rule="MTG-11")
    people = conflicts_at(item.meeting, known_at=at, items=[item]).people
    if details.person_id not in people:
        raise NotFound("There is no such person at this meeting")
    row = new_flag(item, details.person_id, people[details.person_id], details.text, FlagSource.RAISED, at)
    row.raised_by = actor.account_id
    log.record(Event.FLAG_RAISED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def answer_flag(
    item: AgendaItem,
    flag: ItemFlag,
    details: AnswerDetails,
    *,
    actor: Actor,
    at: datetime,
    also: Sequence[tuple[AgendaItem, ItemFlag]] = (),
) -> ConflictFlag:
    """The person flagged agrees, says since when their own part has ended, which link between organisations on the way is wrong, or why it
    is somebody else, of the same interest at other items (`also`) too. The flags stand until the chair disposes of them. Raises RuleBroken
    without the day or the reason, and for a link that a path does not follow, NotFound for anybody else."""
    for about, each in ((item, flag), *also):
        if actor.person_id is None or actor.person_id != each.person_id or each.interest_id != flag.interest_id:
            raise NotFound("There is no such flag")
        check_open(about)
        check_not_frozen(each)
    has_ended = details.answer is FlagAnswer.ENDED
    if has_ended and details.since is None:
        raise RuleBroken("Enter the day on which it ended", field="since")
    if has_ended and details.since is not None and details.since > clock.local(at).date():
        raise RuleBroken("The day on which it ended must be today or in the past", field="since")
    if has_ended and details.since is not None and (began := began_on(flag)) and details.since < began:
        raise RuleBroken(
            f"The register says that it began on {day(began)}. Enter the day on which it ended", field="since"
        )
    if details.answer is FlagAnswer.NOT_ME and not details.text.strip():
        raise RuleBroken("Enter why this is not you or not this organisation", field="text")
    if details.answer is FlagAnswer.LINK:
        _check_link(flag, details, also)
    row, *_ = rows = [store_flag(each, at) for each in (flag, *(other for _, other in also))]
    for each in rows:
        each.answer, each.answer_text, each.answered_at = details.answer, details.text.strip(), at
        each.answer_since = details.since if has_ended else None
    log.record(Event.FLAG_ANSWERED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def _check_link(flag: ItemFlag, details: AnswerDetails, also: Sequence[tuple[AgendaItem, ItemFlag]]) -> None:
    """Raises RuleBroken where a flag follows no link between organisations, where nothing says what is wrong with it, or where a flag at
    another item does not follow the same."""
    if not flag.links:
        raise RuleBroken("This flag rests on no link between organisations. Select another answer", field="answer")
    if not details.text.strip():
        raise RuleBroken("Enter what is wrong with the link, or since when it has ended", field="text")
    others = [item for item, each in also if each.links != flag.links]
    if others:
        which = and_list(str(item.position) for item in others)
        raise RuleBroken(f"Untick item {which}: the same link does not lead there", field="also")


def check_open(item: AgendaItem) -> None:
    """Raises RuleBroken where the item is settled or the meeting closed: what was frozen then stands."""
    if item.meeting.called_off_at:
        raise RuleBroken("The meeting was called off, so nothing about its conflicts is recorded")
    if item.meeting.state is MeetingState.CLOSED:
        raise RuleBroken("The meeting is closed, so its conflicts stand as they were recorded")
    if item.state in SETTLED:
        raise RuleBroken("The item is settled, so its conflicts stand as they were when it was")


def check_not_frozen(flag: ItemFlag) -> None:
    """Raises RuleBroken where a committee of the meeting settled the item with a flag: what stood then stays as it was, for the
    committees that are still to settle it too. Rule: RULEBOOK §24 rule 3, §11.3."""
    if flag.is_frozen:
        raise RuleBroken(
            "Another committee settled this item with the flag as it stands, so it can no longer change",
            rule="MTG-06", options=("Rule on the conflict for this committee",),
        )  # fmt: skip


def check_disposes(
    item: AgendaItem, flag: ItemFlag, committee_id: uuid.UUID | None = None, *, actor: Actor, at: datetime
) -> MeetingConflicts:
    """Raises RuleBroken where `actor` may not dispose of a flag: only who presides over the item for a committee may, and never of
    their own."""
    check_open(item)
    check_not_frozen(flag)
    conflicts = conflicts_at(item.meeting, known_at=at, items=[item])
    presiding = conflicts.presiding(item.id, committee_id, besides=[flag.person_id])
    verdict = may_rule(actor.person_id or uuid.UUID(int=0), [flag.person_id], presiding, dict(conflicts.people))
    if not verdict:
        raise RuleBroken(verdict.reason, rule=verdict.rule_id, options=verdict.options)
    return conflicts


def store_flag(flag: ItemFlag, at: datetime) -> ConflictFlag:
    """Returns the row of a flag, made now where nobody acted on it before, with its level and path as they stand now. What a decision
    froze stays as it was."""
    row = stored_flag(flag)
    if row is None:
        row = ConflictFlag(
            id=uuid.uuid4(), item_id=flag.item_id, person_id=flag.person_id, interest_version_id=flag.interest_version_id,
            source=flag.source, state=flag.state, fingerprint=flag.fingerprint, reason=flag.reason, answer=flag.answer,
            answer_text=flag.answer_text, answer_since=flag.answer_since, recorded_at=at,
            dismissed_by_name=flag.dismissed_by, guardian_consulted=flag.guardian_consulted,
        )  # fmt: skip
        db.session.add(row)
    if row.frozen_at is None:
        row.level, row.relation, row.path = flag.level, flag.relation, list(flag.path)
        row.suggested, row.rule_ids = list(flag.suggested), list(flag.rule_ids)
    return row


def new_flag(
    item: AgendaItem,
    person_id: uuid.UUID,
    name: str,
    text: str,
    source: FlagSource,
    at: datetime,
    *,
    beforehand: bool = False,
) -> ConflictFlag:
    """Returns the row of a flag that no screening found: raised by somebody, declared in the room, or said by the person before the
    meeting (`beforehand`)."""
    declared = source is FlagSource.DECLARED
    level, relation = ("B", "beforehand") if beforehand else ("D" if declared else "R", source.value)
    row = ConflictFlag(
        id=uuid.uuid4(), item_id=item.id, person_id=person_id, source=source,
        state=FlagState.CONFIRMED if declared else FlagState.SUGGESTED, fingerprint=f"{source.value}.{uuid.uuid4().hex}",
        level=level, relation=relation, path=[name, text.strip(), f"item {item.position}"],
        suggested=[], rule_ids=["MTG-11" if level == "R" else "MTG-05"], recorded_at=at,
    )  # fmt: skip
    db.session.add(row)
    return row


def store_flags(flags: Iterable[ItemFlag], state: FlagState, at: datetime) -> list[ConflictFlag]:
    """Stores the flags that somebody acted on together, each in the given state unless it was dismissed or frozen before."""
    rows = []
    for flag in flags:
        row = store_flag(flag, at)
        if row.state is not FlagState.DISMISSED and row.frozen_at is None:
            row.state = state
        rows.append(row)
    return rows
