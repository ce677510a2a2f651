"""The bookmarks of a PDF: its headings, one within the other, each with the place that it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coi.documents.pdf_file import PdfFile, reference, string
from coi.documents.vocabulary import folded


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading. `place` is what a destination says: the reference to the page, and where on it."""

    level: int
    text: str
    place: str


def write_bookmarks(file: PdfFile, bookmarks: Sequence[Bookmark]) -> str | None:
    """Writes the bookmarks and returns the reference to their root, or None where there are none."""
    if not bookmarks:
        return None
    root = file.reserve()
    refs = {index: file.reserve() for index in range(len(bookmarks))} | {-1: root}
    kids: dict[int, list[int]] = {}  # bookmark (-1: the root) to those right below it
    above: list[int] = []
    for index, bookmark in enumerate(bookmarks):
        del above[bookmark.level - 1 :]
        kids.setdefault(above[-1] if above else -1, []).append(index)
        above.append(index)
    for parent, family in kids.items():
        for position, index in enumerate(family):
            beside = _beside(family, position, refs)
            # Closed: the count is negative.
            below = _below(kids[index], refs, -1) if index in kids else ""
            entries = f"/Title {string(folded(bookmarks[index].text))} /Parent {reference(refs[parent])}"
            file.put(refs[index], f"<<{entries} /Dest [{bookmarks[index].place}]{beside}{below}>>")
    file.put(root, f"<</Type /Outlines{_below(kids[-1], refs, 1)}>>")
    return reference(root)


def _beside(family: Sequence[int], position: int, refs: Mapping[int, int]) -> str:
    entries = f" /Prev {reference(refs[family[position - 1]])}" if position else ""
    return entries + (f" /Next {reference(refs[family[position + 1]])}" if position + 1 < len(family) else "")


def _below(family: Sequence[int], refs: Mapping[int, int], sign: int) -> str:
    return f" /First {reference(refs[family[0]])} /Last {reference(refs[family[-1]])} /Count {sign * len(family)}"
