"""Writing mail: a message goes to the outbox in the transaction of the change that it tells of."""

import uuid
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from coi.database import db
from coi.jobs.commands import enqueue
from coi.notifications import queries
from coi.notifications.models import OutboxMessage
from coi.notifications.rules import one_address, one_line
from coi.notifications.vocabulary import MessageStatus
from coi.permissions.vocabulary import system_actor

DELIVER = "notifications.deliver"
ATTEMPTS = 60
"""With waits of at most an hour: a mail server that is away for two days loses nothing."""
SYSTEM = system_actor("notifications")


def queue_message(
    to: str, subject: str, text: str, *, at: datetime, unique_key: str, send_after: datetime | None = None
) -> OutboxMessage | None:
    """Queues a mail to exactly one address and its delivery. Returns None when `unique_key` was used before: never a
    duplicate. `text` is plain and holds nothing confidential, only a link. Raises RuleBroken when `to` is not one
    address."""
    message_id = uuid.uuid4()
    values = {
        "id": message_id, "to_address": one_address(to), "subject": one_line(subject), "text": text, "created_at": at,
        "send_after": send_after or at, "status": MessageStatus.WAITING, "attempts": 0, "unique_key": unique_key,
    }  # fmt: skip
    dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(OutboxMessage).values(values).on_conflict_do_nothing().returning(OutboxMessage.id)
    if db.session.execute(insert).scalar() is None:
        return None
    message = queries.message(message_id)
    _enqueue_delivery(message, at)
    return message


def deliver_again(message: OutboxMessage, *, at: datetime) -> OutboxMessage:
    """Queues the delivery of a message that was not sent: it failed, or there was no mail server then."""
    if message.status is not MessageStatus.SENT:
        message.status = MessageStatus.WAITING
        message.last_error = None
        message.send_after = at
        _enqueue_delivery(message, at)
    return message


def _enqueue_delivery(message: OutboxMessage, at: datetime) -> None:
    payload = {"message_id": str(message.id)}
    key = f"{DELIVER}:{message.id}"
    enqueue(DELIVER, payload, actor=SYSTEM, at=at, run_at=message.send_after, unique_key=key, max_attempts=ATTEMPTS)
