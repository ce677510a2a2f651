"""Pure phrases of the minutes: times, points, bases, movements and rulings as sentences."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from coi.meetings.conflicts.vocabulary import AS_ON_REGISTER
from coi.meetings.corrections.vocabulary import CorrectionFact
from coi.meetings.minutes.conflict_facts import (
    ConflictFacts,
    DeclarationFacts,
    DismissalFacts,
    MovementFacts,
    RulingFacts,
    SaidOfItemFacts,
)
from coi.meetings.minutes.facts import ClinicalViewFacts, DecisionFacts, HandoverFacts, KeeperFacts, QuorumFacts
from coi.meetings.minutes.registration import registration_words, silence_words
from coi.meetings.proceedings.vocabulary import NOTED
from coi.meetings.vocabulary import DeclaredPoint, Outcome, PresenceKind, PresidingBasis
from coi.wording import and_list, clock_time, day, moment, on_the_day

POINTS = {
    DeclaredPoint.BEFORE_MEETING: "before the meeting",
    DeclaredPoint.START: "at the start of the meeting",
    DeclaredPoint.ON_JOINING: "on joining the meeting",
    DeclaredPoint.AT_ITEM: "when the item was reached",
    DeclaredPoint.DURING_ITEM: "during the discussion of the item",
    DeclaredPoint.NOT_DECLARED: "not at the meeting",
}
BASES = {
    PresidingBasis.CHAIR: "the Chair",
    PresidingBasis.VICE_CHAIR: "the Vice Chair",
    PresidingBasis.AGREED_BY_MEMBERS: "presiding by agreement of the members without a conflict",
}
MOVES = {
    PresenceKind.JOINED: "joined the meeting",
    PresenceKind.LEFT: "left the meeting",
    PresenceKind.RETURNED: "returned to the meeting",
    PresenceKind.REMOVED: "was moved out of the online meeting",
    PresenceKind.GALLERY: "left the table and joined the public gallery",
}
OF_ITEM = "On item {}: "
"""How a line begins that tells of an item among the declarations, so that it can be kept from whoever does not read that item."""
GUARDIAN = "The Conflicts of Interest Guardian was consulted."


def at_time(at: datetime | None) -> str:
    """Returns "at 2:05pm", or that the time was not recorded."""
    return f"at {clock_time(at)}" if at else "at a time that was not recorded"


def sentence(text: str) -> str:
    """Returns `text` with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?”" else ".")


def decided(decision: DecisionFacts) -> str:
    """Returns what follows the outcome in the line of a decision: its text, unless that only says again that the item was noted."""
    if decision.outcome is Outcome.NOTED and decision.text == NOTED:
        return " the item."
    return f": {sentence(decision.text)}" if decision.text else "."


def movement(move: MovementFacts) -> str:
    """Returns one movement as a sentence, with its note."""
    note = f" ({move.note})" if move.note else ""
    return f"{move.name} {MOVES[move.kind]} {at_time(move.at)}{note}."


def stayed_away(moves: Sequence[MovementFacts]) -> bool:
    """Whether somebody left, or sat in the gallery, and no return is among the movements."""
    kinds = {move.kind for move in moves}
    return bool(kinds) and not kinds & {PresenceKind.JOINED, PresenceKind.RETURNED}


def quorum(facts: QuorumFacts, committee: str) -> str:
    """Returns whether a committee was quorate, by which rule, with whom, or what was missing; and which clinical members remained."""
    rest = f" {facts.waiting}" if facts.waiting else ""
    rest += f" {sentence(facts.clinical)}" if facts.clinical else ""
    if facts.quorate:
        counted = f" Counted: {_who(facts)}." if facts.counted else ""
        return (
            f"{committee} was quorate at {clock_time(facts.taken_at)}. The rule: {sentence(facts.rule)}{counted}{rest}"
        )
    missing = f" Missing: {sentence(and_list(list(facts.missing)))}" if facts.missing else ""
    return (
        f"{committee} was not quorate at {clock_time(facts.taken_at)}. The rule: {sentence(facts.rule)}{missing}{rest}"
    )


