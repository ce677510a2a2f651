"""How wide a text is at most, about, in a sans serif face that is not at hand. Pure: for pictures, and for telling beforehand whether a
document fits, without loading the typeface that it is drawn in."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_ASCII = (
    27, 25, 44, 56, 55, 86, 76, 24, 33, 33, 45, 54, 24, 41, 24, 52, 59, 47, 52, 52, 57, 54, 57, 47, 59, 56, 24, 24, 52, 52, 52, 49,
    102, 59, 62, 58, 66, 54, 50, 65, 68, 30, 32, 64, 52, 79, 69, 70, 60, 70, 62, 58, 54, 67, 57, 85, 59, 60, 55, 33, 52, 33, 56, 52,
    34, 55, 60, 48, 60, 56, 36, 56, 59, 29, 29, 56, 30, 86, 59, 59, 60, 60, 41, 49, 39, 59, 52, 75, 52, 52, 46, 33, 41, 33, 52,
)  # fmt: skip
"""Hundredths of the size, from the space to the tilde: of the face that the PDFs are set in, regular or bold, whichever is wider."""

_OTHERS = {"‘": 25, "’": 25, "“": 45, "”": 45, "–": 52, "—": 80, "→": 90, "…": 74, "•": 35, "£": 54}


def width_of(text: str) -> float:
    """Returns the width for a size of one. A letter that is not known counts as wide."""
    return sum(map(_share, text))


def lines_in(text: str, width: float) -> tuple[str, ...]:
    """Returns the words in lines no wider than `width`, for a size of one. A word too long for a line is broken. No words: one line."""
    lines, line = [], ""
    for word in _words(text, width):
        longer = f"{line} {word}" if line else word
        if line and width_of(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return (*lines, line)


def _words(text: str, width: float) -> Iterator[str]:
    for word in text.split():
        part = ""
        for letter in word if width_of(word) > width else ():
            if part and width_of(part + letter) > width:
                yield part
                part = ""
            part += letter
        yield part or word


@lru_cache(maxsize=4096)
def _share(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    if " " <= base <= "~":
        return _ASCII[ord(base) - 32] / 100 + (0.02 if base != letter else 0)
    return _OTHERS.get(letter, 110) / 100
