"""Reading the seats of the committees of a meeting as facts: who sits where, who deputises, who is expected. Few queries,
however long the agenda."""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from coi.committees.expression import Rule, WhenItem, parts_of
from coi.committees.models import Membership, TermsOfReference
from coi.committees.quorum import parse, parse_settings, words_of
from coi.committees.vocabulary import Capacity as SeatCapacity
from coi.committees.vocabulary import CommissioningModel, ItemPredicateFacts, Phase, QuorumSettings, Seat
from coi.database import Instant, db, stands
from coi.errors import RuleBroken
from coi.guidance.function_vocabulary import ScopeVerdict
from coi.guidance.functions import FUNCTIONS, may_decide, may_decide_here
from coi.meetings.models import AgendaItem, Attendance, ChairHandover, Meeting
from coi.meetings.vocabulary import Capacity, PresidingBasis
from coi.people.models import Person
from coi.people.queries import ALWAYS

_IDS, _DAY = sa.bindparam("ids", expanding=True), sa.bindparam("day")
_INSTANT = sa.bindparam("instant", type_=Instant)
_T = TermsOfReference
_TERMS = (  # in force on a day: the last to begin comes last, and of these the last to be recorded; columns alone
    sa.select(
        _T.id, _T.committee_id, _T.established_voting, _T.casting_vote, _T.deputies_allowed, _T.temporary_allowed, _T.model,
        _T.functions, sa.type_coerce(_T.quorum, sa.Text).label("quorum"),
        sa.type_coerce(_T.quorum_settings, sa.Text).label("quorum_settings"),
    )
    .where(
        TermsOfReference.committee_id.in_(_IDS),
        TermsOfReference.valid_from <= _DAY,
        sa.or_(TermsOfReference.valid_to.is_(None), TermsOfReference.valid_to >= _DAY),
        TermsOfReference.recorded_at <= _INSTANT,
    )
    .order_by(TermsOfReference.valid_from, TermsOfReference.recorded_at)
)  # fmt: skip
_MEMBERS = (  # columns alone: every agenda asks, and nobody changes what it finds
    sa.select(
        Membership.committee_id, Membership.person_id, Membership.member_class, Membership.voting, Membership.office,
        Membership.posts, Membership.organisation, Membership.attributes, Person.name, Person.sort_key,
    )
    .join(Person, Person.id == Membership.person_id)
    .where(
        Membership.committee_id.in_(_IDS),
        Membership.valid_from <= _DAY,
        sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= _DAY),
        stands(Membership, _INSTANT),
    )
)  # fmt: skip
_ATTENDANCE = sa.select(Attendance).where(Attendance.meeting_id == sa.bindparam("meeting"))


_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CommitteeSeats:
    """One committee of a meeting: its terms in force on the day, its seats, and who is expected to come."""

    committee_id: uuid.UUID
    name: str
    terms_id: uuid.UUID
    quorum: str  # the expression and its settings, as JSON
    quorum_settings: str
    established: int
    casting_vote: bool
    deputies_allowed: bool
    temporary_allowed: bool
    model: CommissioningModel
    functions: frozenset[str]
    seats: tuple[Seat, ...]

    @cached_property
    def rule(self) -> Rule:
        return _rule(self.quorum)

    @cached_property
    def settings(self) -> QuorumSettings:
        return _settings(self.quorum_settings)

    def scope_of(self, item: AgendaItem) -> ScopeVerdict | None:
        """Whether this committee may decide on the item's function, on the day of its meeting; None where it names none of the list.
        Rule: PCCC-05; RULEBOOK §13."""
        if item.function_code not in FUNCTIONS:
            return None
        return may_decide_here(item.function_code, self.model, self.functions, item.meeting.held_on)

    def kept_from(self, item: AgendaItem) -> str:
        """Why this committee may not decide on the item's function, as the record tells it: of an item that asks for no decision only that
        NHS England decides. Empty where it may. Rule: PCCC-05; RULEBOOK §13."""
        scope = self.scope_of(item)
        if scope is None or scope.allowed:
            return ""
        is_said = item.purpose.asks_for_a_decision or not may_decide(
            item.function_code, self.model, item.meeting.held_on
        )
        return scope.reason if is_said else ""

    def has_vote(self, person: str) -> bool:
        return any(seat.voting for seat in self.seats if seat.person == person)

    @cached_property
    def rule_words(self) -> str:
        return words_of(self.rule)

    @cached_property
    def rule_asks_about_the_item(self) -> bool:
        return any(isinstance(part, WhenItem) for part in parts_of(self.rule))

    @property
    def people(self) -> frozenset[str]:
        return frozenset(seat.person for seat in self.seats)

    @cached_property
    def expected(self) -> frozenset[str]:
        return frozenset(seat.person for seat in self.seats if seat.present)

    @property
    def voting_members(self) -> int:
        """How many voting seats are filled: the members of the arithmetic, whoever deputises for them."""
        return len({seat.stands_for or seat.person for seat in self.seats if seat.voting})

    def in_room(self, present: Collection[str], rulings: Mapping[str, Iterable[str]] | None = None) -> tuple[Seat, ...]:
        """Returns the seats as they are filled at a moment: who is there, and what was ruled on them for the item."""
        management = {person: frozenset(codes) for person, codes in (rulings or {}).items()}
        return tuple(
            _filled(seat, seat.person in present, management.get(seat.person, _NOTHING)) for seat in self.seats
        )


