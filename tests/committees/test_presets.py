"""The quorum rules that a secretary can choose in plain words."""

import pytest

from coi.committees.presets import PRESETS, ParameterKind, build
from coi.committees.quorum import parse, quorum_of, to_data, words_of
from coi.errors import RuleBroken
from tests.committees.seating import seat

ORGANISATIONS = {"organisations": "Northfield CCG\nNHS England\n\nNorthfield CCG\n"}
FIVE = [
    seat("Ann", "lay", office="chair"),
    seat("Cy", "executive", "Chief Finance Officer"),
    seat("Ed", "gp"),
    seat("Flo", "nurse"),
    seat("Hal", "lay"),
]


def _given(code: str) -> dict[str, object]:
    return dict(ORGANISATIONS) if code == "each_organisation" else {}


@pytest.mark.parametrize("code", PRESETS)
def test_every_preset_makes_a_rule_that_can_be_stored_and_said(code: str) -> None:
    rule, _ = build(code, _given(code))
    assert parse(to_data(rule)) == rule
    assert words_of(rule).endswith(".")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("number", "At least 4 voting members."),
        (
            "lay_and_post",
            "At least 3 members, including at least 1 lay member; and the Chief Finance Officer or the Chief Officer.",
        ),
        (
            "chair_lay_executive",
            (
                "At least 4 voting members, including the chair or the vice chair; at least 1 lay or non-executive member; "
                "and at least 1 executive."
            ),
        ),
    ],
)
def test_a_preset_says_the_same_in_the_choice_and_on_the_agenda(code: str, words: str) -> None:
    assert words_of(build(code)[0]) == words


def test_figures_come_as_the_form_sends_them() -> None:
    rule, settings = build("chair_lay_executive", {"members": "5", "lay": "2", "executive": "0"})
    assert words_of(rule).startswith(
        "At least 5 voting members, including the chair or the vice chair; and at least 2 lay"
    )
    assert quorum_of(rule, settings, FIVE, established=5)
    assert not quorum_of(rule, settings, FIVE[:4], established=5)


def test_organisations_are_read_one_a_line_and_once() -> None:
    rule, _ = build("each_organisation", {**ORGANISATIONS, "members": 3})
    assert words_of(rule).count("at least 3 voting members") == 2


@pytest.mark.parametrize(
    ("code", "given", "field"),
    [
        ("nothing", {}, "preset"),
        ("number", {"members": "0"}, "members"),
        ("number", {"members": "four"}, "members"),
        ("number", {"members": "51"}, "members"),
        ("number", {"members": None}, "members"),
        ("share", {"share": "5/4"}, "share"),
        ("share", {"share": "some"}, "share"),
        ("chair_and_post", {"posts": " \n "}, "posts"),
        ("each_organisation", {"organisations": "Northfield CCG"}, "organisations"),
    ],
)
def test_a_wrong_figure_is_named_by_its_field(code: str, given: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        build(code, given)
    assert refused.value.field == field


def test_every_parameter_has_a_label_and_a_default_of_its_kind() -> None:
    for preset in PRESETS.values():
        for one in preset.parameters:
            assert one.label
            assert isinstance(one.default, {"number": int, "words": tuple, "share": str}[ParameterKind(one.kind)])
