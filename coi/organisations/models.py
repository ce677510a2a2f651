"""Tables of organisations: what they are, what they were called, how they stand to each other; and the commissioning bodies."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Keyed, Ledgered, words
from coi.organisations.vocabulary import BodyKind, OrganisationKind, OrganisationStatus, RelationKind

REFERENCE = "reference data: ledgered as its import, with a digest of the resulting rows"


class Organisation(Keyed, Base):
    """An organisation of the reference data: its present name and state in the newest release that was read."""

    __tablename__ = "organisation"
    __exempt__ = REFERENCE

    kind: Mapped[OrganisationKind] = mapped_column(words(OrganisationKind))
    code: Mapped[str | None] = mapped_column(sa.String(12), unique=True)
    name: Mapped[str] = mapped_column(sa.Text)
    sort_key: Mapped[str] = mapped_column(sa.Text, index=True)
    status: Mapped[OrganisationStatus] = mapped_column(words(OrganisationStatus))
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    address: Mapped[str] = mapped_column(sa.Text, default="")
    town: Mapped[str] = mapped_column(sa.Text, default="")
    postcode: Mapped[str] = mapped_column(sa.String(10), default="", index=True)
    setting: Mapped[str] = mapped_column(sa.String(4), default="")
    source: Mapped[str] = mapped_column(sa.String(30), default="entered", index=True)  # the kind of file, or "entered"
    released_on: Mapped[date | None]  # the release that these values are from
    names: Mapped[list["OrganisationName"]] = relationship(
        back_populates="organisation", order_by="OrganisationName.seen_from", lazy="raise_on_sql"
    )

    @property
    def key(self) -> str:
        """What screening calls it: its ODS code, or its id where it has none."""
        return self.code or str(self.id)


_BY_BYTES = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # found by its start on both databases


class OrganisationName(Keyed, Base):
    """A name that an organisation bears or bore, between the first and the last release that shows it."""

    __tablename__ = "organisation_name"
    __exempt__ = REFERENCE

    organisation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(sa.Text)
    search_key: Mapped[str] = mapped_column(_BY_BYTES, index=True)
    seen_from: Mapped[date | None]
    seen_to: Mapped[date | None]
    is_current: Mapped[bool] = mapped_column(default=True)
    organisation: Mapped[Organisation] = relationship(back_populates="names")


class OrganisationRelation(Keyed, Base):
    """From one organisation to another, from when to when. `source` says which file it came from, or "entered"."""

    __tablename__ = "organisation_relation"
    __exempt__ = REFERENCE
    __table_args__ = (sa.Index("ix_organisation_relation_to", "to_id", "kind"),)

    from_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    to_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("organisation.id"))
    kind: Mapped[RelationKind] = mapped_column(words(RelationKind, "organisation_relation_kind"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(sa.String(30), default="entered")
    released_on: Mapped[date | None]  # the newest release that states it
    detail: Mapped[str | None] = mapped_column(
        sa.Text
    )  # what is particular about it: a lot, an area, that a share is dormant
    stated_in: Mapped[str | None] = mapped_column(sa.Text)  # where it is said, as a person entered it


class EnteredFact(Ledgered, Base):
    """What a person entered about organisations, as it was entered: the evidence behind rows whose source is "entered"."""

    __tablename__ = "entered_fact"

    subject_table: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[uuid.UUID]
    facts: Mapped[dict[str, Any]] = mapped_column(Canonical)
    entered_by: Mapped[uuid.UUID | None]
    entered_at: Mapped[datetime] = mapped_column(Instant)


class ReferenceRelease(Ledgered, Base):
    """A published file that was imported: its digest, date, counts and a digest of the rows that resulted."""

    __tablename__ = "reference_release"

    file_kind: Mapped[str] = mapped_column(sa.String(30))
    file_name: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    released_on: Mapped[date]
    counts: Mapped[dict[str, int]] = mapped_column(Canonical)
    rows_sha256: Mapped[str] = mapped_column(sa.String(64))
    imported_at: Mapped[datetime] = mapped_column(Instant)


class Body(Ledgered, Base):
    """A commissioning body that uses this installation. Its slug starts every URL of its own."""

    __tablename__ = "body"

    slug: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[BodyKind] = mapped_column(words(BodyKind))
    ods_code: Mapped[str] = mapped_column(sa.String(12), default="")
    area_codes: Mapped[list[str]] = mapped_column(Canonical)  # commissioners whose practices are this body's area
    contact: Mapped[str] = mapped_column(sa.Text, default="")  # whom to ask about the register


class BodyPolicy(Ledgered, Base):
    """A figure of a body's own policy, stricter than the guidance, from a day on. A later row for the same figure takes its place and
    never overwrites it; one without a value goes back to the guidance."""

    __tablename__ = "body_policy"
    __table_args__ = (sa.UniqueConstraint("body_id", "number"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    number: Mapped[int]  # in the order in which the body recorded them
    name: Mapped[str] = mapped_column(sa.String(60))  # of a parameter of the guidance
    value: Mapped[str | None] = mapped_column(sa.String(20))  # a whole number, or pounds and pence
    valid_from: Mapped[date]
    source: Mapped[str] = mapped_column(sa.Text)  # where the policy says so
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]
