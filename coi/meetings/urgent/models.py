"""The table of urgent decisions."""

import uuid
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi import clock
from coi.database import Base, Canonical, Instant, Ledgered, words
from coi.meetings.urgent.vocabulary import UrgentFact
from coi.meetings.vocabulary import PresidingBasis
from coi.people.models import Person


class UrgentDecision(Ledgered, Base):
    """A decision that was taken between meetings, on the item by which the next meeting is told of it and asked to ratify it. One that was
    entered by mistake is marked so, with the reason, and stays."""

    __tablename__ = "urgent_decision"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("item_id", "committee_id", "recorded_at"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    decided_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    basis: Mapped[PresidingBasis] = mapped_column(words(PresidingBasis, "urgent_basis"))
    second_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(sa.Text)
    power: Mapped[str] = mapped_column(sa.Text)  # of the terms of reference or standing orders
    why_urgent: Mapped[str] = mapped_column(sa.Text)
    why_no_meeting: Mapped[str] = mapped_column(sa.Text)
    instead: Mapped[str] = mapped_column(sa.Text)
    consulted: Mapped[list[list[str]]] = mapped_column(Canonical)  # [[id, name, class in words], …]
    said: Mapped[str] = mapped_column(sa.Text)
    screened: Mapped[list[list[str]]] = mapped_column(Canonical)  # [[id, name, what was found in words], …]
    conflicted: Mapped[list[str]] = mapped_column(Canonical)  # names of those with a conflict
    searched: Mapped[str] = mapped_column(sa.Text)
    is_irregular: Mapped[bool] = mapped_column(default=False)
    irregular_because: Mapped[list[str]] = mapped_column(Canonical)
    explanation: Mapped[str] = mapped_column(sa.Text)
    audit_reported_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_name: Mapped[str] = mapped_column(sa.Text)
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    struck_because: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    decider: Mapped[Person] = relationship(foreign_keys=[decided_by], lazy="joined")
    second: Mapped[Person | None] = relationship(foreign_keys=[second_id], lazy="joined")

    @property
    def fact(self) -> UrgentFact:
        """What pages, minutes and the story tell it from."""
        return UrgentFact(
            self.decider.name, self.basis, self.second.name if self.second else "", clock.local(self.decided_at), self.text,
            self.power, self.why_urgent, self.why_no_meeting, self.instead,
            tuple(f"{name} ({words})" if words else name for _id, name, words in self.consulted), self.said,
            tuple(self.conflicted), tuple(self.irregular_because), self.explanation, self.audit_reported_on,
            tuple(name for person, name, _words in self.consulted if not person),
            is_only_late=bool(self.irregular_because) and not self.is_irregular,
        )  # fmt: skip

    def fact_of(self, committee: str) -> UrgentFact:
        """The same, named as the decision of a committee, where several meet in common."""
        return replace(self.fact, committee=committee)
