"""Blocks to pages: which block becomes what on paper, and what stays together at the end of a page."""

from collections.abc import Sequence

from coi.documents.pages import Pages
from coi.documents.tables import TableBox, key_values_box, table_box
from coi.documents.tagging import BULLETS, Element
from coi.documents.text_boxes import BODY, HEADINGS, ITEM, HeadingBox, TextBox, text_box
from coi.documents.vocabulary import Block, BulletList, Heading, KeyValues, Paragraph, Run, Table, folded

Box = TextBox | HeadingBox | TableBox


def _boxes(block: Block, parent: Element, measure: float) -> list[Box]:
    match block:
        case Heading(level=level, text=text):
            box = text_box([Run(text)], HEADINGS[level], Element(f"H{level}", parent), measure)
            return [HeadingBox(box, level, text, following=0)]
        case Paragraph(runs=runs):
            # What says nothing gets no element either: a screen reader would stop at it.
            return (
                [text_box(runs, BODY, Element("P", parent), measure)] if any(folded(run.text) for run in runs) else []
            )
        case BulletList(items=items):
            telling = [text for text in items if folded(text)]
            return [*_items(telling, Element("L", parent, BULLETS), measure)] if telling else []
        case Table():
            return [table_box(block, parent, measure)]
        case KeyValues(rows=rows):
            return [key_values_box(block, parent, measure)] if rows else []


def _items(items: Sequence[str], parent: Element, measure: float) -> list[TextBox]:
    boxes = []
    for number, text in enumerate(items, 1):
        item = Element("LI", parent)
        label = Element("Lbl", item)
        style = ITEM if number < len(items) else BODY
        boxes.append(text_box([Run(text)], style, Element("LBody", item), measure, label))
    return boxes


def boxes_of(blocks: Sequence[Block], parent: Element, measure: float) -> list[Box]:
    """Returns `blocks` set in type, as elements below `parent`, over a `measure` in points. A heading knows what must
    follow on its page."""
    boxes = [box for block in blocks for box in _boxes(block, parent, measure)]
    for index in range(len(boxes) - 2, -1, -1):
        box = boxes[index]
        if isinstance(box, HeadingBox):
            boxes[index] = HeadingBox(box.text, box.level, box.title, boxes[index + 1].least)
    return boxes


def lay_out(blocks: Sequence[Block], pages: Pages, parent: Element) -> None:
    """Fills `pages` with `blocks`, in order."""
    for box in boxes_of(blocks, parent, pages.paper.measure):
        box.place(pages)
