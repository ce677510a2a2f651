"""Conditions of a quorum as a secretary writes them, one a line: "1 lay member", "Chair or vice chair", "half of the members",
"for items about complaints: chair". Pure."""

import re
from fractions import Fraction

from coi.committees.chosen import COUNT, NUMBERS, choices_of, selector_of
from coi.committees.expression import (
    AnyOf,
    AtLeast,
    AtLeastFraction,
    ItemPredicate,
    KOf,
    OfficeHeld,
    Rule,
    Selector,
    WhenItem,
)
from coi.committees.vocabulary import VacancyBase
from coi.errors import RuleBroken
from coi.guidance.functions import FUNCTIONS

_OF = re.compile(r"of(?: these| the following)?\s*:?\s+", re.IGNORECASE)
_NAME = re.compile(r"[\"“]([^\"“”]+)[\"”]|((?:(?!\s+or\s)[^,;/\"“”])+)", re.IGNORECASE)
_MOST = 50  # of one condition
_PARTS = {"half": "1/2", "a third": "1/3", "one third": "1/3", "two thirds": "2/3", "a quarter": "1/4", "one quarter": "1/4",
          "three quarters": "3/4"}  # fmt: skip
_SHARE = re.compile(
    rf"(?:at least )?(?P<share>{'|'.join(_PARTS)}|\d{{1,2}}/\d{{1,2}}|(?P<percent>\d{{1,3}}) ?(?:%|per ?cent))\s+(?:of\s+)?"
    r"(?:all\s+)?(?:the\s+)?(?P<whom>.+?)"
    r"(?:,? (?:(?P<post>(?:who are )?in post)|(?:including |with )?vacan(?:t seats|cies)(?: included)?))?",
    re.IGNORECASE,
)
_VACANT = re.compile(r"vacan(?:t seats|cies)", re.IGNORECASE)
_WHEN = re.compile(r"for\s+(?P<items>[^:]+):\s*(?P<rule>.+)", re.IGNORECASE)
_ITEMS = re.compile(
    r"(?P<part>private|public) (?:items|business)|(?P<deciding>decisions)|"
    r"(?:items|business|decisions) (?:about|on) (?P<functions>.+)|items (?:to|for) (?P<purpose>\w+)",
    re.IGNORECASE,
)
_DECIDING = frozenset({"approve", "decide"})
_PURPOSES = {
    "approve": "approve", "approval": "approve", "decide": "decide", "decision": "decide", "discuss": "discuss",
    "discussion": "discuss", "assurance": "assurance", "note": "note", "noting": "note", "information": "information",
}  # fmt: skip
_FUNCTIONS = {
    said.casefold(): code
    for code, each in FUNCTIONS.items()
    for said in (code.replace("_", " "), each.title, each.title.partition(":")[0])
}


def condition_of(line: str) -> Rule:
    """Returns the condition that one line states: a number (1 where there is none) and classes, offices or posts with "or" between them,
    or "2 of: lay member, nurse, secondary care doctor", each met by a different person; or a share of the members; any of these also for
    some items alone. What is no class and no office is a post; one with a comma, a number or a class in it stands in quotation marks.
    Raises RuleBroken with what to write instead. Rule: QUO-01; RULEBOOK §12."""
    said = " ".join(line.split()).rstrip(" .;,")
    when = _WHEN.fullmatch(said)
    if when:
        return WhenItem(_items(when["items"]), _always(when["rule"], line))
    return _always(said, line)


def _always(said: str, line: str) -> Rule:
    share = _SHARE.fullmatch(said)
    if share:
        return _share(share, said, line)
    number, rest = _counted(said)
    several = _OF.match(rest)
    names = [
        (quoted, plain)
        for quoted, plain in _NAME.findall(rest[several.end() :] if several else rest)
        if quoted or plain.strip().casefold() not in ("", "or")
    ]
    chosen = choices_of(names, line)
    if not chosen:
        raise RuleBroken(f"“{line.strip()}”: enter whom it asks for, such as 1 lay member")
    if not 1 <= number <= _MOST:
        raise RuleBroken(f"“{line.strip()}”: enter a whole number from 1 to {_MOST}")
    if several:
        if number > len(chosen):
            raise RuleBroken(f"“{line.strip()}”: enter at least {number} to choose from")
        return KOf(number, tuple(chosen))
    return _either(number, chosen, line)


