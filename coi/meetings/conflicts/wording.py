"""Actions and suggestions in words, as forms, pages and the record say them. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from coi.guidance.actions import ACTIONS
from coi.guidance.vocabulary import ActionCode

TOGETHER = frozenset({"F1"})
"""Levels whose suggested actions go together. At the others the chair chooses one of them (RULEBOOK §24)."""


def action_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Returns the titles of actions, in the order of the closed list."""
    known = {code.value: code for code in ActionCode}
    return tuple(ACTIONS[known[code]].title for code in sorted(set(codes)) if code in known)


@lru_cache(maxsize=256)
def suggestion_words(level: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Returns what a flag suggests, in words. Nothing is suggested where the chair has to judge."""
    known = {code.value: code for code in ActionCode}
    titles = [ACTIONS[known[code]].title for code in codes if code in known]
    if not titles:
        return ("Declare first",) if level == "F0" else ("The chair decides",)
    return (
        tuple(titles)
        if level in TOGETHER
        else (" or ".join([titles[0], *(each[:1].lower() + each[1:] for each in titles[1:])]),)
    )


def preselected(level: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Returns the actions that a ruling form offers as chosen: all of them where they go together, else the first."""
    return tuple(codes) if level in TOGETHER else tuple(codes[:1])
