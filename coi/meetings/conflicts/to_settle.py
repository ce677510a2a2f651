"""What nobody has settled between somebody and an item: whom words may mean, so that the item may concern them. Pure."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coi.screening.flags import Flag
from coi.screening.unsettled import sides


@dataclass(frozen=True)
class ToSettle:
    """Words of an interest, or of an item, of which somebody has to say whom they mean before it is known whether the item concerns the
    person. `position` is where the words stand in the interest; None where the item says them, or a gift."""

    item_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    words: str
    may_be: str
    is_of_item: bool = False
    interest_id: uuid.UUID | None = None
    position: int | None = None

    @property
    def said(self) -> str:
        """The whole sentence: who declared what, or what the item says, and whom it may mean."""
        if self.is_of_item:
            return f"{self.may_be}."
        return f"{self.name} declared “{self.words}”, which {self.may_be}."

    @property
    def said_to_holder(self) -> str:
        """The same to the person themself."""
        return self.said if self.is_of_item else f"You declared “{self.words}”, which {self.may_be}."


def to_settle(
    question: Flag, item_id: uuid.UUID, person_id: uuid.UUID, interest_id: uuid.UUID | None
) -> Iterator[ToSettle]:
    """Yields what has to be settled about an interest and an item. Rule: MTG-02; RULEBOOK §24."""
    interest = question.interest
    for each in sides(question):
        words = each.one_of.words
        place = interest.organisation_names.index(words) + 1 if words in interest.organisation_names else None
        yield ToSettle(
            item_id, person_id, interest.person, words, each.words, each.is_of_item, interest_id,
            None if each.is_of_item else place,
        )  # fmt: skip


def by_item(asked: Iterable[ToSettle]) -> Mapping[uuid.UUID, tuple[ToSettle, ...]]:
    """Returns what has to be settled, item by item."""
    found: dict[uuid.UUID, tuple[ToSettle, ...]] = {}
    for each in asked:
        found[each.item_id] = (*found.get(each.item_id, ()), each)
    return found
