"""The table of the training record."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.people.models import Person
from coi.registers.training.vocabulary import Module


class TrainingRecord(Ledgered, Base):
    """That somebody did a module. What was entered by mistake is withdrawn, and kept."""

    __tablename__ = "training_record"
    __table_args__ = (sa.CheckConstraint("score BETWEEN 0 AND 100", name="score_is_percent"),)

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    module: Mapped[Module] = mapped_column(words(Module, "training_module"))
    done_on: Mapped[date]
    score: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship(lazy="joined")
