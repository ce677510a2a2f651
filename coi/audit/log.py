"""The only door to the ledger: `record` writes one entry for what a command did, in the command's own transaction."""

import json
import secrets
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coi.audit import entry, merkle, unrecorded
from coi.audit.entry import ActorMark, Entry, ObjectMark
from coi.audit.models import LedgerLeaf
from coi.audit.state import is_ledgered, key_of, state_of, states_in_database, version_of
from coi.audit.unrecorded import LedgerBypassed, LedgerMissing
from coi.audit.vocabulary import Event
from coi.database import Base, db
from coi.permissions.vocabulary import Actor

__all__ = ["LedgerBypassed", "LedgerMissing", "LedgerNotGuarded", "install_guards", "lock", "record", "record_in"]

RESTRICTED = "restricted"
"""The class of every entry so far: its sections are shown only to those who may see them."""

LOCK = 0x636F692D6C6F6731  # "coi-log1": PostgreSQL's advisory lock for the writer of the ledger


class LedgerNotGuarded(RuntimeError):
    """The session is not watched, so the ledger would not know what was changed."""


def lock(connection: sa.Connection) -> None:
    """Makes every other writer of the ledger wait until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


@dataclass(frozen=True)
class _Section:
    table: str
    key: str
    body: bytes


@dataclass(frozen=True)
class _Tail:
    """The end of the log: how many entries there are, the last one's instant and its hash."""

    size: int
    timestamp: str
    leaf_hash: bytes


def install_guards(sessions: Any, *, log_name: str) -> None:
    """Watches every session that `sessions` (`db.session`, or a sessionmaker) makes from now on, for the log
    `log_name`: a commit with a ledgered change that was not recorded raises LedgerMissing; a bulk change or a
    deletion of ledgered rows raises LedgerBypassed."""
    maker = getattr(sessions, "session_factory", sessions)
    maker.configure(info={unrecorded.GUARDED: log_name})
    unrecorded.watch(sessions)


def record(
    event: Event,
    *,
    subject: Base,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
    note: Mapping[str, Any] | None = None,
) -> LedgerLeaf:
    """Writes one entry: what happened, to what, by whom, with the full state of every ledgered row changed since the
    last record. Raises NotCanonical where `note` holds anything but text, whole numbers, booleans, None, lists and
    dicts."""
    return record_in(db.session(), event, subject=subject, actor=actor, at=at, body_id=body_id, note=note)


def record_in(
    session: Session,
    event: Event,
    *,
    subject: Any,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None = None,
    note: Mapping[str, Any] | None = None,
) -> LedgerLeaf:
    """Does what `record` does, in a session of the caller's. Raises LedgerNotGuarded where it is not watched."""
    if unrecorded.GUARDED not in session.info:
        raise LedgerNotGuarded("Call install_guards for the sessions that write to the ledger")
    session.flush()
    table, key = type(subject).__table__.name, key_of(subject)
    rows = unrecorded.rows_of(session)
    connection = session.connection()
    sections = _sections(event, (table, key), _states(connection, rows), body_id, note)
    made = _append(
        connection,
        sections,
        log=session.info[unrecorded.GUARDED],
        event=event,
        actor=_mark(actor, body_id),
        subject=ObjectMark(table, key, _revision(subject)),
        at=entry.timestamp(at),
    )
    rows.clear()
    return made


@dataclass(frozen=True)
class _State:
    version: int
    row: dict[str, Any]


def _states(connection: sa.Connection, rows: unrecorded.Rows) -> dict[tuple[str, str], _State]:
    """The state of each row. Somebody else may have committed another column of a row after this session read it. SQLite
    lets nobody do so, and a version column would have refused the update; the other rows are read again, now that the
    update has locked them."""
    doubtful: dict[type, list[Any]] = defaultdict(list)
    for written in rows.values():
        model = type(written.row)
        if not written.is_new and connection.dialect.name != "sqlite" and sa.inspect(model).version_id_col is None:
            doubtful[model].append(written.row)
    fresh = {
        (model.__table__.name, key): state  # type: ignore[attr-defined]
        for model, instances in doubtful.items()
        for key, state in states_in_database(connection, model, instances).items()
    }
    return {
        identity: _State(version_of(type(written.row)), fresh.get(identity) or state_of(written.row))
        for identity, written in rows.items()
    }


def _sections(
    event: Event,
    subject: tuple[str, str],
    states: dict[tuple[str, str], _State],
    body_id: uuid.UUID | None,
    note: Mapping[str, Any] | None,
) -> list[_Section]:
    """The header, which names all rows, then each row: the subject first, the others as they were first written."""
    ordered = sorted(states.items(), key=lambda item: item[0] != subject)
    header = {
        "body_id": None if body_id is None else str(body_id),
        "event": str(event),
        "note": None if note is None else dict(note),
        "rows": [list(identity) for identity, _state in ordered],
        "subject": list(subject),
    }
    sections = [_Section(*subject, entry.canonical(header))]
    for (table, key), state in ordered:
        body = {"id": key, "row": state.row, "t": table, "v": state.version}
        sections.append(_Section(table, key, entry.canonical(body)))
    return sections


