"""Tables of the register of breaches: what was reported, the private record with its lines, what the public reads, who may act."""

import uuid
from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.people.models import Person
from coi.registers.breaches.vocabulary import (
    BreachKind,
    BreachSource,
    BreachState,
    Conclusion,
    NoteKind,
    Part,
    Party,
    Sender,
    Severity,
)


class Breach(Ledgered, Base):
    """A suspected breach: what whoever acts knows of it. Its reference is never shown to the public."""

    __tablename__ = "breach"
    __ledger_version__ = 3
    __table_args__ = (sa.UniqueConstraint("subject_table", "subject_id"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)  # B/2026-27/7KQ4M: nobody can count them
    source: Mapped[BreachSource] = mapped_column(words(BreachSource))
    subject_table: Mapped[str | None] = mapped_column(sa.String(40))  # what in the product it was opened from
    subject_id: Mapped[uuid.UUID | None]
    state: Mapped[BreachState] = mapped_column(words(BreachState))
    kind: Mapped[BreachKind] = mapped_column(words(BreachKind))
    is_about_guardian: Mapped[bool] = mapped_column(default=False)
    what: Mapped[str] = mapped_column(sa.Text)
    happened_on: Mapped[date | None]
    happened_words: Mapped[str] = mapped_column(sa.Text, default="")  # "in spring, I think"
    how_found: Mapped[str] = mapped_column(sa.Text, default="")
    ground_corrected: Mapped[str] = mapped_column(
        sa.Text, default="", server_default=""
    )  # how what it rests on was corrected
    severity: Mapped[Severity | None] = mapped_column(words(Severity))
    is_material: Mapped[bool | None]
    investigator: Mapped[str] = mapped_column(sa.Text, default="")
    opened_at: Mapped[datetime] = mapped_column(Instant)
    taken_up_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    conclusion: Mapped[Conclusion | None] = mapped_column(words(Conclusion))
    closing_note: Mapped[str] = mapped_column(sa.Text, default="")
    disposed_at: Mapped[datetime | None] = mapped_column(Instant)  # what it said was erased by a person, then
    version: Mapped[int] = mapped_column(default=1)
    reports: Mapped[list["BreachReport"]] = relationship(back_populates="breach", order_by="BreachReport.received_at")
    notes: Mapped[list["BreachNote"]] = relationship(back_populates="breach", order_by="BreachNote.number")
    people: Mapped[list["BreachPerson"]] = relationship(
        back_populates="breach", order_by="BreachPerson.recorded_at",
        primaryjoin="and_(BreachPerson.breach_id == Breach.id, BreachPerson.removed_at.is_(None))",
    )  # fmt: skip
    twins: Mapped[list["BreachTwin"]] = relationship(back_populates="breach", order_by="BreachTwin.recorded_at")

    __mapper_args__ = {"version_id_col": version}


class BreachReport(Ledgered, Base):
    """What somebody reported in confidence. Who they are stays out of the ledger, which more people read; a salted digest of it is
    there, so that it cannot be changed unnoticed."""

    __tablename__ = "breach_report"
    __ledger_secret__: ClassVar[set[str]] = {
        "reporter_name", "reporter_contact", "reporter_salt", "code_hash", "reference",
    }  # fmt: skip

    breach_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("breach.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(20), unique=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    reporter_name: Mapped[str] = mapped_column(sa.Text)
    reporter_contact: Mapped[str] = mapped_column(sa.Text)
    reporter_salt: Mapped[str] = mapped_column(sa.String(64))
    reporter_digest: Mapped[str] = mapped_column(sa.String(64))
    what: Mapped[str] = mapped_column(sa.Text)
    happened: Mapped[str] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(sa.Text)
    how_known: Mapped[str] = mapped_column(sa.Text)
    received_at: Mapped[datetime] = mapped_column(Instant)
    breach: Mapped[Breach] = relationship(back_populates="reports")
    messages: Mapped[list["BreachMessage"]] = relationship(back_populates="report", order_by="BreachMessage.number")


class BreachMessage(Ledgered, Base):
    """A question to the reporter, or what they answered or added."""

    __tablename__ = "breach_message"
    __table_args__ = (sa.UniqueConstraint("report_id", "number"),)

    report_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("breach_report.id"), index=True)
    number: Mapped[int]
    sender: Mapped[Sender] = mapped_column(words(Sender))
    text: Mapped[str] = mapped_column(sa.Text)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    report: Mapped[BreachReport] = relationship(back_populates="messages")


class BreachPerson(Ledgered, Base):
    """Somebody whom a suspected breach is about, or who may know. Those it is about see nothing of it."""

    __tablename__ = "breach_person"

    breach_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("breach.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("person.id"), index=True
    )  # nobody once the record was disposed of
    part: Mapped[Part] = mapped_column(words(Part, "breach_part"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    breach: Mapped[Breach] = relationship(back_populates="people")
    person: Mapped[Person | None] = relationship(lazy="joined")


class BreachNote(Ledgered, Base):
    """A line of the private record. A line that is wrong is corrected by a later one; none is changed."""

    __tablename__ = "breach_note"
    __table_args__ = (sa.UniqueConstraint("breach_id", "number"),)

    breach_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("breach.id"), index=True)
    number: Mapped[int]
    kind: Mapped[NoteKind] = mapped_column(words(NoteKind))
    party: Mapped[Party | None] = mapped_column(words(Party))
    text: Mapped[str] = mapped_column(sa.Text)
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    breach: Mapped[Breach] = relationship(back_populates="notes")
    recorder: Mapped[Person | None] = relationship(lazy="joined")


class BreachTwin(Ledgered, Base):
    """What the public reads of a breach, written without names. A text that must not be read any more is withdrawn; a better one has a
    reference of its own, so that no older edition shows what it said."""

    __tablename__ = "breach_twin"

    breach_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("breach.id"), index=True)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    reference: Mapped[str] = mapped_column(
        sa.String(30), unique=True
    )  # BR/2026-27/01: numbered apart from the private records
    year: Mapped[int]  # the NHS year of the event, as far as it is known
    event: Mapped[str] = mapped_column(sa.Text)
    nature: Mapped[str] = mapped_column(sa.Text)
    control: Mapped[str] = mapped_column(sa.Text)
    investigation: Mapped[str] = mapped_column(sa.Text)
    learning: Mapped[str] = mapped_column(sa.Text)
    actions: Mapped[str] = mapped_column(sa.Text)
    publish_on: Mapped[date]
    names_kept: Mapped[bool] = mapped_column(
        default=False
    )  # a name seemed to occur, and the writer said that it does not identify
    written_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_because: Mapped[str] = mapped_column(sa.Text, default="")
    breach: Mapped[Breach] = relationship(back_populates="twins")


class BreachlessYear(Ledgered, Base):
    """A person's statement that a year had no breaches."""

    __tablename__ = "breachless_year"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    year: Mapped[int]  # 2025 for 2025/26
    stated_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    stated_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


class GuardianSubstitute(Ledgered, Base):
    """Who acts where the Guardian is complained of, from one date to another."""

    __tablename__ = "guardian_substitute"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    named_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
