"""The table of questions that lists from outside made a body ask its members."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.people.models import Person
from coi.registers.prompts.vocabulary import About, Answer, PromptKind, QuestionState, Source


class MemberQuestion(Ledgered, Base):
    """A question to a member that a list from outside suggested, and what became of it. Between the member and whoever keeps the
    registers: never published, in no minutes. What was set aside or answered stays, so that it is not asked twice."""

    __tablename__ = "member_question"
    __table_args__ = (sa.Index("ix_member_question_body_person", "body_id", "person_id"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[PromptKind] = mapped_column(words(PromptKind))
    organisation: Mapped[str] = mapped_column(sa.Text)
    number: Mapped[str] = mapped_column(sa.Text, default="")  # of the company
    role: Mapped[str] = mapped_column(sa.Text, default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    born: Mapped[str] = mapped_column(sa.String(20), default="")  # year and month, where the list gives them
    interest_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest.id"))  # the entry that it is about
    question: Mapped[str] = mapped_column(sa.Text)
    why: Mapped[str] = mapped_column(sa.Text)
    is_weak: Mapped[bool]
    list_name: Mapped[str] = mapped_column(sa.Text)
    list_on: Mapped[date]
    state: Mapped[QuestionState] = mapped_column(words(QuestionState))
    recorded_at: Mapped[datetime] = mapped_column(Instant)  # when it was asked, or set aside
    recorded_by: Mapped[uuid.UUID | None]  # the account
    recorded_by_name: Mapped[str] = mapped_column(sa.Text)
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    answer: Mapped[Answer | None] = mapped_column(words(Answer))
    answer_words: Mapped[str] = mapped_column(sa.Text, default="")
    ended_on: Mapped[date | None]
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    noted_at: Mapped[datetime | None] = mapped_column(
        Instant
    )  # when somebody who keeps the registers had read the answer
    closed_because: Mapped[str] = mapped_column(sa.Text, default="")  # why it was set aside or withdrawn
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    disposed_at: Mapped[datetime | None] = mapped_column(Instant)  # what it said was erased by a person, then
    person: Mapped[Person] = relationship(lazy="joined")

    @property
    def about(self) -> About:
        """What it is about, as later lists are compared with it."""
        return About(
            self.kind, self.organisation, self.number, self.role, self.since, self.until, self.born, self.interest_id
        )

    @property
    def source(self) -> Source:
        """The list that made one ask."""
        return Source(self.list_name, self.list_on)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is QuestionState.ASKED
