"""Making the files that take a while, workbook and PDF, ahead of those who ask for them; and again when a redaction or the end of its
public months takes something out of them."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from flask import current_app

from coi import clock
from coi.config import Config
from coi.database import db
from coi.documents.pdf import pdf_of
from coi.documents.workbook_out import workbook_of
from coi.errors import NotFound
from coi.jobs.commands import enqueue
from coi.jobs.vocabulary import JobContext
from coi.organisations.models import Body
from coi.permissions.vocabulary import system_actor
from coi.publication import commands, exporting, looking, queries, storing
from coi.publication.catalogue import REGISTERS, register_of
from coi.publication.exporting import About
from coi.publication.looking import Published
from coi.publication.saying import about, lines_about, mark_of_file
from coi.publication.vocabulary import FileKind

Thing = TypeVar("Thing")
Progress = Callable[[int, int], None]
EVERY = 250


def refresh_files(_payload: Any, context: JobContext) -> None:
    """Asks for what is out of date, of every register of every body, each in a job of its own. Comes round by itself; a redaction is in
    the files at the latest when these jobs are done, and until then the files are not given out."""
    for body_id, kind in queries.published_registers():
        if kind in REGISTERS and _stale(queries.body_of(body_id), kind):
            enqueue(
                "publication.files", {"body_id": str(body_id), "kind": kind.value}, actor=system_actor("job"), at=context.at,
                unique_key=f"files of {body_id} {kind}", body_id=body_id,
            )  # fmt: skip


def make_files(payload: Any, context: JobContext) -> None:
    """Makes the files of one register, as far as they are out of date: `payload` has its body and its kind."""
    body, kind = queries.body_of(uuid.UUID(payload["body_id"])), payload["kind"]
    stale = _stale(body, kind)
    if stale is None:
        return
    body_id, mark, shelf_id = body.id, mark_of_file(body, stale.found), stale.found.shown.shelf_id
    name = f"{body.slug}-{kind}-{stale.found.edition.as_at.isoformat()}"
    made = _made(body, stale, context)  # all of it before anything is kept: nobody waits for a drawing
    for file_kind, data in made:
        commands.keep_file(
            shelf_id, file_kind, mark, f"{name}.{file_kind}", data, body_id=body_id, actor=system_actor("job"), at=context.at
        )  # fmt: skip


def forget_disposed(payload: Any, context: JobContext) -> None:
    """Takes records that were disposed of out of every edition, whatever the last one knew of their end: `payload` has their references.
    Files that hold one are made again. Rules: REG-03, REG-04."""
    storing.forget(payload["references"], clock.local(context.at).date())
    refresh_files(None, context)


@dataclass(frozen=True)
class _Stale:
    """A published register, and which of its files say what may not be said any more, or are not there."""

    found: Published
    kinds: tuple[FileKind, ...]


def _stale(body: Body, kind: str) -> _Stale | None:
    try:
        found = looking.published(body.id, register_of(kind), at=clock.now())
    except NotFound:
        return None
    mark = mark_of_file(body, found)
    there = {file_kind: queries.published_file(found.shown.shelf_id, file_kind) for file_kind in FileKind}
    kinds = tuple(file_kind for file_kind, file in there.items() if file is None or file.mark != mark)
    return _Stale(found, kinds) if kinds else None


def _made(body: Body, stale: _Stale, context: JobContext) -> list[tuple[FileKind, bytes]]:
    """The bytes of each file, one after the other, so that what one is made of is gone before the next. Each is drawn after the end of the
    transaction that read: on SQLite nobody else could write while it lasts, and no progress would be shown."""
    found = stale.found
    days = queries.days_of_editions(body.id, found.register.kind)
    config: Config = current_app.config["COI"]
    said = about(body, found, f"{config.base_url}/{body.slug}/public/{found.register.kind}")
    published_at = found.edition.published_at
    made = []
    for file_kind in stale.kinds:
        progress = _progress(context, f"{found.register.shape.title}, {file_kind}")
        match file_kind:
            case FileKind.XLSX:
                data = _workbook(found, days, said, progress)
            case FileKind.PDF:
                data = _print(found, said, published_at, progress)
        made.append((file_kind, data))
    return made


def _workbook(found: Published, days: Mapping[int, date], said: About, progress: Progress) -> bytes:
    shape = found.register.shape
    rows = list(exporting.workbook_rows(shape, looking.lines_of(found), days, said.edition))
    db.session.rollback()
    head = [column.heading for column in exporting.columns_of(shape)]
    return workbook_of(said.title, head, _counted(rows, progress), about=lines_about(said))


def _print(found: Published, said: About, published_at: datetime, progress: Progress) -> bytes:
    document = exporting.document_of(found.register.shape, (row for row, _ in looking.rows_of(found)), said)
    db.session.rollback()
    return pdf_of(document, created=published_at, progress=progress)


def _counted(things: Sequence[Thing], progress: Progress) -> Iterator[Thing]:
    """Passes things on, and tells how far it is."""
    for number, each in enumerate(things):
        progress(number, len(things))
        yield each


def _progress(context: JobContext, words: str) -> Progress:
    """Returns what shows how far a file is, now and then."""

    def show(done: int, total: int) -> None:
        if done % EVERY == 0:
            context.progress(done, total, words)

    return show
