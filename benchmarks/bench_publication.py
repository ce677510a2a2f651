"""What the public site costs: a page of a hundred rows out of fifty thousand published interests and a filtered search, over a floor page
with as many rows from one query; how both grow from five thousand records to half a million; and the files.

python -m benchmarks.bench_publication
"""

import csv
import io
import itertools
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask
from werkzeug.wrappers import Response

from benchmarks.pairs import ratio_of
from benchmarks.published_entries import entries
from benchmarks.setting import TODAY, config_of
from coi import clock, create_app
from coi.database import db
from coi.organisations.models import Body
from coi.permissions.vocabulary import system_actor
from coi.publication import commands, exporting, looking, queries
from coi.publication.catalogue import INTERESTS
from coi.publication.content import facet
from coi.publication.models import PublishedEntry, PublishedUse, PublishedWord, Shelf
from coi.publication.vocabulary import CURRENT, NO_END
from coi.web.access import public
from coi.web.pages import page
from tests.factories.organisations import a_body
from tests.support import postgres
from tests.support.backends import Backend, PostgresBackend, SqliteBackend

SIZES = (5_000, 50_000, 500_000)
SLUGS = {5_000: "small", 50_000: "middle", 500_000: "large"}
VISITS, BATCH = 5, 5_000
ROWS = 100
SEARCHES = (
    "find=surgery+larkden&type=Financial",
    "find=quen",
    "about=surg",
    "find=quenby",
    "find=dr+qu+me&sort=newest",
    "find=surgery&directness=Indirect",
    "find=surgry+larkdenn",
)

bp = Blueprint("floor", __name__, template_folder="templates")


@bp.get("/<body>/floor/public")
@public
def floor() -> Response:
    """As many rows as a page of a register has, from one query, without a session."""
    entry = PublishedEntry
    wanted = sa.select(entry.key, entry.sort_key, entry.subject, entry.changed_on, entry.mark, entry.first_edition)
    rows = db.session.execute(wanted.where(entry.shelf_id == 1).order_by(entry.id).limit(ROWS)).all()
    return page("floor/rows.html", headings=("Key", "Name", "Subject", "Changed", "Mark", "Since"), rows=rows)


def fill(body: Body, size: int, shelf_id: int) -> None:
    """Puts records on a shelf past the commands, which would take them one transaction long."""
    first = commands.publish_edition(body, INTERESTS, actor=system_actor("cli"), at=TODAY)
    shelf = db.session.get_one(Shelf, shelf_id)
    shelf.rows = size
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    start = queries.next_entry()
    made = enumerate(entries(size), start=start)
    while batch := list(itertools.islice(made, BATCH)):
        _copy(PublishedEntry, [(at, shelf_id, each.key, each.sort_key, each.subject, each.changed_on, NO_END, first.number, CURRENT,
                                first.number, each.mark, each.content) for at, each in batch])  # fmt: skip
        _copy(PublishedUse, [(shelf_id, word, at) for at, each in batch for word in sorted(each.tokens)])
        for _, each in batch:
            for word in each.tokens:
                counts[word] = counts.get(word, 0) + 1
            labels[facet("type", str(each.values["type"]))] = str(each.values["type"])
    _copy(PublishedWord, [(shelf_id, word, labels.get(word, ""), uses) for word, uses in sorted(counts.items())])
    db.session.commit()


