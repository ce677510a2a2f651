"""Tables of what is asked and said before a meeting."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Keyed, Ledgered, words
from coi.meetings.conflicts.voices.vocabulary import Answer
from coi.meetings.models import Meeting
from coi.people.models import Person


class BeforehandRequest(Ledgered, Base):
    """That somebody was asked before a meeting, and last asked again while they were silent. The mail itself is in the outbox."""

    __tablename__ = "beforehand_request"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_by: Mapped[uuid.UUID | None]  # the account; None: by the schedule
    asked_again_at: Mapped[datetime | None] = mapped_column(Instant)
    message_id: Mapped[uuid.UUID]  # in the outbox, the last one
    person: Mapped[Person] = relationship(lazy="joined")
    meeting: Mapped[Meeting] = relationship()


class BeforehandLink(Keyed, Base):
    """A link with which somebody who was asked answers without an account, once; one for each time that they were asked. Only the hash of
    its token is kept."""

    __tablename__ = "beforehand_link"
    __exempt__ = "operational; that somebody was asked, and what they answered, are in the ledger"

    request_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("beforehand_request.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    request: Mapped[BeforehandRequest] = relationship(lazy="joined")


class BeforehandAnswer(Ledgered, Base):
    """What somebody said before a meeting: whether the register is right about them, and of the items. It prepares the meeting and
    replaces nothing that is declared there. A later number replaces an earlier one; none is erased."""

    __tablename__ = "beforehand_answer"
    __ledger_version__ = 2
    __table_args__ = (sa.UniqueConstraint("meeting_id", "person_id", "number"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("meeting.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    number: Mapped[int]
    is_register_right: Mapped[bool]
    register_text: Mapped[str] = mapped_column(sa.Text, default="")
    coming: Mapped[Answer | None] = mapped_column(words(Answer, "beforehand_coming"))  # None: they were not asked
    deputy_words: Mapped[str] = mapped_column(
        sa.Text, default="", server_default=""
    )  # whom they would send, in their words
    said_at: Mapped[datetime] = mapped_column(Instant)
    items: Mapped[list["BeforehandItem"]] = relationship(back_populates="answer")


class BeforehandItem(Ledgered, Base):
    """What somebody said of one item."""

    __tablename__ = "beforehand_item"
    __table_args__ = (sa.UniqueConstraint("answer_id", "item_id"),)

    answer_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("beforehand_answer.id"))
    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    has_interest: Mapped[bool]
    interest_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("interest.id"))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    answer: Mapped[BeforehandAnswer] = relationship(back_populates="items")
