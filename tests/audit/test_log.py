"""Each command leaves one entry with the full state of what it changed, or nothing at all."""

import json
import threading
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import sessionmaker

from coi.audit import entry, log, merkle, state
from coi.audit.entry import NotCanonical
from coi.audit.log import LedgerBypassed, LedgerMissing, LedgerNotGuarded
from coi.audit.models import LedgerLeaf, LedgerNode, LedgerPayload
from coi.audit.vocabulary import Event
from tests.audit.shelving import ACTOR, BODY, LOG, NOON, Kind, Label, Scrap, Shelf, shelf


def sections(store, seq):
    with store.sessions() as session:
        found = session.scalars(
            sa.select(LedgerPayload).where(LedgerPayload.seq == seq).order_by(LedgerPayload.section)
        )
        return [json.loads(each.body) for each in found]


def record(session, subject, **options):
    return log.record_in(session, Event.ITEM_CHANGED, subject=subject, actor=ACTOR, at=NOON, **options)


def test_an_entry_says_what_was_done_by_whom_to_what(store):
    made = shelf()
    with store.sessions() as session:
        session.add(made)
        leaf = log.record_in(
            session, Event.ITEM_ADDED, subject=made, actor=ACTOR, at=NOON, body_id=BODY, note={"why": "new"}
        )
        session.commit()
        key = made.id
    found = entry.read(leaf.entry)
    assert (found.sequence, found.log, found.type) == (0, LOG, "meetings:item:added")
    assert found.timestamp == "2026-11-10T12:00:00.000000Z"
    assert (found.actor.id, found.actor.role, found.actor.via) == (str(ACTOR.account_id), "chair secretary", "session")
    assert (found.object.table, found.object.id, found.object.revision) == ("shelf", str(key), 1)
    assert b"Nobody" not in leaf.entry
    header, row = sections(store, 0)
    assert header == {
        "body_id": str(BODY), "event": "meetings:item:added", "note": {"why": "new"},
        "rows": [["shelf", str(key)]], "subject": ["shelf", str(key)],
    }  # fmt: skip
    assert (row["t"], row["id"], row["v"]) == ("shelf", str(key), 1)


def test_the_state_of_a_row_is_complete_and_canonical(store):
    above = shelf("Above")
    made = shelf("Café Ŵyn", above_id=above.id)
    store.put(above)
    store.put(made)
    row = sections(store, 1)[1]["row"]
    assert row == {
        "id": row["id"], "name": "Café Ŵyn", "kind": "open", "opened_on": "2026-04-01", "opens_at": "09:30:00.000000",
        "moved_at": "2026-11-10T12:00:00.000000Z", "details": {"é": [1, None, True, "x"]}, "books": 12,
        "is_public": True, "price": "5.00", "picture": "AP8Q", "above_id": row["above_id"], "version": 1,
    }  # fmt: skip


def test_every_row_is_rebuilt_exactly_from_its_section(store):
    made = shelf(price=Decimal("12.50"), opens_at=None, kind=Kind.SHUT)
    store.put(made)
    row = sections(store, 0)[1]["row"]
    with store.engine.connect() as connection:
        expected = state.stored_from(row, Shelf.__table__, connection.dialect)
        found = connection.exec_driver_sql("SELECT * FROM shelf").one()._mapping
        assert {name: found[name] for name in expected} == expected
        assert state.canonical_from(dict(found), Shelf.__table__, connection.dialect) == row


def test_an_entry_holds_all_rows_changed_since_the_last_one_with_the_subject_first(store):
    one, two = shelf("One"), shelf("Two")
    with store.sessions() as session:
        session.add_all([one, two])
        session.flush()
        one.books = 13
        label = Label(id=uuid.uuid4(), text="new", shelf_id=one.id)
        session.add(label)
        first = record(session, two)
        two.books = 14
        second = record(session, one)
        session.commit()
        keys = [str(each.id) for each in (two, one, label)]
    assert [body["rows"] for body in (sections(store, first.seq)[0], sections(store, second.seq)[0])] == [
        [["shelf", keys[0]], ["shelf", keys[1]], ["label", keys[2]]],
        [["shelf", keys[0]]],
    ]
    assert sections(store, first.seq)[2]["row"]["books"] == 13
    assert sections(store, second.seq)[1]["row"]["books"] == 14


