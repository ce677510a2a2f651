"""The database itself refuses to rewrite the ledger, whoever asks with the application's rights."""

import pytest
import sqlalchemy as sa

from coi.audit import enforcement
from coi.audit.vocabulary import Event
from tests.audit.shelving import Shelving, engine_for, shelf
from tests.support import postgres

REWRITES = [
    "UPDATE ledger_leaf SET entry = leaf_hash",
    "UPDATE ledger_node SET hash = hash",
    "UPDATE ledger_checkpoint SET note = note",
    "UPDATE ledger_payload SET subject_id = 'x'",
    "UPDATE access_log SET what = 'x'",
    "DELETE FROM ledger_leaf",
    "DELETE FROM ledger_node",
    "DELETE FROM ledger_checkpoint",
    "DELETE FROM ledger_payload",
    "DELETE FROM access_log",
    "DELETE FROM shelf",
    "INSERT INTO ledger_leaf (seq, entry, leaf_hash) SELECT 99, entry, leaf_hash FROM ledger_leaf WHERE seq = 0",
    "INSERT INTO ledger_leaf (seq, entry, leaf_hash) SELECT 0, entry, leaf_hash FROM ledger_leaf WHERE seq = 0",
]
ON_SQLITE = [
    "INSERT OR REPLACE INTO ledger_leaf (seq, entry, leaf_hash) SELECT 0, entry, leaf_hash FROM ledger_leaf WHERE seq = 0",
    "INSERT OR REPLACE INTO ledger_node SELECT level, idx, zeroblob(32) FROM ledger_node",
    "INSERT INTO ledger_node SELECT level, idx, hash FROM ledger_node WHERE true ON CONFLICT DO UPDATE SET hash = 'x'",
    "REPLACE INTO shelf SELECT * FROM shelf",
]
SCHEMA_ON_SQLITE = [
    "DROP TRIGGER ledger_leaf_no_update",
    "DROP TABLE ledger_leaf",
    "ALTER TABLE ledger_leaf RENAME TO other",
    "CREATE TRIGGER mine AFTER INSERT ON ledger_leaf BEGIN SELECT 1; END",
    "PRAGMA writable_schema = ON",
    "PRAGMA recursive_triggers = OFF",
    "ATTACH DATABASE ':memory:' AS other",
]
ON_POSTGRES = [
    "TRUNCATE ledger_leaf",
    "TRUNCATE shelf CASCADE",
    "ALTER TABLE ledger_leaf DISABLE TRIGGER USER",
    "DROP TRIGGER ledger_leaf_no_change ON ledger_leaf",
    "DROP TABLE ledger_leaf",
    "ALTER TABLE ledger_leaf OWNER TO coi_app",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE ledger_leaf_2 (seq bigint)",
    "UPDATE ledger_payload SET salt = NULL, body = NULL",
    "ALTER ROLE coi_app SUPERUSER",
    "SET ROLE coi_owner",
]


def refused(engine, statement):
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)


@pytest.fixture
def begun(store):
    """A ledger with a row in each of its tables, so that every statement would find something to change."""
    store.put(shelf())
    store.put(shelf())
    mark = "x'00'" if store.name == "sqlite" else "'x'"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO ledger_checkpoint (size, note) VALUES (2, {mark})")
        connection.exec_driver_sql(
            "INSERT INTO access_log (seq, at, what, subject_table, subject_id, digest) "
            f"VALUES (0, '2026-11-10 12:00:00.000000', 'x', 'x', 'x', {mark})"
        )
    return store


@pytest.mark.parametrize("statement", REWRITES)
def test_the_application_cannot_rewrite_the_ledger(begun, statement):
    refused(begun.engine, statement)


@pytest.mark.parametrize("statement", REWRITES)
def test_nor_can_the_owner_while_the_triggers_stand(begun, statement):
    refused(begun.owner, statement)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("statement", [*ON_SQLITE, *SCHEMA_ON_SQLITE])
def test_what_sqlite_alone_knows_is_refused(begun, statement):
    refused(begun.engine, statement)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@pytest.mark.parametrize("statement", ON_POSTGRES)
