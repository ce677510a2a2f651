"""Words to lines: where a line ends, how wide a word is, how columns share a page. Nothing here draws."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coi.documents.fonts import Weight, drawable, width_of
from coi.documents.vocabulary import Run, Table, cleaned

_SPACE = 265  # about the width of a space, in thousandths of the size

Piece = tuple[Weight, str]
Word = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Style:
    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: str = "0.129 0.169 0.196 rg"
    space_before: float = 0
    space_after: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces that follow one another without a gap. Within a paragraph a line that ends with a whole word carries the
    space after it, so that software that reads aloud does not run two words together. One that ends within a word does
    not."""

    pieces: tuple[Piece, ...]


def words_of(runs: Sequence[Run], weight: Weight = Weight.REGULAR) -> list[Word]:
    """Returns the words of `runs`. A word may change its weight half-way. `weight` is that of text that is not bold."""
    words: list[Word] = []
    unfinished = False
    for run in runs:
        text = cleaned(run.text)
        parts = text.split()
        if not parts:
            unfinished = unfinished and not text
            continue
        own = Weight.BOLD if run.bold else weight
        if unfinished and not text[0].isspace():
            words[-1] = (*words[-1], (own, parts.pop(0)))
        words.extend(((own, part),) for part in parts)
        unfinished = not text[-1].isspace()
    return words


def word_width(word: Word) -> int:
    """Returns the width of a word in thousandths of the font's size."""
    return sum(width_of(drawable(text, weight), weight) for weight, text in word)


def _broken(word: Word, measure: float) -> list[Word]:
    """Returns a word too long for any line as parts no wider than `measure`."""
    parts: list[Word] = []
    part: list[Piece] = []
    used = 0
    for weight, text in word:
        for character in text:
            width = width_of(drawable(character, weight), weight)
            if part and used + width > measure:
                parts.append(tuple(part))
                part, used = [], 0
            if part and part[-1][0] is weight:
                part[-1] = (weight, part[-1][1] + character)
            else:
                part.append((weight, character))
            used += width
    parts.append(tuple(part))
    return parts


def _joined(words: Sequence[Word], *, space_after: bool) -> Line:
    pieces: list[Piece] = []
    for index, word in enumerate(words):
        gap = " " if index + 1 < len(words) or space_after else ""
        for position, (weight, text) in enumerate(word):
            end = gap if position + 1 == len(word) else ""
            if pieces and pieces[-1][0] is weight:
                pieces[-1] = (weight, pieces[-1][1] + text + end)
            else:
                pieces.append((weight, text + end))
    return Line(tuple(pieces))


def lines_of(words: Sequence[Word], size: float, width: float) -> tuple[Line, ...]:
    """Returns `words` as lines no wider than `width` points. Words are never hyphenated: one that is wider than a whole
    line goes on in the next, without a mark."""
    measure = width * 1000 / size
    lines: list[Line] = []
    line: list[Word] = []
    used = 0.0
    for word in words:
        gap = width_of(" ", line[-1][-1][0]) if line else 0
        wide = word_width(word)
        if used + gap + wide <= measure:
            line.append(word)
            used += gap + wide
            continue
        if wide <= measure:
            lines.append(_joined(line, space_after=True))
            line, used = [word], wide
            continue
        if line:
            lines.append(_joined(line, space_after=True))
        *heads, tail = _broken(word, measure)
        lines.extend(_joined([head], space_after=False) for head in heads)
        line, used = [tail], word_width(tail)
    if line:
        lines.append(_joined(line, space_after=False))
    return tuple(lines)


def column_widths(
    table: Table, rows: Iterable[Sequence[Sequence[Word]]], size: float, width: float, padding: float
) -> list[float]:
    """Returns the width in points of each column of a table that is `width` wide. `rows` are the words of each one's cells.
    Without the table's own shares, each column gets room for its longest word, and the rest is dealt out evenly until
    a column needs no more."""
    if table.widths is not None:
        return [width * share / sum(table.widths) for share in table.widths]
    longest, whole = [0] * len(table.head), [0] * len(table.head)
    for row in rows:
        for column, cell in enumerate(row):
            wide = [word_width(word) for word in cell]
            longest[column] = max(longest[column], max(wide, default=0))
            whole[column] = max(whole[column], sum(wide) + _SPACE * max(len(cell) - 1, 0))
    least = [one * size / 1000 + 2 * padding + 0.1 for one in longest]
    wanted = [one * size / 1000 + 2 * padding + 0.1 for one in whole]
    if sum(least) > width:
        least = [min(one, width / len(least)) for one in least]
        wanted = [max(low, one) for low, one in zip(least, wanted, strict=True)]
    if sum(wanted) <= width:
        return [one * width / sum(wanted) for one in wanted]
    return _dealt(least, wanted, width - sum(least))


def _dealt(least: Sequence[float], wanted: Sequence[float], spare: float) -> list[float]:
    """Returns `least` with `spare` dealt out evenly, to none more than it wanted."""
    widths = list(least)
    waiting = sorted(range(len(widths)), key=lambda column: wanted[column] - least[column])
    for position, column in enumerate(waiting):
        share = min(wanted[column] - least[column], spare / (len(waiting) - position))
        widths[column] += share
        spare -= share
    return widths
