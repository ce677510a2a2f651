"""Tables that the web itself needs: idempotency keys and drafts. Operational, and so not in the ledger."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Canonical, Instant, Keyed


class IdempotencyKey(Keyed, Base):
    """A form that was sent and stored, a digest of what it said, and where its sender was taken then. `location` is empty until the answer
    is known."""

    __tablename__ = "idempotency_key"
    __exempt__ = "operational"
    __table_args__ = (sa.UniqueConstraint("account_id", "key"),)

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    key: Mapped[uuid.UUID]
    location: Mapped[str | None] = mapped_column(sa.Text)
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class Draft(Keyed, Base):
    """What somebody has typed into a form of several pages and not yet sent: seen by nobody else."""

    __tablename__ = "draft"
    __exempt__ = "operational"
    __table_args__ = (sa.UniqueConstraint("account_id", "kind", "key"),)

    account_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(sa.String(60))
    key: Mapped[str] = mapped_column(sa.String(80))
    data: Mapped[dict[str, Any]] = mapped_column(Canonical)
    saved_at: Mapped[datetime] = mapped_column(Instant)
