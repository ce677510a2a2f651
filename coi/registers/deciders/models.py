"""The table of who takes part in decisions though they sit on no committee."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Instant, Ledgered


class DecisionMaker(Ledgered, Base):
    """The question whether somebody takes part in decisions of a body, and what a person said. The newest row of somebody counts; an
    answer that changes is a row of its own."""

    __tablename__ = "decision_maker"
    __table_args__ = (sa.Index("ix_decision_maker_body_person", "body_id", "person_id"),)

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    because: Mapped[str] = mapped_column(sa.Text, default="")  # why it is asked; empty where nothing but a person asked
    asked_at: Mapped[datetime] = mapped_column(Instant)
    decides: Mapped[bool | None]  # None: nobody has said yet
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
