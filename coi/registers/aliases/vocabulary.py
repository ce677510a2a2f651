"""The words of names that a body teaches. Standard library only."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class AliasDetails:
    """What a name means, and how whoever teaches it knows. Without an organisation it means none of those known."""

    text: str
    organisation_id: uuid.UUID | None
    why: str
