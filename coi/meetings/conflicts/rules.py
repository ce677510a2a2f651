"""Pure rules about flags and rulings: when a flag is the same flag, which one leads, who may rule on whom. No database."""

import hashlib
import json
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest
from uuid import UUID

from coi.guidance.actions import check_combination, effects_of
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.conflicts.vocabulary import LEVEL_ORDER, Change, ItemFlag, PersonConflict, RulingFact, RulingVerdict
from coi.meetings.conflicts.wording import preselected, suggestion_words
from coi.meetings.vocabulary import FlagAnswer, FlagSource, FlagState

NO_DECLARATION = "F0"
PARTS = ("the interest", "the item", "the rules in force", "the relations between organisations")
"""What a fingerprint has a digest of, in its order."""
DISMISSED_BEFORE = "This was dismissed before. Since then, "
SHORTER = 15  # hexadecimal digits of each of four digests: the column holds 64 characters


@dataclass(frozen=True)
class StoredFlag:
    """A flag that somebody acted on or a decision froze, as the database has it."""

    flag_id: UUID
    item_id: UUID
    person_id: UUID
    name: str
    interest_id: UUID | None
    interest_version_id: UUID | None
    source: FlagSource
    state: FlagState
    fingerprint: str
    level: str
    relation: str
    path: tuple[str, ...]
    suggested: tuple[str, ...]
    rule_ids: tuple[str, ...]
    reason: str
    answer: FlagAnswer | None
    answer_text: str
    is_frozen: bool
    stood: Mapping[str, str] | None = None
    answer_since: date | None = None


@dataclass(frozen=True)
class Compared:
    """What is said differently since a flag was stored; whether the words of its interest are the same, as far as they are known."""

    changes: tuple[Change, ...] = ()
    same_interest: bool = False


Compare = Callable[[StoredFlag, ItemFlag], Compared]


def in_no_words(_before: StoredFlag, _flag: ItemFlag) -> Compared:
    """Compares nothing: what changed is said by its part alone."""
    return Compared()


def fingerprint(interest: Hashable, item: Hashable, rules: Hashable, through: Collection[str] = ()) -> str:
    """Returns what a flag is recognised by: digests of the interest's version, of what the item affects, of the rules in force, and of
    the relations between organisations that its path follows (none for one that follows none), so that a later look can say
    which of them changed."""
    parts: tuple[Hashable, ...] = (interest, item, rules)
    if not through:
        return ".".join(_digest(part) for part in parts)
    return ".".join(_digest(part)[:SHORTER] for part in (*parts, tuple(through)))


def what_changed(before: str, after: str) -> str:
    """Returns in words what changed between two fingerprints: the interest, the item, the rules, or the relations of organisations."""
    return _named(_changed_parts(before, after))


def _changed_parts(before: str, after: str) -> list[str]:
    both = zip_longest(before.split("."), after.split("."), fillvalue="")
    return [name for name, (old, new) in zip(PARTS, both, strict=False) if old[:SHORTER] != new[:SHORTER]]


def _named(parts: Sequence[str]) -> str:
    if not parts:
        return ""
    named = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{named} changed"


def merge(
    computed: Iterable[ItemFlag], stored: Iterable[StoredFlag], compare: Compare = in_no_words
) -> tuple[ItemFlag, ...]:
    """Returns the flags that stand: what screening finds now, each with what people did about it. A dismissed flag stays
    dismissed until the interest, the item, the rules or the relations that its path follows change, and then says which, and
    from which words to which (`compare`). What was raised by hand, declared in the room, confirmed or frozen stays even where
    screening no longer finds it. What the person answered stays as long as the interest is the same.

    Rule: RULEBOOK §24 rules 2 to 5; USERS W2."""
    kept = {(each.item_id, each.person_id, each.fingerprint): each for each in stored}
    if not kept:  # nobody acted yet, as on most agendas
        return in_order(computed)
    disposed = {_subject(each): each for each in kept.values() if each.state is not FlagState.SUGGESTED}
    answered = {_subject(each): each for each in kept.values() if each.answer is not None}
    flags = []
    for flag in computed:
        same = kept.pop((flag.item_id, flag.person_id, flag.fingerprint), None)
        if same is not None:
            flags.append(_as_acted_on(flag, same, compare))
            continue
        answered_flag = _as_answered_before(flag, answered.get(_subject(flag)))
        flags.append(_as_disposed_before(answered_flag, disposed.get(_subject(flag)), compare))
    found = {_subject(flag) for flag in flags}
    rest = [each for each in kept.values() if _stays(each) and (each.is_frozen or _subject(each) not in found)]
    return in_order([*flags, *(_from_stored(each) for each in rest)])


def in_order(flags: Iterable[ItemFlag]) -> tuple[ItemFlag, ...]:
    """Returns flags with the strongest first, then by name."""
    return tuple(sorted(flags, key=lambda flag: (rank(flag.level), flag.name, flag.path)))


def rank(level: str) -> int:
    """Returns the place of a level: the lower, the stronger."""
    return LEVEL_ORDER.index(level) if level in LEVEL_ORDER else len(LEVEL_ORDER)


def by_person(flags: Iterable[ItemFlag], rulings: Iterable[RulingFact]) -> tuple[PersonConflict, ...]:
    """Returns one item's flags and rulings person by person, the strongest first. A ruling on somebody without a flag is
    there too."""
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


