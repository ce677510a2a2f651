"""Pure rules of procurement decisions: what the wording allows, what a row lacks, the regime of a day, the standstill."""

from collections.abc import Iterator
from datetime import date

from coi.errors import RuleBroken
from coi.guidance.vocabulary import RuleSet
from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.vocabulary import DecisionDetails, Facts, Route, ServiceKind
from coi.registers.procurement.working_days import after_working_days

PSR = "psr_2023"
BEFORE_PSR = "ppccr_2013"
STANDSTILL = frozenset({Route.DIRECT_C, Route.MOST_SUITABLE, Route.COMPETITIVE})
OF_PSR = frozenset({Route.DIRECT_A, Route.DIRECT_B, *STANDSTILL, Route.FRAMEWORK})


def check_details(details: DecisionDetails, regime: str | None, *, today: date) -> None:
    """Raises RuleBroken where a row contradicts itself. What is merely missing is said by `gaps`, and stops nothing.
    Rule: PROC-03, PROC-04; RULEBOOK §17.8."""
    if details.decided_on > today:
        raise RuleBroken("Enter a day that has passed", field="decided_on", rule="PROC-03")
    if details.starts_on and details.ends_on and details.ends_on < details.starts_on:
        raise RuleBroken("The contract must end on or after the day it starts", field="ends_on", rule="PROC-03")
    if details.outcome.is_award and details.supplier is None:
        raise RuleBroken("Enter who gets the contract", field="supplier", rule="PROC-03")
    if details.value_body is not None and details.value_total is not None and details.value_body > details.value_total:
        raise RuleBroken("This must not be more than the whole value", field="value_body", rule="PROC-03")
    if details.route in OF_PSR - {Route.COMPETITIVE, Route.FRAMEWORK} and regime != PSR:
        raise RuleBroken(
            "This process is of the Provider Selection Regime, which does not apply", field="route", rule="PROC-04"
        )


def regime_of(rules: RuleSet, kind: ServiceKind) -> str | None:
    """Returns the procurement rules of a day, by what is bought. Rule: PROC-01, PROC-04; RULEBOOK §1, §2."""
    return rules.text("procurement_regime" if kind is ServiceKind.HEALTH_CARE else "procurement_regime_other")


def standstill_ends(facts: Facts) -> date | None:
    """Returns the last day of the standstill; None where the process has none, or the notice is not out yet. No contract before the
    day after. Rule: PROC-04; SI 2023/1348."""
    days = facts.standstill_working_days
    if facts.regime != PSR or facts.details.route not in STANDSTILL or facts.details.intended_on is None or not days:
        return None
    return after_working_days(facts.details.intended_on, days)


def gaps(facts: Facts) -> tuple[str, ...]:
    """Returns, in words, what the guidance expects of a row and it lacks. It warns; the row stands.
    Rule: PROC-01 to PROC-04; RULEBOOK §16, §17.7, §17.8."""
    return tuple(_gaps(facts))


def _gaps(facts: Facts) -> Iterator[str]:
    details = facts.details
    if not details.involved:
        yield "who was involved in the decision"
    if not details.conflicts:
        yield "a summary of conflicts, even if there were none"
    elif not details.mitigations and not details.conflicts.casefold().startswith("no"):
        yield "how the conflicts were managed"
    if details.outcome.is_award and details.value_total is None:
        yield "the value of the contract"
    if facts.regime == PSR:
        if details.route not in OF_PSR:
            yield "which process of the Provider Selection Regime was followed"
        if not details.route_reasons:
            yield "the reasons for the choice of process and provider"
        if details.route in STANDSTILL and details.outcome.is_award and details.intended_on is None:
            yield "when the notice of the intention to award was published"
    ends = standstill_ends(facts)
    if ends is not None and details.starts_on is not None and details.starts_on <= ends:
        yield f"a start after the standstill, which lasts to {ends.day} {ends:%B %Y}"
    asked = questions_for(details.decided_on, details.route, is_gp_provider=details.is_gp_provider)
    missing = sum(1 for question in asked if not facts.answers.get(question.code))
    if details.is_gp_provider and missing:
        yield f"{missing} answer{'' if missing == 1 else 's'} of the procurement checklist"
