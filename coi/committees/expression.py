"""The quorum rule as an expression: who is chosen (a selector) and what is asked of them. Frozen facts, no
evaluation."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod

from coi.committees.vocabulary import ItemPredicateFacts, MemberClass, Office, Seat, VacancyBase


@dataclass(frozen=True)
class Selector:
    """Chooses seats. Every part that is given has to fit; inside a part, any one of its values is enough. Without any
    part it chooses every member."""

    classes: frozenset[MemberClass] = frozenset()
    roles: frozenset[str] = frozenset()
    voting: bool | None = None
    organisations: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    offices: frozenset[Office] = frozenset()

    @property
    def is_headcount(self) -> bool:
        """Whether it only asks for members, or for voting ones: a number to reach, not a condition that somebody
        fills."""
        return not (self.classes or self.roles or self.organisations or self.attributes or self.persons or self.offices)

    def chooses(self, seat: Seat) -> bool:
        return (
            (not self.classes or seat.member_class in self.classes)
            and (not self.roles or not _folded(self.roles).isdisjoint(_folded(seat.roles)))
            and (self.voting is None or self.voting == seat.voting)
            and (not self.organisations or seat.organisation in self.organisations)
            and (not self.attributes or _is_described(self.attributes, seat))
            and (not self.persons or seat.person in self.persons)
            and (not self.offices or not self.offices.isdisjoint(seat.offices))
        )


def _is_described(attributes: frozenset[str], seat: Seat) -> bool:
    """Whether something is said of a seat: also by a post that ends with it, as "Lay member for audit" says "for audit"."""
    said = _folded(attributes)
    posts = [post.casefold() for post in seat.roles]
    return not said.isdisjoint(_folded(seat.attributes)) or any(
        post.endswith(f" {each}") for each in said for post in posts
    )


def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)


@dataclass(frozen=True)
class ItemPredicate:
    """Picks out items. Every part that is given has to fit; inside a part, any one of its values is enough."""

    functions: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()

    def fits(self, item: ItemPredicateFacts) -> bool:
        return (
            (not self.functions or item.function in self.functions)
            and (not self.purposes or item.purpose in self.purposes)
            and (not self.parts or item.part in self.parts)
            and (not self.attributes or not self.attributes.isdisjoint(item.attributes))
        )


@dataclass(frozen=True)
class AllOf:
    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class AnyOf:
    rules: tuple["Rule", ...]


@dataclass(frozen=True)
class AtLeast:
    number: int
    selector: Selector


@dataclass(frozen=True)
class AtLeastFraction:
    """A fraction of the chosen seats, rounded up. `base` None leaves the base to the settings."""

    fraction: Fraction
    selector: Selector
    base: VacancyBase | None = None


@dataclass(frozen=True)
class KOf:
    """Some of several conditions, each met by a different person."""

    number: int
    selectors: tuple[Selector, ...]


@dataclass(frozen=True)
class OfficeHeld:
    """The holder of one of these offices."""

    offices: frozenset[Office]


@dataclass(frozen=True)
class MajorityOf:
    """More than half of the voting members who count are chosen."""

    selector: Selector


@dataclass(frozen=True)
class PerOrganisation:
    """The rule for the members of one organisation alone."""

    organisation: str
    rule: "Rule"


@dataclass(frozen=True)
class WhenItem:
    """The rule holds for these items only."""

    predicate: ItemPredicate
    rule: "Rule"


Rule = AllOf | AnyOf | AtLeast | AtLeastFraction | KOf | OfficeHeld | MajorityOf | PerOrganisation | WhenItem

EVERYBODY = Selector()
VOTING_MEMBERS = Selector(voting=True)


def parts_of(rule: Rule) -> Iterator[Rule]:
    """Yields a rule and every rule inside it."""
    yield rule
    if isinstance(rule, AllOf | AnyOf):
        for inner in rule.rules:
            yield from parts_of(inner)
    elif isinstance(rule, PerOrganisation | WhenItem):
        yield from parts_of(rule.rule)


def attributes_in(rule: Rule) -> frozenset[str]:
    """Returns every description of members that a rule asks for."""
    found: set[str] = set()
    for part in parts_of(rule):
        if isinstance(part, KOf):
            found.update(*(each.attributes for each in part.selectors))
        elif isinstance(part, AtLeast | AtLeastFraction | MajorityOf):
            found |= part.selector.attributes
    return frozenset(found)


def for_every_item(rule: Rule) -> Rule:
    """Returns the rule as it stands for an item that meets every item condition in it: the strictest reading."""
    if isinstance(rule, AllOf):
        return AllOf(tuple(for_every_item(inner) for inner in rule.rules))
    if isinstance(rule, AnyOf):
        return AnyOf(tuple(for_every_item(inner) for inner in rule.rules))
    if isinstance(rule, PerOrganisation):
        return PerOrganisation(rule.organisation, for_every_item(rule.rule))
    return for_every_item(rule.rule) if isinstance(rule, WhenItem) else rule


def ways_to_meet(rule: Rule) -> int:
    """Returns how many alternatives a rule has, without listing them: what evaluating it can cost."""
    if isinstance(rule, AllOf):
        return prod(ways_to_meet(inner) for inner in rule.rules)
    if isinstance(rule, AnyOf):
        return sum(ways_to_meet(inner) for inner in rule.rules)
    if isinstance(rule, KOf):
        return comb(len(rule.selectors), rule.number)
    return ways_to_meet(rule.rule) if isinstance(rule, PerOrganisation | WhenItem) else 1
