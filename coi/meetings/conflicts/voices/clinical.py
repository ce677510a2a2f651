"""Pure rules of the clinical voice: who is heard when an item is decided, what is lost, and the ways to keep it that the rules allow.
No database here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coi.committees.quorum_words import CLASS_WORDS
from coi.committees.vocabulary import ClinicalMember, MemberClass, Seat
from coi.meetings.conflicts.voices.vocabulary import Going, Source, Voice, Way
from coi.wording import and_list

PCCC = "Statutory guidance on primary care commissioning committees"
ACTIONS = "Statutory guidance, the closed list of actions"
CLINICAL = (MemberClass.GP, MemberClass.SECONDARY_CARE, MemberClass.NURSE)

_WRITTEN = Way(
    "Written clinical advice goes out with the papers",
    "Ask for it now, and record on the item who gave it and what it says",
    Source("MTG-02", PCCC),
)
_INDEPENDENT = Way(
    "An independent clinician takes part: a GP from another area or retired, a secondary care doctor, a nurse, or a member of "
    "another body’s committee",
    "Invite somebody from the roster who is free of flags",
    Source("PCCC-02", PCCC),
)


def voice_without(seats: Sequence[Seat], out: Collection[str]) -> Voice:
    """Returns whose clinical voice remains for an item when `out` (keys) have left, and what is lost, in words. Only whoever is expected
    is looked at. Source: USERS W4; RULEBOOK §11.1, §23 scenario 42."""
    there = {seat.person: seat for seat in seats if seat.present and seat.member_class.is_clinical}
    remaining = tuple(_member(seat) for person, seat in there.items() if person not in out)
    lost = tuple(_member(seat) for person, seat in there.items() if person in out)
    gone = [each for each in CLINICAL if each in _classes(lost) and each not in _classes(remaining)]
    return Voice(remaining, lost, _sentence(remaining, lost, gone), bool(gone))


def _sentence(remaining: Sequence[ClinicalMember], lost: Sequence[ClinicalMember], gone: Sequence[MemberClass]) -> str:
    if not remaining and not lost:
        return "No clinician is expected."
    if not remaining:
        leaves = "leaves" if len(lost) == 1 else "leave"
        return f"No clinician remains: {_named(lost)} {leaves}."
    remain = f"{_named(remaining)} {'remains' if len(remaining) == 1 else 'remain'}"
    if gone:
        kinds = " and no ".join(CLASS_WORDS[each][0] for each in gone)
        return f"No {kinds} remains. {_capital(remain)}."
    if lost:
        return f"{_named(lost)} {'leaves' if len(lost) == 1 else 'leave'}. {_capital(remain)}."
    return f"No clinician leaves: {remain}."


@dataclass(frozen=True)
class VoiceFacts:
    """What the ways rest on. `competitive`: providers compete for what the item awards."""

    voice: Voice
    going: tuple[Going, ...]
    competitive: bool = False
    may_discuss: frozenset[str] = frozenset()  # keys of people for whom joining the discussion is among the suggestions


def ways_to_keep(facts: VoiceFacts) -> tuple[Way, ...]:
    """Returns the ways to keep the clinical voice that the rules allow; none where every kind of clinician remains. Joining the discussion
    is offered to whom it is suggested for, so not to somebody whose own contract it is; to nobody while providers compete.

    Rule: MTG-08; RULEBOOK §10.4 A5, §11.1, §11.4, §23 scenarios 35 and 42."""
    if not facts.voice.is_lost and facts.voice.remaining:
        return ()
    found: list[Way] = []
    if heard := _may_be_heard(facts):
        hears = f"{and_list(heard)} may join the discussion and leave for the decision, where the committee needs to hear it"
        then = "The chair rules so, and the minutes say what was heard before they left"
        found.append(Way(hears, then, Source("MTG-08", ACTIONS)))
    found.append(_WRITTEN)
    if facts.voice.remaining:
        speak = f"{and_list(each.name for each in facts.voice.remaining)} can speak to the clinical questions"
        then = "Tell them before the meeting, so that they are prepared"
        found.append(Way(speak, then, Source("PCCC-02", PCCC)))
    return (*found, _INDEPENDENT)


def _may_be_heard(facts: VoiceFacts) -> list[str]:
    """Who leaves for the decision and may join the discussion."""
    lost = {each.name for each in facts.voice.lost}
    going = () if facts.competitive else facts.going
    return [each.name for each in going if each.name in lost and each.person in facts.may_discuss]


def _member(seat: Seat) -> ClinicalMember:
    return ClinicalMember(seat.name, seat.member_class)


def _classes(members: Sequence[ClinicalMember]) -> frozenset[MemberClass]:
    return frozenset(each.member_class for each in members)


def _named(members: Sequence[ClinicalMember]) -> str:
    return and_list(f"{each.name} ({CLASS_WORDS[each.member_class][0]})" for each in members)


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