def _counted(line: str) -> tuple[int, str]:
    """The number that a line begins with, 1 where it has none, and what follows it."""
    found = COUNT.match(line)
    if found is None:
        return 1, line
    said = found[1].casefold()
    return int(said) if said.isdigit() else NUMBERS.get(said, 1), line[found.end() :]


def _share(found: re.Match[str], said: str, line: str) -> Rule:
    """A share of the members, or of a class of them: rounded up, of those in post or of every seat where the line says which."""
    words = _PARTS.get(found["share"].casefold(), found["share"])
    try:
        share = Fraction(int(found["percent"]), 100) if found["percent"] else Fraction(words)
    except ZeroDivisionError:
        share = Fraction(0)
    if not 0 < share <= 1:
        raise RuleBroken(f"“{line.strip()}”: enter a share, such as half or 2/3")
    whom = selector_of(found["whom"], line)
    if whom.roles or whom.offices:
        raise RuleBroken(f"“{line.strip()}”: enter of whom, such as half of the voting members")
    base = VacancyBase.IN_POST if found["post"] else VacancyBase.ESTABLISHED if _VACANT.search(said) else None
    return AtLeastFraction(share, whom, base)


def _items(words: str) -> ItemPredicate:
    """The items for which a line holds. Raises RuleBroken where it names none."""
    found = _ITEMS.fullmatch(words.strip())
    if found is None or (found["purpose"] and found["purpose"].casefold() not in _PURPOSES):
        raise RuleBroken(
            f"“for {words.strip()}”: enter for which items, such as for items about complaints, for decisions, or for private items"
        )
    if found["part"]:
        return ItemPredicate(parts=frozenset({found["part"].casefold()}))
    if found["functions"]:
        return ItemPredicate(functions=frozenset(_functions(found["functions"])))
    return ItemPredicate(
        purposes=frozenset({_PURPOSES[found["purpose"].casefold()]}) if found["purpose"] else _DECIDING
    )


def _functions(words: str) -> list[str]:
    if words.casefold() in _FUNCTIONS:  # a title may have an “and” or a comma of its own
        return [_FUNCTIONS[words.casefold()]]
    named = [each.strip() for each in re.split(r",|\bor\b", words, flags=re.IGNORECASE) if each.strip()]
    if unknown := next((each for each in named if each.casefold() not in _FUNCTIONS), None):
        listed = "; ".join(each.title.partition(":")[0] for each in FUNCTIONS.values())
        raise RuleBroken(f"“{unknown}” is none of the functions: {listed}")
    return [_FUNCTIONS[each.casefold()] for each in named]


def _either(number: int, chosen: list[Selector], line: str) -> Rule:
    """Any of those named: of one kind they are one choice, so that two may be met by two of them."""
    offices = frozenset(office for one in chosen for office in one.offices)
    choice = Selector(
        classes=frozenset(kind for one in chosen for kind in one.classes),
        roles=frozenset(post for one in chosen for post in one.roles),
    )
    if number == 1 and len(offices) == len(chosen):
        return OfficeHeld(offices)
    if len(chosen) == 1:
        return AtLeast(number, chosen[0])
    if len(chosen) in (len(choice.classes), len(choice.roles)) and not any(one.attributes for one in chosen):
        return AtLeast(number, choice)
    if number > 1:
        raise RuleBroken(f"“{line.strip()}”: ask for one person, or put classes and posts on lines of their own")
    return AnyOf(tuple(OfficeHeld(one.offices) if one.offices else AtLeast(1, one) for one in chosen))
