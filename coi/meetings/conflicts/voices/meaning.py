"""What an item means for a meeting, put together from what is known of its conflicts: three ways the chair may rule, side by side. Pure,
once the conflicts are read."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from coi.committees.quorum import forecast
from coi.committees.vocabulary import QuorumAssessment, Seat
from coi.guidance.actions import effects_of
from coi.guidance.vocabulary import ActionCode, RuleSet
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import Presiding, who_presides
from coi.meetings.conflicts.seats import CommitteeSeats, predicate_of
from coi.meetings.conflicts.vocabulary import PersonConflict
from coi.meetings.conflicts.voices.clinical import VoiceFacts, voice_without, ways_to_keep
from coi.meetings.conflicts.voices.rules import (
    InquorateFacts,
    actions_under,
    going_under,
    options_without_quorum,
    pause_for,
)
from coi.meetings.conflicts.voices.vocabulary import (
    Answer,
    ItemMeaning,
    Source,
    Stance,
    StanceForecast,
)
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import AffectedRelation, ClassScope, Stage

PAUSE = "withdrawal_share_to_pause"


@dataclass(frozen=True)
class Circumstances:
    """What the meaning of an item rests on besides its conflicts: the rules of the body on the day, who answered that they come, what
    the body is called and to whom its committees refer."""

    rules: RuleSet
    answers: Mapping[uuid.UUID, Mapping[str, Answer]] = field(default_factory=dict)  # per committee, by person

    @property
    def source(self) -> Source:
        found = self.rules[PAUSE]
        return Source(found.rule_id, found.source)

    @property
    def is_board(self) -> bool:
        return self.rules.body_type.value == "icb"


def meaning_of(
    conflicts: MeetingConflicts, item: AgendaItem, committee_id: uuid.UUID, circumstances: Circumstances
) -> ItemMeaning:
    """Returns what an item means for one committee, counting who is expected, if the chair follows the suggestions, is stricter, or
    laxer. Rule: QUO-01, QUO-02, MTG-06, MTG-07; RULEBOOK §10, §12; USERS W3, W4, W6."""
    committee = conflicts.seats[committee_id]
    stances = tuple(_under(stance, conflicts, item, committee, circumstances) for stance in Stance)
    return ItemMeaning(
        item_id=item.id,
        committee_id=committee_id,
        committee=committee.name,
        rule_words=committee.rule_words,
        stances=stances,
        options=()
        if all(each.quorum for each in stances)
        else options_without_quorum(
            _inquorate(
                next(each for each in stances if not each.quorum),
                conflicts.conflicts(item.id, committee_id),
                item,
                committee,
                circumstances,
            )
        ),
        ways=ways_to_keep(_voice_facts(conflicts, item, committee_id, stances)),
        dismissed=tuple(
            f"{each.name}, {flag.level_words.lower()}. {flag.dismissal}"
            for each in conflicts.conflicts(item.id, committee_id)
            for flag in each.dismissed
        ),
    )


def _under(
    stance: Stance,
    conflicts: MeetingConflicts,
    item: AgendaItem,
    committee: CommitteeSeats,
    circumstances: Circumstances,
) -> StanceForecast:
    people = conflicts.conflicts(item.id, committee.committee_id)
    actions = actions_under(stance, people)
    out = frozenset(person for person, codes in actions.items() if not effects_of(codes).room)
    going = going_under(stance, people, committee.seats, {str(each) for each in conflicts.away})
    presiding = _presiding(stance, conflicts, item, committee, actions)
    voting = {seat.person for seat in committee.seats if seat.voting and seat.present}
    return StanceForecast(
        stance=stance,
        going=going,
        quorum=_quorum(committee, committee.seats, _down(actions), item),
        presiding=presiding,
        voice=voice_without(committee.seats, out),
        pause=pause_for(
            sum(each.voting for each in going),
            len(voting),
            circumstances.rules.withdrawal_share,
            circumstances.source,
            presides=presiding.name,
        ),
    )


def _presiding(
    stance: Stance,
    conflicts: MeetingConflicts,
    item: AgendaItem,
    committee: CommitteeSeats,
    actions: Mapping[str, tuple[str, ...]],
) -> Presiding:
    """As the other pages say it where the suggestions are followed; else without those who would not vote too. Whoever has a conflict does
    not preside, although they may stay. Rule: MTG-07; RULEBOOK §10.5."""
    if stance is Stance.FOLLOWED:
        return conflicts.presiding(item.id, committee.committee_id)
    kept_out = conflicts.kept_from_the_chair(item.id, committee.committee_id)
    kept_out |= {person for person, codes in actions.items() if not effects_of(codes).vote}
    agreed = conflicts.chairs.get((item.id, committee.committee_id))
    present = committee.expected if conflicts.in_the_meeting is None else conflicts.in_the_meeting
    return who_presides(committee.seats, kept_out, present, agreed)


def _quorum(
    committee: CommitteeSeats, seats: Sequence[Seat], down: frozenset[str], item: AgendaItem
) -> QuorumAssessment:
    return forecast(
        committee.rule, committee.settings, seats, down, established=committee.established, item=predicate_of(item)
    )


def _down(actions: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Whoever would not count, of those who are away too: if they came, they would have to leave."""
    return frozenset(person for person, codes in actions.items() if not effects_of(codes).quorum)


def _inquorate(
    stance: StanceForecast,
    people: Sequence[PersonConflict],
    item: AgendaItem,
    committee: CommitteeSeats,
    circumstances: Circumstances,
) -> InquorateFacts:
    """What to do without a quorum: names those alone who would stay if they came."""
    down = _down(actions_under(stance.stance, people))
    here = {seat.person for seat in committee.seats if seat.present}
    absent = [seat for seat in committee.seats if not seat.present and seat.person not in here]
    stood_for = {seat.stands_for for seat in committee.seats}
    mends = [
        seat.name
        for seat in absent
        if seat.person not in stood_for and _quorum(committee, _with(committee.seats, seat), down, item)
    ]
    board = circumstances.is_board
    return InquorateFacts(
        stance.quorum.missing,
        tuple(mends),
        committee.deputies_allowed and committee.settings.count_deputies,
        committee.temporary_allowed,
        item.class_scope is not ClassScope.NONE,
        "the board" if board else "the governing body",
        "ICB" if board else "CCG",
    )


def _with(seats: Sequence[Seat], comes: Seat) -> tuple[Seat, ...]:
    return tuple(replace(seat, present=True) if seat is comes else seat for seat in seats)


def _voice_facts(
    conflicts: MeetingConflicts, item: AgendaItem, committee_id: uuid.UUID, stances: Sequence[StanceForecast]
) -> VoiceFacts:
    """Of the way of ruling that costs the most of those that are likely: the suggestions, or else the stricter chair."""
    told = stances[0] if stances[0].voice.is_lost else stances[1]
    discuss = {
        str(each.person_id)
        for each in conflicts.conflicts(item.id, committee_id)
        if ActionCode.DISCUSS_THEN_LEAVE in (each.ruling.actions if each.ruling else each.suggested)
    }
    bids = any(each.relation is AffectedRelation.BIDDER for each in item.affected)
    return VoiceFacts(told.voice, told.going, bids or item.stage is Stage.EVALUATION, frozenset(discuss))
