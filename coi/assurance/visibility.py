"""Reading which ledger entries somebody may see: those of the body, of the committees that they may read, not what a ruling keeps
from them."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from coi import clock
from coi.assurance.queries import withheld_items
from coi.audit.queries import EntryView
from coi.committees.models import Membership
from coi.database import db
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.papers.queries import papers_kept_from
from coi.meetings.queries import visible_to
from coi.people.models import Appointment
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches.queries import seen_by
from coi.registers.interests.models import Interest
from coi.registers.interests.queries import people_of_body

READ = Permission.ASSURANCE_LEDGER_READ
REGISTERS = ("declaration", "interest", "redaction_request")
PERSONAL = ("account", "person")
BREACHES = frozenset({"breach", "breach_message", "breach_note", "breach_person", "breach_report", "breach_twin"})
IN_CONFIDENCE = frozenset({"breach_message", "breach_report"})
"""What a report and its messages say, only whoever acts on a suspected breach may read."""


@dataclass(frozen=True)
class _Allowed:
    """What somebody may see of what a run of entries is about. `committees` None: every committee of the body."""

    body_id: uuid.UUID
    meetings: frozenset[str]
    meeting_of: dict[str, str]
    withheld: frozenset[str]
    without_papers: frozenset[str]
    committees: frozenset[str] | None
    people: frozenset[str]
    placeless: frozenset[str]
    holder_of: dict[str, str]
    breaches: dict[str, bool]  # those that may be known of, and whether the reader acts on them


def visible(entries: Sequence[EntryView], body_id: uuid.UUID, actor: Actor) -> list[EntryView]:
    """Returns those of `entries` that `actor` may see at a body, in their order: the body's own and those of the installation, of the
    committees that they may read; declarations of the people of the body, wherever they were made; not those about a private item
    that is kept from them, nor about papers that are."""
    if not entries:
        return []
    allowed = _allowed(entries, body_id, actor)
    return [each for each in entries if _is_visible(each, allowed)]


def _is_visible(entry: EntryView, allowed: _Allowed) -> bool:
    if entry.subject_table in BREACHES or any(section.table in BREACHES for section in entry.sections):
        return _may_know_of_breach(entry, allowed)
    if entry.subject_table in REGISTERS:
        holders = {each for each in _ids(entry, "person") if each} | {
            allowed.holder_of.get(each, "") for each in _ids(entry, "interest")
        }
        return bool(holders) and holders <= allowed.people
    if entry.body_id not in (None, allowed.body_id):
        return False
    if entry.body_id is None and entry.subject_table in PERSONAL:
        return _ids(entry, "person") <= allowed.people | allowed.placeless
    items = _ids(entry, "agenda_item")
    meetings = _ids(entry, "meeting") | {allowed.meeting_of.get(each, "") for each in items}
    if not meetings <= allowed.meetings or items & allowed.withheld:
        return False
    if _items_of_papers(entry) & allowed.without_papers:
        return False
    return allowed.committees is None or meetings != set() or _ids(entry, "committee") <= allowed.committees


def _may_know_of_breach(entry: EntryView, allowed: _Allowed) -> bool:
    """Whether an entry about a suspected breach may be seen: not by those it is about; a report and its messages by whoever acts alone.
    Rule: BRE-01."""
    about = _breaches_of(entry)
    if entry.body_id != allowed.body_id or not about or not about <= allowed.breaches.keys():
        return False
    in_confidence = any(section.table in IN_CONFIDENCE for section in entry.sections)
    return not in_confidence or all(allowed.breaches[each] for each in about)


def _breaches_of(entry: EntryView) -> set[str]:
    """The suspected breaches that an entry is about or points to."""
    found = {entry.subject_id} if entry.subject_table == "breach" else set()
    found |= {section.row_id for section in entry.sections if section.table == "breach"}
    return found | {
        section.row["breach_id"] for section in entry.sections if section.row and section.row.get("breach_id")
    }


def _allowed(entries: Sequence[EntryView], body_id: uuid.UUID, actor: Actor) -> _Allowed:
    item_ids = _uuids(_every(entries, "agenda_item"))
    items_of_papers = _uuids({item for entry in entries for item in _items_of_papers(entry)})
    meeting_of = dict(
        db.session.execute(sa.select(AgendaItem.id, AgendaItem.meeting_id).where(AgendaItem.id.in_(item_ids))).all()
    ) if item_ids else {}  # fmt: skip
    meeting_ids = _uuids(_every(entries, "meeting")) | set(meeting_of.values())
    meetings = (
        db.session.scalars(
            sa.select(Meeting.id).where(Meeting.id.in_(meeting_ids), visible_to(actor, body_id, READ))
        ).all()
        if meeting_ids
        else []
    )
    committees = committees_where(actor, READ, body_id)
    personal = [each for each in entries if each.subject_table in (*REGISTERS, *PERSONAL)]
    people, placeless, holder_of = _people(personal, body_id) if personal else (frozenset(), frozenset(), {})
    breaches = _uuids({each for entry in entries for each in _breaches_of(entry)})
    seen = seen_by(actor, body_id, clock.today(), ids=breaches) if breaches else []
    return _Allowed(
        body_id=body_id,
        meetings=frozenset(map(str, meetings)),
        meeting_of={str(item): str(meeting) for item, meeting in meeting_of.items()},
        withheld=frozenset(map(str, withheld_items(item_ids, actor))),
        without_papers=frozenset(map(str, papers_kept_from(actor, items_of_papers))),
        committees=None if committees is None else frozenset(map(str, committees)),
        people=people, placeless=placeless, holder_of=holder_of,
        breaches={str(each.breach.id): each.acts for each in seen},
    )  # fmt: skip


def _people(entries: Sequence[EntryView], body_id: uuid.UUID) -> tuple[frozenset[str], frozenset[str], dict[str, str]]:
    """Who belongs to the body, who has no place anywhere yet, and who holds the interests that entries are about."""
    interests = _uuids(_every(entries, "interest"))
    holders = dict(
        db.session.execute(sa.select(Interest.id, Interest.person_id).where(Interest.id.in_(interests))).all()
    ) if interests else {}  # fmt: skip
    wanted = _uuids(_every(entries, "person")) | set(holders.values())
    here = set(db.session.scalars(people_of_body(body_id, clock.today())))
    placed = set(
        db.session.scalars(
            sa.union(
                sa.select(Appointment.person_id).where(Appointment.person_id.in_(wanted)),
                sa.select(Membership.person_id).where(Membership.person_id.in_(wanted)),
            ).subquery().select()
        )
    )  # fmt: skip
    return (
        frozenset(map(str, here)),
        frozenset(map(str, wanted - placed)),
        {str(interest): str(person) for interest, person in holders.items()},
    )


def _items_of_papers(entry: EntryView) -> set[str]:
    """The items whose papers an entry is about."""
    return {section.row["item_id"] for section in entry.sections if section.table == "paper" and section.row}


_COLUMNS = {"agenda_item": "item_id", "meeting": "meeting_id", "committee": "committee_id", "interest": "interest_id"}


def _ids(entry: EntryView, table: str) -> set[str]:
    """The ids of rows of `table` that an entry is about or points to."""
    return set(_found(entry, table))


def _found(entry: EntryView, table: str) -> Iterator[str]:
    if entry.subject_table == table:
        yield entry.subject_id
    for section in entry.sections:
        if section.table == table:
            yield section.row_id
        row = section.row or {}
        if table == "person" and section.table in ("account", "declaration", "interest"):
            yield row.get("person_id") or ""
        elif row.get(_COLUMNS.get(table, "")):
            yield row[_COLUMNS[table]]


def _every(entries: Iterable[EntryView], table: str) -> set[str]:
    return {each for entry in entries for each in _ids(entry, table) if each}


def _uuids(ids: Iterable[str]) -> set[uuid.UUID]:
    return {uuid.UUID(each) for each in ids}
