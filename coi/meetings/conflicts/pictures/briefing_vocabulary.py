"""The words of the chair's briefing: what is known of a meeting, item by item, before it begins. Standard library only."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Named:
    """Somebody as the briefing calls them: in full, and as shortly as they can be told apart."""

    full: str
    short: str


@dataclass(frozen=True)
class Dismissal:
    """A flag that was dismissed: its level in words, who did it and why. `is_own`: it is on money of the person's own."""

    level: str
    said: str
    is_own: bool = False


@dataclass(frozen=True)
class Lost:
    """A flag that an item reaches no more: whose, by which path, and who changed what and when."""

    who: Named
    path: str
    because: str


@dataclass(frozen=True)
class Concerned:
    """Somebody with a flag or ruling on an item: what happens to them in a word, how far that is settled, whether the flag is weak and
    nobody has ruled on it, what is still open about it, and which of their flags were dismissed."""

    who: Named
    word: str
    state: str
    is_weak: bool = False
    is_dismissed: bool = False
    awaits_ruling: bool = False
    awaits_confirmation: bool = False
    is_unanswered: bool = False
    dismissed: tuple[Dismissal, ...] = ()
    runs: str = ""  # since when the interest of the strongest flag runs, in words
    rules: tuple[str, ...] = ()
    whose: str = ""  # whose that interest is, where it is not the person's own

    @property
    def declares(self) -> bool:
        """Whether they are likely to declare: also an interest of their own that was dismissed."""
        return not self.is_dismissed or any(each.is_own for each in self.dismissed)


@dataclass(frozen=True)
class ItemBrief:
    """One item for one committee. `committee` is empty where only one meets, `quorum` and `voice` where the item asks for no
    decision. `presides` says who does and why, where that is not the chair; `pause` that most members would withdraw."""

    number: int
    title: str
    committee: str = ""
    people: tuple[Concerned, ...] = ()
    presides: str = ""
    presides_tersely: str = ""
    quorum: str = ""
    is_inquorate: bool = False
    voice: str = ""
    is_unscreened: bool = False
    unmatched: tuple[str, ...] = ()  # organisations that were compared by their words only
    pause: str = ""
    lost: tuple[Lost, ...] = ()  # flags that it reaches no more, for whoever presides to see
    to_settle: tuple[tuple[Named, str], ...] = ()  # whose words may mean somebody whom it concerns, and the words

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say of it."""
        concerns = any(not each.is_dismissed or each.dismissed for each in self.people)
        return not (concerns or self.presides or self.is_inquorate or self.unmatched or self.lost or self.to_settle)


@dataclass(frozen=True)
class BriefingFacts:
    """What the briefing is put together from. `withheld` are the numbers of the items that the reader may not read, `searched` says what
    was looked at to find the flags."""

    body: str
    meeting: str
    reference: str
    held_on: date
    starts_at: time
    venue: str
    chairs: tuple[str, ...]
    quorum_rules: tuple[str, ...]
    expectations: tuple[str, ...]
    items: tuple[ItemBrief, ...]
    withheld: tuple[int, ...] = ()
    unanswered_invitations: tuple[Named, ...] = ()
    searched: str = ""
