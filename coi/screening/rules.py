"""Interest × item → flags with relation, level, path and suggested action. Keys only: who matches text has done so before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from coi.clock import months_after
from coi.screening.flags import Flag
from coi.screening.paths import EdgeIndex, Reach, class_reaches, reaches
from coi.screening.terms import Terms
from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    Directness,
    Edge,
    InterestFact,
    InterestType,
    ItemFact,
    Level,
    RelationKind,
    Role,
)
from coi.screening.ways import Verdict

RULES = ("MTG-02", "MTG-06", "MTG-08")
_OWN_CONTRACT = {Affected.CONTRACT_HOLDER, Affected.BIDDER, Affected.BENEFICIARY, Affected.SUBJECT}
_SOFT = {Affected.COMPETITOR, Affected.EARLIER_BIDDER, Affected.FUNDER, Affected.NEIGHBOUR, Affected.REPRESENTED}
_LOYALTY = ("friend", "associate", "acquaintance", "colleague")
_STANDINGS = {"ended": ("REG-03",), "pursued": ("DECL-09",), "gift": ("GIFT-02",)}  # the rules besides RULES
_LEVELS = tuple(Level)
_Held = tuple[
    int, InterestFact, int, date | None
]  # its number, itself, its profile, from when it counts without more ado
_Verdicts = dict[tuple[int, str], Verdict]  # by profile and standing
_TERMS = Terms()


def flags_for(
    interests: Iterable[InterestFact],
    items: Iterable[ItemFact],
    edges: Iterable[Edge] | EdgeIndex = (),
    names: Mapping[str, str] | None = None,
    terms: Terms = _TERMS,
) -> tuple[Flag, ...]:
    """Returns the flags, one per interest and item, the strongest path leading: item by item, the strongest levels first, each
    in the order of the interests. `edges` join organisations by key; `names` call those in paths that neither interests nor items
    name. Its time grows with the interests and the flags found. Rule: MTG-02, DECL-09; RULEBOOK §24. A flag is no conflict: the
    chair decides."""
    return flags_and_questions(interests, items, edges, names, terms)[0]


def flags_and_questions(
    interests: Iterable[InterestFact],
    items: Iterable[ItemFact],
    edges: Iterable[Edge] | EdgeIndex = (),
    names: Mapping[str, str] | None = None,
    terms: Terms = _TERMS,
) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """Returns the flags, as `flags_for` does, and the questions: what would be a flag, or a stronger one, if of several organisations, of
    which the interest is in one or the item names one, and nobody settled which, the one were meant that joins them. A flag that holds
    whichever is meant is none."""
    register = _Register(interests)
    index = edges if isinstance(edges, EdgeIndex) else EdgeIndex.of(edges)
    found: list[Flag] = []
    is_open = register.is_open
    for item in items:
        found.extend(_Item(item, register, index, names or {}, terms).flags())
        is_open = is_open or any(each.if_meant for each in item.affected)
    if not is_open:
        return tuple(found), ()
    return tuple(one for one in found if one.is_sure), tuple(one for one in found if one.asks)


def undeclared_flags(people: Iterable[str], items: Iterable[ItemFact]) -> tuple[Flag, ...]:
    """Returns an F0 flag per item for each person with no declaration, or a stale one. Rule: DECL-03, DECL-04; §24 F0."""
    people = tuple(people)
    verdict = Verdict(Level.UNKNOWN, RelationKind.NON_FINANCIAL, (), ("DECL-04",))
    nobody = Reach("", AffectedOrganisation("", "", Affected.SUBJECT))
    return tuple(
        Flag(InterestFact("", person, ()), item, verdict, "", nobody, str) for item in items for person in people
    )


class _Register:
    """The interests by organisation, in their order. Interests of one profile are judged alike on one kind of way."""

    def __init__(self, interests: Iterable[InterestFact]) -> None:
        self.held: dict[str, list[_Held]] = {}
        self.profiles: list[InterestFact] = []
        self.is_open = False  # whether an interest is in one of several organisations, and nobody settled in which
        numbers: dict[tuple[object, ...], int] = {}
        held = self.held
        for number, one in enumerate(interests):
            via = one.via if one.directness is Directness.INDIRECT else ""
            shape = (one.role, one.interest_type, one.directness, via)
            profile = numbers.get(shape)
            if profile is None:
                profile = numbers[shape] = len(self.profiles)
                self.profiles.append(one)
            plain = one.ended_on is None and one.received_on is None and not one.is_pursuing and not one.has_ended
            entry = (number, one, profile if plain else ~profile, one.arose_on)
            organisations = one.organisations
            if one.one_of:
                organisations = (*organisations, *(key for each in one.one_of for key in each.keys))
                self.is_open = True
            for key in organisations if len(organisations) < 2 else dict.fromkeys(organisations):
                if key in held:
                    held[key].append(entry)
                else:
                    held[key] = [entry]

    def name(self, key: str) -> str:
        """Returns what an interest calls an organisation, its key where none does."""
        for _, interest, _, _ in self.held.get(key, ()):
            named = dict(zip(interest.organisations, interest.organisation_names, strict=False))
            for each in interest.one_of:
                named |= dict(zip(each.keys, each.names, strict=False))
            if key in named:
                return named[key]
        return key


@dataclass
class _Item:
    """One item being screened."""

    item: ItemFact
    register: _Register
    index: EdgeIndex
    names: Mapping[str, str]
    terms: Terms
    known: dict[tuple[object, ...], _Verdicts] = field(default_factory=dict)

    def called(self, key: str) -> str:
        """Returns what an organisation is called: by the reference data, by the item, by an interest, or its key."""
        if key in self.names:
            return self.names[key]
        named = [affected.name for affected in self.item.affected if affected.key == key]
        return named[-1] if named else self.register.name(key)

    def flags(self) -> list[Flag]:
        """Returns the flags on the item, the strongest levels first."""
        found: dict[int, Flag] = {}
        for key, reach in self._ways():
            self._meet(key, reach, found)
        by_level: dict[Level, list[Flag]] = defaultdict(list)
        for number in sorted(found):
            flag = found[number]
            by_level[flag.level].append(flag)
        return [flag for level in _LEVELS for flag in by_level.get(level, ())]

    def _ways(self) -> Iterator[tuple[str, Reach]]:
        for key, listed in reaches(self.item, self.index, self.called).items():
            for reach in listed:
                yield key, reach
        yield from class_reaches(self.item, self.index)

    def _meet(self, key: str, reach: Reach, found: dict[int, Flag]) -> None:
        """The loop that runs once per flag: what can be known before is looked up, what can wait for a reader waits."""
        held = self.register.held.get(key)
        if not held or key in self.terms.own_bodies:
            return
        item, day, called, verdicts = self.item, self.item.on, self.called, self._verdicts(reach)
        for number, interest, profile, arose in held:
            standing = "current"
            if profile < 0:
                counts = _standing(interest, day, self.terms)
                if counts is None:
                    continue
                profile, standing = ~profile, counts
            elif arose is not None and arose > day:
                continue
            verdict = verdicts.get((profile, standing)) or self._judged(profile, standing, reach, verdicts)
            if verdict is None:
                continue
            if number in found:
                found[number].also(verdict, key, reach)
            else:
                found[number] = Flag(interest, item, verdict, key, reach, called)

    def _verdicts(self, reach: Reach) -> _Verdicts:
        shape = (
            reach.is_class,
            reach.affected.relation,
            reach.is_landlord,
            bool(reach.hops),
            reach.by_network,
            reach.is_owned,
            reach.is_doubtful,
        )
        return self.known.setdefault(shape, {})

    def _judged(self, profile: int, standing: str, reach: Reach, verdicts: _Verdicts) -> Verdict | None:
        """What an interest like this comes to; None where it is of no weight."""
        interest = self.register.profiles[profile]
        if interest.role is Role.PATIENT and not _tells_a_patient_apart(reach):
            return None
        relation, level = relation_of(interest, reach), level_of(interest, reach)
        if standing != "current":
            verdict = Verdict(Level.RESIDUAL, relation, (), (*_STANDINGS[standing], *RULES))
        else:
            suggested = self.terms.suggested(level, self.item.stage, by_network=reach.by_network)
            verdict = Verdict(level, relation, suggested, RULES)
        verdicts[profile, standing] = verdict
        return verdict


def _standing(interest: InterestFact, day: date, terms: Terms) -> str | None:
    """An interest counts while it is held, for some calendar months after it ended, and before it began only if pursued; a gift
    for some months after it was received. Dates that contradict each other say what the last of them says."""
    if interest.received_on is not None:
        first = min(
            interest.received_on, interest.arose_on or interest.received_on
        )  # where a month or year is all that is known
        counts = first <= day <= months_after(interest.received_on, terms.gift_months)
        return "gift" if counts else None
    if interest.ended_on is not None and interest.ended_on < day and not interest.has_ended:
        return "ended" if day <= months_after(interest.ended_on, terms.recent_months) else None
    if interest.is_pursuing:
        return "pursued"
    if interest.arose_on is not None and interest.arose_on > day:
        return None
    return "ended" if interest.is_over(day) else "current"


def _tells_a_patient_apart(way: Reach) -> bool:
    """Whether being a patient is of any weight: of the practice that an item names. Everybody is a patient of one of all practices, and of
    a neighbour of another. Source: RULEBOOK §5.2, §24."""
    return not way.is_class and not way.hops and way.affected.relation not in _SOFT


def relation_of(interest: InterestFact, way: Reach) -> RelationKind:
    """Returns what kind of interest meets the item. A salaried GP's is financial: own money. Source: RULEBOOK §5.2."""
    if interest.directness is Directness.INDIRECT:
        return RelationKind.INDIRECT
    if not _is_financial(interest) or way.affected.relation is Affected.REPRESENTED:
        return RelationKind.NON_FINANCIAL
    if way.is_class:
        return RelationKind.CLASS_WIDE
    return RelationKind.INDIRECT if way.affected.relation in _SOFT or way.is_owned else RelationKind.DIRECT_FINANCIAL


