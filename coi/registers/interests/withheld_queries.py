"""Reading which interests are kept from the public, or asked to be, for whoever writes papers and minutes."""

import uuid
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from coi.database import db
from coi.registers.interests.models import Interest
from coi.registers.interests.public_queries import withheld_fields


def withheld_interests(body_id: uuid.UUID, ids: Collection[uuid.UUID], at: datetime) -> frozenset[uuid.UUID]:
    """Returns those of these interests of which something may not be shown to the public today: the Guardian withheld it, or has not
    decided yet. Rule: REG-06; RULEBOOK §7.3."""
    if not ids or not (withheld := withheld_fields(body_id, at=at)):
        return frozenset()
    rows = db.session.execute(sa.select(Interest.id, Interest.reference).where(Interest.id.in_(set(ids))))
    return frozenset(interest_id for interest_id, reference in rows if reference in withheld)
