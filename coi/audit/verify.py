"""Checking the whole ledger: every entry, hash, section, checkpoint, reading and ledgered row, and saying where each
fault is."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from coi.audit import checkpoint, entry, evidence, merkle
from coi.audit.checkpoint import Verifier
from coi.audit.entry import Entry, NotCanonical
from coi.audit.findings import Erased, Kind, Problem, Report
from coi.audit.notes import CheckpointWrong
from coi.audit.readings import check_readings
from coi.audit.reconciliation import reconcile
from coi.audit.sections import COLUMNS, Gathered, check_sections
from coi.audit.vocabulary import Event
from coi.database import Base

__all__ = ["Erased", "Kind", "Problem", "Report", "verify"]

Progress = Callable[[int, int], None]
ReferenceCheck = Callable[[sa.Connection], Sequence[Problem]]
Hashes = dict[merkle.Position, bytes]

_EVENTS = frozenset(Event)
_PROGRESS_EVERY = 500
_DEEPEST = 62


def verify(
    connection: sa.Connection,
    *,
    vkey: str,
    log_name: str,
    outside: Sequence[bytes] = (),
    reference_checks: Sequence[ReferenceCheck] = (),
    progress: Progress | None = None,
    metadata: sa.MetaData = Base.metadata,
) -> Report:
    """Returns every inconsistency found. `outside` is checkpoints kept elsewhere: only they show that no end was cut
    off. `reference_checks` compare reference data with its import entries. Raises KeyWrong for a malformed `vkey`;
    whatever is broken in the database is a problem in the report, never an exception."""
    verifier = Verifier.from_text(vkey)
    report = Report()
    with evidence.at_one_instant(connection) as reading:
        step = _steps(reading, progress)
        gathered = Gathered()
        hashes = (
            _guarded(report, "ledger_leaf", lambda: _check_entries(reading, log_name, report, gathered, step)) or {}
        )
        _check_erasures(gathered, report)
        nodes = _subtrees(hashes)
        _guarded(report, "ledger_node", lambda: _check_nodes(reading, nodes, report))
        check = _CheckpointCheck(verifier, log_name, nodes, report)
        _guarded(report, "ledger_checkpoint", lambda: check.stored(reading))
        check.outside(outside)
        _guarded(report, "access_log", lambda: check_readings(reading, gathered.seals, report))
        for _row in reconcile(reading, metadata, gathered.latest, report):
            step()
        for reference_check in reference_checks:
            report.extend(reference_check(reading))
    return report


def _steps(connection: sa.Connection, progress: Progress | None) -> Callable[[], None]:
    if progress is None:
        return lambda: None
    total = connection.exec_driver_sql("SELECT count(*) FROM ledger_leaf").scalar_one()
    done = 0

    def step() -> None:
        nonlocal done, total
        done += 1
        if done % _PROGRESS_EVERY == 0:
            total = max(total, done)
            progress(done, total)

    return step


def _guarded(report: Report, table: str, check: Callable[[], Any]) -> Any:
    """What `check` returns; a table that the database cannot read is a problem, and the other checks go on."""
    try:
        return check()
    except evidence.CannotRead as broken:
        report.add(Problem(None, table, None, None, f"the table cannot be read: {broken}"))
        return None


def _check_entries(
    connection: sa.Connection, log_name: str, report: Report, gathered: Gathered, step: Callable[[], None]
) -> Hashes:
    """Checks entries and their sections side by side. Returns the leaf hashes."""
    hashes: Hashes = {}
    groups = _Groups(connection, report)
    expected, last = 0, ""
    for seq, written, stored_hash in evidence.raw_rows(
        connection, "ledger_leaf", ["seq", "entry", "leaf_hash"], ["seq"]
    ):
        if seq > expected:
            report.missing(expected, "ledger_leaf", None, f"entries {expected} to {seq - 1} are missing")
        expected = max(expected, seq + 1)
        found = _checked_entry(seq, written, log_name, report)
        if found:
            if found.timestamp < last:
                report.add(Problem(seq, "ledger_leaf", str(seq), "entry", "the entry is older than the one before it"))
            last = max(last, found.timestamp)
        hashes[0, seq] = _checked_hash(seq, written, stored_hash, report)
        check_sections(seq, found, groups.of(seq), report, gathered)
        report.entries += 1
        step()
    groups.finish()
    return hashes


class _Groups:
    """The sections of one entry after the other, read along with the entries."""

    def __init__(self, connection: sa.Connection, report: Report) -> None:
        rows = evidence.raw_rows(connection, "ledger_payload", COLUMNS, ["seq", "section"])
        self._groups: Iterator[tuple[int, Iterator[tuple[Any, ...]]]] = groupby(rows, key=itemgetter(0))
        self._report = report
        self._next = self._advance()

    def of(self, seq: int) -> list[tuple[Any, ...]]:
        """The sections of entry `seq`; those of entries that are not there are reported on the way."""
        while self._next is not None and self._next[0] < seq:
            self._refuse()
        if self._next is None or self._next[0] != seq:
            return []
        rows = self._next[1]
        self._next = self._advance()
        return rows

    def finish(self) -> None:
        while self._next is not None:
            self._refuse()

    def _refuse(self) -> None:
        assert self._next is not None
        self._report.missing(self._next[0], "ledger_payload", None, "there are sections, but no entry")
        self._next = self._advance()

    def _advance(self) -> tuple[int, list[tuple[Any, ...]]] | None:
        try:
            seq, rows = next(self._groups)
            return seq, list(rows)
        except StopIteration:
            return None
        except evidence.CannotRead as broken:
            what = f"the table cannot be read: {broken}"
            self._report.add(Problem(None, "ledger_payload", None, None, what))
            return None


def _checked_entry(seq: int, written: Any, log_name: str, report: Report) -> Entry | None:
    try:
        found = entry.read(written if isinstance(written, bytes) else b"")
    except NotCanonical as broken:
        report.add(Problem(seq, "ledger_leaf", str(seq), "entry", str(broken)))
        return None
    for wrong, what in (
        (found.sequence != seq, f"the entry says that it is number {found.sequence}"),
        (found.log != log_name, "the entry belongs to another log"),
        (found.type not in _EVENTS, "the entry tells of an event that is not known"),
    ):
        if wrong:
            report.add(Problem(seq, "ledger_leaf", str(seq), "entry", what))
    return found


def _checked_hash(seq: int, written: Any, stored: Any, report: Report) -> bytes:
    """The hash that the tree is built on: the stored one, so that a changed entry shows as that and not as a changed
    tree."""
    hashed = merkle.leaf_hash(written) if isinstance(written, bytes) else b""
    if stored != hashed:
        report.add(Problem(seq, "ledger_leaf", str(seq), "leaf_hash", "the entry and its hash do not fit"))
    return stored if isinstance(stored, bytes) and len(stored) == merkle.HASH_BYTES else hashed


def _check_erasures(gathered: Gathered, report: Report) -> None:
    """An erased section is neither right nor wrong: it is listed. One that no entry tells of is a problem as well."""
    for each in gathered.erased:
        by = gathered.erasures.get((each.seq, each.section))
        report.erased.append(Erased(each.seq, each.section, each.table, each.row_id, by))
        if by is None:
            place = f"{each.seq}/{each.section}"
            report.missing(each.seq, "ledger_payload", place, "the section was erased, and no entry says so")


def _subtrees(leaves: Hashes) -> Hashes:
    """Every perfect subtree over leaves that are there."""
    known = dict(leaves)
    layer = leaves
    for level in range(1, _DEEPEST):
        layer = {
            (level, index >> 1): merkle.node_hash(hashed, layer[level - 1, index + 1])
            for (_below, index), hashed in layer.items()
            if not index & 1 and (level - 1, index + 1) in layer
        }
        if not layer:
            break
        known.update(layer)
    return known


def _check_nodes(connection: sa.Connection, known: Hashes, report: Report) -> None:
    seen = set()
    top = max((index for level, index in known if level == 0), default=-1) + 1
    for level, index, stored in evidence.raw_rows(connection, "ledger_node", ["level", "idx", "hash"]):
        place = f"{level}/{index}"
        seen.add((level, index))
        if not 0 < level < _DEEPEST or index < 0 or (index + 1) << level > top:
            report.add(Problem(None, "ledger_node", place, None, "there is a hash of entries that are not there"))
        elif (level, index) in known and known[level, index] != stored:
            last = ((index + 1) << level) - 1
            report.add(Problem(last, "ledger_node", place, "hash", "the hash does not fit the entries under it"))
    for level, index in known:
        if level and (level, index) not in seen:
            last = ((index + 1) << level) - 1
            report.missing(last, "ledger_node", f"{level}/{index}", "the hash is missing")


class _CheckpointCheck:
    """Checks checkpoints, stored ones and copies from outside, against the tree that the entries make."""

    def __init__(self, verifier: Verifier, log_name: str, nodes: Hashes, report: Report) -> None:
        self._verifier = verifier
        self._log_name = log_name
        self._nodes = nodes
        self._report = report
        self._size = max((index for level, index in nodes if level == 0), default=-1) + 1

    def stored(self, connection: sa.Connection) -> None:
        for size, note in evidence.raw_rows(connection, "ledger_checkpoint", ["size", "note"], ["size"]):
            self._report.checkpoints += 1
            proven = self._check(note, str(size), "ledger_checkpoint")
            if proven is not None and proven != size:
                what = f"the checkpoint is about {proven} entries"
                self._report.add(Problem(None, "ledger_checkpoint", str(size), "size", what))
            self._report.signed_entries = max(self._report.signed_entries, proven or 0)

    def outside(self, notes: Sequence[bytes]) -> None:
        for number, note in enumerate(notes, start=1):
            proven = self._check(note, str(number), "outside checkpoint")
            self._report.outside_entries = max(self._report.outside_entries, proven or 0)

    def _check(self, note: Any, place: str, table: str) -> int | None:
        """The size that a checkpoint rightly signed states; whether the ledger fits it is in the report."""
        try:
            stated = checkpoint.verify(note if isinstance(note, bytes) else b"", self._verifier, self._log_name)
        except CheckpointWrong as broken:
            self._report.add(Problem(None, table, place, "note", str(broken)))
            return None
        if stated.size > self._size:
            what = f"the checkpoint is about {stated.size} entries, and {self._size} are there: the end was cut off"
            self._report.missing(self._size, table, place, what)
        elif any(position not in self._nodes for position in merkle.peaks(stated.size)):
            self._report.missing(None, table, place, "entries are missing, so that the checkpoint cannot be checked")
        elif merkle.root_from(stated.size, lambda level, index: self._nodes[level, index]) != stated.root:
            what = f"the first {stated.size} entries are not those that were signed"
            self._report.add(Problem(None, table, place, None, what))
        return stated.size
