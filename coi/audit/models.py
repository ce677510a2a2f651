"""Tables of the ledger and of the access log. Nothing in them is ever changed; a payload can be erased, and says so."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from coi.database import Base, Instant

_EVIDENCE = "the evidence itself"
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STRICT = {"sqlite_strict": True}
_STRICT_BY_KEY = {"sqlite_strict": True, "sqlite_with_rowid": False}  # a hidden row number would be a second way in


class LedgerLeaf(Base):
    """One entry, verbatim. `seq` counts from 0 without gaps: it is the leaf's index in the tree."""

    __tablename__ = "ledger_leaf"
    __exempt__ = _EVIDENCE
    __table_args__ = _STRICT

    seq: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    entry: Mapped[bytes] = mapped_column(sa.LargeBinary)
    leaf_hash: Mapped[bytes] = mapped_column(sa.LargeBinary)


class LedgerNode(Base):
    """The hash of a perfect subtree above the leaves: `idx` counts the subtrees of its level from the left."""

    __tablename__ = "ledger_node"
    __exempt__ = _EVIDENCE
    __table_args__ = _STRICT_BY_KEY

    level: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    idx: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary)


class LedgerCheckpoint(Base):
    """A signed statement of the first `size` entries."""

    __tablename__ = "ledger_checkpoint"
    __exempt__ = _EVIDENCE
    __table_args__ = _STRICT

    size: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    note: Mapped[bytes] = mapped_column(sa.LargeBinary)


class LedgerPayload(Base):
    """One section of an entry: the header (0), or the full state of a row after the change. Erased, its salt and body
    are gone and its commitment stays, so that the other sections can still be checked."""

    __tablename__ = "ledger_payload"
    __exempt__ = _EVIDENCE
    __table_args__ = (sa.Index("ix_ledger_payload_subject", "subject_table", "subject_id"), _STRICT_BY_KEY)

    seq: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    section: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    subject_table: Mapped[str] = mapped_column(sa.Text)
    subject_id: Mapped[str] = mapped_column(sa.Text)
    commitment: Mapped[bytes] = mapped_column(sa.LargeBinary)
    salt: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    body: Mapped[bytes | None] = mapped_column(sa.LargeBinary)


class AccessLog(Base):
    """Who read what is restricted. `digest` covers the other columns but `seq`; a seal in the ledger covers runs of
    rows."""

    __tablename__ = "access_log"
    __exempt__ = _EVIDENCE

    seq: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    account_id: Mapped[uuid.UUID | None]
    what: Mapped[str] = mapped_column(sa.Text)
    subject_table: Mapped[str] = mapped_column(sa.Text)
    subject_id: Mapped[str] = mapped_column(sa.Text)
    body_id: Mapped[uuid.UUID | None]
    digest: Mapped[bytes] = mapped_column(sa.LargeBinary)
