"""Tables of committees: the committee, its dated terms of reference, and who sits on it in which class."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.committees.vocabulary import CommissioningModel, MemberClass, Office
from coi.database import Base, Canonical, Instant, Ledgered, words
from coi.people.models import Person


class Committee(Ledgered, Base):
    """A committee of a body (jointly with other bodies where `committee_body` says so)."""

    __tablename__ = "committee"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str] = mapped_column(sa.Text)
    prefix: Mapped[str] = mapped_column(sa.String(16))  # of its references: PCCC in PCCC/2026-27/014
    established_on: Mapped[date]
    ended_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    terms: Mapped[list["TermsOfReference"]] = relationship(
        back_populates="committee", order_by="TermsOfReference.valid_from"
    )
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="committee",
        primaryjoin="and_(Membership.committee_id == Committee.id, Membership.replaced_at.is_(None))",
    )

    __table_args__ = (sa.UniqueConstraint("body_id", "prefix"),)


class CommitteeBody(Ledgered, Base):
    """Another body that a joint committee decides for, besides the one that keeps its papers."""

    __tablename__ = "committee_body"
    __table_args__ = (sa.UniqueConstraint("committee_id", "body_id"),)

    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)


class TermsOfReference(Ledgered, Base):
    """A version of a committee's terms, in force from `valid_from` until the next one or `valid_to`. Never overwritten."""

    __tablename__ = "terms_of_reference"
    __ledger_version__ = 4
    __table_args__ = (sa.UniqueConstraint("committee_id", "valid_from", "recorded_at"),)

    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    model: Mapped[CommissioningModel] = mapped_column(words(CommissioningModel))
    primary_care: Mapped[bool] = mapped_column(default=True, server_default=sa.true())  # it commissions primary care
    quorum: Mapped[dict[str, Any]] = mapped_column(Canonical)  # the expression, as coi.committees.quorum reads it
    quorum_settings: Mapped[dict[str, Any]] = mapped_column(Canonical)
    quorum_preset: Mapped[str] = mapped_column(sa.String(60), default="")
    quorum_figures: Mapped[dict[str, Any]] = mapped_column(
        Canonical, default=dict
    )  # the preset's figures, to start a new version from
    functions: Mapped[list[str]] = mapped_column(Canonical)  # function codes in scope
    composition: Mapped[list[Any]] = mapped_column(Canonical)  # [{"class": "lay", "seats": 2, "voting": true}, …]
    established_voting: Mapped[int]  # voting seats that the terms establish, filled or not
    casting_vote: Mapped[bool] = mapped_column(default=True)
    urgent_power: Mapped[str] = mapped_column(sa.Text, default="", server_default="")  # who may decide between meetings
    deputies_allowed: Mapped[bool] = mapped_column(default=False)
    temporary_allowed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # members for one meeting
    committee: Mapped[Committee] = relationship(back_populates="terms")


class Membership(Ledgered, Base):
    """A person's seat on a committee from one date to another, as it was known from `recorded_at` on. Whoever learns more enters a new
    version: the earlier one is marked as replaced, and keeps its dates."""

    __tablename__ = "membership"
    __table_args__ = (sa.UniqueConstraint("replaces_id"),)
    __ledger_version__ = 2

    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    member_class: Mapped[MemberClass] = mapped_column(words(MemberClass))
    voting: Mapped[bool]
    office: Mapped[Office | None] = mapped_column(words(Office))
    posts: Mapped[list[str]] = mapped_column(Canonical)  # posts that the quorum may name: ["Chief Finance Officer"]
    organisation: Mapped[str] = mapped_column(sa.Text, default="")  # of a joint committee: whom the member sits for
    attributes: Mapped[list[str]] = mapped_column(Canonical)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("membership.id"))  # the version before this one
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)
    committee: Mapped[Committee] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship(lazy="joined")
