"""The words of conflicts on an item: flags as pages and minutes show them, rulings as facts, verdicts. Standard library
only."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from coi.meetings.conflicts.ruling_vocabulary import RulingFact, with_magnitude
from coi.meetings.matters.vocabulary import Origin
from coi.meetings.vocabulary import DeclaredPoint, FlagAnswer, FlagSource, FlagState

LEVEL_WORDS = {
    "F0": "No declaration on file",
    "F1": "Own contract",
    "F2": "Material interest",
    "F3": "All practices alike",
    "F4": "Related interest",
    "F5": "Recent or expected interest",
    "D": "Declared at the meeting",
    "B": "Said before the meeting",
    "R": "Raised by somebody",
}
"""What the levels of RULEBOOK §24 are called on pages, and the origins that no screening finds."""

LAST_DECLARED = "last declared "
"""How the path of whoever declared too long ago goes on."""


def level_words_of(level: str, path: Sequence[str]) -> str:
    """Returns what a flag is called: whoever declared too long ago has a declaration on file, and it is out of date. Rule: DECL-04."""
    if level == "F0" and len(path) > 1 and path[1].startswith(LAST_DECLARED):
        return "Declaration out of date"
    return LEVEL_WORDS.get(level, level)


FOUND_BY_SCREENING = frozenset({"F1", "F2", "F3", "F4", "F5"})
"""Levels of flags that lead along a path from the person to the item; the others rest on what somebody said, or did not say."""

LEVEL_ORDER = ("F1", "D", "B", "R", "F2", "F3", "F4", "F5", "F0")
"""Which flag leads where a person has several on one item: the strongest first."""


OWN_MONEY, GIFT = "direct_financial", "GIFT-02"
"""The relation of a flag on money of the person's own, and the rule of one on a gift: a gift from a bidder is no contract of theirs."""

_FINANCIAL_AT = {OWN_MONEY: LEVEL_ORDER, "class_wide": LEVEL_ORDER, "indirect": ("F1", "F2")}
"""Which relations of a flag are about money, at which levels: those of relatives only where they gain as an owner does."""


def is_financial(level: str, relation: str, rule_ids: Collection[str]) -> bool:
    """Whether a flag is about money of the person, their practice or their family, and no gift: whoever stays in spite of it has its
    size minuted. Rule: MTG-08; RULEBOOK §15, §23 scenario 51."""
    return level in _FINANCIAL_AT.get(relation, ()) and GIFT not in rule_ids


def with_ground(reason: str, ground: FlagAnswer | None, magnitude: str) -> str:
    """Returns why a flag was dismissed, after in what it is wrong, or how large the interest is where it is right."""
    if ground is None or ground is FlagAnswer.AGREE:
        return with_magnitude(reason, magnitude)
    return f"{GROUNDS[ground]}. {reason}"


AS_ON_REGISTER = "As on the register"
"""What is kept of a declaration without words of its own."""

ANSWERED = {
    FlagAnswer.AGREE: "this is right",
    FlagAnswer.ENDED: "it has ended",
    FlagAnswer.LINK: "the link between the organisations is wrong or has ended",
    FlagAnswer.NOT_ME: "this is not me or not this organisation",
}
"""What somebody says of a flag on themself."""

GROUNDS = {
    FlagAnswer.NOT_ME: "It is not this person or not this organisation",
    FlagAnswer.ENDED: "It has ended",
    FlagAnswer.LINK: "The link between the organisations is wrong or has ended",
    FlagAnswer.AGREE: "It is right, but the interest is too small or does not matter for this item",
}
"""Why a flag about money is no conflict: in what it is wrong, else that it is right, and then its size is asked."""

DECLARED_BEFORE = "declared_before"
"""The relation of a flag that rests on what somebody declared on the matter at another meeting."""


