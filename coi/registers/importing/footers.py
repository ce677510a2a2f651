"""The foot of a form under its table: where it is signed and dated, and what it says of consent. Pure."""

import re
from collections.abc import Iterator, Sequence

Row = Sequence[str]
_SIGNED = re.compile(
    r"^\W*(?:(?:counter-?)?signed|signature|(?:line|senior) manager\b[^:]{0,30}|for office use|received|entered on|please return"
    r"|return (?:this|to))\b[^:]{0,40}(?::|\W*$)|^\W*date(?: signed| received)?\s*:|^\W*print(?:ed)? name\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^\W*(?:name|position|date|role|job title)\s*:", re.IGNORECASE)  # once somebody has signed
_CONSENT = re.compile(r"^\W*(?:i (?:do (?:not )?)?)?(?:give )?consent\b(?!.*(?:fraud|verif))", re.IGNORECASE)


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
    """Returns the words about consent that stand beside the table of a form, and what is said to them; both empty where there are none."""
    return next(_consents(rows), ("", ""))


def _consents(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        filled = list(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
        if filled and _CONSENT.match(filled[0]):
            label, _, after = filled[0].partition(":")
            said = " ".join(part for part in (after.strip(), *filled[1:]) if part)
            yield (label.strip(), said) if said else ("", label.strip())
