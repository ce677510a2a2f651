"""What the command that records a declaration at the meeting is made of: its checks, its row, the flags it confirms, makes or takes
back. No ledger entry of their own."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.acts_queries import flags_resting_on, was_corrected
from coi.meetings.conflicts.flag_commands import new_flag, store_flags
from coi.meetings.conflicts.models import MeetingDeclaration
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.unreached_commands import Look, look_at
from coi.meetings.conflicts.unreached_queries import live_items
from coi.meetings.conflicts.vocabulary import AS_ON_REGISTER, ItemFlag
from coi.meetings.keeper_queries import keeps_in_place
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.presence import was_out
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails
from coi.meetings.timing import check_past, check_said_at, is_of_another_day
from coi.meetings.vocabulary import DeclaredPoint, FlagSource, FlagState, MeetingState
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches.report_commands import ask_to_note_correction
from coi.registers.interests.models import Interest
from coi.wording import clock_time, moment

OF_AN_ITEM = frozenset({DeclaredPoint.AT_ITEM, DeclaredPoint.DURING_ITEM})
"""Points that belong to an item: what was declared there is a conflict on it, and counts in who presides."""
TAKEN_BACK = "The declaration on which this flag rests was corrected"


def check_declaration(meeting: Meeting, details: MeetingDeclarationDetails, actor: Actor, at: datetime) -> None:
    """Raises RuleBroken or NotFound where this cannot be recorded, or not by `actor`. Rule: MTG-05, MTG-09, MIN-01."""
    is_silent = details.point is DeclaredPoint.NOT_DECLARED
    if not _keeps_record(meeting, details, actor) and (actor.person_id != details.person_id or is_silent):
        raise NotFound("There is no such person at this meeting")
    if meeting.called_off_at:
        raise RuleBroken("The meeting was called off. Declare the interest on the register instead", rule="MTG-09")
    if meeting.state is MeetingState.CLOSED and not _keeps_record(meeting, details, actor):
        raise RuleBroken("The meeting is closed. Declare the interest on the register instead", rule="MTG-09")
    if is_final(meeting.id):
        raise RuleBroken("The minutes are confirmed. A correction is recorded at a later meeting", rule="MIN-01")
    if is_silent and details.has_nothing:
        raise RuleBroken(
            "Whoever said that they had nothing to declare did not say nothing. Select when they said it, or on what they "
            "were silent", field="point", rule="MTG-05",
        )  # fmt: skip
    if details.item_id is None and details.point in OF_AN_ITEM:
        raise RuleBroken("Select the item that it was declared at", field="about", rule="MTG-05")
    named = details.interest_id is not None or (bool(details.concerns) and not details.is_new)
    if not details.text.strip() and not named and not details.has_nothing:
        raise RuleBroken("Enter what was declared", field="text", rule="MTG-05")
    if details.when is not None and details.point is DeclaredPoint.BEFORE_MEETING:
        check_past(details.when, at, "said_at")
        if meeting.opened_at is not None and details.when > meeting.opened_at:
            raise RuleBroken("Enter a time before the meeting was opened", field="said_at", rule="MTG-05")
    elif details.when is not None:
        check_said_at(meeting, details.when, at, "said_at")


def _keeps_record(meeting: Meeting, details: MeetingDeclarationDetails, actor: Actor) -> bool:
    return allows(actor, Permission.MEETINGS_MEETING_RECORD, meeting.body_id) or (
        details.item_id is not None and keeps_in_place(actor, details.item_id)
    )


def check_was_there(
    details: MeetingDeclarationDetails, declared_at: datetime | None, conflicts: MeetingConflicts
) -> None:
    """Raises RuleBroken where somebody declares at an item while they are recorded as out of the room, and nobody said that it was so.
    Rule: MTG-05, MTG-10."""
    if declared_at is None or details.point not in OF_AN_ITEM or details.is_so:
        return
    if was_out(conflicts.movements, str(details.person_id), declared_at):
        name = conflicts.people[details.person_id]
        raise RuleBroken(
            f"By the movements recorded {name} was out of the room at {clock_time(declared_at)}", field="is_so", rule="MTG-10",
            options=("Enter another time, if that one is wrong", "Tick this box if it was so"),
        )  # fmt: skip


def own_interest(details: MeetingDeclarationDetails) -> Interest | None:
    """Returns the interest that a declaration names. Raises NotFound where it is not the person's own."""
    if details.interest_id is None:
        return None
    interest = db.session.get(Interest, details.interest_id)
    if interest is None or interest.person_id != details.person_id:
        raise NotFound("There is no such interest")
    return interest


def corrected_entry(meeting: Meeting, details: MeetingDeclarationDetails, actor: Actor) -> MeetingDeclaration | None:
    """Returns the entry that a new one replaces. Raises NotFound where it is not the person's at this meeting, or not for `actor`;
    RuleBroken where it was corrected before. Rule: MTG-05; DESIGN §4.3."""
    if details.corrects_id is None:
        return None
    row = db.session.get(MeetingDeclaration, details.corrects_id)
    if row is None or row.meeting_id != meeting.id or row.person_id != details.person_id:
        raise NotFound("There is no such entry")
    if not _keeps_record(meeting, details, actor):
        raise NotFound("There is no such entry")
    if was_corrected(row):
        raise RuleBroken("This entry was corrected before. Correct the one that stands", field="corrects")
    return row


