"""Pure rules of procurement decisions: what the wording allows, the regime of a day, the standstill and the days of the notices. What a
row lacks stands in gaps.py."""

from datetime import date, timedelta

from coi.errors import RuleBroken
from coi.guidance.vocabulary import RuleSet
from coi.registers.procurement import cpv
from coi.registers.procurement.vocabulary import DecisionDetails, Facts, Outcome, Route, ServiceKind
from coi.registers.procurement.working_days import after_working_days

PSR = "psr_2023"
BEFORE_PSR = "ppccr_2013"
STANDSTILL = frozenset({Route.DIRECT_C, Route.MOST_SUITABLE, Route.COMPETITIVE})
OF_PSR = frozenset({Route.DIRECT_A, Route.DIRECT_B, Route.URGENT, *STANDSTILL, Route.FRAMEWORK})
_ONLY_PSR = OF_PSR - {Route.COMPETITIVE, Route.FRAMEWORK}
_ASKED = (
    ("outcome", "Select what was decided"),
    ("service_kind", "Select what is bought"),
    ("is_gp_provider", "Select yes or no"),
    ("arrangement", "Select whose procurement it is"),
)


def check_details(details: DecisionDetails, regime: str | None, *, today: date, is_draft: bool = False) -> None:
    """Raises RuleBroken where a row contradicts itself, and where one that is no draft (nor from an older register) leaves out what
    decides how it is read. What is merely missing is said by `gaps`, and stops nothing. Rule: PROC-03, PROC-04; RULEBOOK §17.8."""
    if details.decided_on > today:
        raise RuleBroken("Enter a day that has passed", field="decided_on", rule="PROC-03")
    if wrong := cpv.fault(details.cpv):
        raise RuleBroken(wrong, field="cpv", rule="PROC-04")
    for name, words in () if is_draft else _ASKED:
        if getattr(details, name) is None:
            raise RuleBroken(words, field=name, rule="PROC-03")
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise RuleBroken("The contract must end on or after the day it starts", field="ends_on", rule="PROC-03")
    if details.is_award and details.supplier is None and not is_draft:
        raise RuleBroken("Enter who gets the contract", field="supplier", rule="PROC-03")
    if details.value_body is not None and details.value_total is not None and details.value_body > details.value_total:
        raise RuleBroken("This must not be more than the whole value", field="value_body", rule="PROC-03")
    _check_process(details, regime)


def _check_process(details: DecisionDetails, regime: str | None) -> None:
    if details.route in _ONLY_PSR and details.service_kind is not None and regime != PSR:
        raise RuleBroken(
            "This process is of the Provider Selection Regime, which does not apply", field="route", rule="PROC-04"
        )
    noticed, intended = details.award_noticed_on, details.intended_on
    if noticed is not None and intended is not None and noticed < intended:
        raise RuleBroken(
            "The notice of the award must come after that of the intention", field="award_noticed_on", rule="PROC-04"
        )


def regime_of(rules: RuleSet, kind: ServiceKind | None) -> str | None:
    """Returns the procurement rules of a day, by what is bought; None where that is not said yet.
    Rule: PROC-01, PROC-04; RULEBOOK §1, §2."""
    if kind is None:
        return None
    return rules.text("procurement_regime" if kind is ServiceKind.HEALTH_CARE else "procurement_regime_other")


def standstill_ends(facts: Facts) -> date | None:
    """Returns the last day of the standstill; None where the process has none, or the notice is not out yet. The standstill begins the
    day after the notice; the working days are those after that day. No contract before the day after the last.
    Rule: PROC-04; SI 2023/1348 reg 12(2), (3)."""
    days = facts.standstill_working_days
    if facts.regime != PSR or facts.details.route not in STANDSTILL or facts.details.intended_on is None or not days:
        return None
    return after_working_days(facts.details.intended_on + timedelta(days=1), days)


def award_notice_due(facts: Facts) -> date | None:
    """Returns the last day for the notice of an award or a modification; None where none is due. Where there is a standstill, the award
    cannot be earlier than its end. Rule: PROC-04; SI 2023/1348 (the number of days is a parameter)."""
    details, days = facts.details, facts.award_notice_days
    if facts.regime != PSR or not days or not (details.is_award or details.outcome is Outcome.ABANDONED):
        return None
    if details.outcome is not Outcome.AWARDED or details.route not in STANDSTILL:
        return details.decided_on + timedelta(days=days)
    ends = standstill_ends(facts)
    return max(ends, details.decided_on) + timedelta(days=days) if ends else None
