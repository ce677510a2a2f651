"""The words of the links by which somebody without an account declares. Standard library only."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class LinkPurpose(StrEnum):
    """What a single-use link to declare was sent for. Whoever holds it may declare whatever there is to declare."""

    INVITATION = "invitation"  # a first declaration
    CONFIRMATION = "confirmation"  # the yearly "still right?"
    DECLARATION = "declaration"  # something new or changed
    SIGNING = "signing"  # a draft that somebody prepared
    LEAVING = "leaving"
    GIFT = "gift"  # an offer of a gift or hospitality, and nothing else
    QUESTION = "question"  # "is this you?", from a public list


ASKING = frozenset({LinkPurpose.INVITATION, LinkPurpose.CONFIRMATION})
"""Links that ask somebody to declare: whatever they declare answers."""

PURPOSE_WORDS = {
    LinkPurpose.INVITATION: "Declare for the first time",
    LinkPurpose.CONFIRMATION: "Confirm what the register says, once a year",
    LinkPurpose.DECLARATION: "Declare something new or changed",
    LinkPurpose.LEAVING: "Declare a last time before leaving",
    LinkPurpose.GIFT: "Declare a gift or hospitality",
    LinkPurpose.SIGNING: "Sign a draft that was prepared",
    LinkPurpose.QUESTION: "Answer a question from a public list",
}


@dataclass(frozen=True)
class IssuedLink:
    """A single-use link to declare. `url` is a secret: it stands in one mail to the person and nowhere else. A mail that holds it is
    queued with `secret=link.url, secret_of=link.secret_of`, so that the outbox forgets it."""

    id: uuid.UUID
    email: str
    url: str = field(repr=False)
    expires_at: datetime

    @property
    def secret_of(self) -> str:
        return secret_of_link(self.id)


def secret_of_link(link_id: uuid.UUID) -> str:
    """Returns what the outbox calls the secret of a link to declare."""
    return f"declaring-link:{link_id}"
