"""A stretch of a declared text with what it says, and what stands beside the names in it. Pure."""

import re
from typing import NamedTuple

from coi.screening.interest_text import InterestReading, read_interest
from coi.screening.names import COMPANY_WORDS, TYPE_WORDS
from coi.screening.roles import role_starts
from coi.screening.segments import Mention, mentions
from coi.screening.vocabulary import Role

SELF = re.compile(
    r"\W*(?:I|I'm|I've|(?i:self|myself|personally|(?:my )?own (?:practice|surgery)|my (?:practice|surgery)))\b(?!-)"
)
_POSTS = frozenset({
    Role.PARTNER, Role.SALARIED_GP, Role.LOCUM, Role.DIRECTOR, Role.EMPLOYEE, Role.CHIEF_EXECUTIVE, Role.PRACTICE_MANAGER, Role.LANDLORD,
})  # fmt: skip
_BEHIND = re.compile(r"\s*(?:[,:(]|[-–—]\s)\s*")
_SITE = frozenset(("building", "premises", "freehold", "property", "there", "nhs", "same", "site", "branch"))

_LONG = 600  # letters beyond which nobody writes one sentence


class Part(NamedTuple):
    """A stretch of text with what it says."""

    text: str
    reading: InterestReading
    named: tuple[Mention, ...]

    @classmethod
    def of(cls, text: str, *, small: bool = False) -> "Part":
        """`small`: nobody wrote a capital, so that any word may be a name. Of a very long text its beginning and its end tell enough."""
        if len(text) > _LONG:
            text = f"{text[: _LONG // 2]} {text[-_LONG // 2 :]}"
        return cls(text, read_interest(text), tuple(one for one in mentions(text) if _is_name(one, small=small)))

    @property
    def is_over(self) -> bool:
        return self.reading.has_ended or self.reading.ended_on is not None

    @property
    def states(self) -> bool:
        """Whether it says a role or whose it is."""
        return self.reading.role is not Role.UNKNOWN or bool(self.reading.via) or bool(SELF.match(self.text))

    @property
    def is_whole(self) -> bool:
        """Whether it declares something: as what, and where."""
        return self.states and bool(self.named)

    @property
    def has_post(self) -> bool:
        """Whether it says a post that somebody holds now, or that they are a landlord, and not where."""
        return self.reading.role in _POSTS and not self.named and not self.is_over

    @property
    def where(self) -> str:
        return "; ".join(dict.fromkeys(one.raw for one in self.named))

    def names_other_than(self, before: "Part") -> bool:
        """Whether it names somebody whom `before` does not."""
        known = {word for one in before.named for word in (*one.listed, *one.tail)}
        return any(not _telling(one) <= known for one in self.named)


def _telling(one: Mention) -> set[str]:
    return {word for word in one.listed if word not in TYPE_WORDS and word not in _SITE}


def _is_name(one: Mention, *, small: bool) -> bool:
    return bool(_telling(one)) and (small or any(letter.isupper() for letter in one.raw))


def is_sure(one: Mention) -> bool:
    return one.has_type or one.is_foreign or not COMPANY_WORDS.isdisjoint(one.listed)


def is_told_behind(one: Mention, text: str) -> bool:
    """Whether a role stands right behind a name: "Mill Lane Surgery (salaried)", "Mill Lane Surgery - partner"."""
    behind = _BEHIND.match(text, one.end)
    return behind is not None and role_starts(text, behind.end()) is not None


def stands_late(one: Mention, atom: str) -> bool:
    return bool(atom[: one.start].strip(" ,.'\"-–").removeprefix("the").strip())
