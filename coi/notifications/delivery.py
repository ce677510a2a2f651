"""Delivery of the outbox by SMTP, and the same message as a file where there is no mail server."""

import contextlib
import smtplib
import ssl
import uuid
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from coi.config import Config
from coi.database import db, reading_only
from coi.errors import CoiError
from coi.jobs.rules import JobCannotBeDone
from coi.jobs.vocabulary import Handler, JobContext
from coi.notifications import queries
from coi.notifications.commands import deliver_what_waits, forget_secrets
from coi.notifications.models import OutboxMessage
from coi.notifications.rules import mail_server
from coi.notifications.vocabulary import ENDED, MailServer, MessageStatus

TIMEOUT_SECONDS = 20
_PERMANENT = 500


class NotDelivered(CoiError):
    """The mail server could not be reached or asked to be tried later; the message waits."""


class Refused(CoiError):
    """The mail server will never take this message."""


def delivery(config: Config) -> Handler:
    """Returns the handler of the job `notifications.deliver` for the mail server of `config`. Raises BadInput when that
    setting cannot be read. Without a mail server, messages stay in the outbox, to be read and downloaded. A worker that
    dies between the server's answer and its own commit sends again, under the same Message-ID."""
    server = mail_server(config.smtp_url)

    def deliver(payload: Any, context: JobContext) -> None:
        message_id = uuid.UUID(payload["message_id"])
        mail = _mail_to_send(message_id, config.mail_from)
        if mail is None or server is None:
            return
        try:
            send(server, mail)
        except NotDelivered as broken:
            _note(message_id, str(broken), failed=context.is_last_attempt)
            raise
        except Refused as broken:
            _note(message_id, str(broken), failed=True)
            raise JobCannotBeDone(str(broken)) from broken
        _mark_sent(message_id, context.at)

    return deliver


def catching_up(config: Config) -> Handler:
    """Returns the handler of the job `notifications.catch_up`: once there is a mail server, what was written before goes out."""
    has_server = mail_server(config.smtp_url) is not None

    def catch_up(_payload: Any, context: JobContext) -> None:
        if has_server:
            deliver_what_waits(context.at)

    return catch_up


def as_mail(message: OutboxMessage, *, sender: str) -> EmailMessage:
    """Returns a message as a mail to its one address. Its Message-ID is the same each time it is made."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = message.to_address
    mail["Subject"] = message.subject
    mail["Date"] = message.created_at
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2].strip('<> ')}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def as_eml(message: OutboxMessage, *, sender: str) -> bytes:
    """Returns a message as a file that every mail program opens."""
    return as_mail(message, sender=sender).as_bytes()


def send(server: MailServer, mail: EmailMessage) -> None:
    """Hands one mail to the server. Raises NotDelivered when it may work later, Refused when it never will. Neither
    names the address or the password. Without TLS it speaks to this machine only."""
    try:
        connection = _connected(server)
        try:
            connection.send_message(mail)
        finally:
            _leave(connection)
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise _verdict(code, "The mail server did not accept the address") from refused
    except smtplib.SMTPResponseException as answer:
        if isinstance(answer, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
            raise _verdict(answer.smtp_code, "The mail server did not accept the message") from answer
        raise NotDelivered(f"The mail server answered with error {answer.smtp_code}") from answer
    except smtplib.SMTPNotSupportedError as broken:
        raise NotDelivered("The mail server does not offer a secure connection or a sign-in") from broken
    except ssl.SSLError as broken:
        raise NotDelivered("The mail server's certificate could not be checked") from broken
    except (smtplib.SMTPException, OSError) as broken:
        raise NotDelivered("The mail server could not be reached") from broken


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.wrapped:
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.ehlo()
        if not server.wrapped and (connection.has_extn("starttls") or not server.is_this_machine):
            connection.starttls(context=context)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _leave(connection: smtplib.SMTP) -> None:
    """Says goodbye. Whatever goes wrong here does not undo the answer that the server gave to the mail."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        connection.quit()
    connection.close()


def _verdict(code: int, words: str) -> CoiError:
    """A 5xx answer is for ever, any other may pass."""
    return Refused(f"{words} (error {code})") if code >= _PERMANENT else NotDelivered(f"{words} yet (error {code})")


def _mail_to_send(message_id: uuid.UUID, sender: str) -> EmailMessage | None:
    """Returns the mail, or None when it was sent before or cancelled. The transaction ends here: a slow mail server must hold no
    lock."""
    with reading_only():
        message = queries.message(message_id)
        mail = None if message.status in ENDED else as_mail(message, sender=sender)
        db.session.rollback()
    return mail


def _note(message_id: uuid.UUID, reason: str, *, failed: bool) -> None:
    """Keeps what went wrong, in a transaction of its own: the job's is rolled back."""
    message = queries.message(message_id)
    message.attempts += 1
    message.last_error = reason
    if message.status is not MessageStatus.CANCELLED:
        message.status = MessageStatus.FAILED if failed else MessageStatus.WAITING
    db.session.commit()


def _mark_sent(message_id: uuid.UUID, at: datetime) -> None:
    message = queries.message(message_id)
    message.attempts += 1
    message.last_error = None
    message.status = MessageStatus.SENT
    message.sent_at = at
    if message.secret_of:
        forget_secrets([message.secret_of])
