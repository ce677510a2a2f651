"""Passwords as they are kept: argon2id, and the same work for an account that does not exist."""

import threading

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = threading.BoundedSemaphore(2)  # each takes the memory of the settings
_state: dict[str, object] = {}


def use(memory_kib: int) -> None:
    """Sets how much memory a hash takes. Called once, when the application is put together."""
    hasher = argon2.PasswordHasher(memory_cost=memory_kib)
    _state.update(hasher=hasher, dummy=hasher.hash("nobody has this password"))


def hashed(password: str) -> str:
    """Returns what is stored for `password`."""
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one that was stored. Without a hash (no such account, or no password yet) it takes as
    long and is never right."""
    kept = password_hash or _dummy()
    with _AT_ONCE:
        try:
            _hasher().verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
    return bool(password_hash)


def _hasher() -> argon2.PasswordHasher:
    if "hasher" not in _state:
        use(argon2.DEFAULT_MEMORY_COST)
    hasher = _state["hasher"]
    assert isinstance(hasher, argon2.PasswordHasher)
    return hasher


def _dummy() -> str:
    _hasher()
    return str(_state["dummy"])
