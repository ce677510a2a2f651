"""Pure: the four questions of a lay member who was not in the room, answered from what was recorded."""

from collections.abc import Sequence
from dataclasses import replace

from coi.assurance.facts import RulingFact, StoryFacts
from coi.assurance.room_facts import AtDecision, ConcernedPerson, RoomFacts
from coi.assurance.sentences import dismissed
from coi.assurance.vocabulary import Answer
from coi.audit.vocabulary import Event
from coi.meetings.minutes.phrases import sentence
from coi.wording import and_list, clock_time

GAIN = "Who could gain?"
ROOM, ROOM_NOW = "Who was in the room?", "Who is in the room?"
WITHOUT, WITHOUT_NOW = "Could we have decided without them?", "Can we decide without them?"
LOST, LOST_NOW = "What did we lose by sending people out?", "What do we lose by sending people out?"
"""What is asked of an item that is settled, and of one that is not."""
NOT_MENDED = "The record contradicts itself, and nobody has corrected it yet."


def answers(facts: StoryFacts) -> tuple[Answer, ...]:
    """Returns the answers, in the order in which a lay member asks."""
    found = (_gain(facts), _room(facts), _without(facts), _lost(facts))
    if facts.is_settled:
        return found
    now = {ROOM: ROOM_NOW, WITHOUT: WITHOUT_NOW, LOST: LOST_NOW}
    return tuple(replace(each, question=now.get(each.question, each.question)) for each in found)


def _gain(facts: StoryFacts) -> Answer:
    if not facts.people and facts.is_unscreened:
        return Answer(
            GAIN,
            "This cannot be said. The item was not screened: it names no organisation, so that no interest could be compared with it. "
            "Nobody declared an interest at the item or was ruled on.",
        )
    cleared = tuple(f"{each.name}: {each.why} {dismissed(each)}" for each in facts.flags if each.is_no_conflict)
    if not facts.people:
        searched = f" {facts.searched}" if facts.searched else ""
        flagged = "Every flag was dismissed as no conflict, and nobody" if cleared else "Nobody was flagged,"
        return Answer(
            GAIN, f"Nobody, as far as is recorded. {flagged} declared an interest at the item or was ruled on.{searched}", cleared
        )  # fmt: skip
    count = len(facts.people)
    said = f"{and_list([each.name for each in facts.people])} {'has' if count == 1 else 'have'} an interest that matters here."
    return Answer(GAIN, said, (*(f"{each.name}: {why}" for each in facts.people for why in each.why), *cleared))


def _room(facts: StoryFacts) -> Answer:
    if not facts.rooms:
        return Answer(ROOM, "Nothing is recorded about who was in the room.")
    details: list[str] = []
    for room in facts.rooms:
        details += _presence(room, several=len(facts.rooms) > 1)
    details += [said for each in facts.people if (said := _where(each))]
    details += facts.contradictions
    otherwise = f" {NOT_MENDED}" if facts.contradictions else ""
    return Answer(ROOM, f"{_room_sentence(facts)}{otherwise}", tuple(details))


def _room_sentence(facts: StoryFacts) -> str:
    first = facts.rooms[0]
    if not first.has_begun:
        return "The meeting has not begun. These members are expected."
    if len(facts.rooms) > 1 and (settled := [room.committee for room in facts.rooms if room.is_final]):
        return " ".join(_at_decision_of(committee, facts) for committee in settled)
    if not first.is_final or first.taken_at is None:
        return "The item is not settled. These people are in the meeting now."
    inside = [each.name for each in facts.people if each.in_room]
    known = [each for each in facts.people if each.in_room is not None or each.was_away]
    was_put_off = bool(facts.decisions) and not any(each.is_decision for each in facts.decisions)
    when = "the item was put off, without a decision" if was_put_off else "the item was settled"
    if inside:
        return f"When {when}, {and_list(inside)} {_was(inside)} in the room, with an interest in it."
    if known:
        return f"When {when}, nobody with an interest in it was in the room."
    return f"This is who was in the room when {when}, at {clock_time(first.taken_at)}."


def _at_decision_of(committee: str, facts: StoryFacts) -> str:
    inside = [each.name for each in facts.people for at in each.at if at.committee == committee and at.in_room]
    if inside:
        return (
            f"When {committee} settled the item, {and_list(inside)} {_was(inside)} in the room, with an interest in it."
        )
    return f"When {committee} settled the item, nobody with an interest in it was in the room."


def _presence(room: RoomFacts, *, several: bool) -> list[str]:
    where = f"{room.committee}: " if several else ""
    found = []
    if room.present:
        word = "In the room" if room.has_begun else "Expected"
        found.append(f"{where}{word}: {and_list(room.present)}.")
    else:
        found.append(f"{where}Nobody is recorded as in the room.")
    if room.presiding:
        found.append(f"{where}{room.presiding} presided.")
    return found


