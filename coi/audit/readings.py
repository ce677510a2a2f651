"""Checking the rows and seals of the access log. Writing to it is in access, what both compute in seals."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from coi.audit import evidence
from coi.audit.findings import Problem, Report
from coi.audit.models import AccessLog
from coi.audit.seals import COVERED, TABLE, digest_of, seal_over
from coi.audit.state import canonical_from, stored_from


def check_readings(connection: sa.Connection, seals: Sequence[tuple[int, Any]], report: Report) -> None:
    """Checks each reading against its digest, their numbers, and every run of them against its seal."""
    sealed_by = _check_runs(seals, report)
    columns = ("seq", *COVERED, "digest")
    digests: dict[int, bytes] = {}
    expected = 0
    for row in evidence.raw_rows(connection, TABLE, columns, ["seq"]):
        stored = dict(zip(columns, row, strict=True))
        seq = stored.pop("seq")
        if seq > expected:
            report.missing(None, TABLE, str(expected), f"readings {expected} to {seq - 1} are missing")
        if seq < expected:
            report.add(Problem(None, TABLE, str(seq), "seq", "the reading has an impossible number"))
        expected = max(expected, seq + 1)
        digests[seq] = _checked_digest(connection.dialect, seq, stored, report)
        report.readings += 1
    for seq, note in sealed_by:
        _check_seal(seq, note, digests, report)
    last = max((note["last"] for _seq, note in sealed_by), default=-1)
    report.unsealed_readings = sum(1 for seq in digests if seq > last)


def _checked_digest(dialect: sa.Dialect, seq: int, stored: dict[str, Any], report: Report) -> bytes:
    digest = stored.pop("digest")
    try:
        state = canonical_from(stored, AccessLog.__table__, dialect)
        again = stored_from(state, AccessLog.__table__, dialect)
        changed = next((name for name in stored if again[name] != stored[name]), None)
        proper = digest_of(state)
    except (ValueError, TypeError, AttributeError, OverflowError):
        changed, proper = "row", b""
    if changed is None and proper == digest:
        return proper
    column = changed if changed in COVERED else None
    report.add(Problem(None, TABLE, str(seq), column, "the reading does not fit its digest"))
    return digest if isinstance(digest, bytes) else b""


def _check_runs(seals: Sequence[tuple[int, Any]], report: Report) -> list[tuple[int, dict[str, Any]]]:
    """The seals that can be used; each must go on where the one before it ended."""
    usable = []
    expected = 0
    for seq, note in seals:
        kinds = {"first": int, "last": int, "count": int, "digest": str}
        if not isinstance(note, dict) or any(type(note.get(name)) is not kind for name, kind in kinds.items()):
            report.add(Problem(seq, TABLE, None, None, "the seal cannot be read"))
            continue
        if note["first"] != expected:
            report.missing(seq, TABLE, None, f"the seal begins at reading {note['first']}, not at {expected}")
        expected = note["last"] + 1
        usable.append((seq, note))
    return usable


def _check_seal(seq: int, note: dict[str, Any], digests: dict[int, bytes], report: Report) -> None:
    run = [(number, digest) for number, digest in digests.items() if note["first"] <= number <= note["last"]]
    if len(run) != note["count"]:
        what = f"{note['count']} readings were sealed, {len(run)} are there"
        report.missing(seq, TABLE, f"{note['first']}-{note['last']}", what)
    elif run and seal_over(run)["digest"] != note["digest"]:
        place = f"{note['first']}-{note['last']}"
        report.add(Problem(seq, TABLE, place, None, "the readings are not those that were sealed"))
