"""Quorum rules to choose from in plain words, each with a few figures to fill in. The expression behind them stays out
of sight."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from coi.committees.expression import (
    EVERYBODY,
    VOTING_MEMBERS,
    AllOf,
    AtLeast,
    AtLeastFraction,
    OfficeHeld,
    PerOrganisation,
    Rule,
    Selector,
)
from coi.committees.listed import condition_of
from coi.committees.vocabulary import MemberClass, Office, QuorumSettings
from coi.errors import RuleBroken

CHAIRS = OfficeHeld(frozenset({Office.CHAIR, Office.VICE_CHAIR}))
CLINICIANS = frozenset(kind for kind in MemberClass if kind.is_clinical)
MAX_NUMBER = 50


class ParameterKind(StrEnum):
    NUMBER = "number"  # a whole number
    WORDS = "words"  # a list of words, one a line: posts or organisations
    SHARE = "share"  # a fraction: 1/2, 2/3


@dataclass(frozen=True)
class PresetParameter:
    """A figure to fill in: its name, its label on the form, what is filled in at first, the least that it may be, and how to
    write it."""

    name: str
    label: str
    kind: ParameterKind
    default: int | str | tuple[str, ...]
    least: int = 1
    hint: str = ""


@dataclass(frozen=True)
class Preset:
    """A rule to choose. `words` says it with its figures at their defaults."""

    code: str
    words: str
    parameters: tuple[PresetParameter, ...]
    settings: QuorumSettings
    make: Callable[[Mapping[str, Any]], Rule]


def build(code: str, given: Mapping[str, object] | None = None) -> tuple[Rule, QuorumSettings]:
    """Returns the rule and the settings of a preset with the figures in `given`; those left out have their defaults.
    Numbers may come as text, lists as text with one entry a line. Raises RuleBroken with the field that is wrong."""
    preset = PRESETS.get(code)
    if preset is None:
        raise RuleBroken("Choose a quorum rule from the list", field="preset")
    values = {one.name: _value(one, (given or {}).get(one.name, one.default)) for one in preset.parameters}
    return preset.make(values), preset.settings


def _value(parameter: PresetParameter, given: object) -> object:
    if parameter.kind is ParameterKind.NUMBER:
        return _number(parameter, given)
    if parameter.kind is ParameterKind.SHARE:
        return _share(parameter, given)
    lines = given.splitlines() if isinstance(given, str) else given if isinstance(given, list | tuple) else ()
    words = tuple(dict.fromkeys(str(line).strip() for line in lines if str(line).strip()))
    if len(words) < parameter.least:
        raise RuleBroken(f"Enter {parameter.label.lower()}, one on each line", field=parameter.name)
    return words


def _number(parameter: PresetParameter, given: object) -> int:
    text = str(given).strip()
    if not (text.isascii() and text.isdigit()) or not parameter.least <= int(text) <= MAX_NUMBER:
        raise RuleBroken(f"Enter a whole number from {parameter.least} to {MAX_NUMBER}", field=parameter.name)
    return int(text)


def _share(parameter: PresetParameter, given: object) -> Fraction:
    try:
        share = Fraction(str(given).strip())
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1:
        raise RuleBroken("Enter a fraction, such as 1/2 or 2/3", field=parameter.name)
    return share


def _members_of(*classes: MemberClass) -> Selector:
    return Selector(classes=frozenset(classes))


def _posts(names: tuple[str, ...]) -> AtLeast:
    return AtLeast(1, Selector(roles=frozenset(names)))


def _with(head: Rule, *conditions: tuple[int, Rule]) -> Rule:
    """The head with those conditions that ask for at least one person."""
    wanted = [rule for number, rule in conditions if number]
    return AllOf((head, *wanted)) if wanted else head


def _classes_and_chair(v: Mapping[str, Any]) -> Rule:
    lay = AtLeast(v["lay"], _members_of(MemberClass.LAY, MemberClass.NON_EXECUTIVE))
    executive = AtLeast(v["executive"], _members_of(MemberClass.EXECUTIVE))
    return _with(AtLeast(v["members"], VOTING_MEMBERS), (1, CHAIRS), (v["lay"], lay), (v["executive"], executive))


def _lay_and_post(v: Mapping[str, Any]) -> Rule:
    lay = AtLeast(v["lay"], _members_of(MemberClass.LAY))
    return AllOf((AtLeast(v["members"], EVERYBODY), lay, _posts(v["posts"])))


def _share_of_votes(v: Mapping[str, Any]) -> Rule:
    lay = AtLeast(v["lay"], _members_of(MemberClass.LAY, MemberClass.NON_EXECUTIVE))
    clinicians = AtLeast(v["clinicians"], Selector(classes=CLINICIANS))
    return _with(AtLeastFraction(v["share"], VOTING_MEMBERS), (v["lay"], lay), (v["clinicians"], clinicians))


def _each_organisation(v: Mapping[str, Any]) -> Rule:
    each = [PerOrganisation(name, AtLeast(v["members"], VOTING_MEMBERS)) for name in v["organisations"]]
    return AllOf((*each, CHAIRS))


def _board(v: Mapping[str, Any]) -> Rule:
    outsiders = [AtLeast(1, _members_of(MemberClass.NON_EXECUTIVE)), AtLeast(1, _members_of(MemberClass.PARTNER))]
    return AllOf(
        (AtLeast(v["members"], VOTING_MEMBERS), _posts(v["executive_posts"]), _posts(v["clinical_posts"]), *outsiders)
    )


def _named_lines(v: Mapping[str, Any]) -> Rule:
    try:
        conditions = [condition_of(line) for line in v["conditions"]]
    except RuleBroken as broken:
        raise RuleBroken(broken.reason, field="conditions") from broken
    number = [AtLeast(v["members"], EVERYBODY)] if v["members"] else []
    return AllOf((*number, *sorted(conditions, key=lambda each: not isinstance(each, AtLeastFraction))))


def _members(default: int, label: str = "How many voting members") -> PresetParameter:
    return PresetParameter("members", label, ParameterKind.NUMBER, default)


def _optional(name: str, label: str, default: int) -> PresetParameter:
    return PresetParameter(name, label, ParameterKind.NUMBER, default, least=0)


def _words(name: str, label: str, *default: str, least: int = 1) -> PresetParameter:
    return PresetParameter(name, label, ParameterKind.WORDS, default, least)


_ONE_EACH = QuorumSettings()
_MAY_MEET_TWO = QuorumSettings(distinct_persons=False)
_LAY = _optional("lay", "How many lay members", 1)

PRESETS: dict[str, Preset] = {
    preset.code: preset
    for preset in (
        Preset(
            "chair_lay_executive",
            "At least 4 voting members, including the chair or vice chair, one lay member and one executive",
            (_members(4), _LAY, _optional("executive", "How many executives", 1)),
            _MAY_MEET_TWO,
            _classes_and_chair,
        ),
        Preset(
            "number",
            "At least 4 voting members, whoever they are",
            (_members(4),),
            _ONE_EACH,
            lambda v: AtLeast(v["members"], VOTING_MEMBERS),
        ),
        Preset(
            "lay_and_post",
            "At least 3 members, including one lay member and the holder of one of these posts",
            (
                _members(3, "How many members"),
                PresetParameter("lay", "How many lay members", ParameterKind.NUMBER, 1),
                _words("posts", "The posts", "Chief Officer", "Chief Finance Officer"),
            ),
            _ONE_EACH,
            _lay_and_post,
        ),
        Preset(
            "chair_and_post",
            "At least 4 members, including the chair or vice chair and the holder of one of these posts",
            (
                _members(4, "How many members"),
                _words("posts", "The posts", "Chief Finance Officer", "Chief Nursing Officer"),
            ),
            _ONE_EACH,
            lambda v: AllOf((AtLeast(v["members"], EVERYBODY), CHAIRS, _posts(v["posts"]))),
        ),
        Preset(
            "share",
            "At least half of the voting members, including one lay member and one clinician",
            (
                PresetParameter("share", "Which share of the voting members", ParameterKind.SHARE, "1/2"),
                _LAY,
                _optional("clinicians", "How many clinicians", 1),
            ),
            _ONE_EACH,
            _share_of_votes,
        ),
        Preset(
            "each_organisation",
            "At least 2 voting members from each organisation, and the chair or vice chair (joint committees)",
            (_members(2, "How many voting members from each"), _words("organisations", "The organisations", least=2)),
            _MAY_MEET_TWO,
            _each_organisation,
        ),
        Preset(
            "icb_board",
            "At least 6 voting members, including two executive posts, one non-executive and one partner member (ICBs)",
            (
                _members(6),
                _words("executive_posts", "The first posts, one of which", "Chief Executive", "Chief Finance Officer"),
                _words("clinical_posts", "The second posts, one of which", "Medical Director", "Director of Nursing"),
            ),
            _ONE_EACH,
            _board,
        ),
        Preset(
            "listed",
            "At least 3 members, and conditions of your own: so many of a class, or the holder of a post",
            (
                _optional("members", "How many members, all told (0 where a line below says which share)", 3),
                PresetParameter(
                    "conditions",
                    "Who must be among them",
                    ParameterKind.WORDS,
                    ("Chair or vice chair", "1 lay member"),
                    hint="One condition on each line, each met by a different person. For example: 2 lay members; 1 lay member for audit; "
                    "1 member independent of the Department; Chief Officer or Chief Finance Officer; 2 of: lay member, nurse, secondary "
                    "care doctor; half of the members in post; for items about complaints: chair. "
                    "Put the title of a post that has a comma in quotation marks",
                ),
            ),
            _ONE_EACH,
            _named_lines,
        ),
    )
}
