"""Tables of people: who they are and which posts they hold at which body."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Ledgered


class Person(Ledgered, Base):
    """Anybody whose interests may matter. `sort_key` orders the registers: folded family name, then given names."""

    __tablename__ = "person"
    __ledger_version__ = 2

    title: Mapped[str] = mapped_column(sa.Text, default="")
    given_names: Mapped[str] = mapped_column(sa.Text, default="")
    family_name: Mapped[str] = mapped_column(sa.Text, default="")
    name: Mapped[str] = mapped_column(sa.Text)  # as it is shown, with the title: "Dr Siân Ŵyn-Jones"
    initials: Mapped[str] = mapped_column(sa.String(12), default="")
    sort_key: Mapped[str] = mapped_column(sa.Text, index=True)
    email: Mapped[str] = mapped_column(sa.Text, default="")
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("body.id"), index=True
    )  # whose they are while they hold nothing anywhere; empty where no single body entered them
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)  # goes up with each change, so that two editors notice each other
    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="person", order_by="Appointment.valid_from",
        primaryjoin="and_(Appointment.person_id == Person.id, Appointment.replaced_at.is_(None))",
    )  # fmt: skip

    __mapper_args__ = {"version_id_col": version}


class PersonMerge(Ledgered, Base):
    """That two records are one person, entered twice: what `merged_id` held is `kept_id`'s from then on, until it is taken back. `moved`
    says what: the keys of the rows by table."""

    __tablename__ = "person_merge"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    kept_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    merged_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    moved: Mapped[dict[str, list[str]]] = mapped_column(Canonical)
    merged_at: Mapped[datetime] = mapped_column(Instant)
    merged_by: Mapped[uuid.UUID | None]  # the account
    undone_at: Mapped[datetime | None] = mapped_column(Instant)
    undone_by: Mapped[uuid.UUID | None]
    merged: Mapped[Person] = relationship(foreign_keys=[merged_id])


class Appointment(Ledgered, Base):
    """A dated post at a body: "Chief Finance Officer", "GP partner member", "Committee secretary". Whoever learns more about its dates
    enters a new version: the earlier one is marked as replaced, and keeps its dates."""

    __tablename__ = "appointment"
    __table_args__ = (sa.UniqueConstraint("replaces_id"),)
    __ledger_version__ = 2

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    post: Mapped[str] = mapped_column(sa.Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("appointment.id")
    )  # the version before this one
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship(back_populates="appointments")
