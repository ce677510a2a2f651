"""Pure: what is asked of somebody whom items of a meeting concern, in words that a phone shows at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coi.guidance.actions import effects_of
from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING, ItemFlag, PersonConflict
from coi.wording import and_list, day

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ALTHOUGH = ", although it is on the register"
ANSWER, DECLARE, LEAVE, STAY_OUT, NO_PAPERS = "answer", "declare", "leave", "do not vote", "get no papers"


@dataclass(frozen=True)
class Asks:
    """What is asked of somebody on one item: in a word each for the first page, and in sentences for the page of the meeting."""

    short: tuple[str, ...]
    sentences: tuple[str, ...]


def asks_of(conflict: PersonConflict, *, is_kept: bool = False) -> Asks:
    """Returns what is asked of a person on an item: to answer, unless they may not read it (`is_kept`), to declare, and what was ruled, or
    may be. Rule: MTG-05, MTG-08; RULEBOOK §10.2, §10.4."""
    asked: dict[str, str] = {}
    live = [flag for flag in conflict.flags if flag.is_live]
    if not is_kept and any(map(awaits_answer, live)):
        asked[ANSWER] = "Say whether this is right."
    if any(flag.level == NO_DECLARATION for flag in live):
        asked[DECLARE] = "Declare your interests, or that you have none, before you take part."
    elif any(flag.declared is None for flag in live) or (conflict.ruling is not None and not live):
        is_known = not live or any(flag.level in FOUND_BY_SCREENING for flag in live)
        asked[DECLARE] = f"Declare it at the meeting{ALTHOUGH if is_known else ''}."
    if conflict.ruling is not None:
        asked |= _ruled(conflict.ruling.actions)
    elif conflict.lead is not None and conflict.lead.suggested_words:
        suggested = "; ".join(conflict.lead.suggested_words)
        return Asks(tuple(asked), (*asked.values(), f"The chair has not ruled yet. Suggested: {suggested}."))
    return Asks(tuple(asked), tuple(asked.values()))


def awaits_answer(flag: ItemFlag) -> bool:
    """Whether the person is asked if a flag is right, be it about an interest, a gift or what they did before, and has not said."""
    return flag.is_live and flag.answer is None and not flag.is_frozen and flag.level != NO_DECLARATION


def _ruled(actions: Iterable[str]) -> dict[str, str]:
    """What a ruling asks of the person, effect by effect."""
    effects, asked = effects_of(actions), {}
    if not effects.room:
        asked[LEAVE] = "Take part in the discussion, and leave for the decision." if effects.discuss else (
            "Leave for the discussion and the decision."
        )  # fmt: skip
    elif not effects.vote:
        asked[STAY_OUT] = "You may stay. Do not vote."
    if not effects.papers:
        asked[NO_PAPERS] = "You get no papers on it."
    return asked


def heading_of(items: int, on: date, *, is_over: bool) -> str:
    """Returns how many items concern somebody at a meeting, as the page is headed."""
    return f"You {'had' if is_over else 'have'} {_items(items)} on {day(on)}"


def waiting_words(asks: Iterable[Asks], on: date) -> str:
    """Returns the line of the first page: how many items, on which day, and what is asked."""
    found = list(asks)
    order = (ANSWER, DECLARE, LEAVE, STAY_OUT, NO_PAPERS)
    said = {short for each in found for short in each.short}
    what = and_list(short for short in order if short in said)
    return f"You have {_items(len(found))} on {day(on)}" + (f": {what}" if what else "")


def _items(number: int) -> str:
    words = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{words} {'item' if number == 1 else 'items'}"
