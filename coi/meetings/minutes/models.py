"""The table of minutes: versions, each with the whole text that was composed."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Ledgered, words
from coi.meetings.models import Meeting
from coi.meetings.vocabulary import MinutesState


class Minutes(Ledgered, Base):
    """A version of a meeting's minutes. Confirming makes the last draft the record; a later correction is a new version."""

    __tablename__ = "minutes"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    state: Mapped[MinutesState] = mapped_column(words(MinutesState))
    content: Mapped[dict[str, Any]] = mapped_column(Canonical)  # the document, block by block, part 1 and part 2 apart
    composed_at: Mapped[datetime] = mapped_column(Instant)
    composed_by: Mapped[uuid.UUID | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_at_meeting_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("meeting.id"))
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id])