def _append(
    connection: sa.Connection,
    sections: list[_Section],
    *,
    log: str,
    event: Event,
    actor: ActorMark,
    subject: ObjectMark,
    at: str,
) -> LedgerLeaf:
    salts = [secrets.token_bytes(entry.SALT_BYTES) for _section in sections]
    commitments = [
        entry.section_commitment(salt, event, number, section.body)
        for number, (salt, section) in enumerate(zip(salts, sections, strict=True))
    ]
    tail = _locked_tail(connection)
    written = entry.write(
        Entry(
            log=log,
            sequence=tail.size,
            timestamp=max(at, tail.timestamp),
            type=event,
            actor=actor,
            object=subject,
            classification=RESTRICTED,
            commitment=entry.commitment_over(commitments),
        )
    )
    hashed = merkle.leaf_hash(written)
    nodes = merkle.completed_by(tail.size, hashed, _siblings(connection, tail))
    payload = [
        (number, section.table, section.key, commitment, salt, section.body)
        for number, (section, commitment, salt) in enumerate(zip(sections, commitments, salts, strict=True))
    ]
    insert = _insert_on_sqlite if connection.dialect.name == "sqlite" else _insert_on_postgres
    insert(connection, tail.size, written, hashed, nodes, payload)
    return LedgerLeaf(seq=tail.size, entry=written, leaf_hash=hashed)


_LAST_LEAF = "SELECT seq, entry, leaf_hash FROM ledger_leaf ORDER BY seq DESC LIMIT 1"


def _locked_tail(connection: sa.Connection) -> _Tail:
    """The end of the log, which nobody else can move until this transaction ends. On SQLite BEGIN IMMEDIATE has the
    lock; on PostgreSQL lock and reading go out together, and the reading sees what was there once the lock was
    had."""
    if connection.dialect.name == "sqlite":
        last = connection.exec_driver_sql(_LAST_LEAF).one_or_none()
    else:
        both = f"SELECT pg_advisory_xact_lock({LOCK}); {_LAST_LEAF}"
        result = connection.exec_driver_sql(both, execution_options={"no_parameters": True})
        result.cursor.nextset()
        last = result.cursor.fetchone()
        result.close()
    if last is None:
        return _Tail(0, "", b"")
    return _Tail(last[0] + 1, json.loads(last[1])["ts"], last[2])


def _siblings(connection: sa.Connection, tail: _Tail) -> list[bytes]:
    """The hashes that the next leaf is joined with. The lowest is the last leaf's own; three times in four it is
    all."""
    positions = merkle.siblings(tail.size)
    if len(positions) < 2:
        return [tail.leaf_hash] * len(positions)
    wanted = " OR ".join(f"level = {level} AND idx = {index}" for level, index in positions[1:])
    found = connection.exec_driver_sql(f"SELECT hash FROM ledger_node WHERE {wanted} ORDER BY level")  # noqa: S608
    return [tail.leaf_hash, *found.scalars()]


def _insert_on_sqlite(
    connection: sa.Connection,
    seq: int,
    written: bytes,
    hashed: bytes,
    nodes: list[tuple[int, int, bytes]],
    payload: list[tuple[Any, ...]],
) -> None:
    connection.exec_driver_sql(
        "INSERT INTO ledger_payload (seq, section, subject_table, subject_id, commitment, salt, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(seq, *each) for each in payload],
    )
    connection.exec_driver_sql(
        "INSERT INTO ledger_leaf (seq, entry, leaf_hash) VALUES (?, ?, ?)", (seq, written, hashed)
    )
    if nodes:
        connection.exec_driver_sql("INSERT INTO ledger_node (level, idx, hash) VALUES (?, ?, ?)", nodes)


_INSERT_TOGETHER = (
    "WITH leaf AS (INSERT INTO ledger_leaf (seq, entry, leaf_hash) VALUES (%s, %s, %s)), "
    "node AS (INSERT INTO ledger_node (level, idx, hash) "
    "SELECT * FROM unnest(%s::integer[], %s::bigint[], %s::bytea[])) "
    "INSERT INTO ledger_payload (seq, section, subject_table, subject_id, commitment, salt, body) "
    "SELECT %s::bigint, * FROM unnest(%s::integer[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[])"
)


def _insert_on_postgres(
    connection: sa.Connection,
    seq: int,
    written: bytes,
    hashed: bytes,
    nodes: list[tuple[int, int, bytes]],
    payload: list[tuple[Any, ...]],
) -> None:
    """One statement: the round trips are what an entry costs on PostgreSQL."""
    columns = [list(column) for column in zip(*nodes, strict=True)] if nodes else [[], [], []]
    sections = [list(column) for column in zip(*payload, strict=True)]
    connection.exec_driver_sql(_INSERT_TOGETHER, (seq, written, hashed, *columns, seq, *sections))


def _mark(actor: Actor, body_id: uuid.UUID | None) -> ActorMark:
    """The actor without a name: the account's random id, and the roles held where it was done."""
    account = None if actor.account_id is None else str(actor.account_id)
    return ActorMark(account, " ".join(sorted(actor.roles_at(body_id))), actor.via)


def _revision(subject: Any) -> int | None:
    column = sa.inspect(type(subject)).version_id_col
    if column is None or not is_ledgered(type(subject)):
        return None
    return int(getattr(subject, sa.inspect(type(subject)).get_property_by_column(column).key))
