"""The words of the action log. Standard library only."""

from enum import StrEnum


class ActionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
