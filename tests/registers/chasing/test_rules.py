"""Chasing as pure rules: which step a day has reached, which texts can be used."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.registers.chasing.rules import check_plan, filled, reached, read_days
from coi.registers.chasing.vocabulary import PlanDetails

DUE = date(2026, 11, 10)
numbers = st.lists(st.integers(1, 30), unique=True, max_size=5).map(lambda days: tuple(sorted(days)))


@pytest.mark.parametrize(
    ("passed", "step"), [(-15, None), (-14, -14), (-4, -14), (-3, -3), (0, -3), (1, 1), (13, 1), (14, 14), (400, 28)]
)
def test_a_day_has_reached_the_latest_step_that_is_past(passed: int, step: int | None) -> None:
    assert reached(PlanDetails(), DUE, DUE + timedelta(days=passed)) == step


@given(numbers, numbers, st.integers(-60, 400))
def test_running_every_day_sends_each_step_once_and_running_seldom_never_sends_an_old_one(
    before: tuple[int, ...], after: tuple[int, ...], start: int
) -> None:
    plan = PlanDetails(days_before=before, days_after=after)
    steps = {-days for days in before} | set(after)
    seen = [reached(plan, DUE, DUE + timedelta(days=day)) for day in range(-40, 41)]
    assert {each for each in seen if each is not None} == steps
    once = reached(plan, DUE, DUE + timedelta(days=start))
    assert once is None or once == max(step for step in steps if step <= start)


def test_the_text_that_everybody_starts_from_can_be_used() -> None:
    check_plan(PlanDetails(is_on=True))


@pytest.mark.parametrize(
    ("changes", "said", "field"),
    [
        ({"text": "Dear {name}, {owed}"}, "Put {link} where", "text"),
        ({"text": "{link} alone"}, "Put {owed} where", "text"),
        ({"text": "{owed} {link} {salary}"}, "Nothing fills {salary}", "text"),
        ({"text": "{owed} {link} {"}, "A bracket stands alone", "text"),
        ({"subject": "For {owed}"}, "Nothing fills {owed}", "subject"),
        ({"days_before": (45,)}, "between 0 and 30", "days_before"),
        ({"days_before": (), "days_after": ()}, "at least one", "days_after"),
    ],
)
def test_a_plan_that_cannot_be_used_says_what_to_do(changes: dict[str, object], said: str, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_plan(PlanDetails(**{"is_on": True, **changes}))  # type: ignore[arg-type]
    assert said in broken.value.reason
    assert broken.value.field == field


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert filled("{name}: {link}", {"name": "Dr {link}", "link": "https://x"}) == "Dr {link}: https://x"


def test_days_are_read_as_people_write_them() -> None:
    assert read_days(" 14, 3;7 ", field="days") == (3, 7, 14)
    assert read_days("", field="days") == ()
    with pytest.raises(RuleBroken, match="commas between them"):
        read_days("two weeks", field="days")