def quorum_since(facts: QuorumFacts, opening: QuorumFacts | None, committee: str) -> str:
    """Returns the quorum of an item against that of the opening: in full where there was none or it fell, else only what differs."""
    if opening is None or not facts.quorate:
        return quorum(facts, committee)
    start = f"{committee} was quorate at {clock_time(facts.taken_at)}"
    same = facts.counted == opening.counted
    said = [
        f"{start}, with the same members as at the opening."
        if same
        else f"{start}. Counted: {_who(facts) or 'nobody'}."
    ]
    if facts.rule != opening.rule:
        said.append(f"The rule: {sentence(facts.rule) or 'not recorded.'}")
    if facts.waiting:
        said.append(facts.waiting)
    if facts.clinical != opening.clinical:
        said.append(sentence(facts.clinical) or "It was not recorded which clinical members remained.")
    return " ".join(said)


def _who(facts: QuorumFacts) -> str:
    return and_list([f"{name} ({slot})" if slot else name for name, slot in facts.counted])


def declarations(conflict: ConflictFacts) -> Iterator[str]:
    """Yields what somebody declared of a conflict, in order: whoever was silent first and spoke then was prompted late. Rule: MTG-05;
    RULEBOOK §15, §18."""
    said = [each for each in (conflict.declared, *conflict.then) if each]
    spoke = any(each.point is not DeclaredPoint.NOT_DECLARED and not each.has_nothing for each in said)
    for each in said:
        yield declaration(each, spoke_too=spoke)
    for other in conflict.unspoken if said else ():
        yield f"It is not recorded that {conflict.name} declared at the meeting: {sentence(other)}"


def undeclared(names: Sequence[str]) -> str:
    """Returns of whom nothing is on file, who only attended and declared nothing. Rule: DECL-04, MTG-05; RULEBOOK §24."""
    return f"Nothing that counts is on file from {and_list(list(names))}, in attendance, and they declared nothing at this meeting."


def declaration(facts: DeclarationFacts, *, spoke_too: bool = False) -> str:
    """Returns what was declared, when, and whether it was on the register. `spoke_too`: whoever was silent here declared besides."""
    if facts.point is DeclaredPoint.NOT_DECLARED:
        known, later = silence_words(facts.on_register, facts.registered)
        what = (f" {sentence(facts.about)}" if facts.about else "") + later
        if spoke_too:
            return f"{facts.name} said nothing of it when asked{known}.{what}"
        return f"{facts.name} did not declare this interest at the meeting{known}.{what}"
    when = f" {at_time(facts.at)}" if facts.at else ""
    if facts.has_nothing:
        return f"{facts.name} said {POINTS[facts.point]}{when} that they had nothing to declare."
    said = f"{facts.name} declared {POINTS[facts.point]}{when}: {_declared_words(facts)}"
    return f"{said} {registration_words(facts.on_register, facts.registered, facts.due_on)}"


def said_of_item(facts: SaidOfItemFacts) -> str:
    """Returns that somebody declared something of an item before it was reached, as a line among the declarations. Rule: MTG-05."""
    return f"{OF_ITEM.format(facts.number)}{said_at_item(facts)}"


def said_at_item(facts: SaidOfItemFacts) -> str:
    """Returns that somebody declared an interest in an item, or had none."""
    when = f"{POINTS[facts.point]}{f' {at_time(facts.at)}' if facts.at else ''}"
    if facts.has_nothing:
        return f"{facts.name} said {when} that they had nothing to declare."
    return f"{facts.name} declared an interest {when}. The minutes of the item say which."


def _declared_words(facts: DeclarationFacts) -> str:
    """What was declared, in words that say of what."""
    if facts.about and facts.text == AS_ON_REGISTER:
        return sentence(facts.about)
    return f"{sentence(facts.text)} This is about: {sentence(facts.about)}" if facts.about else sentence(facts.text)


def nature(facts: ConflictFacts) -> str:
    """Returns who has the interest, its nature, and by which path it reaches the item (elements 1 to 3)."""
    if not facts.relation and facts.is_withheld:
        return f"{facts.name} has a conflict of interest in this item: {facts.nature}."
    path = " → ".join(facts.path)
    reason = f" The path: {sentence(path)}" if path else ""
    return f"{facts.name} has a conflict of interest in this item ({facts.relation}): {sentence(facts.nature)}{reason}"


