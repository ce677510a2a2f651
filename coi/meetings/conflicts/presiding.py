"""Pure rule: who presides over an item, and so decides how its conflicts are managed. No database here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coi.committees.vocabulary import Capacity, Office, Seat
from coi.meetings.vocabulary import PresidingBasis

RULE_ID = "MTG-07"
NOBODY_LEFT = (
    "Defer the item to a meeting with members who have no conflict",
    "Refer the item to the governing body or another committee that can decide it",
)


@dataclass(frozen=True)
class Candidate:
    """A member whom the others may agree on to preside."""

    person: str
    name: str


@dataclass(frozen=True)
class Setting:
    """How it is said who presides: in the room, or of what is decided between meetings."""

    chair: str
    does: str
    away: str


IN_THE_ROOM = Setting("is in the chair", "presides", "is not there")
BETWEEN_MEETINGS = Setting("is the chair and decides", "decides", "did not decide")


@dataclass(frozen=True)
class Presiding:
    """Who presides over an item, by what right, and why in a sentence. `person` is None while the remaining members have
    to agree on one of the `candidates`, or where nobody is left; `options` then says what can be done."""

    person: str | None
    name: str
    basis: PresidingBasis | None
    reason: str
    candidates: tuple[Candidate, ...] = ()
    options: tuple[str, ...] = ()
    rule_id: str = RULE_ID

    def __bool__(self) -> bool:
        return self.person is not None

    def may_be(self, person: str) -> bool:
        """Whether `person` is the one who presides, or one of those on whom the members may agree."""
        return person == self.person or person in {each.person for each in self.candidates}


def who_presides(
    seats: Sequence[Seat],
    conflicted: Collection[str],
    present: Collection[str],
    agreed: str | None = None,
    *,
    setting: Setting = IN_THE_ROOM,
) -> Presiding:
    """Returns who presides over an item: the chair; if the chair is conflicted or away, the vice chair; if both are, one of
    the remaining voting members without a conflict, on whom these agree (`agreed`, once they have). `conflicted` are the
    people with a conflict on the item, `present` those who are in the meeting (before it: those who are expected), `setting` how
    the reason is worded.

    Rule: MTG-07; RULEBOOK §10.5, §23 scenarios 20 to 22."""
    free = [seat for seat in seats if seat.person in present and seat.person not in conflicted]
    chair = _officer(seats, Office.CHAIR)
    if chair in free and chair is not None:
        return Presiding(chair.person, chair.name, PresidingBasis.CHAIR, f"{chair.name} {setting.chair}.")
    vice = _officer(seats, Office.VICE_CHAIR)
    why_not_chair = _why_not(chair, "The chair", conflicted, setting)
    if vice in free and vice is not None:
        reason = f"{why_not_chair} {vice.name}, the vice chair, {setting.does}."
        return Presiding(vice.person, vice.name, PresidingBasis.VICE_CHAIR, reason)
    why_not = f"{why_not_chair} {_why_not(vice, 'The vice chair', conflicted, setting)}"
    return _agreed_by_members(free, why_not, agreed, setting)


def may_take_the_chair(
    seats: Sequence[Seat], conflicted: Collection[str], present: Collection[str], person: str
) -> bool:
    """Whether `person` may sit in the chair for an item: whoever rightly presides, or, where the chair hands over of their
    own accord, any voting member who is there and has no conflict. Rule: MTG-07."""
    should = who_presides(seats, conflicted, present, person)
    if should.may_be(person):
        return True
    free = {seat.person for seat in seats if seat.voting and seat.person in present and seat.person not in conflicted}
    return should.basis is PresidingBasis.CHAIR and person in free


def basis_of(seats: Sequence[Seat], person: str) -> PresidingBasis:
    """Returns by what right of their own somebody presides: as chair, as vice chair, or else as the members agreed. Rule: MTG-07."""
    offices = {office for seat in seats if seat.person == person for office in seat.offices}
    if Office.CHAIR in offices:
        return PresidingBasis.CHAIR
    return PresidingBasis.VICE_CHAIR if Office.VICE_CHAIR in offices else PresidingBasis.AGREED_BY_MEMBERS


def _agreed_by_members(free: Sequence[Seat], why_not: str, agreed: str | None, setting: Setting) -> Presiding:
    voting = {seat.person: seat for seat in free if seat.voting}
    candidates = tuple(Candidate(person, seat.name) for person, seat in voting.items())
    if agreed in voting:
        name = voting[agreed].name
        reason = f"{why_not} The remaining voting members agreed that {name} {setting.does}."
        return Presiding(agreed, name, PresidingBasis.AGREED_BY_MEMBERS, reason, candidates)
    if candidates:
        reason = f"{why_not} The remaining voting members without a conflict agree who {setting.does}."
        options = tuple(f"Ask the remaining members whether {each.name} {setting.does}" for each in candidates)
        return Presiding(None, "", PresidingBasis.AGREED_BY_MEMBERS, reason, candidates, options)
    return Presiding(None, "", None, f"{why_not} No voting member without a conflict is left.", (), NOBODY_LEFT)


def _officer(seats: Sequence[Seat], office: Office) -> Seat | None:
    """The holder of an office, in person: whoever deputises for the chair as a member does not take the chair."""
    return next((seat for seat in seats if office in seat.offices and seat.capacity is Capacity.MEMBER), None)


def _why_not(seat: Seat | None, office: str, conflicted: Collection[str], setting: Setting) -> str:
    if seat is None:
        return f"{office}'s place is vacant."
    if seat.person in conflicted:
        return f"{office}, {seat.name}, has a conflict on this item."
    return f"{office}, {seat.name}, {setting.away}."
