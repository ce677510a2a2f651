"""What is known about the conflicts of one meeting, as facts that answer questions: who is conflicted, who presides, what
the quorum will be if the suggestions are followed. Pure, once read."""

import uuid
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from coi.committees.quorum import forecast
from coi.committees.quorum_lint import clinical_voice
from coi.committees.vocabulary import ClinicalVoice, ItemPredicateFacts, Office, QuorumAssessment
from coi.guidance.actions import effects_of
from coi.guidance.vocabulary import RuleSet
from coi.meetings.conflicts.interest_facts import Standing
from coi.meetings.conflicts.presiding import Presiding, who_presides
from coi.meetings.conflicts.rules import (
    actions_if_followed,
    by_person,
    conflicted,
    stays_unsaid,
    withdrawal_banner,
    without_idle_rulings,
)
from coi.meetings.conflicts.ruling_vocabulary import RulingFact
from coi.meetings.conflicts.searched import Searched
from coi.meetings.conflicts.seats import CommitteeSeats, predicate_of
from coi.meetings.conflicts.to_settle import ToSettle
from coi.meetings.conflicts.unreached import Unreached
from coi.meetings.conflicts.vocabulary import EarlierPart, ItemFlag, PersonConflict
from coi.meetings.models import AgendaItem
from coi.meetings.presence import Movement


@dataclass(frozen=True)
class ItemForecast:
    """What an item will come to if what was ruled, and else what is suggested, is followed: the quorum, the clinical voice,
    who presides, and a warning where more than half would stand down."""

    committee_id: uuid.UUID
    committee: str
    quorum: QuorumAssessment
    clinical: ClinicalVoice
    presiding: Presiding
    standing_down: tuple[str, ...]
    also_leaving: tuple[str, ...]  # without a vote: other members, and whoever attends
    banner: str
    rule_words: str

    def __hash__(self) -> int:  # equality compares everything; who goes tells the forecasts of an agenda apart
        return hash((self.standing_down, self.also_leaving))


@dataclass(frozen=True)
class Around:
    """Who is at a meeting and by which rules, whatever its items concern: for a second look at an item that changes meanwhile."""

    seats: Mapping[uuid.UUID, CommitteeSeats]
    people: tuple[Standing, ...]
    rules: RuleSet


