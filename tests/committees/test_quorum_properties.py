"""What holds for every quorum rule: checked with made-up rules and rooms, and against trying everything."""

from fractions import Fraction
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coi.committees.expression import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastFraction,
    ItemPredicate,
    KOf,
    MajorityOf,
    OfficeHeld,
    PerOrganisation,
    Rule,
    Selector,
    WhenItem,
)
from coi.committees.matching import largest_matching
from coi.committees.quorum import parse, parse_settings, quorum_of, settings_to_data, to_data, words_of
from coi.committees.vocabulary import (
    ConflictedCount,
    ConflictRelaxation,
    ItemPredicateFacts,
    MemberClass,
    Office,
    Phase,
    QuorumSettings,
    Seat,
    VacancyBase,
)

CLASSES = st.sampled_from([MemberClass.LAY, MemberClass.GP, MemberClass.EXECUTIVE, MemberClass.NURSE])
ROLES = st.sampled_from(["Chief Officer", "Chief Finance Officer"])
ORGANISATIONS = st.sampled_from(["Northfield CCG", "NHS England"])
OFFICES = st.sampled_from([Office.CHAIR, Office.VICE_CHAIR])
CODES = st.sampled_from(["A1", "A2", "A3", "A4", "A5", "A6", "S1"])

selectors = st.builds(
    Selector,
    classes=st.frozensets(CLASSES, max_size=2),
    roles=st.frozensets(ROLES, max_size=1),
    voting=st.sampled_from([None, None, True, False]),
    offices=st.frozensets(OFFICES, max_size=1),
)
settings = st.builds(
    QuorumSettings,
    count_deputies=st.booleans(),
    count_virtual=st.booleans(),
    conflicted_counts=st.sampled_from(ConflictedCount),
    distinct_persons=st.booleans(),
    conflict_relaxation=st.sampled_from(ConflictRelaxation),
    vacancy_base=st.sampled_from(VacancyBase),
)


def _choose_k(chosen: list[Selector], number: int) -> KOf:
    return KOf(min(number, len(chosen)), tuple(chosen))


leaves = st.one_of(
    st.builds(AtLeast, st.integers(1, 3), selectors),
    st.builds(AtLeastFraction, st.sampled_from([Fraction(1, 2), Fraction(2, 3)]), st.just(Selector(voting=True))),
    st.builds(_choose_k, st.lists(selectors, min_size=1, max_size=3), st.integers(1, 3)),
    st.builds(OfficeHeld, st.frozensets(OFFICES, min_size=1)),
)
items = st.builds(ItemPredicate, functions=st.just(frozenset({"mergers"})))


def _branches(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(WhenItem, items, inner))


monotone_rules = st.recursive(leaves, _branches, max_leaves=5)
any_rule = st.recursive(
    st.one_of(leaves, st.builds(MajorityOf, selectors), st.builds(PerOrganisation, ORGANISATIONS, leaves)),
    _branches,
    max_leaves=5,
)
facts = st.builds(ItemPredicateFacts, function=st.sampled_from([None, "mergers"]), phase=st.sampled_from(Phase))


@st.composite
def rooms(draw: st.DrawFn, people: int = 6) -> list[Seat]:
    return [
        Seat(
            person=f"p{index}",
            name=draw(st.sampled_from(["Ann", "Bo", "Cy"])),
            member_class=draw(CLASSES),
            voting=draw(st.booleans()),
            roles=draw(st.frozensets(ROLES, max_size=2)),
            offices=draw(st.frozensets(OFFICES, max_size=1)),
            organisation=draw(ORGANISATIONS),
            present=draw(st.booleans()),
            virtual=draw(st.booleans()),
            management=draw(st.frozensets(CODES, max_size=1)),
        )
        for index in range(draw(st.integers(0, people)))
    ]


@given(monotone_rules, settings, rooms(), facts, st.data())
def test_excluding_a_person_never_makes_a_meeting_more_quorate(
    rule: Rule, how: QuorumSettings, seats: list[Seat], item: ItemPredicateFacts, data: st.DataObject
) -> None:
    if not seats:
        return
    gone = data.draw(st.sampled_from(seats)).person
    ruled = [_with(one, management=one.management | {"A4"}) if one.person == gone else one for one in seats]
    assert quorum_of(rule, how, seats, 6, item).quorate >= quorum_of(rule, how, ruled, 6, item).quorate


def _with(seat: Seat, **changes: Any) -> Seat:
    return Seat(**{**seat.__dict__, **changes})


@given(any_rule, settings, rooms(), facts, st.randoms(use_true_random=False))
def test_the_order_of_the_seats_never_changes_the_answer(
    rule: Rule, how: QuorumSettings, seats: list[Seat], item: ItemPredicateFacts, chance: Any
) -> None:
    shuffled = list(seats)
    chance.shuffle(shuffled)
    assert quorum_of(rule, how, seats, 6, item) == quorum_of(rule, how, shuffled, 6, item)


@given(any_rule, settings, rooms(), facts)
def test_every_answer_says_why(rule: Rule, how: QuorumSettings, seats: list[Seat], item: ItemPredicateFacts) -> None:
    assessment = quorum_of(rule, how, seats, 6, item)
    assert all(reason.endswith(".") and reason[0].isupper() | reason[0].isdigit() for reason in assessment.reasons)
    assert assessment.quorate or assessment.missing or not assessment.counted
    assert {one.person for one in assessment.counted}.isdisjoint(one.person for one in assessment.not_counted)
    assert len(assessment.counted) + len(assessment.not_counted) == len(seats)
    assert not assessment.quorate or assessment.lost_to_conflicts or len(assessment.counted) >= assessment.needed


@given(st.lists(selectors.filter(lambda one: not one.is_headcount), min_size=1, max_size=4), rooms(people=5))
def test_matching_agrees_with_trying_every_seating(places: list[Selector], seats: list[Seat]) -> None:
    rule = AllOf(tuple(AtLeast(1, place) for place in places))
    here = [_with(one, present=True, management=frozenset(), virtual=False) for one in seats]
    expected = any(
        all(place.chooses(one) for place, one in zip(places, order, strict=True))
        for order in permutations(here, len(places))
    )
    assert quorum_of(rule, QuorumSettings(), here, 6).quorate is expected


@given(st.lists(st.lists(st.integers(0, 5), max_size=4, unique=True), max_size=5))
def test_no_matching_is_larger_than_the_one_found(candidates: list[list[int]]) -> None:
    found = largest_matching(candidates)
    assert all(person in candidates[place] for place, person in found.items())
    assert len(set(found.values())) == len(found)
    assert len(found) == _most(candidates)


def _most(candidates: list[list[int]], taken: frozenset[int] = frozenset()) -> int:
    if not candidates:
        return 0
    first, rest = candidates[0], candidates[1:]
    without = _most(rest, taken)
    return max([without, *(1 + _most(rest, taken | {person}) for person in first if person not in taken)])


@given(any_rule)
def test_a_rule_written_as_data_is_read_back_as_the_same_rule(rule: Rule) -> None:
    assert parse(to_data(rule)) == rule


@given(settings)
def test_settings_written_as_data_are_read_back_as_the_same_settings(how: QuorumSettings) -> None:
    assert parse_settings(settings_to_data(how)) == how


@given(any_rule)
def test_every_rule_can_be_said_in_words(rule: Rule) -> None:
    said = words_of(rule)
    assert len(said.split()) >= 2
    assert said.endswith(".")
