"""Pure rules about mail: one address per message, one line per subject, and how the setting for the mail server is
read."""

import re
from urllib.parse import unquote, urlsplit

from coi.errors import BadInput, RuleBroken
from coi.notifications.vocabulary import MailServer

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})*")
_LONGEST_ADDRESS = 254
_LONGEST_SUBJECT = 200
_WANTED = "COI_SMTP_URL must look like smtp://user:password@host:587, or smtps://user:password@host:465"


def one_address(text: str) -> str:
    """Returns the one address in `text`, without spaces around it. Raises RuleBroken when it is none, or more than one:
    nobody sees who else was written to. Rule: SECURITY C42."""
    address = text.strip(" ")
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise RuleBroken("Enter one email address in the correct format, like name@example.com", field="to_address")
    return address


def one_line(subject: str) -> str:
    """Returns `subject` as one line of at most 200 characters: a line break in it would start another header."""
    shown = "".join(letter if letter.isprintable() else " " for letter in subject)
    return " ".join(shown.split())[:_LONGEST_SUBJECT]


def mail_server(url: str) -> MailServer | None:
    """Returns how the mail server is reached; None where the setting is empty. Raises BadInput when it cannot be read.
    The message never repeats the setting, which has the password in it."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadInput(_WANTED) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path not in ("", "/"):
        raise BadInput(_WANTED)
    wrapped = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=port or (465 if wrapped else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        wrapped=wrapped,
    )
