"""The pure rules of declaring."""

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.registers.interests import rules, wording
from coi.registers.interests.vocabulary import (
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
    Via,
)

TODAY = date(2026, 11, 10)
DATES = st.dates(date(2013, 4, 1), date(2040, 1, 1))


def an_interest(**changes: object) -> InterestDetails:
    stated: dict[str, object] = {
        "type": InterestType.FINANCIAL, "directness": Directness.DIRECT, "role": InterestRole.PARTNER, "nature": "Partner",
        "organisations": (NamedOrganisation("Larkfield Surgery"),), "arose_on": date(2020, 4, 1),
    }  # fmt: skip
    return InterestDetails(**{**stated, **changes})  # type: ignore[arg-type]


def refusal(details: InterestDetails) -> RuleBroken:
    with pytest.raises(RuleBroken) as broken:
        rules.check_interest(details, today=TODAY)
    return broken.value


def test_a_complete_interest_can_be_declared():
    rules.check_interest(an_interest(), today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"directness": Directness.INDIRECT}, "via", "Select how the person who holds the interest is related to you"),
        ({"organisations": ()}, "organisation", "Enter the organisation"),
        ({"organisations": (NamedOrganisation(" "),)}, "organisation", "Enter the organisation"),
        ({"has_no_organisation": True}, "organisation", "Either enter an organisation or say that there is none"),
        ({"organisations": (), "has_no_organisation": True, "nature": " "}, "nature", "Enter what the interest is"),
        ({"nature": "  "}, "nature", "Enter what the interest is"),
        ({"arose_on": None}, "arose_on", "Enter the date the interest started"),
        (
            {"arose_on": TODAY + timedelta(days=1)},
            "arose_on",
            "The date the interest started must be in the past, unless you are still pursuing it",
        ),
        (
            {"ended_on": date(2020, 3, 31)},
            "ended_on",
            "The date the interest ended must be the same as or after the date it started, 1 April 2020",
        ),
        (
            {"ended_on": TODAY + timedelta(days=1)},
            "ended_on",
            "The date the interest ended must be today or in the past",
        ),
        ({"aware_on": TODAY + timedelta(days=1)}, "aware_on", "The date you became aware must be today or in the past"),
        (
            {"arose_on": TODAY, "aware_on": TODAY - timedelta(days=1)},
            "aware_on",
            "The date you became aware must not be before the start, 10 November 2026. Leave it empty if you knew from the start",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_incomplete_or_impossible_interest_says_what_to_put_right(changes, field, reason):
    """Rules: DECL-05, DECL-06."""
    broken = refusal(an_interest(**changes))
    assert (broken.field, broken.reason) == (field, reason)


def test_an_interest_in_no_organisation_is_declared_when_it_says_so():
    rules.check_interest(an_interest(organisations=(), has_no_organisation=True), today=TODAY)


def test_an_indirect_interest_with_its_relation_can_be_declared():
    rules.check_interest(an_interest(directness=Directness.INDIRECT, via=Via.SPOUSE), today=TODAY)


@pytest.mark.parametrize("arose_on", [None, TODAY + timedelta(days=90)], ids=["no date yet", "a date ahead"])
def test_an_interest_that_is_being_pursued_may_lie_ahead(arose_on):
    rules.check_interest(
        an_interest(arose_on=arose_on, is_pursuing=True, aware_on=TODAY - timedelta(days=9)), today=TODAY
    )


def test_an_interest_may_end_on_the_day_it_started_and_today():
    rules.check_interest(an_interest(arose_on=TODAY, ended_on=TODAY), today=TODAY)


@pytest.mark.parametrize(
    ("declared_after", "days_late"),
    [(0, 0), (28, 0), (29, 1), (400, 372)],
    ids=["same day", "last day", "a day over", "long over"],
)
def test_lateness_counts_the_days_after_the_twenty_eighth(declared_after, days_late):
    """Rule: DECL-02."""
    start = date(2026, 1, 1)
    late = rules.lateness(
        arose_on=start, aware_on=None, declared_on=start + timedelta(days=declared_after), limit_days=28
    )
    assert late.after_arising == days_late
    assert late.after_awareness == 0


def test_lateness_is_said_in_words_with_the_law_first():
    start = date(2026, 1, 1)
    late = rules.lateness(arose_on=start, aware_on=start, declared_on=start + timedelta(days=29), limit_days=28)
    assert late.sentence == "Declared 1 day later than the law allows"
    guidance = rules.lateness(arose_on=start, aware_on=None, declared_on=start + timedelta(days=30), limit_days=28)
    assert guidance.sentence == "Declared 2 days later than the guidance asks"


def test_nobody_is_late_for_the_time_before_they_were_appointed():
    appointed = date(2026, 10, 1)
    dates = {"arose_on": date(2010, 1, 1), "aware_on": date(2010, 1, 1), "limit_days": 28, "bound_on": appointed}
    assert not rules.lateness(**dates, declared_on=appointed + timedelta(days=28))
    late = rules.lateness(**dates, declared_on=appointed + timedelta(days=30))
    assert (late.after_arising, late.short) == (2, "2 days late by law")


def test_an_appointment_before_the_interest_changes_nothing_about_lateness():
    late = rules.lateness(
        arose_on=date(2026, 1, 1), aware_on=None, declared_on=date(2026, 2, 1), limit_days=28, bound_on=date(2020, 1, 1)
    )
    assert late.short == "3 days late by the guidance"


def test_a_declaration_in_time_has_no_words_about_lateness():
    late = rules.lateness(arose_on=TODAY, aware_on=TODAY, declared_on=TODAY, limit_days=28)
    assert not late
    assert late.sentence == ""


@given(start=DATES, wait=st.integers(0, 2000), limit=st.integers(0, 60))
def test_waiting_longer_never_makes_a_declaration_less_late(start, wait, limit):
    def late(days: int) -> int:
        declared_on = start + timedelta(days=days)
        return rules.lateness(arose_on=start, aware_on=None, declared_on=declared_on, limit_days=limit).after_arising

    assert late(wait) <= late(wait + 1) <= late(wait) + 1


@given(on=DATES, months=st.integers(0, 36))
def test_months_later_is_in_the_right_month_and_never_a_later_day(on, months):
    later = rules.months_after(on, months)
    assert (later.year * 12 + later.month) - (on.year * 12 + on.month) == months
    assert later.day <= on.day


def test_six_months_after_the_last_of_august_is_the_last_of_february():
    assert rules.months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)


