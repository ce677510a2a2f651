"""Which functions a committee may decide on under which model."""

from datetime import date

import pytest

from coi.errors import NotFound
from coi.guidance.function_vocabulary import Say
from coi.guidance.functions import FUNCTIONS, function_of, may_decide, may_decide_here
from coi.guidance.vocabulary import CommissioningModel

INVOLVED, JOINT, DELEGATED = (
    CommissioningModel.GREATER_INVOLVEMENT,
    CommissioningModel.JOINT,
    CommissioningModel.DELEGATED,
)


@pytest.mark.parametrize(
    ("function", "model", "say"),
    [
        ("contracts", INVOLVED, Say.ADVISES),
        ("contracts", JOINT, Say.DECIDES_JOINTLY),
        ("contracts", DELEGATED, Say.DECIDES),
        ("incentive_schemes", INVOLVED, Say.NO_PART),
        ("mergers", JOINT, Say.DECIDES_JOINTLY),
        ("premises_costs", DELEGATED, Say.DECIDES),
        ("performers_list", DELEGATED, Say.NO_PART),
        ("complaints", JOINT, Say.NO_PART),
    ],
)
def test_the_model_says_who_decides(function: str, model: CommissioningModel, say: Say) -> None:
    """Rule: PCCC-05."""
    verdict = may_decide(function, model)
    assert verdict.say is say
    assert verdict.allowed is (say in (Say.DECIDES, Say.DECIDES_JOINTLY))
    assert function_of(function).title in verdict.reason


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_nhs_england_keeps_is_never_decided_and_more_delegation_never_means_less_say(function: str) -> None:
    said = [bool(may_decide(function, model, date(2024, 1, 1))) for model in (INVOLVED, JOINT, DELEGATED)]
    assert said == sorted(said)
    assert said[0] is False
    assert said[2] is not FUNCTIONS[function].reserved


@pytest.mark.parametrize(("on", "allowed"), [(None, False), (date(2023, 3, 31), False), (date(2023, 4, 1), True)])
def test_pharmacy_dental_and_eye_care_are_delegated_from_april_2023(on: date | None, allowed: bool) -> None:
    assert may_decide("pharmacy_dental_eye", DELEGATED, on).allowed is allowed


def test_a_function_outside_the_list_is_refused() -> None:
    with pytest.raises(NotFound):
        may_decide("parking", DELEGATED)


def test_the_terms_of_a_committee_narrow_what_its_model_lets_it_decide_and_never_widen_it() -> None:
    """Rule: PCCC-05."""
    assert may_decide_here("mergers", DELEGATED, {"mergers", "contracts"})
    assert may_decide_here("mergers", DELEGATED, ()), "terms that list nothing narrow nothing"
    narrowed = may_decide_here("mergers", DELEGATED, {"contracts"})
    assert not narrowed and "terms of reference do not list this function" in narrowed.reason
    assert not may_decide_here("capital_expenditure", DELEGATED, {"capital_expenditure"})
