"""Rows of a register → interests with organisations: each clause matched, read, and given its row's dates and ticks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from coi.screening.clauses import clauses_of
from coi.screening.columned import with_codes
from coi.screening.companies import as_written, uncoded_names
from coi.screening.denials import affirmed
from coi.screening.interest_text import InterestReading, is_nil, read_date, read_interest
from coi.screening.layouts import RegisterRow
from coi.screening.matching_vocabulary import Decision, MatchCandidate, MatchResult, ReferenceOrganisation
from coi.screening.names import NETWORK_WORDS, company_key, core, name_words
from coi.screening.noise import HEADS, POSTCODE
from coi.screening.segments import mentions
from coi.screening.terms import says_dormant
from coi.screening.unnamed import says_a_code
from coi.screening.unsettled import is_family, key_of, meant_by
from coi.screening.vocabulary import Directness, InterestFact, Role

_SCHEMES = {"des", "les", "lis", "guidance", "operational", "steering"}  # "PCN DES" is nobody
_PAST_FIRST = re.compile(r"\W*(?:former(?:ly)?|ex|previous(?:ly)?|past|retired|was)\b", re.IGNORECASE)
_GIFTS = re.compile(
    r"\b(?:gifts?|hospitality|dinner|lunch(?:eon)?|meals?|tickets?|hamper|honorari(?:um|a)|speakers? fees?|"
    r"conference (?:fee|place|travel))\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:annual|yearly|monthly|weekly|quarterly|regular|regularly|ongoing|each|every|per)\b", re.IGNORECASE
)
_SAID_BEFORE = re.compile(
    r"^\W*(?:(?:as|see|per|refer(?: to)?)\b.{0,30}\b(?:previous(?:ly)?|above|below|before|earlier|last|(?:19|20)\d\d|declar\w+|"
    r"attached|register|form)\b|no changes?\b|unchanged\b).{0,40}$",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?i:(?:GP|practice|general practice|medical|surgery) partner|salaried|principal|practice manager)\b|"
    r"\b(?i:(?:GPs?|partner|nurse|doctor|receptionist)\s+(?:at|in|of|near)\s+(?:\w+\s+){0,3}?(?:practice|surgery|health centre))\b|"
    r"\b(?i:GPs?|locum)\s+(?i:at|in|near)\s+[A-Z]"
)
_WITHOUT_ONE = re.compile(r"\b(?:retired|law|legal|dental|veterinary|accountan\w+|architect\w*|firm)\b", re.IGNORECASE)
_HOUSES = {"centre", "group", "partnership", "clinic"}  # "Medical Group" is a practice, "Medical School" none


class Finder(Protocol):
    """Whoever turns text into organisations: the matcher, or nobody."""

    def match(self, text: str, area: str = "") -> MatchResult:
        """Returns the organisations that `text` names."""
        ...


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A declared text whose organisation nobody knows, for a person to look at; empty where somebody stands there with nothing
    entered, which is no nil return."""

    row: int
    person: str
    text: str
    decision: Decision
    candidates: tuple[str, ...] = ()
    line: int = 0


@dataclass
class Declared:
    """What a register says: the interests, the texts left over, how many rows declare nothing."""

    interests: list[InterestFact] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    nil_rows: int = 0
    nobody: int = 0  # texts that name no organisation
    whys: dict[tuple[str, str], str] = field(default_factory=dict)  # key of an interest, organisation → why it is meant


def read_declared(
    rows: Iterable[RegisterRow],
    finder: Finder | None,
    area: str,
    others: Sequence[str] = (),
    organisations: Mapping[str, ReferenceOrganisation] | None = None,
) -> Declared:
    """Returns the interests in the rows of a register of the commissioner `area`. Where nobody says whose register it is,
    `others`, the areas of the agenda, may tell. A column of codes is read where `organisations` know them. Without a finder,
    organisations are known by their written names alone. The key of an interest is its row's number, with a letter where a row holds
    several."""
    found = Declared()
    known: dict[tuple[str, str], MatchResult | None] = {}
    for row in rows:
        if row.person and not row.text.strip():
            found.unmatched.append(Unmatched(row.number, row.person, "", Decision.NONE, line=row.line))
            continue
        if is_nil(affirmed(row.text)):
            found.nil_rows += 1
            continue
        clauses = clauses_of(row.text)
        where = row.area or area
        for clause in clauses:
            if (clause, where) not in known:
                known[clause, where] = match_text(finder, clause, where, others) if finder else None
        results = with_codes([known[clause, where] for clause in clauses], row.codes, organisations or {})
        for number, (clause, result) in enumerate(zip(clauses, results, strict=True)):
            key = str(row.number) if number == 0 else f"{row.number}{chr(96 + min(number, 26))}"
            _add(found, replace(row, text=clause), key, result)
    return found


def match_text(finder: Finder, text: str, area: str, others: Sequence[str]) -> MatchResult:
    """Returns the organisations that a text names in the register of `area`; where that is unknown, one of the `others` may tell."""
    result = finder.match(text, area)
    if result.decision is Decision.AMBIGUOUS and not area:
        tried = [finder.match(text, other) for other in others]
        told = [one for one in tried if one.decision is Decision.MATCHED]
        if len({tuple(candidate.code for candidate in one.organisations) for one in told}) == 1:
            return told[0]
    return result