@lru_cache(maxsize=64)
def _rule(text: str) -> Rule:
    return parse(json.loads(text))


@lru_cache(maxsize=64)
def _settings(text: str) -> QuorumSettings:
    return parse_settings(json.loads(text))


@lru_cache(maxsize=16)
def _same(seats: tuple[Seat, ...]) -> tuple[Seat, ...]:
    """Equal seats as one object, so that what was worked out for them is found again at once."""
    return seats


@dataclass(frozen=True)
class Supposed:
    """What somebody tries out, of which nothing is stored: who would attend, and who would hold a seat besides, per committee."""

    attending: Sequence[Attendance]
    besides: Mapping[uuid.UUID, Seat]

    def seated(self, seats: Mapping[uuid.UUID, CommitteeSeats]) -> dict[uuid.UUID, CommitteeSeats]:
        """Returns the seats with those besides."""
        return {
            key: replace(each, seats=(*each.seats, self.besides[key])) if key in self.besides else each
            for key, each in seats.items()
        }


def _filled(seat: Seat, present: bool, management: frozenset[str]) -> Seat:
    if seat.present is present and seat.management == management:
        return seat
    return replace(seat, present=present, management=management)


def committee_seats(
    meeting: Meeting, attendances: Sequence[Attendance] | None = None, *, known_at: datetime = ALWAYS
) -> dict[uuid.UUID, CommitteeSeats]:
    """Returns the seats of each committee of a meeting, the convening committee first, with memberships and terms as they were known
    at an instant. A member who sent apologies is not expected; a deputy fills the seat of the member they stand for. Raises
    RuleBroken where a committee has no terms of reference in force on the day."""
    ids = [each.committee_id for each in meeting.committees]
    terms, members = _terms(meeting, ids, known_at), _memberships(meeting, ids, known_at)
    attendances = attendance_of(meeting.id) if attendances is None else attendances
    found = {}
    for each in meeting.committees:
        own = terms.get(each.committee_id)
        if own is None:
            raise RuleBroken(f"{each.committee.name} has no terms of reference in force on that day", rule="QUO-01")
        theirs = [seat for seat in members if seat.committee_id == each.committee_id]
        attending = {row.person_id: row for row in attendances if row.committee_id == each.committee_id}
        found[each.committee_id] = CommitteeSeats(
            each.committee_id, each.committee.name, own.id, own.quorum, own.quorum_settings, own.established_voting,
            own.casting_vote, own.deputies_allowed, own.temporary_allowed, own.model,
            frozenset(own.functions), _same(_seats(theirs, attending, own.deputies_allowed)),
        )  # fmt: skip
    return found


def seats_if_known(
    meeting: Meeting, attendances: Sequence[Attendance] | None = None
) -> dict[uuid.UUID, CommitteeSeats]:
    """Returns the seats of each committee; none where one has no terms of reference, so that nothing can be worked out."""
    try:
        return committee_seats(meeting, attendances)
    except RuleBroken:
        return {}


def kept_functions(item: AgendaItem, seats: Mapping[uuid.UUID, CommitteeSeats]) -> tuple[str, ...]:
    """Returns why committees may not decide on an item's function, each named where several meet. Rule: PCCC-05; RULEBOOK §13."""
    told = ((each.name, each.kept_from(item)) for each in seats.values())
    return tuple(f"{name}: {reason}" if len(seats) > 1 else reason for name, reason in told if reason)


