"""A flag: a possible conflict between an interest and an item. Its words are put together only when somebody reads them."""

from collections.abc import Iterable, Iterator

from coi.screening.paths import Called, Reach
from coi.screening.vocabulary import (
    KEPT_EARLIER,
    Affected,
    Chosen,
    InterestFact,
    ItemFact,
    Level,
    OneOf,
    RelationKind,
    Role,
)
from coi.screening.ways import (
    Verdict,
    Way,
    are_alike,
    each_is,
    in_order,
    is_sure,
    is_told_alike,
    where_meant,
    whichever,
)
from coi.wording import day, running_words

_THEN = {
    Role.OTHER: "had an interest in",
    Role.SPONSORED: "received money or benefits from",
    Role.UNKNOWN: "had an interest in",
}
_HOPED = {  # where "hoping to become partner at" cannot be said
    Role.EMPLOYEE: "hoping to be employed by", Role.OTHER: "hoping for an interest in",
    Role.SPONSORED: "expecting money or benefits from", Role.UNKNOWN: "hoping for an interest in",
}  # fmt: skip


class Flag:
    """A possible conflict, for the chair to decide. `relation`, `level`, `path` (why, in words), `suggested` (action codes of
    RULEBOOK §10.4; none: the chair decides) are those of the strongest way; `others` are the weaker paths; `rules` the ids that it rests
    on; `through` the relations between organisations that the path follows, by keys."""

    __slots__ = ("_called", "_key", "_more", "_reach", "_verdict", "interest", "item")

    def __init__(
        self, interest: InterestFact, item: ItemFact, verdict: Verdict, key: str, reach: Reach, called: Called
    ) -> None:
        self.interest = interest
        self.item = item
        self._verdict = verdict
        self._key = key
        self._reach = reach
        self._called = called
        self._more: list[Way] | tuple[Way, ...] | None = None  # a list until somebody reads which way leads

    def also(self, verdict: Verdict, key: str, reach: Reach) -> None:
        """Adds a way."""
        self._more = [*(self._more or ()), Way(verdict, key, reach)]

    def _settled(self) -> "Flag":
        """Lets the strongest way lead: by level, then the surest, then the shorter path, then by its words."""
        if isinstance(self._more, list):
            first, *rest = in_order(self._ways, self._rank)
            self._verdict, self._key, self._reach = first.verdict, first.key, first.reach
            self._more = tuple(rest)
        return self

    @property
    def _ways(self) -> list[Way]:
        plain = (Way(self._verdict, self._key, self._reach), *(self._more or ()))
        return [way for each in plain for way in self._with_ifs(each)] if self._is_open else list(plain)

    @property
    def _is_open(self) -> bool:
        """Whether the interest or the item is in one of several organisations, and nobody settled in which."""
        if self.interest.one_of or self._reach.affected.if_meant:
            return True
        for way in self._more or ():  # noqa: SIM110 - asked of every flag
            if way.reach.affected.if_meant:
                return True
        return False

    def _with_ifs(self, way: Way) -> Iterator[Way]:
        """A way for each text of the interest that may mean its organisation; as it is where the interest is in that for certain."""
        may_be = [each for each in self.interest.one_of if way.key in each.keys]
        if not may_be or way.key in self.interest.organisations:
            yield way
        else:
            yield from (Way(way.verdict, way.key, way.reach, Chosen(each, way.key)) for each in may_be)

    @property
    def is_sure(self) -> bool:
        """Whether it holds whichever organisations are meant, where nobody settled which."""
        return not self._is_open or is_sure(sorted(self._ways, key=self._rank))

    @property
    def asks(self) -> tuple[OneOf, ...]:
        """What somebody has to settle: whom words may mean of whom the item concerns only some, where that would make a flag of it, or a
        stronger one."""
        if not self._is_open:
            return ()
        ways = self._ways
        asked = dict.fromkeys(each.one_of for way in ways for each in way.ifs)
        partly = tuple(each for each in asked if self.concerned_of(each) != set(each.keys))
        if not self.is_sure:
            return partly or tuple(asked)
        levels = [way.verdict.level for way in ways if any(each.one_of in partly for each in way.ifs)]
        return partly if levels and min(levels) < self.level else ()

    def concerned_of(self, one_of: OneOf) -> set[str]:
        """Returns those of whom one is meant by which there is a way that its reader may know of."""
        told = (way for way in self._ways if not way.reach.affected.is_kept)
        return {each.key for way in told for each in way.ifs if each.one_of == one_of}

    def _rank(self, way: Way) -> tuple[Level, int, int, tuple[str, ...]]:
        path = path_of(self.interest, self.item, self._called(way.key), way.reach)
        return way.verdict.level, len(way.ifs), len(path), path

    @property
    def interest_key(self) -> str:
        return self.interest.key

    @property
    def person(self) -> str:
        return self.interest.called

    @property
    def item_key(self) -> str:
        return self.item.key

    @property
    def relation(self) -> RelationKind:
        return self._settled()._verdict.relation

    @property
    def level(self) -> Level:
        if self._more is None:
            return self._verdict.level
        if self._is_open:
            return self._settled()._verdict.level
        return min(self._verdict.level, *(way.verdict.level for way in self._more))

    @property
    def suggested(self) -> tuple[str, ...]:
        return self._settled()._verdict.suggested

    @property
    def rules(self) -> tuple[str, ...]:
        return self._settled()._verdict.rules

    @property
    def through(self) -> tuple[str, ...]:
        self._settled()
        asked = dict.fromkeys(each.one_of for way in self._ways for each in way.ifs) if self._is_open else ()
        return (*(f"one of {' '.join(sorted(each.keys))}" for each in asked), *self._reach.through)

    @property
    def runs(self) -> str:
        """From when until when the interest runs, in words; empty where no day of it is known. A gift's day stands in the path."""
        one = self.interest
        if one.received_on:
            return ""
        doubtful = one.has_ended and one.is_over(self.item.on)
        return running_words(
            one.arose_on, None if doubtful else one.ended_on, has_ended=doubtful, is_to_begin=one.is_pursuing
        )

    @property
    def reach(self) -> Reach:
        """How the organisation of the leading way is concerned by the item."""
        return self._settled()._reach

    @property
    def path(self) -> tuple[str, ...]:
        lead = self._settled()._lead
        return self._told_whichever(lead) if lead.ifs and self.is_sure else self._told(lead)

    @property
    def _lead(self) -> Way:
        return self._ways[0]

    @property
    def others(self) -> tuple[tuple[str, ...], ...]:
        lead, *rest = self._settled()._ways
        ways = () if lead.reach.is_doubtful else (lead, *rest)
        firm = {way.reach.affected.key for way in ways if not way.reach.is_doubtful}
        told = (
            way
            for way in rest
            if not (lead.ifs and is_told_alike(way, lead))
            and not (way.reach.is_doubtful and way.reach.affected.key in firm)
            and len({each.one_of for each in way.ifs}) == len(way.ifs)  # the same words on both sides tell nothing more
        )
        paths = dict.fromkeys(self._told(way) for way in told)
        return tuple(path for path in paths if path != self.path)

    @property
    def organisations(self) -> tuple[str, ...]:
        """The organisations of the interest that the item concerns, the leading path's first."""
        self._settled()
        return tuple(dict.fromkeys((self._key, *(way.key for way in self._more or ()))))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the person did earlier in the matter, which follows it from meeting to meeting. Source: RULEBOOK §23 scenario 40."""
        return tuple(dict.fromkeys(one.words for one in self.item.origins if one.person == self.interest.who))

    @property
    def told_notes(self) -> tuple[str, ...]:
        """Those of the notes that whoever reads may know of."""
        own = (one for one in self.item.origins if one.person == self.interest.who and not one.is_kept)
        return tuple(dict.fromkeys(one.words for one in own))

    def _told(self, way: Way) -> tuple[str, ...]:
        """A path as its reader may know it: of an organisation that only an item kept from them names, no more than that there is one."""
        meant = way.reach.affected.if_meant
        where = where_meant(meant, self._called, whichever_is=False) if meant else ""
        open_too = ", if that is meant" if way.if_held else ""
        path = path_of(self.interest, self.item, self._called(way.key) + open_too, way.reach, where)
        return (path[0], KEPT_EARLIER) if way.reach.affected.is_kept else path

    def _told_whichever(self, lead: Way) -> tuple[str, ...]:
        """The path that holds whichever organisations are meant."""
        held, meant = lead.if_held, lead.reach.affected.if_meant
        where = ""
        if meant:
            alike = held is not None and held.one_of == meant.one_of
            where = ", in the same words" if alike else where_meant(meant, self._called, whichever_is=True)
        name = whichever(held.one_of, self._called) if held else self._called(lead.key)
        who, first, step, *rest = path_of(self.interest, self.item, name, lead.reach, where)
        if lead.reach.affected.is_kept:
            return who, KEPT_EARLIER
        if held and len(held.one_of.keys) > 1:
            step = each_is(step, self._called(lead.key), alike=are_alike(self._ways, held.one_of, lead))
        return who, first, step, *rest

    def _identity(self) -> tuple[object, ...]:
        self._settled()
        return self.interest, self.item, self._verdict, self._key, self._reach, self._more

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Flag) and self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash((self.interest.key, self.item.key))

    def __repr__(self) -> str:
        return f"Flag({self.level.value}, {self.relation.value}, {' → '.join(self.path)})"


def comes_from_a_matter(path: Iterable[str]) -> bool:
    """Whether a path leads by way of what earlier items of a matter tell: who bid there, or what is kept back of them."""
    return any(step == KEPT_EARLIER or step.startswith(Affected.EARLIER_BIDDER.phrase) for step in path)


def path_of(interest: InterestFact, item: ItemFact, name: str, reach: Reach, where: str = "") -> tuple[str, ...]:
    """Returns the way from a person to an item in words: "Dr A", "partner at X", "member of Y", "bidder in item 7"; at its end `where`
    says under which condition."""
    steps = [interest.begins]
    is_post = reach.affected.relation is Affected.REPRESENTED and not reach.hops
    steps.append(_post(interest, item, reach.key) if is_post else _first_step(interest, item, name))
    steps.extend(reach.hops)
    item_words = f"item {item.reference or item.key}"
    if reach.is_class:
        return (*steps[:-1], f"{steps[-1]}, in {item_words}")
    column = f", {reach.affected.column}" if reach.affected.column else ""
    return (*steps, f"{reach.affected.relation.phrase} {item_words}{column}{where}")


def _post(interest: InterestFact, item: ItemFact, key: str) -> str:
    """What somebody is in a committee that speaks for others, as they call it, whatever else they are there or elsewhere."""
    name = dict(zip(interest.organisations, interest.organisation_names, strict=False))[key]
    if interest.is_over(item.on):
        return f"had a post in {name}" + ("" if interest.has_ended else f" until {day(interest.ended_on)}")
    return f"{'hoping for' if interest.is_pursuing else 'has'} a post in {name}"


def _first_step(interest: InterestFact, item: ItemFact, name: str) -> str:
    if interest.received_on is not None:
        exact = interest.arose_on in (None, interest.received_on)
        return f"received a gift or hospitality {'on' if exact else 'by'} {day(interest.received_on)} from {name}"
    dormant = " (dormant)" if interest.is_dormant else ""
    return f"{_role_then(interest, item)} {name}{dormant}"


def _role_then(interest: InterestFact, item: ItemFact) -> str:
    """The role as it was, is or may be on the day of the item."""
    role = interest.role
    if interest.is_over(item.on):
        until = "formerly" if interest.has_ended else f"until {day(interest.ended_on)}"
        return f"{until} {_THEN.get(role, role.phrase)}"
    return _HOPED.get(role, f"hoping to become {role.phrase}") if interest.is_pursuing else role.phrase