def test_a_row_that_a_relationship_changes_is_recorded_too(store):
    made, label = shelf(), Label(id=uuid.uuid4(), text="loose")
    store.put(made, label)
    with store.sessions() as session:
        found = session.get(Shelf, made.id)
        found.labels.append(session.get(Label, label.id))
        leaf = record(session, found)
        session.commit()
    assert [body["t"] for body in sections(store, leaf.seq)[1:]] == ["label"]


def test_a_row_that_was_not_changed_is_not_recorded(store):
    made = shelf()
    store.put(made)
    with store.sessions() as session:
        found = session.get(Shelf, made.id)
        found.books = found.books
        session.commit()
        found.books, found.books = 99, 12
        leaf = record(session, found)
        session.commit()
    assert sections(store, leaf.seq)[0]["rows"] == []


def test_an_exempt_table_needs_no_entry(store):
    with store.sessions() as session:
        session.add(Scrap(id=1, text="operational"))
        session.commit()
        session.execute(sa.delete(Scrap))
        session.commit()
    assert store.scalar("SELECT count(*) FROM ledger_leaf") == 0


def test_a_commit_without_an_entry_is_refused_and_keeps_nothing(store):
    with store.sessions() as session:
        session.add(shelf())
        with pytest.raises(LedgerMissing, match="shelf"):
            session.commit()
    assert store.scalar("SELECT count(*) FROM shelf") == 0


def test_a_change_after_the_entry_is_refused_at_the_commit(store):
    with store.sessions() as session:
        made = shelf()
        session.add(made)
        record(session, made)
        made.books = 99
        with pytest.raises(LedgerMissing):
            session.commit()
    assert store.scalar("SELECT count(*) FROM ledger_leaf") == 0


def test_a_rollback_forgets_what_was_unrecorded(store):
    with store.sessions() as session:
        session.add(shelf())
        session.flush()
        session.rollback()
        session.commit()
        session.add(shelf())
        session.flush()
        session.close()
        session.commit()
    assert store.scalar("SELECT count(*) FROM shelf") == 0


def test_a_rolled_back_savepoint_forgets_only_its_own_changes(store):
    kept, dropped = shelf("Kept"), shelf("Dropped")
    with store.sessions() as session:
        session.add(kept)
        with session.begin_nested() as savepoint:
            session.add(dropped)
            session.flush()
            savepoint.rollback()
        leaf = record(session, kept)
        session.commit()
    assert [body["row"]["name"] for body in sections(store, leaf.seq)[1:]] == ["Kept"]


def test_an_entry_in_a_rolled_back_savepoint_leaves_its_rows_unrecorded(store):
    made = shelf()
    with store.sessions() as session:
        session.add(made)
        savepoint = session.begin_nested()
        record(session, made)
        savepoint.rollback()
        with pytest.raises(LedgerMissing):
            session.commit()


def test_a_released_savepoint_keeps_its_changes_for_the_entry(store):
    made = shelf()
    with store.sessions() as session:
        with session.begin_nested():
            session.add(made)
        leaf = record(session, made)
        session.commit()
    assert len(sections(store, leaf.seq)) == 2


def test_a_failed_flush_in_a_savepoint_forgets_what_it_tried(store):
    made = shelf()
    with store.sessions() as session:
        session.add(made)
        session.flush()
        savepoint = session.begin_nested()
        session.add(Label(id=uuid.uuid4(), text="x", shelf_id=made.id))
        session.flush()
        session.add(Scrap(id=1, text=None))
        with pytest.raises(sa.exc.IntegrityError):
            session.flush()
        savepoint.rollback()
        leaf = record(session, made)
        session.commit()
    assert [body["t"] for body in sections(store, leaf.seq)[1:]] == ["shelf"]


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Shelf).values(books=0),
        sa.delete(Shelf),
        sa.insert(Shelf),
        sa.update(Shelf.__table__).values(books=0),
        sa.delete(Shelf.__table__),
        sa.update(LedgerLeaf).values(entry=b""),
        sa.delete(LedgerPayload),
        sa.insert(LedgerNode),
    ],
    ids=str,
)
def test_a_bulk_change_of_ledgered_rows_is_refused(store, statement):
    with store.sessions() as session, pytest.raises(LedgerBypassed):
        session.execute(statement)


