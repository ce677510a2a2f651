"""Publishing an edition of a register: one act, one ledger entry that holds the digest of the sealed file."""

import hashlib
import itertools
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.files.commands import destroy_content, store_made_file
from coi.files.models import StoredFile
from coi.files.vocabulary import MEDIA_TYPES
from coi.files.vocabulary import FileKind as FileName
from coi.jobs.commands import enqueue
from coi.organisations.models import Body
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Actor, system_actor
from coi.publication import queries, sealing, storing
from coi.publication.catalogue import Register
from coi.publication.content import entry_of
from coi.publication.leaving import last_day_in_editions
from coi.publication.models import Edition, PublishedFile
from coi.publication.storing import Moved
from coi.publication.vocabulary import Entry, FileKind

PURPOSE = "sealed edition"


class TooManyEntries(Exception):
    """A register has more entries than whoever asked to publish it wants to wait for."""


def publish_edition(
    body: Body, register: Register, *, note: str = "", nothing_changed: bool = False, actor: Actor, at: datetime,
    most: int | None = None,
) -> Edition:  # fmt: skip
    """Publishes a register as it is now: everything that may be public today, sealed in a private file whose digest is in the ledger,
    and the entries behind the public pages. A checkpoint is signed after it. Where nothing changed since the last edition, whoever
    publishes says so (`nothing_changed`), and the new edition has a new date. Raises TooManyEntries, with nothing written, where it
    would have more than `most` entries. Rules: REG-02, REG-03, REG-06; RULEBOOK §7.2."""
    log.lock(db.session.connection())  # two who publish at once get two numbers
    as_at = clock.local(at).date()
    entries = entries_to_publish(body.id, register, on=as_at, at=at, most=most)
    moved = storing.moved(body.id, register.kind, entries)
    if moved.number > 1 and not moved.total and not nothing_changed:
        raise RuleBroken(
            "Nothing has changed since the last edition",
            rule="REG-02",
            options=("publish it again with today’s date, if it was reviewed",),
        )
    number = moved.number
    sealed = sealing.sealed(body, register, number, as_at, entries)
    storing.shelve(body.id, register, entries, moved, _last_days(body, register, moved, as_at, at))
    name = f"{register.kind}-{as_at.isoformat()}-edition-{number}.jsonl"
    file = store_made_file(name, sealed, sealing.MEDIA_TYPE, PURPOSE, actor=actor, at=at, body_id=body.id)
    edition = Edition(
        id=uuid.uuid4(), body_id=body.id, kind=register.kind, number=number, as_at=as_at, published_at=at,
        published_by=actor.account_id, published_by_name=actor.name, note=note.strip(), rows=len(entries),
        added=len(moved.added), changed=len(moved.changed), removed=len(moved.removed), file_id=file.id,
        sha256=hashlib.sha256(sealed).hexdigest(),
    )  # fmt: skip
    db.session.add(edition)
    log.record(Event.EDITION_PUBLISHED, subject=edition, actor=actor, at=at, body_id=body.id)
    enqueue(
        "publication.files", {"body_id": str(body.id), "kind": register.kind.value}, actor=system_actor("job"), at=at,
        unique_key=f"files of edition {edition.id}", body_id=body.id,
    )  # fmt: skip
    enqueue("audit.checkpoint", {}, actor=system_actor("job"), at=at, unique_key=f"checkpoint of edition {edition.id}")
    return edition


def _last_days(body: Body, register: Register, moved: Moved, as_at: date, at: datetime) -> dict[str, date]:
    """Until when past editions show each record that left the register."""
    gone = {row.key: row.until for row in moved.removed}
    if not gone:
        return {}
    months = rules_of(body, as_at).number("public_after_expiry_months")
    replaced = register.replaced(body.id, gone, at=at)
    return {
        key: last_day_in_editions(until, as_at, is_replaced=key in replaced, months=months)
        for key, until in gone.items()
    }


def keep_file(
    shelf_id: int, kind: FileKind, mark: str, name: str, data: bytes, *, body_id: uuid.UUID, actor: Actor, at: datetime
) -> StoredFile:
    """Keeps a workbook or PDF that was made of a register, in place of the one before, whose content is destroyed: it may hold what is
    withheld by now. Rule: REG-06."""
    file = store_made_file(name, data, MEDIA_TYPES[FileName(kind)], kind.purpose, actor=actor, at=at, body_id=body_id)
    before = queries.published_file(shelf_id, kind)
    if before is None:
        db.session.add(PublishedFile(id=uuid.uuid4(), shelf_id=shelf_id, kind=kind, mark=mark, file_id=file.id))
    else:
        destroy_content(before.file)
        before.mark, before.file_id = mark, file.id
    log.record(Event.FILE_STORED, subject=file, actor=actor, at=at, body_id=body_id)
    return file


def entries_to_publish(
    body_id: uuid.UUID, register: Register, *, on: date, at: datetime, most: int | None = None
) -> list[Entry]:
    """Returns what an edition of a day would hold, in the order of the register. Raises TooManyEntries, as soon as one more than `most`
    was read."""
    rows = itertools.islice(register.rows(body_id, on=on, at=at), None if most is None else most + 1)
    made = [
        entry_of(row, register.shape, facets=register.facets, subject=register.subject, changed=register.changed, nothing=register.nothing)
        for row in rows
    ]  # fmt: skip
    if most is not None and len(made) > most:
        raise TooManyEntries
    _refuse_doubles(made)
    return sorted(made, key=lambda each: (each.sort_key, each.key))


def _refuse_doubles(entries: Sequence[Entry]) -> None:
    keys = {each.key for each in entries}
    if len(keys) < len(entries):
        raise RuleBroken(f"Two records have the same reference: {', '.join(sorted(_doubles(entries)))}")


def _doubles(entries: Iterable[Entry]) -> set[str]:
    seen: set[str] = set()
    return {each.key for each in entries if each.key in seen or seen.add(each.key)}  # type: ignore[func-returns-value]
