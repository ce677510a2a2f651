"""Actions and suggestions in words, as forms, pages and the record say them. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from coi.guidance.actions import ACTIONS, go_together
from coi.guidance.vocabulary import ActionCode, ManagementAction

RUNNING = {ActionCode.DISCUSS_THEN_LEAVE: "Joins the discussion and leaves for the decision"}
"""How a sentence says an action whose title has a comma."""


def action_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Returns the titles of actions, in the order of the closed list."""
    known = {code.value: code for code in ActionCode}
    return tuple(ACTIONS[known[code]].title for code in sorted(set(codes)) if code in known)


def explained(action: ManagementAction) -> str:
    """Returns what an action means for the person, in a line: discussion, room, vote, quorum and papers, and when it is used. Rule: MTG-08;
    RULEBOOK §10.4."""
    parts = [
        _say(action.may_discuss, "joins the discussion", "takes no part in the discussion"),
        _say(action.in_room_at_decision, "is in the room for the decision", "is out of the room for the decision"),
        _say(action.may_decide, "may vote", "does not vote"),
        _say(action.counts_to_quorum, "counts towards the quorum", "does not count towards the quorum"),
        _say(action.gets_papers, "", "gets no papers"),
    ]
    said = ", ".join(part for part in parts if part)
    effects = f"{said[0].upper()}{said[1:]}." if said else ""
    return " ".join(part for part in (effects, action.hint) if part)


def _say(effect: bool | None, yes: str, no: str) -> str:
    return "" if effect is None else yes if effect else no


@lru_cache(maxsize=256)
def suggestion_words(level: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Returns what a flag suggests, in words. Nothing is suggested where the chair has to judge."""
    known = {code.value: code for code in ActionCode}
    titles = [RUNNING.get(known[code], ACTIONS[known[code]].title) for code in codes if code in known]
    if not titles:
        return ("Declare first",) if level == "F0" else ("The chair decides",)
    first, *others = titles
    said = (first, *(each[:1].lower() + each[1:] for each in others))
    return said if go_together(codes) else (", or ".join(said),)


def preselected(codes: Sequence[str]) -> tuple[str, ...]:
    """Returns of the actions that are suggested those that can be one ruling: all of them where they go together, else the first."""
    every = tuple(codes)
    return every if go_together(every) else every[:1]
