"""What being at a meeting says for its minutes: who was in the room at a decision, when the chair came back, of whom nothing is on file who
only attended. Pure over rows that were read already."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi.guidance.actions import effects_of
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.minutes.conflict_facts import MovementFacts
from coi.meetings.minutes.queries import Recorded
from coi.meetings.models import AgendaItem, ChairHandover, Decision, Presence
from coi.meetings.presence import Movement, in_order, in_the_meeting
from coi.meetings.proceedings.chair_queries import in_the_chair_instead
from coi.meetings.proceedings.contradictions import MINUTE, Contradiction, chair_words, contradictions, room_words
from coi.meetings.proceedings.taken_queries import is_an_interest, taken_of, was_begun
from coi.meetings.vocabulary import Capacity, DeclaredPoint, FlagState, PresenceKind, PresenceReason


def contradictions_of(decision: Decision, item: AgendaItem, recorded: Recorded) -> tuple[Contradiction, ...]:
    """Returns whoever was in the room at a decision by the movements and was taken not to be, or the other way round: of the members, of
    whoever was ruled out of it, and of the guests with an interest in it. Rule: MTG-10."""
    if decision.snapshot is None or not was_begun(decision, item):
        return ()
    concerned = {str(row.person_id) for row in recorded.attendance if row.capacity is not Capacity.IN_ATTENDANCE}
    last = {(row.committee_id, row.person_id): row for row in recorded.rulings.get(item.id, ())}
    concerned |= {
        str(person)
        for (committee, person), row in last.items()
        if committee == decision.committee_id and not effects_of(row.actions).room
    }
    flagged = (row for row in recorded.flags.get(item.id, ()) if is_an_interest(row))
    said = (row for row in recorded.declarations if row.item_id == item.id and not row.has_nothing)
    concerned |= {str(row.person_id) for row in (*flagged, *said)}
    return contradictions([taken_of(decision, concerned)], _movements(recorded))


def contradiction_sentences(item: AgendaItem, recorded: Recorded) -> tuple[str, ...]:
    """Returns what the record of an item says otherwise in two places, of the room and of the chair, while nobody mended it."""
    names = {str(row.person_id): row.person.name for row in recorded.presence}
    found = []
    for decision in recorded.decisions.get(item.id, ()):
        at = decision.decided_at
        for each in contradictions_of(decision, item, recorded):
            found.append(room_words(names.get(each.person, "Somebody"), each.was_there, at))
        instead = in_the_chair_instead(decision, recorded.handovers.get(item.id, ()))
        if instead and decision.presiding:
            found.append(chair_words(decision.presiding.name, instead, at))
    return tuple(found)


def flags_that_count(item: AgendaItem, recorded: Recorded) -> list[ConflictFlag]:
    """Returns the flags of an item but for those that were taken back, and for those which only say that nothing is on file of somebody who
    only attended: the minutes say that once. Rule: DECL-04; RULEBOOK §24."""
    told = {
        row.person_id for row in (*recorded.rulings.get(item.id, ()), *recorded.declarations) if row.item_id == item.id
    }
    once = _only_attended(recorded) - told
    return [
        row
        for row in recorded.flags.get(item.id, [])
        if row.fingerprint not in recorded.taken_back and not (row.level == NO_DECLARATION and row.person_id in once)
    ]


def undeclared(recorded: Recorded) -> tuple[str, ...]:
    """Returns who came and only attended, had nothing on file that counts when an item was settled, and declared nothing at the meeting."""
    spoke = {row.person_id for row in recorded.declarations if row.point is not DeclaredPoint.NOT_DECLARED}
    came = _only_attended(recorded) & {row.person_id for row in recorded.presence} - spoke
    flags = (row for rows in recorded.flags.values() for row in rows if row.state is not FlagState.DISMISSED)
    found = {row.person for row in flags if row.level == NO_DECLARATION and row.frozen_at and row.person_id in came}
    return tuple(person.name for person in sorted(found, key=lambda person: person.sort_key))


def _only_attended(recorded: Recorded) -> set[uuid.UUID]:
    seated = {row.person_id for row in recorded.attendance if row.capacity is not Capacity.IN_ATTENDANCE}
    return {row.person_id for row in recorded.attendance} - seated


def chair_back_at(row: ChairHandover, recorded: Recorded) -> datetime | None:
    """Returns when the chair went back to somebody: not while they were out of the room, but once they had returned; None where
    it is not known that they did. Rule: MTG-07."""
    back, whom = row.returned_at, str(row.from_person_id)
    if back is None or row.from_person_id is None:
        return back
    moves = _movements(recorded)
    if not any(move.person == whom for move in moves) or whom in in_the_meeting(moves, back):
        return back
    ended = {move.at for _, move in in_order(moves, whom) if not move.kind.is_in_the_meeting}
    if any(at is not None and abs(at - back) < MINUTE for at in ended):
        return back  # they left in that very minute: at the end of the meeting, or after taking the chair again
    came = [stamp for stamp, move in in_order(moves, whom) if move.kind.is_in_the_meeting and stamp and stamp > back]
    return min(came, default=None)


def movement_facts(row: Presence) -> MovementFacts:
    """Returns a movement in or out."""
    note = row.note or ("stayed away until the end of the meeting" if row.reason is PresenceReason.END else "")
    return MovementFacts(
        person=str(row.person_id), name=row.person.name, kind=row.kind, at=row.at, note=note,
        for_conflict=row.reason is PresenceReason.CONFLICT,
    )  # fmt: skip


def _movements(recorded: Recorded) -> list[Movement]:
    return [
        Movement(str(row.person_id), row.kind, row.number, row.at, None, row.reason, str(row.item_id) if row.item_id else None)
        for row in recorded.presence
    ]  # fmt: skip


def moves_at(
    person_id: uuid.UUID, item: AgendaItem, recorded: Recorded, decision: Decision | None
) -> Sequence[Presence]:
    """Returns somebody's movements at an item, and the return that ends the last of them wherever it was recorded. Whoever was out at
    the decision without a movement at the item left before it: that leaving is the evidence. Minutes and story tell the same."""
    theirs = [row for row in recorded.presence if row.person_id == person_id]
    here = [row for row in theirs if row.item_id == item.id]
    if not here and decision is not None and decision.snapshot and str(person_id) not in decision.snapshot.present:
        before = [row for row in theirs if row.at is None or row.at <= decision.decided_at]
        here = [row for row in before[-1:] if not row.kind.is_in_the_meeting]
    if here and not here[-1].kind.is_in_the_meeting:
        here += [row for row in theirs[theirs.index(here[-1]) + 1 :] if row.kind is PresenceKind.RETURNED][:1]
    return here
