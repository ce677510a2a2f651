"""While a register is imported others go on with their work, and another import waits. On PostgreSQL; SQLite has one writer at a time."""

import threading
import uuid
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.database import db
from coi.organisations.models import Body
from coi.organisations.policy_queries import lock_policy
from coi.people.models import Person
from coi.registers.importing.queries import lock_imports
from coi.registers.interests.models import Declaration
from tests.factories.interests import an_interest
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment

Lock = Callable[[uuid.UUID], None]


@pytest.fixture
def body(app: Flask) -> Body:
    return a_body()


def meanwhile(app: Flask, deed: Callable[[], object]) -> list[Exception]:
    """Does something in another session, which waits for nobody longer than a moment. Returns what was refused."""
    refused: list[Exception] = []

    def do() -> None:
        with app.app_context():
            try:
                db.session.execute(sa.text("SET LOCAL lock_timeout = '1500ms'"))
                deed()
                db.session.commit()
            except Exception as error:
                refused.append(error)
                db.session.rollback()
            finally:
                db.session.remove()

    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
    return refused


@pytest.mark.parametrize("lock", [lock_imports, lock_policy])
def test_somebody_declares_at_a_body_whose_register_is_imported_or_whose_rules_are_changed(
    app: Flask, body: Body, lock: Lock
) -> None:
    """A declaration keeps the body at which it was made: REG-01."""
    if db.engine.dialect.name != "postgresql":
        return
    person = a_person("Dr Ama Ashdown")
    an_appointment(person, body)
    db.session.commit()
    person_id, body_id = person.id, body.id
    lock(body_id)
    assert not meanwhile(app, lambda: an_interest(db.session.get_one(Person, person_id), body_id=body_id))
    db.session.rollback()
    assert db.session.scalars(sa.select(Declaration.body_id)).one() == body_id


@pytest.mark.parametrize("lock", [lock_imports, lock_policy])
def test_another_import_waits_and_so_does_another_change_of_the_rules(app: Flask, body: Body, lock: Lock) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    db.session.commit()
    body_id = body.id
    lock(body_id)
    (refused,) = meanwhile(app, lambda: lock(body_id))
    assert isinstance(refused, sa.exc.OperationalError) and "lock timeout" in str(refused)
