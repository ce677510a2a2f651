"""The words of chasing: a body's plan for reminders, what somebody owes, a reminder that is due. Standard library only."""

import uuid
from dataclasses import dataclass
from datetime import date

DAYS_BEFORE = (14, 3)
DAYS_AFTER = (1, 14, 28)
"""What a body starts from, until it says otherwise."""

SUBJECT = "Your declaration of interests for {body}"
TEXT = """Dear {name},

We ask everybody who takes part in our decisions to declare their interests, or to say that they have none. From you we wait for this:

{owed}

It takes a few minutes, and you do not need an account. Use this link, which is yours alone:
{link}

The link works once, until {until}. If anything stands in the way, write to {contact}.

{body}"""


@dataclass(frozen=True)
class PlanDetails:
    """How a body reminds: whether at all, how many days before and after the due date, and in what words."""

    is_on: bool = False
    days_before: tuple[int, ...] = DAYS_BEFORE
    days_after: tuple[int, ...] = DAYS_AFTER
    subject: str = SUBJECT
    text: str = TEXT
    meeting_days: int | None = None  # before a meeting, everybody is asked so many days ahead; None: by hand alone


@dataclass(frozen=True)
class Owed:
    """What somebody owes at one body: as what (posts and committees), why, and by when."""

    body_id: uuid.UUID
    body: str
    positions: tuple[str, ...]
    reason: str
    due_on: date

    @property
    def line(self) -> str:
        where = f" ({', '.join(self.positions)})" if self.positions else ""
        return f"- {self.body}{where}: {self.reason[:1].lower()}{self.reason[1:]}"


@dataclass(frozen=True)
class Due:
    """A reminder that is due today: to whom, all that they owe, the earliest first, and which step of the plan of which body it is (None:
    somebody asks for it by hand)."""

    person_id: uuid.UUID
    name: str
    email: str
    owed: tuple[Owed, ...]
    step: int | None
    is_first: bool  # they have never declared

    @property
    def lead(self) -> Owed:
        return self.owed[0]
