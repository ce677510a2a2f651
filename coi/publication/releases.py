"""The published register of procurement decisions as releases of the Open Contracting Data Standard: the same rows as an edition has, as
far as they may be seen today."""

from typing import Any

from coi.publication import looking
from coi.publication.looking import Published
from coi.registers.procurement.public_queries import public_releases

PATH = "releases.json"
SPOKEN_OF = frozenset(
    {"title", "description", "outcome", "route", "decided_on", "suppliers", "supplier_code", "value_total", "starts_on", "ends_on"}
)  # fmt: skip
"""The columns that a release tells of. Where one of them is withheld, there is no release of the row."""


def releases_of(found: Published, uri: str, prefix: str) -> dict[str, Any]:
    """Returns an edition of the register of procurement decisions as a release package: each row as it was known when the edition was
    published, and none that may not be seen today. Rules: PROC-03, REG-06."""
    edition, hidden = found.edition, found.shown.hidden
    seen = {row.key for row, _ in looking.rows_of(found) if not hidden.get(row.key, frozenset()) & SPOKEN_OF}
    return public_releases(
        edition.body_id, on=edition.as_at, at=edition.published_at, uri=uri, prefix=prefix, only=seen
    )
