"""The table of actions."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.meetings.actions.vocabulary import ActionState
from coi.meetings.models import AgendaItem
from coi.people.models import Person


class Action(Ledgered, Base):
    """Something that somebody undertook at an item, with its owner and due date."""

    __tablename__ = "action"

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    text: Mapped[str] = mapped_column(sa.Text)
    owner_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    due_on: Mapped[date | None]
    state: Mapped[ActionState] = mapped_column(words(ActionState))
    progress: Mapped[str] = mapped_column(sa.Text, default="")
    raised_at: Mapped[datetime] = mapped_column(Instant)
    closed_on: Mapped[date | None]
    owner: Mapped[Person] = relationship(lazy="joined")
    item: Mapped[AgendaItem] = relationship()
