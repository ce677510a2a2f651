"""Which pay bands make somebody a decision-maker by the guidance, as a payroll writes them. Pure."""

import re

BANDS = ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9", "vsm")
"""From the lowest to the highest: Agenda for Change, and above it very senior managers."""
_VSM = re.compile(r"\bvsm\b|\bvery senior manage|\besm\b|\bexecutive (?:and )?senior manage", re.IGNORECASE)
_EIGHT = re.compile(r"(?<!\d)0?8\W*(?:range\W*)?([a-d])(?![a-z])", re.IGNORECASE)
_OTHER = re.compile(r"\bband\W*0?([1-79])(?!\d)", re.IGNORECASE)
_ALONE = re.compile(r"\W*(?:afc|agenda for change|b|bd|grade)?\W*0?([1-79])\W*", re.IGNORECASE)
_PAY_SCALE = re.compile(r"\bX[NR](0[1-9]|1[0-2])\b", re.IGNORECASE)
"""The national pay scales have a number for each band: XR11 is band 8d, XR12 band 9."""


def band_in(text: str) -> str:
    """Returns the band that a cell of a payroll says: "8d" for "Review Body Band 8 - Range D", "NHS|XR11|…", "AfC 8D"; "" where it says
    none, as the grades of doctors and dentists do."""
    if _VSM.search(text):
        return "vsm"
    if found := _EIGHT.search(text):
        return f"8{found[1].lower()}"
    if found := _OTHER.search(text) or _ALONE.fullmatch(text):
        return found[1]
    if found := _PAY_SCALE.search(text):
        return BANDS[int(found[1]) - 1]
    return ""


def decides_because(text: str, lowest: str | None) -> str:
    """Returns why a cell with a pay band makes one ask whether somebody takes part in decisions: it is `lowest` or above. "" where it does
    not, or the rules name no band. Rule: REG-02; RULEBOOK §4."""
    band = band_in(text)
    if lowest is None or not band or BANDS.index(band) < BANDS.index(lowest):
        return ""
    return "Very senior manager" if band == "vsm" else f"Pay band {band}"
