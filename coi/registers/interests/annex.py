"""A declaration as a paper in the layout of Annex A of the guidance: what the declarant keeps, and can hand in elsewhere. Pure."""

from dataclasses import dataclass

from coi.documents.vocabulary import Block, Document, Heading, KeyValues, Table, paragraph
from coi.registers.interests.vocabulary import DeclaredOn
from coi.registers.interests.wording import day

HEAD = (
    "Type of interest",
    "Description, and for an indirect interest the relation",
    "From and to",
    "Actions to mitigate the risk",
)
NOTICE = (
    "The information is kept on paper and electronically under data protection law. It may be disclosed under the Freedom of Information "
    "Act and published on the register of interests."
)
NONE = "No interests to declare"


@dataclass(frozen=True)
class AnnexRow:
    """One interest on the paper. `withheld`: the declarant asked that it is not published."""

    type: str
    description: str
    dates: str
    mitigation: str
    withheld: bool = False


@dataclass(frozen=True)
class AnnexFacts:
    """What the paper says: who declared what to whom, when, and by whose hand."""

    reference: str
    body: str
    contact: str
    name: str
    positions: tuple[str, ...]
    declared: DeclaredOn
    sent: str
    statement: str
    rows: tuple[AnnexRow, ...]
    entered_by: str = ""
    drafted_by: str = ""
    partners: tuple[str, ...] = ()  # what fellow partners declared, a line for each of them


def document_of(facts: AnnexFacts) -> Document:
    """Returns the paper. RULEBOOK §17.1 (Annex A)."""
    title = f"Declaration of interests {facts.reference}"
    who = KeyValues(
        (
            ("Name", facts.name),
            ("Position within, or relationship with, the organisation", ", ".join(facts.positions) or "None on file"),
            ("Organisation", facts.body),
        )
    )
    return Document(
        title, facts.body,
        (Heading(1, title), who, *_interests(facts), Heading(2, "Notice"), paragraph(NOTICE), *_consent(facts), *_signed(facts)),
        subject=f"Declaration of interests of {facts.name}",
    )  # fmt: skip


def _interests(facts: AnnexFacts) -> tuple[Block, ...]:
    if not facts.rows:
        return (Heading(2, "Interests"), paragraph(NONE))
    rows = tuple((row.type, row.description, row.dates, row.mitigation) for row in facts.rows)
    return (Heading(2, "Interests"), Table("Interests declared", HEAD, rows, (2, 4, 2, 3)), *_partners(facts))


def _partners(facts: AnnexFacts) -> tuple[Block, ...]:
    """What counts by cross-reference. Rule: DECL-08; RULEBOOK §5.2."""
    if not facts.partners:
        return ()
    return (
        Heading(2, "Interests of fellow partners, by cross-reference"),
        *(paragraph(each) for each in facts.partners),
    )


def _consent(facts: AnnexFacts) -> tuple[Block, ...]:
    asked = sum(row.withheld for row in facts.rows)
    said = (
        f"Asked that {asked} of {len(facts.rows)} interests are not published. The Conflicts of Interest Guardian decides."
        if asked
        else "Nothing was asked to be left out."
    )
    return (Heading(2, "Publication"), paragraph(said))


def _signed(facts: AnnexFacts) -> tuple[Block, ...]:
    lines = [("Signed by", facts.name), ("Date", day(facts.declared.day)), ("Received", facts.sent)]
    if facts.declared.or_before:  # nobody signed this paper: the statement says which register it is from
        lines = [("Declared by", facts.name), ("Declared", facts.declared.words), ("Received", facts.sent)]
    lines += [("Entered by", facts.entered_by)] if facts.entered_by else []
    lines += [("Draft prepared by", facts.drafted_by)] if facts.drafted_by else []
    lines += [("Return to", facts.contact)] if facts.contact else []
    said = (paragraph(facts.statement),) if facts.statement else ()
    return (Heading(2, "Statement and signature"), *said, KeyValues(tuple(lines)))
