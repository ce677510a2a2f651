"""How what somebody says before a meeting reaches the chair: as the answer to a flag, as a flag of its own, or taken back. Part of the use
case of answering, and of its ledger entry."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from coi.meetings.conflicts.beforehand.vocabulary import ItemSaid
from coi.meetings.conflicts.flag_commands import new_flag, store_flag
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import stored_flag
from coi.meetings.conflicts.vocabulary import ItemFlag
from coi.meetings.vocabulary import FlagAnswer, FlagSource, FlagState
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.wording import organisations_in, role_in

TAKEN_BACK = "Taken back: before the meeting, the person replaced the answer in which they named it"
BEFOREHAND = "B"
"""The level of a flag that rests on nothing but what its person said before the meeting."""


def tell_the_chair(
    said: ItemSaid,
    last: ItemSaid | None,
    person_id: uuid.UUID,
    own: Mapping[uuid.UUID, InterestVersion],
    conflicts: MeetingConflicts,
    at: datetime,
) -> None:
    """Tells what somebody newly says of an item. The flag that was found for the interest gets the person's answer; what was not found
    becomes a flag. What only their `last` answer told, and nobody disposed of, gets the new words or is taken back."""
    theirs = [flag for flag in conflicts.flags[said.item_id] if flag.person_id == person_id and flag.is_live]
    told = [flag for flag in theirs if _is_open(flag, conflicts)]
    if last is not None and last.interest_id not in (None, said.interest_id):
        _take_back_answer([flag for flag in theirs if flag.interest_id == last.interest_id], last)
    if not said.has_interest:
        _take_back(told)
        return
    same = [flag for flag in theirs if said.interest_id is not None and flag.interest_id == said.interest_id]
    for flag in same:
        row = store_flag(flag, at)
        if row.frozen_at is None:
            row.answer, row.answer_text, row.answered_at = FlagAnswer.AGREE, said.text, at
            row.answer_since = None
    if same:
        _take_back(told)
        return
    name, item = conflicts.people[person_id], conflicts.items[said.item_id]
    words = _words_of(said, own)
    if told and (row := stored_flag(told[0])) is not None:
        row.path = [row.path[0], words, *row.path[2:]]
    else:
        new_flag(item, person_id, name, words, FlagSource.RAISED, at, beforehand=True)
    _take_back(told[1:])


def _is_open(flag: ItemFlag, conflicts: MeetingConflicts) -> bool:
    """Whether a flag rests on what its person said before the meeting alone, and nobody disposed of it, answered it or ruled on it."""
    ruled = any(
        ruling.person_id == flag.person_id
        for (item_id, _committee), rulings in conflicts.rulings.items()
        if item_id == flag.item_id
        for ruling in rulings
    )
    untouched = flag.state is FlagState.SUGGESTED and not flag.is_frozen and flag.answer is None
    return flag.level == BEFOREHAND and untouched and not ruled


def _words_of(said: ItemSaid, own: Mapping[uuid.UUID, InterestVersion]) -> str:
    version = own.get(said.interest_id) if said.interest_id else None
    named = [f"{role_in(version)}, {organisations_in(version)}".lstrip(", ")] if version else []
    return ". ".join([*named, *([said.text] if said.text else [])])


def _take_back(flags: Iterable[ItemFlag]) -> None:
    """Marks flags as taken back; what they said stays."""
    for flag in flags:
        if (row := stored_flag(flag)) is not None:
            row.state, row.reason = FlagState.DISMISSED, TAKEN_BACK


def _take_back_answer(flags: Iterable[ItemFlag], last: ItemSaid) -> None:
    """What screening found stands; that its person said that it is right does so no more, where they said it with the answer that they
    replaced."""
    for flag in flags:
        row = stored_flag(flag)
        said_so = row is not None and row.answer is FlagAnswer.AGREE and row.answer_text == last.text
        if row is not None and said_so and row.frozen_at is None:
            row.answer, row.answer_text, row.answered_at = None, "", None
