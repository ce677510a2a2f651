"""Tables of meetings: the gathering, its agenda, who came, who left when, what was decided."""

import uuid
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.committees.models import Committee
from coi.committees.vocabulary import MemberClass
from coi.database import Base, Canonical, Instant, Ledgered, words
from coi.meetings.vocabulary import (
    AffectedRelation,
    Capacity,
    Cast,
    ClassScope,
    ItemState,
    MeetingState,
    Method,
    Outcome,
    Part,
    PresenceKind,
    PresenceReason,
    PresidingBasis,
    Purpose,
    SnapshotPhase,
    Stage,
    Standing,
)
from coi.organisations.models import Organisation
from coi.people.models import Person


class Meeting(Ledgered, Base):
    """A gathering of one committee, or of several in common."""

    __tablename__ = "meeting"
    __ledger_version__ = 2

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str] = mapped_column(sa.Text)
    held_on: Mapped[date]
    starts_at: Mapped[time]
    venue: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[MeetingState] = mapped_column(words(MeetingState))
    agenda_version: Mapped[int] = mapped_column(
        default=1
    )  # grows with every change of the agenda: the edit conflict test
    planned_at: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    called_off_at: Mapped[datetime | None] = mapped_column(Instant)  # then it is closed, and was never opened
    called_off_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    called_off_because: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    committees: Mapped[list["MeetingCommittee"]] = relationship(
        back_populates="meeting", order_by="MeetingCommittee.position"
    )
    items: Mapped[list["AgendaItem"]] = relationship(back_populates="meeting", order_by="AgendaItem.position")
    caller_off: Mapped[Person | None] = relationship(foreign_keys=[called_off_by])

    @property
    def phase(self) -> str:
        """How far it is, in the word that pages show: its state, or that it was called off."""
        return "called off" if self.called_off_at else self.state.value


class MeetingCommittee(Ledgered, Base):
    """A committee that meets at a meeting. The first by position convenes it."""

    __tablename__ = "meeting_committee"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "committee_id"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    meeting: Mapped[Meeting] = relationship(back_populates="committees")
    committee: Mapped[Committee] = relationship(lazy="joined")


class AgendaItem(Ledgered, Base):
    """An item of one meeting's agenda. Its reference is stable, and stays the same where a later meeting carries the item on; its
    number on the page is its position."""

    __tablename__ = "agenda_item"
    __ledger_version__ = 4

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    issued: Mapped[str] = mapped_column(
        "reference", sa.String(40), unique=True
    )  # "…/014", and "…/014/2" where it is carried on
    carried_reference: Mapped[str | None] = mapped_column(
        sa.String(40)
    )  # of the first item, where this one carries it on
    continues_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    matter_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("matter.id"), index=True)  # with items elsewhere
    stage: Mapped[Stage | None] = mapped_column(words(Stage, "item_stage"))
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)  # grows with every change of its text: the edit conflict test
    title: Mapped[str] = mapped_column(sa.Text)
    description: Mapped[str] = mapped_column(sa.Text, default="")
    presenter: Mapped[str] = mapped_column(sa.Text, default="")
    part: Mapped[Part] = mapped_column(words(Part))
    private_reason: Mapped[str] = mapped_column(sa.Text, default="")
    purpose: Mapped[Purpose] = mapped_column(words(Purpose))
    standing: Mapped[Standing | None] = mapped_column(words(Standing))
    function_code: Mapped[str] = mapped_column(sa.String(30), default="")
    class_scope: Mapped[ClassScope] = mapped_column(words(ClassScope))
    class_area: Mapped[list[str]] = mapped_column(Canonical)  # commissioner codes, or ids of a PCN or practices
    class_place: Mapped[str | None] = mapped_column(sa.Text)  # where only the practices of a place are meant
    state: Mapped[ItemState] = mapped_column(words(ItemState))
    discussion: Mapped[str] = mapped_column(sa.Text, default="")  # what the secretary noted of the discussion
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    meeting: Mapped[Meeting] = relationship(back_populates="items")
    affected: Mapped[list["AffectedOrganisation"]] = relationship(
        back_populates="item", order_by="AffectedOrganisation.position",
        primaryjoin="and_(AffectedOrganisation.item_id == AgendaItem.id, AffectedOrganisation.removed_at.is_(None))",
    )  # fmt: skip
    continues: Mapped["AgendaItem | None"] = relationship(remote_side="AgendaItem.id")

    @property
    def reference(self) -> str:
        """What people call it, at whichever meeting."""
        return self.carried_reference or self.issued

    @property
    def class_words(self) -> str:
        """The whole class that it concerns, in words; empty where it concerns none."""
        usual = "a primary care network" if self.class_scope is ClassScope.PCN else "the area"
        return f"All practices of {self.class_place or usual}" if self.class_scope is not ClassScope.NONE else ""

    @property
    def names_nobody(self) -> bool:
        """Whether it names no organisation and no class, so that no interest can be compared with it."""
        return not self.affected and self.class_scope is ClassScope.NONE

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The organisations that it names in words alone, matched to nothing."""
        return tuple(row.text for row in self.affected if row.organisation_id is None)

    @property
    def is_unscreened(self) -> bool:
        """Whether a decision is asked for on an item that nothing could be compared with."""
        return self.standing is None and self.purpose.asks_for_a_decision and self.names_nobody


class AffectedOrganisation(Ledgered, Base):
    """An organisation that an item concerns, and how."""

    __tablename__ = "affected_organisation"

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    position: Mapped[int]
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    text: Mapped[str] = mapped_column(sa.Text)
    relation: Mapped[AffectedRelation] = mapped_column(words(AffectedRelation))
    removed_at: Mapped[datetime | None] = mapped_column(Instant)
    item: Mapped[AgendaItem] = relationship(back_populates="affected")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")


class Attendance(Ledgered, Base):
    """A person's part in a meeting, per committee: member, deputy or in attendance; apologies where they sent them."""

    __tablename__ = "attendance"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("meeting_id", "committee_id", "person_id"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    capacity: Mapped[Capacity] = mapped_column(words(Capacity))
    deputy_for: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    member_class: Mapped[MemberClass | None] = mapped_column(words(MemberClass))  # in which a temporary member sits
    apologies: Mapped[bool] = mapped_column(default=False)
    is_remote: Mapped[bool] = mapped_column(default=False)
    role_words: Mapped[str] = mapped_column(sa.Text, default="")  # "Lay member", "Healthwatch", as the minutes print it
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")


class Presence(Ledgered, Base):
    """A movement into or out of the meeting. `at` is empty where nobody knows the time, and the minutes say so."""

    __tablename__ = "presence"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "number"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    item_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("agenda_item.id"))
    number: Mapped[int]  # the order of events, which stands even where times are unknown
    kind: Mapped[PresenceKind] = mapped_column(words(PresenceKind))
    reason: Mapped[PresenceReason] = mapped_column(words(PresenceReason))
    at: Mapped[datetime | None] = mapped_column(Instant)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    corrects_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("presence.id")
    )  # a correction replaces; both stay
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person: Mapped[Person] = relationship(lazy="joined")


