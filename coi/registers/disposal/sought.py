"""Whether a file of an older register may hold a record that is disposed of: by whom it names, and what it says. Pure."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from coi.organisations.naming import folded
from coi.registers.vocabulary import RegisterKind

_LONG = 6
"""From how many letters on a name stands in no other word by chance."""


@dataclass(frozen=True)
class Sought:
    """What files are searched for on account of a record: `first`: since when it is on its register; `bodies`: where a file with it was
    taken in; `made_at`: when its versions were recorded; `names`: the family names of its holder, now and before (none: it is about
    nobody); `called`: names that somebody said to be theirs; `words`: what it says of itself. All words are folded."""

    record_id: str
    register: RegisterKind
    first: datetime
    bodies: frozenset[uuid.UUID]
    made_at: frozenset[datetime] = frozenset()
    names: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TakenIn:
    """A file as it was taken in: `at`: when it was imported, or uploaded where nobody imported it yet (`is_open`); `text`: its words and
    those that were said of its rows, folded (None: it cannot be read); `said`: what was said of its rows, as it is kept."""

    register: str | None
    body_id: uuid.UUID | None
    at: datetime
    is_open: bool
    text: str | None
    said: str = ""

    @cached_property
    def padded(self) -> str:
        return f" {self.text} "

    @cached_property
    def joined(self) -> str:
        return (self.text or "").replace(" ", "")

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset((self.text or "").split())


def as_sought(text: str) -> str:
    """Returns what a record says of itself as files are searched for it; one that was cut short without the word that was cut."""
    return folded(text.rpartition(" ")[0].rpartition(" ")[0] if text.endswith(" …") else text)


def may_hold(file: TakenIn, one: Sought) -> bool:
    """Whether a file may hold a record. It does where the record came from it, or somebody said that a row of it is the record; it may
    where it names the holder and was taken in since the record is on its register, or was not imported: which of its rows were left out,
    and which stood on the register already, it does not say. An older file may where it says the words of the record as well. One that
    cannot be read may hold anything. Rule: REG-04."""
    if file.body_id not in one.bodies or file.register not in (one.register, None):
        return False
    if file.at in one.made_at or one.record_id in file.said:
        return True
    is_since = file.is_open or one.first <= file.at
    if file.text is None:
        return is_since
    says = any(f" {each} " in file.padded for each in one.words)
    if not one.names:
        return says
    return (is_since or says) and _names(file, one)


def _names(file: TakenIn, one: Sought) -> bool:
    """Whether a file names the holder, also with a hyphen more or less, or by a name that somebody said to be theirs."""
    by_name = any(f" {each} " in file.padded or f" {_joined(each)} " in file.padded for each in one.names)
    is_joined = any(len(_joined(each)) >= _LONG and _joined(each) in file.joined for each in one.names)
    return by_name or is_joined or any(file.words.issuperset(each.split()) for each in one.called)


def _joined(name: str) -> str:
    return name.replace(" ", "")
