"""What the page of rules shows: the figures of a day, grouped by subject, beside the body's own, and where they come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coi.guidance.figures import FIGURES, SUBJECT_WORDS, may_be_set, said
from coi.guidance.instruments import instruments_on, others_on
from coi.guidance.rulesets import effective, guidance_on, own_figures, standing_since
from coi.guidance.vocabulary import Force, Instrument, Parameter, Rulebook

_FORCES = {Force.MUST: "Must", Force.SHOULD: "Should", Force.MAY: "May"}


@dataclass(frozen=True)
class Line:
    """A figure: what the guidance says, how binding it is, and the body's own. `own` is empty where the body has none."""

    name: str
    words: str
    guidance: str
    force: str
    rule_id: str
    source: str
    note: str
    since: date
    is_settable: bool
    own: str = ""
    own_since: date | None = None
    own_source: str = ""
    is_own_overtaken: bool = False  # the guidance has become stricter than the policy


@dataclass(frozen=True)
class Group:
    """The figures about one subject."""

    words: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class RulesOfDay:
    """The rules of a body on a day. `left_to_us` are figures that the guidance leaves to each body."""

    title: str
    on: date
    groups: tuple[Group, ...]
    left_to_us: tuple[Line, ...]
    instruments: tuple[Instrument, ...]
    others: tuple[Instrument, ...]


def rules_of_day(rulebook: Rulebook, on: date) -> RulesOfDay:
    """Returns what the page of rules shows for a day. Raises RuleBroken before 1 April 2013."""
    rules = guidance_on(rulebook.body_type, on)
    lines = {name: _line(rulebook, rules[name], on) for name in FIGURES if name in rules.parameters}
    groups = []
    for subject, words in SUBJECT_WORDS.items():
        shown = [lines[name] for name in lines if FIGURES[name].subject is subject and _says_something(rules[name])]
        if shown:
            groups.append(Group(words, tuple(shown)))
    left = [lines[name] for name in lines if not _says_something(rules[name]) and may_be_set(name)]
    bodies = rules.body_type
    return RulesOfDay(rules.title, on, tuple(groups), tuple(left), _in_order(instruments_on(bodies, on)), others_on(on))


def _says_something(parameter: Parameter) -> bool:
    """Whether these rules set a figure, or ask for what a switch stands for."""
    return parameter.value is not None and parameter.value is not False


def _line(rulebook: Rulebook, parameter: Parameter, on: date) -> Line:
    name = parameter.name
    own = own_figures(rulebook.policy, on).get(name)
    return Line(
        name, FIGURES[name].words, said(name, parameter.value), _FORCES[parameter.force], parameter.rule_id,
        parameter.source, parameter.note, standing_since(rulebook.body_type, name, on), may_be_set(name),
        own=said(name, own.value) if own else "", own_since=own.valid_from if own else None, own_source=own.source if own else "",
        is_own_overtaken=own is not None and effective(rulebook, on)[name].value != own.value,
    )  # fmt: skip


def _in_order(instruments: Sequence[Instrument]) -> tuple[Instrument, ...]:
    return tuple(sorted(instruments, key=lambda each: (each.force is not Force.MUST, each.valid_from or date.min)))
