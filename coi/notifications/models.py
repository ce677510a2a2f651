"""The outbox."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Instant, Keyed, words
from coi.notifications.vocabulary import MessageStatus


class OutboxMessage(Keyed, Base):
    """A mail to one person. `unique_key` says what it is about and to whom, so that nobody gets the same mail twice."""

    __tablename__ = "outbox_message"
    __exempt__ = "operational; the fact of sending is not evidence"

    to_address: Mapped[str] = mapped_column(sa.String(254))
    subject: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime] = mapped_column(Instant, index=True)
    send_after: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    status: Mapped[MessageStatus] = mapped_column(words(MessageStatus), default=MessageStatus.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(sa.Text)
    unique_key: Mapped[str] = mapped_column(sa.String(200), unique=True)
    secret: Mapped[str | None] = mapped_column(
        sa.Text
    )  # the part of `text` that opens something: gone once it was sent or used
    secret_of: Mapped[str | None] = mapped_column(sa.String(80), index=True)  # what it opens: "declaring-link:…"
