"""Reading the ledger for people: which entries somebody may see, and what the rows in them are called."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from coi import clock
from coi.accounts.models import Account
from coi.assurance.events import Kind, events_of, words_of
from coi.assurance.proof_queries import UNNAMED, name_of, names_of_accounts
from coi.assurance.record_words import NOUNS, RowStory, references, row_story
from coi.assurance.related_entries import related, related_here
from coi.assurance.visibility import visible
from coi.audit import queries as audit
from coi.audit.entry import timestamp
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.audit.queries import EntryView
from coi.audit.vocabulary import Event
from coi.committees.models import Committee
from coi.database import db
from coi.errors import NotFound
from coi.meetings.actions.models import Action
from coi.meetings.conflicts.teller_queries import may_know_who_told
from coi.meetings.models import AgendaItem, Meeting
from coi.organisations.models import Body, Organisation
from coi.people.models import Person
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches.models import Breach
from coi.registers.interests.models import Declaration, Interest, InterestVersion
from coi.registers.procurement.models import ProcurementDecision

PAGE = 50
LARGEST, LOOKED_AT = 800, 3000
"""How many entries are read at once at the most, and after how many a page is shown as it is."""


@dataclass(frozen=True)
class LedgerLine:
    """An entry as the list shows it: number, what happened, to what, who did it."""

    entry: EntryView
    sentence: str
    about: str
    by: str
    is_by_secret: bool = False


@dataclass(frozen=True)
class LedgerPage:
    """A page of the ledger. `older` is where the next page begins; None on the last."""

    lines: tuple[LedgerLine, ...]
    older: int | None


@dataclass(frozen=True)
class EntryStory:
    """One entry in words, row by row."""

    line: LedgerLine
    rows: tuple[RowStory, ...]


def page_of(
    body_id: uuid.UUID, *, actor: Actor, before: int | None = None, on: date | None = None, kind: Kind | None = None
) -> LedgerPage:
    """Returns the newest entries that `actor` may see at a body, all older than `before`: 50, or what there is; of one day, of one
    kind. Somebody for whom few entries are gets a page of those among so many, and the place from which to look on."""
    found: list[EntryView] = []
    looked_at, size = 0, PAGE + 1
    while len(found) <= PAGE:
        seqs = list(db.session.scalars(_seqs(body_id, before, on, kind).limit(size)))
        found += visible(audit.entries_numbered(seqs), body_id, actor)
        if len(seqs) < size:
            break
        before, looked_at, size = seqs[-1], looked_at + size, min(size * 4, LARGEST)
        if looked_at >= LOOKED_AT and len(found) <= PAGE:
            return LedgerPage(_lines(found, body_id, actor), before)
    shown = found[:PAGE]
    return LedgerPage(_lines(shown, body_id, actor), shown[-1].seq if len(found) > PAGE else None)


def entry_of(seq: int, *, body_id: uuid.UUID, actor: Actor) -> EntryStory:
    """Returns one entry in words: what changed, against what the rows were before. Raises NotFound where it is not there or not for
    `actor`."""
    entries = visible(audit.entries_numbered([seq]), body_id, actor)
    if not entries:
        raise NotFound(f"There is no ledger entry {seq}")
    (entry,) = entries
    before = _states_before(entry)
    wanted = {pair for section in entry.sections for pair in references(section)}
    wanted |= {
        pair for (table, row_id), row in before.items() for section in entry.sections
        if (section.table, section.row_id) == (table, row_id) for pair in references(replace(section, row=row))
    }  # fmt: skip
    labels = labels_of(wanted | {(entry.subject_table, entry.subject_id)})
    guardian = allows(actor, Permission.REGISTERS_REDACTION_DECIDE, body_id)
    rows = tuple(
        row_story(section, before.get((section.table, section.row_id)), labels, guardian=guardian)
        for section in entry.sections
    )
    (line,) = _lines([entry], body_id, actor, labels)
    return EntryStory(line, rows)


def about(table: str, row_id: uuid.UUID, *, body_id: uuid.UUID, actor: Actor) -> tuple[LedgerLine, ...]:
    """Returns every entry about one thing that `actor` may see, the oldest first. Raises NotFound where there is none."""
    entries = visible(audit.entries_about(table, row_id), body_id, actor)
    if not entries:
        raise NotFound("The ledger has nothing about this")
    return _lines(entries, body_id, actor)


def noun_of(table: str) -> str:
    """Returns what a row of a table is called."""
    return NOUNS.get(table, "Thing")


def name_of_row(table: str, row_id: uuid.UUID) -> str:
    """Returns the name of a row, "" where it has none."""
    return labels_of([(table, str(row_id))]).get((table, str(row_id)), "")


def interests_named_in(entry: EntryView) -> frozenset[uuid.UUID]:
    """Returns the interests whose content an entry shows, so that reading a redacted one can be noted."""
    found = set()
    for section in entry.sections:
        row = section.row or {}
        if section.table == "interest":
            found.add(section.row_id)
        elif row.get("interest_id"):
            found.add(row["interest_id"])
    if entry.subject_table == "interest":
        found.add(entry.subject_id)
    return frozenset(uuid.UUID(each) for each in found)


def labels_of(wanted: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Returns what rows are called, by (table, id): one query for each table that has names."""
    ids: dict[str, set[uuid.UUID]] = {}
    for table, row_id in wanted:
        if table in _NAMES and row_id.count("-") == 4:
            ids.setdefault(table, set()).add(uuid.UUID(row_id))
    found = {}
    for table, own in ids.items():
        for row_id, name in db.session.execute(_NAMES[table](own)):
            found[table, str(row_id)] = name
    return found


