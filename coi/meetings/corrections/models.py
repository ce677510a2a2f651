"""The table of corrections."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Canonical, Instant, Ledgered
from coi.meetings.corrections.vocabulary import CorrectionFact


class RecordCorrection(Ledgered, Base):
    """That a decision, or the time of a handover, was corrected: what was recorded before, who corrected it, when and why. The ledger
    keeps the row as it was before, too."""

    __tablename__ = "record_correction"
    __table_args__ = (sa.UniqueConstraint("decision_id", "number"), sa.UniqueConstraint("handover_id", "number"))

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    decision_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("decision.id"))
    handover_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("chair_handover.id"))
    number: Mapped[int]
    was: Mapped[list[str]] = mapped_column(Canonical)  # what was recorded before, in sentences
    because: Mapped[str] = mapped_column(sa.Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_name: Mapped[str] = mapped_column(sa.Text)

    @property
    def fact(self) -> CorrectionFact:
        """What minutes, pages and the story tell it from."""
        return CorrectionFact(self.recorded_by_name, self.recorded_at, self.because, tuple(self.was))
