"""The table of suggestions that somebody declined."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Instant, Ledgered


class DeclinedSuggestion(Ledgered, Base):
    """That an item does not concern whom its wording suggests, as somebody said of this very wording."""

    __tablename__ = "declined_suggestion"
    __table_args__ = (sa.UniqueConstraint("item_id", "key", "wording"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    key: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    wording: Mapped[str] = mapped_column(sa.String(64))  # the digest of title and description
    declined_at: Mapped[datetime] = mapped_column(Instant)
    declined_by: Mapped[uuid.UUID | None]  # the account
