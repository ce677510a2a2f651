"""Whether a committee is quorate for an item, and why: pure. The rule's language stands in expression, its reading and
writing in expression_data, its wording in quorum_words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from coi.committees.demands import Choice, Most, Number, Place, Places, Way, ways_of
from coi.committees.expression import AtLeastFraction, Rule
from coi.committees.expression_data import parse as parse
from coi.committees.expression_data import parse_settings as parse_settings
from coi.committees.expression_data import settings_to_data as settings_to_data
from coi.committees.expression_data import to_data as to_data
from coi.committees.matching import largest_matching
from coi.committees.quorum_words import together
from coi.committees.quorum_words import words_of as words_of
from coi.committees.room import WOULD_STAND_DOWN, Person, Room
from coi.committees.vocabulary import (
    Capacity,
    ConflictRelaxation,
    Counted,
    ItemPredicateFacts,
    NotCounted,
    QuorumAssessment,
    QuorumSettings,
    Seat,
    VacancyBase,
)

MET, NOT_DOUBLE = "QUO-01", "QUO-02"
NOT_NAMED = "the rule counts nobody in this kind of seat"
DECISION = ItemPredicateFacts()


@dataclass(frozen=True)
class _Attempt:
    """How far one alternative of the rule is met: who fills which place, what is missing and how much of it."""

    filled: tuple[tuple[Place, Person], ...]
    missing: tuple[str, ...]
    short: int
    doubled: tuple[str, ...]  # places for which only somebody is there who fills another one already


def quorum_of(
    rule: Rule,
    settings: QuorumSettings,
    seats: Iterable[Seat],
    established: int,
    item: ItemPredicateFacts = DECISION,
) -> QuorumAssessment:
    """Returns whether the committee is quorate for an item. `seats` are all seats in post, present or not;
    `established` is the number of voting seats in the terms of reference. Every input has an answer, an empty room too:
    it is not quorate. Rules: QUO-01, QUO-02; RULEBOOK §12."""
    seats = tuple(seats)
    room = Room.of(seats, settings, item.phase)
    ways = _ways(rule, settings, seats, established, item)
    best = _best(ways, room.counted, settings)
    met = best.short == 0 and bool(room.counted)
    lost = not met and bool(room.stood_down) and _would_be_met(ways, seats, settings, item)
    relaxed = lost and bool(room.counted) and settings.conflict_relaxation is ConflictRelaxation.REMAINING_MEMBERS
    needed = min((_needed(way, settings) for way in ways), default=1)
    able = [one for one in room.counted if any(_matters(one, way) for way in ways)]
    return QuorumAssessment(
        quorate=met or relaxed,
        needed=needed,
        counted=_counted(able, best),
        not_counted=_not_counted(room, able),
        missing=() if met else best.missing,
        reasons=_reasons(room, len(able), best, needed, met=met, lost=lost, relaxed=relaxed),
        rule_ids=(MET, NOT_DOUBLE) if room.excluded or best.doubled else (MET,),
        lost_to_conflicts=lost,
    )


def forecast(
    rule: Rule,
    settings: QuorumSettings,
    seats: Iterable[Seat],
    standing_down: Collection[str],
    *,
    established: int | None = None,
    item: ItemPredicateFacts = DECISION,
) -> QuorumAssessment:
    """Returns whether the committee would be quorate if the people in `standing_down` (keys) left for the item.
    `present` of a seat means: expected to come. Without `established`, the voting seats in post stand for it. Rule:
    QUO-01; RULEBOOK §12."""
    seats = tuple(seats)
    base = voting_seats(seats) if established is None else established
    return _without(rule, settings, seats, frozenset(standing_down), base, item)


@lru_cache(maxsize=256)
def _without(
    rule: Rule,
    settings: QuorumSettings,
    seats: tuple[Seat, ...],
    standing_down: frozenset[str],
    established: int,
    item: ItemPredicateFacts,
) -> QuorumAssessment:
    """Kept for a while: an agenda is looked at many times with the same seats and the same people standing down."""
    left = [
        replace(seat, management=seat.management | {"A4"}, unruled=WOULD_STAND_DOWN)
        if seat.person in standing_down
        else seat
        for seat in seats
    ]
    return quorum_of(rule, settings, left, established, item)


def voting_seats(seats: Iterable[Seat]) -> int:
    """Returns how many voting seats are filled. A deputy and the member they stand for fill one."""
    return len({seat.stands_for or seat.person for seat in seats if seat.voting})


def _ways(
    rule: Rule, settings: QuorumSettings, seats: Sequence[Seat], established: int, item: ItemPredicateFacts
) -> list[Way]:
    def base_of(part: AtLeastFraction, organisation: str | None) -> int:
        base = part.base or settings.vacancy_base
        if base is VacancyBase.ESTABLISHED and part.selector.is_headcount and organisation is None:
            return established
        choice = Choice(part.selector, organisation)
        in_post = (seat for seat in seats if seat.capacity is not Capacity.TEMPORARY)
        return len({seat.stands_for or seat.person for seat in in_post if choice.chooses(seat)})

    return ways_of(rule, item, base_of)


def _best(ways: Sequence[Way], people: Sequence[Person], settings: QuorumSettings) -> _Attempt:
    """Tries the alternatives in their order and returns the first that is met, or else the one that comes closest."""
    best = None
    places = {place for way in ways for demand in way if isinstance(demand, Places) for place in demand.places}
    able = {place: _able(place, people) for place in places}
    for way in ways:
        attempt = _attempt(way, people, settings, able)
        if attempt.short == 0:
            return attempt
        best = attempt if best is None or attempt.short < best.short else best
    return best or _Attempt((), ("a rule that can be met",), 1, ())


def _able(place: Place, people: Sequence[Person]) -> list[int]:
    """Who can fill a place, in the order in which they are asked to."""
    found = [index for index, one in enumerate(people) if one.fits(place.accepts)]
    return sorted(found, key=lambda index: place.turn_of(people[index].seats)) if len(found) > 1 else found


def _attempt(
    way: Way, people: Sequence[Person], settings: QuorumSettings, able: Mapping[Place, Sequence[int]]
) -> _Attempt:
    conditions = [demand.places for demand in way if isinstance(demand, Places)]
    if settings.distinct_persons:
        conditions = [tuple(place for places in conditions for place in places)]
    filled: list[tuple[Place, Person]] = []
    empty: list[Place] = []
    doubled: list[str] = []
    for places in conditions:
        candidates = [able[place] for place in places]
        matching = largest_matching(candidates)
        filled += [(places[place], people[person]) for place, person in sorted(matching.items())]
        unfilled = [index for index in range(len(places)) if index not in matching]
        empty += [places[index] for index in unfilled]
        doubled += [places[index].words() for index in unfilled if candidates[index]]
    wanting = [_wanting(demand, people) for demand in way if not isinstance(demand, Places)]
    missing = [*_grouped(empty), *(words for words, short in wanting if short)]
    return _Attempt(tuple(filled), tuple(missing), len(empty) + sum(short for _, short in wanting), tuple(doubled))


def _wanting(demand: Number | Most, people: Sequence[Person]) -> tuple[str, int]:
    """What a number or a majority still wants, in words, and how much of it."""
    here = sum(one.fits(demand.choice.chooses) for one in people)
    if isinstance(demand, Number):
        short = max(0, demand.needed - here)
        words = demand.choice.words(short)
        return words.replace(f"{short} ", f"{short} more ", 1) if here else words, short
    among = [one for one in people if one.fits(demand.among.chooses)]
    chosen = sum(one.fits(demand.choice.chooses) for one in among)
    return f"a majority of {_plural(demand.choice)} among the voting members", int(chosen * 2 <= len(among))


def _plural(choice: Choice) -> str:
    return choice.words(2).removeprefix("2 ")


def _grouped(places: Sequence[Place]) -> list[str]:
    """The empty places in words, the same ones together: "2 lay members"."""
    counts: dict[Place, int] = {}
    for place in places:
        counts[place] = counts.get(place, 0) + 1
    return [place.words(number) for place, number in counts.items()]


def _needed(way: Way, settings: QuorumSettings) -> int:
    places = [len(demand.places) for demand in way if isinstance(demand, Places)]
    numbers = [demand.needed for demand in way if isinstance(demand, Number)]
    return max([1, sum(places) if settings.distinct_persons else max(places, default=1), *numbers])


def _would_be_met(
    ways: Sequence[Way], seats: Sequence[Seat], settings: QuorumSettings, item: ItemPredicateFacts
) -> bool:
    """Whether the item would be quorate if nobody had stood down."""
    staying = [replace(seat, management=frozenset()) if seat.management else seat for seat in seats]
    everybody = Room.of(staying, settings, item.phase)
    return bool(everybody.counted) and _best(ways, everybody.counted, settings).short == 0


def _matters(one: Person, way: Way) -> bool:
    """Whether somebody can count towards any part of the rule: a member without a vote does not where it counts votes. A rule that
    asks nothing of the item counts everybody."""
    return not way or any(
        any(one.fits(place.accepts) for place in demand.places)
        if isinstance(demand, Places)
        else one.fits((demand.among if isinstance(demand, Most) else demand.choice).chooses)
        for demand in way
    )


def _not_counted(room: Room, able: Sequence[Person]) -> tuple[NotCounted, ...]:
    others = [NotCounted(one.person, one.name, NOT_NAMED) for one in room.counted if one not in able]
    return tuple(sorted((*room.not_counted, *others), key=lambda one: (one.name, one.person)))


def _counted(able: Sequence[Person], best: _Attempt) -> tuple[Counted, ...]:
    places: dict[str, list[str]] = {}
    for place, person in best.filled:
        places.setdefault(person.person, []).append(_label(place.filled_by(person.seats)))
    return tuple(Counted(one.person, one.name, "; ".join(places.get(one.person, []))) for one in able)


def _reasons(
    room: Room, number: int, best: _Attempt, needed: int, *, met: bool, lost: bool, relaxed: bool
) -> tuple[str, ...]:
    counts = f"{number} {'member counts' if number == 1 else 'members count'} and {needed} {'is' if needed == 1 else 'are'} needed"
    said = [f"Quorate: {counts}." if met or relaxed else f"Not quorate: {counts}."]
    if not met:
        said.append(f"Missing: {together(best.missing) or 'anybody who counts'}.")
        said += [f"Nobody is left to be {words}: one person cannot meet two conditions." for words in best.doubled]
    said += [f"{_capital(_label(place.filled_by(person.seats)))}: {person.name}." for place, person in best.filled]
    said += [f"{one.name} does not count: {one.why}." for one in room.excluded]
    if lost:
        others = "with the members who stood down" if room.all_by_ruling else "if no conflict kept anybody out"
        said.append(f"The quorum is lost to conflicts: it would be met {others}.")
    if relaxed:
        said.append("Under the terms of reference the members who remain are a quorum for this item.")
    if room.most_stood_down:
        down = "stood down" if room.all_by_ruling else "would stand down"
        said.append(
            f"More than half of the voting members who attend {down}: the chair decides whether the item goes on."
        )
    return tuple(said)


@lru_cache(maxsize=512)
def _label(place: Place) -> str:
    """What a place is called beside the name of whoever fills it: "vice chair", "lay member"."""
    return place.words().removeprefix("1 ").removeprefix("the ").replace(" or the ", " or ").replace(" or 1 ", " or ")


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
