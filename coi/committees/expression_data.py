"""The quorum rule and its settings as data (nested dictionaries and lists, as stored in terms of reference): reading
with the path of what is wrong, and writing."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from coi.committees.expression import (
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastFraction,
    ItemPredicate,
    KOf,
    MajorityOf,
    OfficeHeld,
    PerOrganisation,
    Rule,
    Selector,
    WhenItem,
    parts_of,
    ways_to_meet,
)
from coi.committees.vocabulary import (
    ConflictedCount,
    ConflictRelaxation,
    MemberClass,
    Office,
    QuorumSettings,
    VacancyBase,
)
from coi.errors import BadInput

MAX_NUMBER = 200  # members that a rule may ask for at once
MAX_WAYS = 1_000  # alternatives that a rule may have
MAX_DEPTH = 12  # rules inside rules

_SELECTOR_KEYS = {
    "class": "classes",
    "role": "roles",
    "org": "organisations",
    "attr": "attributes",
    "person": "persons",
    "office": "offices",
}
_PREDICATE_KEYS = {"function": "functions", "purpose": "purposes", "part": "parts", "attribute": "attributes"}
_WORDS: dict[str, type[StrEnum]] = {"class": MemberClass, "office": Office}
_W = TypeVar("_W", bound=StrEnum)


def parse(data: object) -> Rule:
    """Returns the rule that `data` states. Raises BadInput with the path of the part that is wrong, such as
    `all[1].at_least`."""
    rule = _rule(data, "rule", 0)
    if ways_to_meet(rule) > MAX_WAYS:
        raise BadInput(f"rule: This rule can be met in too many ways. Use fewer alternatives (at most {MAX_WAYS})")
    return rule


def to_data(rule: Rule) -> dict[str, Any]:
    """Returns a rule as data: `parse` reads it back as the same rule."""
    match rule:
        case AllOf(rules):
            return {"all": [to_data(inner) for inner in rules]}
        case AnyOf(rules):
            return {"any": [to_data(inner) for inner in rules]}
        case AtLeast(number, selector):
            return {"at_least": number, "of": _selector_data(selector)}
        case AtLeastFraction(fraction, selector, base):
            data = {"at_least_fraction": str(fraction), "of": _selector_data(selector)}
            return data if base is None else {**data, "base": base.value}
        case KOf(number, selectors):
            return {"k_of": number, "among": [_selector_data(selector) for selector in selectors]}
        case OfficeHeld(offices):
            return {"office": sorted(offices)}
        case MajorityOf(selector):
            return {"majority": _selector_data(selector)}
        case PerOrganisation(organisation, inner):
            return {"per_org": organisation, "rule": to_data(inner)}
        case WhenItem(predicate, inner):
            return {"when": _predicate_data(predicate), "rule": to_data(inner)}


def parse_settings(data: object) -> QuorumSettings:
    """Returns the settings that `data` states; what is left out has its default. Raises BadInput with the path."""
    given = _mapping(data, "settings")
    words: dict[str, type[StrEnum]] = {
        "conflicted_counts": ConflictedCount,
        "conflict_relaxation": ConflictRelaxation,
        "vacancy_base": VacancyBase,
    }
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in words:
            found[name] = _word(words[name], value, f"settings.{name}")
        elif name in ("count_deputies", "count_virtual", "distinct_persons"):
            found[name] = _yes_or_no(value, f"settings.{name}")
        else:
            raise BadInput(f"settings: There is no setting {name}")
    return QuorumSettings(**found)


def settings_to_data(settings: QuorumSettings) -> dict[str, Any]:
    """Returns settings as data: `parse_settings` reads them back."""
    return {
        "count_deputies": settings.count_deputies,
        "count_virtual": settings.count_virtual,
        "conflicted_counts": settings.conflicted_counts.value,
        "distinct_persons": settings.distinct_persons,
        "conflict_relaxation": settings.conflict_relaxation.value,
        "vacancy_base": settings.vacancy_base.value,
    }


def _rule(data: object, path: str, depth: int) -> Rule:
    given = _mapping(data, path)
    kinds = [name for name in _READERS if name in given]
    if len(kinds) != 1:
        raise BadInput(f"{path}: Use exactly one of {', '.join(_READERS)}")
    if depth > MAX_DEPTH:
        raise BadInput(f"{path}: Put fewer rules inside one another (at most {MAX_DEPTH})")
    reader, keys = _READERS[kinds[0]]
    for name in given:
        if name not in {kinds[0], *keys}:
            raise BadInput(f"{path}: {kinds[0]} does not go with {name}")
    return reader(given, path, depth)


def _all(given: Mapping[str, Any], path: str, depth: int) -> Rule:
    return AllOf(_rules(given["all"], f"{path}.all", depth))


def _any(given: Mapping[str, Any], path: str, depth: int) -> Rule:
    return AnyOf(_rules(given["any"], f"{path}.any", depth))


def _at_least(given: Mapping[str, Any], path: str, _depth: int) -> Rule:
    return AtLeast(_number(given["at_least"], f"{path}.at_least"), _selector(given.get("of", {}), f"{path}.of"))


def _fraction(given: Mapping[str, Any], path: str, _depth: int) -> Rule:
    selector = _selector(given.get("of", {"voting": True}), f"{path}.of")
    base = None if "base" not in given else _word(VacancyBase, given["base"], f"{path}.base")
    if base is VacancyBase.ESTABLISHED and not selector.is_headcount:
        raise BadInput(f"{path}.base: Use in_post for a fraction of some of the members")
    return AtLeastFraction(_share(given["at_least_fraction"], f"{path}.at_least_fraction"), selector, base)


def _k_of(given: Mapping[str, Any], path: str, _depth: int) -> Rule:
    number = _number(given["k_of"], f"{path}.k_of")
    among = _list(given.get("among"), f"{path}.among")
    selectors = tuple(_selector(one, f"{path}.among[{index}]") for index, one in enumerate(among))
    if number > len(selectors):
        raise BadInput(f"{path}.k_of: Enter at most the number of conditions listed, {len(selectors)}")
    return KOf(number, selectors)


def _office(given: Mapping[str, Any], path: str, _depth: int) -> Rule:
    return OfficeHeld(
        frozenset(_word(Office, one, f"{path}.office") for one in _values(given["office"], f"{path}.office"))
    )


def _majority(given: Mapping[str, Any], path: str, _depth: int) -> Rule:
    return MajorityOf(_selector(given["majority"], f"{path}.majority"))


def _per_org(given: Mapping[str, Any], path: str, depth: int) -> Rule:
    inner = _rule(given.get("rule"), f"{path}.rule", depth + 1)
    if any(isinstance(part, PerOrganisation) for part in parts_of(inner)):
        raise BadInput(f"{path}.rule: Do not put per_org inside per_org")
    return PerOrganisation(_text(given["per_org"], f"{path}.per_org"), inner)


def _when(given: Mapping[str, Any], path: str, depth: int) -> Rule:
    predicate = _parts(given["when"], f"{path}.when", _PREDICATE_KEYS)
    if not predicate:
        raise BadInput(f"{path}.when: Say for which items: function, purpose, part or attribute")
    return WhenItem(ItemPredicate(**predicate), _rule(given.get("rule"), f"{path}.rule", depth + 1))


_Reader = Callable[[Mapping[str, Any], str, int], Rule]
_READERS: dict[str, tuple[_Reader, tuple[str, ...]]] = {
    "all": (_all, ()),
    "any": (_any, ()),
    "at_least": (_at_least, ("of",)),
    "at_least_fraction": (_fraction, ("of", "base")),
    "k_of": (_k_of, ("among",)),
    "office": (_office, ()),
    "majority": (_majority, ()),
    "per_org": (_per_org, ("rule",)),
    "when": (_when, ("rule",)),
}


def _rules(data: object, path: str, depth: int) -> tuple[Rule, ...]:
    return tuple(_rule(one, f"{path}[{index}]", depth + 1) for index, one in enumerate(_list(data, path)))


def _selector(data: object, path: str) -> Selector:
    given = dict(_mapping(data, path))
    voting = None if "voting" not in given else _yes_or_no(given.pop("voting"), f"{path}.voting")
    return Selector(voting=voting, **_parts(given, path, _SELECTOR_KEYS))


def _parts(data: object, path: str, keys: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in _mapping(data, path).items():
        if name not in keys:
            raise BadInput(f"{path}: There is no {name}. Use {', '.join(keys)}")
        values = _values(value, f"{path}.{name}")
        if keys is _SELECTOR_KEYS and name in _WORDS:
            found[keys[name]] = frozenset(_word(_WORDS[name], one, f"{path}.{name}") for one in values)
        else:
            found[keys[name]] = frozenset(_text(one, f"{path}.{name}") for one in values)
    return found


def _selector_data(selector: Selector) -> dict[str, Any]:
    data = {key: sorted(getattr(selector, name)) for key, name in _SELECTOR_KEYS.items() if getattr(selector, name)}
    return data if selector.voting is None else {**data, "voting": selector.voting}


def _predicate_data(predicate: ItemPredicate) -> dict[str, Any]:
    return {key: sorted(getattr(predicate, name)) for key, name in _PREDICATE_KEYS.items() if getattr(predicate, name)}


def _mapping(data: object, path: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise BadInput(f"{path}: Use names with values")
    return data


def _list(data: object, path: str) -> list[Any]:
    if not isinstance(data, list | tuple) or not data:
        raise BadInput(f"{path}: Use a list with at least one entry")
    return list(data)


def _values(data: object, path: str) -> Iterable[object]:
    return [data] if isinstance(data, str) else _list(data, path)


def _number(value: object, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_NUMBER:
        raise BadInput(f"{path}: Enter a whole number from 1 to {MAX_NUMBER}")
    return value


def _share(value: object, path: str) -> Fraction:
    try:
        share = Fraction(value) if isinstance(value, str) else Fraction(0)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if not 0 < share <= 1:
        raise BadInput(f"{path}: Enter a fraction from 0 to 1, such as 1/2")
    return share


def _text(value: object, path: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f"{path}: Enter a word")
    return value.strip()


def _yes_or_no(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise BadInput(f"{path}: Use true or false")
    return value


def _word(kind: type[_W], value: object, path: str) -> _W:
    try:
        return kind(str(value))
    except ValueError:
        raise BadInput(f"{path}: Use one of {', '.join(kind)}") from None
