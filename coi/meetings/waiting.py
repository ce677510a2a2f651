"""What waits for somebody at a body: the first page, for whatever roles they hold. Composes queries of this room and of lower ones."""

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from flask import current_app

from coi import clock
from coi.meetings.actions.queries import Kept, overdue
from coi.meetings.conflicts.afterwards.queries import number_to_judge
from coi.meetings.conflicts.queries import rulings_to_confirm
from coi.meetings.deferral_queries import items_on_no_agenda, kept_items_on_no_agenda
from coi.meetings.keeper_queries import items_to_keep
from coi.meetings.minutes.queries import drafts_to_confirm
from coi.meetings.models import Meeting
from coi.meetings.queries import meetings_of
from coi.meetings.vocabulary import MeetingState
from coi.meetings.waiting_accounts import accounts_waiting
from coi.meetings.waiting_declarations import drafting, own_declaration
from coi.meetings.waiting_meetings import (
    Waiting,
    asked_beforehand,
    conflicts_waiting,
    counted,
    day,
    declared_at_meetings,
    items_words,
    of_meeting,
    own_items_waiting,
)
from coi.meetings.withholding import items_and_records_kept_from
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches import queries as breaches
from coi.registers.gifts import redaction_queries as gift_requests
from coi.registers.gifts.register_queries import to_approve
from coi.registers.interests import queries as interests
from coi.registers.interests import redaction_queries as interest_requests
from coi.registers.interests.models import RedactionRequest
from coi.registers.procurement import standing_queries as procurements
from coi.registers.prompts import question_queries as questions
from coi.registers.standing_queries import work_list

TO_PUBLISH = "coi.registers_to_publish"
"""Where wiring plugs in which registers should have been published again: the publication is a floor above."""


def waiting_for(
    actor: Actor, body_id: uuid.UUID, *, at: datetime, meetings: Sequence[Meeting] | None = None
) -> list[Waiting]:
    """Returns what waits for `actor` at a body, the most urgent kind first. Each part asks only what the actor may see. `meetings` are
    those that they may see, where they were read already."""
    on = clock.local(at).date()
    kept, asked = items_and_records_kept_from(actor), questions.numbers(actor, body_id, on)
    return [
        *_as_declarant(actor, body_id, on, at, asked.open),
        *_of_meetings(actor, body_id, at, kept, meetings),
        *_of_registers(actor, body_id, on, at, asked.to_note),
    ]


def _as_declarant(actor: Actor, body_id: uuid.UUID, on: date, at: datetime, asked: int) -> Iterator[Waiting]:
    if allows(actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, body_id):
        yield from accounts_waiting(body_id, on, at)
    if allows(actor, Permission.REGISTERS_INTEREST_DECLARE, body_id) and actor.person_id:
        yield from own_declaration(actor.person_id, body_id, on, at)
        yield from _asked(asked)
        yield from asked_beforehand(actor.person_id, body_id)
        yield from drafting(actor, body_id, on, at)
        yield from declared_at_meetings(actor, body_id, on)


def _of_meetings(
    actor: Actor, body_id: uuid.UUID, at: datetime, kept: Kept, meetings: Sequence[Meeting] | None
) -> list[Waiting]:
    """What waits of meetings to come and past. `kept` are the items and records that a ruling keeps from the actor."""

    def may(permission: Permission) -> bool:
        return allows(actor, permission, body_id)

    found: list[Waiting] = []
    on = clock.local(at).date()
    if may(Permission.MEETINGS_MEETING_READ):
        found += conflicts_waiting(actor, body_id, at, kept[0], meetings=meetings)
    elif may(Permission.MEETINGS_OWN_SEE):
        found += own_items_waiting(actor, body_id, at)
    if may(Permission.MEETINGS_ITEM_KEEP):
        found += _to_keep(actor, body_id)
    if may(Permission.MEETINGS_CONFLICT_ANSWER) and not may(Permission.MEETINGS_AGENDA_PLAN) and actor.person_id:
        found += _to_confirm(actor, body_id)
    if may(Permission.MEETINGS_ITEM_KEEP):
        found += _kept_waiting(actor, body_id, on)
    if may(Permission.MEETINGS_AGENDA_PLAN):
        found += _put_off(actor, body_id, kept[0])
    if may(Permission.MEETINGS_MINUTES_DRAFT):
        found += _minutes(actor, body_id)
        found += _actions(actor, body_id, on, kept)
    return found


