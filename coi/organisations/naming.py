"""How names are folded for search and order: no case, no accents, no punctuation. Pure."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "æ": "ae",
        "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i", "&": " and ", "'": "", "’": "", "‘": "", "ʼ": "", "`": "",
    }
)  # fmt: skip
_APART = re.compile(r"[^0-9a-z]+")
_POSTCODE = re.compile(r"[a-z]{1,2}[0-9][0-9a-z]?(?: ?[0-9][a-z]{2})?")


def folded(text: str) -> str:
    """Returns `text` as it is searched and sorted: "Dr O’Łęcki-Ŵyn" gives "dr olecki wyn", "A & B" gives "a and b"."""
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    return _APART.sub(" ", "".join(char for char in apart if not unicodedata.combining(char))).strip()


def postcode_prefix(text: str) -> str | None:
    """Returns a postcode, or the first half of one, in capitals without its space; None where `text` is no postcode."""
    plain = " ".join(text.casefold().split())
    return plain.replace(" ", "").upper() if _POSTCODE.fullmatch(plain) else None