def _named(model: Any, column: Any) -> Any:
    return lambda ids: sa.select(model.id, column).where(model.id.in_(ids))


_NAMES: dict[str, Any] = {
    "account": lambda ids: (
        sa.select(Account.id, Person.name).join(Person, Person.id == Account.person_id).where(Account.id.in_(ids))
    ),
    "action": _named(Action, Action.reference),
    "agenda_item": _named(AgendaItem, AgendaItem.title),
    "body": _named(Body, Body.name),
    "breach": _named(Breach, Breach.reference),
    "committee": _named(Committee, Committee.name),
    "declaration": _named(Declaration, Declaration.reference),
    "interest": _named(Interest, Interest.reference),
    "interest_version": lambda ids: (
        sa.select(InterestVersion.id, Interest.reference)
        .join(InterestVersion.interest)
        .where(InterestVersion.id.in_(ids))
    ),
    "meeting": _named(Meeting, Meeting.reference),
    "organisation": _named(Organisation, Organisation.name),
    "person": _named(Person, Person.name),
    "procurement_decision": _named(ProcurementDecision, ProcurementDecision.reference),
}


def _seqs(body_id: uuid.UUID, before: int | None, on: date | None, kind: Kind | None) -> sa.Select[tuple[int]]:
    """The numbers of entries that may belong on the page, the newest first."""
    header_body = _said(LedgerPayload.body, "body_id")
    of_registers = LedgerPayload.subject_table.in_(("declaration", "interest", "redaction_request"))
    here = sa.or_(header_body.is_(None), header_body == str(body_id), of_registers)
    query = (
        sa.select(LedgerLeaf.seq)
        .join(LedgerPayload, sa.and_(LedgerPayload.seq == LedgerLeaf.seq, LedgerPayload.section == 0))
        .where(here)
        .order_by(LedgerLeaf.seq.desc())
    )
    if before is not None:
        query = query.where(LedgerLeaf.seq < before)
    if kind is not None:
        query = query.where(_said(LedgerLeaf.entry, "type").in_([str(event) for event in events_of(kind)]))
    if on is not None:
        first, last = clock.end_of_day(on - timedelta(days=1)), clock.end_of_day(on)
        at = _said(LedgerLeaf.entry, "ts")
        query = query.where(at > timestamp(first), at <= timestamp(last))
    return query


