"""The words of an import: what a row says, what is known already, what is proposed for each row. Standard library only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from coi.people.vocabulary import PersonDetails
from coi.registers.interests.vocabulary import (
    Directness,
    InterestRole,
    InterestSubtype,
    InterestType,
    NamedOrganisation,
    Via,
)

MOST_ROWS = 20_000
LONGEST_CELL = 4_000


class Action(StrEnum):
    """What an import does with a row."""

    NEW = "new"
    CHANGED = "changed"
    NIL = "nil"
    ALREADY = "already"
    CONFIRMED = "confirmed"
    ASKED = "asked"
    PERSON_ONLY = "person_only"
    LEFT_OUT = "left_out"
    NEEDS_YOU = "needs_you"


ACTION_WORDS: Mapping[Action, str] = {
    Action.NEEDS_YOU: "Needs you",
    Action.NEW: "New interest",
    Action.CHANGED: "Changed interest",
    Action.NIL: "Nothing to declare",
    Action.CONFIRMED: "Confirmed as still right",
    Action.ASKED: "Asks not to be published",
    Action.ALREADY: "On the register already",
    Action.PERSON_ONLY: "Nothing declared",
    Action.LEFT_OUT: "Left out",
}


class UploadState(StrEnum):
    """Where an uploaded register stands."""

    READING = "reading"
    READY = "ready"
    REFUSED = "refused"  # it cannot be read; `reason` says why
    IMPORTING = "importing"
    IMPORTED = "imported"


NEW_PERSON = "new"
UNKNOWN = "an unknown day"


@dataclass(frozen=True)
class Stated:
    """What one row of the file says, or one part of a row that names several interests (`part`: "", "b", "c"). `row` counts data rows
    from 1, `line` all rows of the sheet. `notes` are assumptions that were made, `problems` what has to be corrected or left out; `code` is
    that of an organisation, which may be where the person works; `keep_private_because` is why somebody does not consent to publication."""

    row: int
    line: int
    name: str
    who: PersonDetails
    position: str = ""
    part: str = ""
    is_nil: bool = False
    is_empty: bool = False
    is_confirmation: bool = False  # what was declared before is still right
    is_heading: bool = False  # it divides the table, and states nothing
    decides: bool = False  # it says that they take decisions
    type: InterestType = InterestType.FINANCIAL
    says_type: bool = False
    directness: Directness = Directness.DIRECT
    via: Via | None = None
    role: InterestRole = InterestRole.OTHER
    says_role: bool = False  # whoever corrected the row chose it
    organisation: str = ""
    nature: str = ""
    arose_on: date | None = None
    ended_on: date | None = None
    declared_on: date | None = None
    is_pursuing: bool = False
    mitigation: str = ""
    arose_by: date | None = None  # the last day on which it can have started, where the file gives no day
    code: str = ""
    keep_private_because: str = ""
    committees: str = ""  # on which they sit, in the words of the file
    subtype: InterestSubtype | None = None
    particulars: Mapping[str, str] = field(default_factory=dict, hash=False)
    same_as: str = ""  # what somebody said it is on the register: the id of an interest, "new" for none
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.row}{self.part}"

    @property
    def shown_organisation(self) -> str:
        said = "Nothing to declare" if self.is_nil else "No change" if self.is_confirmation else ""
        return self.organisation or said


@dataclass(frozen=True)
class KnownPerson:
    """Somebody who is known: `posts` are those held or once held at the body; `is_here`: they belong or belonged to it; `left_on`: the
    last day of their last post or seat there, where it is over."""

    id: str
    who: PersonDetails
    name: str
    posts: tuple[str, ...] = ()
    is_here: bool = True
    left_on: date | None = None


@dataclass(frozen=True)
class KnownInterest:
    """An interest as it stands on the register, with its organisations in the declarant's words. `is_agreed`: somebody agreed here what is
    done about it; `changed_on`: when this version was recorded; `earlier`: what it said before; `is_asked_about`: the Guardian was asked
    not to publish it, whatever became of it."""

    id: str
    person_id: str
    reference: str
    version: int
    organisations: tuple[str, ...]
    nature: str
    type: InterestType
    directness: Directness
    arose_on: date | None = None
    ended_on: date | None = None
    mitigation: str = ""
    role: InterestRole = InterestRole.OTHER
    via: Via | None = None
    organisation_ids: frozenset[str] = frozenset()
    is_agreed: bool = False
    changed_on: date | None = None
    earlier: tuple["KnownInterest", ...] = ()
    is_asked_about: bool = False
    declared_on: date | None = None
    disposed_on: date | None = None  # what it said is gone


@dataclass(frozen=True)
class Known:
    """What is known before an import: people, interests by person, the day of each person's latest nil return and confirmation."""

    people: tuple[KnownPerson, ...] = ()
    interests: Mapping[str, tuple[KnownInterest, ...]] = field(default_factory=dict)
    nils: Mapping[str, date] = field(default_factory=dict)
    confirmed: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """What a person said: who somebody in the file is (a known person's id, or "new"), by the key of the name; and the rows that stay
    out, some with a reason; and which interest on the register a row is that looks like it (its id, or "new"), by the key of the row.
    `remembered`: who somebody was when a register was imported before."""

    people: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    why_out: Mapping[str, str] = field(default_factory=dict)  # by row, as text
    same: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, bool] = field(
        default_factory=dict
    )  # by the key of the row: whether it reveals health or belief
    remembered: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Holder:
    """Who a row is about: a person who is known (`person_id`), a new one, or (`choices`: id and words) one that somebody has to choose.
    Where somebody chose: by which key they were `asked`, what they `said`, and what else is `offered`; `is_remembered`: at an earlier
    import."""

    key: str
    who: PersonDetails
    position: str = ""
    person_id: str = ""
    is_here: bool = False
    name: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    left_on: date | None = None
    asked: str = ""
    said: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    is_remembered: bool = False

    @property
    def is_new(self) -> bool:
        return not self.person_id and not self.choices

    @property
    def words(self) -> str:
        """Who they are, for a page."""
        if self.choices:
            return "Somebody of this name is known: choose"
        who = "New person" if self.is_new else f"Known: {self.name}"
        return f"{who}, as answered at an earlier import" if self.is_remembered else who


