"""Tables of what comes to light after a meeting: possible breaches, with the interests that each rests on; how
what was declared at the meeting reached the register."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Ledgered, words
from coi.meetings.conflicts.afterwards.vocabulary import Judgement
from coi.meetings.models import AgendaItem
from coi.people.models import Person
from coi.registers.interests.models import Interest


class PossibleBreach(Ledgered, Base):
    """That somebody was there for a decision on an item that an interest of theirs concerned, which came onto the register later. One
    for each person and item, for a person to judge."""

    __tablename__ = "possible_breach"
    __table_args__ = (sa.UniqueConstraint("item_id", "person_id"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    decision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("decision.id"))
    state: Mapped[Judgement] = mapped_column(words(Judgement))
    found_at: Mapped[datetime] = mapped_column(Instant)
    judged_at: Mapped[datetime | None] = mapped_column(Instant)
    judged_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # why it is none
    interests: Mapped[list["PossibleBreachInterest"]] = relationship(
        back_populates="possible", order_by="PossibleBreachInterest.found_at"
    )
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    judge: Mapped[Person | None] = relationship(foreign_keys=[judged_by])
    item: Mapped[AgendaItem] = relationship()

    @property
    def what(self) -> str:
        """What came to light, in words."""
        return "\n\n".join(each.what for each in self.interests)

    @property
    def mark(self) -> int:
        """What changes when anything comes to it or is corrected: whoever judges says what they read."""
        return sum(int(each.found_at.timestamp()) for each in self.interests)


class PossibleBreachInterest(Ledgered, Base):
    """An interest that a possible breach rests on, with what came to light when it was found."""

    __tablename__ = "possible_breach_interest"
    __table_args__ = (sa.UniqueConstraint("possible_id", "interest_id"),)

    possible_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("possible_breach.id"))
    interest_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interest.id"), index=True)
    interest_version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("interest_version.id"))
    level: Mapped[str] = mapped_column(sa.String(2))
    path: Mapped[list[str]] = mapped_column(Canonical)
    what: Mapped[str] = mapped_column(sa.Text)
    found_at: Mapped[datetime] = mapped_column(Instant)
    possible: Mapped[PossibleBreach] = relationship(back_populates="interests")
    interest: Mapped[Interest] = relationship()


class TaskEnd(Ledgered, Base):
    """How what somebody declared at a meeting, and was new, reached the register, or why it does not have to."""

    __tablename__ = "meeting_task_end"

    declaration_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting_declaration.id"), unique=True)
    interest_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest.id"))
    reason: Mapped[str] = mapped_column(sa.Text)
    ended_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))  # None: by itself
    ended_at: Mapped[datetime] = mapped_column(Instant)
    interest: Mapped[Interest | None] = relationship()
