"""What figures are called and how a page says their values."""

from datetime import date
from decimal import Decimal

import pytest

from coi.guidance.figures import FIGURES, SUBJECT_WORDS, may_be_set, said
from coi.guidance.parameters import STRICTER_IF_HIGHER, STRICTER_IF_LOWER
from coi.guidance.rulesets import in_force, in_force_on
from coi.guidance.vocabulary import ParameterValue, Subject, Unit
from tests.guidance.test_rulesets import A_DAY_OF_EACH


def test_every_figure_of_every_rule_set_has_a_name_in_words() -> None:
    known = {name for on in A_DAY_OF_EACH.values() for name in in_force_on(on).parameters}
    assert known == set(FIGURES)
    assert set(SUBJECT_WORDS) == set(Subject)


def test_every_value_of_every_rule_set_can_be_said() -> None:
    for on in A_DAY_OF_EACH.values():
        for name, parameter in in_force_on(on).parameters.items():
            words = said(name, parameter.value)
            assert words and "_" not in words, name


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("declare_days", 28, "28 days"),
        ("declare_days", 1, "1 day"),
        ("gift_declare_over", Decimal(50), "£50"),
        ("gift_declare_over", Decimal("49.5"), "£49.50"),
        ("shareholding_over_percent", 0, "0%"),
        ("nil_return_required", True, "Yes"),
        ("gift_modest_limit", None, "No figure"),
        ("withdrawal_share_to_pause", "1/2", "More than half"),
    ],
)
def test_a_value_is_said_as_a_person_says_it(name: str, value: ParameterValue, words: str) -> None:
    assert said(name, value) == words


def test_only_numbers_can_be_set_by_a_body() -> None:
    settable = {name for name in FIGURES if may_be_set(name)}
    assert settable == STRICTER_IF_LOWER | STRICTER_IF_HIGHER
    assert not {name for name in settable if FIGURES[name].unit in (Unit.YES_NO, Unit.WORDS)}
    rules = in_force("icb", date(2026, 4, 1))
    assert all(isinstance(rules[name].value, Decimal | None) for name in settable if FIGURES[name].unit is Unit.POUNDS)
