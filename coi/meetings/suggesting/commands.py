"""Taking a suggestion over, or declining it."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings import lifecycle
from coi.meetings.affected import affected_row, check_unchanged, is_same
from coi.meetings.conflicts.unreached_commands import losses_kept
from coi.meetings.models import AgendaItem
from coi.meetings.queries import hold
from coi.meetings.suggesting.models import DeclinedSuggestion
from coi.meetings.suggesting.queries import wording_of
from coi.meetings.suggesting.vocabulary import SuggestedClass, SuggestedDetail, SuggestedOrganisation, Suggestion
from coi.meetings.urgent.reporting import check_concerns_the_same
from coi.meetings.vocabulary import AffectedDetails, ClassScope
from coi.permissions.vocabulary import Actor


def accept(
    item: AgendaItem, chosen: Sequence[Suggestion], *, version: int, area: Sequence[str], actor: Actor, at: datetime
) -> AgendaItem:
    """Puts suggestions on an item: organisations with their relation, a class with its practices, its function, how far its matter is.
    Flags follow at once, and whoever presides is told of those that go with a class or a function. `area` is the commissioner codes that
    *all practices* means. Raises RuleBroken where nothing is suggested any more, EditConflict where somebody changed the item meanwhile."""
    _check(item, chosen, version, "Add")
    check_concerns_the_same(item)
    touched = () if all(isinstance(each, SuggestedOrganisation) for each in chosen) else (item,)
    with losses_kept("what the item is about was changed", items=touched, of=item, actor=actor, at=at):
        for each in chosen:
            if isinstance(each, SuggestedClass):
                item.class_scope = ClassScope.PCN if each.network_id else ClassScope.ALL_PRACTICES
                item.class_place = each.place or None
                item.class_area = [str(one) for one in each.there] if each.place else list(area)
            elif isinstance(each, SuggestedDetail):
                item.function_code, item.stage = each.function_code or item.function_code, each.stage or item.stage
            else:
                _add(item, each)
        item.version += 1
    log.record(Event.ITEM_CHANGED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return item


def decline(
    item: AgendaItem, chosen: Sequence[Suggestion], *, version: int, actor: Actor, at: datetime
) -> list[DeclinedSuggestion]:
    """Says that an item does not concern whom its wording suggests. It is not suggested again until the wording changes."""
    _check(item, chosen, version, "Leave out")
    rows = [
        DeclinedSuggestion(
            id=uuid.uuid4(), item_id=item.id, key=each.key, text=each.text, wording=wording_of(item), declined_at=at,
            declined_by=actor.account_id,
        )
        for each in chosen
    ]  # fmt: skip
    db.session.add_all(rows)
    log.record(Event.SUGGESTION_DECLINED, subject=item, actor=actor, at=at, body_id=item.meeting.body_id)
    return rows


def _check(item: AgendaItem, chosen: Sequence[Suggestion], version: int, what: str) -> None:
    hold(item.meeting)
    lifecycle.check_agenda_may_change(item.meeting.state)
    lifecycle.check_item_may_change(item.state)
    check_unchanged(item, version, f"{what} {', '.join(each.text for each in chosen)}")
    if not chosen:
        raise RuleBroken("The wording no longer suggests this. See what it suggests now")


def _add(item: AgendaItem, each: SuggestedOrganisation) -> None:
    details = AffectedDetails(each.text, each.relation, each.organisation_id)
    if not any(is_same(row, details) for row in item.affected):
        item.affected.append(affected_row(item, details, 1 + max((row.position for row in item.affected), default=0)))
