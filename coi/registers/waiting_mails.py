"""Mails with somebody's own link where this installation sends none itself: what a page then says, the mail as a file, and that somebody
sent it."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from flask import Response, current_app, flash, request

from coi.audit.access import note_reading
from coi.config import Config
from coi.database import Base
from coi.errors import NotFound, RuleBroken
from coi.notifications.commands import mark_sent_by_hand
from coi.notifications.delivery import as_eml
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import ENDED
from coi.permissions.vocabulary import Actor
from coi.web.fields import Option, SeveralField
from coi.web.forms import Form
from coi.wording import moment

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


Waiting = Iterable[tuple[str, OutboxMessage]]
"""Mails that wait, each with the name of whom it is to."""


class ByHandForm(Form):
    """Which of the mails that wait somebody has sent themself."""

    mails = SeveralField("Which of them have you sent?", coerce=uuid.UUID, message="Select emails of the list")

    @classmethod
    def of(cls, waiting: Waiting, *, is_sent: bool = False) -> "ByHandForm":
        """Returns the form for mails that wait, as it stands on a page, or (`is_sent`) with what somebody ticked; where this installation
        sends mails itself, none can be chosen."""
        form, waiting = cls() if is_sent else cls(formdata=None), [] if sends_mail() else waiting
        form.mails.options = tuple(
            Option(each.id, name, f"{each.to_address}, written {moment(each.created_at)}")
            for name, each in waiting if each.status not in ENDED
        )  # fmt: skip
        return form


def take_by_hand(waiting: Waiting, *, subject: Base, body_id: uuid.UUID, actor: Actor, at: datetime) -> None:
    """Notes that the mails which were ticked, or all of them, were sent by hand, and says so on the next page. The view commits."""
    waiting = list(waiting)
    form = ByHandForm.of(waiting, is_sent=True)
    chosen = {each.value for each in form.mails.options}
    if not form.validate_on_submit():
        flash("Select emails of the list", "important")
        return
    if "all" not in request.form:
        chosen &= set(form.mails.data or ())
    try:
        number = mark_sent_by_hand(
            [each for _name, each in waiting if each.id in chosen], subject=subject, body_id=body_id, actor=actor, at=at
        )
    except RuleBroken as broken:
        flash(broken.reason, "important")
    else:
        flash(f"{number} {'email is' if number == 1 else 'emails are'} marked as sent by you and will not go out again")
