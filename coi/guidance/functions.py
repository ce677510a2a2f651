"""The functions of the delegation agreement: which are delegated, which NHS England keeps, and who may decide under
which model."""

from collections.abc import Collection
from datetime import date

from coi.errors import NotFound
from coi.guidance.function_vocabulary import AffectedClass, CommissioningFunction, Say, ScopeVerdict
from coi.guidance.vocabulary import CommissioningModel

_C = AffectedClass


def _delegated(
    code: str,
    title: str,
    affects: AffectedClass,
    *,
    model_1: Say = Say.ADVISES,
    joint: Say = Say.DECIDES_JOINTLY,
    since: date | None = None,
) -> CommissioningFunction:
    return CommissioningFunction(code, title, False, model_1, joint, Say.DECIDES, affects, since)


def _reserved(code: str, title: str, affects: AffectedClass) -> CommissioningFunction:
    return CommissioningFunction(code, title, True, Say.NO_PART, Say.NO_PART, Say.NO_PART, affects)


FUNCTIONS: dict[str, CommissioningFunction] = {
    function.code: function
    for function in (
        _delegated("contracts", "GP contracts: design, award, monitoring, notices and ending", _C.ONE_PRACTICE),
        _delegated("enhanced_services", "Enhanced services", _C.ALL_PRACTICES),
        _delegated("incentive_schemes", "Local incentive schemes", _C.ALL_PRACTICES, model_1=Say.NO_PART),
        _delegated("practice_establishment", "New practices and branches", _C.SET_OF_PRACTICES),
        _delegated("practice_closure", "Closing practices and branches", _C.SET_OF_PRACTICES),
        _delegated("mergers", "Practice mergers", _C.SET_OF_PRACTICES),
        _delegated("discretionary_payments", "Discretionary payments", _C.ONE_PRACTICE),
        _delegated("out_of_area_urgent_care", "Urgent care for patients from out of area", _C.ALL_PRACTICES),
        _delegated("planning", "Planning and needs assessment", _C.ALL_PRACTICES),
        _delegated("reviews", "Reviews of general practice", _C.ALL_PRACTICES),
        _delegated("poor_performance", "Practices that perform poorly", _C.ONE_PRACTICE),
        _delegated(
            "delegated_funds", "Delegated funds: the general practice budget", _C.ALL_PRACTICES, model_1=Say.NO_PART
        ),
        _delegated("premises_costs", "Premises costs: rent and improvement", _C.PREMISES_OWNER),
        _delegated("common_approach", "A common approach with other commissioners", _C.ALL_PRACTICES),
        _delegated("ancillary", "Activities that go with these functions", _C.NONE),
        _delegated(
            "pharmacy_dental_eye", "Pharmacy, dental and eye care", _C.NONE, joint=Say.ADVISES, since=date(2023, 4, 1)
        ),
        _reserved("performers_list", "The national performers list", _C.PERFORMER),
        _reserved("revalidation_appraisal", "Revalidation and appraisal", _C.PERFORMER),
        _reserved("suspended_performers", "Payments where a performer is suspended", _C.PERFORMER),
        _reserved("capital_expenditure", "Capital expenditure", _C.PREMISES_OWNER),
        _reserved("public_health_7a", "Public health functions under section 7A", _C.ALL_PRACTICES),
        _reserved("complaints", "Management of complaints", _C.ONE_PRACTICE),
        _reserved("access_fund", "Decisions on the GP Access Fund", _C.SET_OF_PRACTICES),
        _reserved("payments_administration", "Payments administration and list management", _C.ALL_PRACTICES),
        _reserved("reserved_ancillary", "Activities that go with the reserved functions", _C.NONE),
    )
}

_WHY = {
    Say.DECIDES: "The committee decides on this: {title}.",
    Say.DECIDES_JOINTLY: "The committee decides on this jointly with NHS England: {title}.",
    Say.ADVISES: "The committee may discuss this and advise. NHS England decides: {title}.",
    Say.NO_PART: "NHS England decides on this. The committee cannot: {title}.",
}


def function_of(code: str) -> CommissioningFunction:
    """Returns a function by its code. Raises NotFound."""
    try:
        return FUNCTIONS[code]
    except KeyError:
        raise NotFound("Choose a function from the list") from None


def may_decide(function_code: str, model: CommissioningModel, on: date | None = None) -> ScopeVerdict:
    """Whether a committee may decide under a function and a co-commissioning model, on a day where that matters. A
    committee's own terms may narrow this, never widen it. Raises NotFound for a code outside the list. Rule: PCCC-05;
    RULEBOOK §13."""
    function = function_of(function_code)
    say = {
        CommissioningModel.GREATER_INVOLVEMENT: function.greater_involvement,
        CommissioningModel.JOINT: function.joint,
        CommissioningModel.DELEGATED: function.delegated,
    }[model]
    if function.delegated_from is not None and say is Say.DECIDES and (on is None or on < function.delegated_from):
        say = Say.ADVISES
    return ScopeVerdict(say in (Say.DECIDES, Say.DECIDES_JOINTLY), say, _WHY[say].format(title=function.title))


def may_decide_here(
    function_code: str, model: CommissioningModel, within: Collection[str], on: date | None = None
) -> ScopeVerdict:
    """Whether one committee may decide under a function: its model allows it, and its own terms of reference, where they list functions
    (`within`, their codes), list this one. Raises NotFound for a code outside the list. Rule: PCCC-05; RULEBOOK §13."""
    verdict = may_decide(function_code, model, on)
    if not verdict or not within or function_code in within:
        return verdict
    title = FUNCTIONS[function_code].title
    return ScopeVerdict(False, Say.NO_PART, f"The committee’s terms of reference do not list this function: {title}.")
