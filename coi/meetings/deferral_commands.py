"""Calling a meeting off, and carrying on an item that an earlier meeting put off or did not come to. One command, one ledger entry."""

import uuid
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings import lifecycle
from coi.meetings.commands import place_item
from coi.meetings.conflicts.beforehand.link_commands import nobody_answers
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.unreached_commands import carry_losses
from coi.meetings.deferral_queries import flags_to_carry_on, items_to_carry_on, times_on_an_agenda
from coi.meetings.models import AffectedOrganisation, AgendaItem, Meeting
from coi.meetings.queries import hold
from coi.meetings.vocabulary import FlagSource, ItemState, MeetingState
from coi.permissions.vocabulary import Actor


def call_off(meeting: Meeting, because: str, *, actor: Actor, at: datetime) -> Meeting:
    """Calls a meeting off that was not opened. It counts as closed: nothing about it can be recorded any more, there are no minutes, and
    its items wait for the next agenda of the committee. Mails that wait to ask people before it are never sent. Raises RuleBroken where it
    was opened, is over, or no reason is given."""
    hold(meeting)
    lifecycle.check_may_be_called_off(meeting.state, because)
    meeting.state = MeetingState.CLOSED
    meeting.called_off_at, meeting.called_off_by, meeting.called_off_because = at, actor.person_id, because.strip()
    nobody_answers(meeting)
    log.record(Event.MEETING_CALLED_OFF, subject=meeting, actor=actor, at=at, body_id=meeting.body_id)
    return meeting


def carry_on(meeting: Meeting, earlier: AgendaItem, *, actor: Actor, at: datetime) -> AgendaItem:
    """Puts an item that an earlier meeting of the committee put off on the agenda of a later one, under the same reference, with its
    organisations. What was dismissed with a reason, raised or declared in the room follows, and what is no longer reached and not seen
    yet; a ruling is made for each meeting, so the earlier one is shown to whoever presides and not taken over. Raises RuleBroken where
    the item does not wait for this agenda.

    Rule: MTG-05, MTG-06; RULEBOOK §10.2, §12.1, §23 scenario 23."""
    hold(meeting)
    lifecycle.check_agenda_may_change(meeting.state)
    if earlier.id not in {each.id for each in items_to_carry_on(meeting, actor=actor)}:
        raise RuleBroken("This item does not wait for a later agenda. It may be on one already")
    item = AgendaItem(
        id=uuid.uuid4(), meeting_id=meeting.id, issued=f"{earlier.reference}/{times_on_an_agenda(earlier) + 1}",
        carried_reference=earlier.reference, continues_id=earlier.id, position=0, title=earlier.title,
        description=earlier.description, presenter=earlier.presenter, part=earlier.part, private_reason=earlier.private_reason,
        purpose=earlier.purpose, function_code=earlier.function_code, class_scope=earlier.class_scope,
        class_area=list(earlier.class_area), class_place=earlier.class_place, state=ItemState.PLANNED,
        stage=earlier.stage, matter_id=earlier.matter_id,
    )  # fmt: skip
    db.session.add(item)
    for row in earlier.affected:
        db.session.add(
            AffectedOrganisation(
                id=uuid.uuid4(), item_id=item.id, position=row.position, text=row.text, relation=row.relation,
                organisation_id=row.organisation_id,
            )
        )  # fmt: skip
    place_item(meeting, item)
    for flag in flags_to_carry_on(earlier):
        db.session.add(_carried(flag, earlier, item, at))
    carry_losses(earlier, item, at=at)
    log.record(Event.ITEM_CARRIED, subject=item, actor=actor, at=at, body_id=meeting.body_id)
    return item


def _carried(flag: ConflictFlag, earlier: AgendaItem, item: AgendaItem, at: datetime) -> ConflictFlag:
    """A flag as it goes over to the later agenda. One that people raised or declared is known by itself, not by what was found."""
    by_hand = flag.source is not FlagSource.SCREENING
    last = f"item {earlier.position}"
    return ConflictFlag(
        id=uuid.uuid4(), item_id=item.id, person_id=flag.person_id, interest_version_id=flag.interest_version_id,
        source=flag.source, state=flag.state, fingerprint=f"{flag.source.value}.{uuid.uuid4().hex}" if by_hand else flag.fingerprint,
        level=flag.level, relation=flag.relation,
        path=[f"item {item.position}" if step == last else step for step in flag.path],
        suggested=list(flag.suggested), rule_ids=list(flag.rule_ids), reason=flag.reason, raised_by=flag.raised_by, stood=flag.stood,
        dismissed_by_name=flag.dismissed_by_name, guardian_consulted=flag.guardian_consulted,
        answer_text="", recorded_at=at,
    )  # fmt: skip
