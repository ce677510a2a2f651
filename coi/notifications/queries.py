"""Reading the outbox."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from coi.database import db
from coi.errors import NotFound
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import ENDED, MessageStatus


def message(message_id: uuid.UUID) -> OutboxMessage:
    """Returns a message. Raises NotFound. Only an administrator's page asks."""
    found = db.session.get(OutboxMessage, message_id)
    if found is None:
        raise NotFound("There is no such message")
    return found


def unsent_by_key(keys: Iterable[str]) -> dict[str, OutboxMessage]:
    """Returns, of the messages with these unique keys, those that wait or failed."""
    wanted = sa.select(OutboxMessage).where(
        OutboxMessage.unique_key.in_(list(keys)), OutboxMessage.status.not_in(ENDED)
    )
    return {each.unique_key: each for each in db.session.scalars(wanted)}


def keys_in_use(keys: Iterable[str]) -> frozenset[str]:
    """Returns those of these unique keys under which a message was written, whatever became of it."""
    wanted = sa.select(OutboxMessage.unique_key).where(OutboxMessage.unique_key.in_(list(keys)))
    return frozenset(db.session.scalars(wanted))


def never_tried(since: datetime, at: datetime) -> Sequence[OutboxMessage]:
    """Returns what was written since an instant, could have gone out by another and was never handed to a mail server, oldest first; of
    several to one address about the same the newest alone. A mail that opens something goes out in any case: two people who share an
    address have a link each."""
    newer = aliased(OutboxMessage)
    said_again = OutboxMessage.secret.is_(None) & sa.exists().where(
        newer.to_address == OutboxMessage.to_address, newer.subject == OutboxMessage.subject,
        newer.created_at > OutboxMessage.created_at, newer.created_at <= at,
    )  # fmt: skip
    waits = sa.and_(
        OutboxMessage.status == MessageStatus.WAITING, OutboxMessage.attempts == 0, OutboxMessage.created_at >= since,
        OutboxMessage.send_after <= at,
    )  # fmt: skip
    wanted = sa.select(OutboxMessage).where(waits, ~said_again)
    return db.session.scalars(wanted.order_by(OutboxMessage.created_at, OutboxMessage.id)).all()


def unsent_messages() -> Sequence[OutboxMessage]:
    """Returns what waits and what failed, oldest first."""
    unsent = sa.select(OutboxMessage).where(OutboxMessage.status.not_in(ENDED))
    return db.session.scalars(unsent.order_by(OutboxMessage.created_at, OutboxMessage.id)).all()
