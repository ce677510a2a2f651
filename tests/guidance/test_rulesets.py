"""Which rules were in force for whom on which day, and how far a body may depart from them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi.errors import RuleBroken
from coi.guidance.catalogue import CATALOGUE
from coi.guidance.parameters import STRICTER_IF_HIGHER, STRICTER_IF_LOWER
from coi.guidance.rulesets import (
    CODES,
    FIRST_DAY,
    effective,
    in_force,
    in_force_on,
    own_figures,
    standing_since,
    with_policy,
)
from coi.guidance.vocabulary import BodyType, Force, ParameterValue, PolicyFigure, Rulebook

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
        ("training_required", [False, False, True, True, True, True]),
        ("training_months", [None, None, None, 12, 12, 12]),
        ("travel_declared", [False, False, False, True, True, True]),
        ("travel_beyond_modest_refused", [False, False, True, True, True, True]),
        ("declined_offers_recorded", [False, False, True, True, True, True]),
        ("gift_cash_declined", [True] * 6),
        ("gift_cash_declared", [True] * 6),
        ("gift_cumulative_months", [None, None, None, 12, 12, 12]),
        ("interest_kinds_asked", [None, None, None, "nhs_wide", "nhs_wide", "nhs_wide"]),
        ("shareholding_collective_exempt", [False, False, False, True, True, True]),
        ("mitigation_letter_days", [7, 7, 7, 7, None, None]),
        ("publish_months", [None, None, None, 12, 12, 12]),
        ("self_certification_months", [None, None, 3, 3, None, None]),
        ("board_ordinary_members_minimum", [None] * 4 + [3, 3]),
        ("independence_bar", [False] * 4 + [True, True]),
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
        ("travel_declared", date(2017, 5, 31), False, True),
        ("training_deadline", date(2018, 1, 31), "31 January 2018", None),
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


OURS = PolicyFigure("gift_declare_over", Decimal(20), date(2025, 4, 1), "Policy 4.2")


def ours(*figures: PolicyFigure) -> Rulebook:
    return Rulebook(BodyType.ICB, figures)


def test_a_policy_counts_from_its_day_and_leaves_the_day_before_alone() -> None:
    assert effective(ours(OURS), date(2025, 3, 31)).amount("gift_declare_over") == Decimal(50)
    assert effective(ours(OURS), date(2025, 4, 1)).amount("gift_declare_over") == Decimal(20)


def test_of_two_figures_from_one_day_the_later_recorded_counts() -> None:
    corrected = PolicyFigure("gift_declare_over", Decimal(25), date(2025, 4, 1))
    assert effective(ours(OURS, corrected), date(2026, 1, 1)).amount("gift_declare_over") == Decimal(25)


def test_a_figure_recorded_afterwards_for_an_earlier_day_does_not_undo_a_later_one() -> None:
    earlier = PolicyFigure("gift_declare_over", Decimal(40), date(2024, 1, 1))
    rulebook = ours(OURS, earlier)
    assert effective(rulebook, date(2024, 6, 1)).amount("gift_declare_over") == Decimal(40)
    assert effective(rulebook, date(2025, 4, 1)).amount("gift_declare_over") == Decimal(20)


def test_a_body_can_go_back_to_the_guidance() -> None:
    back = PolicyFigure("gift_declare_over", None, date(2026, 1, 1))
    assert effective(ours(OURS, back), date(2025, 12, 31)).amount("gift_declare_over") == Decimal(20)
    assert effective(ours(OURS, back), date(2026, 1, 1)).amount("gift_declare_over") == Decimal(50)
    assert own_figures((OURS, back), date(2026, 1, 1)) == {}


def test_where_the_guidance_became_stricter_than_a_policy_the_guidance_counts() -> None:
    lenient = Rulebook(BodyType.CCG, (PolicyFigure("refresh_months", 9, date(2015, 1, 1)),))
    assert effective(lenient, date(2016, 6, 27)).refresh_months == 9
    assert effective(lenient, date(2016, 6, 28)).refresh_months == 6
    assert effective(lenient, date(2017, 6, 16)).refresh_months == 9


def test_a_board_judges_what_it_took_over_by_the_rules_of_its_predecessors() -> None:
    assert effective(ours(OURS), date(2016, 12, 1)).code == "ccg-2016"


@given(
    st.dates(min_value=FIRST_DAY, max_value=date(2060, 1, 1)),
    st.integers(0, 200),
    st.dates(date(2013, 4, 1), date(2030, 1, 1)),
)
def test_no_policy_ever_makes_a_rule_laxer(on: date, figure: int, since: date) -> None:
    body = BodyType.ICB if on >= date(2022, 7, 1) else BodyType.CCG
    for name in STRICTER_IF_LOWER | STRICTER_IF_HIGHER:
        guidance = in_force(body, on)[name].value
        value = Decimal(figure) if isinstance(guidance, Decimal) else figure
        found = effective(Rulebook(body, (PolicyFigure(name, value, since),)), on)[name].value
        if isinstance(guidance, int | Decimal) and isinstance(found, int | Decimal):
            assert found <= guidance if name in STRICTER_IF_LOWER else found >= guidance


@pytest.mark.parametrize(
    ("name", "on", "since"),
    [
        ("gift_declare_over", date(2026, 4, 1), date(2017, 6, 1)),
        ("refresh_months", date(2026, 4, 1), date(2017, 6, 16)),
        ("refresh_months", date(2017, 1, 1), date(2016, 6, 28)),
        ("declare_days", date(2026, 4, 1), FIRST_DAY),
        ("standstill_working_days", date(2026, 4, 1), date(2024, 1, 1)),
    ],
)
def test_a_page_can_say_since_when_a_figure_has_stood(name: str, on: date, since: date) -> None:
    assert standing_since(BodyType.ICB, name, on) == since
