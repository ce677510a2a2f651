"""The table of names that a body taught."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered
from coi.organisations.models import Organisation


class OrganisationAlias(Ledgered, Base):
    """What a name means at a body, from a day until it is ended or taught anew: an organisation, or (None) none of those known. One at a
    time counts for a name; earlier ones stay."""

    __tablename__ = "organisation_alias"
    __table_args__ = (
        sa.Index(
            "uq_organisation_alias_search_key",
            "body_id",
            "search_key",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)  # as somebody wrote it
    search_key: Mapped[str] = mapped_column(sa.Text)  # as it is compared
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    why: Mapped[str] = mapped_column(sa.Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]  # the account
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[uuid.UUID | None]
    ended_because: Mapped[str] = mapped_column(sa.Text, default="")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")

    @property
    def meaning(self) -> str:
        """What it means, in words."""
        return self.organisation.name if self.organisation else "None of the organisations in the lists"
