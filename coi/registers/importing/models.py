"""Tables of imports: what was imported, which is evidence; and files that somebody looks through before, which are not."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coi.database import Base, Canonical, Instant, Keyed, Ledgered, words
from coi.files.models import StoredFile
from coi.registers.importing.vocabulary import UploadState
from coi.registers.vocabulary import RegisterKind


class RegisterImport(Ledgered, Base):
    """That rows of a file were taken over into a register of the body, all at once. `people` says who was meant where somebody had to
    choose: the key of the name in the file, and the person."""

    __tablename__ = "register_import"
    __ledger_version__ = 3

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    register: Mapped[str] = mapped_column(sa.String(20), default=RegisterKind.INTERESTS.value)
    as_at: Mapped[date]  # the day on which the file was right
    columns: Mapped[dict[str, int]] = mapped_column(Canonical)
    people: Mapped[dict[str, str]] = mapped_column(Canonical)
    left_out: Mapped[list[int]] = mapped_column(Canonical)
    corrections: Mapped[dict[str, Any] | None] = mapped_column(Canonical)  # by row: what was said differently
    counts: Mapped[dict[str, int]] = mapped_column(Canonical)
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[uuid.UUID | None]
    file: Mapped[StoredFile] = relationship()


class RegisterUpload(Keyed, Base):
    """A register that somebody uploaded and looks through: the columns found, their answers, and how far it is."""

    __tablename__ = "register_upload"
    __exempt__ = "operational; the file and what was imported of it are in the ledger"

    body_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("body.id"), index=True)
    file_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("stored_file.id"))
    as_at: Mapped[date | None]  # None: the day in its title, else the day of the upload
    register: Mapped[str | None] = mapped_column(sa.String(20))  # which it is, as its columns or somebody said
    state: Mapped[UploadState] = mapped_column(words(UploadState))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    columns: Mapped[dict[str, int] | None] = mapped_column(Canonical)
    headings: Mapped[list[Any] | None] = mapped_column(Canonical)  # heading and samples of each column
    sheet: Mapped[str | None] = mapped_column(sa.Text)  # the sheet that somebody chose
    remarks: Mapped[dict[str, list[str]] | None] = mapped_column(
        Canonical
    )  # `said` of the file as a whole; `sheets` to choose from
    corrections: Mapped[dict[str, Any] | None] = mapped_column(Canonical)  # by row: as in `RegisterImport`
    people: Mapped[dict[str, str]] = mapped_column(Canonical)
    left_out: Mapped[list[int]] = mapped_column(Canonical)
    counts: Mapped[dict[str, int] | None] = mapped_column(Canonical)
    version: Mapped[int] = mapped_column(default=1)  # goes up with each reading, so that two windows notice each other
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    job_id: Mapped[uuid.UUID | None]
    import_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("register_import.id"))
    file: Mapped[StoredFile] = relationship()


class RegisterUploadRow(Base):
    """What will happen with a row of an uploaded register."""

    __tablename__ = "register_upload_row"
    __exempt__ = "operational"

    upload_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("register_upload.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action: Mapped[str] = mapped_column(sa.String(20))
    shown: Mapped[dict[str, Any]] = mapped_column(Canonical)
