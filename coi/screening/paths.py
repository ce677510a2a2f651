"""Who reaches an item, and through whom: the organisations that gain or lose when an item's organisations do. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from coi.screening.vocabulary import (
    Affected,
    AffectedOrganisation,
    AllPractices,
    Edge,
    EdgeKind,
    ItemFact,
    PcnScope,
    SomePractices,
)
from coi.wording import running_words

Called = Callable[[str], str]  # an organisation's key → what it is called
_FORWARD = {  # an interest in the source is an interest in what befalls the target
    EdgeKind.ALIKE: "perhaps the same as",
    EdgeKind.LANDLORD_OF: "landlord of",
    EdgeKind.MEMBER_OF_PCN: "member of",
    EdgeKind.PART_OF: "part of",
    EdgeKind.SHAREHOLDER_IN: "shareholder in",
    EdgeKind.SUCCEEDED_BY: "now part of",
}
_PHRASES = {**_FORWARD, EdgeKind.OWNED_BY: "owner of"}
_GAINING = {Affected.BENEFICIARY, Affected.BIDDER, Affected.CONTRACT_HOLDER, Affected.SUBJECT}
_FURTHEST = 3  # practice → federation → its company


@dataclass(frozen=True, slots=True)
class Reach:
    """One way in which an organisation is touched by an item: `hops` in words, nearest first, then the relation to the item.
    `through` is the same by keys: it changes only where the relations do."""

    key: str
    affected: AffectedOrganisation
    hops: tuple[str, ...] = ()
    is_landlord: bool = False
    is_class: bool = False
    by_network: bool = False
    through: tuple[str, ...] = ()
    is_owned: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True)
class EdgeIndex:
    """Edges by their ends. Build it once for several screenings."""

    into: Mapping[str, tuple[Edge, ...]]
    out: Mapping[str, tuple[Edge, ...]]

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> "EdgeIndex":
        """Returns the index of `edges`."""
        into: dict[str, list[Edge]] = defaultdict(list)
        out: dict[str, list[Edge]] = defaultdict(list)
        for edge in edges:
            into[edge.target].append(edge)
            out[edge.source].append(edge)
        return cls(
            {key: tuple(found) for key, found in into.items()}, {key: tuple(found) for key, found in out.items()}
        )

    def targets(self, key: str, kind: EdgeKind, day: date) -> tuple[str, ...]:
        """Returns whatever `key` is `kind` of on `day`."""
        return tuple(edge.target for edge in self.out.get(key, ()) if edge.kind is kind and edge.holds_on(day))

    @cached_property
    def _belonging(self) -> dict[tuple[EdgeKind, str], list[tuple[str, date | None]]]:
        found: dict[tuple[EdgeKind, str], list[tuple[str, date | None]]] = defaultdict(list)
        for key, listed in self.out.items():
            for edge in listed:
                if edge.kind in (EdgeKind.COMMISSIONED_BY, EdgeKind.NETWORK_OF):
                    found[edge.kind, edge.target].append((key, edge.valid_to))
                    found[edge.kind, ""].append((key, edge.valid_to))
        return found

    def practices_of(self, areas: Sequence[str], day: date) -> Iterable[str]:
        """Returns the practices of some commissioners on `day`, or of any. A practice belongs to an area until it leaves it; a
        commissioner's code that began later stands for the one before it."""
        return self._belonging_to(areas, day, EdgeKind.COMMISSIONED_BY)

    def networks_of(self, areas: Sequence[str], day: date) -> Iterable[str]:
        """Returns the primary care networks of some commissioners on `day`, or of any."""
        return self._belonging_to(areas, day, EdgeKind.NETWORK_OF)

    def _belonging_to(self, areas: Sequence[str], day: date, kind: EdgeKind) -> Iterable[str]:
        listed = (pair for area in areas or ("",) for pair in self._belonging.get((kind, area), ()))
        return dict.fromkeys(key for key, left in listed if left is None or left >= day)

    def is_network(self, key: str) -> bool:
        """Whether `key` is a primary care network's."""
        return any(edge.kind is EdgeKind.NETWORK_OF for edge in self.out.get(key, ()))


