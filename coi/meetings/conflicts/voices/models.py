"""Tables of the clinical voice: the roster of independent clinicians, and the clinical input that was obtained for an item."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.meetings.conflicts.voices.vocabulary import INPUT_WAY_WORDS, ClinicianKind, InputWay
from coi.people.models import Person


class IndependentClinician(Ledgered, Base):
    """Somebody whom a body can ask for a clinical view, from one date to another. Whoever learns more enters a new version: the earlier
    one is marked as replaced, and keeps what it said."""

    __tablename__ = "independent_clinician"
    __table_args__ = (sa.UniqueConstraint("replaces_id"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[ClinicianKind] = mapped_column(words(ClinicianKind))
    area: Mapped[str] = mapped_column(sa.Text, default="")  # where they work, or worked
    contact: Mapped[str] = mapped_column(sa.Text, default="")  # how to ask them
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("independent_clinician.id"))
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship(lazy="joined")


class ClinicalInput(Ledgered, Base):
    """A clinical view that was obtained for an item: who gave it, how, when and what it said. One that was entered by mistake is marked so,
    with the reason, and stays."""

    __tablename__ = "clinical_input"

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    role_words: Mapped[str] = mapped_column(sa.Text)  # as what they spoke: "GP from another area"
    way: Mapped[InputWay] = mapped_column(words(InputWay))
    given_on: Mapped[date | None]  # empty where nobody knows the day, and the minutes say so
    said: Mapped[str] = mapped_column(sa.Text)
    screened: Mapped[str] = mapped_column(sa.Text)  # whether they were free of flags when it was recorded
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    struck_because: Mapped[str] = mapped_column(sa.Text, default="")
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def way_words(self) -> str:
        return INPUT_WAY_WORDS[self.way]
