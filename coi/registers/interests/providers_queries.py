"""Whether somebody has interests in those who provide care."""

import uuid
from datetime import datetime

from coi import clock
from coi.organisations.queries import organisations
from coi.organisations.vocabulary import OrganisationKind
from coi.registers.interests.queries import interests_known_at, redactions_of
from coi.registers.interests.vocabulary import RedactionState

PROVIDERS = frozenset(
    {
        OrganisationKind.FEDERATION,
        OrganisationKind.PCN,
        OrganisationKind.PRACTICE,
        OrganisationKind.PRESCRIBING,
        OrganisationKind.TRUST,
    }
)
"""Whoever is of these kinds provides care. A company or a charity may, and nobody knows."""


def has_provider_interests(person_id: uuid.UUID, at: datetime) -> bool:
    """Returns whether somebody has declared an interest in a provider, held or through somebody close, that has not ended. One that the
    public may not see counts for nothing: whoever asks reads no register."""
    today = clock.local(at).date()
    standing = [each for each in interests_known_at([person_id], at) if each.ended_on is None or each.ended_on >= today]
    asked = redactions_of([each.interest_id for each in standing])
    kept = {one for one, request in asked.items() if request.state is not RedactionState.REFUSED}
    shown = [each for each in standing if each.interest_id not in kept]
    ids = [row.organisation_id for each in shown for row in each.organisations if row.organisation_id]
    return any(each.kind in PROVIDERS for each in organisations(ids).values())
