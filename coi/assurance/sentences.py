"""Pure: one sentence for each thing that can happen to an item, as its story tells it."""

from coi.assurance.facts import DIRECT, ChairFact, FlagFact, InterestFact, KeeperFact, MoveFact, RulingFact, SpokenFact
from coi.assurance.outcome_facts import ActionFact, DecisionFact, MinutesFact, QuorumFact
from coi.assurance.room_facts import LossFact
from coi.audit.vocabulary import Event
from coi.committees.room import waiting_words
from coi.meetings.conflicts.vocabulary import FOUND_BY_SCREENING
from coi.meetings.minutes.phrases import BASES, MOVES, POINTS, sentence
from coi.meetings.minutes.registration import registration_words, silence_words
from coi.meetings.proceedings.vocabulary import NOTED
from coi.meetings.vocabulary import Cast, DeclaredPoint
from coi.wording import and_list, day

AGENDA: dict[str, str] = {
    Event.ITEM_ADDED: "The item “{title}” was put on the agenda.",
    Event.ITEM_CARRIED: "The item “{title}”, which an earlier meeting put off, was put on the agenda.",
    Event.ITEM_CHANGED: "The item was changed.",
    Event.ITEM_OPENED: "The item was reached.",
    Event.PAPER_ADDED: "A paper was added.",
    Event.PAPER_WITHDRAWN: "A paper was withdrawn.",
    Event.DISCUSSION_NOTED: "The secretary noted the discussion.",
}
"""What an entry about the item itself says happened to it. Entries that settle it tell of the decision instead. An item that was taken
off has no story: where that stands in the proof of another, it only moved up."""

FOLLOWED: dict[str, str] = {
    Event.ITEM_ADDED: "A later item was put on an agenda. It continues the matter of this one.",
    Event.ITEM_CARRIED: "This item, which was put off, was put on the agenda of a later meeting.",
}
"""What an entry says that put another item on an agenda and changed this one, which was there before."""

OUTCOMES = {
    "approved": "approved it",
    "not_approved": "did not approve it",
    "agreed": "agreed",
    "noted": "noted it",
    "deferred": "deferred it",
    "referred": "referred it",
}
CASTS = {Cast.FOR: "for", Cast.AGAINST: "against", Cast.ABSTAINED: "abstained"}


def interest(fact: InterestFact, event: str) -> str:
    """Returns what was declared, changed, ended or agreed about an interest."""
    where = and_list(fact.organisations)
    held = f" held through {fact.through}" if fact.through else ""
    role = f"{fact.role}, {where}" if where else "no organisation"
    what = f"{fact.reference}{held}: {fact.nature.rstrip('.')} ({role})"
    if event == Event.MITIGATION_AGREED:
        return (
            f"What to do about the interest of {fact.name} was agreed: {sentence(fact.mitigation)} ({fact.reference})"
        )
    if event == Event.INTEREST_ENDED:
        return f"{fact.name} declared that an interest ended: {what}."
    if event == Event.ORGANISATION_MATCHED:
        return f"The organisation in the interest of {fact.name} was identified: {what}."
    verb = "declared a change to an interest" if event == Event.INTEREST_CHANGED else "declared an interest"
    said = f"{fact.name} {verb}: {what}."
    if fact.on_behalf:
        said += f" {fact.entered_by} entered it for {fact.name}, who declared it {fact.declared}."
    return said


def flag(fact: FlagFact, event: str) -> str:
    """Returns that a conflict was flagged, and by what."""
    if event == Event.FLAG_RAISED:
        return f"Somebody told the chair of a conflict of {fact.name}."
    if event == Event.INTEREST_DECLARED_AT_MEETING:
        if fact.level == "D":
            return f"A conflict of {fact.name} was flagged, because of what was declared at the meeting."
        return f"{fact.name} was flagged: {_lower(fact.level_words)}. What was declared confirmed it."
    if fact.stood:
        return f"The flag on {fact.name} was kept in the record: {_lower(fact.level_words)}."
    return f"{fact.name} was flagged: {_lower(fact.level_words)}."