def _add(found: Declared, row: RegisterRow, key: str, result: MatchResult | None) -> None:
    said = affirmed(row.text)
    keys, names = _organisations(said, result)
    if result is not None and result.decision is Decision.AMBIGUOUS:
        candidates = tuple(f"{one.name} ({one.code})" for one in result.organisations)
        found.unmatched.append(Unmatched(row.number, row.person, row.text, Decision.AMBIGUOUS, candidates, row.line))
    elif not keys:
        found.nobody += 1
        typed = any(mention.has_type and not mention.is_person for mention in mentions(said))
        if (
            typed or _says_post(said) or _SAID_BEFORE.match(said)
        ):  # "as previously declared": somebody has to look there
            found.unmatched.append(Unmatched(row.number, row.person, row.text, Decision.NONE, (), row.line))
    elif result is not None and result.decision is Decision.NONE and any(map(_is_practice, names)):
        found.unmatched.append(Unmatched(row.number, row.person, row.text, Decision.NONE, (), row.line))
    is_ambiguous = result is not None and result.decision is Decision.AMBIGUOUS
    reading = read_interest(said)
    if reading.ended_on and len(keys) > 1 and not is_ambiguous and not _PAST_FIRST.match(said):
        reading = replace(reading, has_ended=True)  # of which of them that is the end, nobody knows
    fact = _fact(row, key, keys, names, reading)
    if result is not None and is_ambiguous and not keys:
        fact = replace(fact, one_of=meant_by(result))
    found.interests.append(fact)
    if result is not None and result.decision is not Decision.NONE:
        found.whys.update({(key, key_of(each)): each.why for each in result.organisations})


def _says_post(said: str) -> bool:
    """Whether somebody says that they are in a practice, and not in which, or gives a code that is none."""
    return says_a_code(said) or (bool(_POST.search(said)) and not _WITHOUT_ONE.search(said))


def _is_practice(name: str) -> bool:
    """Whether a name is one of a practice: the reference data knows every practice, so that one which it does not know is spelt wrongly."""
    said = set(name_words(name))
    return bool(said & {"surgery", "practice"}) or bool(said & {"medical", "health"} and said & _HOUSES)


def _organisations(text: str, result: MatchResult | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The matched organisations; else, unless it is ambiguous, the names as written, which an agenda may spell alike."""
    if result is not None and result.decision is not Decision.NONE:
        if result.decision is Decision.AMBIGUOUS:
            return _family(result.organisations)
        return tuple(map(key_of, result.organisations)), tuple(one.name for one in result.organisations)
    return written_names(text)


def _family(equals: Sequence[MatchCandidate]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Networks of one name count, and say so; other equals are nobody's."""
    if not is_family(equals):
        return (), ()
    said = f"one of {len(equals)} networks that the text may mean"
    return tuple(one.code or "" for one in equals), tuple(f"{one.name} ({said})" for one in equals)


def written_names(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the keys and spellings of whatever a text names with a type word, for lack of reference data."""
    found: dict[str, str] = {}
    text = POSTCODE.sub(lambda code: ";" * len(code[0]), text)
    for mention in mentions(text):
        name = mention.raw if text.isupper() or text.islower() else as_written(mention.raw)
        listed = name_words(name)
        typed = [word for word in listed if word in HEADS and word not in NETWORK_WORDS]
        if (
            typed
            and core(listed)
            and not (mention.is_foreign or mention.is_person)
            and not _SCHEMES.intersection(listed)
        ):
            found.setdefault(company_key(name), name)
    for name in uncoded_names(text, mentions(text), ()):
        found.setdefault(company_key(name), name)
    return tuple(found), tuple(found.values())


def _given(row: RegisterRow, reading: InterestReading) -> tuple[date | None, date | None]:
    """The first and the last day on which a gift, hospitality or a fee that came once can have been received: the row's, else the one in
    its words. Rule: GIFT-02; RULEBOOK §24 F5."""
    once = row.ended_on is None or row.ended_on == row.arose_on
    if not once or reading.role not in (Role.SPONSORED, Role.UNKNOWN) or not _GIFTS.search(row.text):
        return None, None
    if row.arose_on:
        return row.arose_on, row.arose_on
    goes_on = reading.arose_on or reading.ended_on or _AGAIN.search(row.text)
    return (None, None) if goes_on else (read_date(row.text), read_date(row.text, at_end=True))


def _fact(
    row: RegisterRow, key: str, keys: tuple[str, ...], names: tuple[str, ...], reading: InterestReading
) -> InterestFact:
    indirect = row.directness is Directness.INDIRECT or (row.directness is None and bool(reading.via))
    ended = row.ended_on or reading.ended_on
    first, received = _given(row, reading)
    return InterestFact(
        key=key,
        person=row.person,
        organisations=keys,
        organisation_names=names,
        interest_type=row.interest_type or reading.type_hint,
        directness=Directness.INDIRECT if indirect else Directness.DIRECT,
        via=(reading.via or "close associate") if indirect else "",
        role=Role.SPONSORED if received else reading.role,
        arose_on=row.arose_on or reading.arose_on or first,
        ended_on=ended,
        is_pursuing=reading.is_pursuing,
        has_ended=reading.has_ended and row.ended_on is None,
        text=row.text,
        received_on=received,
        is_dormant=says_dormant(row.text),
    )
