"""The words of suggestions for an agenda item. Standard library only."""

import uuid
from dataclasses import dataclass

from coi.meetings.vocabulary import AffectedRelation, Stage


@dataclass(frozen=True)
class SuggestedOrganisation:
    """An organisation that the wording names, how it stands to the item, and why it is taken to be meant. Without an id it is known by
    its words alone."""

    text: str
    relation: AffectedRelation
    why: str
    organisation_id: uuid.UUID | None = None
    code: str = ""
    practices: tuple[uuid.UUID, ...] = ()  # those of a class; none here
    doubt: str = ""  # the words, where they may mean others as well: one of several choices

    @property
    def key(self) -> str:
        """By which a form says which suggestion is meant."""
        return f"{self.organisation_id or self.text}"


@dataclass(frozen=True)
class SuggestedClass:
    """A whole class that the wording speaks of: all practices of the area, or those of a `place`, by id."""

    why: str
    place: str = ""
    practices: tuple[uuid.UUID, ...] = ()
    code: str = ""  # a class has none, nor a relation of its own
    relation: AffectedRelation | None = None
    doubt: str = ""
    network_id: uuid.UUID | None = None  # where they are the practices of a primary care network, called `place`
    networks: tuple[uuid.UUID, ...] = ()  # whose officers are concerned too, where the wording speaks of networks

    @property
    def there(self) -> tuple[uuid.UUID, ...]:
        """Whoever is of the place: one network, or practices with the networks that are concerned."""
        return (self.network_id,) if self.network_id else (*self.practices, *self.networks)

    @property
    def key(self) -> str:
        """By which a form says which suggestion is meant."""
        return f"class {self.place}".strip()

    @property
    def text(self) -> str:
        """The class in words."""
        return f"All practices of {self.place}" if self.place else "All practices of the area"


@dataclass(frozen=True)
class SuggestedDetail:
    """The function that an item is about, or how far its matter is, as the wording reads. It concerns nobody by itself."""

    text: str  # as the item's form calls it
    why: str
    function_code: str = ""
    stage: Stage | None = None
    relation: AffectedRelation | None = None
    practices: tuple[uuid.UUID, ...] = ()
    code: str = ""
    doubt: str = ""

    @property
    def key(self) -> str:
        """By which a form says which suggestion is meant."""
        return f"stage {self.stage.value}" if self.stage else f"function {self.function_code}"

    @property
    def asks(self) -> str:
        """The question of the item's form that it answers."""
        return "How far is the matter?" if self.stage else "Function"


Suggestion = SuggestedOrganisation | SuggestedClass | SuggestedDetail


@dataclass(frozen=True)
class Crowd:
    """Words of a title that are the name of more organisations than one can be asked to choose from."""

    words: str
    number: int


@dataclass(frozen=True)
class Wording:
    """What the wording of an item suggests, and what it leaves open."""

    suggestions: tuple[Suggestion, ...] = ()
    crowds: tuple[Crowd, ...] = ()
