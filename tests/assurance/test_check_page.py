"""Checking the ledger: the newest checkpoint for anybody, an old one held against the present, the proof of one entry."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit import checkpoint, commands, merkle
from coi.audit.models import LedgerLeaf
from coi.database import db, normalised_url
from tests.factories.assurance import EMAILS, a_flagged_item
from tests.factories.meetings import PLANNED
from tests.factories.people import a_person
from tests.support.backends import Backend
from tests.support.client import StrictClient

CHECK = "/mid-marsh/ledger/check"


def signed(app: Flask) -> str:
    """Signs the present head and returns the note."""
    config = app.config["COI"]
    key = checkpoint.load_or_make_key(config.ledger_key_file)
    made = commands.sign_checkpoint(at=PLANNED, log_name=config.ledger_name, key=key)
    db.session.commit()
    return made.note.decode()


@contextmanager
def behind_the_ledgers_back(backend: Backend, table: str) -> Iterator[sa.Connection]:
    """A connection of the schema's owner, with the triggers of a table out of the way."""
    db.session.commit()
    db.session.remove()
    engine = sa.create_engine(normalised_url(backend.owner_url))
    with engine.begin() as connection:
        if backend.name == "sqlite":
            names = connection.exec_driver_sql(
                f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
            )
            for (name,) in names.all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield connection
    engine.dispose()
    backend.is_dirty = True


def test_anybody_gets_the_newest_checkpoint_as_text(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    assert client.get("/ledger/checkpoint").status_code == 404
    note = signed(app)
    page = client.signed_out().get("/ledger/checkpoint")
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.data.decode() == note


def test_nothing_is_claimed_that_cannot_be_shown(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    page = client.as_(EMAILS["lay"]).get(CHECK)
    assert "Anyone holding a checkpoint can prove whether anything up to that point was altered." in page.text
    assert "tamper" not in page.text.lower()
    assert "No checkpoint is signed yet." in page.text


def test_an_old_checkpoint_shows_that_nothing_up_to_it_was_altered(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    note = signed(app)
    a_person("Mr Neu Person")
    signed(app)
    size = int(note.splitlines()[1])
    page = client.as_(EMAILS["lay"]).post(CHECK, {"note": note})
    assert f"Nothing up to entry {size - 1} has been altered since." in page.text
    assert f"The ledger has {size + 1} now." in page.text


def test_a_checkpoint_that_was_copied_from_a_mail_is_read(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    note = "\r\n".join(f"{line}  " for line in ["", *signed(app).split("\n"), ""])
    assert "Nothing up to entry" in client.as_(EMAILS["lay"]).post(CHECK, {"note": note}).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _note: "", "Paste the checkpoint that you kept"),
        (lambda _note: "nonsense", "This is not a checkpoint of this ledger."),
        (lambda note: note.replace("\n", "\n1", 1), "The checkpoint is not signed by the ledger's key"),
        (lambda note: note.replace("coi.localhost", "coi.elsewhere"), "The checkpoint is about coi.elsewhere/ledger"),
    ],
    ids=["empty", "nonsense", "another size", "another ledger"],
)
def test_what_is_no_checkpoint_of_this_ledger_is_refused_in_words(
    app: Flask, client: StrictClient, change: object, said: str
) -> None:
    a_flagged_item()
    page = client.as_(EMAILS["lay"]).post(CHECK, {"note": change(signed(app))})  # type: ignore[operator]
    assert page.status_code == 422
    assert said in (page.error_for("The checkpoint that you kept") or "")


@pytest.mark.damages_evidence
@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        ("ledger_leaf", "UPDATE ledger_leaf SET entry = (SELECT entry FROM ledger_leaf WHERE seq = 1) WHERE seq = 3",
         "What was kept with entry 3 was altered."),
        ("ledger_payload", "UPDATE ledger_payload SET body = salt WHERE seq = 3 AND section = 1",
         "What was kept with entry 3 was altered."),
        ("ledger_payload", "DELETE FROM ledger_payload WHERE seq = 3 AND section = 1",
         "What was kept with entry 3 was altered."),
        ("ledger_leaf", "DELETE FROM ledger_leaf WHERE seq = 3", "Entry 3 is missing."),
        ("ledger_leaf", "DELETE FROM ledger_leaf WHERE seq > 4", "but only 5 entries are here. The end was cut off."),
    ],
    ids=["entry", "content", "content gone", "entry gone", "end cut off"],
)  # fmt: skip
def test_what_was_altered_is_found_and_named(
    app: Flask, client: StrictClient, backend: Backend, table: str, statement: str, said: str
) -> None:
    a_flagged_item()
    note = signed(app)
    client.as_(EMAILS["lay"])
    with behind_the_ledgers_back(backend, table) as connection:
        connection.exec_driver_sql(statement)
    page = client.post(CHECK, {"note": note})
    assert said in page.text
    assert "It does not fit" in page.text


def test_the_proof_of_an_entry_leads_to_the_signed_root(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    stated, _ = checkpoint.parse(signed(app).encode())
    leaf = db.session.get_one(LedgerLeaf, 5).leaf_hash
    page = client.as_(EMAILS["lay"]).get("/mid-marsh/ledger/5")
    path = [bytes.fromhex(each.get_text()) for each in page.soup.select("ol code")]
    merkle.verify_inclusion(5, stated.size, leaf, path, stated.root)
    assert stated.root.hex() in page.text
    assert leaf.hex() in page.text


def test_an_entry_that_no_checkpoint_covers_says_so(app: Flask, client: StrictClient) -> None:
    a_flagged_item()
    signed(app)
    a_person("Mr Neu Person")
    newest = db.session.scalar(sa.select(sa.func.max(LedgerLeaf.seq)))
    page = client.as_(EMAILS["lay"]).get(f"/mid-marsh/ledger/{newest}")
    assert "No signed checkpoint covers this entry yet." in page.text
    assert not re.search(r"<ol", page.html.split("The proof")[1])