def test_a_ledgered_row_is_never_deleted(store):
    made = shelf()
    store.put(made)
    with store.sessions() as session:
        session.delete(session.get(Shelf, made.id))
        with pytest.raises(LedgerBypassed, match="never deleted"):
            session.flush()


def test_time_in_the_ledger_never_runs_backwards(store):
    store.put(shelf(), at=NOON)
    store.put(shelf(), at=NOON - timedelta(hours=5))
    store.put(shelf(), at=NOON + timedelta(seconds=1))
    with store.sessions() as session:
        entries = session.scalars(sa.select(LedgerLeaf.entry).order_by(LedgerLeaf.seq)).all()
    assert [entry.read(each).timestamp[11:19] for each in entries] == ["12:00:00", "12:00:00", "12:00:01"]


def test_the_tree_grows_with_every_entry(store):
    for _number in range(18):
        store.put(shelf())
    with store.sessions() as session:
        leaves = session.scalars(sa.select(LedgerLeaf).order_by(LedgerLeaf.seq)).all()
        nodes = {(node.level, node.idx): node.hash for node in session.scalars(sa.select(LedgerNode))}
    hashes = [merkle.leaf_hash(leaf.entry) for leaf in leaves]
    assert [leaf.leaf_hash for leaf in leaves] == hashes
    nodes.update({(0, index): hashed for index, hashed in enumerate(hashes)})
    assert merkle.root_from(18, lambda level, index: nodes[level, index]) == merkle.tree_hash(hashes)
    assert len(nodes) == 18 + 9 + 4 + 2 + 1


def test_an_entry_without_changed_rows_records_its_note(store):
    made = shelf()
    store.put(made)
    with store.sessions() as session:
        leaf = record(session, session.get(Shelf, made.id), note={"rows": 12, "digest": "ab"})
        session.commit()
    assert sections(store, leaf.seq) == [
        {
            "body_id": None, "event": "meetings:item:changed", "note": {"rows": 12, "digest": "ab"}, "rows": [],
            "subject": ["shelf", str(made.id)],
        }
    ]  # fmt: skip


@pytest.mark.parametrize("note", [{"a": 1.5}, {"a": date(2026, 1, 1)}, {1: "a"}, {"a": 2**60}])
def test_a_note_without_a_canonical_form_is_refused(store, note):
    made = shelf()
    with store.sessions() as session:
        session.add(made)
        with pytest.raises(NotCanonical):
            record(session, made, note=note)


def test_a_session_that_is_not_watched_cannot_record(store):
    made = shelf()
    with sessionmaker(store.engine)() as session:
        session.add(made)
        with pytest.raises(LedgerNotGuarded):
            record(session, made)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_column_that_somebody_else_changed_meanwhile_is_recorded_as_it_is(store):
    made, label = shelf(), Label(id=uuid.uuid4(), text="before")
    store.put(made, label)
    with store.sessions() as slow:
        mine = slow.get(Label, label.id)
        with store.sessions() as quick:
            theirs = quick.get(Label, label.id)
            theirs.text = "meanwhile"
            record(quick, theirs)
            quick.commit()
        mine.shelf_id = made.id
        leaf = record(slow, mine)
        slow.commit()
    assert sections(store, leaf.seq)[1]["row"] == {
        "id": str(label.id), "text": "meanwhile", "shelf_id": str(made.id)
    }  # fmt: skip
    assert store.verify().problems == []


def test_two_writers_at_once_leave_one_unbroken_log(store):
    failures = []

    def write():
        try:
            for number in range(25):
                store.put(shelf(f"Shelf {number}"))
        except Exception as broken:
            failures.append(broken)

    threads = [threading.Thread(target=write) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with store.sessions() as session:
        assert session.scalars(sa.select(LedgerLeaf.seq).order_by(LedgerLeaf.seq)).all() == list(range(50))
    assert store.verify().problems == []
