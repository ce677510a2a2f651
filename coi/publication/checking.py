"""Checking that the public reads what was published: the entries behind the public pages against the sealed editions. A check for
`coi audit verify`."""

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from coi.audit.findings import Kind, Problem
from coi.files.models import FileChunk
from coi.publication.catalogue import REGISTERS, Register
from coi.publication.content import changed_in, mark_of, subject_in, values_of
from coi.publication.models import Edition, PublishedEntry, Shelf

E, S, D, C = PublishedEntry.__table__, Shelf.__table__, Edition.__table__, FileChunk.__table__
_UNFIT = (LookupError, ValueError, TypeError, AttributeError)


def check_editions(connection: sa.Connection) -> list[Problem]:
    """Returns a problem for each record that the public reads otherwise than the sealed file of its edition has it, reads without
    there being one, or does not see. Each record is named once, with the first edition that it does not fit."""
    found = []
    for shelf in connection.execute(sa.select(S.c.id, S.c.body_id, S.c.kind, S.c.edition).order_by(S.c.id)).all():
        try:
            found += _of_shelf(connection, shelf)
        except _UNFIT as error:  # a value that its column cannot hold: somebody wrote past the application
            found.append(Problem(None, E.name, None, None, f"a value cannot be read ({type(error).__name__})"))
    return found


def _of_shelf(connection: sa.Connection, shelf: Any) -> list[Problem]:
    wanted = sa.select(D.c.number, D.c.file_id, D.c.sha256).where(D.c.body_id == shelf.body_id, D.c.kind == shelf.kind)
    editions = connection.execute(wanted.order_by(D.c.number)).all()
    found: dict[str, Problem] = {}
    newest = max((each.number for each in editions), default=0)
    if newest != shelf.edition:
        what = f"edition {shelf.edition} is shown, and edition {newest} is the newest"
        found[""] = Problem(None, S.name, str(shelf.id), "edition", what)
    entries = connection.execute(
        sa.select(E.c.key, E.c.sort_key, E.c.subject, E.c.changed_on, E.c.first_edition, E.c.last_edition, E.c.mark, E.c.content)
        .where(E.c.shelf_id == shelf.id).order_by(E.c.key, E.c.first_edition)
    ).all()  # fmt: skip
    for number, file_id, digest in editions:
        sealed = _content(connection, file_id)
        if hashlib.sha256(sealed).hexdigest() != digest:
            continue  # the check of the files says so
        shown = {
            each.key: (each.sort_key, each.content)
            for each in entries
            if each.first_edition <= number <= each.last_edition
        }
        for problem in _differences(number, _records(sealed), shown):
            found.setdefault(str(problem.row_id), problem)
    for each in entries:
        if unfit := _unfit(each, REGISTERS[shelf.kind]):
            found.setdefault(each.key, Problem(None, E.name, each.key, unfit, f"the record does not fit its {unfit}"))
    return list(found.values())


def _unfit(entry: Any, register: Register) -> str:
    """Which column of an entry is not what its content makes it; empty if all are."""
    values = values_of(entry.content, register.shape)
    made = {
        "mark": mark_of(entry.content), "subject": subject_in(values, register.subject, register.nothing),
        "changed_on": changed_in(values, register.changed),
    }  # fmt: skip
    return next((column for column, value in made.items() if getattr(entry, column) != value), "")


def _differences(
    number: int, sealed: Mapping[str, tuple[str, str]], shown: Mapping[str, tuple[str, str]]
) -> Iterator[Problem]:
    for key, (place, content) in sealed.items():
        if key not in shown:
            what = f"edition {number} has this record, and the public does not see it"
            yield Problem(None, E.name, key, None, what, Kind.COMPLETENESS)
        elif shown[key][1] != content:
            yield Problem(None, E.name, key, "content", f"the public reads something else than edition {number} says")
        elif shown[key][0] != place:
            yield Problem(None, E.name, key, "sort_key", f"the public finds it elsewhere than edition {number} has it")
    for key in sorted(shown.keys() - sealed.keys()):
        yield Problem(
            None, E.name, key, None, f"the public reads this record in edition {number}, which does not have it"
        )


def _content(connection: sa.Connection, file_id: uuid.UUID) -> bytes:
    return b"".join(connection.scalars(sa.select(C.c.data).where(C.c.file_id == file_id).order_by(C.c.number)))


def _records(sealed: bytes) -> dict[str, tuple[str, str]]:
    """The records of a sealed file, by reference: what its place goes by, and the text as it was sealed."""
    found = {}
    for line in sealed.decode().split("\n")[1:-1]:
        head, _, content = line.partition(',"values":')
        about = json.loads(f"{head}}}")
        found[about["key"]] = (about["sort_key"], content.removesuffix("}"))
    return found
