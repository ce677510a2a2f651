"""Whom a line of a quorum names, read as a selector: "lay member", "lay member for audit", "Chief Officer". Pure."""

import difflib
import re
from dataclasses import replace

from coi.committees.details import ATTRIBUTE_NAMES
from coi.committees.expression import Selector
from coi.committees.quorum_words import CLASS_WORDS, DESCRIBING, OFFICE_WORDS
from coi.committees.vocabulary import MemberClass
from coi.errors import RuleBroken

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)}
COUNT = re.compile(rf"(?:at least )?(\d{{1,2}}|{'|'.join(NUMBERS)}|an?|the)\b\s*", re.IGNORECASE)
_MEMBERS = {
    "member": Selector(),
    "voting member": Selector(voting=True),
    "non-voting member": Selector(voting=False),
}
_KINDS: dict[str, Selector] = {
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
}
_SAID: dict[str, Selector] = {
    **_KINDS,
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
_NEAR = 0.84  # as near as a slip of the pen: such a word is asked about, never taken for a post that nobody holds
_DESCRIBED = re.compile(
    rf"(?P<kind>{'|'.join(sorted(map(re.escape, _KINDS), key=len, reverse=True))})\s+"
    rf"(?:(?:(?:who|that)\s+(?:is|are)|described\s+as)\s+(?P<is>.+)|(?P<for>(?:{DESCRIBING})\s.+))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"(?:{DESCRIBING})\s.+", re.IGNORECASE)
_KNOWN = {label.casefold(): code for code, label in ATTRIBUTE_NAMES.items()}


def choices_of(names: list[tuple[str, str]], line: str) -> list[Selector]:
    """Returns whom each part of a line chooses, given as (in quotation marks, or not). "for audit or for finance" is one choice with two
    descriptions, of which one is enough. Raises RuleBroken with what to write instead."""
    chosen: list[Selector] = []
    for quoted, plain in names:
        name = quoted or re.sub(r"^or\s+", "", plain.strip(), flags=re.IGNORECASE)
        last = chosen[-1] if chosen else Selector()
        if not quoted and last.attributes and _GOES_ON.fullmatch(name):
            chosen[-1] = replace(last, attributes=last.attributes | {_description(name, name)})
            continue
        one = selector_of(name, line, is_quoted=bool(quoted))
        if one.roles and not quoted and last.attributes:
            raise RuleBroken(
                f"“{name}” may be a post, or go on from what stands before it. Write “for {name}”, or put the title of the post in "
                "quotation marks"
            )
        chosen.append(one)
    return chosen


def selector_of(name: str, line: str, *, is_quoted: bool = False) -> Selector:
    """Returns whom one name chooses: a class or an office, a class that is described further, or else a post. Raises RuleBroken where it
    cannot be a post."""
    plain = re.sub(r"^(?:the|an?|holders? of)\s+", "", name, flags=re.IGNORECASE)
    found = _SAID.get(plain.casefold())
    if found is not None:
        return found
    if not re.search(r"[^\W\d_]{2}", plain):
        raise RuleBroken(f"“{line.strip()}”: enter whom it asks for, such as 1 lay member")
    described = None if is_quoted else _DESCRIBED.fullmatch(plain)
    if described:
        said = _description(described["is"] or described["for"], plain)
        return replace(_KINDS[described["kind"].casefold()], attributes=frozenset({said}))
    near = difflib.get_close_matches(plain.casefold(), _SAID, n=1, cutoff=_NEAR)
    if near:
        raise RuleBroken(
            f"“{plain}” is no class of members. Did you mean “{near[0]}”? For a post, write its whole title"
        )
    if not is_quoted:
        _check_post(plain)
    return Selector(roles=frozenset({plain}))


def _description(words: str, whole: str) -> str:
    """What is said of a member besides the class; where the checks know it, as they know it."""
    known = _KNOWN.get(words.casefold())
    if known is None and _is_no_post(words):
        raise _no_post(whole)
    return known or words


def _check_post(plain: str) -> None:
    if _is_no_post(plain):
        raise _no_post(plain)
    if plain.islower():
        raise RuleBroken(
            f"“{plain}” is no class of members. For a post, write its title with capital letters, such as Chief Officer"
        )


def _no_post(plain: str) -> RuleBroken:
    return RuleBroken(
        f"“{plain}” is no class of members and no post. Write each condition on a line of its own, or put the title of a post in quotation "
        "marks"
    )


def _is_no_post(words: str) -> bool:
    """Whether words that are no class and no office cannot be meant as a post: they count people, or join a class to something else."""
    counts = COUNT.match(words) is not None or _NO_POST.search(words) is not None
    parts = [COUNT.sub("", part.strip(" )"), count=1).casefold() for part in _JOINED.split(words)]
    return counts or (len(parts) > 1 and any(part in _SAID for part in parts))
