"""Reading for an import of gifts and hospitality: what stands on the register of the body."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coi import clock
from coi.database import db
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.vocabulary import GiftStatus
from coi.registers.importing.gifts.entries import FIELDS
from coi.registers.importing.gifts.vocabulary import KnownGift

_FEW = 500


def known(body_id: uuid.UUID, at: datetime) -> tuple[KnownGift, ...]:
    """Returns the offers of a body as the register knows them at an instant and knew them before, those that were withdrawn too. Of those
    that were disposed of only their days and kind are known."""
    wanted = sa.select(Gift).where(Gift.body_id == body_id).order_by(Gift.reference)
    found = []
    for gift in db.session.scalars(wanted.options(selectinload(Gift.versions), selectinload(Gift.redactions))):
        versions = [each for each in gift.versions if each.recorded_at <= at]
        if versions:
            found.append(_known(gift, versions))
    return tuple(found)


def gifts(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Gift]:
    """Returns these offers with their versions, locked until the transaction ends."""
    found: dict[uuid.UUID, Gift] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _FEW):
        rows = (
            sa.select(Gift).where(Gift.id.in_(wanted[start : start + _FEW])).order_by(Gift.id).with_for_update(of=Gift)
        )
        rows = rows.options(selectinload(Gift.versions), joinedload(Gift.body)).execution_options(
            populate_existing=True
        )
        found |= {each.id: each for each in db.session.scalars(rows)}
    return found


def _known(gift: Gift, versions: Sequence[GiftVersion]) -> KnownGift:
    *earlier, stands = ({name: getattr(each, name) for name in FIELDS} for each in versions)
    return KnownGift(
        str(gift.id), gift.reference, stands, gift.is_taken_over, changed_on=clock.local(versions[-1].recorded_at).date(),
        earlier=tuple(earlier), person_id=str(gift.person_id or ""), is_asked_about=bool(gift.redactions or gift.disposed_at),
        version=versions[-1].number, is_withdrawn=versions[-1].status is GiftStatus.WITHDRAWN,
        disposed_on=clock.local(gift.disposed_at).date() if gift.disposed_at else None,
    )  # fmt: skip
