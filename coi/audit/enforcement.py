"""Append-only in the database itself: the triggers of both databases, and the rights of the application's own role."""

from dataclasses import dataclass

import sqlalchemy as sa

from coi.audit import models  # noqa: F401 - loads the ledger's tables
from coi.audit.findings import Problem
from coi.audit.state import ledgered_tables
from coi.audit.vocabulary import Event
from coi.database import LEDGER_TABLES, Base

NUMBERED = ("ledger_leaf", "access_log")
"""Tables whose `seq` counts on without a gap."""

_GROWS = "The ledger only grows"
_ORDER = "The ledger is numbered without gaps"
_ERASE = "A section of the ledger can only be erased, under an entry that says so"
_STAYS = "A ledgered row is never deleted"
_NAMED = 3
_KEPT_WHEN_ERASED = ("seq", "section", "subject_table", "subject_id", "commitment")


@dataclass(frozen=True)
class Trigger:
    """A trigger as the database is told, and as it says it back. `function` is PostgreSQL's alone."""

    name: str
    table: str
    events: str
    each: str
    function: str

    def postgres(self, schema: str) -> str:
        """The text that pg_get_triggerdef gives for it."""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.events} ON {schema}.{self.table} "
            f"FOR EACH {self.each} EXECUTE FUNCTION {self.function}()"
        )


_FUNCTIONS = {
    "ledger_refuse": f"BEGIN RAISE EXCEPTION '{_GROWS}: %', TG_TABLE_NAME; END;",
    "ledger_keep": f"BEGIN RAISE EXCEPTION '{_STAYS}: %', TG_TABLE_NAME; END;",
    "ledger_in_order": (
        "DECLARE next bigint; BEGIN "  # noqa: S608 - %I quotes the table's name
        "EXECUTE format('SELECT coalesce(max(seq), -1) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO next; "
        f"IF NEW.seq <> next THEN RAISE EXCEPTION '{_ORDER}: %', TG_TABLE_NAME; END IF; RETURN NEW; END;"
    ),
    "ledger_erase_only": (
        "DECLARE header jsonb; places jsonb; BEGIN "  # noqa: S608 - %I quotes the schema's name
        "IF NEW.salt IS NOT NULL OR NEW.body IS NOT NULL OR ({new}) IS DISTINCT FROM ({old}) "
        f"THEN RAISE EXCEPTION '{_ERASE}'; END IF; "
        "EXECUTE format('SELECT convert_from(body, ''UTF8'')::jsonb FROM %1$I.ledger_payload "
        "WHERE section = 0 AND seq = (SELECT max(seq) FROM %1$I.ledger_leaf)', TG_TABLE_SCHEMA) INTO header; "
        "places := header->'note'->'sections'; "
        f"IF header->>'event' IS DISTINCT FROM '{Event.SECTIONS_ERASED}' OR jsonb_typeof(places) IS DISTINCT FROM 'array' "
        f"THEN RAISE EXCEPTION '{_ERASE}'; END IF; "
        "IF NOT EXISTS (SELECT 1 FROM jsonb_array_elements(places) AS place "
        "WHERE place.value = jsonb_build_array(OLD.seq, OLD.section)) "
        f"THEN RAISE EXCEPTION '{_ERASE}'; END IF; RETURN NEW; END;"
    )
    .replace("{new}", ", ".join(f"NEW.{column}" for column in _KEPT_WHEN_ERASED))
    .replace("{old}", ", ".join(f"OLD.{column}" for column in _KEPT_WHEN_ERASED)),
}
"""The newest entry must be an erasure that names the section: nothing is erased before or without it."""


def install(connection: sa.Connection, metadata: sa.MetaData = Base.metadata) -> None:
    """Puts the triggers in place on every ledger table and ledgered table that exists, replacing older ones. It is
    run by the schema's owner after each migration: SQLite's batch migrations drop triggers without a word."""
    present = set(sa.inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        for name, statement in _sqlite_triggers(metadata, present).items():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            connection.exec_driver_sql(statement)
        return
    for function, body in _FUNCTIONS.items():
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $ledger${body}$ledger$",
            execution_options={"no_parameters": True},
        )
    schema = _schema(connection)
    for trigger in _postgres_triggers(metadata, present):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger.name} ON {schema}.{trigger.table}")
        connection.exec_driver_sql(trigger.postgres(schema))
        connection.exec_driver_sql(f"ALTER TABLE {schema}.{trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}")


def missing(connection: sa.Connection, metadata: sa.MetaData = Base.metadata) -> list[str]:
    """Returns what the database lacks of the expected triggers and functions, or has otherwise than expected; empty
    means that the ledger is protected. The application does not start otherwise."""
    tables = {*LEDGER_TABLES, *(table.name for table in ledgered_tables(metadata))}
    if connection.dialect.name == "sqlite":
        expected = _sqlite_triggers(metadata, tables)
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = {row.name: row.sql for row in rows}
        return [f"trigger {name}" for name, statement in expected.items() if found.get(name) != statement]
    return _missing_on_postgres(connection, _postgres_triggers(metadata, tables))


def check_guards(connection: sa.Connection) -> list[Problem]:
    """Returns one problem that names the guards which are gone or changed, none where all of them stand."""
    gone = missing(connection)
    if not gone:
        return []
    named = ", ".join(gone[:_NAMED]) + (f" and {len(gone) - _NAMED} more" if len(gone) > _NAMED else "")
    what = (
        f"what keeps records from being rewritten is not there, or was changed: {named}. `coi db upgrade` puts it back"
    )
    return [Problem(None, "database", None, None, what)]