def actions_if_followed(conflicts: Iterable[PersonConflict]) -> dict[str, tuple[str, ...]]:
    """Returns what each person does on an item, as codes of actions, by ruling, or would by suggestion where nobody ruled yet."""
    found: dict[str, tuple[str, ...]] = {}
    for each in conflicts:
        if each.ruling is not None:
            found[str(each.person_id)] = tuple(each.ruling.actions)
        elif each.lead and (codes := preselected(each.lead.level, each.lead.suggested)):
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
    codes: Collection[str], rationale: str, *, own_contract: bool, guardian_consulted: bool, presides: bool
) -> RulingVerdict:
    """Whether these actions, with this rationale, can be the ruling on a person. `own_contract`: one of their flags is a direct financial
    interest in an organisation that the item names.

    Rule: MTG-08; RULEBOOK §10.4 with its bar for A6."""
    if not rationale.strip():
        return RulingVerdict(False, "Enter why this is the right way to manage the conflict", "rationale", "MTG-06")
    verdict = check_combination(
        codes,
        rationale=rationale,
        own_contract=own_contract,
        guardian_consulted=guardian_consulted,
        presides=presides,
    )
    return RulingVerdict(verdict.allowed, verdict.reason, verdict.field, verdict.rule_id)


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


@lru_cache(maxsize=1024)
def _digest(part: Hashable) -> str:
    return hashlib.sha256(json.dumps(part, sort_keys=True, default=str).encode()).hexdigest()[:20]


def _subject(flag: ItemFlag | StoredFlag) -> tuple[object, ...]:
    """What a flag is about, whatever its version: the same person, item and interest. A gift is known by its version alone."""
    if flag.source is not FlagSource.SCREENING:
        return (flag.item_id, flag.person_id, flag.fingerprint)
    if flag.interest_id is None and flag.level != NO_DECLARATION:
        return (flag.item_id, flag.person_id, flag.fingerprint.split(".")[0][:SHORTER])
    return (flag.item_id, flag.person_id, flag.interest_id, flag.level == NO_DECLARATION)


def _stays(stored: StoredFlag) -> bool:
    """Whether a stored flag stays although screening does not find it any more: not where it was only answered."""
    return stored.is_frozen or stored.source is not FlagSource.SCREENING or stored.state is FlagState.CONFIRMED


def _as_acted_on(flag: ItemFlag, stored: StoredFlag, compare: Compare) -> ItemFlag:
    """A flag with what people did about it. A dismissal ends where the item says something else than it did then."""
    found = replace(
        flag, state=stored.state, flag_id=stored.flag_id, reason=stored.reason, answer=stored.answer,
        answer_text=stored.answer_text, answer_since=stored.answer_since, is_frozen=stored.is_frozen,
    )  # fmt: skip
    if stored.state is not FlagState.DISMISSED or stored.is_frozen or not (seen := compare(stored, flag).changes):
        return found
    return replace(
        found, state=FlagState.SUGGESTED, reason="", changed=f"{DISMISSED_BEFORE}{_named(PARTS[1:2])}.", changes=seen
    )


def _as_answered_before(flag: ItemFlag, before: StoredFlag | None) -> ItemFlag:
    """What the person said of the same version of an interest stays said, whatever became of the item."""
    if before is None or before.interest_version_id is None or before.interest_version_id != flag.interest_version_id:
        return flag
    return replace(flag, answer=before.answer, answer_text=before.answer_text, answer_since=before.answer_since)


def _as_disposed_before(flag: ItemFlag, before: StoredFlag | None, compare: Compare) -> ItemFlag:
    """A dismissal ends with what it was about; a confirmation goes over to the new version. A new version of the interest that says the
    same as before changes nothing."""
    if before is None:
        return flag
    seen = compare(before, flag)
    parts = _changed_parts(before.fingerprint, flag.fingerprint)
    parts = [part for part in parts if part != PARTS[0] or not seen.same_interest]
    if not parts and not seen.changes:
        return _as_acted_on(flag, before, in_no_words)
    changed = _named(parts or PARTS[1:2])
    if before.state is FlagState.CONFIRMED:
        said = f"Since this was confirmed, {changed}."
        return replace(flag, state=FlagState.CONFIRMED, changed=said, changes=seen.changes)
    return replace(flag, changed=f"{DISMISSED_BEFORE}{changed}.", changes=seen.changes)


def _from_stored(stored: StoredFlag) -> ItemFlag:
    return ItemFlag(
        suggested_words=suggestion_words(stored.level, stored.suggested),
        item_id=stored.item_id, person_id=stored.person_id, name=stored.name, level=stored.level, relation=stored.relation,
        path=stored.path, suggested=stored.suggested, rule_ids=stored.rule_ids, fingerprint=stored.fingerprint,
        state=stored.state, source=stored.source, interest_id=stored.interest_id,
        interest_version_id=stored.interest_version_id, flag_id=stored.flag_id, reason=stored.reason, answer=stored.answer,
        answer_text=stored.answer_text, answer_since=stored.answer_since, is_frozen=stored.is_frozen,
    )  # fmt: skip


def strongest(flags: Sequence[ItemFlag]) -> ItemFlag | None:
    """Returns the flag that leads, or None where none stands."""
    return next((flag for flag in in_order(flags) if flag.is_live), None)
