"""Pure rules about flags and rulings: when a flag is the same flag, which one leads, who may rule on whom. No database."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from uuid import UUID

from coi.guidance.actions import ASK_THE_GUARDIAN, check_combination, effects_of
from coi.guidance.vocabulary import ActionCode
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.conflicts.ruling_vocabulary import RulingFact, RulingVerdict
from coi.meetings.conflicts.vocabulary import LEVEL_ORDER, ItemFlag, PersonConflict
from coi.meetings.conflicts.wording import preselected
from coi.meetings.vocabulary import FlagAnswer, FlagState

NO_DECLARATION = "F0"
SAY_HOW_LARGE = "Say how large the interest is, for example “12 of 4,000 shares, about £300 a year”"
"""What an interest about money that is only noted, or whose flag is right and dismissed, lacks. Rule: MTG-08; RULEBOOK §23 scenario 51."""
SAY_THE_GROUND = "Select in what the flag is wrong, or that it is right and does not matter"
WEAK = frozenset({"F4", "F5"})
"""Levels that grid and agenda fold until somebody rules on them or asks to see them. Source: RULEBOOK §24."""
_PLACES = {level: place for place, level in enumerate(LEVEL_ORDER)}
_WORD = re.compile(r"[^\W\d_]{2,}")
_CONCLUDING = frozenset(
    {
        *("no", "not", "none", "nothing", "is", "isn", "it", "this", "that", "there", "the", "an", "any", "of", "in", "at", "all", "here"),
        *("conflict", "conflicts", "conflicted", "interest", "interests", "relevant", "irrelevant", "material", "immaterial"),
    }
)  # fmt: skip
"""Words that say, in whatever order, that there is no conflict, and not why."""


def in_order(flags: Iterable[ItemFlag]) -> tuple[ItemFlag, ...]:
    """Returns flags with the strongest first, then by name."""
    return tuple(sorted(flags, key=lambda flag: (rank(flag.level), flag.name, flag.path)))


def rank(level: str) -> int:
    """Returns the place of a level: the lower, the stronger."""
    return _PLACES.get(level, len(LEVEL_ORDER))


@lru_cache(maxsize=128)
def by_person(flags: tuple[ItemFlag, ...], rulings: tuple[RulingFact, ...]) -> tuple[PersonConflict, ...]:
    """Returns one item's flags and rulings person by person, the strongest first. A ruling on somebody without a flag is
    there too. Kept for a while, as it follows from them alone."""
    ruled = {ruling.person_id: ruling for ruling in rulings}
    found: dict[UUID, list[ItemFlag]] = {}
    for flag in in_order(flags):
        found.setdefault(flag.person_id, []).append(flag)
    conflicts = [PersonConflict(person, own[0].name, tuple(own), ruled.get(person)) for person, own in found.items()]
    conflicts += [
        PersonConflict(each.person_id, each.name, (), each) for each in ruled.values() if each.person_id not in found
    ]
    return tuple(
        sorted(conflicts, key=lambda each: (rank(each.lead.level) if each.lead else len(LEVEL_ORDER), each.name))
    )


def without_idle_rulings(conflicts: Iterable[PersonConflict], seated: Collection[str]) -> tuple[PersonConflict, ...]:
    """Returns conflicts so that no ruling is asked for where somebody who only attends (`seated` hold the seats) has no declaration on file
    and nothing else: attendees declare at the meeting as everybody does, once, and the record says whether they did. The bar is for those
    who decide. Rule: DECL-04, MTG-05; RULEBOOK §4, §10.2, §23 scenario 56, §24."""
    return tuple(
        replace(each, asks_no_ruling=True)
        if each.lead is not None and each.lead.level == NO_DECLARATION and str(each.person_id) not in seated
        else each
        for each in conflicts
    )


def actions_if_followed(conflicts: Iterable[PersonConflict]) -> dict[str, tuple[str, ...]]:
    """Returns what each person does on an item, as codes of actions, by ruling, or would by suggestion where nobody ruled yet."""
    found: dict[str, tuple[str, ...]] = {}
    for each in conflicts:
        if each.ruling is not None:
            found[str(each.person_id)] = tuple(each.ruling.actions)
        elif each.lead and (codes := preselected(each.lead.suggested)):
            found[str(each.person_id)] = tuple(codes)
    return found


def goes(codes: Iterable[str]) -> bool:
    """Whether somebody with these actions leaves the room before the decision, or does not count towards its quorum: what forecast,
    grid and briefing all ask before they say that somebody stays. Rule: QUO-02; RULEBOOK §10.4."""
    effects = effects_of(codes)
    return not (effects.room and effects.quorum)


def would_go(conflict: PersonConflict) -> bool:
    """Whether somebody leaves for an item if its suggestions are followed, be their flag as weak as it may."""
    return any(goes(codes) for codes in actions_if_followed([conflict]).values())


def is_weak(conflict: PersonConflict) -> bool:
    """Whether there is nothing but weak flags about a person, which nobody confirmed or ruled on. Source: RULEBOOK §24; USERS W1."""
    lead = conflict.lead
    if conflict.ruling is not None or lead is None:
        return False
    return lead.level in WEAK and lead.state is not FlagState.CONFIRMED


def stays_unsaid(conflict: PersonConflict) -> bool:
    """Whether a summary may leave a weak flag out: not that of whoever would leave if the suggestions are followed, since the quorum is
    counted without them. Rule: QUO-02."""
    return is_weak(conflict) and not would_go(conflict)


def conflicted(conflicts: Iterable[PersonConflict], *, stands_down: Collection[UUID]) -> frozenset[str]:
    """Returns whom a conflict keeps from presiding over an item: whoever was ruled out of the decision (`stands_down`), and
    whoever has a flag that nobody ruled on yet. A declaration that is missing (F0) alone does not take the chair away."""
    open_ones = {
        each.person_id for each in conflicts if each.awaits_ruling and each.lead and each.lead.level != NO_DECLARATION
    }
    return frozenset(str(person) for person in open_ones | set(stands_down))


def may_rule(decider: UUID, persons: Collection[UUID], presiding: Presiding, names: dict[UUID, str]) -> RulingVerdict:
    """Whether `decider` may rule on `persons` for an item: only who rightly presides rules, and nobody on themself.

    Rule: MTG-06, MTG-07; RULEBOOK §10.5, §23 scenarios 20 to 22."""
    if decider in persons:
        reason = "Nobody rules on their own conflict. The ruling is for whoever presides over this item in their place"
        return RulingVerdict(False, reason, "decided_by", "MTG-07", _who_may(presiding))
    if presiding.may_be(str(decider)):
        return RulingVerdict(True)
    name = names.get(decider, "This person")
    reason = f"{name} does not preside over this item. {presiding.reason}"
    return RulingVerdict(False, reason, "decided_by", "MTG-07", _who_may(presiding))


def check_actions(
    codes: Collection[str],
    rationale: str,
    *,
    own_contract: bool,
    guardian_consulted: bool,
    presides: bool,
    is_financial: bool = False,
    magnitude: str = "",
) -> RulingVerdict:
    """Whether these actions, with this rationale, can be the ruling on a person. `own_contract`: one of their flags is a direct financial
    interest in an organisation that the item names. `is_financial`: one of them is about money, whosever it is: then noting it alone
    needs its size in words (`magnitude`), of however little it is.

    Rule: MTG-08; RULEBOOK §10.4 with its bar for A6, §15 element 2, §23 scenario 51."""
    if not rationale.strip():
        return RulingVerdict(False, "Enter why this is the right way to manage the conflict", "rationale", "MTG-06")
    verdict = check_combination(
        codes,
        rationale=rationale,
        own_contract=own_contract,
        guardian_consulted=guardian_consulted,
        presides=presides,
    )
    if verdict.allowed and own_contract and ActionCode.NOTE_AND_STAY in codes and not says_why(rationale):
        return RulingVerdict(
            False, "Say in a sentence why the interest is immaterial or not relevant", "rationale", "MTG-08"
        )
    if verdict.allowed and is_financial and ActionCode.NOTE_AND_STAY in codes and not magnitude.strip():
        return RulingVerdict(False, SAY_HOW_LARGE, "magnitude", "MTG-08")
    return RulingVerdict(verdict.allowed, verdict.reason, verdict.field, verdict.rule_id)


def says_why(reason: str) -> bool:
    """Whether words can be a reason: more than one, and more than that there is no conflict. Rule: MTG-08; RULEBOOK §10.4."""
    words = [word.casefold() for word in _WORD.findall(reason)]
    return len(words) > 1 and not _CONCLUDING.issuperset(words)


def check_dismissal(
    flag: ItemFlag, reason: str, *, guardian_consulted: bool, ground: FlagAnswer | None = None, magnitude: str = ""
) -> RulingVerdict:
    """Whether a flag can be dismissed for this reason. Whoever is dismissed stays, speaks and votes as with A6, so the bar is the same: on
    money of their own the Guardian and a reason; on any about money its size in words (`magnitude`), unless the flag is wrong (`ground`).
    Against what the person themself says, too, the reason has to say why.

    Rule: MTG-06, MTG-08; RULEBOOK §10.4 with its bar for A6, §23 scenario 51, §24 rule 4."""
    if flag.is_financial and ground is None:
        return RulingVerdict(False, SAY_THE_GROUND, "ground", "MTG-08")
    if ground is FlagAnswer.LINK and not flag.links:
        return RulingVerdict(False, "This flag rests on no link between organisations. Select another reason", "ground")
    if flag.is_financial and ground is FlagAnswer.AGREE and not magnitude.strip():
        return RulingVerdict(False, SAY_HOW_LARGE, "magnitude", "MTG-08")
    if not reason.strip():
        return RulingVerdict(False, "Enter why this is not a conflict", "reason", "MTG-06")
    agrees = flag.answer is FlagAnswer.AGREE
    if (flag.is_own_money or agrees) and not says_why(reason):
        against = f". {flag.name} says that the flag is right" if agrees else ""
        return RulingVerdict(False, f"Say in a sentence why this is not a conflict{against}", "reason", "MTG-08")
    if flag.is_own_money and not guardian_consulted:
        return RulingVerdict(False, ASK_THE_GUARDIAN, "guardian_consulted", "MTG-08")
    return RulingVerdict(True)


def withdrawal_banner(members: int, standing_down: int, share: Fraction) -> str:
    """Returns what to say where more than `share` of the voting members would have to withdraw, else nothing.

    Rule: QUO-01; RULEBOOK §12.1, §23 scenario 44."""
    if members == 0 or Fraction(standing_down, members) <= share:
        return ""
    return (
        f"{standing_down} of {members} voting members would stand down, {more_than(share)}. The chair decides whether the "
        "discussion goes on, or the item is deferred or referred."
    )


def more_than(share: Fraction) -> str:
    """Returns a share that is passed, in words."""
    return "more than half" if share == Fraction(1, 2) else f"more than {share}"


def _who_may(presiding: Presiding) -> tuple[str, ...]:
    if presiding.person is not None:
        return (f"Ask {presiding.name} to rule",)
    return presiding.options


def strongest(flags: Sequence[ItemFlag]) -> ItemFlag | None:
    """Returns the flag that leads, or None where none stands."""
    return next((flag for flag in in_order(flags) if flag.is_live), None)
