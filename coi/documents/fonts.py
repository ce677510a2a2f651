"""The typeface: where its files come from, how wide its letters are, how they enter a PDF. Nothing here draws."""

import re
import threading
from collections.abc import Iterator
from enum import Enum
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

import fontpkg
from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

# Text never passes through ReportLab's markup parser. This keeps that parser's doors shut all the same: no scheme is trusted,
# so nothing is fetched and no file is opened.
rl_config.trustedSchemes = []
rl_config.trustedHosts = None

FAMILY = "Fira Sans"
_STAND_IN = "?"  # drawn for a letter that the face lacks; the letter itself goes along as the text to be read out

_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\u200d\ufe00-\ufe0f\U000e0020-\U000e007f]"
)  # emoji, and what joins and varies them

# A face's file is read with one cursor, so only one thread at a time may cut the subset that a PDF carries.
_EMBEDDING = threading.Lock()
_LOADING = threading.Lock()


class Weight(Enum):
    REGULAR = 400
    BOLD = 700


@cache
def _loaded(weight: Weight) -> Any:
    # From memory, not from its path: ReportLab would write the path into the PDF.
    content = fontpkg.path(FAMILY, weight=weight.value).read_bytes()
    return TTFont(f"{FAMILY} {weight.name}", BytesIO(content), asciiReadable=True)


def _face(weight: Weight) -> Any:
    with _LOADING:
        return _loaded(weight)


@lru_cache(maxsize=20_000)
def width_of(text: str, weight: Weight) -> int:
    """Returns the width of `text` in thousandths of the font's size."""
    face = _face(weight).face
    widths, default = face.charWidths, face.defaultWidth
    return int(sum(widths.get(ord(character), default) for character in text))


def drawable(text: str, weight: Weight) -> str:
    """Returns `text` with a stand-in for each letter that the face does not have. A little picture is left out: a question mark in its
    place would ask something."""
    if text.isascii():
        return text
    glyphs = _face(weight).face.charToGlyph
    drawn = (c if ord(c) in glyphs else "" if _PICTURES.match(c) else _STAND_IN for c in text)
    return "".join(drawn) or " "


_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n"})


def shown(text: str, weight: Weight, document: PDFDocument) -> Iterator[tuple[str, str]]:
    """Yields `text` as a content stream shows it: pairs of font resource and escaped string (Latin-1 for bytes)."""
    font = _face(weight)
    if text.isascii() and document in font.state:
        yield font.getSubsetInternalName(0, document), text.translate(_ESCAPES)
        return
    for subset, codes in font.splitString(text, document):
        yield font.getSubsetInternalName(subset, document), codes.decode("latin-1").translate(_ESCAPES)


def embed(document: PDFDocument) -> None:
    """Adds to `document` the subset of each face that it has used."""
    with _EMBEDDING:
        for font in document.delayedFonts:
            font.addObjects(document)
