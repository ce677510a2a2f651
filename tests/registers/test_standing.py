"""Where people stand with declaring: the rule as a table and as laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.registers.standing import Figures, PersonFacts, Standing, first_day_of, may_be_named, standing_of

TODAY = date(2026, 11, 10)
YEARLY, HALF_YEARLY = Figures(28, 12), Figures(28, 6)
days = st.dates(date(2015, 1, 1), date(2027, 12, 31))


def stands(figures: Figures = YEARLY, **facts: object) -> Standing:
    return standing_of(PersonFacts(**facts), figures, on=TODAY).standing  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("started_on", "expected"),
    [(date(2026, 10, 13), Standing.DUE), (date(2026, 10, 12), Standing.MISSING), (date(2026, 12, 1), Standing.DUE)],
    ids=["the last of 28 days", "a day later", "not started yet"],
)
def test_a_new_starter_has_28_days_for_the_first_declaration(started_on: date, expected: Standing) -> None:
    assert stands(started_on=started_on) is expected


@pytest.mark.parametrize(
    ("declared_on", "expected"),
    [
        (date(2026, 11, 1), Standing.CURRENT), (date(2025, 12, 10), Standing.DUE), (date(2025, 11, 10), Standing.DUE),
        (date(2025, 11, 9), Standing.STALE),
    ],
)  # fmt: skip
def test_a_declaration_is_renewed_every_year(declared_on: date, expected: Standing) -> None:
    assert stands(started_on=date(2020, 1, 1), declared_on=declared_on) is expected


def test_the_rules_of_2016_asked_every_six_months() -> None:
    facts = {"started_on": date(2020, 1, 1), "declared_on": date(2026, 4, 1)}
    assert stands(HALF_YEARLY, **facts) is Standing.STALE
    assert stands(YEARLY, **facts) is Standing.CURRENT


def test_a_new_post_asks_for_a_declaration_though_the_last_is_fresh() -> None:
    verdict = standing_of(PersonFacts(date(2026, 10, 20), date(2026, 6, 1)), YEARLY, on=TODAY)
    assert (verdict.standing, verdict.due_on, verdict.rule_id) == (Standing.DUE, date(2026, 11, 17), "DECL-03")


def test_a_declaration_on_the_offer_of_a_post_is_good_for_it() -> None:
    assert stands(started_on=date(2026, 10, 20), declared_on=date(2026, 10, 1)) is Standing.CURRENT


def test_a_register_that_was_taken_over_says_only_by_when_somebody_declared() -> None:
    facts = PersonFacts(date(2020, 1, 1), date(2026, 1, 31), or_before=True)
    assert standing_of(facts, YEARLY, on=TODAY).reason == "Last declared on or before 31 January 2026"


def test_a_nil_return_is_a_declaration() -> None:
    assert stands(started_on=date(2020, 1, 1), declared_on=date(2026, 5, 1), is_nil=True) is Standing.NIL


def test_whoever_is_back_has_the_time_again() -> None:
    back = {"started_on": date(2020, 1, 1), "declared_on": date(2024, 1, 1)}
    assert stands(**back) is Standing.STALE
    assert stands(**back, returned_on=date(2026, 11, 1)) is Standing.DUE
    assert stands(**back, returned_on=date(2026, 9, 1)) is Standing.STALE


facts_drawn = st.builds(
    PersonFacts, started_on=st.none() | days, declared_on=st.none() | days, is_nil=st.booleans(), returned_on=st.none() | days
)  # fmt: skip


@given(facts_drawn, days)
def test_nobody_is_named_within_the_days_after_starting_or_returning(facts: PersonFacts, on: date) -> None:
    verdict = standing_of(facts, YEARLY, on=on)
    if may_be_named(verdict):
        assert verdict.due_on is not None
        assert verdict.due_on < on
        for start in (facts.started_on if facts.declared_on is None else None, facts.returned_on):
            assert start is None or (on - start).days > 28


@given(facts_drawn, days, days)
def test_whoever_is_away_owes_nothing_and_is_never_named(facts: PersonFacts, since: date, on: date) -> None:
    away = PersonFacts(facts.started_on, facts.declared_on, facts.is_nil, away_from=since)
    verdict = standing_of(away, YEARLY, on=on)
    assert verdict.standing is Standing.ABSENT
    assert not may_be_named(verdict)
    assert not verdict.is_owing


@given(facts_drawn, days)
def test_waiting_longer_never_makes_it_better(facts: PersonFacts, on: date) -> None:
    if standing_of(facts, YEARLY, on=on).is_overdue:
        assert standing_of(facts, YEARLY, on=on + timedelta(days=30)).is_overdue


def test_whoever_never_declared_is_not_given_new_days_by_another_seat() -> None:
    facts = PersonFacts(started_on=date(2026, 11, 1), first_on=date(2020, 1, 1))
    verdict = standing_of(facts, YEARLY, on=TODAY)
    assert verdict.standing is Standing.MISSING and verdict.due_on == date(2020, 1, 29)


@pytest.mark.parametrize(
    ("spans", "first"),
    [
        ([], None),
        ([((2024, 5, 11), (2026, 11, 23)), ((2026, 11, 24), None)], (2024, 5, 11)),  # another title the next day
        ([((2024, 5, 11), (2026, 3, 27)), ((2026, 3, 30), None)], (2024, 5, 11)),  # over a weekend
        ([((2024, 5, 11), (2025, 5, 11)), ((2026, 11, 1), None)], (2026, 11, 1)),  # came back after a year
        ([((2020, 1, 1), None), ((2024, 5, 11), (2025, 5, 11))], (2020, 1, 1)),
        ([((2020, 1, 1), (2026, 1, 1)), ((2021, 1, 1), (2021, 6, 1)), ((2026, 1, 2), None)], (2020, 1, 1)),
        ([((2027, 2, 1), None)], (2027, 2, 1)),  # starts later
        ([((2024, 5, 11), (2025, 5, 11))], None),  # has left
    ],
)
def test_whoever_moves_from_post_to_post_owes_the_first_declaration_since_the_first_of_them(spans, first) -> None:
    """Rule: DECL-03."""
    held = [(date(*begins), date(*ends) if ends else None) for begins, ends in spans]
    assert first_day_of(held, date(2026, 11, 24)) == (date(*first) if first else None)
    assert first_day_of(held[::-1], date(2026, 11, 24)) == (date(*first) if first else None)
