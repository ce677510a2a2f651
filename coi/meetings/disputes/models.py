"""The table of disputes about rulings."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered, words
from coi.meetings.disputes.vocabulary import DisputeFact, DisputeKind, Response
from coi.people.models import Person


class RulingDispute(Ledgered, Base):
    """That somebody refused to leave or disputed the ruling on them, what they said, and what whoever presided did next. One that was
    entered by mistake is marked so, with the reason, and stays."""

    __tablename__ = "ruling_dispute"

    ruling_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("ruling.id"))
    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    committee_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("committee.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[DisputeKind] = mapped_column(words(DisputeKind))
    said: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[datetime | None] = mapped_column(Instant)  # empty where nobody knows the time, and the minutes say so
    response: Mapped[Response] = mapped_column(words(Response, "dispute_response"))
    did: Mapped[str] = mapped_column(sa.Text, default="")  # what whoever presided said or did, in words
    presiding_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    struck_at: Mapped[datetime | None] = mapped_column(Instant)
    struck_because: Mapped[str] = mapped_column(sa.Text, default="")
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined")
    presiding: Mapped[Person | None] = relationship(foreign_keys=[presiding_id], lazy="joined")

    @property
    def fact(self) -> DisputeFact:
        """What minutes, story and pages say it from."""
        return DisputeFact(
            self.id, str(self.person_id), self.person.name, self.kind, self.said, self.at, self.response, self.did,
            self.presiding.name if self.presiding else "",
        )  # fmt: skip
