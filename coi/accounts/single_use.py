"""What every single-use link has in common: a token that only its owner holds, and a clear word where it was used or is too old."""

import secrets
from datetime import datetime
from typing import Any

from coi.accounts.sessions import hash_of
from coi.errors import RuleBroken

TOO_OLD = "This link is too old. Ask for a new one"


def new_token() -> tuple[str, str]:
    """Returns a token for a mail, and its hash for the database."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def check_usable(link: Any, at: datetime, *, used: str) -> None:
    """Raises RuleBroken where a link, with its `used_at` and `expires_at`, was used or is too old. `used` says what came of it."""
    if link.used_at is not None:
        raise RuleBroken(used)
    if link.expires_at <= at:
        raise RuleBroken(TOO_OLD)