def _of_registers(actor: Actor, body_id: uuid.UUID, on: date, at: datetime, answers: int) -> list[Waiting]:
    """What waits for those who keep the registers, approve, or judge."""

    def may(permission: Permission) -> bool:
        return allows(actor, permission, body_id)

    found: list[Waiting] = []
    if may(Permission.REGISTERS_STANDING_KEEP):
        found += _owing(actor, body_id, at)
        found += _answers(answers)
    if may(Permission.REGISTERS_GIFT_APPROVE) and (offers := to_approve(actor, body_id, at)):
        sentence = f"{counted(len(offers), 'offer')} accepted without the approval of a senior manager"
        found.append(Waiting(sentence, "gifts.index", {"show": "waiting"}))
    if may(Permission.REGISTERS_PROCUREMENT_KEEP):
        found += _procurements(actor, body_id)
    if may(Permission.REGISTERS_BREACH_ACT):
        found += _breaches(actor, body_id, on, is_overseer=may(Permission.REGISTERS_BREACH_OVERSEE))
    if may(Permission.PUBLICATION_EDITION_PUBLISH):
        overdue: Callable[..., list[str]] = current_app.extensions[TO_PUBLISH]
        found += [Waiting(each, "publication.index", is_late=True) for each in overdue(actor, body_id, on)]
    if may(Permission.REGISTERS_INTEREST_READ):
        found += _register(actor, body_id, on, at)
    return found


def _asked(number: int) -> Iterator[Waiting]:
    """Questions from public lists: is this you?"""
    if number:
        yield Waiting(f"{counted(number, 'question')} from public lists for you to answer", "prompts.own")


def _to_keep(actor: Actor, body_id: uuid.UUID) -> Iterator[Waiting]:
    """Items that somebody keeps the record of in place of a secretary: the way to them for whoever has no other."""
    for item in items_to_keep(actor, body_id):
        said = f"You keep the record of item {item.position}, {item.title}, on {day(item.meeting.held_on)}"
        yield Waiting(said, "proceedings.item", {"item_id": item.id})


def _put_off(actor: Actor, body_id: uuid.UUID, kept: Collection[uuid.UUID]) -> Iterator[Waiting]:
    """Items that were put off and are on no later agenda, meeting by meeting: to the next agenda of its committee, or to planning one."""
    if not (left := items_on_no_agenda(body_id, actor=actor, kept=kept)):
        return
    planned = sorted(meetings_of(body_id, actor=actor, states=(MeetingState.PLANNED,)), key=lambda each: each.held_on)
    for meeting, group in groupby(left, key=lambda item: item.meeting):
        committees, items = {row.committee_id for row in meeting.committees}, list(group)
        after = [each for each in planned if each.held_on >= meeting.held_on or meeting.called_off_at]
        coming = next((each for each in after if committees & {row.committee_id for row in each.committees}), None)
        what, are = (items[0].title, "is") if len(items) == 1 else (items_words(len(items)), "are")
        left_so = "called off for" if meeting.called_off_at else "left open on"
        said = f"{what}, {left_so} {day(meeting.held_on)}, {are} on no later agenda"
        yield Waiting(said, "meetings.add_item", of_meeting(coming)) if coming else Waiting(said, "meetings.plan")


def _kept_waiting(actor: Actor, body_id: uuid.UUID, on: date) -> Iterator[Waiting]:
    """Items that wait for a later agenda and are kept from the secretary, so that they are not forgotten."""
    for item in kept_items_on_no_agenda(body_id, actor=actor, on=on):
        said = f"{item.title}, left open on {day(item.meeting.held_on)}, is on no later agenda and is kept from the secretary"
        reads = allows(actor, Permission.MEETINGS_MEETING_READ, body_id)
        yield Waiting(said, "meetings.item" if reads else "proceedings.item", {"item_id": item.id})


def _to_confirm(actor: Actor, body_id: uuid.UUID) -> Iterator[Waiting]:
    assert actor.person_id is not None
    if rulings := rulings_to_confirm(body_id, actor.person_id):
        yield Waiting(
            f"{counted(len(rulings), 'ruling')} recorded as you dictated, for you to confirm", "conflicts.to_confirm"
        )


def _minutes(actor: Actor, body_id: uuid.UUID) -> Iterator[Waiting]:
    drafted = drafts_to_confirm(body_id, actor=actor)
    for minutes in drafted:
        yield Waiting(
            f"Draft minutes of {day(minutes.meeting.held_on)} wait to be confirmed",
            "minutes.show",
            of_meeting(minutes.meeting),
        )


def _actions(actor: Actor, body_id: uuid.UUID, on: date, kept: Kept) -> Iterator[Waiting]:
    if late := overdue(body_id, on, actor=actor, kept=kept):
        yield Waiting(f"{counted(len(late), 'action')} overdue", "actions.index", is_late=True)