def _said(column: Any, name: str) -> sa.ColumnElement[str]:
    """A text that canonical bytes hold under a name."""
    if db.engine.dialect.name == "sqlite":
        return sa.func.json_extract(sa.cast(column, sa.Text), f"$.{name}")
    return sa.cast(sa.func.convert_from(column, "UTF8"), sa.JSON)[name].as_string()


def _lines(
    entries: Sequence[EntryView], body_id: uuid.UUID, actor: Actor, labels: dict[tuple[str, str], str] | None = None
) -> tuple[LedgerLine, ...]:
    names = names_of_accounts({each.account_id for each in entries if each.account_id})
    if labels is None:
        labels = labels_of({pair for each in entries for pair in _clues(each)} | related_here(entries, body_id))
    return tuple(_line(each, names, labels, body_id, actor) for each in entries)


def _line(
    entry: EntryView,
    names: dict[uuid.UUID, str],
    labels: dict[tuple[str, str], str],
    body_id: uuid.UUID,
    actor: Actor,
) -> LedgerLine:
    about = dict.fromkeys(label for pair in (*_clues(entry), *related(entry)) if (label := labels.get(pair)))
    secret = _is_by_secret(entry, body_id, actor)
    by = UNNAMED if secret else name_of(entry.account_id, entry.via, names)
    return LedgerLine(entry, words_of(entry.event), ", ".join(about), by, secret)


def _clues(entry: EntryView) -> Iterable[tuple[str, str]]:
    """What an entry is about, for its line: its subject, the person in it and the item or meeting."""
    subject = (entry.subject_table, entry.subject_id)
    row = next((each.row for each in entry.sections if (each.table, each.row_id) == subject), None) or {}
    yield subject
    for field, table in (("person_id", "person"), ("item_id", "agenda_item"), ("interest_id", "interest")):
        if row.get(field):
            yield table, row[field]
    if not row.get("item_id") and row.get("meeting_id"):
        yield "meeting", row["meeting_id"]
    if row.get("committee_id") and not row.get("item_id"):
        yield "committee", row["committee_id"]


def _is_by_secret(entry: EntryView, body_id: uuid.UUID, actor: Actor) -> bool:
    """Whether an entry was made by somebody who told the chair of a conflict, and this reader may not know who."""
    if entry.event != Event.FLAG_RAISED:
        return False
    rows = [each.row for each in entry.sections if each.table == "conflict_flag" and each.row]
    if not rows:
        return not (entry.account_id is None or entry.account_id == actor.account_id)
    about, item_id = uuid.UUID(rows[0]["person_id"]), uuid.UUID(rows[0]["item_id"])
    return not may_know_who_told(actor, body_id, raised_by=entry.account_id, about=about, item_id=item_id)


def _states_before(entry: EntryView) -> dict[tuple[str, str], dict[str, Any]]:
    """The state of an entry's rows before it, where they were there and it is not erased."""
    keys = [(each.table, each.row_id) for each in entry.sections]
    newest = (
        sa.select(LedgerPayload.subject_table, LedgerPayload.subject_id, sa.func.max(LedgerPayload.seq).label("seq"))
        .where(
            sa.tuple_(LedgerPayload.subject_table, LedgerPayload.subject_id).in_(keys),
            LedgerPayload.seq < entry.seq,
            LedgerPayload.section > 0,
        )
        .group_by(LedgerPayload.subject_table, LedgerPayload.subject_id)
    )
    latest = {(table, row_id): seq for table, row_id, seq in db.session.execute(newest)}
    states: dict[tuple[str, str], dict[str, Any]] = {}
    for earlier in audit.entries_numbered(set(latest.values())):
        for section in earlier.sections:
            if latest.get((section.table, section.row_id)) == earlier.seq:
                states[section.table, section.row_id] = section.row or {}
    return states
