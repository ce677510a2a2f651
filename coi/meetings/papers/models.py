"""Tables of papers: which file belongs to which item, under which letter."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Ledgered
from coi.files.models import StoredFile
from coi.meetings.models import AgendaItem
from coi.meetings.papers.rules import file_words


class Paper(Ledgered, Base):
    """A file attached to an item. Who may not have it follows from the rulings on the item; who read it is in the access log."""

    __tablename__ = "paper"
    __table_args__ = (sa.UniqueConstraint("item_id", "letter"),)

    item_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("agenda_item.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    letter: Mapped[str] = mapped_column(
        sa.String(3)
    )  # issued in order of arrival, never again: "7a" is item 7, paper a
    title: Mapped[str] = mapped_column(sa.Text)
    added_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[uuid.UUID | None]  # the pseudonym of the account
    item: Mapped[AgendaItem] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")

    @property
    def number(self) -> str:
        """What people call it: the item's place on the agenda and its own letter, "7a"."""
        return f"{self.item.position}{self.letter}"

    @property
    def file_words(self) -> str:
        """What kind of file it is, and how large."""
        return file_words(self.file.name, self.file.size)
