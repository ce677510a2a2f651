"""Pure rules of the room: who is entitled to decide an item, and what stops a decision. No database here."""

from collections.abc import Collection, Iterable, Iterator

from coi.committees.vocabulary import Seat
from coi.guidance.actions import effects_of
from coi.meetings.proceedings.vocabulary import (
    DEFER,
    REFER,
    REGARDLESS,
    DecisionFacts,
    DecisionVerdict,
    Elsewhere,
    OpenFlag,
    StandingRuling,
    Stop,
    StopCode,
)
from coi.wording import and_list


def entitled_to_decide(seats: Iterable[Seat], in_the_meeting: Collection[str]) -> tuple[Seat, ...]:
    """Returns the seats that may decide an item: those with a vote, in the meeting at that moment, and not ruled out of the
    decision. Each person decides once, however many seats they hold. Whoever abstains is entitled; whoever stood down is not.

    Rule: QUO-02; RULEBOOK §10.4, §10.8, §23 scenarios 23, 24, 31 to 34."""
    entitled: dict[str, Seat] = {}
    for seat in seats:
        doubled = seat.stands_for is not None and seat.stands_for in in_the_meeting
        if seat.voting and not doubled and seat.person in in_the_meeting and effects_of(seat.management).vote:
            entitled.setdefault(seat.person, seat)
    return tuple(entitled.values())


