"""A quorum rule in plain English: for the first page of an agenda, the minutes and the forms. Wording only, no
evaluation."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

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
)
from coi.committees.vocabulary import (
    ConflictedCount,
    ConflictRelaxation,
    MemberClass,
    Office,
    QuorumSettings,
    VacancyBase,
)

CLASS_WORDS: dict[MemberClass, tuple[str, str]] = {
    MemberClass.LAY: ("lay member", "lay members"),
    MemberClass.GP: ("GP", "GPs"),
    MemberClass.EXECUTIVE: ("executive", "executives"),
    MemberClass.NURSE: ("nurse", "nurses"),
    MemberClass.SECONDARY_CARE: ("secondary care doctor", "secondary care doctors"),
    MemberClass.NHS_ENGLAND: ("NHS England member", "NHS England members"),
    MemberClass.PARTNER: ("partner member", "partner members"),
    MemberClass.NON_EXECUTIVE: ("non-executive", "non-executives"),
    MemberClass.PRACTICE_MANAGER: ("practice manager", "practice managers"),
    MemberClass.COUNCILLOR: ("councillor", "councillors"),
    MemberClass.NHS_REPRESENTATIVE: ("NHS representative", "NHS representatives"),
    MemberClass.OTHER: ("member of another class", "members of another class"),
}
OFFICE_WORDS: dict[Office, str] = {
    Office.CHAIR: "the chair",
    Office.VICE_CHAIR: "the vice chair",
    Office.CONVENING_CHAIR: "the convening chair",
    Office.ACTING_CHAIR: "the acting chair",
}
DESCRIBING = "for|independent of|responsible for|with"
"""How a description begins that goes on from the class: "lay member for audit", "member independent of the Department"."""
_GOES_ON = re.compile(rf"(?:{DESCRIBING})\s", re.IGNORECASE)
_PURPOSE_WORDS = {
    "approve": "to approve", "decide": "to decide", "discuss": "to discuss", "assurance": "for assurance", "note": "to note",
    "information": "for information",
}  # fmt: skip
_FRACTION_WORDS = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(2, 3): "two thirds",
    Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three quarters",
}


@lru_cache(maxsize=64)
def words_of(rule: Rule) -> str:
    """Returns the rule as a sentence: "At least 4 voting members, including the chair or the vice chair"."""
    said = _said(rule)
    return f"{said[0].upper()}{said[1:]}."


def settings_in_words(settings: QuorumSettings) -> tuple[str, ...]:
    """Returns how the rule is read, in sentences to print under it."""
    conflicted = {
        ConflictedCount.NEVER: "A member with any interest in the item does not count.",
        ConflictedCount.NOTED_ONLY: "A member who stands down from the item does not count.",
        ConflictedCount.DISCUSSION_ONLY: "A member who stands down only from the decision counts until the decision.",
    }
    said = [
        "One person cannot meet two conditions."
        if settings.distinct_persons
        else "One person may meet two conditions.",
        "Deputies count." if settings.count_deputies else "Deputies do not count.",
        "Members who join by phone or video count." if settings.count_virtual else "Only members in the room count.",
        conflicted[settings.conflicted_counts],
    ]
    if settings.conflict_relaxation is ConflictRelaxation.REMAINING_MEMBERS:
        said.append("If conflicts alone take the quorum away, the members who remain are a quorum for the item.")
    return tuple(said)


def who(selector: Selector, number: int = 1) -> str:
    """Returns whom a selector chooses, without the number: "lay member", "voting members from Northfield CCG"."""
    noun = _noun(selector, plural=number != 1)
    voting = {None: "", True: "voting ", False: "non-voting "}[selector.voting]
    if _is_named(selector) and not voting:
        return _named(selector)
    tail = [f"from {either(sorted(selector.organisations))}"] if selector.organisations else []
    tail += [f"holding the post of {either(sorted(selector.roles))}"] if selector.roles else []
    tail += [f"holding the office of {either(_offices(selector.offices))}"] if selector.offices else []
    tail += [either(_descriptions(selector.attributes))] if selector.attributes else []
    tail += [f"named in the rule ({len(selector.persons)})"] if selector.persons else []
    return " ".join([f"{voting}{noun}", *tail])


def counted_as(selector: Selector, number: int) -> str:
    """Returns number and people together: "2 lay members", "the chair or the vice chair"."""
    if _is_named(selector) and selector.voting is None:
        return _named(selector) if number == 1 else f"{number} of these: {_named(selector)}"
    return f"{number} {who(selector, number)}"


def either(words: Sequence[str]) -> str:
    """Returns "a", "a or b", "a, b or c"."""
    return _joined(words, "or")


def together(words: Sequence[str]) -> str:
    """Returns "a", "a and b", "a, b and c"."""
    return _joined(words, "and")


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _is_named(selector: Selector) -> bool:
    """Whether it asks for posts or offices alone, which read without a noun before them."""
    others = selector.classes or selector.organisations or selector.attributes or selector.persons
    return not others and bool(selector.roles) != bool(selector.offices)


def _named(selector: Selector) -> str:
    if selector.offices:
        return either(_offices(selector.offices))
    return either([f"the {role}" for role in sorted(selector.roles)])


def _offices(offices: Iterable[Office]) -> list[str]:
    return [OFFICE_WORDS[office] for office in Office if office in offices]


def _descriptions(attributes: Iterable[str]) -> list[str]:
    """Descriptions as they follow a class: those that go on from it, and the others together after "described as"."""
    said = [attribute.replace("_", " ") for attribute in sorted(attributes)]
    others = [each for each in said if not _GOES_ON.match(each)]
    return [*(each for each in said if _GOES_ON.match(each)), *([f"described as {either(others)}"] if others else [])]


def _noun(selector: Selector, *, plural: bool) -> str:
    if not selector.classes:
        return "members" if plural else "member"
    if selector.classes == {MemberClass.LAY, MemberClass.NON_EXECUTIVE}:
        return "lay or non-executive members" if plural else "lay or non-executive member"
    return either([CLASS_WORDS[one][plural] for one in MemberClass if one in selector.classes])


def _said(rule: Rule) -> str:
    match rule:
        case AllOf(rules):
            return _all_said(rules)
        case AnyOf(rules):
            return either([f"({_said(inner)})" if isinstance(inner, AllOf) else _said(inner) for inner in rules])
        case AtLeast(number, selector):
            is_one_office = number == 1 and _is_named(selector) and selector.voting is None
            return counted_as(selector, number) if is_one_office else f"at least {counted_as(selector, number)}"
        case AtLeastFraction(fraction, selector, base):
            return f"{_fraction(fraction)} of the {who(selector, 2)}{_base(base)}"
        case KOf(number, selectors):
            listed = "; ".join(who(selector) for selector in selectors)
            return f"{number} of these {len(selectors)}, each a different person ({listed})"
        case OfficeHeld(offices):
            return either(_offices(offices)) or "an office holder"
        case MajorityOf(selector):
            return f"a majority of {who(selector, 2)} among the voting members who count"
        case PerOrganisation(organisation, inner):
            return f"from {organisation}: {_said(inner)}"
        case WhenItem(predicate, inner):
            return f"for items {_items(predicate)}: {_said(inner)}"


def _all_said(rules: tuple[Rule, ...]) -> str:
    if not rules:
        return "at least 1 member"
    first, rest = rules[0], rules[1:]
    if any(isinstance(inner, PerOrganisation | WhenItem) for inner in rules):
        return "; ".join(_said(inner) for inner in rules)
    said = [f"({_said(inner)})" if isinstance(inner, AllOf) else _said(inner) for inner in rest]
    headed = isinstance(first, AtLeast | AtLeastFraction) and first.selector.is_headcount
    if headed and said:
        return f"{_said(first)}, including {_listed(said)}"
    return _listed([_said(first), *said])


def _listed(said: list[str]) -> str:
    """With a semicolon where a condition has an "or" or a comma of its own, so that the list reads one way only."""
    if len(said) > 1 and any(" or " in one or "," in one for one in said):
        return f"{'; '.join(said[:-1])}; and {said[-1]}"
    return together(said)


def _fraction(fraction: Fraction) -> str:
    return "all" if fraction == 1 else f"at least {_FRACTION_WORDS.get(fraction, str(fraction))}"


def _base(base: VacancyBase | None) -> str:
    return {
        None: "",
        VacancyBase.ESTABLISHED: ", vacant seats included",
        VacancyBase.IN_POST: " in post",
    }[base]


def _items(predicate: ItemPredicate) -> str:
    said = [
        (predicate.functions, "about "),
        (frozenset(_PURPOSE_WORDS.get(each, f"for {each}") for each in predicate.purposes), ""),
        (predicate.parts, "in the part that is "),
        (predicate.attributes, "marked "),
    ]
    return together(
        [f"{word}{either([v.replace('_', ' ') for v in sorted(values)])}" for values, word in said if values]
    )
