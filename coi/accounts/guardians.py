"""What speaks against somebody as the Conflicts of Interest Guardian, or in the Guardian's place, asked of whoever keeps the registers:
they are kept further up, and plugged in."""

import uuid
from collections.abc import Callable
from datetime import datetime

from flask import current_app

from coi.errors import RuleBroken
from coi.permissions.vocabulary import Role

PROVIDERS = "coi.has-provider-interests"
Asking = Callable[[uuid.UUID, datetime], bool]
DOUBT = (
    "The Guardian should have no interests in providers, and this person has declared one that stands. The Guardian reads reports made in "
    "confidence, and decides what is not published. Choose somebody else, or say why it is right all the same"
)

DOUBT_IN_PLACE = (
    "Whoever acts in place of the Guardian should have no interests in providers, and this person has declared one that stands. They read "
    "reports made in confidence. Choose somebody else, or say why it is right all the same"
)


def check_guardian(role: Role, person_id: uuid.UUID, because: str, at: datetime) -> None:
    """Asks for a reason before somebody who has declared interests in providers becomes the Guardian. It forbids nothing: a body may have
    nobody else. Raises RuleBroken without one. Source: RULEBOOK §9 (provided no provider interests)."""
    if role is Role.GUARDIAN:
        _check(DOUBT, person_id, because, at)


def check_substitute(person_id: uuid.UUID, because: str, at: datetime) -> None:
    """Asks the same before somebody is named to act in place of the Guardian. Raises RuleBroken without a reason. Source: RULEBOOK §9."""
    _check(DOUBT_IN_PLACE, person_id, because, at)


def _check(doubt: str, person_id: uuid.UUID, because: str, at: datetime) -> None:
    has_interests: Asking = current_app.extensions[PROVIDERS]
    if not because and has_interests(person_id, at):
        raise RuleBroken(doubt, field="because", rule="SEC-ROLE")
