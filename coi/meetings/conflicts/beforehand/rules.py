"""Pure rules of asking before a meeting: when it is time, what an answer has to say, what is new in it; and the words of the mail."""

import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.beforehand.vocabulary import ItemSaid, Said, SaidDetails
from coi.meetings.conflicts.vocabulary import GIFT, ItemFlag
from coi.meetings.vocabulary import FlagSource

HAS, WHICH, TEXT = "has_", "which_", "text_"
"""How the fields of an item begin; its id follows."""

SUBJECT = "Before the meeting on {day}: your interests"
AGAIN = "Reminder: before the meeting on {day}, your interests"
_MAIL = """Dear {name},

{meeting} meets on {day}. {before}, we ask you to do three things:

- say whether you will come
- look at what the register of interests says about you, and say whether it is still right
- say for each item of the agenda whether you have an interest in it

It takes a few minutes, and you do not need an account:
{url}

The link is yours alone. It works once, until {until}. Opening it changes nothing.
What you say helps the chair to prepare. Declare it again at the meeting: only that counts.
If you did not expect this mail, write to {contact}."""


_WORDS = re.compile(r"\w+")


def is_time(held_on: date, on: date, days: int | None) -> bool:
    """Whether a body that asks so many days before a meeting asks on this day. A day that was missed is made up for until the meeting.
    Source: RULEBOOK §10.1."""
    return days is not None and 0 <= (held_on - on).days <= days


def secret_of(request_id: uuid.UUID) -> str:
    """Returns what the outbox calls the secret of a request: the link in its mail."""
    return f"beforehand:{request_id}"


def mail_of(
    *, name: str, meeting: str, day: str, url: str, until: str, contact: str, again: bool = False
) -> tuple[str, str]:
    """Returns the subject and the text of the mail, for the first time or `again`. It names no item: some are kept from some people."""
    before = "You have not answered yet. Before it" if again else "Before it"
    text = _MAIL.format(name=name, meeting=meeting, day=day, url=url, until=until, contact=contact, before=before)
    return (AGAIN if again else SUBJECT).format(day=day), text


def check_said(details: SaidDetails, shown: Mapping[uuid.UUID, int], interests: Collection[uuid.UUID]) -> None:
    """Raises RuleBroken where an answer lacks what it needs, NotFound where it is about an item that was not shown or an interest of
    somebody else. `shown`: the items, with their numbers on the agenda."""
    if not details.is_register_right and not details.register_text:
        raise RuleBroken("Enter what has changed", field="register_text")
    for said in details.items:
        if said.item_id not in shown or (said.interest_id is not None and said.interest_id not in interests):
            raise NotFound("There is no such item or interest")
        if said.has_interest and said.interest_id is None and not said.text:
            which = f"for item {shown[said.item_id]}"
            raise RuleBroken(f"Select the interest {which}, or enter what it is", field=f"{TEXT}{said.item_id.hex}")


def ways_from_registers(flags: Iterable[ItemFlag], person_id: uuid.UUID) -> tuple[str, ...]:
    """Returns the ways by which interests, gifts and hospitality of a person lead to an item, as screening found them: one for each entry,
    the strongest first. What others told the chair is not said. Rule: GIFT-02; RULEBOOK §10.1."""
    own = (flag for flag in flags if flag.person_id == person_id and flag.source is FlagSource.SCREENING)
    return tuple(dict.fromkeys(flag.why for flag in own if flag.interest_id or GIFT in flag.rule_ids))


def newly_said(details: SaidDetails, before: Said | None) -> Iterator[tuple[ItemSaid, ItemSaid | None]]:
    """Returns what somebody says of items otherwise than before, each with what they said of it before: an interest that is new, that is
    another one or that they no longer name. Capitals, spaces and stops are no difference."""
    earlier = before.items if before else {}
    for said in details.items:
        last = earlier.get(said.item_id)
        if _meant(said) != (_meant(last) if last else None) and (said.has_interest or (last and last.has_interest)):
            yield said, last


def _meant(said: ItemSaid) -> tuple[bool, uuid.UUID | None, tuple[str, ...]]:
    """What somebody said of an item, without what is only how they wrote it."""
    return said.has_interest, said.interest_id, tuple(_WORDS.findall(said.text.casefold()))
