"""What a row says by the kind of its declaration: that there is nothing, that nothing changed, or of what kind the interest is. Pure."""

import re
from collections.abc import Mapping

from coi.registers.interests.vocabulary import InterestSubtype
from coi.screening.cells import is_ticked
from coi.screening.interest_text import is_nil

_S = InterestSubtype
_KINDS = (
    (_S.SPONSORED_EVENT, r"sponsored event"),
    (_S.SPONSORED_POST, r"sponsored post"),
    (_S.RESEARCH, r"sponsored research|^research\b"),
    (_S.PRIVATE_PRACTICE, r"private practice"),
    (_S.OUTSIDE_EMPLOYMENT, r"(?:outside|secondary|other) (?:or secondary )?employment"),
    (_S.SHAREHOLDING, r"share ?holding|^shares\b|^ownership"),
    (_S.PATENT, r"patent|intellectual property"),
    (_S.DONATION, r"donation"),
    (_S.LOYALTY, r"loyalty"),
    (_S.DIRECTORSHIP, r"^directorships?$"),
)
"""What systems for declarations call the kinds of RULEBOOK §5.3."""
_NO_CHANGE = re.compile(r"^\W*(?:no changes?|as (?:before|above|previously)|unchanged)\b.{0,20}$", re.IGNORECASE)
_DECISION_MAKER = re.compile(r"^\W*decision.?mak(?:er|ing)s?\b.{0,20}$", re.IGNORECASE)
_ANY_STATEMENT = re.compile(r"^(?:tick |declaration )?statement$", re.IGNORECASE)
_HOLDING = re.compile(r"^\W*(?:£ ?)?\d[\d,.]*\s*%?\W*$")


def kind_in(cells: Mapping[str, str]) -> InterestSubtype | None:
    """Returns the kind of interest that a row gives for its type; None where it gives none. Source: RULEBOOK §5.3."""
    told = cells.get("types", "").strip().lower()
    return next((kind for kind, pattern in _KINDS if re.search(pattern, told)), None)


def holding_in(text: str, cells: Mapping[str, str]) -> str:
    """Returns a text that says no more than how much somebody holds of an organisation which stands beside it: "5%". Empty for others."""
    named = any(re.search("[^\\W\\d_]", cells.get(each, "")) for each in ("organisation", "nature", "text"))
    holds = "%" in text or kind_in(cells) is InterestSubtype.SHAREHOLDING
    return " ".join(text.split()) if named and holds and _HOLDING.match(text) else ""


def says_no_change(cells: Mapping[str, str]) -> bool:
    """Whether a row says that what was declared before is still right, and nothing else."""
    told = [cells.get(each, "") for each in ("text", "nature", "statement", "types")]
    said = [each for each in told[:2] if not is_nil(each)]
    return all(map(_NO_CHANGE.match, said)) and any(map(_NO_CHANGE.match, told))


def says_decision_maker(cells: Mapping[str, str]) -> bool:
    """Whether a row only says that somebody takes decisions, which is no interest."""
    told = cells.get("text", "")
    plain = is_nil(told) or is_ticked(told) or bool(_DECISION_MAKER.match(told))
    return plain and bool(_DECISION_MAKER.match(cells.get("types", "")))


def states_nil(cells: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Returns the words by which a row without an interest says that there is none: a statement, a tick under one ("Nil return", "I have no
    interests to declare"), its type."""
    for meaning in ("statement", "types", "pecuniary"):
        said, heading = cells.get(meaning, ""), headings.get(meaning, "").strip(" *:?")
        is_asked = "nil" in heading.lower() or (meaning == "statement" and not _ANY_STATEMENT.match(heading))
        if said and ((is_nil(said) and not (is_asked and _NO.match(said))) or (is_ticked(said) and is_asked)):
            return said
    return ""


_NO = re.compile(r"^\W*no\W*$", re.IGNORECASE)  # to "I have no interests to declare": it says the opposite
