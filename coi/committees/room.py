"""Who of a committee counts at a moment, and why the others do not: the people behind the seats. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coi.committees.vocabulary import Capacity, ConflictedCount, NotCounted, Phase, QuorumSettings, Seat
from coi.guidance.actions import effects_of
from coi.wording import and_list

ABSENT = "not present"
STOOD_DOWN = "stood down for this item"
WOULD_STAND_DOWN = "would stand down for this item"
UNRULED = "nobody ruled on their conflict"
_LEFT_UNRULED = f" does not count: {UNRULED}."
INTERESTED = "has an interest in this item"
DEPUTY = "deputies do not count"
REMOTE = "members who join by phone or video do not count"
STOOD_FOR = "the seat that they stand in for counts already"


@dataclass(frozen=True)
class Person:
    """A person with the seats in which they count. Whoever holds two seats is still one person."""

    person: str
    name: str
    seats: tuple[Seat, ...]

    def fits(self, accepts: Callable[[Seat], bool]) -> bool:
        return any(accepts(seat) for seat in self.seats)


@dataclass(frozen=True)
class Room:
    """Who counts, sorted by name, so that the order of the seats never changes an answer; who does not; and of these,
    who is there."""

    counted: tuple[Person, ...]
    not_counted: tuple[NotCounted, ...]
    stood_down: frozenset[str]
    most_stood_down: bool
    all_by_ruling: bool

    @property
    def excluded(self) -> tuple[NotCounted, ...]:
        """Those who are there and do not count."""
        return tuple(one for one in self.not_counted if one.why != ABSENT)

    @classmethod
    def of(cls, seats: Iterable[Seat], settings: QuorumSettings, phase: Phase) -> "Room":
        """Returns the room at a phase of an item. Rule: QUO-02; RULEBOOK §10.4, §10.9, §12."""
        people = _by_person(seats)
        stood_down = frozenset(seat.person for held in people for seat in held if _stands_down(held, settings, phase))
        taken = {
            seat.person
            for held in people
            for seat in held
            if seat.capacity is Capacity.MEMBER and _why_not(seat, settings, stood_down, set()) is None
        }
        counted: list[Person] = []
        others: list[NotCounted] = []
        for held in people:
            first = held[0]
            whys = [_why_not(seat, settings, stood_down, taken) for seat in held]
            able = tuple(seat for seat, why in zip(held, whys, strict=True) if why is None)
            if able:
                counted.append(Person(first.person, first.name, able))
                taken.update(seat.stands_for for seat in able if seat.stands_for is not None)
            else:
                others.append(NotCounted(first.person, first.name, _told(held, whys)))
        return cls(
            tuple(sorted(counted, key=_by_name)),
            tuple(sorted(others, key=_by_name)),
            stood_down,
            _most(people, stood_down),
            not any(seat.unruled for held in people for seat in held),
        )


def waiting_words(reasons: Iterable[str]) -> str:
    """Returns the sentence of whom a quorum, by its reasons, left out because nobody had ruled on them; "" where it left out nobody so.
    Rule: QUO-01; RULEBOOK §12.1."""
    names = [each.removesuffix(_LEFT_UNRULED) for each in reasons if each.endswith(_LEFT_UNRULED)]
    was = "was" if len(names) == 1 else "were"
    return f"{and_list(names)} {was} not counted, because nobody had ruled on their conflict." if names else ""


def _by_name(one: Person | NotCounted | Seat) -> tuple[str, str]:
    return (one.name, one.person)


def _by_person(seats: Iterable[Seat]) -> list[tuple[Seat, ...]]:
    held: dict[str, list[Seat]] = {}
    for seat in sorted(seats, key=_by_name):
        held.setdefault(seat.person, []).append(seat)
    return [tuple(sorted(one, key=_seat_order)) if len(one) > 1 else tuple(one) for one in held.values()]


def _seat_order(seat: Seat) -> tuple[str, ...]:
    rest = (seat.capacity, seat.member_class, str(seat.voting), seat.organisation or "", seat.stands_for or "")
    sets = (",".join(sorted(one)) for one in (seat.roles, seat.offices, seat.attributes))
    return (seat.name, seat.person, *rest, *sets, str(seat.present), str(seat.virtual))


def _stands_down(held: tuple[Seat, ...], settings: QuorumSettings, phase: Phase) -> bool:
    """Whether a person does not count because of what was ruled for them. A ruling is for the person, in every seat
    they hold."""
    codes = frozenset(code for seat in held for code in seat.management)
    if not codes or not any(seat.present for seat in held):
        return False
    if settings.conflicted_counts is ConflictedCount.NEVER:
        return True
    effects = effects_of(codes)
    until_decision = settings.conflicted_counts is ConflictedCount.DISCUSSION_ONLY and phase is Phase.DISCUSSION
    return not (effects.quorum or (until_decision and effects.discuss))


def _why_not(seat: Seat, settings: QuorumSettings, stood_down: frozenset[str], taken: set[str]) -> str | None:
    if not seat.present:
        return ABSENT
    if seat.person in stood_down:
        return STOOD_DOWN
    if seat.capacity is Capacity.DEPUTY and not settings.count_deputies:
        return DEPUTY
    if seat.virtual and not settings.count_virtual:
        return REMOTE
    return STOOD_FOR if seat.stands_for in taken else None


def _told(held: tuple[Seat, ...], whys: list[str | None]) -> str:
    """The reason to give for a person: that they stood down before all others, absence last."""
    given = [why for why in whys if why is not None and why != ABSENT]
    if STOOD_DOWN not in given:
        return given[0] if given else ABSENT
    if unruled := next((seat.unruled for seat in held if seat.unruled), ""):
        return unruled
    noted = effects_of(code for seat in held for code in seat.management).quorum
    return INTERESTED if noted else STOOD_DOWN


def _most(people: list[tuple[Seat, ...]], stood_down: frozenset[str]) -> bool:
    """Whether more than half of the voting members who came stood down. Source: CCG model constitution; RULEBOOK
    §12.1."""
    voting = [held[0].person for held in people if any(seat.voting and seat.present for seat in held)]
    return len([person for person in voting if person in stood_down]) * 2 > len(voting)
