"""The published register of procurement decisions as releases of the Open Contracting Data Standard: the same rows as an edition has, as
far as they may be seen today."""

from collections.abc import Iterator
from typing import Any

from coi.errors import NotFound
from coi.publication import looking
from coi.publication.looking import Published
from coi.registers.procurement.public_queries import public_releases
from coi.registers.vocabulary import RegisterKind

PATH = "releases.json"
SPOKEN_OF = frozenset(
    {"title", "description", "outcome", "route", "decided_on", "suppliers", "supplier_code", "value_total", "starts_on", "ends_on"}
)  # fmt: skip
"""The columns that a release tells of. Where one of them is withheld, there is no release of the row."""


def releases_of(found: Published, uri: str, prefix: str) -> dict[str, Any]:
    """Returns an edition of the register of procurement decisions as a release package: each row as it was known when the edition was
    published, and none that may not be seen today. Raises NotFound where that leaves none: the standard knows no package without a
    release. Rules: PROC-03, REG-06."""
    edition, seen = found.edition, set(_seen(found))
    if not seen:
        raise NotFound("No decision of this edition may be seen")
    return public_releases(
        edition.body_id, on=edition.as_at, at=edition.published_at, uri=uri, prefix=prefix, only=seen
    )


def has_releases(found: Published) -> bool:
    """Whether an edition can be had as releases: it is one of procurement decisions, and one of them may be seen today."""
    return found.register.kind is RegisterKind.PROCUREMENT and next(_seen(found), None) is not None


def _seen(found: Published) -> Iterator[str]:
    """The keys of the rows that there are releases of."""
    hidden = found.shown.hidden
    return (row.key for row, _ in looking.rows_of(found) if not hidden.get(row.key, frozenset()) & SPOKEN_OF)
