"""Which ledgered rows a session has written and not yet recorded, through flushes, savepoints and rollbacks."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, SessionTransaction

from coi.audit.state import is_ledgered, key_of, ledgered_tables
from coi.database import LEDGER_TABLES

GUARDED = "ledger_log"
"""The key in a session's `info` that says that it is watched, and which log it writes to."""

_WATCHED = "_coi_watched"
_TOUCHED = "ledger_touched"
_SAVED = "ledger_saved"


@dataclass(frozen=True)
class Written:
    """A row that was written. Of one that is new, the session knows every value; of another, perhaps not the newest."""

    row: Any
    is_new: bool


Rows = dict[tuple[str, str], Written]
"""Rows by table and key, in the order in which they were first written."""


class LedgerMissing(RuntimeError):
    """A commit would keep a change that no ledger entry tells of. The command forgot to record it."""


class LedgerBypassed(RuntimeError):
    """A ledgered row would be deleted, or changed by a statement that the ledger cannot follow row by row."""


def rows_of(session: Session) -> Rows:
    """Returns the rows written and not yet recorded. Whoever records them empties it."""
    return session.info.setdefault(_TOUCHED, {})


def watch(sessions: Any) -> None:
    """Starts watching the sessions that `sessions` (a sessionmaker or scoped session) makes. Watching twice is watching once: a mark on
    the maker itself says so, because SQLAlchemy's own register goes by an object's address, which a later maker may get again."""
    for name, listener in (
        ("after_insert", _note_insert),
        ("after_update", _note_update),
        ("before_delete", _refuse_delete),
    ):
        if not sa.event.contains(Mapper, name, listener):
            sa.event.listen(Mapper, name, listener)
    maker = getattr(sessions, "session_factory", sessions)
    if vars(maker).get(_WATCHED):
        return
    for name, listener in (
        ("before_commit", _refuse_unrecorded),
        ("do_orm_execute", _refuse_bulk),
        ("after_transaction_create", _save),
        ("after_transaction_end", _forget),
        ("after_soft_rollback", _restore),
    ):
        sa.event.listen(sessions, name, listener)
    setattr(maker, _WATCHED, True)


def _watched(instance: Any) -> Session | None:
    session = orm.object_session(instance)
    return session if session is not None and GUARDED in session.info and is_ledgered(type(instance)) else None


def _note_insert(mapper: Mapper[Any], _connection: sa.Connection, instance: Any) -> None:
    session = _watched(instance)
    if session is not None:
        rows_of(session).setdefault((mapper.local_table.name, key_of(instance)), Written(instance, is_new=True))


def _note_update(mapper: Mapper[Any], _connection: sa.Connection, instance: Any) -> None:
    session = _watched(instance)
    if session is not None and session.is_modified(instance, include_collections=False):
        rows_of(session).setdefault((mapper.local_table.name, key_of(instance)), Written(instance, is_new=False))


def _refuse_delete(mapper: Mapper[Any], _connection: sa.Connection, instance: Any) -> None:
    if _watched(instance) is not None:
        raise LedgerBypassed(f"A row of {mapper.local_table.name} is never deleted. Mark it as removed")


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = state.statement.table  # type: ignore[attr-defined]
    if table.name in LEDGER_TABLES or table in ledgered_tables(table.metadata):
        raise LedgerBypassed(f"Change rows of {table.name} one by one, so that the ledger has each of them")


def _refuse_unrecorded(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    if rows_of(session):
        tables = ", ".join(sorted({table for table, _key in rows_of(session)}))
        raise LedgerMissing(f"No ledger entry tells of these changes: {tables}")


def _save(session: Session, transaction: SessionTransaction) -> None:
    """Before a savepoint: what is unrecorded then is unrecorded again should the savepoint be rolled back."""
    if transaction.nested:
        session.info.setdefault(_SAVED, {})[transaction] = dict(rows_of(session))


def _restore(session: Session, rolled_back: SessionTransaction) -> None:
    if rolled_back.nested and rolled_back in session.info.get(_SAVED, ()):
        session.info[_TOUCHED] = session.info[_SAVED].pop(rolled_back)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_TOUCHED, None)
        session.info.pop(_SAVED, None)
