"""Tables that belong to all registers: long absences of people, the lists of those who did not declare, disposals of old records."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Ledgered
from coi.people.models import Person


class Absence(Ledgered, Base):
    """That somebody is away for long, from their first day away to the last (None: not known yet). Why they are away is nobody's
    business here, and is not kept."""

    __tablename__ = "absence"
    __table_args__ = (
        sa.CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_began"),
        sa.Index("ix_absence_body_person", "body_id", "person_id"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)  # entered by mistake: kept, and of no effect
    person: Mapped[Person] = relationship(lazy="joined")


class NonDeclarersList(Ledgered, Base):
    """A list of decision-makers who did not declare, as a person confirmed it on a day. Only a confirmed list may be published. It may
    name nobody, which says that everybody declared."""

    __tablename__ = "non_declarers_list"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    as_at: Mapped[date]
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    people: Mapped[list["NonDeclarer"]] = relationship(back_populates="list", order_by="NonDeclarer.position")


class NonDeclarer(Ledgered, Base):
    """Somebody whom a confirmed list names, as they were called then, and since when the declaration was due."""

    __tablename__ = "non_declarer"
    __table_args__ = (sa.UniqueConstraint("list_id", "person_id"),)

    list_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("non_declarers_list.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.Text)
    positions: Mapped[str] = mapped_column(sa.Text, default="")
    due_on: Mapped[date]
    list: Mapped[NonDeclarersList] = relationship(back_populates="people")


class Disposal(Ledgered, Base):
    """That a person disposed of records whose years of keeping were over: which, when and why. What they said is erased; the references
    stay. `files` are those of older registers whose content went with them, since they may have held one."""

    __tablename__ = "disposal"
    __ledger_version__ = 2

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    records: Mapped[list[str]] = mapped_column(Canonical)  # references, in order
    files: Mapped[list[str] | None] = mapped_column(Canonical)  # their ids; None: before any did
    reason: Mapped[str] = mapped_column(sa.Text)
    disposed_at: Mapped[datetime] = mapped_column(Instant)
    disposed_by: Mapped[uuid.UUID | None]  # the account
    disposed_by_name: Mapped[str] = mapped_column(sa.Text)
