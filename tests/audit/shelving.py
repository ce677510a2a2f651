"""A small ledgered table that has every type of column, and a database that holds it beside a ledger."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, sessionmaker

from coi.audit import checkpoint, enforcement, log, verify
from coi.audit.findings import Report
from coi.audit.vocabulary import Event
from coi.database import LEDGER_TABLES, Base, Canonical, Instant, Ledgered, engine_options, prepare, words
from coi.permissions.vocabulary import Actor, Grant, Role
from tests.support import postgres

LOG = "register.example/ledger"
NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
BODY = uuid.UUID(int=7)
ACTOR = Actor(
    name="Dr Nobody", account_id=uuid.UUID(int=42), grants=(Grant(Role.SECRETARY, BODY), Grant(Role.CHAIR, None))
)


class Shelving(DeclarativeBase):
    """Tables of this test alone."""

    metadata = sa.MetaData()


class Kind(StrEnum):
    OPEN = "open"
    SHUT = "shut"


class Shelf(Ledgered, Shelving):
    """A ledgered row with a column of every type."""

    __tablename__ = "shelf"

    name: Mapped[str] = mapped_column(sa.Text)
    kind: Mapped[Kind] = mapped_column(words(Kind))
    opened_on: Mapped[date]
    opens_at: Mapped[time | None]
    moved_at: Mapped[datetime] = mapped_column(Instant)
    details: Mapped[Any] = mapped_column(Canonical)
    books: Mapped[int]
    is_public: Mapped[bool]
    price: Mapped[Decimal | None] = mapped_column(sa.Numeric(8, 2))
    picture: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    above_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("shelf.id"))
    version: Mapped[int] = mapped_column()
    labels: Mapped[list["Label"]] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Label(Ledgered, Shelving):
    """A second ledgered table, whose rows hang on the first."""

    __tablename__ = "label"

    text: Mapped[str] = mapped_column(sa.Text)
    shelf_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("shelf.id"))


class Scrap(Shelving):
    """A table that is not ledgered."""

    __tablename__ = "scrap"
    __exempt__ = "operational"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(sa.Text)


LEDGER = [Base.metadata.tables[name] for name in LEDGER_TABLES]


def shelf(name: str = "Poetry", **changes: Any) -> Shelf:
    """A new shelf, with a value in every column."""
    values: dict[str, Any] = {
        "id": uuid.uuid4(), "name": name, "kind": Kind.OPEN, "opened_on": date(2026, 4, 1), "opens_at": time(9, 30),
        "moved_at": NOON, "details": {"é": [1, None, True, "x"]}, "books": 12, "is_public": True,
        "price": Decimal("5"), "picture": b"\x00\xff\x10", "above_id": None,
    }  # fmt: skip
    return Shelf(**values | changes)


@dataclass
class Store:
    """One database with a ledger: engines of the owner and of the application, and guarded sessions."""

    name: str
    owner: sa.Engine
    engine: sa.Engine
    sessions: sessionmaker[Session]
    key: Ed25519PrivateKey

    def put(self, *rows: Any, event: Event = Event.ITEM_ADDED, at: datetime = NOON, note: Any = None) -> int:
        """Stores rows with one entry about the first, commits, and returns the entry's number."""
        with self.sessions() as session:
            session.add_all(rows)
            leaf = log.record_in(session, event, subject=rows[0], actor=ACTOR, at=at, body_id=BODY, note=note)
            session.commit()
            return leaf.seq

    def verify(self, **options: Any) -> Report:
        """The report over this database, read by its owner."""
        with self.owner.connect() as connection:
            return self.verify_on(connection, **options)

    def verify_on(self, connection: sa.Connection, *, log_name: str = LOG, **options: Any) -> Report:
        """The report over what `connection` sees, uncommitted changes included."""
        vkey = checkpoint.vkey(LOG, self.key)
        return verify.verify(connection, vkey=vkey, log_name=log_name, metadata=Shelving.metadata, **options)

    def scalar(self, statement: str) -> Any:
        with self.owner.connect() as connection:
            return connection.exec_driver_sql(statement).scalar()


def build(url: str) -> None:
    engine = engine_for(url, application=False)
    with engine.begin() as connection:
        Base.metadata.create_all(connection, tables=LEDGER)
        Shelving.metadata.create_all(connection)
        enforcement.install(connection, Shelving.metadata)
        if connection.dialect.name == "postgresql":
            enforcement.grant_to_application(connection, postgres.APPLICATION, Base.metadata)
            for table in Shelving.metadata.tables.values():
                rights = "INSERT, UPDATE" if table.name != "scrap" else "INSERT, UPDATE, DELETE"
                connection.exec_driver_sql(f"GRANT {rights} ON {table.name} TO {postgres.APPLICATION}")
    engine.dispose()


def engine_for(url: str, *, application: bool = True) -> sa.Engine:
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool, **without_pool(url))
    prepare(engine, application=application)
    return engine


def without_pool(url: str) -> dict[str, Any]:
    return {name: value for name, value in engine_options(url).items() if name != "pool_pre_ping"}