@dataclass(frozen=True)
class Proposal:
    """What will happen with a row, and why, in words. `interest` is the one on the register that it is, or changes; `alike` are those of
    its holder, where somebody may have to say which it is; `twin` is one that it looks like, in other words; `asks`: the Guardian is asked
    not to publish it, for the reason that the row gives; `confirms`: what is still right."""

    stated: Stated
    holder: Holder
    action: Action
    reasons: tuple[str, ...] = ()
    interest: KnownInterest | None = None
    alike: tuple[KnownInterest, ...] = ()
    twin: KnownInterest | None = None
    asks: bool = False
    reveals: bool = False  # something about somebody's health or belief
    confirms: tuple[KnownInterest, ...] = ()

    @property
    def person_words(self) -> str:
        is_nobody = self.stated.is_heading or not self.stated.name.strip()
        return "" if is_nobody and not self.holder.choices else self.holder.words


@dataclass(frozen=True)
class Plan:
    """What an import will do, row by row."""

    proposals: tuple[Proposal, ...] = ()

    @property
    def counts(self) -> Counter[Action]:
        return Counter(each.action for each in self.proposals)

    @property
    def needs_you(self) -> int:
        return self.counts[Action.NEEDS_YOU]

    @property
    def new_people(self) -> int:
        return len({each.holder.key for each in self.proposals if each.holder.is_new and each.action in TAKEN})

    @property
    def remembered(self) -> int:
        """How many people are who somebody said at an earlier import."""
        return len({each.holder.asked for each in self.proposals if each.holder.is_remembered})

    @property
    def changes_anything(self) -> bool:
        return any(self.counts[each] for each in TAKEN if each is not Action.PERSON_ONLY) or bool(self.new_people)


TAKEN = frozenset({Action.NEW, Action.CHANGED, Action.NIL, Action.CONFIRMED, Action.ASKED, Action.PERSON_ONLY})
"""The actions that may write something."""


@dataclass(frozen=True)
class Matched(NamedOrganisation):
    """An organisation of a row: what the reference data calls it, and why it is that one, in words; both empty where it is unmatched."""

    name: str = ""
    why: str = ""


Matches = Mapping[str, tuple[NamedOrganisation, ...]]
"""The organisations of each row, by its key: matched, or in the words of the file."""