def ruling(facts: RulingFacts, held_on: date) -> str:
    """Returns what was ruled, by whom, when (with the day where it was not that of the meeting) and why, and who wrote it down if
    somebody else did (element 4)."""
    when = on_the_day(facts.made_at, held_on)
    basis = BASES[facts.basis]
    said = f"{facts.decided_by}, {basis}, ruled {when}: {sentence(facts.sentence)} Reason: {sentence(facts.rationale)}"
    if facts.magnitude or facts.lacks_magnitude:
        said += f" How large the interest is: {sentence(facts.magnitude or 'it was not recorded')}"
    if facts.guardian_consulted:
        said += f" {GUARDIAN}"
    if facts.is_dictated:
        state = "and confirmed it" if facts.is_confirmed else "and has not confirmed it yet"
        said += f" {facts.recorded_by} recorded this ruling as dictated; {facts.decided_by} gave it {state}."
    return said


def dismissal(facts: DismissalFacts) -> str:
    """Returns who dismissed a flag (whoever presides, who need not be the Chair), why, and that the Guardian was asked. Rule: MTG-06."""
    who = f"{facts.by}, as the one to preside over this item," if facts.by else "Whoever presided over this item"
    said = f"{who} dismissed this flag. Reason: {sentence(facts.because)}"
    return f"{said} {GUARDIAN}" if facts.guardian_consulted else said


def handover(facts: HandoverFacts) -> Iterator[str]:
    """Returns who took the chair from whom, by what right and why, when it went back, and what was corrected of that."""
    right = BASES[facts.basis]
    where = f" of {facts.committee}" if facts.committee else ""
    back = f" The chair went back {at_time(facts.returned_at)}." if facts.returned_at else ""
    if back and not facts.is_return_recorded:
        back = " This was for the item alone. When the chair went back was not recorded."
    yield (
        f"{facts.to_name} took the chair{where} from {facts.from_name} {at_time(facts.at)} as {right}. "
        f"Reason: {sentence(facts.reason)}{back}"
    )
    yield from corrections(facts.corrections)


def corrections(facts: Sequence[CorrectionFact]) -> Iterator[str]:
    """Returns what was corrected: when, by whom, why, and what was recorded before."""
    for each in facts:
        before = f" Recorded before: {' '.join(map(sentence, each.was))}" if each.was else ""
        yield f"Corrected on {moment(each.at)}, by {each.by}. Reason: {sentence(each.because)}{before}"


def keeper(facts: KeeperFacts) -> str:
    """Returns who kept the record of an item instead of a secretary with an interest in it."""
    if facts.took_over:
        return f"{facts.name} took over the record of this item from {facts.in_place_of}, who had an interest in it."
    return f"{facts.name} kept the record of this item in place of {facts.in_place_of}, who had an interest in it."


def clinical_view(facts: ClinicalViewFacts) -> str:
    """Returns whose clinical view the committee had, how and when it was obtained, and what it says. Rule: MIN-01; RULEBOOK §23
    scenario 42."""
    on = f"on {day(facts.on)}" if facts.on else "on a day that was not recorded"
    how = f"{facts.how[:1].lower()}{facts.how[1:]}"
    return (
        f"Clinical view of {facts.name} ({facts.role}), {how}, {on}: {sentence(facts.said)} {sentence(facts.screened)}"
    )


def outcome_of_ruling(facts: ConflictFacts) -> str:
    """Returns where the person was when the item was decided, and what that did to vote and quorum (element 5)."""
    if facts.in_room_at_decision is None:
        return ""
    room = "was in the room" if facts.in_room_at_decision else "was not in the room"
    vote = "took part in the decision" if facts.took_part else "took no part in the decision"
    count = "was counted" if facts.counted else "was not counted"
    when = f"when {facts.committee} decided the item" if facts.committee else "when the item was decided"
    must_leave = facts.ruling is not None and facts.ruling.must_leave
    if (
        facts.in_room_at_decision and not facts.took_part and (facts.presided or must_leave)
    ):  # what they did there, nobody recorded
        presided, part = (", presided", "any other part") if facts.presided else ("", "part")
        unknown = f"Whether they took {part} in the decision is not recorded."
        return f"{facts.name} {room} {when}{presided} and {count} towards the quorum. {unknown}"
    return f"{facts.name} {room} {when}, {vote} and {count} towards the quorum."
