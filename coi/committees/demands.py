"""What a quorum rule asks for, laid out: its alternatives, each a list of places to fill and numbers to reach."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations, product

from coi.committees import quorum_words
from coi.committees.expression import (
    VOTING_MEMBERS,
    AllOf,
    AnyOf,
    AtLeast,
    AtLeastFraction,
    KOf,
    MajorityOf,
    OfficeHeld,
    PerOrganisation,
    Rule,
    Selector,
    WhenItem,
)
from coi.committees.vocabulary import ItemPredicateFacts, Office, Seat


@dataclass(frozen=True)
class Choice:
    """A selector, read inside one organisation where the rule is for that organisation alone."""

    selector: Selector
    organisation: str | None = None

    def chooses(self, seat: Seat) -> bool:
        return self.selector.chooses(seat) and self.organisation in (None, seat.organisation)

    def met_by(self, seats: Iterable[Seat]) -> "Choice":
        """Returns the choice with those of its offices and posts alone that are held in one of these seats."""
        chosen, asked = [seat for seat in seats if self.chooses(seat)], self.selector
        offices = (one for one in asked.offices if any(one in seat.offices for seat in chosen))
        roles = (one for one in asked.roles if any(map(Selector(roles=frozenset({one})).chooses, chosen)))
        return replace(self, selector=replace(asked, offices=frozenset(offices), roles=frozenset(roles)))

    def words(self, number: int) -> str:
        """Returns number and people: "2 lay members from Northfield CCG"."""
        said = quorum_words.counted_as(self.selector, number)
        return said if self.organisation is None else f"{said} from {self.organisation}"


@dataclass(frozen=True)
class Place:
    """A place that one person fills, whoever fits one of the choices."""

    choices: tuple[Choice, ...]

    def accepts(self, seat: Seat) -> bool:
        return any(choice.chooses(seat) for choice in self.choices)

    def filled_by(self, seats: Iterable[Seat]) -> "Place":
        """Returns the place as whoever sits in `seats` fills it: of "the chair or the vice chair" only what they are, so that nobody
        reads that they preside."""
        own = tuple(seats)
        meets = tuple(each.met_by(own) for each in self.choices if any(map(each.chooses, own)))
        return Place(meets) if meets else self

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """The offices that it asks for, the chair first."""
        asked = {office for choice in self.choices for office in choice.selector.offices}
        return tuple(office for office in Office if office in asked)

    def turn_of(self, seats: Iterable[Seat]) -> int:
        """How soon whoever sits in `seats` is asked to fill it: the chair before the vice chair, so that nobody reads that the vice chair
        was needed while the chair was there; and for a place without an office, whoever holds none first."""
        held = {office for seat in seats for office in seat.offices}
        if not self.offices:
            return int(bool(held))
        return next((turn for turn, office in enumerate(self.offices) if office in held), len(self.offices))

    def words(self, number: int = 1) -> str:
        return quorum_words.either([choice.words(number) for choice in self.choices])


@dataclass(frozen=True)
class Places:
    """One condition: places that are filled by different people."""

    places: tuple[Place, ...]


@dataclass(frozen=True)
class Number:
    """A number to reach. Whoever counts adds to it, whatever place they fill as well."""

    needed: int
    choice: Choice


@dataclass(frozen=True)
class Most:
    """More than half of the voting members who count."""

    choice: Choice

    @property
    def among(self) -> Choice:
        return Choice(VOTING_MEMBERS, self.choice.organisation)


Demand = Places | Number | Most
Way = tuple[Demand, ...]
BaseOf = Callable[[AtLeastFraction, str | None], int]


def ways_of(rule: Rule, item: ItemPredicateFacts, base_of: BaseOf, organisation: str | None = None) -> list[Way]:
    """Returns the alternatives of a rule for an item, in the order of the rule. `base_of` says of how many seats a
    fraction is."""
    match rule:
        case AllOf(rules):
            inner = [ways_of(one, item, base_of, organisation) for one in rules]
            return [tuple(chain.from_iterable(way)) for way in product(*inner)]
        case AnyOf(rules):
            return _either([way for one in rules for way in ways_of(one, item, base_of, organisation)])
        case AtLeast(number, selector):
            choice = Choice(selector, organisation)
            return [(Number(number, choice) if selector.is_headcount else Places((Place((choice,)),) * number),)]
        case AtLeastFraction(fraction, selector, _):
            needed = -(-fraction.numerator * base_of(rule, organisation) // fraction.denominator)
            return [(Number(max(1, needed), Choice(selector, organisation)),)]
        case KOf(number, selectors):
            places = [Place((Choice(selector, organisation),)) for selector in selectors]
            return [(Places(chosen),) for chosen in combinations(places, number)]
        case OfficeHeld(offices):
            return [(Places((Place((Choice(Selector(offices=offices), organisation),)),)),)]
        case MajorityOf(selector):
            return [(Most(Choice(selector, organisation)),)]
        case PerOrganisation(name, inner_rule):
            return ways_of(inner_rule, item, base_of, name)
        case WhenItem(predicate, inner_rule):
            return ways_of(inner_rule, item, base_of, organisation) if predicate.fits(item) else [()]


def _either(ways: list[Way]) -> list[Way]:
    """Where each alternative is one place, they are one place with more choices: that is easier to fill, and to say."""
    places = [place for way in ways for place in _only_place(way)]
    if len(ways) > 1 and len(places) == len(ways):
        return [(Places((Place(tuple(chain.from_iterable(place.choices for place in places))),)),)]
    return ways


def _only_place(way: Way) -> tuple[Place, ...]:
    match way:
        case (Places((place,)),):
            return (place,)
    return ()
