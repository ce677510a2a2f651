"""Tables of conflicts: stored flags, declarations at the meeting, rulings."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Ledgered, words
from coi.meetings.conflicts.ruling_vocabulary import with_magnitude
from coi.meetings.vocabulary import DeclaredPoint, FlagAnswer, FlagSource, FlagState, PresidingBasis
from coi.people.models import Person


class ConflictFlag(Ledgered, Base):
    """A flag that somebody acted on, or that a decision froze. Flags nobody touched are computed on reading and not stored."""

    __tablename__ = "conflict_flag"
    __ledger_version__ = 3
    __table_args__ = (sa.UniqueConstraint("item_id", "person_id", "fingerprint"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    interest_version_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest_version.id"))
    source: Mapped[FlagSource] = mapped_column(words(FlagSource))
    state: Mapped[FlagState] = mapped_column(words(FlagState))
    fingerprint: Mapped[str] = mapped_column(sa.String(64))  # changes when interest, item, rules or relations do
    level: Mapped[str] = mapped_column(sa.String(2))
    relation: Mapped[str] = mapped_column(sa.String(30))
    path: Mapped[list[str]] = mapped_column(Canonical)  # in words, from the person to the item
    suggested: Mapped[list[str]] = mapped_column(Canonical)  # action codes
    rule_ids: Mapped[list[str]] = mapped_column(Canonical)
    reason: Mapped[str] = mapped_column(sa.Text, default="")  # of a dismissal, or of a flag raised by hand
    raised_by: Mapped[uuid.UUID | None]  # the account: teller_queries.py says who alone may know it
    stood: Mapped[dict[str, str] | None] = mapped_column(
        Canonical
    )  # what the item said when somebody disposed of it, line by line
    answer: Mapped[FlagAnswer | None] = mapped_column(words(FlagAnswer))
    answer_text: Mapped[str] = mapped_column(sa.Text, default="")
    answer_since: Mapped[date | None]  # the day from which on it is no more, as the person says
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    dismissed_by_name: Mapped[str] = mapped_column(sa.Text, default="")
    guardian_consulted: Mapped[bool] = mapped_column(default=False)  # before it was dismissed
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)  # when the decision froze it
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(lazy="joined")


class UnreachedFlag(Ledgered, Base):
    """A flag that nobody had ruled on and that an item reaches no more since somebody changed what leads to it; who presides has seen it
    since `seen_at`."""

    __tablename__ = "unreached_flag"

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    interest_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest.id"))
    level: Mapped[str] = mapped_column(sa.String(2))
    path: Mapped[list[str]] = mapped_column(Canonical)  # in words, as it was
    because: Mapped[str] = mapped_column(sa.Text)  # who changed what, and when
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    seen_by_name: Mapped[str] = mapped_column(sa.Text, default="")
    person: Mapped[Person] = relationship(lazy="joined")


class MeetingDeclaration(Ledgered, Base):
    """An interest declared at a meeting: from the register, or new, which opens a task to declare it in time; or that somebody said
    nothing of one. A correction is a new entry in place of an earlier one; both stay."""

    __tablename__ = "meeting_declaration"
    __ledger_version__ = 2

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    item_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    interest_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest.id"))
    point: Mapped[DeclaredPoint] = mapped_column(words(DeclaredPoint))
    text: Mapped[str] = mapped_column(sa.Text)
    declared_at: Mapped[datetime | None] = mapped_column(Instant)
    due_on: Mapped[date | None]  # when a new interest must be on the register
    concerns: Mapped[list[str] | None] = mapped_column(Canonical)  # fingerprints of flags; None: nobody was asked yet
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("meeting_declaration.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def has_nothing(self) -> bool:
        """Whether they said that they had nothing to declare: what is new has a day by which it must be on the register."""
        named = self.interest_id is not None or bool(self.concerns)
        return not named and self.due_on is None and self.point is not DeclaredPoint.NOT_DECLARED


def was_not_corrected(known_at: datetime | None = None) -> sa.ColumnElement[bool]:
    """Returns the condition that no later entry corrects a declaration, as it was known at an instant; None: as it is known now."""
    later = sa.orm.aliased(MeetingDeclaration)
    until = later.recorded_at <= known_at if known_at else sa.true()
    return ~sa.exists().where(later.corrects_id == MeetingDeclaration.id, until)


class Ruling(Ledgered, Base):
    """The chair's ruling on one person and one item, for one committee. A later number replaces an earlier one; none is erased."""

    __tablename__ = "ruling"
    __ledger_version__ = 3
    __table_args__ = (sa.UniqueConstraint("item_id", "committee_id", "person_id", "number"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int]
    actions: Mapped[list[str]] = mapped_column(Canonical)
    rationale: Mapped[str] = mapped_column(sa.Text)
    magnitude: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    guardian_consulted: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    basis: Mapped[PresidingBasis] = mapped_column(words(PresidingBasis, "ruling_basis"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime | None] = mapped_column(
        Instant
    )  # where that was later; else it was recorded as it was made
    recorded_by: Mapped[uuid.UUID | None]
    recorded_by_name: Mapped[str] = mapped_column(sa.Text)
    is_dictated: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    decider: Mapped[Person] = relationship(foreign_keys=[decided_by], lazy="joined")

    @property
    def because(self) -> str:
        """How large the interest is, where that was said, and why the ruling was made."""
        return with_magnitude(self.rationale, self.magnitude)