def test_what_postgresql_alone_knows_is_refused(begun, statement):
    refused(begun.engine, statement)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
@pytest.mark.parametrize("statement", ["UPDATE ledger_leaf SET entry = leaf_hash", "TRUNCATE ledger_node"])
def test_not_even_a_superuser_gets_past_the_triggers_by_playing_a_replica(begun, statement):
    engine = engine_for(postgres.superuser_url(begun.owner.url.render_as_string()))
    with engine.connect() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")
        with pytest.raises(sa.exc.DBAPIError, match="only grows"):
            connection.exec_driver_sql(statement)


ERASE = "UPDATE ledger_payload SET salt = NULL, body = NULL WHERE seq = {} AND section = {}"


def test_a_section_can_be_erased_whole_under_the_newest_entry_that_names_it_and_nothing_else(store):
    for _ in range(3):
        store.put(shelf())
    for engine in (store.owner, store.engine):
        refused(engine, ERASE.format(0, 1))
    store.put(shelf(), event=Event.ITEM_ADDED, note={"sections": [[0, 1]]})
    refused(store.engine, ERASE.format(0, 1))  # another event that says the same
    store.put(shelf(), event=Event.SECTIONS_ERASED, note={"sections": [[0, 1], [10, 1]]})
    for other in ((1, 0), (1, 1), (0, 0), (3, 1), (4, 0), (4, 1)):
        refused(store.engine, ERASE.format(*other))
    for change in ("salt = NULL", "body = NULL", "body = salt", "salt = NULL, body = NULL, commitment = NULL"):
        refused(store.engine, f"UPDATE ledger_payload SET {change} WHERE seq = 0 AND section = 1")
    with store.engine.begin() as connection:
        connection.exec_driver_sql(ERASE.format(0, 1))
    assert store.verify().problems == []
    store.put(shelf(), event=Event.SECTIONS_ERASED, note={"sections": [[1, 1]]})
    store.put(shelf())
    refused(store.engine, ERASE.format(1, 1))  # another entry came after the one that names it


def test_an_erased_section_stays_as_it_is(store):
    store.put(shelf())
    store.put(shelf(), event=Event.SECTIONS_ERASED, note={"sections": [[0, 1]]})
    with store.owner.begin() as connection:
        connection.exec_driver_sql(ERASE.format(0, 1))
    refused(store.owner, "UPDATE ledger_payload SET salt = commitment WHERE seq = 0 AND section = 1")
    for change in ("salt = NULL", "body = NULL", "salt = NULL, body = NULL, subject_id = 'x'", "body = salt"):
        refused(store.owner, f"UPDATE ledger_payload SET {change} WHERE section = 0")


def test_what_is_missing_of_the_enforcement_is_named(store):
    drop = "DROP TRIGGER shelf_no_delete" + ("" if store.name == "sqlite" else " ON shelf")
    with store.owner.begin() as connection:
        assert enforcement.missing(connection, Shelving.metadata) == []
        connection.exec_driver_sql(drop)
        assert enforcement.missing(connection, Shelving.metadata) == ["trigger shelf_no_delete"]
        enforcement.install(connection, Shelving.metadata)
        assert enforcement.missing(connection, Shelving.metadata) == []


def test_a_trigger_or_function_that_does_less_is_as_good_as_missing(store):
    with store.owner.begin() as connection:
        if store.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER ledger_leaf_no_update")
            connection.exec_driver_sql(
                "CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf WHEN 0 BEGIN SELECT 1; END"
            )
            expected = ["trigger ledger_leaf_no_update"]
        else:
            connection.exec_driver_sql("ALTER TABLE ledger_leaf ENABLE TRIGGER ledger_leaf_no_change")
            connection.exec_driver_sql(
                "CREATE OR REPLACE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
            )
            expected = ["function ledger_keep", "trigger ledger_leaf_no_change"]
        assert enforcement.missing(connection, Shelving.metadata) == expected
        enforcement.install(connection, Shelving.metadata)
        assert enforcement.missing(connection, Shelving.metadata) == []
