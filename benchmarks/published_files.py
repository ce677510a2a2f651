"""Makes files of five thousand published interests in a process of its own, which loads what the worker loads and nothing else, and
prints the processor time and the most memory that it took. bench_publication runs it.

python -m benchmarks.published_files xlsx|pdf
python -m benchmarks.published_files job BODY_ID (on the database of COI_DATABASE_URL)
"""

import json
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime

import coi.wiring  # noqa: F401 - loads every room's tables
from benchmarks.pairs import cpu_seconds, peak_memory, report
from benchmarks.published_entries import entries
from coi import create_app
from coi.database import db
from coi.documents.pdf import pdf_of
from coi.documents.workbook_out import workbook_of
from coi.jobs.vocabulary import JobContext
from coi.permissions.vocabulary import system_actor
from coi.publication import exporting, making
from coi.publication.catalogue import INTERESTS
from coi.publication.content import shown_once

ROWS = 5_000
TODAY, NOW = date(2026, 11, 5), datetime(2026, 11, 5, 10, 0, tzinfo=UTC)


def main(what: str, *rest: str) -> None:
    """Prints the figures of one file, or of the job that makes both."""
    work = job(uuid.UUID(*rest)) if what == "job" else one_file(what)
    name = "files" if what == "job" else what
    report(f"public_{name}_{ROWS}_memory_before", peak_memory(), "MB")
    report(f"public_{name}_{ROWS}_cpu", cpu_seconds(work), "s")
    report(f"public_{name}_{ROWS}_memory", peak_memory(), "MB")


def one_file(kind: str) -> Callable[[], object]:
    """Returns what makes a file by itself, from records as the database keeps them."""
    shape = INTERESTS.shape
    about = exporting.About(
        "NHS Middle ICB", "middle", shape.title, "interests", 1, TODAY, "https://localhost", "Kept for years."
    )
    kept = [(each.key, each.content) for each in entries(ROWS)]

    def workbook() -> bytes:
        lines = (exporting.Line(json.loads(content), 1) for _, content in kept)
        head = [column.heading for column in exporting.columns_of(shape)]
        return workbook_of(about.title, head, exporting.workbook_rows(shape, lines, {1: TODAY}, 1))

    def print_() -> bytes:
        rows = (shown_once(key, content, shape) for key, content in kept)
        return pdf_of(exporting.document_of(shape, rows, about), created=NOW)

    return workbook if kind == "xlsx" else print_


def job(body_id: uuid.UUID) -> Callable[[], object]:
    """Returns what does the worker's job for the interests of a body: reads them, makes both files and keeps them."""
    app = create_app()

    def work() -> None:
        with app.app_context():
            context = JobContext(uuid.uuid4(), body_id, 1, 5, NOW, lambda *_: None, lambda: system_actor("job"))
            making.make_files({"body_id": str(body_id), "kind": INTERESTS.kind.value}, context)
            db.session.commit()

    return work


if __name__ == "__main__":
    main(*sys.argv[1:])
