"""Pure: what comes before what in a story. The clock orders it, and within a minute the ledger does. No database here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from coi.assurance.facts import StoryFacts
from coi.assurance.proof import Proof, Proofs
from coi.assurance.vocabulary import Line
from coi.audit.vocabulary import Event
from coi.clock import local, minute_of

BEFORE, AT, AFTER = "Before the meeting", "At the meeting", "After the meeting"
PREPARING = 7
"""The last order of what comes before an item is decided: the agenda, flags, declarations, rulings."""

Place = tuple[datetime, int]


@dataclass(frozen=True)
class Told:
    """A line with its place in the story: its instant, and at equal instants the order in which such things happen. `chapter`
    where it belongs to one whatever its time. `has_own_time`: it says when it happened, before it was recorded."""

    line: Line
    place: Place
    chapter: str = ""
    has_own_time: bool = False


SOON = timedelta(minutes=15)
"""What is recorded so soon after it happened is recorded as it happens: a secretary types while others speak."""


def told_of(
    sentence: str, at: datetime | None, order: int, proof: Proof | None = None, *, counts_from: datetime | None = None,
    details: Iterable[str] = (), chapter: str = "", path: tuple[str, ...] = (),
) -> Told:  # fmt: skip
    """Returns a line of the story. `at` is when it happened; without it `counts_from`, or else the entry, says where it belongs."""
    place = at or counts_from or (proof.at if proof else None)
    if place is None:
        raise ValueError(f"Nothing says when this happened: {sentence}")
    by, seq = (proof.by, proof.seq) if proof else ("", None)
    later = proof.at if proof and at and proof.at - at > SOON else None
    has_own_time = proof is not None and at is not None and at < proof.at
    line = Line(sentence, at, by, seq, tuple(details), path=path, recorded_at=later)
    return Told(line, (place, order), chapter, has_own_time)


def in_order(told: Iterable[Told], facts: StoryFacts) -> list[Told]:
    """Returns the lines of a story in the order in which things happened. Times are typed to the minute, so that those of one minute
    follow their ledger entries; a line without an entry keeps its place among them."""
    placed = sorted((_before_what_followed(each, facts) for each in told), key=lambda each: each.place)
    found: list[Told] = []
    for _minute, group in groupby(placed, key=lambda each: minute_of(each.place[0])):
        minute = list(group)
        proven = iter(sorted((each for each in minute if each.line.seq is not None), key=_entry_then_order))
        found += [each if each.line.seq is None else next(proven) for each in minute]
    return found


def chapter_of(at: datetime, facts: StoryFacts) -> str:
    """Returns the chapter of what happened, or was recorded, at an instant."""
    if facts.opened_at is None or at < facts.opened_at:
        return BEFORE
    return AFTER if _is_after_meeting(at, facts) else AT


def first_of(proofs: Proofs, *events: Event) -> Proof | None:
    """Returns the first entry that tells of one of `events`; without events, the first of all."""
    return next((each for each in proofs if not events or each.event in events), None)


def last_of(proofs: Proofs, *events: Event) -> Proof | None:
    """Returns the last entry that tells of one of `events`; without such, the first of all: what stands now is in the last correction."""
    return next((each for each in reversed(proofs) if each.event in events), first_of(proofs))


def _entry_then_order(told: Told) -> tuple[int, int]:
    return told.line.seq or 0, told.place[1]


def _before_what_followed(told: Told, facts: StoryFacts) -> Told:
    """A step that prepares a decision, told before it, or before the meeting, where the ledger has it before: the times of the meeting
    may have been typed afterwards, so that the clock alone would turn them round. Such a line says that its time is that of the
    recording. What the ledger has after stays after, and so does what happened at a time of its own. What was recorded once the meeting
    was over, and says of no other time when it happened, stands after the meeting, and nothing of later days before it."""
    seq = told.line.seq
    if told.place[1] > PREPARING or seq is None:
        return told
    at, order = told.place
    opened = first_of(facts.meeting, Event.MEETING_OPENED)
    if opened and seq < opened.seq:
        is_of_later_day = facts.opened_at is not None and _is_later_day(at, facts.opened_at)
        return told if is_of_later_day else replace(told, chapter=told.chapter or BEFORE)
    proofs = [(proof.seq, each.decided_at) for each in facts.decisions for proof in each.proofs[:1]]
    followed = [when for later, when in proofs if seq < later and when < at]
    if not followed or told.has_own_time or _is_after_meeting(at, facts):
        return told
    line = replace(told.line, at=told.line.at or at, as_recorded=True)
    return replace(told, place=(min(followed), order), line=line)


def _is_after_meeting(at: datetime, facts: StoryFacts) -> bool:
    """Whether an instant is after the meeting: after its closing, or on a later day where that is not recorded."""
    if facts.closed_at is not None:
        return at > facts.closed_at
    return facts.opened_at is not None and _is_later_day(at, facts.opened_at)


def _is_later_day(at: datetime, than: datetime) -> bool:
    return local(at).date() > local(than).date()
