"""Migrations: up from nothing, down, up again, on both databases; no drift from the models; the ledger is never dropped."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit import enforcement, log
from coi.audit.state import ledgered_mappers, version_of
from coi.audit.vocabulary import Event
from coi.cli import schema
from coi.config import Config
from coi.database import DatabaseNotSafe, db
from coi.people.commands import enter_person
from coi.people.models import Person
from coi.people.vocabulary import PersonDetails
from coi.permissions.vocabulary import Role, system_actor
from coi.publication.models import PublishedEntry, PublishedUse, PublishedWord
from coi.registers.breaches.models import BreachPerson
from coi.registers.breaches.vocabulary import Part
from coi.registers.interests.models import InterestVersion, RedactionRequest
from coi.registers.interests.redaction_commands import decide_redaction
from coi.registers.interests.review_commands import agree_mitigation
from coi.registers.interests.vocabulary import Via
from coi.registers.procurement.declarant_commands import declare_by_link
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import Outcome, Route, Side
from tests.factories.accounts import account_with
from tests.factories.breaches import a_report
from tests.factories.clinicians import a_clinician
from tests.factories.gifts import a_gift
from tests.factories.interests import a_nil_return, an_interest, details_of
from tests.factories.meetings import an_actor
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.procurement import AT, EVALUATOR, NOTHING, a_procurement, asked, link_of
from tests.factories.publication import an_edition
from tests.support import postgres

CHANGE = re.compile(
    r"""batch_alter_table\(\s*['"](\w+)|(batch_op)\.(?:add|drop)_column|\bop\.(?:add|drop)_column\(\s*['"](\w+)"""
)
"""Where a migration begins with a table in a batch, adds or takes away a column of it, or does that without a batch."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
        yield Config(environment="test", database_url=url, owner_database_url=url)
        return
    if postgres.server() is None:
        pytest.skip(f"PostgreSQL: {postgres.reason()}")
    owner, application = postgres.fresh_database()
    yield Config(environment="test", database_url=application, owner_database_url=owner)
    postgres.drop_database(owner)


def tables(config: Config) -> set[str]:
    engine = schema.owner_engine(config)
    with engine.connect() as connection:
        found = set(sa.inspect(connection).get_table_names())
    engine.dispose()
    return found


def test_the_migrations_build_what_the_models_say(empty: Config) -> None:
    schema.upgrade(empty)
    assert schema.differences(empty) == []


def test_up_down_and_up_again_ends_where_it_began(empty: Config) -> None:
    schema.upgrade(empty)
    before = tables(empty)
    schema.downgrade(empty, "base")
    assert tables(empty) <= {"alembic_version"}
    schema.upgrade(empty)
    assert tables(empty) == before


def test_upgrading_twice_changes_nothing_and_keeps_the_ledger_guarded(empty: Config) -> None:
    schema.upgrade(empty)
    schema.upgrade(empty)
    engine = schema.owner_engine(empty)
    with engine.connect() as connection:
        assert enforcement.missing(connection) == []
    engine.dispose()


def test_a_downgrade_never_drops_a_ledger_with_entries(empty: Config) -> None:
    schema.upgrade(empty)
    engine = schema.owner_engine(empty)
    with engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO ledger_leaf (seq, entry, leaf_hash) VALUES (0, :bytes, :bytes)"), {"bytes": b"x" * 32}
        )
    engine.dispose()
    with pytest.raises(RuntimeError, match="never drops"):
        schema.downgrade(empty, "base")
    assert "ledger_leaf" in tables(empty)


def test_a_half_upgraded_database_is_not_left_behind(empty: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(enforcement, "install", stop)
    with pytest.raises(KeyboardInterrupt):
        schema.upgrade(replace(empty))
    assert tables(empty) == set()


def test_there_is_one_head_and_migrations_are_numbered() -> None:
    names = sorted(path.stem for path in (schema.SCRIPTS / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert not any("coi." in (schema.SCRIPTS / "versions" / f"{name}.py").read_text() for name in names)


def test_a_ledgered_table_says_that_its_columns_changed() -> None:
    """What the ledger has of rows from before is compared by the columns that it had then: else the check of the ledger calls each of
    them altered after an upgrade."""
    changed: dict[str, set[str]] = defaultdict(set)
    for path in (schema.SCRIPTS / "versions").glob("*.py"):
        table = ""
        for batch, in_batch, alone in CHANGE.findall(path.read_text().split("def downgrade")[0]):
            table = batch or table
            if in_batch or alone:
                changed[alone or table].add(path.stem)
    models = {mapper.class_.__tablename__: mapper.class_ for mapper in ledgered_mappers(db.metadata)}
    silent = [name for name, model in models.items() if version_of(model) < 1 + len(changed[name])]
    assert silent == [], "raise __ledger_version__ of these models"


@pytest.mark.damages_evidence  # a downgrade takes columns away that the ledger has
def test_a_table_that_rows_refer_to_is_changed_with_its_rows(app: Flask) -> None:
    decision = a_procurement(a_body())
    db.session.commit()
    reference, config = decision.reference, app.config["COI"]
    db.session.remove()
    db.engine.dispose()
    schema.downgrade(config, "0022")
    schema.upgrade(config)
    assert db.session.scalars(sa.select(ProcurementDecision.reference)).all() == [reference]


@pytest.mark.damages_evidence
def test_what_the_schema_below_has_no_word_for_hinders_no_downgrade(app: Flask) -> None:
    body = a_body()
    gift = a_gift(body, a_person("Dr Ama Boateng"), keep_private_because="It would show where I live")
    request_ = db.session.scalars(sa.select(RedactionRequest).where(RedactionRequest.gift_id == gift.id)).one()
    guardian = an_actor(a_person("Ms Gua Rdian"), body, Role.GUARDIAN)
    decide_redaction(request_, granted=True, reason="It does", actor=guardian, at=AT)
    row = a_procurement(body, outcome=Outcome.INTENDED, route=Route.URGENT)
    version = row.versions[-1]
    version.service_kind = version.arrangement = version.is_gp_provider = None
    _, path = asked(row, replace(EVALUATOR, side=Side.MODERATOR))
    declare_by_link(link_of(path), NOTHING, at=AT)
    breach = a_report(body).breach
    db.session.add(BreachPerson(breach=breach, person_id=None, part=Part.WITNESS, recorded_at=AT))
    log.record(Event.BREACH_PERSON_NAMED, subject=breach, actor=guardian, at=AT, body_id=body.id)
    db.session.commit()
    config = app.config["COI"]
    db.session.remove()
    db.engine.dispose()
    schema.downgrade(config, "0020")
    schema.upgrade(config)
    [kept] = db.session.scalars(sa.select(ProcurementDecision)).all()
    assert (kept.versions[-1].outcome, kept.versions[-1].route) == (Outcome.AWARDED, Route.SINGLE_TENDER)
    assert not db.session.scalars(sa.select(RedactionRequest)).all()
    assert not db.session.scalars(sa.select(BreachPerson)).all()
    assert enforcement.missing(db.session.connection()) == []


def test_what_was_published_before_is_found_by_its_new_words(app: Flask) -> None:
    body, person = a_body(), a_person("Dr Ama Boateng")
    an_appointment(person, body)
    an_interest(person, details_of(via=Via.SPOUSE))
    nobody = a_person("Dr Zoë Abbot")
    an_appointment(nobody, body)
    a_nil_return(nobody)
    an_edition(body)
    db.session.commit()
    words = sa.select(PublishedWord.word, PublishedWord.label, PublishedWord.uses).order_by(PublishedWord.word)
    uses = sa.select(PublishedUse.word, PublishedUse.entry_id).order_by(PublishedUse.word, PublishedUse.entry_id)
    order = sa.select(PublishedEntry.subject, PublishedEntry.key).order_by(PublishedEntry.subject)
    before = [db.session.execute(each).all() for each in (words, uses, order)]
    assert [subject for subject, _ in before[2]] == ["larkfield surgery", "~"]
    config = app.config["COI"]
    db.session.remove()
    db.engine.dispose()
    schema.downgrade(config, "0047")
    schema.upgrade(config)
    assert [db.session.execute(each).all() for each in (words, uses, order)] == before


@pytest.mark.damages_evidence
def test_whose_person_somebody_is_who_was_entered_before_that_was_kept(app: Flask) -> None:
    here, there = a_body(), a_body("NHS Far Fen ICB", "far-fen")
    keeper = a_person("Ms Sue Scribe")
    account = account_with(keeper.id, "sue@example.org", [Role.SECRETARY], there.id)
    people = [a_person(f"Dr {name} Rota") for name in ("Listed", "Unknown", "Post")]
    a_clinician(here, people[0])
    an_appointment(people[2], here)
    actor = replace(system_actor("web"), account_id=account.id)
    people.append(enter_person(PersonDetails("Ent", "Ered"), actor=actor, at=AT))
    db.session.commit()
    ids, config = [each.id for each in people], app.config["COI"]
    expected = [here.id, None, None, there.id]
    db.session.remove()
    db.engine.dispose()
    schema.downgrade(config, "0039")
    schema.upgrade(config)
    assert [db.session.get_one(Person, each).entered_by_id for each in ids] == expected
    assert enforcement.missing(db.session.connection()) == []


@pytest.mark.damages_evidence
def test_where_something_was_declared_before_that_was_kept_is_known_from_the_ledger(app: Flask) -> None:
    here, there = a_body(), a_body("NHS Far Fen ICB", "far-fen")
    kept, unknown = an_interest(a_person("Dr Ama Boateng"), body_id=here.id), an_interest(a_person("Dr Zoe Abbot"))
    agree_mitigation(kept, "Leaves", version=1, actor=system_actor("web"), at=AT, body_id=there.id)
    db.session.commit()
    ids, config = [each.id for each in (*kept.versions, *unknown.versions)], app.config["COI"]
    expected = [here.id, there.id, None]
    db.session.remove()
    db.engine.dispose()
    schema.downgrade(config, "0064")
    schema.upgrade(config)
    assert [db.session.get_one(InterestVersion, each).body_id for each in ids] == expected
    declared = [db.session.get_one(InterestVersion, each).declaration for each in (ids[0], ids[2])]
    assert [each.body_id for each in declared if each] == [here.id, None]
    assert enforcement.missing(db.session.connection()) == []


def test_a_migration_that_would_leave_a_row_that_refers_to_nothing_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'broken.sqlite'}"
    config = Config(environment="test", database_url=url, owner_database_url=url)

    def break_one(connection: sa.Connection, _metadata: sa.MetaData) -> None:
        connection.exec_driver_sql("CREATE TABLE lost (id INTEGER PRIMARY KEY, body_id CHAR(32) REFERENCES body (id))")
        connection.exec_driver_sql("INSERT INTO lost VALUES (1, 'nobody')")

    monkeypatch.setattr(enforcement, "install", break_one)
    with pytest.raises(DatabaseNotSafe, match="refer to nothing"):
        schema.upgrade(config)
    assert tables(config) == set()
