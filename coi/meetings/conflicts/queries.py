"""Reading conflicts: the flags of a meeting as they stand, with what people did about them, and the rulings. One screening
serves a whole agenda."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.guidance.vocabulary import RuleSet
from coi.meetings.conflicts.acts_queries import Acts, acts_at
from coi.meetings.conflicts.comparing import comparing
from coi.meetings.conflicts.facts import ScreeningFacts, screening_facts
from coi.meetings.conflicts.interest_facts import UNMATCHED, Standing, is_loose
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling
from coi.meetings.conflicts.movement_queries import handovers_of, movements_of
from coi.meetings.conflicts.origins import Before, declared_before, earlier_parts
from coi.meetings.conflicts.overview import Around, MeetingConflicts
from coi.meetings.conflicts.paths import paths_followed
from coi.meetings.conflicts.recognising import merge
from coi.meetings.conflicts.ruling_vocabulary import RulingFact
from coi.meetings.conflicts.screening import Found, people_of, screened, undeclared
from coi.meetings.conflicts.searched import Searched
from coi.meetings.conflicts.seats import CommitteeSeats, Supposed, agreed_chairs, committee_seats
from coi.meetings.conflicts.spoken import is_about
from coi.meetings.conflicts.to_settle import by_item
from coi.meetings.conflicts.unreached import still_unreached
from coi.meetings.conflicts.vocabulary import ItemFlag, PersonConflict
from coi.meetings.matters.queries import bidders_before, origins_of
from coi.meetings.models import AgendaItem, Attendance, Meeting, QuorumSnapshot
from coi.meetings.presence import in_the_meeting
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import DeclaredPoint, FlagSource, ItemState
from coi.organisations import policy_queries
from coi.permissions.vocabulary import Actor
from coi.registers.interests.models import InterestVersion
from coi.screening.terms import terms_of

SETTLED = (ItemState.DECIDED, ItemState.NOTED, ItemState.DEFERRED, ItemState.REFERRED)


def conflicts_at(
    meeting: Meeting,
    *,
    known_at: datetime,
    items: Sequence[AgendaItem] | None = None,
    supposed: Supposed | None = None,
    reader: Actor | None = None,
    declared_by: datetime | None = None,
    around: Around | None = None,
) -> MeetingConflicts:
    """Returns all that is known about conflicts at a meeting: seats, flags with their state, rulings, declarations, and what was searched.
    An item that is settled shows the flags that were frozen with it. Raises RuleBroken where a committee has no terms of reference on the
    day. `supposed`: as if these people attended. What earlier items of a matter tell is told to a `reader` who may read those; without
    one, and in what is stored, only what everybody may know who reads the item. `declared_by`: an instant before `known_at` up to which the
    registers count, for what is recorded later than it happened; what was declared before that day counts whenever it was typed.
    `around`: what a look a moment ago found around the items."""
    told, day = declared_by or known_at, clock.local(declared_by).date() if declared_by else date.min
    agenda = agenda_of(meeting) if items is None else list(items)
    acts = acts_at(meeting, agenda, attending=supposed.attending if supposed else None)
    around = around or _around(meeting, acts.attending, known_at, supposed)
    seats, people = around.seats, around.people
    open_items = [item for item in agenda if item.state not in SETTLED and item.standing is None]
    before = origins_of(agenda, told, reader)
    facts = screening_facts(
        meeting, open_items, people, terms_of(around.rules), told, before, bidders_before(agenda, reader), day
    )
    found = screened(facts, open_items, around.rules, terms_of(around.rules))
    movements = None if meeting.opened_at is None else movements_of(meeting.id)
    merged = _merged(meeting, open_items, around, acts, found, before, told, day)
    return MeetingConflicts(
        meeting_id=meeting.id, seats=seats, people={each.person_id: each.name for each in people},
        away=frozenset(row.person_id for row in acts.attending if row.apologies),
        flags=_by_item(merged, agenda, acts.rulings, acts.declarations, next(iter(seats), None)),
        rulings=acts.rulings, items={item.id: item for item in agenda}, searched=_searched(facts, people, agenda, open_items, told),
        in_the_meeting=None if movements is None else in_the_meeting(movements), movements=tuple(movements or ()),
        places=_places(seats, acts.attending), chairs=_agreed(meeting, agenda),
        before=earlier_parts(before, found, {each.person_id for each in people}), pause_above=around.rules.withdrawal_share,
        unreached=still_unreached(acts.unreached, merged), to_settle=by_item(found.to_settle), around=around,
    )  # fmt: skip


def _merged(
    meeting: Meeting,
    open_items: Sequence[AgendaItem],
    around: Around,
    acts: Acts,
    found: Found,
    before: Before,
    told: datetime,
    day: date,
) -> tuple[ItemFlag, ...]:
    """Every flag of the items: those that the screening finds, those that earlier work on a matter or a missing declaration gives, and
    what people did about each."""
    rules, here = around.rules, {each.person_id for each in around.people}
    registered = {flag.person_id for flag in (*found.flags, *acts.flags) if flag.interest_version_id}
    computed = [
        *found.flags,
        *declared_before(open_items, before, found.flags, here, rules, terms_of(rules)),
        *undeclared(
            meeting, open_items, around.seats.values(), acts.attending, acts.declarations, rules, told, made_before=day,
            registered=registered,
        ),
    ]  # fmt: skip
    return merge(computed, acts.flags, comparing(computed, acts.flags, open_items, rules))


def _around(meeting: Meeting, attending: Sequence[Attendance], known_at: datetime, supposed: Supposed | None) -> Around:
    plain = committee_seats(meeting, attending, known_at=known_at)
    seats = supposed.seated(plain) if supposed else plain
    return Around(seats, people_of(meeting, seats, attending), rules_of(meeting))


def flags_of_meeting(meeting: Meeting, *, known_at: datetime) -> dict[uuid.UUID, tuple[ItemFlag, ...]]:
    """Returns the flags of each item of a meeting, the strongest first."""
    return dict(conflicts_at(meeting, known_at=known_at).flags)


def flags_of_item(item: AgendaItem, *, known_at: datetime) -> tuple[ItemFlag, ...]:
    """Returns the flags of one item, the strongest first."""
    return conflicts_at(item.meeting, known_at=known_at, items=[item]).flags[item.id]


def conflicts_of_item(item: AgendaItem, *, known_at: datetime) -> tuple[PersonConflict, ...]:
    """Returns one item's flags and rulings, person by person."""
    return conflicts_at(item.meeting, known_at=known_at, items=[item]).conflicts(item.id)


