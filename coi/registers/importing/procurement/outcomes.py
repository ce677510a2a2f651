"""What was decided, by the column "existing or new" of a register of procurement decisions. Pure."""

import re

from coi.registers.importing.procurement.clauses import clauses_of, is_as_if, is_denied
from coi.registers.importing.procurement.telling import is_blank
from coi.registers.procurement.vocabulary import Outcome

_WORD = r"(?:contract|service|agreement|procurement|tender|award|competition|process)"
_AWARD = r"(?:(?:an?|the|this|new|any|direct|contract|to|of|be|make|making|being) )*award\w*"
_ENDS = r"(?=$|\W*$)"
_WHAT_FOLLOWS = (  # of a word that may be another's adjective: "extended hours", "varied caseload"
    rf"(?=\W*$| (?:{_WORD}s?|to|of|for|by|until|till|from|in|on|at|under|as|with|agreed|approved|granted|awarded|letter|notice|order"
    r"|number|no|period|\d+\S*|a|an|the|this|existing|current|again|further)\b)"
)
_NO_AWARD = (
    rf"not (?:to )?(?:been )?(?:be )?award\w*|(?:no|none) (?:{_WORD} )?(?:(?:was|were|has been|is) )?(?:made|awarded|given)\b"
    rf"|(?:no award|no contract){_ENDS}"
)
_ABANDONED = (
    r"abandon(?:ed|ment)\b"
    r"|(?:procurement|tender|competition|process) (?:(?:was|is|has been|now) )*(?:abandoned|cancelled|withdrawn)\b"
)
_OUTCOMES = (
    (Outcome.NOT_AWARDED, re.compile(_NO_AWARD)),
    (Outcome.ABANDONED, re.compile(_ABANDONED)),
    (Outcome.INTENDED, re.compile(rf"(?:intention|intend(?:s|ed|ing)?)(?: {_AWARD}|{_ENDS})")),
    (Outcome.VARIED, re.compile(rf"(?:vari(?:ation|ed)|modifi(?:ed|cation)|cvn?){_WHAT_FOLLOWS}")),
    (Outcome.EXTENDED, re.compile(rf"(?:exten(?:ded|sion|d)|renew(?:ed|al|s)?|roll(?:ed)?[ -]?over){_WHAT_FOLLOWS}")),
)
"""What opens a part of a cell that says what was decided."""
_ANYWHERE = (
    (Outcome.NOT_AWARDED, re.compile(r"\b(?:not|no|none)\b.*\baward")),
    (Outcome.ABANDONED, re.compile(r"\babandon|\bcancelled")),
    (Outcome.INTENDED, re.compile(rf"\bintention\b|\bintend\w* {_AWARD}")),
    (Outcome.VARIED, re.compile(r"\bvari(?:ation|ed)\b|\bmodif")),
    (Outcome.EXTENDED, re.compile(r"\bexten(?:d|sion)|\brenew|\broll(?:ed)?[ -]?over")),
)
_OF_A_TERM = frozenset({Outcome.EXTENDED, Outcome.VARIED})
"""What may be agreed for later in a new contract."""
_OPENERS = re.compile(
    rf"(?:the|an?|this|our|its|existing|current|{_WORD}|provider|decision|decided|agreed|approved|notice of|of|to|we|was|were|is|are|has"
    r"|have|been|being|be|it|already|formally|material|materially|further|temporary|interim|short|term|final|first|second|third|annual|ccg|icb"
    r"|body|\d+|one|two|three|four|five|six|nine|twelve|eighteen|years?|months?|weeks?|yr|mth)s?\b\W*"
)
_NEW = re.compile(r"(?:an? |the |this (?:is an? )?)?new\b")
_NEW_CONTRACT = re.compile(
    r"(?:an? )?new (?:contract|procurement|award|agreement)\b"
)  # "existing service, new provider" may be either
_FOLLOWING = re.compile(
    r"\b(?:for|with|of|from|at|by|in|on|starting|commencing|covering|including|until|between|replac\w+|following|\d)\b"
)
_EITHER = re.compile(r"\bnew ?(?:/|or|and|&) ?existing|existing ?(?:/|or|and|&) ?new", re.IGNORECASE)
_BARE = re.compile(
    r"\W*(?:new|existing|extended|extension|variation|varied|renewal|abandoned|not awarded)(?: (?:contract|procurement|service|award))?\W*",
    re.IGNORECASE,
)


def outcome_in(cell: str, *, has_supplier: bool) -> tuple[Outcome | None, str]:
    """Returns what was decided by the column "existing or new", and what it says besides. Only what opens a part of the cell counts, and
    only where no other part says otherwise: an option to extend is no extension. "Existing" alone may be an extension or a variation:
    then nothing is taken. Rule: PROC-03; RULEBOOK §17.8."""
    if is_blank(cell):
        return None, ""
    found = None if _EITHER.search(cell) else _decided(clauses_of(cell))
    if found is Outcome.AWARDED and not has_supplier:
        found = None
    return found, "" if found and _BARE.fullmatch(cell) else cell


def _decided(clauses: list[str]) -> Outcome | None:
    told = [_opened(each, is_first=not number) for number, each in enumerate(clauses)]
    found = {each for each in told if each is not None}
    if len(found) != 1:
        return None
    (outcome,) = found
    others = (clause for clause, each in zip(clauses, told, strict=True) if each is not outcome)
    return None if any(_doubts(clause, outcome) for clause in others) else outcome


def _opened(clause: str, *, is_first: bool) -> Outcome | None:
    """What a part of a cell says was decided, by what stands at its beginning."""
    if (_NEW if is_first else _NEW_CONTRACT).match(clause):
        ahead = clause[: found.start()] if (found := _FOLLOWING.search(clause)) else clause
        return None if is_denied(ahead) or is_as_if(ahead) or _says(ahead) else Outcome.AWARDED
    rest = clause
    while True:
        if (outcome := next((each for each, words in _OUTCOMES if words.match(rest)), None)) is not None:
            return outcome if _is_plain(clause, outcome) else None
        opener = _OPENERS.match(rest)
        if opener is None:
            return None
        rest = rest[opener.end() :]


def _is_plain(clause: str, outcome: Outcome) -> bool:
    """Whether a part of a cell says what was decided for certain, and nothing else."""
    if outcome is Outcome.NOT_AWARDED:
        return not is_as_if(clause)
    others = [each for each in _says(clause) if each is not outcome]
    return not others and not is_denied(clause) and not is_as_if(clause)


def _doubts(clause: str, outcome: Outcome) -> bool:
    """Whether another part of a cell leaves in doubt what was decided: it denies something, or names another end of the matter. What it
    says of a term beside a new contract does not."""
    said = set(_says(clause))
    if outcome is Outcome.AWARDED:
        return bool(said - _OF_A_TERM) or (not said and (is_denied(clause) or is_as_if(clause)))
    return bool(said - {outcome}) or is_denied(clause) or is_as_if(clause) or bool(_NEW.match(clause))


def _says(clause: str) -> list[Outcome]:
    """What a part of a cell speaks of at all."""
    return [outcome for outcome, words in _ANYWHERE if words.search(clause)]
