"""A path as a picture: its steps as boxes with arrows between them, as SVG. The words are those of the path; nothing here needs a
style or a script of its own, and nothing is loaded from anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise

from coi.documents.letter_widths import lines_in
from coi.documents.vocabulary import cleaned

SIZE, LEADING = 15, 20
WIDER = 1.15  # than the face of the PDFs: what a browser may have
PAD = 10
GAP = 28  # between two boxes: the room of an arrow
DOWN_WIDTH, ACROSS_WIDTH = 320, 640
MOST_ACROSS = 4
"""So many steps stand in one row; a longer path goes down the page at every width."""
MOST_LINES = 8
"""A step that is longer ends with an ellipsis in the picture. The words beside it say all of it."""


@dataclass(frozen=True, slots=True)
class _Box:
    """One step: where its box stands, and its lines."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


@lru_cache(maxsize=512)
def path_picture(steps: tuple[str, ...], *, across: bool) -> str:
    """Returns the steps of a path, from the person to the item, as one SVG picture: side by side (`across`), or one below another.
    The first box is round at its ends, the last has a heavy line. A path of fewer than two steps is no path: it gives
    nothing. So does one too long to stand side by side."""
    said = [" ".join(cleaned(step).split()) for step in steps]
    if len(said) < 2 or (across and len(said) > MOST_ACROSS):
        return ""
    boxes = _in_a_row(said) if across else _below_one_another(said)
    width, height = boxes[-1].x + boxes[-1].width + 2, max(box.y + box.height for box in boxes) + 2
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    parts = [
        f'<svg class="coi-path" xmlns="http://www.w3.org/2000/svg" role="img" {size}>',
        f"<title>Path from {escape(said[0])} to the item</title><desc>{escape(' → '.join(said))}</desc>",
    ]
    last = len(boxes) - 1
    parts += (_drawn(box, is_first=index == 0, is_last=index == last) for index, box in enumerate(boxes))
    parts += (_arrow(before, after, across=across) for before, after in pairwise(boxes))
    return "".join((*parts, "</svg>"))


def _in_a_row(steps: Sequence[str]) -> list[_Box]:
    width = min(200.0, (ACROSS_WIDTH - GAP * (len(steps) - 1)) / len(steps))
    told = [_lines(step, width - 2 * PAD) for step in steps]
    height = max(map(len, told)) * LEADING + 2 * PAD
    return [_Box(2 + index * (width + GAP), 2, width, height, lines) for index, lines in enumerate(told)]


def _below_one_another(steps: Sequence[str]) -> list[_Box]:
    found, y = [], 2.0
    for step in steps:
        lines = _lines(step, DOWN_WIDTH - 2 * PAD)
        found.append(_Box(2, y, DOWN_WIDTH - 4, len(lines) * LEADING + 2 * PAD, lines))
        y += found[-1].height + GAP
    return found


def _drawn(box: _Box, *, is_first: bool, is_last: bool) -> str:
    radius, line, fill = (
        (min(24.0, box.height / 2), 2, "#e8edee") if is_first else (0, 4 if is_last else 1.5, "#ffffff")
    )
    top = box.y + (box.height - len(box.lines) * LEADING) / 2 + SIZE
    middle = box.x + box.width / 2
    spans = "".join(
        f'<tspan x="{middle:g}" y="{top + index * LEADING:g}">{escape(text)}</tspan>'
        for index, text in enumerate(box.lines)
    )
    weight = ' font-weight="600"' if is_first or is_last else ""
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="{radius:g}" fill="{fill}" '
        f'stroke="#212b32" stroke-width="{line}"/>'
        f'<text fill="#212b32" font-size="{SIZE}" text-anchor="middle"{weight}>{spans}</text>'
    )


def _arrow(before: _Box, after: _Box, *, across: bool) -> str:
    if across:
        x, y, tip = before.x + before.width, before.y + before.height / 2, after.x - 3
        line, head = f"M{x:g} {y:g}H{tip - 8:g}", f"M{tip:g} {y:g}l-10 -6v12z"
    else:
        x, y, tip = before.x + before.width / 2, before.y + before.height, after.y - 3
        line, head = f"M{x:g} {y:g}V{tip - 8:g}", f"M{x:g} {tip:g}l-6 -10h12z"
    return f'<path d="{line}" stroke="#212b32" stroke-width="2"/><path d="{head}" fill="#212b32"/>'


def _lines(text: str, width: float) -> tuple[str, ...]:
    """The words in lines no wider than `width`, as well as that can be told without the reader's typeface."""
    lines = lines_in(text, width / SIZE / WIDER)
    return lines if len(lines) <= MOST_LINES else (*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …")