def flag_of(item: AgendaItem, key: str, *, known_at: datetime) -> ItemFlag:
    """Returns the flag of an item that a page knows by its `key` (its fingerprint and person). Raises NotFound."""
    for flag in flags_of_item(item, known_at=known_at):
        if flag_key(flag) == key:
            return flag
    raise NotFound("There is no such flag. The interest or the item may have changed")


def flag_key(flag: ItemFlag) -> str:
    """Returns what a page knows a flag by, whether it is stored or not."""
    return f"{flag.person_id}.{flag.fingerprint}"


def stored_flag(flag: ItemFlag) -> ConflictFlag | None:
    """Returns the row behind a flag, None as long as nobody acted on it."""
    return db.session.get(ConflictFlag, flag.flag_id) if flag.flag_id else None


def began_on(flag: ItemFlag) -> date | None:
    """Returns since when the interest behind a flag exists, as the register says; None where it does not say, or there is none."""
    version = db.session.get(InterestVersion, flag.interest_version_id) if flag.interest_version_id else None
    return version.arose_on if version else None


def frozen_flags(item_id: uuid.UUID) -> list[ConflictFlag]:
    """Returns the flags that were frozen with the decision on an item."""
    rows = db.session.scalars(
        sa.select(ConflictFlag).where(ConflictFlag.item_id == item_id, ConflictFlag.frozen_at.is_not(None))
    )
    return sorted(rows, key=lambda row: (row.level, row.person.sort_key))


def searched_then(items: Iterable[AgendaItem]) -> dict[uuid.UUID, str]:
    """Returns what was searched for each of these items until it was settled, in words; none for those that are open."""
    settled = [item.id for item in items if item.state in SETTLED]
    if not settled:
        return {}
    rows = db.session.execute(
        sa.select(QuorumSnapshot.item_id, QuorumSnapshot.searched_words)
        .where(QuorumSnapshot.item_id.in_(settled), QuorumSnapshot.searched_words > "")
        .order_by(QuorumSnapshot.taken_at, QuorumSnapshot.id)
    )
    return {row.item_id: row.searched_words for row in rows}


def rulings_to_confirm(body_id: uuid.UUID, person_id: uuid.UUID) -> list[Ruling]:
    """Returns the rulings that were recorded as dictated by a person and wait for their confirmation, the oldest first."""
    later = sa.orm.aliased(Ruling)
    rows = db.session.scalars(
        sa.select(Ruling)
        .join(AgendaItem, AgendaItem.id == Ruling.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Meeting.body_id == body_id,
            Ruling.decided_by == person_id,
            Ruling.is_dictated,
            Ruling.confirmed_at.is_(None),
            ~sa.exists().where(
                later.item_id == Ruling.item_id,
                later.committee_id == Ruling.committee_id,
                later.person_id == Ruling.person_id,
                later.number > Ruling.number,
            ),
        )
        .order_by(Ruling.made_at, Ruling.id)
    )
    return list(rows)