def reaches(item: ItemFact, edges: EdgeIndex, called: Called) -> dict[str, list[Reach]]:
    """Returns, by organisation, every way in which the item touches it by name: itself, or through dated edges."""
    found: dict[str, list[Reach]] = defaultdict(list)
    for affected in item.affected:
        for reach in _backwards(affected, item.on, edges, called):
            found[reach.key].append(reach)
        for reach in chain(_competitors(affected, item, edges, called), _owned(affected, item, edges, called)):
            found[reach.key].append(reach)
    if item.moves_patients:
        for reach in _neighbours(item, edges, called):
            found[reach.key].append(reach)
    if isinstance(item.class_scope, PcnScope):
        for pcn in item.class_scope.pcns:
            network = AffectedOrganisation(pcn, called(pcn), Affected.BENEFICIARY)
            for reach in _backwards(network, item.on, edges, called):
                if reach.key not in item.left_out:
                    found[reach.key].append(reach)
    return found


def _backwards(affected: AffectedOrganisation, day: date, edges: EdgeIndex, called: Called) -> Iterable[Reach]:
    start = Reach(affected.key, affected)
    seen, waiting = {affected.key}, [start]
    for _ in range(_FURTHEST + 1):
        yield from waiting
        following: list[Reach] = []
        for reach in waiting:
            for source, edge in _sources(reach.key, day, edges):
                if source not in seen:
                    seen.add(source)
                    kind, hop = edge.kind, f"{_phrase(edge, day)} {called(reach.key)}{_noted(edge, day)}"
                    is_landlord = kind is EdgeKind.LANDLORD_OF or reach.is_landlord
                    through = (f"{source} {kind.value} {reach.key}", *reach.through)
                    by_network = kind is EdgeKind.MEMBER_OF_PCN or reach.by_network
                    hops = (hop, *reach.hops)
                    is_doubtful = kind is EdgeKind.ALIKE or reach.is_doubtful
                    following.append(
                        Reach(source, affected, hops, is_landlord, False, by_network, through, is_doubtful=is_doubtful)
                    )
        waiting = following


def _phrase(edge: Edge, day: date) -> str:
    """What one organisation is to another on a day: a merger may lie ahead."""
    ahead = edge.kind is EdgeKind.SUCCEEDED_BY and edge.valid_from is not None and edge.valid_from > day
    return "to become part of" if ahead else _PHRASES[edge.kind]


def _noted(edge: Edge, day: date) -> str:
    """What is particular about a relation, and its days where it has an end or lies ahead. Source: RULEBOOK §24 rule 1."""
    ahead = edge.valid_from is not None and edge.valid_from > day
    runs = running_words(edge.valid_from, edge.valid_to, is_to_begin=ahead) if ahead or edge.valid_to else ""
    said = ", ".join(each for each in (edge.note, runs) if each)
    return f" ({said})" if said else ""


def _sources(key: str, day: date, edges: EdgeIndex) -> Iterable[tuple[str, Edge]]:
    for edge in edges.into.get(key, ()):
        # a practice stays answerable for what it was merged into: succession has no end
        if edge.kind in _FORWARD and (edge.holds_on(day) or edge.kind is EdgeKind.SUCCEEDED_BY):
            yield edge.source, edge
    for edge in edges.out.get(key, ()):
        if edge.kind is EdgeKind.OWNED_BY and edge.holds_on(day):
            yield edge.target, edge


def _competitors(affected: AffectedOrganisation, item: ItemFact, edges: EdgeIndex, called: Called) -> Iterable[Reach]:
    """Whoever competes with an organisation that may gain or lose may lose or gain by it, and so may whoever has a share in them.
    Source: RULEBOOK §23, scenarios 17 and 37."""
    if affected.relation not in _GAINING:
        return
    named = _named(item)
    for edge in chain(edges.into.get(affected.key, ()), edges.out.get(affected.key, ())):
        rival = edge.source if edge.target == affected.key else edge.target
        if edge.kind is EdgeKind.COMPETITOR_OF and edge.holds_on(item.on) and rival not in named:
            beside = AffectedOrganisation(
                rival, affected.name, Affected.COMPETITOR, is_kept=affected.is_kept, if_meant=affected.if_meant
            )
            hop = f"competitor of {affected.name}{_noted(edge, item.on)}"
            for reach in _backwards(beside, item.on, edges, called):
                if reach.key not in named:
                    through = (*reach.through, f"{rival} {edge.kind.value} {affected.key}")
                    yield replace(reach, hops=(*reach.hops, hop), through=through)