class ChairHandover(Ledgered, Base):
    """Who presides over one item in place of the chair, by what right and why. Where nobody recorded that the chair went back, it did with
    the end of the item: it was handed over for that alone."""

    __tablename__ = "chair_handover"
    __ledger_version__ = 2

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    from_person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    to_person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    basis: Mapped[PresidingBasis] = mapped_column(words(PresidingBasis))
    reason: Mapped[str] = mapped_column(sa.Text)
    handed_over_at: Mapped[datetime] = mapped_column(Instant)
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    return_recorded_at: Mapped[datetime | None] = mapped_column(Instant)
    to_person: Mapped[Person] = relationship(foreign_keys=[to_person_id], lazy="joined")
    from_person: Mapped[Person | None] = relationship(foreign_keys=[from_person_id], lazy="joined")


class QuorumSnapshot(Ledgered, Base):
    """The quorum of one committee, taken at the opening or at the decision of an item: who counted, in which slot, and why."""

    __tablename__ = "quorum_snapshot"
    __ledger_version__ = 3

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    item_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    terms_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("terms_of_reference.id"))
    phase: Mapped[SnapshotPhase] = mapped_column(words(SnapshotPhase))
    taken_at: Mapped[datetime] = mapped_column(Instant)
    replaced_at: Mapped[datetime | None] = mapped_column(
        Instant
    )  # since when another stands in its place: a correction
    quorate: Mapped[bool]
    rule_words: Mapped[str] = mapped_column(sa.Text)
    counted: Mapped[list[list[str]]] = mapped_column(Canonical)  # [[name, slot in words, id], …]
    missing: Mapped[list[str]] = mapped_column(Canonical)
    reasons: Mapped[list[str]] = mapped_column(Canonical)
    present: Mapped[list[str]] = mapped_column(Canonical)  # ids of everybody in the meeting at that moment
    clinical_words: Mapped[str] = mapped_column(sa.Text, default="")
    searched_words: Mapped[str | None] = mapped_column(
        sa.Text
    )  # what was searched for conflicts until then; None: not kept yet


class Decision(Ledgered, Base):
    """What a committee decided on an item, or why it did not. Irregular where it went on regardless of a stop."""

    __tablename__ = "decision"
    __table_args__ = (sa.UniqueConstraint("item_id", "committee_id"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    snapshot_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("quorum_snapshot.id"))
    presiding_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    text: Mapped[str] = mapped_column(sa.Text)
    method: Mapped[Method] = mapped_column(words(Method))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    is_irregular: Mapped[bool] = mapped_column(default=False)
    irregular_because: Mapped[list[str]] = mapped_column(Canonical)
    explanation: Mapped[str] = mapped_column(sa.Text, default="")
    referred_to: Mapped[str] = mapped_column(sa.Text, default="")
    arithmetic: Mapped[str] = mapped_column(
        sa.Text, default=""
    )  # "7 members; 2 stood down; 5 entitled; 4 for, 1 abstained"
    votes: Mapped[list["Vote"]] = relationship(
        back_populates="decision", primaryjoin="and_(Vote.decision_id == Decision.id, Vote.struck_at.is_(None))"
    )
    presiding: Mapped[Person | None] = relationship(foreign_keys=[presiding_id], lazy="joined")
    snapshot: Mapped[QuorumSnapshot | None] = relationship()


class Vote(Ledgered, Base):
    """How one entitled member voted."""

    __tablename__ = "vote"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("decision_id", "person_id"),)

    decision_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("decision.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    cast: Mapped[Cast] = mapped_column(words(Cast, "vote_cast"))
    is_casting: Mapped[bool] = mapped_column(default=False)
    struck_at: Mapped[datetime | None] = mapped_column(Instant)  # since when a correction says that they did not vote
    decision: Mapped[Decision] = relationship(back_populates="votes")
    person: Mapped[Person] = relationship(lazy="joined")
