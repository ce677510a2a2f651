"""Passwords as they are kept: argon2id, one at a time in a process, and the same work for an account that does not exist."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from coi.errors import RuleBroken

MEMORY_KIB, PASSES, LANES = 7_168, 13, 1
"""What a hash costs: 7 MiB, two and a half times the passes that OWASP asks for with so much memory (5), one lane. See
docs/adr/016-passwords.md."""

WAIT_SECONDS = 5.0
"""How long somebody waits for their turn before they are told to try again: a hundred passwords are checked meanwhile."""

BUSY = "Many people are signing in just now. Wait a few seconds, then try again"

Result = TypeVar("Result")
_state: dict[str, object] = {}


class PasswordsBusy(RuleBroken):
    """Too many passwords wait to be checked. Nothing was decided about this one, and trying again soon helps."""

    def __init__(self) -> None:
        super().__init__(BUSY, rule="SEC-PW")


def use(memory_kib: int) -> None:
    """Sets how much memory a hash takes. Called once, when the application is put together."""
    hasher = argon2.PasswordHasher(time_cost=PASSES, memory_cost=memory_kib, parallelism=LANES)
    _state.update(hasher=hasher, dummy=hasher.hash("nobody has this password"))


def hashed(password: str) -> str:
    """Returns what is stored for `password`. Raises PasswordsBusy."""
    return _in_turn(lambda: _hasher().hash(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one that was stored. Without a hash (no such account, or no password yet) it takes as
    long and is never right. Raises PasswordsBusy."""
    kept = password_hash or _dummy()

    def verified() -> bool:
        try:
            return _hasher().verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    return _in_turn(verified) and bool(password_hash)


def renewed(password_hash: str, password: str) -> str | None:
    """Returns what is stored for a password that was right from now on, where its hash was made at another cost than is
    asked for now; else None. The old one is still good: while many wait, it stays until the next time."""
    if not _hasher().check_needs_rehash(password_hash):
        return None
    try:
        return hashed(password)
    except PasswordsBusy:
        return None


def _in_turn(work: Callable[[], Result]) -> Result:
    """Does `work` in the one thread that hashes passwords: each takes the memory of the settings, and the allocator keeps
    that much for every thread that ever did it. Whoever waits too long for their turn gives up theirs."""
    waiting: Future[Result] = _queue().submit(work)
    try:
        return waiting.result(WAIT_SECONDS)
    except TimeoutError:
        if waiting.cancel():
            raise PasswordsBusy from None
        return waiting.result()  # it has begun: a moment more


def _queue() -> ThreadPoolExecutor:
    queue = _state.setdefault("queue", ThreadPoolExecutor(1, thread_name_prefix="passwords"))
    assert isinstance(queue, ThreadPoolExecutor)
    return queue


def _hasher() -> argon2.PasswordHasher:
    if "hasher" not in _state:
        use(MEMORY_KIB)
    hasher = _state["hasher"]
    assert isinstance(hasher, argon2.PasswordHasher)
    return hasher


def _dummy() -> str:
    _hasher()
    return str(_state["dummy"])


os.register_at_fork(after_in_child=lambda: _state.pop("queue", None))  # a child inherits the queue, and not its thread
