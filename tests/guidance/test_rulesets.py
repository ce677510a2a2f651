"""Which rules were in force for whom on which day, and how far a body may depart from them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.guidance.catalogue import CATALOGUE
from coi.guidance.parameters import STRICTER_IF_HIGHER, STRICTER_IF_LOWER
from coi.guidance.rulesets import CODES, FIRST_DAY, in_force, in_force_on, with_policy
from coi.guidance.vocabulary import BodyType, Force, ParameterValue

A_DAY_OF_EACH = {
    "ccg-2013": date(2013, 4, 1),
    "ccg-2014": date(2015, 4, 1),
    "ccg-2016": date(2016, 12, 1),
    "ccg-2017": date(2019, 1, 1),
    "icb-2022": date(2023, 1, 1),
    "icb-2024": date(2026, 4, 1),
}


@pytest.mark.parametrize(
    ("body", "on", "code"),
    [
        ("ccg", date(2013, 4, 1), "ccg-2013"),
        ("ccg", date(2014, 12, 17), "ccg-2013"),
        ("ccg", date(2014, 12, 18), "ccg-2014"),
        ("ccg", date(2016, 6, 27), "ccg-2014"),
        ("ccg", date(2016, 6, 28), "ccg-2016"),
        ("ccg", date(2017, 6, 15), "ccg-2016"),
        ("ccg", date(2017, 6, 16), "ccg-2017"),
        ("ccg", date(2022, 6, 30), "ccg-2017"),
        ("icb", date(2022, 7, 1), "icb-2022"),
        ("icb", date(2024, 8, 31), "icb-2022"),
        ("icb", date(2024, 9, 1), "icb-2024"),
        ("icb", date(2040, 1, 1), "icb-2024"),
    ],
)
def test_each_day_has_its_own_rules(body: str, on: date, code: str) -> None:
    assert in_force(body, on).code == code


@pytest.mark.parametrize(
    ("body", "on", "told"),
    [
        ("ccg", date(2013, 3, 31), "Enter a date on or after 1 April 2013"),
        ("icb", date(2012, 1, 1), "Enter a date on or after 1 April 2013"),
        ("ccg", date(2022, 7, 1), "Clinical commissioning groups ended on 30 June 2022"),
        ("icb", date(2022, 6, 30), "Integrated care boards started on 1 July 2022"),
        ("council", date(2020, 1, 1), "There are no rules for bodies of the type council"),
    ],
)
def test_a_day_without_rules_is_refused_in_words(body: str, on: date, told: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        in_force(body, on)
    assert refused.value.reason.startswith(told)


@given(st.dates(min_value=FIRST_DAY, max_value=date(2060, 1, 1)))
def test_every_day_since_april_2013_has_exactly_one_set_of_rules(on: date) -> None:
    rules = in_force_on(on)
    assert rules.valid_from <= on
    assert rules.valid_to is None or on <= rules.valid_to
    assert set(rules.parameters) == set(in_force("ccg", FIRST_DAY).parameters) | {
        name for name in rules.parameters if name in ("lay_title", "vice_chair_title")
    }


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("declare_days", [28, 28, 28, 28, 28, 28]),
        ("refresh_months", [12, 12, 6, 12, 12, 12]),
        ("nil_return_required", [False, False, True, True, True, True]),
        ("public_after_expiry_months", [None, None, 6, 6, 6, 6]),
        ("private_retention_years", [None, None, 6, 6, 6, 6]),
        ("shareholding_over_percent", [5, 5, 0, 0, 0, 0]),
        ("lay_members_minimum", [2, 2, 3, 3, None, None]),
        ("governing_body_minimum", [6, 6, 6, 6, None, None]),
        ("gift_declare_over", [None, None, None, Decimal(50), Decimal(50), Decimal(50)]),
        ("gift_modest_limit", [None, None, Decimal(10), None, None, None]),
        ("hospitality_declare_from", [None, None, None, Decimal(25), Decimal(25), Decimal(25)]),
        ("hospitality_refuse_over", [None, None, Decimal(25), Decimal(75), Decimal(75), Decimal(75)]),
        ("publish_scope", ["everyone"] * 3 + ["decision_making_staff"] * 3),
        ("member_practices", [True, True, True, True, False, False]),
        ("procurement_regime", ["ppccr_2013"] * 5 + ["psr_2023"]),
        ("training_pass_percent", [None, None, None, 80, None, None]),
    ],
)
def test_the_figures_of_each_set(name: str, values: list[ParameterValue]) -> None:
    assert [in_force_on(on)[name].value for on in A_DAY_OF_EACH.values()] == values


@pytest.mark.parametrize(
    ("name", "last_day", "before", "after"),
    [
        ("gift_declare_over", date(2017, 5, 31), None, Decimal(50)),
        ("hospitality_refuse_over", date(2017, 5, 31), Decimal(25), Decimal(75)),
        ("refresh_months", date(2017, 6, 15), 6, 12),
        ("procurement_regime", date(2023, 12, 31), "ppccr_2013", "psr_2023"),
        ("standstill_working_days", date(2023, 12, 31), None, 8),
        ("procurement_regime_other", date(2025, 2, 23), "pcr_2015", "procurement_act_2023"),
    ],
)
def test_a_figure_changes_on_its_own_day(
    name: str, last_day: date, before: ParameterValue, after: ParameterValue
) -> None:
    assert in_force_on(last_day)[name].value == before
    assert in_force_on(last_day + timedelta(days=1))[name].value == after


@pytest.mark.parametrize("code", CODES)
def test_every_figure_has_a_rule_a_force_and_a_source(code: str) -> None:
    rules = in_force_on(A_DAY_OF_EACH[code])
    assert rules.code == code
    for name, parameter in rules.parameters.items():
        assert parameter.name == name
        assert parameter.rule_id in CATALOGUE, name
        assert parameter.force in Force
        assert parameter.source


def test_the_figures_that_most_rules_ask_for_have_names_of_their_own() -> None:
    rules = in_force(BodyType.ICB, date(2026, 4, 1))
    assert (rules.declare_days, rules.refresh_months, rules.nil_return_required) == (28, 12, True)
    assert (rules.public_after_expiry_months, rules.private_retention_years) == (6, 6)
    assert rules.amount("gift_promotional_limit") == Decimal(6)
    assert rules.text("lay_title") == "non-executive member"
    assert rules.flag("member_practices") is False


def test_a_figure_is_never_read_as_another_kind() -> None:
    rules = in_force_on(date(2026, 4, 1))
    with pytest.raises(TypeError):
        rules.number("nil_return_required")
    with pytest.raises(TypeError):
        rules.amount("declare_days")
    with pytest.raises(TypeError):
        rules.flag("declare_days")
    with pytest.raises(TypeError):
        rules.text("declare_days")
    with pytest.raises(KeyError):
        rules.number("nothing")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("refresh_months", 3, True),
        ("refresh_months", 12, True),
        ("refresh_months", 13, False),
        ("declare_days", 14, True),
        ("declare_days", 29, False),
        ("public_after_expiry_months", 12, True),
        ("public_after_expiry_months", 5, False),
        ("private_retention_years", 5, False),
        ("private_retention_years", True, False),
        ("nil_return_required", False, False),
        ("lay_title", "friend", False),
        ("nothing", 1, False),
    ],
)
def test_a_body_may_only_be_stricter(name: str, value: ParameterValue, allowed: bool) -> None:
    rules = in_force_on(date(2026, 4, 1))
    if allowed:
        assert with_policy(rules, {name: value})[name].value == value
        assert with_policy(rules, {name: value})[name].rule_id == rules[name].rule_id
    else:
        with pytest.raises(RuleBroken):
            with_policy(rules, {name: value})


def test_a_body_may_set_a_figure_where_the_guidance_sets_none() -> None:
    assert with_policy(in_force_on(date(2014, 1, 1)), {"public_after_expiry_months": 6}).public_after_expiry_months == 6


def test_the_figures_that_a_body_may_set_exist_and_have_one_direction() -> None:
    assert not STRICTER_IF_LOWER & STRICTER_IF_HIGHER
    assert in_force_on(FIRST_DAY).parameters.keys() >= STRICTER_IF_LOWER | STRICTER_IF_HIGHER
