"""Conditions of a quorum as a secretary writes them, one a line: "1 lay member", "Chair or vice chair". Pure."""

import difflib
import re

from coi.committees.expression import AnyOf, AtLeast, KOf, OfficeHeld, Rule, Selector
from coi.committees.quorum_words import CLASS_WORDS, OFFICE_WORDS
from coi.committees.vocabulary import MemberClass
from coi.errors import RuleBroken

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
_COUNT = re.compile(rf"(?:at least )?(\d{{1,2}}|{'|'.join(_NUMBERS)}|an?|the)\b\s*", re.IGNORECASE)
_OF = re.compile(r"of(?: these| the following)?\s*:?\s+", re.IGNORECASE)
_NAME = re.compile(r"[\"“]([^\"“”]+)[\"”]|((?:(?!\s+or\s)[^,;/\"“”])+)", re.IGNORECASE)
_MEMBERS = {
    "member": Selector(),
    "voting member": Selector(voting=True),
    "non-voting member": Selector(voting=False),
}
_SAID: dict[str, Selector] = {
    **{f"{noun}{ending}": chosen for noun, chosen in _MEMBERS.items() for ending in ("", "s")},
    **{
        said.casefold(): Selector(classes=frozenset({one}))
        for one, both in CLASS_WORDS.items()
        for said in (*both, one.value.replace("_", " "))
        if one is not MemberClass.OTHER
    },
    **{
        f"clinician{ending}": Selector(classes=frozenset(one for one in MemberClass if one.is_clinical))
        for ending in ("", "s")
    },
    **{
        words.removeprefix("the ").casefold(): Selector(offices=frozenset({office}))
        for office, words in OFFICE_WORDS.items()
    },
}
_JOINED = re.compile(r"\s+(?:and|plus|with|who|including|except)\s+|\s*[&+(]\s*", re.IGNORECASE)
_NO_POST = re.compile(
    r"\d|%|\b(?:half|thirds?|quarters?|majority|most|both|either|any|all|every|each|no|not|without|including|except|more than|fewer"
    r"|members)\b",
    re.IGNORECASE,
)
"""What stands in no title of a post: a rule that is written in one breath would be a post that nobody holds, and no quorum ever."""
_MOST = 50  # of one condition
_NEAR = 0.84  # as near as a slip of the pen: such a word is asked about, never taken for a post that nobody holds


def condition_of(line: str) -> Rule:
    """Returns the condition that one line states: a number (1 where there is none) and classes, offices or posts with "or" between them,
    or "2 of: lay member, nurse, secondary care doctor", each met by a different person. What is no class and no office is a post; one
    with a comma, a number or a class in it stands in quotation marks. Raises RuleBroken with what to write instead. Rule: QUO-01;
    RULEBOOK §12."""
    number, rest = _counted(" ".join(line.split()).rstrip(" .;,"))
    several = _OF.match(rest)
    chosen = [
        _selector(quoted or re.sub(r"^or\s+", "", plain.strip(), flags=re.IGNORECASE), line, is_quoted=bool(quoted))
        for quoted, plain in _NAME.findall(rest[several.end() :] if several else rest)
        if quoted or plain.strip().casefold() not in ("", "or")
    ]
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
    found = _COUNT.match(line)
    if found is None:
        return 1, line
    said = found[1].casefold()
    return int(said) if said.isdigit() else _NUMBERS.get(said, 1), line[found.end() :]


def _selector(name: str, line: str, *, is_quoted: bool) -> Selector:
    plain = re.sub(r"^(?:the|an?|holders? of)\s+", "", name, flags=re.IGNORECASE)
    found = _SAID.get(plain.casefold())
    if found is not None:
        return found
    if not re.search(r"[^\W\d_]{2}", plain):
        raise RuleBroken(f"“{line.strip()}”: enter whom it asks for, such as 1 lay member")
    near = difflib.get_close_matches(plain.casefold(), _SAID, n=1, cutoff=_NEAR)
    if near:
        raise RuleBroken(
            f"“{plain}” is no class of members. Did you mean “{near[0]}”? For a post, write its whole title"
        )
    if not is_quoted and _is_no_post(plain):
        raise RuleBroken(
            f"“{plain}” is no class of members and no post. Write each condition on a line of its own, or put the title of a post in "
            "quotation marks"
        )
    if not is_quoted and plain.islower():
        raise RuleBroken(
            f"“{plain}” is no class of members. For a post, write its title with capital letters, such as Chief Officer"
        )
    return Selector(roles=frozenset({plain}))


def _is_no_post(words: str) -> bool:
    """Whether words that are no class and no office cannot be meant as a post: they count people, or join a class to something else."""
    counts = _COUNT.match(words) is not None or _NO_POST.search(words) is not None
    parts = [part.strip(" )").casefold() for part in _JOINED.split(words)]
    return counts or (len(parts) > 1 and any(part in _SAID for part in parts))


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
    if len(chosen) in (len(choice.classes), len(choice.roles)):
        return AtLeast(number, choice)
    if number > 1:
        raise RuleBroken(f"“{line.strip()}”: ask for one person, or put classes and posts on lines of their own")
    return AnyOf(tuple(OfficeHeld(one.offices) if one.offices else AtLeast(1, one) for one in chosen))
