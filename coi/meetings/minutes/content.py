"""A document as canonical data and back: how a version of minutes keeps its text. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from coi.documents.vocabulary import (
    Block,
    BulletList,
    Document,
    DocumentStatus,
    Heading,
    KeyValues,
    Paragraph,
    Run,
    Table,
    paragraph,
)
from coi.meetings.minutes.phrases import OF_ITEM

KEPT = "Because of a ruling on your interest, this item is kept from you until the minutes are confirmed."
STAYS_KEPT = "Because of a ruling on your interest, this item is kept from you. It was held in private."


def as_data(document: Document) -> dict[str, Any]:
    """Returns a document as plain data that the ledger can hold."""
    return {
        "title": document.title,
        "author": document.author,
        "subject": document.subject,
        "status": document.status.value if document.status else "",
        "blocks": [_block(block) for block in document.blocks],
    }


def as_document(data: Mapping[str, Any]) -> Document:
    """Returns the document that `as_data` wrote."""
    return Document(
        title=data["title"],
        author=data["author"],
        subject=data["subject"],
        status=DocumentStatus(data["status"]) if data["status"] else None,
        blocks=tuple(_from_block(block) for block in data["blocks"]),
    )


def without_items(document: Document, numbers: Collection[int]) -> Document:
    """Returns minutes without what they tell of the items with these numbers, in place of which a line says so."""
    why = STAYS_KEPT if document.status is DocumentStatus.CONFIRMED else KEPT
    kept: list[Block] = []
    hides = False
    for block in document.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            number = block.text.partition(". ")[0]
            hides = number.isdigit() and int(number) in numbers
            kept += [Heading(2, f"{number}. Kept from you"), paragraph(why)] if hides else []
        kept += [] if hides else _without_lines(block, numbers)
    return replace(document, blocks=tuple(kept))


def _without_lines(block: Block, numbers: Collection[int]) -> list[Block]:
    """A list without the lines that begin with one of these items: those of the declarations."""
    if not isinstance(block, BulletList):
        return [block]
    begins = tuple(OF_ITEM.format(number) for number in numbers)
    lines = tuple(each for each in block.items if not each.startswith(begins))
    return [BulletList(lines)] if lines else []


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "runs": [[run.text, run.bold] for run in block.runs]}
        case BulletList():
            return {"kind": "list", "items": list(block.items)}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "head": list(block.head),
                "rows": [list(row) for row in block.rows],
            }
        case KeyValues():
            return {"kind": "values", "rows": [list(row) for row in block.rows]}


def _from_block(data: Mapping[str, Any]) -> Block:
    match data["kind"]:
        case "heading":
            return Heading(data["level"], data["text"])
        case "paragraph":
            return Paragraph(tuple(Run(text, bold) for text, bold in data["runs"]))
        case "list":
            return BulletList(tuple(data["items"]))
        case "table":
            return Table(data["caption"], tuple(data["head"]), tuple(tuple(row) for row in data["rows"]))
        case _:
            return KeyValues(tuple((label, value) for label, value in data["rows"]))
