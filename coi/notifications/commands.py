"""Writing mail: a message goes to the outbox in the transaction of the change that it tells of."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import Base, db, insert_unless_taken
from coi.errors import RuleBroken
from coi.jobs.commands import enqueue
from coi.notifications import queries
from coi.notifications.models import OutboxMessage
from coi.notifications.rules import one_address, one_line
from coi.notifications.vocabulary import ENDED, MessageStatus
from coi.permissions.vocabulary import Actor, system_actor

DELIVER = "notifications.deliver"
CATCH_UP = "notifications.catch_up"
STILL_NEWS = timedelta(days=14)
"""How old a mail may be that goes out once there is a mail server; an older one would tell of what is over."""
ATTEMPTS = 60
"""With waits of at most an hour: a mail server that is away for two days loses nothing."""
SYSTEM = system_actor("notifications")
REMOVED = "(This link was removed from the copy of the mail.)"
"""What stands in the outbox in place of a secret."""
ERASED = "(What this mail said was erased.)"


def queue_message(
    to: str,
    subject: str,
    text: str,
    *,
    at: datetime,
    unique_key: str,
    send_after: datetime | None = None,
    secret: str = "",
    secret_of: str = "",
) -> OutboxMessage | None:
    """Queues a mail to exactly one address and its delivery. Returns None when `unique_key` was used before: never a
    duplicate. `text` is plain and holds nothing confidential, only a link. `secret` is the part of it that opens something, such
    as a single-use link, `secret_of` says what: it is taken out of the outbox once the mail was sent, or by `forget_secrets`.
    Raises RuleBroken when `to` is not one address."""
    message_id = uuid.uuid4()
    values = {
        "id": message_id, "to_address": one_address(to), "subject": one_line(subject), "text": text, "created_at": at,
        "send_after": send_after or at, "status": MessageStatus.WAITING, "attempts": 0, "unique_key": unique_key,
        "secret": secret or None, "secret_of": secret_of or None,
    }  # fmt: skip
    insert = insert_unless_taken(OutboxMessage).values(values).returning(OutboxMessage.id)
    if db.session.execute(insert).scalar() is None:
        return None
    message = queries.message(message_id)
    _enqueue_delivery(message, at)
    return message


def deliver_again(message: OutboxMessage, *, at: datetime) -> OutboxMessage:
    """Queues the delivery of a message that was not sent: it failed, or there was no mail server then."""
    if message.status not in ENDED:
        message.status = MessageStatus.WAITING
        message.last_error = None
        message.send_after = at
        _enqueue_delivery(message, at)
    return message


def deliver_what_waits(at: datetime) -> int:
    """Queues the delivery of mails that were written while there was no mail server, as far as they are still news, and returns how many
    there are. One whose delivery is under way is not queued twice."""
    found = queries.never_tried(at - STILL_NEWS, at)
    for each in found:
        _enqueue_delivery(each, at)
    return len(found)


def mark_sent_by_hand(
    messages: Sequence[OutboxMessage], *, subject: Base, body_id: uuid.UUID, actor: Actor, at: datetime
) -> int:
    """Notes that somebody sent mails from their own mail program, so that they never go out again, and returns how many. The outbox forgets
    what they open, as of those that a server took. `subject`: what they were about, for the ledger. Raises RuleBroken without one."""
    unsent = [each for each in messages if each.status not in ENDED]
    if not unsent:
        raise RuleBroken("Select at least one email that you sent", field="mails")
    for each in unsent:
        each.status, each.sent_at, each.last_error = MessageStatus.BY_HAND, at, None
    db.session.flush()
    forget_secrets([each.secret_of for each in unsent if each.secret_of])
    note = {"mails": sorted(str(each.id) for each in unsent)}
    log.record(Event.MAILS_SENT_BY_HAND, subject=subject, actor=actor, at=at, body_id=body_id, note=note)
    return len(unsent)


def forget_secrets(secrets_of: Collection[str]) -> None:
    """Takes what these secrets open out of every mail in the outbox: they were used, or are worth nothing any more."""
    known = sa.and_(OutboxMessage.secret_of.in_(secrets_of), OutboxMessage.secret.is_not(None))
    without = sa.func.replace(OutboxMessage.text, OutboxMessage.secret, REMOVED)
    db.session.execute(sa.update(OutboxMessage).where(known).values(text=without, secret=None))


def cancel_messages(secrets_of: Collection[str]) -> None:
    """Keeps every mail that carries one of these secrets and was not sent from being sent, and forgets the secrets."""
    if not secrets_of:
        return
    unsent = sa.and_(OutboxMessage.secret_of.in_(secrets_of), OutboxMessage.status.not_in(ENDED))
    db.session.execute(sa.update(OutboxMessage).where(unsent).values(status=MessageStatus.CANCELLED))
    forget_secrets(secrets_of)


def erase_messages(secrets_of: Collection[str]) -> None:
    """Takes out of the outbox what the mails that carry one of these secrets said. One that was not sent is not sent any more."""
    cancel_messages(secrets_of)
    carrying = OutboxMessage.secret_of.in_(secrets_of)
    db.session.execute(sa.update(OutboxMessage).where(carrying).values(text=ERASED))


def _enqueue_delivery(message: OutboxMessage, at: datetime) -> None:
    payload = {"message_id": str(message.id)}
    key = f"{DELIVER}:{message.id}"
    enqueue(DELIVER, payload, actor=SYSTEM, at=at, run_at=message.send_after, unique_key=key, max_attempts=ATTEMPTS)