def _where(person: ConcernedPerson) -> str:
    if person.was_away:
        return f"{person.name} sent apologies and was not there."
    if person.at:
        return " ".join(
            f"{person.name} was {'in' if at.in_room else 'out of'} the room for {at.committee}{_part(at)}."
            for at in person.at
        )
    if person.in_room is None:
        return ""
    part = _part(person)
    return f"{person.name} was {'in' if person.in_room else 'out of'} the room{part}."


def _part(person: ConcernedPerson | AtDecision) -> str:
    """What somebody had to do with the decision, as the minutes say it; a committee may agree without a vote."""
    if person.voted:
        return " and voted"
    if person.took_part:
        return f", took part in the decision and {'was' if person.counted else 'was not'} counted towards the quorum"
    return " and did not vote" if person.is_member and person.in_room else ""


def _without(facts: StoryFacts) -> Answer:
    if not facts.people and facts.is_unscreened:
        said = "This cannot be said. The item was not screened, so that nobody knows who would have to be left out."
        return Answer(WITHOUT, said, _quorum_details(facts.rooms))
    if not facts.people:
        return _whole_committee(facts.rooms)
    if not facts.rooms:
        return Answer(WITHOUT, "This cannot be said. The quorum of the committee is not recorded.")
    names = and_list([each.name for each in facts.people])
    quorate = [room.committee for room in facts.rooms if room.without_quorate]
    is_, are = ("was", "were") if facts.rooms[0].is_final else ("is", "are")
    several = len(facts.rooms) > 1
    if len(quorate) == len(facts.rooms):
        said = f"Yes. Without {names}, {'every' if several else 'the'} committee {is_} quorate."
    elif quorate:
        said = f"Only in part. Without {names}, {and_list(quorate)} {is_ if len(quorate) == 1 else are} quorate."
    else:
        said = f"No. Without {names}, {'no committee ' + is_ if several else 'the committee ' + is_ + ' not'} quorate."
    return Answer(WITHOUT, said, _quorum_details(facts.rooms))


def _whole_committee(rooms: Sequence[RoomFacts]) -> Answer:
    return Answer(WITHOUT, "Nobody with an interest had to be left out.", _quorum_details(rooms))


def _quorum_details(rooms: Sequence[RoomFacts]) -> tuple[str, ...]:
    several = len(rooms) > 1
    found = []
    for room in rooms:
        where = f"{room.committee}: " if several else ""
        found.append(f"{where}The rule: {sentence(room.rule)}")
        found += [f"{where}{reason}" for reason in room.without_reasons]
    return tuple(found)


def _lost(facts: StoryFacts) -> Answer:
    lost = list(dict.fromkeys(name for room in facts.rooms for name in room.lost_voices))
    remaining = list(dict.fromkeys(name for room in facts.rooms for name in room.remaining_voices))
    is_final = bool(facts.rooms) and facts.rooms[0].is_final
    if remaining:
        left = f"Clinical members who {'remained' if is_final else 'remain'}: {and_list(remaining)}."
    else:
        left = f"No clinical member {'remained' if is_final else 'remains'} for the decision."
    details = (left,) if facts.rooms else ()
    if not lost:
        sent = "was sent out" if is_final else "has to leave"
        return Answer(LOST, f"Nothing. No clinical member {sent} for this item.", details)
    if not is_final:
        said = f"The clinical voice of {and_list(lost)}, if what was ruled or suggested is followed."
        return Answer(LOST, said, (*details, *_heard(facts, lost, "can", "cannot")))
    said = f"The clinical voice of {and_list(lost)} was missing at the decision."
    return Answer(LOST, said, (*details, *_heard(facts, lost, "could", "could not")))


def _heard(facts: StoryFacts, lost: Sequence[str], can: str, cannot: str) -> list[str]:
    """Who was sent out for the decision but allowed to speak before it, and who was not, or only once the discussion had begun."""
    clinical = {name.rsplit(" (", 1)[0] for name in lost}
    standing = [each for each in facts.rulings if not each.is_replaced and each.name in clinical]
    heard = list(dict.fromkeys(each.name for each in standing if each.may_discuss))
    out = [each for each in standing if each.name not in heard]
    late = list(dict.fromkeys(each.name for each in out if _began_before(each, facts)))
    unheard = [name for name in dict.fromkeys(each.name for each in out) if name not in late]
    found = []
    if heard:
        found.append(f"{and_list(heard)} {can} join the discussion before leaving.")
    if late:
        found.append(
            f"{and_list(late)} {cannot} join the discussion any more after the ruling, which came once it had begun."
        )
    if unheard:
        found.append(f"{and_list(unheard)} {cannot} join the discussion.")
    return found


def _began_before(ruling: RulingFact, facts: StoryFacts) -> bool:
    """Whether the ledger has a note of the discussion before a ruling."""
    noted = [proof.seq for proof in facts.agenda if proof.event == Event.DISCUSSION_NOTED]
    return bool(ruling.proofs and noted) and noted[0] < ruling.proofs[0].seq


def _was(names: Sequence[str]) -> str:
    return "was" if len(names) == 1 else "were"
