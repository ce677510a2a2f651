"""Reading which ledger entries somebody may see: those whose every row the map of sights opens to them, without what a ruling or a
suspected breach keeps from them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from coi import clock
from coi.assurance import place_queries
from coi.assurance.belongings import Key, belongings_of, rows_of
from coi.assurance.queries import withheld_items
from coi.assurance.sights import IN_CONFIDENCE, SAID_EVERYWHERE, SIGHTS, Belonging, Sight
from coi.audit.queries import EntryView
from coi.database import db
from coi.meetings.conflicts.afterwards.queries import seen_by as possible_breaches
from coi.meetings.papers.queries import papers_kept_from
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches.queries import seen_by
from coi.registers.interests.people_queries import people_of_body

READ = Permission.ASSURANCE_LEDGER_READ
Places = frozenset[str] | None
"""The committees for which somebody has a right; None: the whole body."""


@dataclass(frozen=True)
class _Allowed:
    """What somebody may see of what a run of entries is about."""

    body_id: uuid.UUID
    places: Mapping[Permission, Places]
    belongings: Mapping[Key, frozenset[Key]]
    committees_of: Mapping[str, frozenset[str]]  # of the meetings of the body
    withheld: frozenset[str]
    without_papers: frozenset[str]
    breaches: Mapping[str, bool]  # those that may be known of, and whether the reader acts on them
    members: Mapping[Places, frozenset[str]]  # of committees; under None, everybody with a post or seat at the body
    others: frozenset[str] = field(
        default=frozenset()
    )  # with a role there, or without post, seat and role anywhere yet

    def led_to(self, row: Key, table: str) -> frozenset[str]:
        """The rows of `table` that a row is or leads to."""
        return frozenset(row_id for name, row_id in self.belongings[row] if name == table)


def visible(entries: Sequence[EntryView], body_id: uuid.UUID, actor: Actor) -> list[EntryView]:
    """Returns those of `entries` that `actor` may see at a body, in their order. Every row of an entry has to be for them, by the map of
    sights: with a role for the whole body, what is of the body; with one for a committee, what belongs to that committee. Declarations
    are seen at each body of the person; what is about a private item, its papers or a suspected breach, by whom it is not kept from."""
    if not entries:
        return []
    allowed = _allowed(entries, body_id, actor)
    return [each for each in entries if _is_visible(each, allowed)]


def _is_visible(entry: EntryView, allowed: _Allowed) -> bool:
    rows = rows_of(entry)
    sights = {row: SIGHTS.get(row[0]) for row in rows}
    alone = all(sight is not None and sight.belongs is Belonging.COMPANY for sight in sights.values())
    for row, sight in sights.items():
        if sight is None:
            return False
        if sight.belongs is Belonging.COMPANY and not alone:
            continue
        if not _sees(sight, row, entry, allowed):
            return False
    return True


def _sees(sight: Sight, row: Key, entry: EntryView, allowed: _Allowed) -> bool:
    """Whether the reader has the right to a row where it belongs."""
    places = allowed.places[sight.permission]
    if places is not None and not places:
        return False
    if sight.belongs is Belonging.PERSON:
        return _sees_person(row, entry, places, allowed)
    if entry.body_id not in (None, allowed.body_id):
        return False
    if sight.belongs in (Belonging.BREACH, Belonging.POSSIBLE):
        return _may_know_of_breach(row, entry, allowed)
    if sight.belongs is Belonging.MEETING and (met := allowed.led_to(row, "meeting")):
        return _sees_meetings(met, row, places, allowed)
    if sight.belongs is Belonging.COMMITTEE and places is not None:
        committees = allowed.led_to(row, "committee")
        return bool(committees) and committees <= places
    return places is None or sight.belongs is Belonging.EVERYBODY


def _sees_meetings(meetings: frozenset[str], row: Key, places: Places, allowed: _Allowed) -> bool:
    """Whether meetings of the body, and what of their items a row is about, are for the reader. Rule: MTG-03, MTG-08."""
    if not meetings <= allowed.committees_of.keys():
        return False
    if places is not None and not all(allowed.committees_of[each] & places for each in meetings):
        return False
    items = allowed.led_to(row, "agenda_item")
    return not items & allowed.withheld and not (row[0] == "paper" and items & allowed.without_papers)


def _sees_person(row: Key, entry: EntryView, places: Places, allowed: _Allowed) -> bool:
    """Whether what belongs to a person is for the reader: at the body where it was recorded, and, where it is said once for all bodies,
    at each body of the person."""
    people = allowed.led_to(row, "person")
    here = entry.body_id == allowed.body_id
    if places is None and here:
        return True
    if not people or (not here and entry.body_id is not None and entry.subject_table not in SAID_EVERYWHERE):
        return False
    is_said = entry.subject_table in SAID_EVERYWHERE
    others = allowed.others if places is None and entry.body_id is None and not is_said else frozenset()
    return people <= allowed.members[places] | others


def _may_know_of_breach(row: Key, entry: EntryView, allowed: _Allowed) -> bool:
    """Whether a row about a suspected breach may be seen: not by those it is about; a report and its messages by whoever acts alone.
    Rule: BRE-01."""
    about = allowed.led_to(row, "breach") | allowed.led_to(row, "possible_breach")
    if entry.body_id != allowed.body_id or not about or not about <= allowed.breaches.keys():
        return False
    return row[0] not in IN_CONFIDENCE or all(allowed.breaches[each] for each in about)


def _allowed(entries: Sequence[EntryView], body_id: uuid.UUID, actor: Actor) -> _Allowed:
    belongings = belongings_of(entries)
    reached: dict[str, set[uuid.UUID]] = {}
    for table, row_id in {key for found in belongings.values() for key in found}:
        if table in ("agenda_item", "breach", "meeting", "person", "possible_breach"):
            reached.setdefault(table, set()).add(uuid.UUID(row_id))
    of_papers = {
        uuid.UUID(row_id)
        for (own, _id), found in belongings.items() if own == "paper"
        for table, row_id in found if table == "agenda_item"
    }  # fmt: skip
    places = {permission: _places(actor, permission, body_id) for permission in {each.permission for each in SIGHTS.values()}}  # fmt: skip
    people = reached.get("person", set())
    return _Allowed(
        body_id=body_id,
        places=places,
        belongings=belongings,
        committees_of=place_queries.committees_of(reached.get("meeting", set()), body_id),
        withheld=frozenset(map(str, withheld_items(reached.get("agenda_item", set()), actor))),
        without_papers=frozenset(map(str, papers_kept_from(actor, of_papers))),
        breaches=_breaches(reached, actor, body_id),
        members={each: _members(each, body_id) if people else frozenset() for each in {*places.values(), None}},
        others=place_queries.without_post_or_seat(people, body_id) if people else frozenset(),
    )  # fmt: skip


def _breaches(reached: Mapping[str, Collection[uuid.UUID]], actor: Actor, body_id: uuid.UUID) -> dict[str, bool]:
    """The suspected and possible breaches that may be known of, and whether the reader acts on them."""
    on, found = clock.today(), {}
    if breaches := reached.get("breach"):
        found |= {str(each.breach.id): each.acts for each in seen_by(actor, body_id, on, ids=breaches)}
    if possible := reached.get("possible_breach"):
        found |= {str(each.id): True for each in possible_breaches(actor, body_id, on, ids=possible)}
    return found


def _places(actor: Actor, permission: Permission, body_id: uuid.UUID) -> Places:
    """The committees for which somebody reads the ledger and has another right too; None: the whole body."""
    both = [committees_where(actor, each, body_id) for each in (READ, permission)]
    single = [frozenset(map(str, each)) for each in both if each is not None]
    return frozenset.intersection(*single) if single else None


def _members(places: Places, body_id: uuid.UUID) -> frozenset[str]:
    """Who sits on these committees; of the whole body: everybody who has a post or a seat there."""
    committees = None if places is None else [uuid.UUID(each) for each in places]
    return frozenset(map(str, db.session.scalars(people_of_body(body_id, clock.today(), committees=committees))))
