"""Checking the sections of one entry: commitments, index columns, and what the header says of the others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from coi.audit import entry
from coi.audit.entry import Entry
from coi.audit.findings import Erased, Problem, Report
from coi.audit.merkle import HASH_BYTES
from coi.audit.vocabulary import Event

TABLE = "ledger_payload"
COLUMNS = ("seq", "section", "subject_table", "subject_id", "commitment", "salt", "body")

Identity = tuple[str, str]


@dataclass(frozen=True)
class Latest:
    """The newest section about a row. `body` is None where its content is erased or was found broken."""

    seq: int
    body: dict[str, Any] | None


@dataclass
class Gathered:
    """What later checks need of all sections: the newest about each row, the seals of the access log, the erasures."""

    latest: dict[Identity, Latest] = field(default_factory=dict)
    seals: list[tuple[int, Any]] = field(default_factory=list)
    erasures: dict[tuple[int, int], int] = field(default_factory=dict)
    erased: list[Erased] = field(default_factory=list)


@dataclass(frozen=True)
class _Stored:
    """A section as it is stored, of whatever types that may be."""

    seq: int
    section: Any
    subject_table: Any
    subject_id: Any
    commitment: Any
    salt: Any
    body: Any

    @property
    def place(self) -> str:
        return f"{self.seq}/{self.section}"

    @property
    def is_erased(self) -> bool:
        return self.salt is None and self.body is None

    def problem(self, column: str | None, what: str) -> Problem:
        return Problem(self.seq, TABLE, self.place, column, what)


def check_sections(
    seq: int, found: Entry | None, rows: Sequence[tuple[Any, ...]], report: Report, gathered: Gathered
) -> None:
    """Checks the sections of entry `seq`; `found` is None where the entry itself cannot be read."""
    stored = [_Stored(*row) for row in rows]
    if not stored:
        report.missing(seq, TABLE, None, "the entry has no sections")
        return
    if [each.section for each in stored] != list(range(len(stored))):
        report.missing(seq, TABLE, None, "a section is missing")
    fits = found is None or _tree_fits(found, stored)
    bodies = [_checked_body(each, found, fits, report) for each in stored]
    if not fits and all(body is not None or each.is_erased for each, body in zip(stored, bodies, strict=True)):
        report.add(Problem(seq, TABLE, None, None, "the sections are not those that the entry was made with"))
    _check_header(stored, bodies, found, report)
    _gather(stored, bodies, report, gathered)


def _tree_fits(found: Entry, stored: Sequence[_Stored]) -> bool:
    commitments = [each.commitment for each in stored]
    if not all(isinstance(each, bytes) for each in commitments):
        return False
    return entry.commitment_over(commitments) == found.commitment


def _checked_body(each: _Stored, found: Entry | None, fits: bool, report: Report) -> dict[str, Any] | None:
    """The section's content where it is what was committed to; otherwise None, and the report says why."""
    if not isinstance(each.commitment, bytes) or len(each.commitment) != HASH_BYTES:
        report.add(each.problem("commitment", "the commitment is not 32 bytes long"))
        return None
    if each.is_erased:
        return None
    for column, value in (("salt", each.salt), ("body", each.body)):
        if not isinstance(value, bytes):
            report.add(each.problem(column, "only half of the section is there"))
            return None
    body = _parsed(each.body)
    event = found.type if found else (body or {}).get("event")
    if isinstance(event, str) and isinstance(each.section, int) and 0 <= each.section < 2**32:
        committed = entry.section_commitment(each.salt, event, each.section, each.body)
    else:
        committed = b"" if found else each.commitment
    if committed != each.commitment:
        column, changed = ("body", "content or salt") if fits else ("commitment", "content, salt or commitment")
        report.add(each.problem(column, f"the {changed} of the section was changed"))
        return None
    if body is None:
        report.add(each.problem("body", "the section cannot be read"))
    return body


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _check_header(
    stored: Sequence[_Stored], bodies: Sequence[dict[str, Any] | None], found: Entry | None, report: Report
) -> None:
    """The index columns beside each section are what its content says. Those of an erased one are named in the
    header, and the header's own in the entry."""
    header = bodies[0] if stored[0].section == 0 else None
    named = header.get("rows") if header else None
    for number, (each, body) in enumerate(zip(stored, bodies, strict=True)):
        if each.section == 0:
            said = body.get("subject") if body else [found.object.table, found.object.id] if found else None
        elif body:
            said = [body.get("t"), body.get("id")]
        else:
            said = named[number - 1] if isinstance(named, list) and 0 < number <= len(named) else None
        if not isinstance(said, list) or len(said) != 2:
            continue
        for column, value in zip(("subject_table", "subject_id"), said, strict=True):
            if getattr(each, column) != value:
                report.add(each.problem(column, "the section says otherwise what it is about"))
    told = (header.get("event"), header.get("subject")) if header else None
    if told and found and told != (found.type, [found.object.table, found.object.id]):
        report.add(stored[0].problem("body", "the header tells of something else than the entry"))
    if isinstance(named, list) and len(named) != len(stored) - 1:
        report.missing(stored[0].seq, TABLE, None, f"the header names {len(named)} rows, {len(stored) - 1} are there")


def _gather(
    stored: Sequence[_Stored], bodies: Sequence[dict[str, Any] | None], report: Report, gathered: Gathered
) -> None:
    for each, body in zip(stored, bodies, strict=True):
        if each.is_erased:
            gathered.erased.append(Erased(each.seq, each.section, str(each.subject_table), str(each.subject_id)))
        if each.section == 0:
            _gather_header(each, body or {}, report, gathered)
        elif body:
            gathered.latest[str(body.get("t")), str(body.get("id"))] = Latest(each.seq, body)
        else:
            gathered.latest[str(each.subject_table), str(each.subject_id)] = Latest(each.seq, None)


def _gather_header(each: _Stored, header: dict[str, Any], report: Report, gathered: Gathered) -> None:
    note = header.get("note")
    if header.get("event") == Event.ACCESS_LOG_SEALED:
        gathered.seals.append((each.seq, note))
    if header.get("event") == Event.SECTIONS_ERASED:
        places = note.get("sections") if isinstance(note, dict) else None
        for place in places if isinstance(places, list) else [None]:
            if isinstance(place, list) and len(place) == 2 and all(type(number) is int for number in place):
                gathered.erasures[place[0], place[1]] = each.seq
            else:
                report.add(each.problem("body", "the entry does not say which sections were erased"))
