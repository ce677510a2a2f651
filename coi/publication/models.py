"""Tables of publication: each register's public side, its editions, and the entries that they hold, each content once."""

import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Instant, Keyed, Ledgered, words
from coi.files.models import StoredFile
from coi.organisations.models import Body
from coi.publication.vocabulary import FileKind
from coi.registers.vocabulary import RegisterKind

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_Ordered = sa.Text().with_variant(
    sa.Text(collation="C"), "postgresql"
)  # the same order on both databases, and by prefix
_DERIVED = "made from the sealed file of each edition, whose digest is ledgered; it can be made again"


class Edition(Ledgered, Base):
    """What was published of one register, when and by whom, with the digest of its sealed file. Editions count from 1."""

    __tablename__ = "edition"
    __table_args__ = (sa.UniqueConstraint("body_id", "kind", "number"),)

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    kind: Mapped[RegisterKind] = mapped_column(words(RegisterKind))
    number: Mapped[int]
    as_at: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[uuid.UUID | None]  # the pseudonym of the account; None: the installation itself
    published_by_name: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text, default="")  # what the body says about it, for everybody to read
    rows: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    removed: Mapped[int]
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    body: Mapped[Body] = relationship()
    file: Mapped[StoredFile] = relationship()


class Shelf(Base):
    """The public side of one register of a body: the newest edition, and how many entries stand in it. Its small number keeps the
    tables below narrow."""

    __tablename__ = "shelf"
    __exempt__ = _DERIVED
    __table_args__ = (sa.UniqueConstraint("body_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"))
    kind: Mapped[RegisterKind] = mapped_column(words(RegisterKind, "shelf_kind"))
    edition: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)


class PublishedEntry(Base):
    """A record as it was published, from the first edition that says so to the last (2147483647: it stands). `until` is the last day on
    which it is public, as it is known today; `known_since` the first edition that has the record at all."""

    __tablename__ = "published_entry"
    __exempt__ = _DERIVED
    __table_args__ = (
        sa.Index("ix_published_entry_name", "shelf_id", "last_edition", "sort_key", "key"),
        sa.Index("ix_published_entry_subject", "shelf_id", "last_edition", "subject", "key"),
        sa.Index("ix_published_entry_newest", "shelf_id", "last_edition", "changed_on", "key"),
        sa.Index("ix_published_entry_order", "shelf_id", "sort_key", "key"),
        sa.Index("ix_published_entry_key", "shelf_id", "key"),
        sa.Index("ix_published_entry_until", "shelf_id", "last_edition", "until"),
        sa.Index("ix_published_entry_first", "shelf_id", "first_edition"),
    )

    id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    shelf_id: Mapped[int] = mapped_column(sa.ForeignKey("shelf.id"))
    key: Mapped[str] = mapped_column(_Ordered)
    sort_key: Mapped[str] = mapped_column(_Ordered)
    subject: Mapped[str] = mapped_column(_Ordered)
    changed_on: Mapped[date]
    until: Mapped[date]
    first_edition: Mapped[int]
    last_edition: Mapped[int]
    known_since: Mapped[int]
    mark: Mapped[str] = mapped_column(sa.String(32))
    content: Mapped[str] = mapped_column(sa.Text)


class PublishedWord(Base):
    """A word, or a value to filter by, that entries of a register can be found with, and how many that stand have it."""

    __tablename__ = "published_word"
    __exempt__ = _DERIVED
    __table_args__ = ({"sqlite_with_rowid": False},)

    shelf_id: Mapped[int] = mapped_column(sa.ForeignKey("shelf.id"), primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(_Ordered, primary_key=True)
    label: Mapped[str] = mapped_column(sa.Text, default="")
    uses: Mapped[int] = mapped_column(default=0)


class PublishedUse(Base):
    """That an entry has a word. By word: which entries have one of a span; by entry: whether it has one."""

    __tablename__ = "published_use"
    __exempt__ = _DERIVED
    __table_args__ = (sa.Index("ix_published_use_entry", "entry_id", "word"), {"sqlite_with_rowid": False})

    shelf_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[str] = mapped_column(_Ordered, primary_key=True)
    entry_id: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)


class PublishedFile(Keyed, Base):
    """The workbook or PDF of a register that is given out, and the mark of what may be seen when it was made."""

    __tablename__ = "published_file"
    __exempt__ = "which of the ledgered files is given out now"
    __table_args__ = (sa.UniqueConstraint("shelf_id", "kind"),)

    shelf_id: Mapped[int] = mapped_column(sa.ForeignKey("shelf.id"))
    kind: Mapped[FileKind] = mapped_column(words(FileKind))
    mark: Mapped[str] = mapped_column(sa.String(32))
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship()
