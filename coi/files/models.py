"""Tables of files: what a file is, which is evidence, and its content in chunks."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Instant, Ledgered


class StoredFile(Ledgered, Base):
    """A file as it was stored. A newer version is another row; the room that uses the file says which is which."""

    __tablename__ = "stored_file"
    __ledger_version__ = 2

    name: Mapped[str] = mapped_column(sa.Text)
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    stored_at: Mapped[datetime] = mapped_column(Instant)
    stored_by: Mapped[uuid.UUID | None]  # the pseudonym of the account; None: the installation itself
    body_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    purpose: Mapped[str] = mapped_column(sa.String(60))
    emptied_at: Mapped[datetime | None] = mapped_column(Instant)  # its content was deleted, since nobody used it


class FileChunk(Base):
    """A piece of a file's content, numbered from 0."""

    __tablename__ = "file_chunk"
    __exempt__ = "content; its digest is in the ledgered StoredFile"

    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(sa.LargeBinary)
