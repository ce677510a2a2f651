"""Whatever is changed in the evidence or in a ledgered row is found, and found where it is."""

import random
import struct
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from coi.audit import access, checkpoint, entry, log, merkle, seals
from coi.audit.checkpoint import Checkpoint
from coi.audit.findings import Problem
from coi.audit.models import AccessLog, LedgerLeaf
from coi.audit.state import canonical_from
from coi.audit.vocabulary import Event
from coi.permissions.vocabulary import system_actor
from tests.audit.shelving import ACTOR, BODY, LOG, NOON, Kind, Label, Shelf, Store, shelf

KEYS = {
    "ledger_leaf": ["seq"],
    "ledger_node": ["level", "idx"],
    "ledger_checkpoint": ["size"],
    "ledger_payload": ["seq", "section"],
    "access_log": ["seq"],
    "shelf": ["id"],
    "label": ["id"],
}
CHANGES = 500


def sign(store: Store) -> bytes:
    with store.sessions() as session:
        hashes = session.scalars(sa.select(LedgerLeaf.leaf_hash).order_by(LedgerLeaf.seq)).all()
        note = checkpoint.sign(Checkpoint(LOG, len(hashes), merkle.tree_hash(hashes)), store.key)
        session.connection().exec_driver_sql(
            "INSERT INTO ledger_checkpoint VALUES (?, ?)" if store.name == "sqlite" else
            "INSERT INTO ledger_checkpoint VALUES (%s, %s)",
            (len(hashes), note),
        )  # fmt: skip
        session.commit()
    return note


def read(store: Store, count: int) -> None:
    with store.engine.begin() as connection:
        for number in range(count):
            values = {
                "at": NOON + timedelta(seconds=number), "account_id": ACTOR.account_id, "what": "the private register",
                "subject_table": "shelf", "subject_id": "x", "body_id": BODY if number % 2 else None,
            }  # fmt: skip
            digest = seals.digest_of(
                {
                    **values,
                    "at": values["at"].isoformat(timespec="microseconds").replace("+00:00", "Z"),
                    "account_id": str(ACTOR.account_id),
                    "body_id": str(BODY) if number % 2 else None,
                }
            )
            access.append(connection, {**values, "digest": digest})


def seal(store: Store, first: int) -> None:
    with store.sessions() as session:
        rows = session.scalars(sa.select(AccessLog).where(AccessLog.seq >= first).order_by(AccessLog.seq)).all()
        note = seals.seal_over([(row.seq, row.digest) for row in rows])
        actor = system_actor("job")
        log.record_in(session, Event.ACCESS_LOG_SEALED, subject=rows[-1], actor=actor, at=NOON, note=note)
        session.commit()


@pytest.fixture
def filled(store: Store) -> Store:
    """A ledger with entries of several rows, changed rows, nodes, checkpoints, readings and seals."""
    first = None
    for number in range(9):
        made = shelf(f"Shelf {number} – café", books=number, price=Decimal("12.50") + number, above_id=first)
        first = first or made.id
        store.put(made, Label(id=uuid.uuid4(), text=f"label {number}", shelf_id=made.id))
        if number % 3 == 2:
            with store.sessions() as session:
                found = session.get(Shelf, made.id)
                found.kind, found.details = Kind.SHUT, {"moved": number}
                log.record_in(session, Event.ITEM_CHANGED, subject=found, actor=ACTOR, at=NOON, body_id=BODY)
                session.commit()
            sign(store)
    read(store, 4)
    seal(store, 0)
    read(store, 3)
    seal(store, 4)
    read(store, 1)
    return store


