"""Tables of the register of gifts and hospitality. An entry lives on in versions, none ever overwritten."""

import uuid
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.organisations.models import Body, Organisation
from coi.people.models import Person
from coi.registers.gifts.vocabulary import AS_STATED, Approval, GiftStatus, OfferKind, OfferSource, Response
from coi.registers.interests.models import RedactionRequest


class Gift(Ledgered, Base):
    """An offer that was declared to a body. Without a person, the body itself is the recipient."""

    __tablename__ = "gift"
    __ledger_version__ = 3

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(30), unique=True)  # G/2026/0007, never reused
    is_taken_over: Mapped[bool] = mapped_column(default=False)  # from an older register, which may say less
    disposed_at: Mapped[datetime | None] = mapped_column(Instant)  # what it said was erased by a person, then
    versions: Mapped[list["GiftVersion"]] = relationship(back_populates="gift", order_by="GiftVersion.number")
    redactions: Mapped[list[RedactionRequest]] = relationship(
        back_populates="gift", order_by=RedactionRequest.requested_at
    )
    person: Mapped[Person | None] = relationship()
    body: Mapped[Body] = relationship()

    @property
    def recipient(self) -> str:
        """The name of whoever it was offered to."""
        return self.person.name if self.person else self.body.name


class GiftVersion(Ledgered, Base):
    """What the register said of an offer from `recorded_at` until the next version's."""

    __tablename__ = "gift_version"
    __ledger_version__ = 2
    __table_args__ = (
        sa.UniqueConstraint("gift_id", "number"),
        sa.CheckConstraint("pence >= 0", name="worth_something_or_nothing"),
        sa.CheckConstraint("received_on IS NULL OR received_on >= offered_on", name="received_after_it_was_offered"),
    )

    gift_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("gift.id"), index=True)
    number: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by: Mapped[uuid.UUID | None]
    entered_by_name: Mapped[str] = mapped_column(sa.Text)
    on_behalf: Mapped[bool] = mapped_column(default=False)  # entered by somebody other than the recipient
    declared_on: Mapped[date]  # the date on the paper, where one was entered
    declared_on_or_before: Mapped[bool] = mapped_column(default=False)  # an older register gives no day
    kind: Mapped[OfferKind] = mapped_column(words(OfferKind))
    source: Mapped[OfferSource | None] = mapped_column(words(OfferSource))  # None: an older register does not say
    offeror: Mapped[str] = mapped_column(sa.Text)
    offeror_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    offeror_key: Mapped[str] = mapped_column(sa.String(200), index=True)  # the same for every offer of one offeror
    business: Mapped[str] = mapped_column(sa.Text, default="")
    description: Mapped[str] = mapped_column(sa.Text)
    pence: Mapped[int | None] = mapped_column(sa.BigInteger)  # None: an older register does not say
    is_estimate: Mapped[bool]
    is_beyond_modest: Mapped[bool] = mapped_column(default=False)
    offered_on: Mapped[date]
    offered_on_or_before: Mapped[bool] = mapped_column(default=False)  # as `declared_on_or_before`
    received_on: Mapped[date | None]
    response: Mapped[Response] = mapped_column(words(Response))
    reason: Mapped[str] = mapped_column(sa.Text)
    comments: Mapped[str] = mapped_column(sa.Text, default="")
    status: Mapped[GiftStatus] = mapped_column(words(GiftStatus))
    decided_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_on: Mapped[date | None]
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")
    change_note: Mapped[str] = mapped_column(sa.Text, default="")
    gift: Mapped[Gift] = relationship(back_populates="versions")
    organisation: Mapped[Organisation | None] = relationship()
    decider: Mapped[Person | None] = relationship()

    @property
    def approval(self) -> Approval | None:
        """Whether it was approved, here or by what an older register says; None where neither says it."""
        if self.status not in (GiftStatus.APPROVED, GiftStatus.NOT_APPROVED):
            return None
        is_stated = self.decided_by is None and self.decision_note.startswith(AS_STATED)
        words = self.decision_note.removeprefix(AS_STATED).strip(" “”") if is_stated else self.decision_note
        return Approval(self.status is GiftStatus.APPROVED, self.decided_on, words, is_stated)

    @property
    def value(self) -> Decimal | None:
        """What it is worth, in pounds; None where an older register does not say."""
        return None if self.pence is None else Decimal(self.pence) / 100