def _owing(actor: Actor, body_id: uuid.UUID, at: datetime) -> Iterator[Waiting]:
    lines = work_list(body_id, actor, at, permission=Permission.REGISTERS_STANDING_KEEP, with_work=False)
    if late := sum(line.verdict.is_overdue for line in lines):
        owe = "person owes" if late == 1 else "people owe"
        yield Waiting(f"{late} {owe} a declaration that is overdue", "standing.index", is_late=True)
    if number := sum(bool(line.deciding) for line in lines):
        who = "1 person" if number == 1 else f"{number} people"
        yield Waiting(f"{who} may take part in decisions: say who does", "deciders.index")


def _procurements(actor: Actor, body_id: uuid.UUID) -> Iterator[Waiting]:
    number = sum(len(people) for _row, people in procurements.unanswered(body_id, actor))
    if number:
        has = "person has" if number == 1 else "people have"
        yield Waiting(f"{number} {has} not declared for a procurement", "procurement.unanswered")


def _answers(number: int) -> Iterator[Waiting]:
    """What members answered to questions from public lists, and nobody has read yet."""
    if number:
        yield Waiting(f"{counted(number, 'answer')} to questions from public lists to read", "prompts.index")


def _breaches(actor: Actor, body_id: uuid.UUID, on: date, *, is_overseer: bool) -> Iterator[Waiting]:
    """Reports that nobody took up, answers of reporters, what was corrected, and what late interests brought to light, for
    whoever acts on them alone; that nobody is named in place of the Guardian, or that there is none and requests wait, for whoever looks
    after that."""
    office = breaches.office_of(body_id, on)
    new, answered, corrected = breaches.waiting(actor, body_id, on, office)
    if new:
        yield Waiting(
            f"{counted(len(new), 'suspected breach', 'suspected breaches')} to take up",
            "breaches.index",
            {"show": "open"},
        )
    for breach in answered:
        yield Waiting(f"The reporter of {breach.reference} has answered", "breaches.show", {"breach_id": breach.id})
    for breach in corrected:
        said = f"What {breach.reference} rests on was corrected: look at it and close it"
        yield Waiting(said, "breaches.show", {"breach_id": breach.id})
    if number := number_to_judge(actor, body_id, office):
        yield Waiting(f"{counted(number, 'possible breach', 'possible breaches')} to judge", "afterwards.index")
    if is_overseer and not office.substitutes:
        sentence = "Name who acts in place of the Guardian, if somebody complains of the Guardian"
        yield Waiting(sentence, "breaches.substitutes")
    if is_overseer and not office.guardians and (number := interest_requests.number_undecided(body_id, on)):
        held_back = "is held back from the public" if number == 1 else "are held back from the public"
        said = f"{counted(number, 'interest')} {held_back}, and nobody is the Guardian who decides. Ask the administrator to name one"
        yield Waiting(said, "interests.index", is_late=True)


def _register(actor: Actor, body_id: uuid.UUID, on: date, at: datetime) -> Iterator[Waiting]:
    if allows(actor, Permission.REGISTERS_INTEREST_MITIGATE, body_id):
        others = [
            row
            for row in interests.waiting_for_mitigation(body_id, at, on)
            if row.interest.person_id != actor.person_id
        ]
        if others:
            yield Waiting(
                f"{counted(len(others), 'interest')} without an agreed mitigation",
                "queues.mitigation",
            )
    if allows(actor, Permission.REGISTERS_REDACTION_DECIDE, body_id):
        yield from _redactions(
            actor, "interest", "interests", interest_requests.redaction_requests(actor, body_id, on), body_id, on
        )
        asked = gift_requests.redaction_requests(actor, body_id, on)
        yield from _redactions(actor, "offer of a gift or hospitality", "gifts", asked, body_id, on)
    if allows(actor, Permission.ORGANISATIONS_ORGANISATION_MANAGE, body_id) and (
        rows := interests.unmatched(body_id, at, on)
    ):
        yield Waiting(f"{counted(len(rows), 'organisation')} on the register not matched yet", "queues.organisation")


def _redactions(
    actor: Actor, noun: str, register: str, requests: Sequence[RedactionRequest], body_id: uuid.UUID, on: date
) -> Iterator[Waiting]:
    """Requests not to publish that wait for the Guardian, and decisions to look at again; never about their own record."""
    others = [row for row in requests if row.record.person_id != actor.person_id]
    if asked := interest_requests.waiting_at(others, body_id):
        yield Waiting(f"{counted(len(asked), 'request')} not to publish an {noun}", f"{register}.redactions")
    if due := interest_requests.due_for_review(others, on, body_id):
        what = "" if register == "interests" else f" an {noun}"
        yield Waiting(
            f"{counted(len(due), 'decision')} not to publish{what} to look at again",
            f"{register}.redactions",
            is_late=True,
        )
