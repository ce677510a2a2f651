"""Interest × item → flags with relation, level, path and suggested action. Keys only: who matches text has done so before."""

import calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coi.screening.paths import EdgeIndex, Reach, class_reach, reaches
from coi.screening.vocabulary import (
    Affected,
    Directness,
    Edge,
    Flag,
    InterestFact,
    InterestType,
    ItemFact,
    Level,
    RelationKind,
    Role,
)

RECENT_MONTHS = 6  # how long an ended interest still counts. Source: RULEBOOK §24 F5, §26 point 11
SUGGESTED = {  # Source: RULEBOOK §24, third column; nothing where the chair decides
    Level.UNKNOWN: (),
    Level.OWN_CONTRACT: ("A4", "A3"),
    Level.MATERIAL: ("A4", "A5"),
    Level.CLASS: ("A4", "A5"),
    Level.RELATED: ("A5", "A6"),
    Level.RESIDUAL: (),
}
RULES = ("MTG-02", "MTG-06", "MTG-08")
_OWN_CONTRACT = {Affected.CONTRACT_HOLDER, Affected.BIDDER, Affected.BENEFICIARY, Affected.SUBJECT}
_SOFT = {Affected.COMPETITOR, Affected.FUNDER, Affected.NEIGHBOUR}
_LOYALTY = ("friend", "associate", "acquaintance", "colleague")
_ENDED, _PURSUED, _CURRENT = "ended", "pursued", "current"


def flags_for(
    interests: Iterable[InterestFact],
    items: Iterable[ItemFact],
    edges: Iterable[Edge] = (),
    names: Mapping[str, str] | None = None,
) -> tuple[Flag, ...]:
    """Returns the flags, one per interest and item, the strongest path leading, in the order of items and then level.
    `edges` join organisations by key; `names` call those in paths that neither interests nor items name.
    Rule: MTG-02, DECL-09; RULEBOOK §24. A flag is no conflict: the chair decides."""
    interests = tuple(interests)
    items = tuple(items)
    index = EdgeIndex.of(edges, {**_names(interests, items), **(names or {})})
    by_organisation: dict[str, list[InterestFact]] = defaultdict(list)
    for interest in interests:
        for key in dict.fromkeys(interest.organisations):
            by_organisation[key].append(interest)
    return tuple(flag for item in items for flag in _flags_on(item, by_organisation, index))


def undeclared_flags(people: Iterable[str], items: Iterable[ItemFact]) -> tuple[Flag, ...]:
    """Returns an F0 flag per item for each person with no declaration, or a stale one. Rule: DECL-03, DECL-04; §24 F0."""
    people = tuple(people)
    path = ("has no current declaration", "declare first")
    return tuple(
        Flag("", person, item.key, RelationKind.NON_FINANCIAL, Level.UNKNOWN, (person, *path), (), (), ("DECL-04",))
        for item in items
        for person in people
    )