def stood_down(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Returns the seats with a vote whose holders were ruled out of the decision, wherever they are now."""
    down = {seat.person: seat for seat in seats if seat.voting and not effects_of(seat.management).vote}
    return tuple(down.values())


def may_decide(facts: DecisionFacts) -> DecisionVerdict:
    """Whether the committee may decide the item at this moment. Every stop says what can be done instead; what happened
    regardless can still be recorded, marked irregular, with these stops.

    Rule: QUO-01, QUO-02, MTG-05, MTG-06, MTG-07, MTG-10, MTG-12, PCCC-05; RULEBOOK §10, §12, §23."""
    return DecisionVerdict(tuple(_stops(facts)), tuple(_notes(facts)))


def _stops(facts: DecisionFacts) -> Iterator[Stop]:
    yield from _stops_of_the_moment(facts)
    yield from (_flag_stop(flag) for flag in facts.open_flags)
    yield from (_late_ruling(each) for each in facts.rulings if each.made_after)
    yield from _room_stops(facts)
    yield from _chair_stops(facts)
    if not facts.quorum.quorate:
        yield _quorum_stop(facts)
    if facts.scope is not None and not facts.scope.allowed:
        options = ("Record the committee’s advice as noted", REFER)
        yield Stop(StopCode.FUNCTION_RESERVED, facts.scope.reason, options, facts.scope.rule_id)
    if facts.is_private and not facts.private_reason.strip():
        sentence = "The item is in private, and the resolution gives no reason."
        options = ("Enter the reason on the item", "Move the item to the public part")
        yield Stop(StopCode.PRIVATE_WITHOUT_REASON, sentence, options, "MTG-12")


def _stops_of_the_moment(facts: DecisionFacts) -> Iterator[Stop]:
    if not facts.is_open:
        sentence = "The meeting is not open."
        yield Stop(StopCode.MEETING_NOT_OPEN, sentence, ("Open the meeting",), "MTG-04")
    if facts.is_settled:
        sentence = "The item is already settled."
        yield Stop(StopCode.ITEM_SETTLED, sentence, ("Bring it back as a new item",), "QUO-01")
    if facts.elsewhere is not None and facts.elsewhere.is_decided:
        yield _decided_elsewhere(facts.elsewhere)


def _decided_elsewhere(found: Elsewhere) -> Stop:
    """The same item is not decided twice: a decision of the one meeting is recorded late, once the other took it up."""
    sentence = f"The meeting {found.reference} has decided this item already."
    mend = "Record it as deferred here, if nothing was decided" if found.is_later else "Note the item: it is decided"
    wrong = f"Correct the record of {found.reference}, if that is what is wrong"
    return Stop(StopCode.TAKEN_UP_LATER, sentence, (mend, wrong, REGARDLESS), "QUO-01")


def remark_on(found: Elsewhere | None) -> str:
    """Returns what is said of an item whose earlier meeting recorded no outcome: it is remarked, and stops nothing."""
    if found is None or found.is_decided or found.is_later:
        return ""
    return (
        f"The record of the meeting {found.reference}, which this item is carried on from, says nothing of what came of it. "
        "Record there that it was deferred, or what was decided."
    )


def _flag_stop(flag: OpenFlag) -> Stop:
    if flag.is_missing_declaration:
        sentence = f"{flag.name} has no declaration on file that counts, and declared nothing at this meeting."
        options = (f"Ask {flag.name} to declare, and record it", "Record the chair’s ruling", DEFER, REGARDLESS)
        then = f"{flag.name} had no declaration on file that counted, and declared nothing at this meeting."
        return Stop(StopCode.FLAG_WITHOUT_RULING, sentence, options, "DECL-04", flag.person, then)
    sentence = f"Nobody has ruled on the conflict of {flag.name}: {flag.why}."
    options = (f"Record the chair’s ruling on {flag.name}", DEFER, REFER, REGARDLESS)
    then = f"Nobody had ruled on the conflict of {flag.name}: {flag.why}."
    return Stop(StopCode.FLAG_WITHOUT_RULING, sentence, options, "MTG-06", flag.person, then)


def _late_ruling(ruling: StandingRuling) -> Stop:
    """Who was ruled on after the decision was not ruled on when it was taken, unless the time of the ruling is that of its typing. Rule:
    MTG-06; RULEBOOK §10.2, §15."""
    sentence = (
        f"By the record {ruling.decided_by_name} ruled on {ruling.name} {ruling.made_after}, after this decision."
    )
    options = (
        "Record the ruling again, with the time at which it was made",
        "Correct the time of the decision",
        REGARDLESS,
    )
    return Stop(StopCode.RULED_AFTERWARDS, sentence, options, "MTG-06", ruling.person)


def _room_stops(facts: DecisionFacts) -> Iterator[Stop]:
    for ruling in facts.rulings:
        if not ruling.effects.room and ruling.person in facts.in_the_meeting:
            refused = ", refused to leave" if ruling.refuses else ""
            start = f"{ruling.name} was ruled out of the decision{refused} and"
            adjourn = (f"Adjourn until {ruling.name} leaves: the ruling stands",) if ruling.refuses else ()
            options = (*adjourn, f"Record when {ruling.name} left", DEFER, REGARDLESS)
            now, then = f"{start} is still in the meeting.", f"{start} was still in the meeting."
            yield Stop(StopCode.STILL_IN_THE_ROOM, now, options, "MTG-10", ruling.person, then)


def _chair_stops(facts: DecisionFacts) -> Iterator[Stop]:
    should = facts.presiding
    if should.person is None and not should.candidates:
        yield Stop(StopCode.NOBODY_PRESIDES, should.reason, (*should.options, REGARDLESS), should.rule_id)
        return
    if facts.chair_is_right:
        return
    options = (f"Hand the chair over to {should.name}",) if should.person else should.options
    yield Stop(
        StopCode.CHAIR_CONFLICTED, should.reason, (*options, DEFER, REGARDLESS), should.rule_id, facts.in_the_chair
    )


def _quorum_stop(facts: DecisionFacts) -> Stop:
    missing = and_list(list(facts.quorum.missing))
    lost = facts.quorum.lost_to_conflicts
    what = f"not quorate: {missing} missing." if missing else "not quorate."
    why = f"The item is {what}{' It would be, had nobody stood down.' if lost else ''}"
    then = f"The item was {what}{' It would have been, had nobody stood down.' if lost else ''}"
    invite = ("Invite a temporary member, and record them",) if facts.temporary_allowed else ()
    options = (DEFER, REFER, "Wait for the missing members to join", *invite, REGARDLESS)
    return Stop(StopCode.INQUORATE, why, options, "QUO-01", then=then)


def _notes(facts: DecisionFacts) -> Iterator[str]:
    if remark := remark_on(facts.elsewhere):
        yield remark
    if facts.undeclared:
        yield (
            f"Nothing that counts is on file from {and_list(facts.undeclared)}. Ask them once, and record what they say: it counts for the "
            "whole meeting."
        )
    for ruling in facts.rulings:
        if not ruling.is_confirmed:
            yield f"The ruling on {ruling.name} was recorded as dictated. {ruling.decided_by_name} has not confirmed it yet."