@dataclass(frozen=True)
class MeetingConflicts:
    """The seats, flags, rulings and declarations of one meeting at one instant."""

    meeting_id: uuid.UUID
    seats: Mapping[uuid.UUID, CommitteeSeats]
    people: Mapping[uuid.UUID, str]
    away: frozenset[uuid.UUID]
    flags: Mapping[uuid.UUID, tuple[ItemFlag, ...]]
    rulings: Mapping[tuple[uuid.UUID, uuid.UUID], tuple[RulingFact, ...]]
    items: Mapping[uuid.UUID, AgendaItem]
    searched: Searched
    in_the_meeting: frozenset[str] | None = None  # None: it has not begun, and whoever is expected counts
    movements: tuple[Movement, ...] = ()  # as they were recorded
    places: Mapping[uuid.UUID, frozenset[uuid.UUID]] = field(
        default_factory=dict
    )  # for which committees somebody is there
    before: Mapping[uuid.UUID, tuple[EarlierPart, ...]] = field(
        default_factory=dict
    )  # what was done on each item's matter
    pause_above: Fraction = Fraction(1)  # the share of voting members above which the chair decides whether to go on
    chairs: Mapping[tuple[uuid.UUID, uuid.UUID], str] = field(default_factory=dict)  # to whom the chair was handed over
    unreached: Mapping[uuid.UUID, tuple[Unreached, ...]] = field(default_factory=dict)  # what an item reached before
    to_settle: Mapping[uuid.UUID, tuple[ToSettle, ...]] = field(default_factory=dict)  # whom words may mean, by item
    around: Around | None = None
    _told: dict[tuple[uuid.UUID, uuid.UUID], tuple[PersonConflict, ...]] = field(
        init=False, repr=False, default_factory=dict
    )
    _quorums: dict[Hashable, tuple[QuorumAssessment, ClinicalVoice]] = field(
        init=False, repr=False, default_factory=dict
    )
    _assessed: dict[Hashable, QuorumAssessment] = field(init=False, repr=False, default_factory=dict)
    _actions: dict[Hashable, Mapping[str, tuple[str, ...]]] = field(init=False, repr=False, default_factory=dict)

    @property
    def officers(self) -> frozenset[str]:
        """The chairs and vice chairs of the committees."""
        seats = (seat for each in self.seats.values() for seat in each.seats)
        return frozenset(seat.person for seat in seats if {Office.CHAIR, Office.VICE_CHAIR} & seat.offices)

    @cached_property
    def _seated(self) -> frozenset[str]:
        return frozenset(person for each in self.seats.values() for person in each.people)

    @property
    def convening(self) -> uuid.UUID:
        return next(iter(self.seats))

    def rulings_on(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> tuple[RulingFact, ...]:
        """Returns the rulings of a committee that stand for an item."""
        return self.rulings.get((item_id, committee_id or self.convening), ())

    def actions_on(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> dict[str, tuple[str, ...]]:
        """Returns the action codes ruled for an item, by person."""
        return {str(each.person_id): each.actions for each in self.rulings_on(item_id, committee_id)}

    def conflicts(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> tuple[PersonConflict, ...]:
        """Returns what there is about each person on an item for a committee (None: the convening one), the strongest first."""
        key = (item_id, committee_id or self.convening)
        if key not in self._told:
            found = without_idle_rulings(by_person(self.flags.get(item_id, ()), self.rulings_on(*key)), self._seated)
            self._told[key] = (
                found if len(self.seats) == 1 else tuple(each for each in found if self._concerns(each, key))
            )
        return self._told[key]

    def folded(self, item_id: uuid.UUID, committee_id: uuid.UUID) -> frozenset[uuid.UUID]:
        """Returns of whom the agenda only says that there is a weak flag, until it is opened. Source: USERS W1."""
        return frozenset(each.person_id for each in self.conflicts(item_id, committee_id) if stays_unsaid(each))

    def _concerns(self, conflict: PersonConflict, key: tuple[uuid.UUID, uuid.UUID]) -> bool:
        """Whether a person's conflict is a committee's to rule on where several meet in common: of whoever is there for it, and of
        anybody else as long as no other committee ruled on them. Rule: MTG-06; RULEBOOK §11.3, §23 scenarios 31 and 59."""
        item_id, committee_id = key
        if conflict.ruling is not None or committee_id in self.places.get(conflict.person_id, {self.convening}):
            return True
        others = (self.rulings_on(item_id, other) for other in self.seats if other != committee_id)
        return not any(ruling.person_id == conflict.person_id for rulings in others for ruling in rulings)

    def waiting(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> tuple[PersonConflict, ...]:
        """Returns who on an item waits for a ruling. Whoever sent apologies takes no part, so nothing waits for them."""
        return tuple(
            each
            for each in self.conflicts(item_id, committee_id)
            if each.awaits_ruling and each.person_id not in self.away
        )

    def presiding(
        self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None, *, besides: Collection[uuid.UUID] = ()
    ) -> Presiding:
        """Returns who presides over an item. `besides` are people who count as conflicted for the question, such as the one
        who is ruled on."""
        committee = self.seats[committee_id or self.convening]
        kept_out = self.kept_from_the_chair(item_id, committee_id, besides=besides)
        present = committee.expected if self.in_the_meeting is None else self.in_the_meeting
        return who_presides(committee.seats, kept_out, present, self.chairs.get((item_id, committee.committee_id)))

    def may_rule(self, person_id: uuid.UUID | None, item_id: uuid.UUID, committee_id: uuid.UUID, on: uuid.UUID) -> bool:
        """Whether somebody may rule on the conflict of `on`: they preside over the item, or may be agreed on to."""
        return person_id is not None and self.presiding(item_id, committee_id, besides=[on]).may_be(str(person_id))

    def to_be_seen_by(
        self, person_id: uuid.UUID | None, item_id: uuid.UUID, committee_id: uuid.UUID
    ) -> tuple[Unreached, ...]:
        """Returns the flags that an item reaches no more and that somebody who presides over them has not seen: where several committees
        meet in common, each sees those of whoever is there for it. Rule: MTG-06; RULEBOOK §11.3."""
        unseen = self.unreached_for(item_id, committee_id)
        return tuple(each for each in unseen if self.may_rule(person_id, item_id, committee_id, each.person_id))

    def unreached_for(self, item_id: uuid.UUID, committee_id: uuid.UUID) -> tuple[Unreached, ...]:
        """Returns the flags of whoever is there for a committee that an item reaches no more, and nobody who presides has seen."""
        return tuple(
            each
            for each in self.unreached.get(item_id, ())
            if committee_id in self.places.get(each.person_id, {self.convening})
        )

    def presides(self, person_id: uuid.UUID | None, item_id: uuid.UUID, committee_id: uuid.UUID) -> bool:
        """Whether somebody presides over an item, or may be agreed on to; once the meeting is over, as it was expected before it."""
        then = self if self.in_the_meeting else replace(self, in_the_meeting=None)
        return person_id is not None and then.presiding(item_id, committee_id).may_be(str(person_id))

    def kept_from_the_chair(
        self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None, *, besides: Collection[uuid.UUID] = ()
    ) -> frozenset[str]:
        """Returns whom a conflict on an item keeps from presiding over it."""
        ruled_out = self._ruled_out(item_id, committee_id)
        found = conflicted(self.conflicts(item_id, committee_id), stands_down=ruled_out)
        return found | {str(person) for person in besides}

    def forecast(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> ItemForecast:
        """Returns what an item will come to if the rulings, and where there is none the suggestions, are followed.

        Rule: QUO-01, QUO-02; USERS W3, W4, W6."""
        committee = self.seats[committee_id or self.convening]
        down, out = self.standing_down(item_id, committee_id), self.out_of_the_room(item_id, committee_id)
        voting = [seat for seat in committee.seats if seat.voting and seat.present]
        leaving = [seat for seat in voting if seat.person in down]
        quorum, clinical = self._quorum_without(committee, down, out, predicate_of(self.items[item_id]))
        return ItemForecast(
            committee_id=committee.committee_id,
            committee=committee.name,
            quorum=quorum,
            clinical=clinical,
            presiding=self.presiding(item_id, committee_id),
            standing_down=tuple(dict.fromkeys(seat.name for seat in leaving)),
            also_leaving=self._leaving_without_a_vote(item_id, committee, out),
            banner=withdrawal_banner(len(voting), len(leaving), self.pause_above),
            rule_words=committee.rule_words,
        )

    def _leaving_without_a_vote(
        self, item_id: uuid.UUID, committee: CommitteeSeats, out: frozenset[str]
    ) -> tuple[str, ...]:
        """Who else is asked to leave, of those who are expected: they neither vote nor count, and go all the same. Rule: RULEBOOK §10.4."""
        if not out:
            return ()
        not_meant = {seat.person for seat in committee.seats if seat.voting or not seat.present}
        others = out - not_meant - {str(each) for each in self.away}
        found = self.conflicts(item_id, committee.committee_id) if others else ()
        return tuple(each.name for each in found if str(each.person_id) in others)

    def keeps_its_quorum(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> bool:
        """Whether an item keeps its quorum if what was ruled, and else what is suggested, is followed. Rule: QUO-02."""
        committee, item = self.seats[committee_id or self.convening], predicate_of(self.items[item_id])
        return self._quorum(committee, self.standing_down(item_id, committee_id), item).quorate

    def _quorum_without(
        self, committee: CommitteeSeats, down: frozenset[str], out: frozenset[str], item: ItemPredicateFacts
    ) -> tuple[QuorumAssessment, ClinicalVoice]:
        """The quorum without those who stand down and the clinical voice without those who are out of the room: the same for every
        item that loses the same people, unless the rule asks about the item."""
        key = (committee.committee_id, down, out, item if committee.rule_asks_about_the_item else None)
        if key not in self._quorums:
            self._quorums[key] = (self._quorum(committee, down, item), clinical_voice(committee.seats, out))
        return self._quorums[key]

    def _quorum(self, committee: CommitteeSeats, down: frozenset[str], item: ItemPredicateFacts) -> QuorumAssessment:
        key = (committee.committee_id, down, item if committee.rule_asks_about_the_item else None)
        if key not in self._assessed:
            self._assessed[key] = forecast(
                committee.rule, committee.settings, committee.seats, down, established=committee.established, item=item
            )
        return self._assessed[key]

    def standing_down(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> frozenset[str]:
        """Returns who stands down for an item by ruling, or would by suggestion where nobody ruled yet."""
        expected = self._followed(item_id, committee_id)
        return frozenset(person for person, codes in expected.items() if not effects_of(codes).quorum)

    def out_of_the_room(self, item_id: uuid.UUID, committee_id: uuid.UUID | None = None) -> frozenset[str]:
        """Returns who is out of the room when an item is decided, by ruling, or would be by suggestion where nobody ruled yet. Whoever
        stays and takes no part in the decision is still heard."""
        expected = self._followed(item_id, committee_id)
        return frozenset(person for person, codes in expected.items() if not effects_of(codes).room)

    def _followed(self, item_id: uuid.UUID, committee_id: uuid.UUID | None) -> Mapping[str, tuple[str, ...]]:
        """What each person does on an item by ruling, or would by suggestion: asked again and again of the same item."""
        key = (item_id, committee_id)
        if key not in self._actions:
            self._actions[key] = actions_if_followed(self.conflicts(item_id, committee_id))
        return self._actions[key]

    def _ruled_out(self, item_id: uuid.UUID, committee_id: uuid.UUID | None) -> frozenset[uuid.UUID]:
        rulings = self.rulings_on(item_id, committee_id)
        return frozenset(each.person_id for each in rulings if not effects_of(each.actions).vote)