def months_after(day: date, months: int) -> date:
    """Returns the same day so many calendar months later, the month's last day where there is none (31 August → 28
    February). Source: RULEBOOK §26 point 11."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class _Verdict:
    relation: RelationKind
    level: Level
    organisation: str
    path: tuple[str, ...]
    rules: tuple[str, ...]
    through: tuple[str, ...]


def _names(interests: Sequence[InterestFact], items: Sequence[ItemFact]) -> dict[str, str]:
    found: dict[str, str] = {}
    for interest in interests:
        found.update(zip(interest.organisations, interest.organisation_names, strict=False))
    for item in items:
        found.update({affected.key: affected.name for affected in item.affected})
    return found


def _flags_on(item: ItemFact, by_organisation: Mapping[str, Sequence[InterestFact]], index: EdgeIndex) -> list[Flag]:
    touched = reaches(item, index)
    verdicts: dict[str, list[_Verdict]] = defaultdict(list)
    found: dict[str, InterestFact] = {}
    for key, interests in by_organisation.items():
        ways = list(touched.get(key, ()))
        by_class = class_reach(item, key, index) if item.class_scope else None
        if by_class:
            ways.append(by_class)
        for interest in interests if ways else ():
            for way in ways:
                verdict = _verdict(interest, item, way, index)
                if verdict:
                    found[interest.key] = interest
                    verdicts[interest.key].append(verdict)
    flags = [_flag(found[key], item, one) for key, one in verdicts.items()]
    return sorted(flags, key=lambda flag: (flag.level, flag.person, flag.interest_key))


def _flag(interest: InterestFact, item: ItemFact, verdicts: Sequence[_Verdict]) -> Flag:
    first, *rest = sorted(verdicts, key=lambda verdict: (verdict.level, len(verdict.path), verdict.path))
    return Flag(
        interest_key=interest.key,
        person=interest.person,
        item_key=item.key,
        relation=first.relation,
        level=first.level,
        path=first.path,
        suggested=SUGGESTED[first.level],
        organisations=tuple(dict.fromkeys(verdict.organisation for verdict in (first, *rest))),
        rules=first.rules,
        others=tuple(dict.fromkeys(verdict.path for verdict in rest if verdict.path != first.path)),
        through=first.through,
    )


def _verdict(interest: InterestFact, item: ItemFact, way: Reach, index: EdgeIndex) -> _Verdict | None:
    standing = _standing(interest, item.on)
    if standing is None:
        return None
    relation = relation_of(interest, way)
    path = _path(interest, item, way, index)
    verdict = _Verdict(relation, level_of(interest, way), way.key, path, RULES, way.through)
    if standing == _CURRENT:
        return verdict
    rule = "DECL-09" if standing == _PURSUED else "REG-03"
    return replace(verdict, level=Level.RESIDUAL, rules=(rule, *RULES))


def _standing(interest: InterestFact, day: date) -> str | None:
    """An interest counts while it is held, for six calendar months after it ended, and before it began only if pursued."""
    if interest.ended_on is not None and interest.ended_on < day:
        return _ENDED if day <= months_after(interest.ended_on, RECENT_MONTHS) else None
    if interest.is_pursuing:
        return _PURSUED
    if interest.arose_on is not None and interest.arose_on > day:
        return None
    return _ENDED if interest.has_ended and interest.ended_on is None else _CURRENT


def relation_of(interest: InterestFact, way: Reach) -> RelationKind:
    """Returns what kind of interest meets the item. A salaried GP's is financial: own money. Source: RULEBOOK §5.2."""
    if interest.directness is Directness.INDIRECT:
        return RelationKind.INDIRECT
    if not _is_financial(interest):
        return RelationKind.NON_FINANCIAL
    if way.is_class:
        return RelationKind.CLASS_WIDE
    return RelationKind.INDIRECT if way.affected.relation in _SOFT else RelationKind.DIRECT_FINANCIAL


def level_of(interest: InterestFact, way: Reach) -> Level:
    """Returns how strong a current interest is. Rule: RULEBOOK §24, with §23 scenarios 1–19 and 35."""
    if way.affected.relation in _SOFT or not _is_financial(interest):
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
    """Whoever owns a share gains by it, whatever box was ticked; a volunteer gains no money."""
    if interest.role in (Role.PARTNER, Role.OWNER, Role.SHAREHOLDER, Role.LANDLORD):
        return True
    if interest.role in (Role.VOLUNTEER, Role.MEMBER, Role.TRUSTEE):
        return False
    return interest.interest_type is InterestType.FINANCIAL


def _path(interest: InterestFact, item: ItemFact, way: Reach, index: EdgeIndex) -> tuple[str, ...]:
    who = interest.person or "The declarant"
    steps = [f"{who}’s {interest.via or 'close associate'}" if interest.directness is Directness.INDIRECT else who]
    steps.append(f"{_when(interest, item.on)}{interest.role.phrase} {index.name(way.key)}")
    steps.extend(way.hops)
    called = item.reference or item.key
    if not way.is_class:
        verb = way.affected.relation.phrase
        steps.append(f"{verb} item {called}")
    else:
        steps[-1] = f"{steps[-1]}, in item {called}"
    return tuple(steps)


def _when(interest: InterestFact, day: date) -> str:
    if interest.ended_on is not None and interest.ended_on < day:
        return f"until {interest.ended_on:%d/%m/%Y} "
    if interest.has_ended and interest.ended_on is None:
        return "formerly "
    return "hoping to become " if interest.is_pursuing else ""