def flags_meant(
    item: AgendaItem | None, details: MeetingDeclarationDetails, conflicts: MeetingConflicts
) -> list[ItemFlag]:
    """Returns the flags that a declaration names by their fingerprints. Raises NotFound for one that is not the person's on the item."""
    if not details.concerns or item is None:
        return []
    own = {flag.fingerprint: flag for flag in conflicts.flags[item.id] if flag.person_id == details.person_id}
    if not own.keys() >= set(details.concerns):
        raise NotFound("There is no such flag. The interest or the item may have changed")
    return [own[each] for each in dict.fromkeys(details.concerns)]


def entry(
    meeting: Meeting, item: AgendaItem | None, details: MeetingDeclarationDetails, interest: Interest | None,
    corrected: MeetingDeclaration | None, conflicts: MeetingConflicts, at: datetime,
) -> MeetingDeclaration:  # fmt: skip
    """Adds the row of a declaration. One that corrects another was made when that was, unless a time is entered, or it was when the item
    was reached. Raises RuleBroken where they were out of the room then."""
    declared_at = details.when or _declared_at(meeting, item, details, corrected)
    check_was_there(details, declared_at, conflicts)
    row = MeetingDeclaration(
        id=uuid.uuid4(), meeting_id=meeting.id, item_id=details.item_id, person_id=details.person_id, point=details.point,
        interest_id=interest.id if interest else None, text=_text(details), concerns=[],
        declared_at=declared_at,
        corrects_id=corrected.id if corrected else None, recorded_at=at,
    )  # fmt: skip
    db.session.add(row)
    return row


def _declared_at(
    meeting: Meeting, item: AgendaItem | None, details: MeetingDeclarationDetails, corrected: MeetingDeclaration | None
) -> datetime | None:
    """When something was declared of which no time was entered: once the meeting is closed, or its day over, that is not known, nor what
    was said before it was opened. What was declared when the item was reached was declared then, whenever somebody wrote it."""
    when = details.at
    if corrected is not None and when is not None:
        when = corrected.declared_at or corrected.recorded_at
    if meeting.state is MeetingState.CLOSED and (corrected is None or corrected.declared_at is None):
        return None
    if details.point is DeclaredPoint.BEFORE_MEETING and meeting.opened_at is not None:
        was_before = corrected is not None and corrected.point is DeclaredPoint.BEFORE_MEETING
        return corrected.declared_at if corrected is not None and was_before else None
    reached = item.opened_at if item is not None and details.point is DeclaredPoint.AT_ITEM else None
    if reached is not None and when is not None:
        return min(reached, when)
    return None if is_of_another_day(meeting, when) else when


def _text(details: MeetingDeclarationDetails) -> str:
    return details.text.strip() or ("Nothing to declare" if details.has_nothing else AS_ON_REGISTER)


def flag_what_was_declared(
    item: AgendaItem, details: MeetingDeclarationDetails, interest: Interest | None, about: Sequence[ItemFlag],
    conflicts: MeetingConflicts, at: datetime,
) -> list[str]:  # fmt: skip
    """Confirms the flags that a declaration is about, or makes one of what screening did not find. Returns the fingerprint of what it
    made."""
    own = [flag for flag in conflicts.flags[item.id] if flag.person_id == details.person_id and flag.is_live]
    same = [flag for flag in own if interest is not None and flag.interest_id == interest.id]
    store_flags(dict.fromkeys([*same, *(flag for flag in about if flag.is_live)]), FlagState.CONFIRMED, at)
    if same or (about and interest is None and not details.is_new):
        return []
    made = new_flag(
        item, details.person_id, conflicts.people[details.person_id], _text(details), FlagSource.DECLARED, at
    )
    if interest is not None:
        newest = interest.versions[-1]
        made.interest_version_id, made.path = newest.id, [made.path[0], newest.nature, made.path[-1]]
    return [made.fingerprint]


def what_it_led_to(corrected: MeetingDeclaration | None, at: datetime) -> list[Look]:
    """Returns what is known of later items of the matter on which a declaration was made that is corrected now: it follows the matter.
    Rule: MTG-02; RULEBOOK §23 scenario 40."""
    item = db.session.get(AgendaItem, corrected.item_id) if corrected is not None and corrected.item_id else None
    others = live_items(matter_id=item.matter_id) if item is not None and item.matter_id else []
    return look_at([each for each in others if each.meeting_id != item.meeting_id], at) if item is not None else []


def withdraw_flags(corrected: MeetingDeclaration) -> None:
    """Takes back the flags that rest on a corrected declaration alone. What a decision froze stays as it was."""
    for row in flags_resting_on(corrected):
        row.state, row.reason = FlagState.DISMISSED, TAKEN_BACK


def tell_of_correction(corrected: MeetingDeclaration, row: MeetingDeclaration, actor: Actor, at: datetime) -> None:
    """Lets the suspected breach that a silence opened say that the silence was corrected, and what was recorded in its place. Rule: BRE-01;
    RULEBOOK §10.2, §18."""
    if corrected.point is not DeclaredPoint.NOT_DECLARED:
        return
    now = "that there was nothing to declare" if row.has_nothing else f"“{row.text}”" if row.text else "a declaration"
    now = f"again that nothing was said: {now}" if row.point is DeclaredPoint.NOT_DECLARED else now
    said = (
        f"What was recorded of {corrected.person.name} at the meeting was corrected on {moment(at)}, by {actor.name}. "
        f"Recorded in its place: {now}."
    )
    ask_to_note_correction(corrected.id, said, actor=actor, at=at)
