"""Tables of chasing: the versions of a body's plan, and what was sent to whom."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Ledgered
from coi.people.models import Person


class ReminderPlan(Ledgered, Base):
    """A version of how a body reminds, in force from when it was recorded until the next one. Never overwritten."""

    __tablename__ = "reminder_plan"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("body_id", "number"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    number: Mapped[int]
    is_on: Mapped[bool]
    days_before: Mapped[list[int]] = mapped_column(Canonical)
    days_after: Mapped[list[int]] = mapped_column(Canonical)
    subject: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    meeting_days: Mapped[int | None]  # how many days before a meeting everybody is asked; None: by hand alone
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]


class Reminder(Ledgered, Base):
    """That somebody was reminded. `unique_key` says of what, so that nobody is reminded of it twice. The mail itself is in the outbox."""

    __tablename__ = "reminder"
    __table_args__ = (sa.Index("ix_reminder_person_sent", "person_id", "sent_at"),)

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)  # in whose words
    unique_key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    due_on: Mapped[date]
    step: Mapped[int | None]  # days after the due date; None: sent by hand
    plan_number: Mapped[int]  # which version of the words; 0: those that every body starts with
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_by: Mapped[uuid.UUID | None]
    message_id: Mapped[uuid.UUID]  # in the outbox
    person: Mapped[Person] = relationship(lazy="joined")
