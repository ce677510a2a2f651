"""Reading a quorum rule: what is wrong is named with its path."""

import json
from typing import Any

import pytest

from coi.committees.expression_data import parse, parse_settings, settings_to_data, to_data
from coi.committees.vocabulary import QuorumSettings
from coi.errors import BadInput
from tests.committees.quorum_texts import TEXTS

WRONG: list[tuple[str, Any, str]] = [
    ("nothing", None, "rule: Use names with values"),
    ("a list", [], "rule: Use names with values"),
    ("no rule", {}, "rule: Use exactly one of"),
    ("two rules", {"all": [], "any": []}, "rule: Use exactly one of"),
    ("an empty list", {"all": []}, "rule.all: Use a list with at least one entry"),
    ("nested", {"all": [{"at_least": 1}, {"any": [{"at_least": 0}]}]}, "rule.all[1].any[0].at_least: Enter a whole number"),
    ("a yes for a number", {"at_least": True}, "rule.at_least: Enter a whole number"),
    ("a stray name", {"at_least": 1, "among": []}, "rule: at_least does not go with among"),
    ("an unknown class", {"at_least": 1, "of": {"class": "layman"}}, "rule.of.class: Use one of lay, gp"),
    ("an unknown part", {"at_least": 1, "of": {"colour": "red"}}, "rule.of: There is no colour"),
    ("an empty word", {"at_least": 1, "of": {"role": " "}}, "rule.of.role: Enter a word"),
    ("voting as text", {"at_least": 1, "of": {"voting": "yes"}}, "rule.of.voting: Use true or false"),
    ("a fraction of zero", {"at_least_fraction": "0/2"}, "rule.at_least_fraction: Enter a fraction"),
    ("a fraction by zero", {"at_least_fraction": "1/0"}, "rule.at_least_fraction: Enter a fraction"),
    ("more than all", {"at_least_fraction": "3/2"}, "rule.at_least_fraction: Enter a fraction"),
    ("a fraction as a number", {"at_least_fraction": 0.5}, "rule.at_least_fraction: Enter a fraction"),
    ("established seats of a class", {"at_least_fraction": "1/2", "of": {"class": "lay"}, "base": "established"},
     "rule.base: Use in_post"),
    ("more than listed", {"k_of": 3, "among": [{"class": "lay"}]}, "rule.k_of: Enter at most"),
    ("an unknown office", {"office": "king"}, "rule.office: Use one of chair"),
    ("no items", {"when": {}, "rule": {"at_least": 1}}, "rule.when: Say for which items"),
    ("organisations inside one another", {"per_org": "A", "rule": {"per_org": "B", "rule": {"at_least": 1}}},
     "rule.rule: Do not put per_org inside per_org"),
    ("no inner rule", {"per_org": "A"}, "rule.rule: Use names with values"),
    ("too many ways", {"all": [{"k_of": 5, "among": [{"class": "lay"}] * 10}] * 3}, "rule: This rule can be met in too many ways"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "told"), [pytest.param(data, told, id=what) for what, data, told in WRONG])
def test_what_is_wrong_is_named_with_its_path(data: object, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(data)
    assert str(refused.value).startswith(told)


def test_rules_nested_too_deep_are_refused() -> None:
    data: dict[str, Any] = {"at_least": 1}
    for _ in range(50):
        data = {"all": [data]}
    with pytest.raises(BadInput, match="Put fewer rules inside one another"):
        parse(data)


@pytest.mark.parametrize("text", TEXTS)
def test_every_rule_survives_being_stored(text: str) -> None:
    rule = parse(TEXTS[text])
    assert parse(json.loads(json.dumps(to_data(rule)))) == rule


def test_settings_left_out_have_their_defaults() -> None:
    assert parse_settings({}) == QuorumSettings()
    assert parse_settings(json.loads(json.dumps(settings_to_data(QuorumSettings())))) == QuorumSettings()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"distinct_persons": "no"}, "settings.distinct_persons: Use true or false"),
        ({"vacancy_base": "none"}, "settings.vacancy_base: Use one of established, in_post"),
        ({"colour": True}, "settings: There is no setting colour"),
    ],
)
def test_a_wrong_setting_is_named(data: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        parse_settings(data)
