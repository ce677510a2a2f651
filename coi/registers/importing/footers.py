"""The foot of a form under its table: where it is signed and dated, and what it says of consent. Pure."""

import re
from collections.abc import Iterator, Sequence

Row = Sequence[str]
_LABEL = (
    r"(?:[\s(,/&-]+(?:by|of|on|for|the|and|behalf|date|dated|name|signed|signature|declarant|employee|individual|member|applicant|staff|line"
    r"|manager|officer|register))*"
)
_SIGNED = re.compile(
    rf"^\W*(?:(?:counter-?)?signed|signature|(?:line|senior) manager|received|entered on)\b(?:[^:]{{0,40}}:|{_LABEL}\W*$)"
    r"|^\W*(?:for office use|please return|return (?:this|to))\b[^:]{0,40}(?::|\W*$)"
    r"|^\W*date(?: signed| received)?\s*:|^\W*print(?:ed)? name\b",
    re.IGNORECASE,
)
"""What is signed ends with a colon or stands alone: an interest in "Signature Care Ltd" does neither."""
_BESIDE = re.compile(r"^\W*(?:name|position|date|role|job title)\s*:", re.IGNORECASE)  # once somebody has signed
_CONSENT = re.compile(r"^\W*(?:i (?:do (?:not )?)?)?(?:give )?consent\b(?!.*(?:fraud|verif))", re.IGNORECASE)

_REFUSES = re.compile(r"\bnot\b|n.t\b", re.IGNORECASE)
_EMPTY_BOX = re.compile(r"[\s☐□▢○◯]*|\[\s*\]|\(\s*\)")


def foot_of(rows: Sequence[Row], header: int) -> dict[int, str]:
    """Returns the rows under a table that are the foot of its form, with how each begins: the last ones, of which each is signed, dated or
    about consent. A row that says anything else ends the foot upwards: it is an interest."""
    found: dict[int, str] = {}
    for number in range(len(rows) - 1, header, -1):
        filled = [cell.strip() for cell in rows[number] if cell.strip()]
        if not filled:
            continue
        if len(set(filled)) > 4 or not (
            _SIGNED.match(filled[0]) or _BESIDE.match(filled[0]) or _CONSENT.match(filled[0])
        ):
            break
        found[number] = filled[0]
    is_signed = any(_SIGNED.match(text) or _CONSENT.match(text) for text in found.values())
    return dict(sorted(found.items())) if is_signed else {}


def consent_in(rows: Sequence[Row]) -> tuple[str, str]:
    """Returns the words about consent that stand beside the table of a form, and what is said to them; both empty where there are none, or
    where nobody chose between two. Of two lines, "I consent" and "I do not consent", that which is ticked counts; of two that are ticked
    the one that does not consent. Rule: REG-06; RULEBOOK §6.4."""
    found = [(label, said) for label, said in _consents(rows) if not _EMPTY_BOX.fullmatch(said)]
    answered = sorted((each for each in found if each[0]), key=lambda each: not _REFUSES.search(each[0]))
    if answered:
        return answered[0]
    return found[0] if len({bool(_REFUSES.search(said)) for _, said in found}) == 1 else ("", "")


def _consents(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        filled = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
        if filled and _CONSENT.match(filled[0]):
            label, _, after = filled[0].partition(":")
            said = " ".join(part for part in (after.strip(), *filled[1:]) if part)
            yield (label.strip(), said) if said else ("", label.strip())
