"""The regimes as dated data: which bind a body on a day."""

from datetime import date, timedelta

import pytest

from coi.guidance.instruments import INSTRUMENTS, instruments_on, others_on
from coi.guidance.vocabulary import Reach


def codes(body: str, on: date) -> set[str]:
    return {each.code for each in instruments_on(body, on)}


def test_every_regime_of_the_rulebook_is_there_once() -> None:
    found = [each.code for each in INSTRUMENTS]
    assert len(found) == len(set(found))
    assert {f"R{number}" for number in range(11)} <= set(found)
    assert {"before-2013", "lmc", "local-authority"} <= set(found)


@pytest.mark.parametrize(
    ("body", "on", "expected"),
    [
        ("ccg", date(2013, 3, 31), set()),
        ("ccg", date(2014, 1, 1), {"R0", "R1", "R2"}),
        ("ccg", date(2016, 6, 28), {"R0", "R2", "R4", "pcr-2015"}),
        ("ccg", date(2017, 6, 5), {"R0", "R2", "R4", "R5", "pcr-2015"}),
        ("ccg", date(2022, 6, 30), {"R0", "R2", "R5", "R6", "pcr-2015"}),
        ("icb", date(2022, 7, 1), {"R2", "R5", "R7", "pcr-2015"}),
        ("icb", date(2024, 1, 1), {"R5", "R7", "R8", "pcr-2015"}),
        ("icb", date(2026, 11, 22), {"R7", "R8", "R9", "R10"}),
    ],
)
def test_the_regimes_of_a_day(body: str, on: date, expected: set[str]) -> None:
    assert codes(body, on) == expected


def test_a_ccg_always_had_exactly_one_guidance_of_its_own() -> None:
    on = date(2013, 4, 1)
    while on <= date(2022, 6, 30):
        whole = [each for each in instruments_on("ccg", on) if each.reach is Reach.WHOLE]
        assert len(whole) == 1, on
        on += timedelta(days=1)


def test_other_bodies_rules_are_told_apart_and_bind_no_register_here() -> None:
    assert {each.code for each in others_on(date(2026, 11, 22))} == {"lmc", "local-authority"}
    assert {each.code for each in others_on(date(2012, 1, 1))} == {"before-2013", "lmc"}
    for each in INSTRUMENTS:
        assert (each.reach is Reach.OTHER_BODY) == (not each.bodies)
        assert each.changes
