"""What a form says of consent to publication beside its table, as the cells of two columns: consent, and the reason against it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from coi.registers.importing.consenting import agrees
from coi.registers.importing.footers import CONSENT, REASONS, Row, asks_reasons, is_of_foot, states
from coi.screening.cells import is_ticked

_HOW = re.compile(r"[\[(][^\])]*\b(?:delete|applicable|appropriate|tick|circle)\b[^\])]*[\])]|\*", re.IGNORECASE)
_BOTH = re.compile(
    r"\bdo\s*(?:/|or)\s*(?:i )?(?:do )?n[o']t\b|\bdo (?:give|consent|agree)\b.*/.*\bdo not\b|\by(?:es)?\s*(?:/|or|☐|□)\s*no?\b"
    r"|\bconsent\s*(?:/|or)\s*(?:i )?do not\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\bnot\b|n.t\b|\bno consent|\b(?:object|refuse|decline|oppose|withh[eo]ld|unhappy)|\bbe (?:redacted|kept)\b"
    r"|\b(?:please|kindly)\b[^.:?]*\b(?:keep|leave|remove|omit|take|redact|anonymi[sz]e)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(r"^\W*i (?:hereby |do |freely |fully |am )*(?:give|consent|agree|happy|content)\b", re.IGNORECASE)
_EMPTY_BOX = re.compile(r"[\s☐□▢○◯]*|\[\s*\]|\(\s*\)")
_BOX = r"[☐□▢○◯☒☑✓✔✗✘]"
_UNTICKED = r"[☐□▢○◯]"
_CHOICE = r"(?:yes|no|i do not(?: consent)?|i (?:do|consent))\b"


_OFFERED = re.compile(rf"{_BOX}?\s*yes\s*{_BOX}?\s*(?:/|or)?\s*{_BOX}?\s*no\s*{_BOX}?\W*", re.IGNORECASE)


_ANSWERS = re.compile(
    r"\W*(?:yes|no|y|n|refused|declined|agreed|granted|i (?:do|agree|consent|refuse|decline))\b", re.IGNORECASE
)
"""How an answer begins that stands behind its question in the same cell."""


class _Stance(Enum):
    """What a sentence of consent says by itself, before anybody answers it."""

    OPEN = auto()  # it offers both
    REFUSES = auto()
    CONSENTS = auto()
    ASKS = auto()  # it only names what is asked


@dataclass(frozen=True)
class Consent:
    """What a form says of consent: under which `label`, what was `said`, and `why` it is not given. All empty where it says nothing."""

    label: str = ""
    said: str = ""
    why: str = ""


@dataclass(frozen=True)
class _Asked:
    """One line of a form about consent: its sentence (`label`), what was entered beside it, and the reasons."""

    stance: _Stance
    label: str
    said: str = ""
    why: str = ""


def consent_in(rows: Sequence[Row], above: Sequence[Row] = ()) -> Consent:
    """Returns what the lines beside a table say of consent. Whatever is not plainly a yes is kept in its own words, for the Guardian. Of
    two lines, "I consent" and "I do not consent", that which is ticked counts, of two that are ticked the one that does not consent, and
    none where nobody chose. `above`: what stands above the table. Rule: REG-06; RULEBOOK §6.4, §26 no. 15."""
    every = (*_lines(above, is_foot=False), *_lines(rows))
    lines = [each for each in every if not (each.said and _EMPTY_BOX.fullmatch(each.said))]
    answered = [each for each in lines if each.said or (each.why and each.stance is not _Stance.CONSENTS)]
    if not answered and len({each.stance for each in lines}) > 1:
        return Consent()
    found = [each for each in map(_answer, answered or lines) if each.said or each.why]
    return next((each for each in found if each.why or not agrees(each.said)), found[0] if found else Consent())


def _answer(line: _Asked) -> Consent:
    """What one line says: a sentence that was left as it is answers itself; one that offers both and was not answered stays open."""
    if line.stance is _Stance.OPEN:
        is_answered = (line.said and not is_ticked(line.said)) or agrees(line.said)
        return Consent("Consent", line.said if is_answered or line.why else line.label, line.why)
    if line.stance is _Stance.REFUSES:
        words = "" if is_ticked(line.said) or agrees(line.said) else line.said
        own = "" if "consent" in line.label.lower() else line.label  # "I object to publication of my home address"
        return Consent("Consent", "No", " ".join(part for part in (words, line.why) if part) or own)
    if line.stance is _Stance.CONSENTS:
        return Consent("Consent", "Yes" if not line.said or is_ticked(line.said) else line.said, line.why)
    return Consent(line.label or "Consent", line.said, line.why)


def _lines(rows: Sequence[Row], *, is_foot: bool = True) -> Iterator[_Asked]:
    """The lines about consent. In the foot of a form, what stands under one that nobody answered beside it answers it."""
    line: _Asked | None = None
    is_next = False  # nothing else of the foot stands between
    for row in rows:
        filled = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
        if not filled:
            continue
        at = next((number for number, cell in enumerate(filled) if CONSENT.search(cell)), None)
        if at is not None and not (line and asks_reasons(filled[0].partition(":")[0])):
            if line:
                yield line
            line, is_next = _line(filled[at:]), is_foot
        elif line and asks_reasons(filled[0].partition(":")[0]):
            line = replace(line, why=" ".join([line.why, filled[0].partition(":")[2], *filled[1:]]).strip())
        elif any(map(is_of_foot, filled)):
            is_next = False
        elif line and is_next and not (line.said or line.why):
            line = replace(line, **{"said" if line.stance in (_Stance.OPEN, _Stance.ASKS) else "why": " ".join(filled)})
    if line:
        yield line


def _line(filled: Sequence[str]) -> _Asked:
    text = _HOW.sub(" ", filled[0])
    found = CONSENT.search(text) or CONSENT.search(filled[0])
    text = " ".join(text[found.start() if found else 0 :].split())
    asks = REASONS.search(text)
    head, why = (text[: asks.start()], text[asks.end() :]) if asks else (text, "")
    sentence, *after = re.split(r"(?<=[.?!])\s+", head.strip())
    label, _, said = sentence.partition(":")
    stance, said = _stance(label), _chosen(said)
    beside, reasons = _beside(filled[1:])
    if stance is _Stance.ASKS and after and _OFFERED.fullmatch(after[0].strip()):
        said, after = ("" if beside else _chosen(after[0])), after[1:]
    elif stance is _Stance.ASKS and after and not (said or beside) and _ANSWERS.match(after[0]):
        said, after = after[0].rstrip(" ."), after[1:]
    after = [each for each in after if not states(each) and (stance is not _Stance.ASKS or said or beside)]
    told = (*after, why, *reasons)
    why = " ".join(part.strip() for part in told if part.strip())
    if asks and stance in (_Stance.REFUSES, _Stance.CONSENTS):
        why, beside = " ".join(part for part in (why, *beside) if part), []
    said = " ".join(part for part in (said, *map(_chosen, beside)) if part)
    if stance is _Stance.REFUSES and _GIVES.match(label):
        said = label  # "I give my consent, except for my address", whatever is ticked
    return _Asked(stance, label.strip(" .?"), said, why)


def _beside(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The cells beside a sentence: what answers it, and what stands after a word for reasons."""
    at = next((number for number, cell in enumerate(cells) if asks_reasons(cell.partition(":")[0])), len(cells))
    return list(cells[:at]), [*(cell.partition(":")[2] for cell in cells[at : at + 1]), *cells[at + 1 :]]


def _stance(label: str) -> _Stance:
    if _BOTH.search(label):
        return _Stance.OPEN
    if _REFUSES.search(label) or (_GIVES.match(label) and not agrees(f"yes {label}")):
        return _Stance.ASKS if re.match(r"\W*(?:please )?tick\b", label, re.IGNORECASE) else _Stance.REFUSES
    return _Stance.CONSENTS if _GIVES.match(label) else _Stance.ASKS


def _chosen(said: str) -> str:
    """What is left of boxes to tick when those that are empty are taken away: "☐ Yes ☒ No" says no, and so does "Yes ☐ No ☒"."""
    said = said.strip()
    if not re.search(_BOX, said) or not re.search(_CHOICE, said, re.IGNORECASE):
        return said
    empty = rf"{_UNTICKED}\s*{_CHOICE}" if re.match(_BOX, said) else rf"{_CHOICE}\s*{_UNTICKED}"
    left = re.sub(empty, " ", said, flags=re.IGNORECASE)
    return " ".join(re.sub(_BOX, " ", left).split())