@dataclass(frozen=True)
class Change:
    """One thing that is said differently since somebody disposed of a flag."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ItemFlag:
    """A flag on one person and one item, from one interest (or from none: F0, raised by hand, declared in the room).
    `path` says why in words; `others` are weaker paths of the same interest. `changed` says what changed since the flag was
    dismissed, `changes` in which words. `flag_id` is None as long as nobody acted on it."""

    item_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    level: str
    relation: str
    path: tuple[str, ...]
    suggested: tuple[str, ...]
    rule_ids: tuple[str, ...]
    fingerprint: str
    state: FlagState = FlagState.SUGGESTED
    source: FlagSource = FlagSource.SCREENING
    others: tuple[tuple[str, ...], ...] = ()
    interest_id: uuid.UUID | None = None
    interest_version_id: uuid.UUID | None = None
    flag_id: uuid.UUID | None = None
    reason: str = ""
    answer: FlagAnswer | None = None
    answer_text: str = ""
    answer_since: date | None = None
    changed: str = ""
    changes: tuple[Change, ...] = ()
    declared: DeclaredPoint | None = None
    is_frozen: bool = False
    suggested_words: tuple[str, ...] = ()
    ruling: RulingFact | None = None
    dismissed_by: str = ""
    guardian_consulted: bool = False  # before it was dismissed
    runs: str = ""  # from when until when the interest runs, in words

    def __hash__(self) -> int:  # equality compares everything: these tell the flags of an agenda apart
        return hash((self.path, self.fingerprint))

    @property
    def why(self) -> str:
        return " → ".join(self.path)

    @property
    def drawn_path(self) -> tuple[str, ...]:
        """The path as a picture shows it; none where the flag rests on no path."""
        return self.path if self.level in FOUND_BY_SCREENING else ()

    @property
    def own_part(self) -> str:
        """The first step of the path: what the person themself is, holds or received."""
        return self.drawn_path[1] if len(self.drawn_path) > 2 else ""

    @property
    def links(self) -> tuple[str, ...]:
        """The steps from the person's own organisation on to the one that the item concerns; none where it concerns their own."""
        return self.drawn_path[2:-1]

    @property
    def level_words(self) -> str:
        return level_words_of(self.level, self.path)

    @property
    def is_live(self) -> bool:
        return self.state is not FlagState.DISMISSED

    @property
    def is_own_money(self) -> bool:
        """Whether it is on money of the person's own in an organisation that the item concerns: the bar of RULEBOOK §10.4 counts."""
        return self.relation == OWN_MONEY and GIFT not in self.rule_ids

    @property
    def is_financial(self) -> bool:
        """Whether it is about money, so that whoever only notes it says how large the interest is."""
        return is_financial(self.level, self.relation, self.rule_ids)

    @property
    def changed_briefly(self) -> str:
        """What changed since somebody disposed of it, in a few words; "" where nothing did."""
        which = ", ".join(f"{each.what[:1].lower()}{each.what[1:]}" for each in self.changes)
        return f"{self.changed.rstrip('.')}: {which}." if which else self.changed

    @property
    def said(self) -> str:
        """What the person says of it; "" where they said nothing."""
        if self.answer is None:
            return ""
        since = f", on {self.answer_since:%-d %B %Y}" if self.answer_since else ""
        text = f" – {self.answer_text}" if self.answer_text else ""
        return f"{self.name} says: {ANSWERED[self.answer]}{since}{text}"

    @property
    def dismissal(self) -> str:
        """Who dismissed it, whether the Guardian was asked, and why; "" while it stands."""
        if self.is_live:
            return ""
        by = f" by {self.dismissed_by}" if self.dismissed_by else ""
        asked = ", who asked the Guardian" if self.guardian_consulted else ""
        return f"Dismissed{by}{asked}: {self.reason.rstrip('.')}."

    @property
    def awaits_ruling(self) -> bool:
        return self.is_live and self.ruling is None


@dataclass(frozen=True)
class EarlierPart:
    """What somebody did on the matter of an item before, whether they take part in this meeting, and by which paths their interests
    reach the item."""

    origin: Origin
    is_here: bool
    paths: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class PersonConflict:
    """What there is about one person on one item: the flags, the strongest first, and the ruling that stands."""

    person_id: uuid.UUID
    name: str
    flags: tuple[ItemFlag, ...]
    ruling: RulingFact | None
    asks_no_ruling: bool = False  # nothing is on file of somebody without a seat: they are asked once for the meeting

    def __hash__(self) -> int:
        return hash((self.name, self.flags[:1]))

    @cached_property
    def lead(self) -> ItemFlag | None:
        """The strongest flag that stands."""
        return next((flag for flag in self.flags if flag.is_live), None)

    @property
    def awaits_ruling(self) -> bool:
        return self.lead is not None and self.ruling is None and not self.asks_no_ruling

    @property
    def suggested(self) -> tuple[str, ...]:
        return self.lead.suggested if self.lead else ()

    @property
    def dismissed(self) -> tuple[ItemFlag, ...]:
        """The flags that were dismissed, the strongest first."""
        return tuple(flag for flag in self.flags if not flag.is_live)

    @property
    def denies(self) -> bool:
        """Whether the person says of a flag that stands that it has ended, that its path is wrong, or that it is not them."""
        return any(flag.is_live and flag.answer not in (None, FlagAnswer.AGREE) for flag in self.flags)

    @property
    def stays_by_dismissal(self) -> bool:
        """Whether somebody stays for an item on money of their own because that flag was dismissed, and nobody ruled on them."""
        return self.ruling is None and any(flag.is_own_money for flag in self.dismissed)


@dataclass(frozen=True)
class RaisedDetails:
    """A conflict that somebody tells the chair of."""

    person_id: uuid.UUID
    text: str


@dataclass(frozen=True)
class AnswerDetails:
    """What the person says to a flag about themself. `since`: the day from which on it is no more."""

    answer: FlagAnswer
    text: str = ""
    since: date | None = None
