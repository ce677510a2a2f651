"""Checkpoints are signed only over what is right; readings are kept and sealed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi.audit import access, checkpoint, commands, log, queries, verify
from coi.audit.commands import LedgerDamaged
from coi.audit.models import AccessLog, LedgerCheckpoint
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound
from coi.people.models import Person
from coi.permissions.vocabulary import system_actor
from tests.audit.shelving import ACTOR, BODY

pytestmark = pytest.mark.damages_evidence
LOG = "coi.localhost/ledger"
KEY = checkpoint.Ed25519PrivateKey.generate()


def enter_person(at, name="Ann Example"):
    person = Person(name=name, sort_key=name.lower(), recorded_at=at)
    db.session.add(person)
    leaf = log.record(Event.PERSON_ENTERED, subject=person, actor=ACTOR, at=at, body_id=BODY, note={"count": 1})
    db.session.commit()
    return person, leaf


def sign(at, key=KEY):
    signed = commands.sign_checkpoint(at=at, log_name=LOG, key=key)
    db.session.commit()
    return signed


def verified(**options):
    return verify.verify(db.session.connection(), vkey=checkpoint.vkey(LOG, KEY), log_name=LOG, **options)


def tamper(backend, statement):
    """Does what a database administrator could do."""
    engine = sa.create_engine(backend.owner_url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        table = statement.split()[1] if statement.startswith("UPDATE") else statement.split()[2]
        if connection.dialect.name == "sqlite":
            for suffix in ("no_update", "no_delete"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{suffix}")
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        connection.exec_driver_sql(statement)
    engine.dispose()
    backend.is_dirty = True


def test_checkpoints_follow_one_another_and_the_same_size_is_signed_once(app, at):
    assert checkpoint.parse(sign(at).note)[0].size == 0
    for number in range(5):
        enter_person(at, f"Person {number}")
    first = sign(at)
    assert sign(at) is first
    for number in range(6):
        enter_person(at, f"Later {number}")
    sign(at)
    assert queries.latest_checkpoint().size == 11
    assert db.session.scalars(sa.select(LedgerCheckpoint.size).order_by(LedgerCheckpoint.size)).all() == [0, 5, 11]
    report = verified(outside=[first.note])
    assert report.problems == []
    assert (report.signed_entries, report.outside_entries) == (11, 5)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_leaf SET entry = leaf_hash WHERE seq = 5",
        "UPDATE ledger_leaf SET leaf_hash = entry WHERE seq = 5",
        "UPDATE ledger_leaf SET leaf_hash = entry WHERE seq = 2",
        "UPDATE ledger_node SET hash = 'x' WHERE level = 1 AND idx = 2",
        "UPDATE ledger_node SET hash = 'x' WHERE level = 1 AND idx = 0",
        "UPDATE ledger_checkpoint SET note = 'x'",
        "DELETE FROM ledger_leaf WHERE seq = 5",
        "DELETE FROM ledger_node WHERE level = 1 AND idx = 2",
        "DELETE FROM ledger_leaf WHERE seq >= 2",
    ],
)
def test_a_damaged_ledger_is_not_signed(app, backend, at, statement):
    for number in range(3):
        enter_person(at, f"Person {number}")
    sign(at)
    for number in range(4):
        enter_person(at, f"Later {number}")
    db.session.remove()
    tamper(backend, statement.replace("'x'", "x'78'") if backend.name == "sqlite" else statement)
    with pytest.raises(LedgerDamaged):
        commands.sign_checkpoint(at=at, log_name=LOG, key=KEY)


def test_a_checkpoint_is_not_signed_after_another_key(app, at):
    enter_person(at)
    sign(at)
    enter_person(at)
    with pytest.raises(LedgerDamaged, match="not to be trusted"):
        commands.sign_checkpoint(at=at, log_name=LOG, key=checkpoint.Ed25519PrivateKey.generate())


def test_readings_are_noted_in_requests_and_outside(app, at):
    person, _leaf = enter_person(at)
    access.note_reading("the private register", person, ACTOR, at, BODY)
    key = person.id
    db.session.commit()
    with app.test_request_context("/"):
        found = db.session.get(Person, key)
        access.note_reading("the private register", found, ACTOR, at + timedelta(seconds=1))
        access.note_reading("the ledger", found, ACTOR, at + timedelta(seconds=2))
        app.process_response(app.make_response("page"))
    rows = db.session.scalars(sa.select(AccessLog).order_by(AccessLog.seq)).all()
    assert [(row.seq, row.what, row.body_id) for row in rows] == [
        (0, "the private register", BODY),
        (1, "the private register", None),
        (2, "the ledger", None),
    ]
    assert {(row.subject_table, row.subject_id, row.account_id) for row in rows} == {
        ("person", str(person.id), ACTOR.account_id)
    }
    assert verified().problems == []


def test_readings_are_sealed_run_after_run(app, at):
    assert commands.seal_access_log(at=at) is None
    person, _leaf = enter_person(at)
    for number in range(3):
        access.note_reading("the private register", person, ACTOR, at, BODY)
        if number != 1:
            commands.seal_access_log(at=at, actor=system_actor("cli"))
    db.session.commit()
    assert commands.seal_access_log(at=at) is None
    notes = [each.note for each in queries.entries(10) if each.event == Event.ACCESS_LOG_SEALED]
    assert [(note["first"], note["last"], note["count"]) for note in notes] == [(1, 2, 2), (0, 0, 1)]
    report = verified()
    assert report.problems == []
    assert (report.readings, report.unsealed_readings) == (3, 0)


def test_entries_are_read_newest_first_in_pages_and_by_body(app, at):
    for number in range(5):
        enter_person(at, f"Person {number}")
    assert [each.seq for each in queries.entries(2)] == [4, 3]
    assert [each.seq for each in queries.entries(2, before=3)] == [2, 1]
    assert [each.seq for each in queries.entries(9, body_id=BODY)] == [4, 3, 2, 1, 0]
    assert queries.entries(9, body_id=ACTOR.account_id) == []
    newest = queries.entries(1)[0]
    assert (newest.event, newest.account_id, newest.body_id, newest.note) == (
        Event.PERSON_ENTERED,
        ACTOR.account_id,
        BODY,
        {"count": 1},
    )
    assert (newest.at, newest.sections) == (at, ())


def test_an_entry_shows_the_rows_as_they_were(app, at):
    person, first = enter_person(at, "Ann Example")
    person.name = "Ann Other"
    log.record(Event.PERSON_CHANGED, subject=person, actor=ACTOR, at=at)
    db.session.commit()
    enter_person(at, "Somebody Else")
    about = queries.entries_about("person", person.id)
    assert [each.seq for each in about] == [0, 1]
    assert [each.sections[0].row["name"] for each in about] == ["Ann Example", "Ann Other"]
    assert queries.entry(first.seq).sections[0].row_id == str(person.id)
    with pytest.raises(NotFound):
        queries.entry(99)


def test_an_erased_section_is_shown_as_erased(app, backend, at):
    _person, leaf = enter_person(at)
    db.session.remove()
    tamper(backend, "UPDATE ledger_payload SET salt = NULL, body = NULL")
    found = queries.entry(leaf.seq)
    assert found.sections[0].is_erased
    assert (found.note, found.body_id, found.event) == (None, None, Event.PERSON_ENTERED)
