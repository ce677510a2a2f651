"""What the mail says that asks a member, and the one that reminds. Pure."""

from collections.abc import Iterable

SUBJECT = "A question about your interests, from {body}"
WHO = "Is this you? "
AGAIN = "A question about your interests is still open, from {body}"
_NAMES = " Lists hold many people with the same name, so this may not be you at all."
_TEXT = """Dear {name},

We compared public lists with our register of interests. {found}{names}

{questions}

Tell us with a click. It takes a minute, and you do not need an account:
{url}

{again}Nobody thinks that you did anything wrong. What you answer is read by those who keep the register, and is not published.
The link is yours alone. It works until {until}. If you did not expect this mail, write to {contact}."""


def mail_of(
    questions: Iterable[str],
    *,
    name: str,
    body: str,
    url: str,
    until: str,
    contact: str,
    by_name: bool = True,
    is_reminder: bool = False,
) -> tuple[str, str]:
    """Returns the subject and the text of the one mail with all that a person is asked; `by_name`: a list names somebody like them.
    Source: USERS W11 (a question, never an accusation)."""
    listed = [f"- {each}" for each in questions]
    found = "One thing made us ask." if len(listed) == 1 else f"{len(listed)} things made us ask."
    text = _TEXT.format(
        name=name, found=found, questions="\n".join(listed), url=url, until=until, contact=contact or body,
        names=_NAMES if by_name else "", again="We asked you before and have no answer yet. " if is_reminder else "",
    )  # fmt: skip
    subject = AGAIN if is_reminder else f"{WHO}{SUBJECT}" if by_name else SUBJECT
    return subject.format(body=body), text