def level_of(interest: InterestFact, way: Reach) -> Level:
    """Returns how strong a current interest is. Rule: RULEBOOK §24, with §23 scenarios 1–19 and 35."""
    if way.affected.relation in _SOFT or way.is_owned or way.is_doubtful or not _is_financial(interest):
        return Level.RELATED
    if interest.directness is Directness.INDIRECT:
        close = not any(word in interest.via.casefold() for word in _LOYALTY)
        return Level.MATERIAL if close and interest.role.shares_the_gain and not way.is_class else Level.RELATED
    if way.is_class:
        classed = interest.role.shares_the_gain or interest.role is Role.SALARIED_GP
        return Level.CLASS if classed else Level.RELATED
    if interest.role is Role.LANDLORD or way.is_landlord:
        return Level.MATERIAL
    if not interest.role.shares_the_gain:
        return Level.RELATED
    own = not way.hops and way.affected.relation in _OWN_CONTRACT
    return Level.OWN_CONTRACT if own else Level.MATERIAL


def _is_financial(interest: InterestFact) -> bool:
    """Whoever owns a share gains by it, whatever box was ticked; a volunteer or a patient gains no money."""
    if interest.role in (Role.PARTNER, Role.OWNER, Role.SHAREHOLDER, Role.LANDLORD):
        return True
    if interest.role in (Role.VOLUNTEER, Role.MEMBER, Role.TRUSTEE, Role.GOVERNOR, Role.PATIENT):
        return False
    return interest.interest_type is InterestType.FINANCIAL
