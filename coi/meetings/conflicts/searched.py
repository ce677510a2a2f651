"""What a screening of a meeting looked at, in words, so that finding nothing says something. Standard library only."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Searched:
    """What a screening of a meeting looked at, so that "no flags" says something."""

    people: int
    interests: int
    items: int
    relations: int
    known_at: datetime
    unmatched: tuple[str, ...] = ()
    without_organisation: int = 0
    gifts: int = 0
    paths: int = 0  # ways from an interest to an organisation
    of_others: int = 0  # interests of fellow partners and authors who have no part in the meeting
    is_over: bool = False  # every item is settled, so that nothing is compared any more
    not_matched: int = 0  # interests that name organisations in words alone: they are not counted as searched
    part_matched: int = 0  # interests of those searched that name another organisation in words alone
    not_settled: int = 0  # interests of those searched whose words may mean organisations that are known
    meant: frozenset[str] = frozenset()  # the texts of `unmatched` that may mean organisations that are known

    @property
    def waits(self) -> bool:
        """Whether somebody has to say whom words of an interest mean, so that nothing is left to its words."""
        return not self.is_over and bool(self.not_matched or self.part_matched or self.not_settled)

    @property
    def record(self) -> str:
        """What was looked at, as the record keeps it."""
        looked_at = [
            _count(self.people, "person", "people"),
            _count(self.interests, "interest", "interests"),
            *([_count(self.gifts, "gift or hospitality", "gifts and hospitality")] if self.gifts else []),
            *([f"{self.of_others:,} of fellow partners and authors"] if self.of_others else []),
        ]
        related = f"{_count(self.relations, 'relation', 'relations')} between organisations"
        found = f"{', '.join(looked_at)} and {related}"
        said = f"Searched {found} against {_count(self.items, 'item', 'items')}."
        if self.not_matched:
            which = "Another interest names" if self.not_matched == 1 else f"{self.not_matched} further interests name"
            said = f"{said} {which} an organisation that is not matched, so a flag may be missing."
        if self.part_matched:
            which = (
                "One of the interests also names"
                if self.part_matched == 1
                else f"{self.part_matched} of the interests also name"
            )
            said = f"{said} {which} an organisation that is not matched, so a flag may be missing."
        if self.not_settled:
            which = (
                "One of the interests names" if self.not_settled == 1 else f"{self.not_settled} of the interests name"
            )
            said = (
                f"{said} {which} an organisation in words that are not settled: compared with each that they may mean."
            )
        if not self.paths:
            return said
        return f"{said} {_count(self.paths, 'path was', 'paths were')} followed from the interests to organisations."

    @property
    def words(self) -> str:
        """The same, and what to read oneself. Once every item is settled nothing is compared: what counts was kept with each."""
        if self.is_over:
            return "Every item is settled. What was found, and what was searched for it, stands as it was then."
        if not self.without_organisation:
            return self.record
        which = "1 interest is" if self.without_organisation == 1 else f"{self.without_organisation} interests are"
        return f"{self.record} {which} in no organisation, so that no path leads from there: read what it says."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
