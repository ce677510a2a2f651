"""Addresses as the Organisation Data Service writes them: five loose lines. Pure."""

import re
from collections.abc import Sequence


def town_of(lines: Sequence[str]) -> str:
    """Returns the town in the five address lines of an ODS row: the fourth where the address is long, else the last
    line that is no county. Empty where there is none."""
    filled = [part.strip() for part in lines if part.strip()]
    if lines[3].strip() and not lines[4].strip() and not _is_county(lines[3].strip()):
        return lines[3].strip()
    return next((part for part in reversed(filled) if not _is_county(part)), "")


def _is_county(text: str) -> bool:
    return text.upper().endswith("SHIRE") or _COUNTIES.fullmatch(text.upper()) is not None


_COUNTIES = re.compile(
    "AVON|BUCKS|CAMBS|CLEVELAND|CLWYD|CO DURHAM|CO\\. DURHAM|CORNWALL|COUNTY DURHAM|CUMBRIA|DEVON|DORSET|DYFED|"
    "EAST SUSSEX|ESSEX|GLOS|GWENT|GWYNEDD|HANTS|HERTS|HUMBERSIDE|ISLE OF WIGHT|KENT|LANCS|LEICS|LINCS|MERSEYSIDE|"
    "MID GLAMORGAN|MIDDLESEX|MIDDX|NORFOLK|NORTHANTS|NORTHUMBERLAND|NOTTS|OXON|POWYS|RUTLAND|SOMERSET|"
    "SOUTH GLAMORGAN|STAFFS|SUFFOLK|SURREY|TYNE AND WEAR|TYNE & WEAR|WALES|WEST GLAMORGAN|WEST MIDLANDS|"
    "WEST SUSSEX|WILTS|WORCS"
)
