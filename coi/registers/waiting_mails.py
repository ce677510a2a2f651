"""Mails with somebody's own link where this installation sends none itself: what a page then says, and the mail as a file."""

import uuid
from datetime import datetime

from flask import Response, current_app

from coi.audit.access import note_reading
from coi.config import Config
from coi.database import Base
from coi.errors import NotFound
from coi.notifications.delivery import as_eml
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import ENDED
from coi.permissions.vocabulary import Actor

NO_SERVER = "There is no mail server: download the email and send it yourself"


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config


def sends_mail() -> bool:
    """Whether this installation has a mail server."""
    return bool(_config().smtp_url)


def told(sent: str, name: str) -> str:
    """Returns what somebody reads who had a mail to `name` written: `sent` where a server takes it, else what is left to do."""
    return sent if sends_mail() else f"The email to {name} is written. {NO_SERVER}"


def mail_file(
    message: OutboxMessage | None,
    name: str,
    *,
    what: str,
    subject: Base,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID,
) -> Response:
    """Returns a mail as a file called `name`. Whoever fetches it is noted, as reading `what` of `subject`: it holds somebody's own link.
    Raises NotFound where there is none, where a mail server sends it, it was sent, or it was cancelled."""
    if message is None or sends_mail() or message.status in ENDED:
        raise NotFound("There is no such mail to download")
    note_reading(what, subject, actor, at, body_id)
    response = Response(as_eml(message, sender=_config().mail_from), mimetype="message/rfc822")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.eml"'
    return response
