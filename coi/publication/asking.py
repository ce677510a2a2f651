"""What a visitor asks of a register in the address: words, values, the order, where the page begins. Pure but for the register."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase

from coi.publication.catalogue import Register
from coi.publication.content import facet
from coi.publication.register_queries import Asked
from coi.publication.vocabulary import SortBy

LONGEST = 200


@dataclass(frozen=True)
class Question:
    """The address as read. `chosen` has the values to filter by, by column; `about` words of the register's subject."""

    find: str = ""
    about: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: SortBy = SortBy.NAME
    after: str = ""
    before: str = ""
    letter: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.find or self.narrowings)

    @property
    def narrowings(self) -> list[str]:
        """What is asked for besides words."""
        return [each for each in (self.about, *self.chosen.values()) if each]

    def arguments(self, **other: str) -> dict[str, str]:
        """Returns the arguments of the address that asks the same, but for `other`. Without a word on it, the page is the first."""
        said = {
            "find": self.find,
            "about": self.about,
            **self.chosen,
            "sort": "" if self.sort is SortBy.NAME else self.sort.value,
            **other,
        }
        return {name: text for name, text in said.items() if text}

    def asked(self, register: Register) -> Asked:
        """Returns what is asked of the register."""
        begins = {name: value for name, value in self.chosen.items() if value and name in register.by_beginning}
        facets = tuple(facet(name, value) for name, value in self.chosen.items() if value and name not in begins)
        about = {register.subject: self.about} if self.about else {}
        return Asked(self.find, about | begins, facets, self.sort, self.after, self.before, self.letter)


def read_question(sent: Mapping[str, str], register: Register) -> Question:
    """Returns what the arguments of the address ask for. What cannot be read asks for nothing."""

    def said(name: str) -> str:
        return " ".join(sent.get(name, "").replace("\0", "").split())[:LONGEST]

    letter = said("letter").lower()
    return Question(
        said("find"), said("about"), {name: said(name) for name in register.choices},
        SortBy(said("sort")) if said("sort") in set(SortBy) else SortBy.NAME, said("after"), said("before"),
        letter if letter in set(ascii_lowercase) else "",
    )  # fmt: skip
