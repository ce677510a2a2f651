"""Pure rules of papers: who may have them, which letter a paper gets, what is taken in and until when."""

import uuid
from collections.abc import Collection, Iterable
from string import ascii_lowercase

from coi.errors import RuleBroken
from coi.files.names import clean_name, ending_of
from coi.files.vocabulary import MIB
from coi.guidance.actions import effects_of
from coi.meetings.papers.vocabulary import PapersVerdict, RuledOn
from coi.meetings.vocabulary import ItemState, MeetingState, Part

ENDINGS = ("pdf", "docx", "xlsx", "pptx", "png", "jpg", "jpeg")
WITHHELD = "A ruling on your interest in this item keeps its papers from you."
NOT_RULED = "No ruling keeps the papers of this item from you."
LEAVES_THEM = "The ruling on your interest in this item leaves you its papers."
PUBLIC_AFTERWARDS = "The meeting is closed, and the papers of its public part are for everybody."


def may_have(person_id: uuid.UUID | None, rulings: Iterable[RuledOn], part: Part, state: MeetingState) -> PapersVerdict:
    """Returns whether a person may have the papers of an item of this `part`, at a meeting in this `state`. A ruling
    that takes the papers withholds them, and one that takes the discussion withholds those of a private item; where several
    committees ruled, one of them is enough. No role counts. Without a ruling nothing is withheld: whoever prepares the meeting
    is told of a flag that waits. What was withheld of the public part is free once the meeting is closed; of the private part
    it stays withheld.

    Rule: MTG-03, MTG-08; RULEBOOK §10.4 (A2, A3, A4), §24 rule 2 (nothing is silent)."""
    standing = _standing(person_id, rulings)
    if not standing:
        return PapersVerdict(True, NOT_RULED)
    if not any(_takes(each.actions, part) for each in standing):
        return PapersVerdict(True, LEAVES_THEM)
    if part is Part.PUBLIC and state is MeetingState.CLOSED:
        return PapersVerdict(True, PUBLIC_AFTERWARDS)
    return PapersVerdict(False, WITHHELD)


def _standing(person_id: uuid.UUID | None, rulings: Iterable[RuledOn]) -> list[RuledOn]:
    """The last ruling of each committee on a person."""
    last: dict[uuid.UUID, RuledOn] = {}
    for each in rulings:
        earlier = last.get(each.committee_id)
        if each.person_id == person_id and (earlier is None or each.number > earlier.number):
            last[each.committee_id] = each
    return list(last.values())


def _takes(actions: Collection[str], part: Part) -> bool:
    effects = effects_of(actions)
    return not effects.papers or (part is Part.PRIVATE and not effects.discuss)


def letter_of(number: int) -> str:
    """Returns the letter of the paper with this number, counted from 1: a … z, then aa, ab …"""
    letters = ""
    while number > 0:
        number, place = divmod(number - 1, len(ascii_lowercase))
        letters = ascii_lowercase[place] + letters
    return letters


def check_papers_may_be_added(meeting: MeetingState, item: ItemState) -> None:
    """Raises RuleBroken once an item is settled: what was decided on stays as it was put to the committee."""
    if meeting is MeetingState.CLOSED:
        raise RuleBroken("The meeting is closed. No paper can be added to its items", rule="MIN-01")
    if item not in (ItemState.PLANNED, ItemState.OPEN):
        raise RuleBroken("This item is settled. No paper can be added to it", rule="MIN-01")


def check_is_paper(file_name: str) -> None:
    """Raises RuleBroken beside the file where its name is not that of a kind that papers come in."""
    if ending_of(clean_name(file_name)) not in ENDINGS:
        raise RuleBroken("The selected file must be a PDF, DOCX, XLSX, PPTX, PNG or JPG", field="file")


def file_words(name: str, size: int) -> str:
    """Returns what a file is, for the one who decides whether to open it: "PDF, 1.4 MB"."""
    kind = ending_of(name).upper()
    if size < MIB:
        return f"{kind}, {max(1, round(size / 1024))} KB"
    return f"{kind}, {size / MIB:.1f} MB"
