"""What waits for somebody of the meetings to come: questions before them, flags on oneself, flags that need a ruling."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from coi import clock
from coi.meetings.conflicts.afterwards.task_queries import tasks_waiting
from coi.meetings.conflicts.beforehand.queries import items_to_ask_about, unanswered_of
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.own import Asks, asks_of, waiting_words
from coi.meetings.conflicts.own_queries import attended_by
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import Meeting
from coi.meetings.queries import agenda_of, meetings_of, with_items_to_come
from coi.meetings.vocabulary import FlagAnswer, ItemState, MeetingState
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission

SCREENED = 3
"""How many meetings the first page screens."""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: a sentence, where to go (endpoint and its arguments), and whether it is late. `is_offer`: it does not wait, and
    can be done from here."""

    sentence: str
    endpoint: str
    arguments: dict[str, Any] = field(default_factory=dict)
    is_late: bool = False
    is_offer: bool = False


def asked_beforehand(person_id: uuid.UUID, body_id: uuid.UUID) -> Iterator[Waiting]:
    for meeting in unanswered_of(person_id, body_id):
        said = f"Before the meeting on {day(meeting.held_on)}: confirm what the register says, and say what you have an interest in"
        yield Waiting(said, "beforehand.mine", of_meeting(meeting))


def declared_at_meetings(actor: Actor, body_id: uuid.UUID, on: date) -> Iterator[Waiting]:
    """What somebody said has ended, or declared at a meeting for the first time, and still has to declare for the register; and how many
    of the latter there are, for whoever keeps the register."""
    own, kept, ended = tasks_waiting(actor, body_id)
    for each in ended:
        there = {"interest_id": each.interest_id, "ended_on": each.since.isoformat()}
        yield Waiting(
            f"You said that this has ended: {each.part}. Say it on the register too", "interests.own_end", there
        )
    for task in own:
        late = task.days_late(on) > 0
        by = f"It had to be there by {day(task.due_on)}" if late else f"It has to be there by {day(task.due_on)}"
        said = f"Declare for the register what you said at the meeting on {day(task.meeting.held_on)}: “{task.said.text[:120]}”. {by}"
        yield Waiting(said, "interests.declare", is_late=late)
    if kept:
        late_ones = sum(each.days_late(on) > 0 for each in kept)
        said = f"{counted(len(kept), 'interest')} declared at a meeting and not on the register yet"
        yield Waiting(
            f"{said}, {late_ones} of them too late" if late_ones else said, "afterwards.tasks", is_late=bool(late_ones)
        )


def conflicts_waiting(
    actor: Actor,
    body_id: uuid.UUID,
    at: datetime,
    kept: Collection[uuid.UUID],
    *,
    meetings: Sequence[Meeting] | None = None,
) -> Iterator[Waiting]:
    """Flags that nobody ruled on, meeting by meeting; and flags on oneself. The next meetings are screened, so that the page takes as
    long with a year of meetings as with three; that there are more is said. Flags on an item that a ruling keeps from `actor`, `kept`,
    are not counted."""
    visible = meetings_of(body_id, actor=actor) if meetings is None else meetings
    coming = [each for each in visible if each.state is not MeetingState.CLOSED]
    with_agenda = with_items_to_come([each.id for each in coming])
    sees_all = allows(actor, Permission.MEETINGS_AGENDA_PLAN, body_id)
    nearest = by_nearness([each for each in coming if each.id in with_agenda], clock.local(at).date())
    for meeting in nearest[:SCREENED]:
        items = [item for item in agenda_of(meeting) if item.state in (ItemState.PLANNED, ItemState.OPEN)]
        conflicts = conflicts_at(meeting, known_at=at, items=items)
        yield from _own_items(actor, meeting, conflicts, kept)
        readable = [item.id for item in items if item.id not in kept]
        if number := _to_rule_on(actor.person_id, readable, conflicts, sees_all=sees_all):
            need = f"{counted(number, 'flag')} {'needs' if number == 1 else 'need'} a ruling for {day(meeting.held_on)}"
            yield Waiting(need, "conflicts.review", of_meeting(meeting))
        if number := len(_to_see(actor, readable, conflicts)):
            lost = f"{counted(number, 'flag')} {'is' if number == 1 else 'are'} no longer reached"
            yield Waiting(
                f"{lost} at the meeting on {day(meeting.held_on)}: see why", "conflicts.review", of_meeting(meeting)
            )
        if sees_all and (asked := _links_in_question(readable, conflicts)):
            about = "a link between organisations that somebody says is wrong or has ended"
            several = f"{len(asked)} links between organisations that people say are wrong or have ended"
            said = f"For {day(meeting.held_on)}: look at {about if len(asked) == 1 else several}"
            yield Waiting(said, "conflicts.review", {**of_meeting(meeting), "_anchor": f"item-{asked[0]}"})
    if more := nearest[SCREENED:]:
        which = "1 more meeting has an agenda" if len(more) == 1 else f"{len(more)} more meetings have an agenda"
        yield Waiting(f"{which}. Their flags stand on their own pages", "meetings.index")