def flag_stood(fact: FlagFact) -> str:
    """Returns that a flag stood from here on, whoever acted on it later."""
    words = _lower(fact.level_words)
    return f"From here on, the agenda flags {fact.name}: {words}."


def lost(fact: LossFact) -> str:
    """Returns whose flag the item reached no more, and who changed what."""
    return f"The flag on {fact.name} was no longer reached{fact.because.removeprefix('No longer reached')}"


def loss_seen(fact: LossFact) -> str:
    """Returns who said that they had seen it."""
    return f"{fact.seen_by} said, presiding, that they had seen why the flag on {fact.name} was no longer reached."


def dismissed(fact: FlagFact) -> str:
    """Returns who said that a flag is no conflict, whether the Guardian was asked, and why."""
    who = (
        f"{fact.dismissed_by} dismissed the flag on {fact.name}"
        if fact.dismissed_by
        else f"The flag on {fact.name} was dismissed"
    )
    asked = ", after asking the conflicts of interest Guardian" if fact.guardian_consulted else ""
    return f"{who}{asked}. Reason: {sentence(fact.reason)}"


def known_before(fact: FlagFact) -> tuple[str, ...]:
    """Returns that a flag may have stood before somebody acted on it, where the record cannot say since when; of others nothing."""
    if fact.stood or fact.level not in FOUND_BY_SCREENING or len(fact.path) <= DIRECT:
        return ()
    return (
        "The agenda may have shown this before: the path leads over other organisations, and no entry says since when.",
    )


def computed_flag(fact: FlagFact) -> str:
    """Returns a flag that the page works out and nobody has acted on."""
    path = f" How: {' → '.join(fact.path)}." if fact.path else ""
    said = f"{fact.name} is flagged now: {_lower(fact.level_words)}."
    return f"{said} Nobody has acted on this flag, so the ledger does not have it yet.{path}"


def acted_on_flag(fact: FlagFact, event: str) -> str:
    """Returns what somebody did about a flag; "" for an event that its first line or the decision tells of."""
    if event == Event.FLAG_CONFIRMED:
        return f"The flag on {fact.name} was confirmed as a conflict."
    if event == Event.FLAG_DISMISSED:
        return dismissed(fact)
    if event == Event.FLAG_ANSWERED:
        return f"{fact.name} answered the flag: {sentence(fact.answer)}"
    return ""


def spoken(fact: SpokenFact) -> str:
    """Returns what somebody declared at the meeting, at what point, and whether the register had it."""
    return _said(fact) + (" This was corrected later." if fact.is_corrected else "")


def _said(fact: SpokenFact) -> str:
    if fact.point is DeclaredPoint.NOT_DECLARED:
        where = " that is on the register" if fact.on_register else ""
        _, later = silence_words(fact.on_register, fact.registered)
        if fact.spoke_too:
            return f"{fact.name} said nothing of an interest{where} when asked.{later}"
        return f"{fact.name} did not declare an interest{where}.{later}"
    point = POINTS[fact.point]
    if fact.is_nothing:
        return f"{fact.name} said {point} that there was nothing to declare."
    said = f"{fact.name} declared {point}: {sentence(fact.text)}"
    return f"{said} {registration_words(fact.on_register, fact.registered, fact.due_on)}"


def ruling(fact: RulingFact) -> str:
    """Returns who ruled what on whom."""
    where = f" for {fact.committee}" if fact.committee else ""
    what = and_list([f"“{each}”" for each in fact.actions]) or "nothing"
    replaced = " A later ruling replaced this one." if fact.is_replaced else ""
    return f"{fact.decided_by}, {BASES[fact.basis]}, ruled on {fact.name}{where}: {what}.{replaced}"


def ruling_details(fact: RulingFact) -> tuple[str, ...]:
    """Returns why, who wrote it down, and whether the Guardian was asked."""
    found = [f"Reason: {sentence(fact.rationale)}" if fact.rationale else "No reason is recorded."]
    if fact.magnitude:
        found.append(f"How large the interest is: {sentence(fact.magnitude)}")
    if fact.is_dictated:
        state = "confirmed it" if fact.confirmed_at else "has not confirmed it"
        found.append(f"{fact.recorded_by} wrote it down as dictated; {fact.decided_by} {state}.")
    if fact.guardian_consulted:
        found.append("The Conflicts of Interest Guardian was consulted.")
    return tuple(found)