@contextmanager
def attacker(store: Store) -> Iterator[sa.Connection]:
    """A connection that nothing stops: SQLite's file without triggers, PostgreSQL's owner with triggers and checks gone."""
    if store.name == "sqlite":
        engine = sa.create_engine(store.owner.url, poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
            for name in names:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.commit()
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            yield connection
        return
    with store.owner.connect() as connection:
        for table in KEYS:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        constraints = connection.exec_driver_sql(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype IN ('f', 'c') "
            "AND connamespace = current_schema()::regnamespace"
        ).all()
        for table, name in constraints:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        connection.commit()
        yield connection


def one_byte_else(value: Any, chance: random.Random) -> Any:
    """A raw value of SQLite with one byte of it changed."""
    if isinstance(value, int):
        data = bytearray(struct.pack(">q", value))
        data[chance.randrange(8)] ^= chance.randrange(1, 256)
        return struct.unpack(">q", data)[0]
    if isinstance(value, float):
        data = bytearray(struct.pack(">d", value))
        data[chance.randrange(8)] ^= chance.randrange(1, 256)
        return struct.unpack(">d", data)[0]
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
    return bytes(data)


def another(value: Any, chance: random.Random) -> Any:
    """Another value that PostgreSQL's type allows, one step away."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(31)
    if isinstance(value, bytes):
        return one_byte_else(value, chance)
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=value.int ^ 1 << chance.randrange(128))
    if isinstance(value, datetime):
        return chance.choice([value + timedelta(microseconds=1), "infinity"])
    if isinstance(value, date):
        return chance.choice([value + timedelta(days=1), "infinity", "0044-03-15 BC"])
    if isinstance(value, time):
        return value.replace(microsecond=1)
    if isinstance(value, Decimal):
        return value + Decimal("0.01")
    place = chance.randrange(len(value))
    return (
        value[:place]
        + chance.choice([letter for letter in "abcxyz019-" if letter != value[place]])
        + value[place + 1 :]
    )


def cells(connection: sa.Connection) -> list[tuple[str, dict[str, Any], str, Any]]:
    """Every cell with a value: (table, key, column, value)."""
    found = []
    for table, key in KEYS.items():
        for row in connection.exec_driver_sql(f"SELECT * FROM {table}").mappings():
            found += [
                (table, {name: row[name] for name in key}, column, value)
                for column, value in row.items()
                if value not in (None, "", b"")
            ]
    return found


def write(connection: sa.Connection, table: str, key: dict[str, Any], column: str, old: Any, new: Any) -> None:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    put = f"CAST({mark} AS TEXT)" if isinstance(old, str) and connection.dialect.name == "sqlite" else mark
    where = " AND ".join(f"{name} = {mark}" for name in key)
    connection.exec_driver_sql(f"UPDATE {table} SET {column} = {put} WHERE {where}", (new, *key.values()))


def is_located(problem: Problem, table: str, key: dict[str, Any], column: str, new: Any) -> bool:
    """Whether a problem points at the changed cell: its table, and its row by the old key or the new."""
    if problem.table != table:
        return False
    moved = {**key, column: new} if column in key else key
    if table in ("ledger_leaf", "ledger_payload"):
        return problem.seq in (key["seq"], moved["seq"])
    places = {"/".join(str(part) for part in each.values()) for each in (key, moved)}
    if table in ("shelf", "label"):
        places = {str(uuid.UUID(str(key["id"]))), str(key["id"])}
    return problem.row_id in places


def test_an_untouched_ledger_has_no_problem(filled):
    report = filled.verify()
    assert report.problems == []
    assert (report.entries, report.checkpoints, report.rows, report.readings) == (14, 3, 18, 8)
    assert (report.unsealed_readings, report.signed_entries) == (1, 12)
    assert report.is_intact
    assert report.is_complete
    assert "Nothing was changed" in report.summary


def test_five_hundred_random_changes_of_one_byte_are_found_and_located(filled):
    chance = random.Random(20261122)
    change = one_byte_else if filled.name == "sqlite" else another
    missed = []
    done = 0
    tables = set()
    with attacker(filled) as connection:
        every = cells(connection)
        by_table = {table: [cell for cell in every if cell[0] == table] for table in KEYS}
        while done < CHANGES:
            table, key, column, old = chance.choice(by_table[chance.choice(list(KEYS))])
            new = change(old, chance)
            try:
                write(connection, table, key, column, old, new)
            except (sa.exc.IntegrityError, OverflowError):
                connection.rollback()
                continue
            report = filled.verify_on(connection)
            connection.rollback()
            done += 1
            tables.add((table, column))
            if not any(is_located(problem, table, key, column, new) for problem in report.problems):
                missed.append((table, key, column, old, new, [str(problem) for problem in report.problems]))
    assert missed == []
    assert len(tables) == len({(cell[0], cell[2]) for cell in every})


@pytest.mark.parametrize("table", [table for table in KEYS if table != "ledger_checkpoint"])
def test_a_row_that_is_taken_away_is_found(filled, table):
    chance = random.Random(table)
    with attacker(filled) as connection:
        for key in chance.sample([cell[1] for cell in cells(connection) if cell[0] == table], 5):
            if table == "access_log" and key == {"seq": 7}:
                continue  # the newest reading, which no seal covers yet
            mark = "?" if filled.name == "sqlite" else "%s"
            where = " AND ".join(f"{name} = {mark}" for name in key)
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE {where}", tuple(key.values()))
            report = filled.verify_on(connection)
            connection.rollback()
            assert not report.is_complete, key
            assert any(problem.table == table for problem in report.problems) or table == "ledger_payload"


def test_rows_that_the_ledger_never_saw_are_found(filled):
    with attacker(filled) as connection:
        copied = "INSERT INTO label (id, text, shelf_id) SELECT {}, text, shelf_id FROM label LIMIT 1"
        forged = uuid.uuid4()
        connection.exec_driver_sql(copied.format(f"'{forged.hex}'"))
        report = filled.verify_on(connection)
        connection.rollback()
    (problem,) = report.problems
    assert (problem.table, problem.what) == ("label", "no ledger entry tells of this row")
    assert problem.row_id in (str(forged), forged.hex)
    assert not report.is_complete
    assert report.is_intact


def cut(store: Store, connection: sa.Connection, size: int) -> None:
    """Takes everything after the first `size` entries away, so that what is left fits together."""
    gone = {
        table: connection.exec_driver_sql(
            f"SELECT subject_id FROM ledger_payload p WHERE seq >= {size} AND section > 0 AND subject_table = '{table}' "
            f"AND NOT EXISTS (SELECT 1 FROM ledger_payload q WHERE q.subject_id = p.subject_id AND q.seq < {size})"
        ).scalars().all()
        for table in ("label", "shelf")
    }  # fmt: skip
    for table, keys in gone.items():
        for key in keys:
            stored = uuid.UUID(key).hex if store.name == "sqlite" else key
            connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = '{stored}'")
    for table in ("ledger_leaf", "ledger_payload"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE seq >= {size}")
    for level in range(1, 8):
        connection.exec_driver_sql(f"DELETE FROM ledger_node WHERE level = {level} AND idx >= {size >> level}")
    connection.exec_driver_sql(f"DELETE FROM ledger_checkpoint WHERE size > {size}")


def test_a_tail_that_was_cut_off_is_found_with_a_checkpoint_from_outside_and_only_with_it(store):
    for number in range(6):
        store.put(shelf(f"Shelf {number}"))
    sign(store)
    for number in range(4):
        store.put(shelf(f"Later {number}"))
    outside = sign(store)
    assert store.verify(outside=[outside]).problems == []
    with attacker(store) as connection:
        cut(store, connection, 7)
        assert store.verify_on(connection).problems == []
        report = store.verify_on(connection, outside=[outside])
        connection.rollback()
    (problem,) = report.problems
    assert problem.table == "outside checkpoint"
    assert problem.seq == 7
    assert "10 entries, and 7 are there" in problem.what
    assert not report.is_complete


def test_a_rewritten_ledger_without_the_key_is_found_from_its_signed_checkpoint(store):
    """Entry, leaf, nodes and row changed so that all fit together: only what was signed before contradicts."""
    for number in range(4):
        store.put(shelf(f"Shelf {number}"))
    sign(store)
    with attacker(store) as connection:
        connection.exec_driver_sql("DELETE FROM ledger_leaf")
        connection.exec_driver_sql("DELETE FROM ledger_node")
        connection.exec_driver_sql("DELETE FROM ledger_payload")
        connection.exec_driver_sql("DELETE FROM shelf")
        connection.commit()
    for number in range(4):
        store.put(shelf(f"Forged {number}"))
    report = store.verify()
    assert [problem.what for problem in report.problems] == ["the first 4 entries are not those that were signed"]


def test_a_section_that_was_written_anew_with_its_commitment_does_not_fit_the_entry(filled):
    with attacker(filled) as connection:
        body, salt = entry.canonical({"id": "x", "row": {}, "t": "shelf", "v": 1}), b"s" * 32
        committed = entry.section_commitment(salt, Event.ITEM_ADDED, 1, body)
        key = {"seq": 2, "section": 1}
        for column, value in (("body", body), ("salt", salt), ("commitment", committed)):
            write(connection, "ledger_payload", key, column, None, value)
        report = filled.verify_on(connection)
        connection.rollback()
    assert (2, "the sections are not those that the entry was made with") in [
        (problem.seq, problem.what) for problem in report.problems
    ]


def test_an_entry_that_claims_an_earlier_time_is_found(store, monkeypatch):
    store.put(shelf())
    locked_tail = log._locked_tail
    monkeypatch.setattr(log, "_locked_tail", lambda connection: replace(locked_tail(connection), timestamp=""))
    store.put(shelf(), at=NOON - timedelta(minutes=1))
    assert [(problem.seq, problem.what) for problem in store.verify().problems] == [
        (1, "the entry is older than the one before it")
    ]


def test_a_sealed_reading_that_was_changed_with_its_digest_is_found_by_the_seal(filled):
    with attacker(filled) as connection:
        row = dict(connection.exec_driver_sql("SELECT * FROM access_log WHERE seq = 5").mappings().one())
        state = canonical_from({**row, "what": "nothing"}, AccessLog.__table__, connection.dialect)
        write(connection, "access_log", {"seq": 5}, "what", "", b"nothing" if filled.name == "sqlite" else "nothing")
        write(connection, "access_log", {"seq": 5}, "digest", None, seals.digest_of(state))
        report = filled.verify_on(connection)
        connection.rollback()
    (problem,) = report.problems
    assert (problem.table, problem.row_id) == ("access_log", "4-6")
    assert "not those that were sealed" in problem.what
    assert filled.scalar(f"SELECT count(*) FROM ledger_payload WHERE seq = {problem.seq} AND subject_id = '6'") == 1


def test_sealed_readings_that_were_cut_off_are_found_by_the_seal(filled):
    with attacker(filled) as connection:
        connection.exec_driver_sql("DELETE FROM access_log WHERE seq >= 6")
        report = filled.verify_on(connection)
        connection.rollback()
    assert [problem.what for problem in report.problems] == ["3 readings were sealed, 2 are there"]
    assert not report.is_complete


def test_an_outside_checkpoint_of_another_key_or_form_is_a_problem(filled):
    other = checkpoint.sign(Checkpoint(LOG, 1, b"x" * 32), checkpoint.Ed25519PrivateKey.generate())
    report = filled.verify(outside=[other, b"", b"\xff", sign(filled)])
    assert [problem.row_id for problem in report.problems] == ["1", "2", "3"]
    assert report.outside_entries == 14


def test_an_erased_section_is_listed_and_never_right_nor_tampered(filled):
    erase = "UPDATE ledger_payload SET salt = NULL, body = NULL WHERE seq = 2 AND section = 1"
    unguarded = "DROP TRIGGER ledger_payload_no_update" + ("" if filled.name == "sqlite" else " ON ledger_payload")
    with filled.owner.begin() as connection:
        connection.exec_driver_sql(unguarded)
        connection.exec_driver_sql(erase)
    report = filled.verify()
    assert [(each.seq, each.section, each.by) for each in report.erased] == [(2, 1, None)]
    assert [(problem.seq, problem.what) for problem in report.problems] == [
        (2, "the section was erased, and no entry says so")
    ]
    assert report.is_intact
    with filled.sessions() as session:
        found = session.scalars(sa.select(Shelf)).first()
        leaf = log.record_in(
            session, Event.SECTIONS_ERASED, subject=found, actor=ACTOR, at=NOON, note={"sections": [[2, 1]]}
        )
        session.commit()
    report = filled.verify()
    assert report.problems == []
    assert report.erased[0].by == leaf.seq
    assert "1 sections were erased" in report.summary


@pytest.mark.parametrize(
    "note", [None, {}, {"sections": 5}, {"sections": [7]}, {"sections": [["2", 1]]}, {"sections": [[2, 1, 1]]}]
)
def test_an_erasure_that_does_not_say_what_was_erased_is_a_problem_and_stops_nothing(filled, note):
    with filled.sessions() as session:
        found = session.scalars(sa.select(Shelf)).first()
        leaf = log.record_in(session, Event.SECTIONS_ERASED, subject=found, actor=ACTOR, at=NOON, note=note)
        session.commit()
    report = filled.verify()
    assert [(problem.seq, problem.what) for problem in report.problems] == [
        (leaf.seq, "the entry does not say which sections were erased")
    ]


def test_the_index_of_an_erased_section_is_still_checked(filled):
    with attacker(filled) as connection:
        connection.exec_driver_sql("UPDATE ledger_payload SET salt = NULL, body = NULL WHERE seq = 2 AND section = 1")
        connection.exec_driver_sql("UPDATE ledger_payload SET subject_id = 'x' WHERE seq = 2 AND section = 1")
        report = filled.verify_on(connection)
        connection.rollback()
    assert any(problem.column == "subject_id" for problem in report.problems)


def test_half_an_erasure_is_a_change(filled):
    with attacker(filled) as connection:
        connection.exec_driver_sql("UPDATE ledger_payload SET salt = NULL WHERE seq = 2 AND section = 1")
        report = filled.verify_on(connection)
        connection.rollback()
    assert [(problem.seq, problem.column) for problem in report.problems] == [(2, "salt")]


def test_every_change_is_listed_not_only_the_first(filled):
    with attacker(filled) as connection:
        connection.exec_driver_sql("UPDATE shelf SET books = books + 1")
        connection.exec_driver_sql("UPDATE label SET text = 'forged'")
        connection.exec_driver_sql("UPDATE access_log SET what = 'nothing'")
        report = filled.verify_on(connection)
        connection.rollback()
    found = [(problem.table, problem.column) for problem in report.problems]
    assert found.count(("shelf", "books")) == 9
    assert found.count(("label", "text")) == 9
    assert sum(1 for table, _column in found if table == "access_log") == 8
    assert all(problem.seq is not None for problem in report.problems if problem.table in ("shelf", "label"))


def test_problems_with_reference_data_join_the_report_and_progress_is_told(filled):
    told = []
    strange = Problem(3, "organisation", None, None, "the rows are not those of the import")
    report = filled.verify(reference_checks=[lambda _connection: [strange]], progress=lambda *step: told.append(step))
    assert report.problems == [strange]
    assert str(strange) == "Entry 3, organisation: the rows are not those of the import"
    assert report.as_data()["problems"][0]["table"] == "organisation"
    assert all(done <= total for done, total in told)


def test_a_ledger_of_another_name_is_refused_entry_by_entry(filled):
    with filled.owner.connect() as connection:
        report = filled.verify_on(connection, log_name="other.example/ledger")
    assert sum(1 for problem in report.problems if problem.what == "the entry belongs to another log") == 14
