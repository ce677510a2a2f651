"""Pure rules: who leaves if the chair follows the suggestions, is stricter or laxer; when so many leave that the chair has to weigh
whether to go on; what can be done without a quorum. No database here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coi.committees.vocabulary import Capacity, Seat
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.rules import actions_if_followed, goes, more_than
from coi.meetings.conflicts.vocabulary import PersonConflict
from coi.meetings.conflicts.voices.vocabulary import Answer, Expectation, Going, Pause, Source, Stance, Way
from coi.wording import and_list

OWN_CONTRACT = "F1"
LEAVES = ("A4",)
CONSTITUTION = "Model constitution and standing orders"
Actions = Mapping[str, tuple[str, ...]]


def actions_under(stance: Stance, conflicts: Sequence[PersonConflict]) -> dict[str, tuple[str, ...]]:
    """Returns what each person would do on an item, as codes of actions, if the chair rules in this way. A ruling that was made stands
    in each. The stricter chair lets everybody flagged leave, and whoever's own contract was dismissed as no conflict; the laxer one only
    those whose own contract it is.

    Rule: MTG-06; RULEBOOK §10.4, §24; USERS W3."""
    found = actions_if_followed(conflicts)
    if stance is Stance.FOLLOWED:
        return found
    levels = {str(each.person_id): each.lead.level for each in conflicts if each.lead is not None}
    open_ones = {str(each.person_id) for each in conflicts if each.awaits_ruling}
    if stance is Stance.STRICTER:
        dismissed = {str(each.person_id) for each in conflicts if each.stays_by_dismissal}
        return {**found, **dict.fromkeys(open_ones | dismissed, LEAVES)}
    return {
        person: codes
        for person, codes in found.items()
        if person not in open_ones or levels.get(person) == OWN_CONTRACT
    }


def going_under(
    stance: Stance, conflicts: Sequence[PersonConflict], seats: Sequence[Seat], away: Collection[str] = ()
) -> tuple[Going, ...]:
    """Returns who would leave before the decision on an item, of those who are expected: members and anybody else who takes part. A
    larger stance never keeps anybody whom a smaller one lets go. Rule: QUO-02; RULEBOOK §10.4."""
    actions = actions_under(stance, conflicts)
    voting = {seat.person for seat in seats if seat.voting and seat.present}
    members = {seat.person for seat in seats}
    coming = {seat.person for seat in seats if seat.present}
    found = []
    for each in conflicts:
        person = str(each.person_id)
        codes = actions.get(person, ())
        if not goes(codes) or person in away or (person in members and person not in coming):
            continue
        why = "ruled" if each.ruling else _why(each)
        found.append(
            Going(person, each.name, why, person in voting, each.ruling is not None, effects_of(codes).discuss)
        )
    return tuple(found)


def _why(conflict: PersonConflict) -> str:
    """Of the flag that stands, or else of the one that was dismissed."""
    if conflict.lead is not None:
        return conflict.lead.level_words.lower()
    return f"{conflict.dismissed[0].level_words.lower()}, dismissed" if conflict.dismissed else ""


def pause_for(going: int, members: int, share: Fraction, source: Source, *, presides: str) -> Pause | None:
    """Returns what to say where more than `share` of the voting members who are expected would withdraw, else None. `presides` names who
    has to decide, "" where that is open.

    Rule: QUO-01; RULEBOOK §10, §12.1, §23 scenario 44."""
    if not members or Fraction(going, members) <= share:
        return None
    who = presides or "Whoever presides"
    return Pause(
        f"{going} of the {members} voting members who are expected would withdraw, {more_than(share)}. {who} decides whether the "
        "discussion goes on.",
        (
            "Whether those who remain can make a fair decision, and are a quorum",
            "Whether clinical views were heard, or written down, before the members withdraw",
            "Whether the item can wait for a meeting with other members, or belongs to another committee",
            "What the minutes say of why it went on",
        ),
        source,
    )


@dataclass(frozen=True)
class InquorateFacts:
    """What the options rest on where an item would not be quorate. `would_mend` are members who sent apologies and whose coming would
    make the quorum; `deputies` whether a deputy would count for them."""

    missing: tuple[str, ...]
    would_mend: tuple[str, ...] = ()
    deputies: bool = False
    temporary: bool = False  # the terms let somebody be invited as a member for one meeting
    class_wide: bool = False
    parent: str = "the board"
    body: str = "ICB"


def options_without_quorum(facts: InquorateFacts) -> tuple[Way, ...]:
    """Returns what the rules allow where an item would not be quorate, each with what to do next, the nearest first.

    Rule: QUO-01; RULEBOOK §12.1, §14, §23 scenarios 7, 23 and 57."""
    quorum, terms = Source("QUO-01", CONSTITUTION), Source("QUO-02", "Terms of reference")
    found: list[Way] = []
    for name in facts.would_mend:
        or_deputy = ", or names a deputy" if facts.deputies else ""
        found.append(Way(f"It would be quorate if {name} came{or_deputy}", f"Ask {name}, and record the answer", terms))
    found.append(
        Way(
            "Defer the item until a quorum can meet",
            "Take it off this agenda, or defer it at the meeting: the next agenda offers it again",
            quorum,
        )
    )
    refer = f"Refer it to {facts.parent} or another committee that can be quorate"
    next_step = "Ask them to take it, and refer it at the meeting"
    if facts.class_wide:
        found.append(
            Way(
                f"{refer}, which decides without GPs",
                next_step,
                Source("QUO-03", "Guidance on GP practices as providers"),
            )
        )
    else:
        found.append(Way(refer, next_step, quorum))
    if facts.temporary:
        found.append(
            Way(
                "Invite a temporary member, as the terms of reference permit: an individual of a member practice, a member of a health and "
                f"wellbeing board, or a member of the board of another {facts.body}",
                "Try the person out on the page “What if”, then record them as a temporary member. The minutes say so",
                quorum,
            )
        )
    return tuple(found)


def expectation_of(seats: Sequence[Seat], answers: Mapping[str, Answer]) -> Expectation:
    """Returns whom to count, from what the members said before the meeting. Whoever has not answered counts as coming, and it is said.

    Rule: QUO-01; RULEBOOK §10.9, §12."""
    members = {seat.person: seat.name for seat in seats if seat.capacity is Capacity.MEMBER}
    names = {seat.person: seat.name for seat in seats}
    deputies = tuple(
        f"{seat.name} for {names.get(seat.stands_for or '', 'a member')}"
        for seat in seats
        if seat.capacity is Capacity.DEPUTY
    )
    temporary = [seat.name for seat in seats if seat.capacity is Capacity.TEMPORARY and seat.present]
    said = {person: answers.get(person, Answer.SILENT) for person in members}
    coming = tuple(members[one] for one, answer in said.items() if answer in (Answer.COMING, Answer.REMOTE))
    apologies = tuple(members[one] for one, answer in said.items() if answer is Answer.APOLOGIES)
    silent = tuple(members[one] for one, answer in said.items() if answer is Answer.SILENT)
    told = _said(len(members), coming, apologies, deputies, silent)
    if temporary:
        told = f"{told} {and_list(temporary)} {'comes as a temporary member' if len(temporary) == 1 else 'come as temporary members'}."
    return Expectation(coming, apologies, deputies, silent, told)


def _said(
    members: int,
    coming: Sequence[str],
    apologies: Sequence[str],
    deputies: Sequence[str],
    silent: Sequence[str],
) -> str:
    if len(silent) == members:
        return "No member has said yet whether they come, so every member is counted."
    parts = [f"{len(coming)} of {members} members said that they come"]
    if apologies:
        parts.append(f"{and_list(apologies)} sent apologies")
    if deputies:
        parts.append(f"{and_list(deputies)} {'comes' if len(deputies) == 1 else 'come'} as deputy")
    if silent:
        parts.append(
            f"{len(silent)} {'has' if len(silent) == 1 else 'have'} not answered and {'is' if len(silent) == 1 else 'are'} counted"
        )
    return f"{'; '.join(parts)}."
