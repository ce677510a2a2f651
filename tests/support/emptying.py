"""Putting a test's database back without making it anew: what a test wrote is a few rows, and a copy of the database is thousand files and
a connection that knows nothing yet."""

import contextlib
from pathlib import Path

import psycopg
from psycopg import sql

MOST_TIMES = 100
"""So often is one PostgreSQL database emptied: what was deleted from it still takes room."""

_NOTE_CHANGES = """
CREATE SCHEMA tests;
CREATE SEQUENCE tests.changes;
CREATE FUNCTION tests.note() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER
  AS 'BEGIN PERFORM nextval(''tests.changes''); END';
CREATE EVENT TRIGGER tests_note ON ddl_command_end EXECUTE FUNCTION tests.note();
"""
_IS_OTHER = """
SELECT is_called OR EXISTS (
  SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle')
FROM tests.changes
"""
_GUARDS = """
SELECT pg_get_functiondef(oid), format('%s()', oid::regproc) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
"""
_LET_GO = "CREATE OR REPLACE FUNCTION {} RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
_HEADER = 100
_WRITTEN_BY, _COUNTER, _SCHEMA, _COUNTED = (
    18,
    slice(24, 28),
    slice(40, 44),
    slice(92, 96),
)  # https://sqlite.org/fileformat2.html#the_database_header
_WITHOUT_A_LOG = 1


def note_changes(superuser: str) -> None:
    """Lets a database, and each copy of it, note that somebody changed a table or a trigger: then emptying it is not enough."""
    with psycopg.connect(_plain(superuser), autocommit=True) as connection:
        connection.execute(_NOTE_CHANGES)


class Emptier:
    """Empties one PostgreSQL database, past the triggers that keep the ledger."""

    def __init__(self, superuser: str, *, kept: str = "alembic_version") -> None:
        self._connection = psycopg.connect(_plain(superuser), autocommit=True)
        self._connection.execute(
            "SET session_replication_role = replica"
        )  # no foreign keys, and no note of what is changed here
        self._connection.execute("SET lock_timeout = '1s'")
        guards = self._connection.execute(_GUARDS).fetchall()
        self._guards = [definition for definition, _name in guards]
        self._away = [_LET_GO.format(name) for _definition, name in guards]
        tables = self._connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        asked = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT 1 FROM {})").format(sql.Literal(name), sql.Identifier(name))
            for (name,) in tables.fetchall()
            if name != kept
        ]
        self._filled = sql.SQL(" UNION ALL ").join(asked).as_string(self._connection)
        self._times = 0

    def empty(self) -> bool:
        """Deletes every row. Returns whether the database is as it was at first: not so if its tables or triggers were changed, if
        somebody has something under way in it, or if it was emptied often enough."""
        self._times += 1
        (is_other,) = self._connection.execute(_IS_OTHER, prepare=True).fetchone() or (True,)
        if is_other or self._times > MOST_TIMES:
            return False
        filled = [name for (name,) in self._connection.execute(self._filled, prepare=True)]
        emptied = [
            sql.SQL("DELETE FROM {}").format(sql.Identifier(name)).as_string(self._connection) for name in filled
        ]
        with contextlib.suppress(psycopg.OperationalError):
            self._connection.execute(";".join(["BEGIN", *self._away, *emptied, *self._guards, "COMMIT"]))
            if filled:  # else new rows take the places of old ones, and a test that asks for no order finds another one
                self._connection.execute(sql.SQL("VACUUM ") + sql.SQL(", ").join(map(sql.Identifier, filled)))
            return True
        return False

    def close(self) -> None:
        """Lets go of the database."""
        self._connection.close()


def write_over(file: Path, first: bytes) -> bool:
    """Puts the content `first` into an SQLite file that others have open and do not use just now: they see by its counter that
    its pages changed. Returns whether that was done: not where its tables were changed, or it keeps a write-ahead log."""
    with file.open("r+b") as opened:
        header = opened.read(_HEADER)
        if header[_SCHEMA] != first[_SCHEMA] or header[_WRITTEN_BY] != _WITHOUT_A_LOG:
            return False
        content = bytearray(first)
        content[_COUNTER] = content[_COUNTED] = (int.from_bytes(header[_COUNTER], "big") + 1).to_bytes(4, "big")
        opened.seek(0)
        opened.write(content)
        opened.truncate()
    return True


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
