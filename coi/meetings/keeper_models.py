"""The table of who keeps the record of an item in place of a secretary."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered
from coi.people.models import Person


class RecordKeeper(Ledgered, Base):
    """Who keeps the record of one item in place of a secretary whose interest keeps them from it, as whoever presides named them. A later
    number replaces an earlier one; none is erased."""

    __tablename__ = "record_keeper"
    __table_args__ = (sa.UniqueConstraint("item_id", "committee_id", "in_place_of_id", "number"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    in_place_of_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int]
    named_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    named_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    in_place_of: Mapped[Person] = relationship(foreign_keys=[in_place_of_id], lazy="joined")
    namer: Mapped[Person] = relationship(foreign_keys=[named_by], lazy="joined")
