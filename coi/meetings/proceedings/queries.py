"""Reading the room: who is in the meeting, who is in the chair, and whether the committee may decide an item now."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import sqlalchemy as sa

from coi.clock import MINUTE
from coi.committees.quorum import quorum_of
from coi.committees.quorum_lint import clinical_voice
from coi.committees.room import UNRULED
from coi.committees.vocabulary import ClinicalVoice, QuorumAssessment, Seat
from coi.database import db
from coi.errors import NotFound
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.movement_queries import handovers_of, movements_of
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import Presiding, may_take_the_chair
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.rules import NO_DECLARATION
from coi.meetings.conflicts.ruling_vocabulary import RulingFact
from coi.meetings.conflicts.seats import CommitteeSeats, predicate_of
from coi.meetings.disputes.queries import disputes_on
from coi.meetings.disputes.rules import refuses
from coi.meetings.disputes.vocabulary import DisputeFact
from coi.meetings.models import AgendaItem, ChairHandover, Decision, Meeting
from coi.meetings.presence import Movement, in_the_meeting
from coi.meetings.proceedings.carried_queries import elsewhere_of
from coi.meetings.proceedings.chair_queries import chair_of, handed_over
from coi.meetings.proceedings.rules import entitled_to_decide, may_decide, stood_down
from coi.meetings.proceedings.vocabulary import (
    DecisionFacts,
    DecisionVerdict,
    Elsewhere,
    OpenFlag,
    StandingRuling,
    VoteFacts,
)
from coi.meetings.timing import is_later_minute
from coi.meetings.vocabulary import MeetingState, Outcome
from coi.wording import on_the_day


@dataclass(frozen=True)
class ItemRoom:
    """One item before one committee at a moment: the people, the chair, the quorum, and whether it may be decided."""

    item: AgendaItem
    committee: CommitteeSeats
    conflicts: MeetingConflicts
    movements: tuple[Movement, ...]
    in_the_meeting: frozenset[str]
    in_the_chair: str | None
    is_settled: bool
    is_handed_over: bool = False
    disputes: tuple[DisputeFact, ...] = ()
    handovers: tuple[ChairHandover, ...] = ()
    is_corrected: bool = False  # then it is asked whether what is settled might have been, at that moment
    is_late: bool = False  # it is asked of a moment at which the meeting was open, and is closed since
    elsewhere: Elsewhere | None = None  # what another meeting made of the same item
    moment: datetime | None = None  # which it is asked of; None: now
    declared_by: datetime | None = None  # until when what was declared counts, where the moment has passed

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        rulings = self.conflicts.actions_on(self.item.id, self.committee.committee_id)
        return self.committee.in_room(self.in_the_meeting, rulings)

    @cached_property
    def seats_for_quorum(self) -> tuple[Seat, ...]:
        """The seats as the quorum looks at them: whoever stood down and has left the room for it is not just away."""
        took_part = {movement.person for movement in self.movements}
        return tuple(
            replace(seat, present=True) if seat.person in took_part and not effects_of(seat.management).quorum else seat
            for seat in self.seats
        )

    @cached_property
    def quorum(self) -> QuorumAssessment:
        committee, asked = self.committee, predicate_of(self.item)
        return quorum_of(committee.rule, committee.settings, self.seats_for_quorum, committee.established, asked)

    @cached_property
    def quorum_without_decision(self) -> QuorumAssessment:
        """The quorum of an item that is put off, referred or noted: whoever still waits for a ruling counts as it is suggested for them. So
        page, minutes and story give one verdict, whoever was or was not ruled on. Rule: QUO-01, QUO-02; RULEBOOK §12.1."""
        waiting = {flag.person for flag in self._open_flags()}
        down = waiting & self.conflicts.standing_down(self.item.id, self.committee.committee_id)
        seats = tuple(
            replace(seat, management=(*seat.management, "A4"), present=True, unruled=UNRULED)
            if seat.person in down
            else seat
            for seat in self.seats_for_quorum
        )
        committee = self.committee
        return quorum_of(committee.rule, committee.settings, seats, committee.established, predicate_of(self.item))

    @cached_property
    def clinical(self) -> ClinicalVoice:
        """Who with a clinical background is in the room and may stay there for the decision, and whom the item loses."""
        seats = self.seats_for_quorum
        stays = {
            seat.person for seat in seats if seat.person in self.in_the_meeting and effects_of(seat.management).room
        }
        return clinical_voice(seats, {seat.person for seat in seats} - stays)

    @cached_property
    def presiding(self) -> Presiding:
        return self.conflicts.presiding(self.item.id, self.committee.committee_id)

    @property
    def chair_is_right(self) -> bool:
        if self.in_the_chair is None:
            return False
        kept_out = self.conflicts.kept_from_the_chair(self.item.id, self.committee.committee_id)
        return may_take_the_chair(self.committee.seats, kept_out, self.in_the_meeting, self.in_the_chair)

    @property
    def whoever_may_take_the_chair(self) -> tuple[tuple[uuid.UUID, str], ...]:
        """Who is offered for the chair: whoever has a vote and is there, and no conflict keeps from presiding. Rule: MTG-07."""
        kept_out = self.conflicts.kept_from_the_chair(self.item.id, self.committee.committee_id)
        fit = [seat for seat in self.seats if seat.voting and seat.present and seat.person not in kept_out]
        return tuple((uuid.UUID(seat.person), seat.name) for seat in fit)

    @property
    def entitled(self) -> tuple[Seat, ...]:
        return entitled_to_decide(self.seats, self.in_the_meeting)

    @property
    def voters(self) -> tuple[tuple[uuid.UUID, str], ...]:
        """Who is asked for a vote: whoever is entitled to decide and is there at this moment. Rule: QUO-02; RULEBOOK §23 scenario 33."""
        return tuple({uuid.UUID(seat.person): seat.name for seat in self.entitled}.items())

    @property
    def voters_elsewhere(self) -> tuple[tuple[uuid.UUID, str], ...]:
        """Who would be asked for a vote at another moment: they came to the meeting and were not ruled out, and are not there now."""
        came = {movement.person for movement in self.movements} - self.in_the_meeting
        return tuple({uuid.UUID(seat.person): seat.name for seat in entitled_to_decide(self.seats, came)}.items())

    @property
    def whoever_may_have_voted(self) -> tuple[tuple[uuid.UUID, str], ...]:
        """Every voting seat, since what happened regardless may be just that somebody voted who was not there: those are named so, and
        whoever never came stands last."""
        found = {seat.person: seat.name for seat in self.seats if seat.voting}
        came = {movement.person for movement in self.movements}
        order = sorted(found, key=lambda person: (person not in self.in_the_meeting, person not in came))
        return tuple((uuid.UUID(person), f"{found[person]}{self._absence(person, came)}") for person in order)

    def _absence(self, person: str, came: Collection[str]) -> str:
        if person in self.in_the_meeting:
            return ""
        return " (not there then)" if person in came else " (did not come)"

    @cached_property
    def verdict(self) -> DecisionVerdict:
        return may_decide(self.facts)

    @property
    def stood_down(self) -> tuple[Seat, ...]:
        """The seats whose holders were ruled out of deciding the item."""
        return stood_down(self.seats)

    @property
    def names(self) -> dict[str, str]:
        return {str(person): name for person, name in self.conflicts.people.items()}

    @property
    def facts(self) -> DecisionFacts:
        return DecisionFacts(
            item_title=self.item.title,
            is_private=self.item.part == "private",
            private_reason=self.item.private_reason,
            quorum=self.quorum,
            open_flags=self._open_flags(),
            rulings=self._rulings(),
            in_the_meeting=self.in_the_meeting,
            presiding=self.presiding,
            in_the_chair=self.in_the_chair,
            chair_is_right=self.chair_is_right,
            scope=self.committee.scope_of(self.item),
            is_open=self.is_corrected or self.is_late or self.item.meeting.state is MeetingState.OPEN,
            is_settled=self.is_settled and not self.is_corrected,
            temporary_allowed=self.committee.temporary_allowed,
            elsewhere=None if self.is_corrected else self.elsewhere,
            undeclared=self._undeclared(),
        )

    @property
    def vote_facts(self) -> VoteFacts:
        """The sums of a vote. Who stood down and is away is counted once, as standing down."""
        entitled = tuple(seat.person for seat in self.entitled)
        down = len({seat.stands_for or seat.person for seat in self.stood_down})
        members = self.committee.voting_members
        casting = self.in_the_chair if self.committee.casting_vote and self.in_the_chair in entitled else None
        return VoteFacts(members, down, members - down - len(entitled), entitled, self.quorum.needed, casting)

    def _open_flags(self) -> tuple[OpenFlag, ...]:
        """Flags without a ruling, of people who take part in the meeting, be it that they just left the room."""
        took_part = {movement.person for movement in self.movements}
        found = []
        for each in self.conflicts.waiting(self.item.id, self.committee.committee_id):
            if each.lead is not None and str(each.person_id) in took_part:
                missing = each.lead.level == NO_DECLARATION
                found.append(OpenFlag(str(each.person_id), each.name, each.lead.level_words, each.lead.why, missing))
        return tuple(found)

    def _undeclared(self) -> tuple[str, ...]:
        found = self.conflicts.conflicts(self.item.id, self.committee.committee_id)
        return tuple(each.name for each in found if each.asks_no_ruling and str(each.person_id) in self.in_the_meeting)

    def _rulings(self) -> tuple[StandingRuling, ...]:
        rulings = self.conflicts.rulings_on(self.item.id, self.committee.committee_id)
        return tuple(
            StandingRuling(
                str(each.person_id),
                each.name,
                effects_of(each.actions),
                each.is_confirmed,
                each.decided_by_name,
                refuses(self.disputes, str(each.person_id)),
                self._after_this(each),
            )
            for each in rulings
        )

    def _after_this(self, ruling: RulingFact) -> str:
        """When a ruling was made, in words, where that was after the moment."""
        is_later = is_later_minute(ruling.ruled_since or ruling.made_at, self.moment)
        return on_the_day(ruling.made_at, self.item.meeting.held_on) if is_later else ""


def room_of(
    item: AgendaItem, *, known_at: datetime, committee_id: uuid.UUID | None = None, moment: datetime | None = None
) -> ItemRoom:
    """Returns the room for one item and committee, now or at a moment, with what had been declared by the end of its minute. Raises
    NotFound for a committee that does not meet. Rule: RULEBOOK §24 rule 3."""
    declared_by = min(known_at, moment + MINUTE) if moment else None
    conflicts = conflicts_at(item.meeting, known_at=known_at, items=[item], declared_by=declared_by)
    committee = conflicts.seats.get(committee_id or conflicts.convening)
    if committee is None:
        raise NotFound("There is no such committee at this meeting")
    movements = tuple(movements_of(item.meeting_id))
    here = in_the_meeting(movements, moment)
    decided = db.session.scalar(
        sa.select(Decision.id).where(Decision.item_id == item.id, Decision.committee_id == committee.committee_id)
    )
    handovers = handovers_of(item.meeting_id)
    chair = chair_of(item, committee, here, handovers, conflicts, moment)
    return ItemRoom(
        item=item,
        committee=committee,
        conflicts=replace(conflicts, in_the_meeting=here),
        movements=movements,
        in_the_meeting=here,
        in_the_chair=chair,
        is_settled=decided is not None,
        is_handed_over=handed_over(handovers, item, committee.committee_id) is not None,
        disputes=_disputes(item, conflicts, committee.committee_id),
        is_late=_was_open(item.meeting, moment),
        moment=moment,
        declared_by=declared_by,
        elsewhere=None if decided else elsewhere_of(item, committee.committee_id),
        handovers=tuple(
            row for row in handovers if (row.item_id, row.committee_id) == (item.id, committee.committee_id)
        ),
    )


def _was_open(meeting: Meeting, moment: datetime | None) -> bool:
    """Whether a meeting that is closed was open at a moment: what was decided then can still be recorded."""
    if moment is None or meeting.opened_at is None or meeting.closed_at is None:
        return False
    return meeting.state is MeetingState.CLOSED and meeting.opened_at <= moment <= meeting.closed_at


def _disputes(item: AgendaItem, conflicts: MeetingConflicts, committee_id: uuid.UUID) -> tuple[DisputeFact, ...]:
    """What was said against the rulings of a committee; there can be nothing where it did not rule or has not met."""
    if item.meeting.opened_at is None or not conflicts.rulings_on(item.id, committee_id):
        return ()
    return tuple(row.fact for row in disputes_on([item.id]) if row.committee_id == committee_id)


def decisions_of(item_id: uuid.UUID) -> list[Decision]:
    """Returns what was decided on an item, per committee."""
    return list(
        db.session.scalars(
            sa.select(Decision).where(Decision.item_id == item_id).order_by(Decision.recorded_at, Decision.id)
        )
    )


def outcomes_on(item_id: uuid.UUID) -> dict[uuid.UUID, tuple[Outcome, datetime]]:
    """Returns what an item came to and when, for each committee that settled it."""
    wanted = sa.select(Decision.committee_id, Decision.outcome, Decision.decided_at).where(Decision.item_id == item_id)
    return {row.committee_id: (row.outcome, row.decided_at) for row in db.session.execute(wanted)}