def ruling(ruling_id: uuid.UUID) -> Ruling:
    """Returns a ruling. Raises NotFound."""
    found = db.session.get(Ruling, ruling_id)
    if found is None:
        raise NotFound("There is no such ruling")
    return found


def items_of(item_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AgendaItem]:
    """Returns items by id, with their meetings."""
    rows = db.session.scalars(
        sa.select(AgendaItem).where(AgendaItem.id.in_(item_ids)).options(sa.orm.joinedload(AgendaItem.meeting))
    )
    return {row.id: row for row in rows}


def rules_of(meeting: Meeting) -> RuleSet:
    """Returns the rules that a meeting is judged by: those in force for its body on its own date."""
    return policy_queries.rules_of(meeting.body_id, meeting.held_on)


def _places(
    seats: Mapping[uuid.UUID, CommitteeSeats], attending: Iterable[Attendance]
) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """For which committees each person is at the meeting: as a member, a deputy or in attendance."""
    found: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    here = [(uuid.UUID(seat.person), each) for each, committee in seats.items() for seat in committee.seats]
    for person, committee_id in (*here, *((row.person_id, row.committee_id) for row in attending)):
        found[person] = found.get(person, frozenset()) | {committee_id}
    return found


def _agreed(meeting: Meeting, agenda: Iterable[AgendaItem]) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    if meeting.opened_at is None:
        return {}
    return agreed_chairs(handovers_of(meeting.id), [item.id for item in agenda])


def _by_item(
    flags: Iterable[ItemFlag],
    agenda: Iterable[AgendaItem],
    rulings: dict[tuple[uuid.UUID, uuid.UUID], tuple[RulingFact, ...]],
    declarations: Sequence[MeetingDeclaration],
    convening: uuid.UUID | None,
) -> dict[uuid.UUID, tuple[ItemFlag, ...]]:
    """The flags item by item, each with the convening committee's ruling on the person and whether they declared."""
    standing = {
        (fact.item_id, fact.person_id): fact for key, facts in rulings.items() if key[1] == convening for fact in facts
    }
    found: dict[uuid.UUID, list[ItemFlag]] = {item.id: [] for item in agenda}
    for flag in flags:
        ruling = standing.get((flag.item_id, flag.person_id)) if standing else None
        declared = _declared(flag, declarations)
        known = flag if ruling is None and declared is None else replace(flag, ruling=ruling, declared=declared)
        found[flag.item_id].append(known)
    return {item_id: tuple(own) for item_id, own in found.items()}


def _declared(flag: ItemFlag, declarations: Sequence[MeetingDeclaration]) -> DeclaredPoint | None:
    """At what point the person declared what is flagged, at this item or outside any; that they said nothing, where they did not."""
    unsaid = DeclaredPoint.AT_ITEM if flag.source is FlagSource.DECLARED else None
    if not declarations:
        return unsaid
    points = [row.point for row in declarations if is_about(row, flag, flag.interest_id)]
    spoke = [point for point in points if point is not DeclaredPoint.NOT_DECLARED]
    return next(iter(spoke or points), unsaid)


def _searched(
    facts: ScreeningFacts,
    people: Sequence[Standing],
    agenda: Sequence[AgendaItem],
    items: Sequence[AgendaItem],
    known_at: datetime,
) -> Searched:
    own = [each for each in facts.interests.values() if each.has_part]
    versions = {each.version_id: each.fact for each in own if each.interest_id}
    open_too = sum(bool(each.one_of) for each in versions.values())
    left = [each for each in versions.values() if not each.one_of]
    loose = sum(is_loose(each) for each in left)
    named_in_words = sum(any(key.startswith(UNMATCHED) for key in each.organisations) for each in left)
    return Searched(
        people=len({each.person_id for each in people}), interests=len(versions) - loose, not_matched=loose,
        part_matched=named_in_words - loose, not_settled=open_too, meant=frozenset(facts.meant),
        items=sum(not each.names_nobody for each in items), relations=len(facts.edges), known_at=known_at, unmatched=facts.unmatched,
        without_organisation=sum(not each.organisations for each in versions.values()),
        gifts=len({each.version_id for each in own if each.interest_id is None}), of_others=len(facts.interests) - len(own),
        is_over=not items and any(each.standing is None for each in agenda),
        paths=paths_followed([each.fact.organisations for each in facts.interests.values()], facts.edges),
    )  # fmt: skip
