"""Making the files that take a while, workbook and PDF, ahead of those who ask for them; and again when a redaction or the end of its
public months takes something out of them."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from coi import clock
from coi.database import db
from coi.documents.pdf import pdf_of
from coi.documents.workbook_out import workbook_of
from coi.errors import NotFound
from coi.jobs.vocabulary import JobContext
from coi.organisations.models import Body
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import system_actor
from coi.publication import commands, exporting, looking, queries
from coi.publication.catalogue import REGISTERS, register_of
from coi.publication.looking import Published
from coi.publication.vocabulary import FileKind
from coi.registers.retention import statement

Thing = TypeVar("Thing")
EVERY = 250


def about(body: Body, found: Published, address: str) -> exporting.About:
    """Returns what the files of an edition say of themselves."""
    return exporting.About(
        body.name, body.slug, found.register.title, found.register.kind.value, found.edition.number, found.edition.as_at, address,
        retention_statement(body),
    )  # fmt: skip


def retention_statement(body: Body) -> str:
    """Returns what the public registers of a body say about the past, by the rules in force today. Rule: REG-05."""
    rules = rules_of(body, clock.today())
    return statement(
        public_months=rules.number("public_after_expiry_months") or 0, private_years=rules.number("private_retention_years") or 0,
        contact=body.contact,
    )  # fmt: skip


def mark_of_file(found: Published) -> str:
    """Returns a mark that differs whenever a file would say something else: another edition, another redaction, another day that takes
    something out."""
    hidden = sorted((key, sorted(names)) for key, names in found.shown.hidden.items())
    gone = queries.gone_by(found.shown.shelf_id, found.shown.today)
    return hashlib.sha256(f"{found.edition.id}|{hidden}|{gone}".encode()).hexdigest()[:32]


def refresh_files(_payload: Any, context: JobContext) -> None:
    """Makes what is out of date, of every register of every body. Comes round by itself; a redaction is in the files at the latest
    when it has come round, and until then the files are not given out."""
    for body_id, kind in queries.published_registers():
        if kind in REGISTERS:
            _refresh(body_id, kind, context)


def make_files(payload: Any, context: JobContext) -> None:
    """Makes the files of one register: `payload` has its body and its kind."""
    _refresh(uuid.UUID(payload["body_id"]), payload["kind"], context)


def _refresh(body_id: uuid.UUID, kind: str, context: JobContext) -> None:
    try:
        found = looking.published(body_id, register_of(kind), at=clock.now())
    except NotFound:
        return
    mark = mark_of_file(found)
    made = {file_kind: queries.published_file(found.shown.shelf_id, file_kind) for file_kind in FileKind}
    stale = [file_kind for file_kind, file in made.items() if file is None or file.mark != mark]
    if not stale:
        return
    body = queries.body_of(body_id)
    said, name = (
        about(body, found, f"/{body.slug}/public/{kind}"),
        f"{body.slug}-{kind}-{found.edition.as_at.isoformat()}",
    )
    shape, days = found.register.shape, queries.days_of_editions(body_id, found.register.kind)
    lines, rows = list(looking.lines_of(found)), [row for row, _ in looking.rows_of(found)]
    shelf_id, published_at = found.shown.shelf_id, found.edition.published_at
    db.session.rollback()  # on SQLite nobody else can write while this reads, and no progress is shown
    for file_kind in stale:
        counted = _counted(lines, context, f"{shape.title}, {file_kind}")
        if file_kind is FileKind.XLSX:
            head = [column.heading for column in exporting.columns_of(shape)]
            cells = exporting.workbook_rows(shape, counted, days, said.edition)
            data = workbook_of(said.title, head, cells, about=lines_about(said))
        else:
            data = pdf_of(exporting.document_of(shape, rows, said), created=published_at)
        _keep(body_id, shelf_id, file_kind, mark, name, data, context.at)


def _keep(body_id: uuid.UUID, shelf_id: int, kind: FileKind, mark: str, name: str, data: bytes, at: datetime) -> None:
    commands.keep_file(shelf_id, kind, mark, f"{name}.{kind}", data, body_id=body_id, actor=system_actor("job"), at=at)


def lines_about(said: exporting.About) -> list[str]:
    """Returns what stands above the table of a workbook."""
    return [f"{said.title} as at {said.as_at.isoformat()}", f"{said.body}, edition {said.edition}", said.statement]


def _counted(things: Iterable[Thing], context: JobContext, words: str) -> Iterator[Thing]:
    """Passes things on, and shows how far it is."""
    listed = list(things)
    for number, each in enumerate(listed):
        if number % EVERY == 0:
            context.progress(number, len(listed), words)
        yield each