def handover(fact: ChairFact) -> str:
    """Returns who took the chair from whom, and by what right."""
    where = f" of {fact.committee}" if fact.committee else ""
    right = BASES[fact.basis]
    return f"{fact.to_name} took the chair{where} from {fact.from_name} as {right}. Reason: {sentence(fact.reason)}"


def keeper(fact: KeeperFact) -> str:
    """Returns who was named to keep the record of the item instead of a secretary with an interest in it, and by whom."""
    return (
        f"{fact.named_by} named {fact.name} to keep the record of this item in place of {fact.in_place_of}, "
        "who had an interest in it."
    )


def move(fact: MoveFact) -> str:
    """Returns one movement, with the note and whether the time is known."""
    why = " because of the conflict" if fact.for_conflict and not fact.kind.is_in_the_meeting else ""
    unknown = "" if fact.at else ", at a time that was not recorded"
    note = f" Note: {sentence(fact.note)}" if fact.note else ""
    corrected = " This was corrected later." if fact.is_corrected else ""
    return f"{fact.name} {MOVES[fact.kind]}{why}{unknown}.{note}{corrected}"


def quorum(fact: QuorumFact) -> str:
    """Returns whether the committee was quorate."""
    who = fact.committee or "The committee"
    return f"The quorum was taken. {who} was {'' if fact.quorate else 'not '}quorate for this item."


def quorum_details(fact: QuorumFact) -> tuple[str, ...]:
    """Returns the rule, who counted as what, and what was missing."""
    counted = and_list([f"{name} ({slot})" if slot else name for name, slot in fact.counted])
    found = [f"The rule: {sentence(fact.rule)}", f"Counted: {counted}." if counted else "Nobody counted."]
    if fact.missing:
        found.append(f"Missing: {and_list(list(fact.missing))}.")
    if waiting := waiting_words(fact.reasons):
        found.append(waiting)
    return tuple(found)


def decision(fact: DecisionFact) -> str:
    """Returns what became of the item."""
    who = fact.committee or "The committee"
    to = f" to {fact.referred_to}" if fact.referred_to else ""
    how = " by vote" if fact.by_vote else ""
    irregular = " This is recorded as irregular." if fact.is_irregular else ""
    if fact.outcome == "noted" and fact.text == NOTED:
        return f"{who} noted the item."  # nobody said what was noted
    return f"{who} {OUTCOMES.get(fact.outcome, fact.outcome)}{to}{how}: {sentence(fact.text)}{irregular}"


def decision_details(fact: DecisionFact) -> tuple[str, ...]:
    """Returns who presided, the sums, each vote, and what stood against an irregular decision."""
    found = [f"{fact.presiding} presided."] if fact.presiding else ["Who presided is not recorded."]
    if fact.arithmetic:
        found.append(sentence(fact.arithmetic))
    if fact.votes:
        found.append("; ".join(f"{name}: {CASTS[cast]}" for name, cast in fact.votes) + ".")
    found += [f"Irregular: {sentence(each)}" for each in fact.irregular_because]
    if fact.explanation:
        found.append(f"Explanation: {sentence(fact.explanation)}")
    return tuple(found)


def action(fact: ActionFact) -> str:
    """Returns what somebody undertook."""
    due = f" by {day(fact.due_on)}" if fact.due_on else ""
    return f"Action {fact.reference} for {fact.owner}{due}: {sentence(fact.text)}"


def minutes(fact: MinutesFact) -> str:
    """Returns that minutes were composed or confirmed."""
    if not fact.is_confirmed:
        return f"The minutes were composed from the record, as draft {fact.number}."
    where = f" at {fact.at_meeting}" if fact.at_meeting else ""
    who = f" by {fact.confirmed_by}" if fact.confirmed_by else ""
    return f"The minutes were confirmed{where}{who}."


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