@given(last=DATES, months=st.integers(1, 24), later=st.integers(0, 900))
def test_a_declaration_that_is_stale_stays_stale(last, months, later):
    due = rules.months_after(last, months)
    assert not rules.is_stale(last, on=due, refresh_months=months)
    assert rules.is_stale(last, on=due + timedelta(days=1 + later), refresh_months=months)


def test_somebody_who_never_declared_is_stale():
    assert rules.refresh(None, on=TODAY, refresh_months=12) == rules.Refresh(None, None, True)


def test_without_a_figure_in_the_rules_nothing_is_due():
    assert rules.refresh(date(2014, 1, 1), on=TODAY, refresh_months=None).due_on is None


def test_the_next_declaration_is_due_after_the_months_that_the_rules_ask():
    assert rules.refresh(date(2026, 1, 31), on=TODAY, refresh_months=12) == rules.Refresh(
        date(2026, 1, 31), date(2027, 1, 31), False
    )


def test_an_ended_interest_is_public_until_the_last_day_of_its_months():
    ended = date(2026, 5, 10)
    assert rules.is_on_public_tail(ended, on=TODAY, months=6)
    assert not rules.is_on_public_tail(ended, on=TODAY + timedelta(days=1), months=6)
    assert not rules.is_on_public_tail(None, on=TODAY, months=6)


def test_nothing_to_declare_is_refused_while_an_interest_stands():
    with pytest.raises(RuleBroken, match="have not ended: I/2026/0001") as broken:
        rules.check_nil(["I/2026/0001"])
    assert broken.value.options
    rules.check_nil([])


def test_only_what_stands_can_be_confirmed_and_all_of_it():
    one, other = uuid.uuid4(), uuid.uuid4()
    with pytest.raises(RuleBroken, match="no interest on the register"):
        rules.check_confirmation({}, [])
    with pytest.raises(RuleBroken, match="another interest of yours since you began: I/2026/0002"):
        rules.check_confirmation({one: "I/2026/0001", other: "I/2026/0002"}, [one])
    with pytest.raises(RuleBroken, match="has ended since you began"):
        rules.check_confirmation({one: "I/2026/0001"}, [one, other])
    rules.check_confirmation({one: "I/2026/0001"}, [one])


def test_two_versions_differ_in_the_lines_that_were_changed():
    before = wording.lines_of(an_interest())
    after = wording.lines_of(an_interest(nature="Salaried GP", directness=Directness.INDIRECT, via=Via.SPOUSE))
    assert [(each.label, each.after) for each in wording.differences(before, after)] == [
        ("Whose interest", "Husband, wife or partner (indirect)"),
        ("What it is", "Salaried GP"),
    ]


def test_the_words_of_an_interest_never_say_none():
    lines = wording.lines_of(an_interest(arose_on=None, is_pursuing=True))
    assert "None" not in " ".join(lines.values())
    assert lines["Started"] == "Being pursued"


def test_each_clock_has_a_limit_of_its_own():
    start = date(2026, 1, 1)
    late = rules.lateness(
        arose_on=start, aware_on=start, declared_on=start + timedelta(days=20), limit_days=28, arising_days=14
    )
    assert (late.after_arising, late.after_awareness) == (6, 0)
    assert late.short == "6 days late by the guidance"
