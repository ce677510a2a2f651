"""Turns what was declared into what the registers had of it then: over rows that were read already."""

from collections.abc import Iterator
from datetime import datetime

from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration
from coi.meetings.conflicts.vocabulary import GIFT
from coi.meetings.minutes.queries import Recorded
from coi.meetings.minutes.register_queries import entry_of
from coi.meetings.minutes.registration import Entry, Registration, registration
from coi.meetings.vocabulary import FlagSource


def registered(row: MeetingDeclaration, recorded: Recorded, reached_at: datetime | None) -> Registration:
    """Returns whether the registers had what was declared, at its time or, without one, when the item or the meeting began.
    Rule: MTG-05; RULEBOOK §15."""
    entries = list(_entries(row, recorded))
    if not entries and row.interest_id is None and any(map(is_gift, flags_meant(row, recorded))):
        return Registration(had=True)  # the flag was made of an entry that has been erased since
    return registration(entries, row.declared_at or reached_at or row.recorded_at)


def _entries(row: MeetingDeclaration, recorded: Recorded) -> Iterator[Entry]:
    if row.interest_id is not None:
        versions = [each for each in recorded.versions.values() if each.interest_id == row.interest_id]
        first = min(versions, key=lambda each: each.number)
        yield Entry(first.interest.reference, first.recorded_at)
        return
    for flag in flags_meant(row, recorded):
        if is_gift(flag) and (entry := entry_of(flag, recorded.offers)):
            yield entry


def is_gift(flag: ConflictFlag) -> bool:
    """Whether a flag rests on a gift or hospitality."""
    return GIFT in flag.rule_ids


def flags_meant(row: MeetingDeclaration, recorded: Recorded) -> list[ConflictFlag]:
    """The flags of screening that a declaration at an item names."""
    return [
        flag
        for flag in recorded.flags.get(row.item_id, ())
        if flag.fingerprint in (row.concerns or ()) and flag.source is FlagSource.SCREENING
    ] if row.item_id else []  # fmt: skip
