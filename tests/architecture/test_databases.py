"""What a test leaves in its database is gone before the next one, however little was done to take it away."""

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit import enforcement
from coi.database import Base, db, normalised_url
from coi.organisations.models import Body
from tests.factories.accounts import account
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.backends import Backend

pytestmark = pytest.mark.damages_evidence


def filled(connection: sa.Connection) -> list[str]:
    """The tables with rows."""
    tables = Base.metadata.sorted_tables
    return [
        each.name
        for each in tables
        if connection.execute(sa.select(sa.exists(sa.select(1).select_from(each)))).scalar()
    ]


def written() -> None:
    """Rows in several tables that refer to one another, with their entries in the ledger."""
    body, person = a_body(), a_person()
    an_appointment(person, body)
    account(person.id)
    db.session.commit()


def test_rows_are_gone_and_the_guards_stand(app: Flask, backend: Backend) -> None:
    for _again in range(2):
        written()
        assert {"body", "person", "appointment", "account", "ledger_leaf", "ledger_payload"} <= {
            *filled(db.session.connection())
        }
        backend.restore()
        assert filled(db.session.connection()) == []
        assert enforcement.missing(db.session.connection()) == []
        assert db.session.scalar(sa.text("SELECT count(*) FROM alembic_version")) == 1


def test_nobody_has_to_connect_again(app: Flask, backend: Backend) -> None:
    made: list[object] = []

    def connected() -> int:
        written()
        db.session.remove()
        made.clear()
        backend.restore()
        assert db.session.scalar(sa.text("SELECT 1")) == 1
        return len(made)

    def noted(connection: object, _record: object) -> None:
        made.append(connection)

    sa.event.listen(db.engine, "connect", noted)
    assert 0 in (connected(), connected())  # one time in a hundred the whole is copied anew
    sa.event.remove(db.engine, "connect", noted)


def test_while_connections_stay_open_the_ledger_is_kept_from_them_as_before(app: Flask, backend: Backend) -> None:
    written()
    backend.restore()
    written()
    for statement in ("DELETE FROM body", "DELETE FROM ledger_leaf", "UPDATE ledger_node SET idx = 7"):
        with pytest.raises(sa.exc.DBAPIError):
            db.session.execute(sa.text(statement))
        db.session.rollback()
    assert [each.name for each in db.session.scalars(sa.select(Body))] == ["NHS Mid Marsh ICB"]


def changed_by_its_owner(backend: Backend, *statements: str) -> None:
    """Changes what the application cannot."""
    db.session.remove()
    engine = sa.create_engine(normalised_url(backend.owner_url), poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        for each in statements:
            connection.exec_driver_sql(each)
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE lost (id INTEGER)", "DROP TABLE login_attempt", "ALTER TABLE body ADD COLUMN lost INTEGER"],
)
def test_tables_that_were_changed_are_as_before(app: Flask, backend: Backend, statement: str) -> None:
    def tables() -> dict[str, list[str]]:
        look = sa.inspect(db.session.connection())
        return {name: [each["name"] for each in look.get_columns(name)] for name in look.get_table_names()}

    before = tables()
    written()
    changed_by_its_owner(backend, statement)
    assert tables() != before
    backend.restore()
    assert tables() == before
    assert filled(db.session.connection()) == []


def test_guards_that_were_taken_away_stand_again(app: Flask, backend: Backend) -> None:
    written()
    is_sqlite = backend.name == "sqlite"
    changed_by_its_owner(
        backend, "DROP TRIGGER body_no_delete" if is_sqlite else "ALTER TABLE body DISABLE TRIGGER USER"
    )
    assert enforcement.missing(db.session.connection())
    backend.restore()
    assert enforcement.missing(db.session.connection()) == []


def test_what_somebody_else_has_under_way_is_gone_too(app: Flask, backend: Backend) -> None:
    written()
    if backend.name == "sqlite":
        return  # it has one writer at a time
    engine = sa.create_engine(db.engine.url, poolclass=sa.pool.NullPool)
    elsewhere = engine.connect()
    elsewhere.exec_driver_sql("UPDATE body SET name = 'Other'")
    backend.restore()
    with pytest.raises(sa.exc.DBAPIError):
        elsewhere.commit()
    elsewhere.invalidate()
    elsewhere.close()
    assert filled(db.session.connection()) == []