def grant_to_application(connection: sa.Connection, role: str, metadata: sa.MetaData = Base.metadata) -> None:
    """Gives the application's role on PostgreSQL what it needs and no more: it appends to the ledger, erases
    sections under an entry that names them, never deletes a ledgered row, and owns nothing."""
    quote = connection.dialect.identifier_preparer.quote
    schema, to = _schema(connection), quote(role)
    present = set(sa.inspect(connection).get_table_names())
    ledgered = {table.name for table in ledgered_tables(metadata)}
    statements = [
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {to}",
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {to}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {to}",
    ]
    for table in metadata.tables.values():
        if table.name not in present:
            continue
        if table.name in LEDGER_TABLES:
            columns = ", ".join(quote(column.name) for column in table.columns)
            rights = f"INSERT ({columns})" + (", UPDATE (salt, body)" if table.name == "ledger_payload" else "")
        else:
            rights = "INSERT, UPDATE" if table.name in ledgered else "INSERT, UPDATE, DELETE"
        statements.append(f"GRANT {rights} ON {schema}.{quote(table.name)} TO {to}")
    for statement in statements:
        connection.exec_driver_sql(statement)


def _sqlite_triggers(metadata: sa.MetaData, tables: set[str]) -> dict[str, str]:
    """Each trigger's text by its name; SQLite keeps the text as it was given."""
    found = {}
    for table in LEDGER_TABLES:
        found[f"{table}_no_update"] = _sqlite_refusal(f"{table}_no_update", "UPDATE", table, _sqlite_update(table))
        found[f"{table}_no_delete"] = _sqlite_refusal(f"{table}_no_delete", "DELETE", table, ("", _GROWS))
    for table in NUMBERED:
        when = f" WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), -1) + 1 FROM {table})"  # noqa: S608 - our own names
        found[f"{table}_in_order"] = _sqlite_refusal(f"{table}_in_order", "INSERT", table, (when, _ORDER))
    for each in ledgered_tables(metadata):
        name = f"{each.name}_no_delete"
        found[name] = _sqlite_refusal(name, "DELETE", each.name, ("", _STAYS))
    return {name: text for name, text in found.items() if text.split(" ON ")[1].split(" ")[0] in tables}


def _sqlite_update(table: str) -> tuple[str, str]:
    if table != "ledger_payload":
        return "", _GROWS
    kept = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _KEPT_WHEN_ERASED)
    header = "CAST(header.body AS TEXT)"
    named = (
        "EXISTS (SELECT 1 FROM ledger_payload AS header "  # noqa: S608 - our own words alone
        "WHERE header.section = 0 AND header.seq = (SELECT max(seq) FROM ledger_leaf) "
        f'AND instr({header}, \'"event":"{Event.SECTIONS_ERASED}"\') '
        f"AND instr({header}, '[' || OLD.seq || ',' || OLD.section || ']'))"
    )  # canonical JSON has one form, so that its text can be searched; SQLite's JSON functions are not for triggers here
    return f" WHEN NOT (NEW.salt IS NULL AND NEW.body IS NULL AND {kept} AND {named})", _ERASE


def _sqlite_refusal(name: str, event: str, table: str, refused: tuple[str, str]) -> str:
    when, why = refused
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{why}: {table}'); END"


def _postgres_triggers(metadata: sa.MetaData, tables: set[str]) -> list[Trigger]:
    found = []
    for table in LEDGER_TABLES:
        if table == "ledger_payload":
            found.append(Trigger(f"{table}_no_update", table, "UPDATE", "ROW", "ledger_erase_only"))
            found.append(Trigger(f"{table}_no_delete", table, "DELETE", "ROW", "ledger_refuse"))
        else:
            found.append(Trigger(f"{table}_no_change", table, "DELETE OR UPDATE", "ROW", "ledger_refuse"))
        found.append(Trigger(f"{table}_no_truncate", table, "TRUNCATE", "STATEMENT", "ledger_refuse"))
    found += [Trigger(f"{table}_in_order", table, "INSERT", "ROW", "ledger_in_order") for table in NUMBERED]
    for each in ledgered_tables(metadata):
        found.append(Trigger(f"{each.name}_no_delete", each.name, "DELETE", "ROW", "ledger_keep"))
        found.append(Trigger(f"{each.name}_no_truncate", each.name, "TRUNCATE", "STATEMENT", "ledger_keep"))
    return [trigger for trigger in found if trigger.table in tables]


def _missing_on_postgres(connection: sa.Connection, expected: list[Trigger]) -> list[str]:
    functions = connection.exec_driver_sql(
        "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang "
        "WHERE p.pronamespace = current_schema()::regnamespace AND l.lanname = 'plpgsql' AND p.proconfig IS NULL"
    )
    bodies = {row.proname: row.prosrc for row in functions}
    definitions = connection.exec_driver_sql(
        "SELECT pg_get_triggerdef(t.oid), t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    always = {definition for definition, enabled in definitions if enabled == "A"}
    schema = _schema(connection)
    lacking = [f"function {name}" for name, body in _FUNCTIONS.items() if bodies.get(name) != body]
    return lacking + [f"trigger {each.name}" for each in expected if each.postgres(schema) not in always]


def _schema(connection: sa.Connection) -> str:
    return connection.dialect.identifier_preparer.quote(
        connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    )