def _to_rule_on(
    person_id: uuid.UUID | None, items: Sequence[uuid.UUID], conflicts: MeetingConflicts, *, sees_all: bool
) -> int:
    """How many people wait for a ruling: the secretary sees to all of them, whoever presides to those that they rule on, and nobody to
    their own."""
    return sum(
        each.person_id != person_id and (sees_all or conflicts.may_rule(person_id, item_id, committee, each.person_id))
        for item_id in items
        for committee in conflicts.seats
        for each in conflicts.waiting(item_id, committee)
    )


def _to_see(actor: Actor, items: Sequence[uuid.UUID], conflicts: MeetingConflicts) -> Collection[uuid.UUID]:
    """What items reach no more, and whoever presides over them has not seen."""
    return {
        each.row_id
        for item_id in items
        for committee in (conflicts.seats if item_id in conflicts.unreached else ())
        for each in conflicts.to_be_seen_by(actor.person_id, item_id, committee)
    }


def _links_in_question(items: Sequence[uuid.UUID], conflicts: MeetingConflicts) -> list[uuid.UUID]:
    """The items at which people answered about a link, and nobody ruled yet. Whoever answers the same at several items asks once."""
    asked = {
        (flag.person_id, flag.links, flag.answer_text): item_id
        for item_id in reversed(items)
        for flag in conflicts.flags[item_id]
        if flag.answer is FlagAnswer.LINK and flag.awaits_ruling and not flag.is_frozen
    }
    return list(reversed(asked.values()))


def own_items_waiting(actor: Actor, body_id: uuid.UUID, at: datetime) -> Iterator[Waiting]:
    """The items that concern somebody who reads no agendas and is expected at meetings, such as a guest."""
    for meeting in attended_by(actor.person_id, body_id)[:SCREENED] if actor.person_id else ():
        seen = items_to_ask_about(meeting, actor, agenda_of(meeting), conflicts_at(meeting, known_at=at, items=[]))
        yield from _own_items(actor, meeting, conflicts_at(meeting, known_at=at, items=seen))


def _own_items(
    actor: Actor, meeting: Meeting, conflicts: MeetingConflicts, kept: Collection[uuid.UUID] = ()
) -> Iterator[Waiting]:
    """How many items of a meeting concern oneself, and what is asked: by each committee that deals with them. `kept` from them are those
    on which they cannot answer."""
    asked: dict[uuid.UUID, Asks] = {}
    for item_id in conflicts.items:
        for committee in conflicts.seats:
            for each in conflicts.conflicts(item_id, committee):
                if each.person_id == actor.person_id and (each.lead or each.ruling):
                    before = asked.get(item_id, Asks((), ()))
                    asked[item_id] = Asks((*before.short, *asks_of(each, is_kept=item_id in kept).short), ())
    if asked:
        yield Waiting(waiting_words(asked.values(), meeting.held_on), "conflicts.mine", of_meeting(meeting))


def by_nearness(meetings: list[Meeting], on: date) -> list[Meeting]:
    """Returns meetings by how soon they matter: open ones, then those from today on, then those whose day has passed, the latest first."""
    open_now = [each for each in meetings if each.state is MeetingState.OPEN]
    planned = sorted((each for each in meetings if each not in open_now), key=lambda each: each.held_on)
    to_come = [each for each in planned if each.held_on >= on]
    return [*open_now, *to_come, *reversed(planned[: len(planned) - len(to_come)])]


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """Returns what an address of a meeting is filled with."""
    return {"meeting_id": meeting.id}


def day(on: date) -> str:
    """Returns a day in words."""
    return f"{on.day} {on:%B %Y}"


def items_words(number: int) -> str:
    """Returns so many items in words."""
    return counted(number, "item")


def counted(number: int, noun: str, several: str = "") -> str:
    """Returns a number of things in words."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"
