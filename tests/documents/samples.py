"""Documents for tests: all kinds of block, in hard cases."""

from datetime import UTC, datetime

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

MADE = datetime(2026, 5, 14, 12, 30, tzinfo=UTC)
SENTENCE = (
    "The practice is a member of the federation which bids for the service, and its partner sits on this committee. "
)


def document(*blocks: Block, title: str = "Minutes of the committee", status: DocumentStatus | None = None) -> Document:
    return Document(title=title, author="Example ICB", subject="Minutes", blocks=blocks, status=status)


def minutes(items: int = 12) -> Document:
    """Minutes of a meeting of so many items, each with interests, a decision and actions."""
    blocks: list[Block] = [
        Heading(1, "Minutes of the Primary Care Commissioning Committee"),
        KeyValues((("Held on", "14 May 2026, 10.00"), ("Where", "Room 2"), ("In the chair", "Dr Ŵyn Ŷale-O’Example"))),
        Table(
            "Who was there",
            ("Name", "Office", "Joined", "Left"),
            tuple((f"Ms Łucja Żółć-Person {number}", "Lay member", "10.00", "12.00") for number in range(9)),
        ),
    ]
    for item in range(1, items + 1):
        # No two items alike: a checker rightly takes lines that come again on each page for furniture.
        said = SENTENCE.replace("practice", f"practice numbered {item * 7919}").replace(
            "service", f"service {item * 31}"
        )
        interests = [
            (f"Dr Member {number}", said[: 50 + 15 * number], "Financial", "Withdrew from the meeting")
            for number in range(5)
        ]
        blocks += [
            Heading(2, f"{item}. A scheme for all practices"),
            paragraph(said * 3),
            Heading(3, "Interests declared"),
            Table(f"Interests that touch item {item}", ("Who", "Interest", "Type", "What was done"), tuple(interests)),
            Paragraph((Run("Decision: ", bold=True), Run("the committee agreed. " + said))),
            BulletList((said, f"Write to the practices about item {item}", said * 2)),
        ]
    return document(*blocks, title="Minutes, 14 May 2026", status=DocumentStatus.DRAFT)


def long_table() -> Document:
    """A table of 500 rows, one cell of which runs over several pages."""
    rows = [(f"Person {number}", SENTENCE[: number % 90], f"{number} hours") for number in range(500)]
    rows[250] = ("Person with much to say", "One long declaration. " + SENTENCE * 150, "None")
    return document(Heading(1, "Register"), Table("Interests", ("Who", "What", "When"), tuple(rows)))


HOSTILE = (
    "<b>bold</b> & <i>x</i>",
    '<a href="javascript:alert(1)">press</a>',
    '<img src="/etc/hostname"/><para>',
    "&lt;already&gt; &amp; &#x41;",
    r"back\slash (paren ) thesis %percent",
    "]]> --> <!-- <?xml ?>",
    "O’Example, D'Arcy, “quoted”, Ŵyn Ŷale, Łódź, Zażółć gęślą jaźń",
    "no letters in the face: 漢字 🙂 ✓",
    "W" * 400 + " " + "https://example.org/" + "path/" * 60,
    "tab\tand\nline\r\nbreaks\x00\x07 and\u00a0no-break\u200bzero\u00adsoft",
    "decomposed: w\u0302 y\u0302",
    "",
    "   ",
)


def hostile() -> Document:
    """Text that a markup parser, a typesetter or a PDF string could trip over, in every kind of block."""
    blocks: list[Block] = [Heading(1, HOSTILE[0] + HOSTILE[1])]
    for text in HOSTILE:
        blocks += [
            paragraph(text),
            paragraph(text, bold=True),
            Heading(2, text + " heading"),
            BulletList((text, text)),
            KeyValues(((text, text),)),
            Table(text, ("Head " + text, "Middle", text), ((text, "middle", text), ("x", "middle", text))),
            Paragraph((Run(text), Run(text, bold=True), Run(" " + text), Run(text))),
        ]
    return document(*blocks, title=" ".join(HOSTILE[:4]))