def attendance_of(meeting_id: uuid.UUID) -> list[Attendance]:
    """Returns every recorded part in a meeting, members before others, by name."""
    return by_capacity(db.session.scalars(_ATTENDANCE, {"meeting": meeting_id}))


def by_capacity(rows: Iterable[Attendance]) -> list[Attendance]:
    """Returns parts in a meeting with members before others, by name."""
    order = list(Capacity)
    return sorted(rows, key=lambda row: (order.index(row.capacity), row.person.sort_key, str(row.committee_id)))


def agreed_chairs(
    handovers: Collection[ChairHandover], item_ids: Iterable[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], str]:
    """Returns, per item and committee, on whom the members agreed to preside where neither chair nor vice chair can: for that
    item, or else last at this meeting."""
    own = {(row.item_id, row.committee_id): str(row.to_person_id) for row in handovers}
    by_members = [row for row in handovers if row.basis is PresidingBasis.AGREED_BY_MEMBERS]
    agreed = {row.committee_id: str(row.to_person_id) for row in by_members}
    return {(item_id, committee): person for item_id in item_ids for committee, person in agreed.items()} | own


def predicate_of(item: AgendaItem | None, phase: Phase = Phase.DECISION) -> ItemPredicateFacts:
    """Returns what a quorum rule may ask about an item, or about a moment outside any item."""
    if item is None:
        return ItemPredicateFacts(phase=phase)
    return ItemPredicateFacts(item.function_code or None, item.purpose, item.part, phase=phase)


def _terms(meeting: Meeting, ids: Collection[uuid.UUID], known_at: datetime) -> dict[uuid.UUID, sa.Row[Any]]:
    rows = db.session.execute(_TERMS, {"ids": list(ids), "day": meeting.held_on, "instant": known_at})
    return {row.committee_id: row for row in rows}


def _memberships(meeting: Meeting, ids: Collection[uuid.UUID], known_at: datetime) -> list[sa.Row[Any]]:
    rows = db.session.execute(_MEMBERS, {"ids": list(ids), "day": meeting.held_on, "instant": known_at})
    return sorted(rows, key=lambda row: row.sort_key)


def _seats(
    members: Iterable[sa.Row[Any]], attending: Mapping[uuid.UUID, Attendance], deputies_vote: bool
) -> tuple[Seat, ...]:
    deputies = {
        row.deputy_for: row for row in attending.values() if row.capacity is Capacity.DEPUTY and not row.apologies
    }
    seats: list[Seat] = []
    for member in members:
        row, deputy = attending.get(member.person_id), deputies.get(member.person_id)
        seat = Seat(
            person=str(member.person_id), name=member.name, member_class=member.member_class, voting=member.voting,
            roles=frozenset(member.posts), offices=frozenset([member.office] if member.office else []),
            organisation=member.organisation or None, attributes=frozenset(member.attributes),
            present=deputy is None and not (row is not None and row.apologies),
            virtual=row is not None and row.is_remote,
        )  # fmt: skip
        seats.append(seat)
        if deputy is not None:
            seats.append(_deputy_seat(seat, deputy, deputies_vote))
    return (*seats, *_temporary_seats({seat.person for seat in seats}, attending.values()))


def _temporary_seats(seated: Collection[str], attending: Iterable[Attendance]) -> Iterator[Seat]:
    """Whoever was invited as a member for this meeting alone votes and counts in their class. Rule: QUO-01; RULEBOOK §12.1."""
    for row in attending:
        if row.capacity is Capacity.TEMPORARY and row.member_class is not None and str(row.person_id) not in seated:
            yield Seat(
                person=str(row.person_id), name=row.person.name, member_class=row.member_class, present=not row.apologies,
                virtual=row.is_remote, capacity=SeatCapacity.TEMPORARY,
            )  # fmt: skip


def _deputy_seat(seat: Seat, deputy: Attendance, deputies_vote: bool) -> Seat:
    """A deputy has the class, posts and vote of the seat, where the terms let deputies vote; never its office."""
    return replace(
        seat, person=str(deputy.person_id), name=deputy.person.name, offices=frozenset(), present=True,
        voting=seat.voting and deputies_vote, capacity=SeatCapacity.DEPUTY, virtual=deputy.is_remote,
        stands_for=seat.person,
    )  # fmt: skip
