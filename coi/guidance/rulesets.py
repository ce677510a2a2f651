"""Which rules were in force for which kind of body on which day."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from coi.errors import RuleBroken
from coi.guidance import parameters as data
from coi.guidance.figures import FIGURES, said
from coi.guidance.instruments import instruments_on, titles
from coi.guidance.vocabulary import BodyType, Parameter, ParameterValue, PolicyFigure, Rulebook, RuleSet, Unit

MOST: Mapping[Unit, int] = {
    Unit.PERCENT: 100, Unit.DAYS: 366, Unit.WORKING_DAYS: 260, Unit.MONTHS: 120, Unit.YEARS: 100, Unit.PEOPLE: 100,
}  # fmt: skip
"""More than this is a slip of the keyboard, whatever the figure is."""
OWN = "Set by the body’s own policy."
FIRST_DAY = date(2013, 4, 1)
LAST_DAY_OF_CCGS = date(2022, 6, 30)
FIRST_DAY_OF_ICBS = date(2022, 7, 1)

# code, body, title, from, to, layers of parameters (a later one replaces an earlier one of the same name).
_TABLE: tuple[tuple[str, BodyType, str, date, date | None, tuple[tuple[Parameter, ...], ...]], ...] = (
    (
        "ccg-2013", BodyType.CCG, "Guidance for CCGs, March 2013", FIRST_DAY, date(2014, 12, 17),
        (data.CCG, data.CCG_2013_CHANGES),
    ),
    (
        "ccg-2014", BodyType.CCG, "Statutory guidance for CCGs, December 2014", date(2014, 12, 18), date(2016, 6, 27),
        (data.CCG, data.CCG_2014_CHANGES),
    ),
    (
        "ccg-2016", BodyType.CCG, "Statutory guidance for CCGs, June 2016", date(2016, 6, 28), date(2017, 6, 15),
        (data.CCG, data.CCG_2016_CHANGES),
    ),
    (
        "ccg-2017", BodyType.CCG, "Statutory guidance for CCGs, June 2017", date(2017, 6, 16), LAST_DAY_OF_CCGS,
        (data.CCG, data.CCG_2017_CHANGES),
    ),
    (
        "icb-2022", BodyType.ICB, "Rules for ICBs from July 2022", FIRST_DAY_OF_ICBS, date(2024, 8, 31),
        (data.ICB,),
    ),
    (
        "icb-2024", BodyType.ICB, "Rules for ICBs from September 2024", date(2024, 9, 1), None,
        (data.ICB, data.ICB_2024_CHANGES),
    ),
)  # fmt: skip

CODES = tuple(row[0] for row in _TABLE)


@lru_cache(maxsize=256)
def in_force(body_type: str, on: date) -> RuleSet:
    """Returns the rules for a type of body ("ccg", "icb") on a day, with each parameter as it stood on that day. A
    declaration, meeting or decision is judged by the rules of its own date. Raises RuleBroken where there were none."""
    for code, body, title, valid_from, valid_to, layers in _TABLE:
        if body == body_type and valid_from <= on and (valid_to is None or on <= valid_to):
            found = _as_on((data.ALWAYS, data.NOT_YET, *layers), on)
            return RuleSet(code, body, title, valid_from, valid_to, titles(instruments_on(body, on)), found)
    raise RuleBroken(_why_none(body_type, on), field="on")


def in_force_on(on: date) -> RuleSet:
    """Returns the rules of a day for whichever body commissioned then: a CCG until 30 June 2022, an ICB since. For
    histories that a board took over from its CCGs. Raises RuleBroken before 1 April 2013."""
    return in_force(BodyType.CCG if on <= LAST_DAY_OF_CCGS else BodyType.ICB, on)


def with_policy(rules: RuleSet, policy: Mapping[str, ParameterValue]) -> RuleSet:
    """Returns the rules with a body's own stricter figures. Raises RuleBroken for a figure that is laxer than the
    guidance, or that a body may not set."""
    changed = dict(rules.parameters)
    for name, value in policy.items():
        if name not in data.STRICTER_IF_LOWER | data.STRICTER_IF_HIGHER:
            raise RuleBroken("A body cannot set this figure in its own policy", field=name)
        guidance = least(rules, name)
        if not is_as_strict(name, value, guidance):
            way = "lower" if name in data.STRICTER_IF_LOWER else "higher"
            raise RuleBroken(
                f"The figure must be as strict as the guidance or stricter: {said(name, guidance)} or {way}", field=name
            )
        most = MOST.get(FIGURES[name].unit)
        if most is not None and isinstance(value, int | Decimal) and value > most:
            raise RuleBroken(f"The figure must be {said(name, most)} or lower", field=name)
        changed[name] = replace(changed[name], value=value, note=OWN)
    return replace(rules, parameters=changed)


@lru_cache(maxsize=512)
def effective(rulebook: Rulebook, on: date) -> RuleSet:
    """Returns the rules that a body goes by on a day: the guidance, with the figures of the body's own policy as they stood that day.
    Where the guidance became stricter than the policy, the guidance counts. A day before the body's own time is judged by the rules for
    whichever body commissioned then. Raises RuleBroken before 1 April 2013. Rule: DECL-01 and every figure; RULEBOOK §1."""
    rules = guidance_on(rulebook.body_type, on)
    changed = {}
    for name, figure in own_figures(rulebook.policy, on).items():
        if is_as_strict(name, figure.value, least(rules, name)) and figure.value is not None:
            changed[name] = replace(rules.parameters[name], value=figure.value, note=OWN)
    return replace(rules, parameters={**rules.parameters, **changed}) if changed else rules


def guidance_on(body_type: str, on: date) -> RuleSet:
    """Returns the guidance for a body on a day, without its policy; of its predecessors where the day is not in its own time. Raises
    RuleBroken before 1 April 2013."""
    try:
        return in_force(body_type, on)
    except RuleBroken:
        if on < FIRST_DAY:
            raise
        return in_force_on(on)


def own_figures(policy: Iterable[PolicyFigure], on: date) -> dict[str, PolicyFigure]:
    """Returns the figures of a body's policy that stood on a day. `policy` in the order in which it was recorded: of two from the same
    day, the later recorded counts. One that went back to the guidance is left out."""
    found: dict[str, PolicyFigure] = {}
    for figure in policy:
        known = found.get(figure.name)
        if figure.valid_from <= on and (known is None or known.valid_from <= figure.valid_from):
            found[figure.name] = figure
    return {name: figure for name, figure in found.items() if figure.value is not None}


def standing_since(body_type: str, name: str, on: date) -> date:
    """Returns the first day from which the guidance has had the value that it has on a day, without a break."""
    rules = guidance_on(body_type, on)
    since = max(rules.valid_from, rules[name].since or rules.valid_from)
    while since > FIRST_DAY:
        before = in_force_on(since - timedelta(days=1))
        if before[name].value != rules[name].value:
            break
        since = max(before.valid_from, before[name].since or before.valid_from)
    return since


def _as_on(layers: Iterable[tuple[Parameter, ...]], on: date) -> dict[str, Parameter]:
    """The later layer wins; inside a layer, a value that starts on a later day wins over the one before it."""
    found: dict[str, Parameter] = {}
    for layer in layers:
        for parameter in layer:
            if parameter.since is None or parameter.since <= on:
                found[parameter.name] = parameter
    return found


def is_as_strict(name: str, value: ParameterValue, guidance: ParameterValue) -> bool:
    """Whether a body's own figure is at least as strict as that of the guidance. Where the guidance sets none, any figure is."""
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return False
    if not isinstance(guidance, int | Decimal):
        return True
    return value <= guidance if name in data.STRICTER_IF_LOWER else value >= guidance


def least(rules: RuleSet, name: str) -> ParameterValue:
    """Returns the value that a body's own figure has to keep to: that of the guidance; where it sets none, that of a figure it may not go
    below; None where there is neither. Rule: a body may be stricter, never laxer; RULEBOOK §1."""
    found = rules[name].value
    return rules[data.AT_LEAST[name]].value if found is None and name in data.AT_LEAST else found


def _why_none(body_type: str, on: date) -> str:
    if on < FIRST_DAY:
        return "Enter a date on or after 1 April 2013. There are no rules for earlier dates"
    if body_type == BodyType.CCG:
        return "Clinical commissioning groups ended on 30 June 2022. Enter an earlier date, or choose an ICB"
    if body_type == BodyType.ICB:
        return "Integrated care boards started on 1 July 2022. Enter a later date, or choose a CCG"
    return f"There are no rules for bodies of the type {body_type}. Choose a CCG or an ICB"
