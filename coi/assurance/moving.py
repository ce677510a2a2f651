"""Turns the movements in and out for an item into the facts of its story, each where it belongs in it: over rows that were read already."""

from datetime import datetime

from coi.assurance.facts import MoveFact
from coi.assurance.first_stood import ProofsByKey
from coi.assurance.item_rows import ItemRows, key_of
from coi.meetings.models import Presence
from coi.meetings.vocabulary import PresenceKind, PresenceReason


def move_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[MoveFact, ...]:
    """Returns the movements for the item, each with where it belongs in the story. Of one that was recorded at another item, neither its
    conflict nor its note: they are of that item."""
    corrected = {row.corrects_id for row in rows.moves if row.corrects_id}
    return tuple(
        MoveFact(
            person=str(row.person_id), name=row.person.name, kind=row.kind, at=row.at, counts_from=_belongs_at(row, rows),
            for_conflict=row.reason is PresenceReason.CONFLICT and row.item_id == rows.item.id,
            note=row.note if row.item_id in (None, rows.item.id) else "", is_corrected=row.id in corrected,
            proofs=proofs.get(key_of(row), ()),
        )
        for row in rows.moves
    )  # fmt: skip


def _belongs_at(row: Presence, rows: ItemRows) -> datetime:
    """When a movement happened. One of unknown time belongs after the ruling that asked for it, or the opening of the item; coming
    back belongs after the decision."""
    if row.at:
        return row.at
    if row.kind is PresenceKind.RETURNED:
        earliest = [each.decided_at for each in rows.decisions]
    else:
        earliest = [each.made_at for each in rows.rulings if each.person_id == row.person_id]
        earliest += [rows.item.opened_at] if rows.item.opened_at else []
    return max((each for each in earliest if each <= row.recorded_at), default=row.recorded_at)
