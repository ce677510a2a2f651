"""Reading which practices lie near one another, by the first half of their postcodes: whoever may gain or lose patients when one closes."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, OrganisationStatus

_IDS = sa.bindparam("ids", expanding=True)
_PRACTICES = sa.select(Organisation.id, Organisation.postcode).where(
    Organisation.id.in_(_IDS),
    Organisation.kind == OrganisationKind.PRACTICE,
    Organisation.status == OrganisationStatus.ACTIVE,
    Organisation.postcode != "",
)


@dataclass(frozen=True, slots=True)
class Near:
    """One practice near another, with the postcode district that both are in."""

    from_id: uuid.UUID
    to_id: uuid.UUID
    district: str


def practices_near(concerned: Collection[uuid.UUID], held: Collection[uuid.UUID]) -> list[Near]:
    """Returns which of the practices that people hold an interest in (`held`) are in one postcode district with a practice that is
    `concerned`. Both have to be at work. Nothing is asked where nobody is concerned. Source: RULEBOOK §23 scenario 17."""
    if not concerned or not held:
        return []
    rows = db.session.execute(_PRACTICES, {"ids": sorted({*concerned, *held}, key=str)})
    districts = {row.id: row.postcode.partition(" ")[0] for row in rows if " " in row.postcode}
    within: dict[str, list[uuid.UUID]] = {}
    for one in sorted(districts.keys() & set(held), key=str):
        within.setdefault(districts[one], []).append(one)
    return [
        Near(one, other, districts[other])
        for other in sorted(districts.keys() & set(concerned), key=str)
        for one in within.get(districts[other], ())
        if one != other
    ]