def _owned(affected: AffectedOrganisation, item: ItemFact, edges: EdgeIndex, called: Called) -> Iterable[Reach]:
    """The companies of whoever may gain or lose: what their owner gains is not theirs, but it is not foreign to them either.
    Source: RULEBOOK §24 (company → owner)."""
    named = _named(item)
    for edge in edges.into.get(affected.key, ()) if affected.relation in _GAINING else ():
        if edge.kind is EdgeKind.OWNED_BY and edge.holds_on(item.on) and edge.source not in named:
            hop = f"owned by {called(affected.key)}{_noted(edge, item.on)}"
            through = (f"{edge.source} {edge.kind.value} {affected.key}",)
            yield Reach(edge.source, affected, (hop,), is_owned=True, through=through)


def _neighbours(item: ItemFact, edges: EdgeIndex, called: Called) -> Iterable[Reach]:
    """Practices of the same network, and those that are near, may gain patients. Source: RULEBOOK §23, scenarios 15 and 17."""
    named = _named(item)
    for affected in item.affected:
        for edge in edges.into.get(affected.key, ()):
            if edge.kind is EdgeKind.NEAR and edge.source not in named:
                neighbour = _beside(affected, edge.source)
                hop = f"near {affected.name}{_noted(edge, item.on)}"
                yield Reach(edge.source, neighbour, (hop,), through=(f"{edge.source} near {affected.key}",))
        for pcn in edges.targets(affected.key, EdgeKind.MEMBER_OF_PCN, item.on):
            for edge in edges.into.get(pcn, ()):
                if edge.kind is EdgeKind.MEMBER_OF_PCN and edge.holds_on(item.on) and edge.source not in named:
                    neighbour = _beside(affected, edge.source)
                    hop = f"in the same network ({called(pcn)}) as {affected.name}{_noted(edge, item.on)}"
                    through = (f"{edge.source} in {pcn} with {affected.key}",)
                    yield Reach(edge.source, neighbour, (hop,), through=through)


def _named(item: ItemFact) -> set[str]:
    """Whoever an item names for certain."""
    return {each.key for each in item.affected if each.if_meant is None}


def _beside(affected: AffectedOrganisation, neighbour: str) -> AffectedOrganisation:
    kept, meant = affected.is_kept, affected.if_meant
    return AffectedOrganisation(neighbour, affected.name, Affected.NEIGHBOUR, is_kept=kept, if_meant=meant)


def class_reaches(item: ItemFact, edges: EdgeIndex) -> Iterator[tuple[str, Reach]]:
    """Yields every practice of the class that an item concerns, and every network where networks are concerned, each with how it belongs
    to the class, but for those whom it expressly leaves out. Source: RULEBOOK §24 F3, F4."""
    return ((key, reach) for key, reach in _class_reaches(item, edges) if key not in item.left_out)


def _class_reaches(item: ItemFact, edges: EdgeIndex) -> Iterator[tuple[str, Reach]]:
    scope = item.class_scope
    if not isinstance(scope, AllPractices | SomePractices):
        return
    anyone = AffectedOrganisation("", "", Affected.ALL_OF_CLASS)
    practice = Reach("", anyone, (f"one of {scope.phrase}",), is_class=True)
    network = replace(practice, hops=(f"a network of {scope.phrase}",))
    if isinstance(scope, SomePractices):
        yield from ((key, network if edges.is_network(key) else practice) for key in scope.practices)
        return
    yield from ((key, practice) for key in edges.practices_of(scope.areas, item.on))
    if scope.has_networks:
        yield from ((key, network) for key in edges.networks_of(scope.areas, item.on))