def _copy(model: Any, rows: list[tuple[Any, ...]]) -> None:
    """Writes rows as fast as each database can."""
    table: sa.Table = model.__table__
    connection = db.session.connection()
    names = ", ".join(column.name for column in table.columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" for _ in table.columns)
        plain = [tuple(each.isoformat() if isinstance(each, date) else each for each in row) for row in rows]
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", plain)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def main() -> None:
    """Prints the figures of both databases."""
    clock.now = lambda: TODAY
    wanted = tuple(int(each) for each in sys.argv[1:]) or SIZES
    with tempfile.TemporaryDirectory() as folder:
        measure(SqliteBackend(Path(folder)), Path(folder), wanted)
        if postgres.server() is None:
            print(f"skipped: PostgreSQL: {postgres.reason()}", file=sys.stderr)
        else:
            measure(PostgresBackend(), Path(folder), wanted)


def measure(backend: Backend, folder: Path, sizes: tuple[int, ...]) -> None:
    app = create_app(config_of(backend, folder))
    app.register_blueprint(bp)
    with app.app_context():
        for shelf_id, size in enumerate(sizes, start=1):
            fill(a_body(f"NHS {SLUGS[size].title()} ICB", SLUGS[size]), size, shelf_id)
        if backend.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("ANALYZE")
        db.session.remove()
    pages(app, backend.name, sizes)
    if 50_000 in sizes:
        csv_file(app, backend.name)
    if 5_000 in sizes and backend.name == "sqlite":
        made_files(app, backend, folder)


def pages(app: Flask, database: str, sizes: tuple[int, ...]) -> None:
    """The page and the searches over their floor, then their growth."""
    client = app.test_client()

    def get(url: str) -> Callable[[], None]:
        def visit() -> None:
            for _ in range(VISITS):
                answer = client.get(url)
                if answer.status_code != 200:
                    raise RuntimeError(f"{url} answered {answer.status}")

        return visit

    below = get("/small/floor/public")
    if 50_000 in sizes:
        ratio_of(f"public_page_{database}", get("/middle/public/interests?after=I/2026/025000"), below)
        for number, search in enumerate(SEARCHES, start=1):
            ratio_of(f"public_search_{number}_{database}", get(f"/middle/public/interests?{search}"), below)
    if 500_000 in sizes and 5_000 in sizes:
        place = "public/interests?after=I/2026/002500"
        ratio_of(f"public_growth_{database}", get(f"/large/{place}"), get(f"/small/{place}"))
        for number, search in enumerate(SEARCHES, start=1):
            url = f"public/interests?{search}"
            ratio_of(f"public_search_growth_{number}_{database}", get(f"/large/{url}"), get(f"/small/{url}"), rounds=5)


def csv_file(app: Flask, database: str) -> None:
    """CSV of twenty thousand rows over a bare query and writer."""
    with app.app_context():
        found = looking.published(_body("middle"), INTERESTS, at=TODAY)
        days, shape = queries.days_of_editions(found.edition.body_id, INTERESTS.kind), INTERESTS.shape

        def ours() -> None:
            lines = itertools.islice(looking.lines_of(found), 20_000)
            for _ in exporting.csv_of(shape, lines, days, 1):
                pass

        ratio_of(f"public_csv_{database}", ours, lambda: bare(found.shown.shelf_id), rounds=7)
        db.session.remove()


def made_files(app: Flask, backend: Backend, folder: Path) -> None:
    """The time and memory of a workbook and a PDF of five thousand rows, each by itself, and of the job that makes both."""
    with app.app_context():
        body_id = str(_body("small"))
        db.session.remove()
    settings = {
        "COI_ENVIRONMENT": "demo",
        "COI_DATABASE_URL": backend.url,
        "COI_OWNER_DATABASE_URL": backend.owner_url,
        "COI_SECRET_KEY": "for the benchmark",
        "COI_LEDGER_KEY_FILE": str(folder / f"{backend.name}.key"),
    }
    for words in (["xlsx"], ["pdf"], ["job", body_id]):
        command = [sys.executable, "-m", "benchmarks.published_files", *words]
        subprocess.run(command, check=True, env={**os.environ, **settings})


def bare(shelf_id: int) -> None:
    """The same cells from one query, each column by itself, and csv.writer."""
    cells = [sa.func.coalesce(_json(PublishedEntry.content, name), "") for name in INTERESTS.shape.names]
    query = sa.select(*cells).where(PublishedEntry.shelf_id == shelf_id).order_by(PublishedEntry.sort_key).limit(20_000)
    writer = csv.writer(io.StringIO())
    writer.writerow(INTERESTS.shape.names)
    for row in db.session.execute(query):
        writer.writerow(row)


def _json(column: Any, name: str) -> Any:
    """A value of a record as the database takes it out."""
    if db.engine.dialect.name == "sqlite":
        return sa.func.json_extract(column, f"$.{name}")
    return sa.cast(column, sa.JSON)[name].as_string()


def _body(slug: str) -> uuid.UUID:
    return db.session.scalars(sa.select(Body.id).where(Body.slug == slug)).one()


if __name__ == "__main__":
    main()
