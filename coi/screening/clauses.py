"""A declared text taken apart into clauses, each of which declares on its own: whose, as what, where, until when. Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from coi.screening.besides import own_and_beside
from coi.screening.clause_parts import SELF, Part, is_sure, is_told_behind, stands_late
from coi.screening.denials import affirmed
from coi.screening.ending import LEFT, NOT_ANY_MORE
from coi.screening.interest_text import read_interest
from coi.screening.roles import RELATIVES, role_starts
from coi.screening.segments import mentions
from coi.screening.vocabulary import Role

_SENTENCES = re.compile(  # a full stop after a shortened word ends nothing
    r"\s*(?:;|\n|\r|•)\s*|(?:(?<=[a-z)])|(?<=\b(?:19|20)\d\d))"
    r"(?<!\bSt|\bDr|\bMr|\bSq|\bRd|\bGp|\bHo)(?<!\bMrs|\bGrp|\bCtr|\bMed|\bRev)(?<!\bProf)\.\s+(?=[A-Z])|"
    r"(?<=[A-Z]{3})\.\s+(?=[A-Z][a-z])|"
    rf"(?<=[A-Za-z\d)])(?<!\bDr|\bMr|\bSt)(?<!\bMrs)\.\s+(?=[A-Z])(?=(?i:I|my|{RELATIVES})\b)"
)
_NUMBER = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2}|[a-j]|[ivx]{1,4})[.):]\s+(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_JOINT = re.compile(
    r"\s*;\s+|\s*,\s*(?:(?:and|but|also|plus|while|whereas|then)\s+)*(?:who\s+(?=(?:also\s+)?(?:is|was|has|works?|owns?|holds?|runs?)\b))?|"
    r"\s+(?:(?:and/or|and|but|plus|while|whereas|then|as well as)\s+)(?:also\s+)?|"
    r"\s+(?:which|who)\s+(?=(?:also|owns?|holds?|left|is|was|has)\b)|(?<=[\w)])\s*[&/+]\s*(?=[^\W\d_])|\s+[-–—/]\s+|"
    rf"\s+whose\s+|\s+where\s+(?=(?:I|my|he|she|{RELATIVES})\b)|\s+(?=to (?:join|become|take up)\b)",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\s*\(([^()]+)\)")
_RELATIVE = re.compile(
    rf"\W*(?:(?:my|his|her|our)\s+(?:\w+\s+)?(?:{RELATIVES})|(?:{RELATIVES})(?=\s*(?::|\(|[-–]\s)|\s+(?:is|was|works?|worked|has|owns?|"
    r"holds?|runs?|employed|also|who|retired|remains?|still|now|a|an|gp|salaried|locum|partner|director|practice|nurse|receptionist|shareholder|consultant)\b))\b",
    re.IGNORECASE,
)
_NAMED_LAST = re.compile(rf"\b({RELATIVES}|partner)\W*$", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:both\W+)?(?:self|I|me|myself)\W*", re.IGNORECASE)
_THEY = re.compile(r"\W*(?:he|she|they)\b", re.IGNORECASE)
_NOW = re.compile(
    rf"\W*(?:(?:is |am |are )?(?:now|current(?:ly)?|presently|still)\b(?!{NOT_ANY_MORE})|(?:I )?(?:remains?|continu(?:es?|ing))\b|"
    r"since then|to (?:join|become|take up)\b)",
    re.IGNORECASE,
)
_THIRD = re.compile(  # whoever says so speaks of somebody else
    r"\W*(?:(?:also|now|currently|still|then|since|later)\s+)*(?:is|has|works|owns|holds|runs|remains|continues)\b",
    re.IGNORECASE,
)
_SINCE_THEN = re.compile(r"\b(?:since(?: then)?|thereafter|from then)\W*$", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\W*(?:I )?(?:(?:was|have been|had been|having) )?(?:previous(?:ly)?|former(?:ly)?|ex-|before that|prior to that|"
    rf"used to|until\b|{LEFT})\b",
    re.IGNORECASE,
)
_LED_BY_BEFORE = re.compile(r"\W*(?:I )?(?:was )?(?:previously|formerly)\b", re.IGNORECASE)
_STATUS = re.compile(r"\W*(?:retired|former(?:ly)?|previous(?:ly)?|ended|left|ex)\W*", re.IGNORECASE)
_LITTLE = re.compile(  # what may stand before a role
    r"\W*(?:(?:is|am|are|was|has|also|a|an|the|as|both|part|full|time|co|sole|joint|majority|minority|half|my|own|in|receives?|currently|now|"
    r"still|remains?|continues?|to|I|he|she|they|works?|\d+|%|one|of|several|some|currently|separately)[\s%-]+)*",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\b(?:at|in|of|for|with|to|by)\b|[,:(–-]")
_LED_TO = re.compile(r"^(?!Partners\b).*\b(?:at|in|of|for|with)$", re.IGNORECASE)  # "Dr Elm & Partners at …" is a name
_THERE = re.compile(
    r"\b(?:there|(?:at|of|in) (?:the )?same|(?:the|that|this|its) (?:same )?(?:practice|surgery|partnership|premises|building))\b",
    re.IGNORECASE,
)
_DASHES, _JOINING = ("-", "–", "—"), ("and", "&", "/", "+")
_MOST_JOINTS = 80  # in a text; beyond them nobody writes one sentence
_LEFT_OUT = "·"  # for each letter that is denied, or that speaks of somebody else
_AT = re.compile(r"\W*(?:at|in|for|with|of)\s+(?:the\s+)?", re.IGNORECASE)


class _Opening(NamedTuple):
    """That a clause begins, and what it takes over from the one before: whose it is, and where."""

    whose: str = ""
    where: str = ""
    also: str = ""  # where the one before is, which says so only now: "partner and landlord of …"


@lru_cache(maxsize=4096)
def clauses_of(text: str) -> Sequence[str]:
    """Returns the parts of a text that declare each on their own. What says no more than when, how long or with whom stays with the part
    that it follows; a part that leaves out whose it is, or where, says so again: "wife: director of …", "owner of the premises (…)"."""
    whole = "; ".join(part.strip() for part in _SENTENCES.split(_unnumbered(text)) if part.strip())
    parts = (clause for part in _split(whole) for clause in _unbracketed(part))
    return tuple(clause for part in parts for clause in own_and_beside(part)) or (text,)


def _unnumbered(text: str) -> str:
    """A list with its numbers ("1. … 2. …", "(a) … (b) …") as one with line ends. Numbers that do not count on from the first are none."""
    found = list(_NUMBER.finditer(text))
    count = len(found)
    if count < 2 or text[: found[0].start()].strip(" :-–"):
        return text
    said = [each[1] for each in found]
    rows = ([str(n) for n in range(1, count + 1)], list("abcdefghij"[:count]), list(_ROMAN[:count]))
    return _NUMBER.sub("\n", text) if said in rows else text


def _split(text: str) -> Iterator[str]:
    read = affirmed(_BRACKET.sub(_unless_own, text))
    said = "".join(_LEFT_OUT if now == " " != was else now for was, now in zip(text, read, strict=True))
    inside = [found.span() for found in _BRACKET.finditer(text)]
    joints = [one for one in _JOINT.finditer(said) if one.start() and not any(a < one.start() < b for a, b in inside)]
    if len(joints) > _MOST_JOINTS:
        joints = [one for one in joints if ";" in one[0]]
    begin, carried = 0, _Opening()
    for number, joint in enumerate(joints):
        head = _said(carried, said[begin : joint.start()])
        following = [each.start() for each in joints[number + 1 :]]
        until = next((each.start() for each in joints[number + 1 :] if ";" in each[0]), len(said))
        atom, rest = said[joint.end() : (following or [len(said)])[0]], said[joint.end() : until]
        if not head.strip(f" {_LEFT_OUT}") or not rest.strip(f" {_LEFT_OUT}"):
            continue
        opening = _opening(head, atom, rest, joint[0].strip(), text[begin : joint.start()])
        if opening:
            yield _said(carried._replace(where=carried.where or opening.also), text[begin : joint.start()].strip())
            begin, carried = joint.end(), opening
    yield _said(carried, text[begin:].strip())


def _unless_own(found: "re.Match[str]") -> str:
    """A bracket is read with what stands before it ("GP (Stock Surgery)"), but for one that speaks of somebody else."""
    return " " * len(found[0]) if read_interest(found[1]).via else found[0]


def _said(carried: _Opening, text: str) -> str:
    whose = "my partner" if carried.whose == "partner" else carried.whose
    led = f"{whose}: {text}" if whose else text
    return f"{led} ({carried.where})" if carried.where else led


def _unbracketed(clause: str) -> Iterator[str]:
    """A clause, and what its brackets declare on their own: "Partner, X (wife: receptionist at Y)"."""
    bare = _BRACKET.sub("", clause)
    apart = []
    for found in _BRACKET.finditer(clause):
        if opening := _opening(bare, found[1], found[1], "(", bare):
            apart.append(_said(opening, found[1].strip()))
            clause = clause.replace(found[0], "", 1)
    yield clause
    yield from apart


def _opening(head: str, atom: str, rest: str, joint: str, as_written: str) -> _Opening | None:
    """Whether a clause begins with `rest`, of which `atom` is what stands before the next joint, after `head`; None where it goes on."""
    if _ALONE.fullmatch(head):
        return None  # "Self and spouse: shares in …"
    small = as_written.islower()
    before, following = Part.of(head, small=small), Part.of(rest, small=small)
    other = following.names_other_than(before)
    where = "" if following.named else before.where
    if ";" in joint and following.states and mentions(rest) and not _dates_it(before, following):
        return _Opening(_carried_by_pronoun(before, rest), where if _THERE.search(rest) else "")
    if joint.lower() == "whose" and following.reading.via:
        return _Opening("", where)
    if joint.lower().endswith("who") and before.is_whole and (told := _NAMED_LAST.search(head)):
        declares = following.named or following.reading.role is not Role.UNKNOWN
        return _Opening(told[1].lower(), where) if declares else None  # "with my wife, who is a partner at …"
    if SELF.match(rest) or _RELATIVE.match(rest):
        return _of_somebody(before, following, where, other=other)
    goes_on = joint == "and" or not before.is_over or following.is_over
    # "my wife was … until 2016, partner at …" is perhaps the person's own; "…, is now partner at …" is not
    whose = before.reading.via if goes_on or _THIRD.match(rest) else ""
    if _STATUS.fullmatch(head) and ";" not in joint:
        return None
    if before.is_over and before.named and not following.named and following.states and _SINCE_THEN.search(atom):
        return _Opening(whose, where)  # "resigned partnership 2024, salaried since"
    if _NOW.match(atom):
        return _Opening(whose, where) if _goes_on(before, following, other=other) else None
    led = _BEFORE.match(atom)
    if led and joint == "(" and following.reading.role is Role.UNKNOWN and following.reading.ended_on is None:
        return None  # "Osterleigh Surgery (formerly The Mill)" is called so no more
    short = Part.of(atom[led.end() :] if led else atom, small=small)
    if led or (short.is_over and any(is_sure(one) and stands_late(one, atom) for one in short.named)):
        is_other = before.is_whole and not before.is_over and short.names_other_than(before)
        return _Opening(whose) if is_other else None
    if joint in _DASHES and not short.named and following.named and is_told_behind(following.named[0], rest):
        return None  # "GP at Mill Lane Surgery - salaried, Fern House Surgery - partner": each name leads its role
    if _starts_with_role(rest, following, joint):
        return _with_role(before, following, _Opening(whose, where), joint, as_written, other=other)
    if _is_next_of_a_list(before, following):
        return _Opening(whose)
    begun = short.reading.arose_on and not short.is_over and any(map(is_sure, short.named))
    return _Opening(whose) if before.is_over and begun and other else None


def _is_next_of_a_list(before: Part, following: Part) -> bool:
    """ "Mill Lane Surgery - salaried GP, Fern House Surgery - partner": each name leads its role."""
    declares = before.is_whole or (before.is_over and bool(before.named))
    if not declares or not following.named:
        return False
    first, name = before.named[0], following.named[0]
    if not is_sure(name) and "(" not in following.text[name.end : name.end + 2]:
        return False
    opens = before.is_over or not stands_late(first, before.text) or is_told_behind(first, before.text)
    led = _AT.match(following.text)
    late = stands_late(name, following.text) and (not led or name.start != led.end())
    return opens and not late and is_told_behind(name, following.text)


def _dates_it(before: Part, following: Part) -> bool:
    """ "Retired 2015; formerly partner at …": the day belongs to what follows."""
    return before.is_over and not before.named and following.reading.has_ended and following.reading.ended_on is None


def _carried_by_pronoun(before: Part, rest: str) -> str:
    return before.reading.via if _THEY.match(rest) else ""


def _of_somebody(before: Part, following: Part, where: str, *, other: bool) -> _Opening | None:
    """A clause that says whose it is, after one that declares something, or that names another organisation."""
    declares = bool(following.named) or following.reading.role is not Role.UNKNOWN
    if before.is_whole and declares:
        return _Opening("", where)
    apart = other and (before.named or before.is_over) and any(map(is_sure, following.named))
    return _Opening() if apart else None


def _goes_on(before: Part, following: Part, *, other: bool) -> bool:
    states_role = following.reading.role is not Role.UNKNOWN
    if before.is_whole or (before.is_over and before.named):
        sure = any(map(is_sure, following.named))
        return (other and (sure or states_role)) or (
            states_role and (before.is_over or _is_of_another_kind(before, following))
        )
    return before.is_over and bool(following.named) and not following.is_over


def _with_role(
    before: Part, following: Part, opening: _Opening, joint: str, as_written: str, *, other: bool
) -> _Opening | None:
    """A clause that begins with a role. "Formerly a locum at X and a partner at Y" goes on; after a comma nobody knows, and it counts."""
    if not before.is_whole:
        if joint in _JOINING and following.named and before.has_post and _is_of_another_kind(before, following):
            return opening._replace(also=following.where)
        alone = before.is_over and following.named and not following.is_over and (other or not before.named)
        return _Opening() if alone else None
    if not other and following.named:
        return None if not _is_of_another_kind(before, following) else opening
    if following.named:
        is_led = joint == "and" and _LED_BY_BEFORE.match(as_written) and before.reading.ended_on is None
        return None if is_led else opening
    differs = _is_of_another_kind(before, following) or (before.is_over and not following.is_over)
    differs = differs or (_gains(following) and not _gains(before))
    return opening if differs and before.reading.role is not Role.UNKNOWN else None


def _gains(part: Part) -> bool:
    """Whether it says an own contract: "salaried GP at …; partner since 2024" are two interests."""
    return part.reading.role.shares_the_gain and part.reading.role is not Role.UNKNOWN


def _is_of_another_kind(before: Part, following: Part) -> bool:
    """Whoever owns the building beside a post has two interests, and they are weighed apart."""
    return (before.reading.role is Role.LANDLORD) is not (following.reading.role is Role.LANDLORD)


def _starts_with_role(rest: str, following: Part, joint: str) -> bool:
    """Whether a role stands first, and is no part of a name ("Hope and Manager House")."""
    little = _LITTLE.match(rest)
    begin = little.end() if little else 0
    role = role_starts(rest, begin)
    if role is None:
        return False
    is_written_small = not rest[begin : begin + 1].isupper() or joint.lower() not in ("and", "&")
    leads = _LEADS.match(rest[role:].lstrip()) or _LED_TO.search(rest[begin:role])
    return is_written_small or bool(leads) or not following.named
