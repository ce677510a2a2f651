"""The words of mail: the states of a message, and how the mail server is reached."""

from dataclasses import dataclass, field
from enum import StrEnum


class MessageStatus(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    BY_HAND = "sent by hand"  # somebody downloaded it and sent it from their own mail program
    FAILED = "failed"
    CANCELLED = "cancelled"  # what it carries is worth nothing any more: never to be sent


ENDED = (MessageStatus.SENT, MessageStatus.BY_HAND, MessageStatus.CANCELLED)
"""Nothing is left to do about a message that stands here."""


@dataclass(frozen=True)
class MailServer:
    """How the mail server is reached. `wrapped` means TLS from the first byte, else STARTTLS."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    wrapped: bool = False

    @property
    def is_this_machine(self) -> bool:
        return self.host in ("localhost", "127.0.0.1", "::1")
