"""Tables of matters: what items at several meetings are about, and who worked on it."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.meetings.matters.vocabulary import PartKind
from coi.people.models import Person


class Matter(Ledgered, Base):
    """A merger, a procurement, a scheme: what items at several meetings are about. It began with one of them."""

    __tablename__ = "matter"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)  # MA/2026/0004, never reused
    title: Mapped[str] = mapped_column(sa.Text)
    # With which it began. Items point to matters, so that this cannot be a key of theirs: who sees its entries is read off by the name.
    item_id: Mapped[uuid.UUID] = mapped_column(info={"leads_to": "agenda_item"})
    began_at: Mapped[datetime] = mapped_column(Instant)


class MatterPart(Ledgered, Base):
    """What somebody wrote, advised on or evaluated for a matter, or declared on it at a sub-group. What was entered by mistake is marked,
    never deleted."""

    __tablename__ = "matter_part"

    matter_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("matter.id"), index=True)
    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"))  # on whose page it was entered
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[PartKind] = mapped_column(words(PartKind))
    text: Mapped[str] = mapped_column(sa.Text)
    forum: Mapped[str] = mapped_column(sa.Text, default="")
    done_on: Mapped[date | None]
    management: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]  # the account
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship(lazy="joined")
