"""How a flag is recognised again: what it is about, what people did about it, and why a dismissed one comes back. Pure."""

import hashlib
import json
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from uuid import UUID

from coi.meetings.conflicts.rules import NO_DECLARATION, in_order
from coi.meetings.conflicts.vocabulary import Change, ItemFlag
from coi.meetings.conflicts.wording import suggestion_words
from coi.meetings.vocabulary import FlagAnswer, FlagSource, FlagState

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
    dismissed_by: str = ""
    guardian_consulted: bool = False
    runs: str = ""


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
        before = disposed.get(_subject(flag))
        if same is not None:
            only_answered = same.state is FlagState.SUGGESTED and not same.is_frozen
            acted_on = _as_acted_on(flag, same, compare)
            flags.append(_as_disposed_before(acted_on, before, compare) if only_answered else acted_on)
            continue
        answered_flag = _as_answered_before(flag, answered.get(_subject(flag)))
        flags.append(_as_disposed_before(answered_flag, before, compare))
    found = {_subject(flag) for flag in flags}
    rest = [each for each in kept.values() if _stays(each) and (each.is_frozen or _subject(each) not in found)]
    return in_order([*flags, *(_from_stored(each) for each in rest)])


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
        dismissed_by=stored.dismissed_by, guardian_consulted=stored.guardian_consulted,
    )  # fmt: skip
    if stored.state is not FlagState.DISMISSED or stored.is_frozen or not (seen := compare(stored, flag).changes):
        return found
    return replace(
        found, state=FlagState.SUGGESTED, reason="", changed=f"{DISMISSED_BEFORE}{_named(PARTS[1:2])}.", changes=seen
    )


def _as_answered_before(flag: ItemFlag, before: StoredFlag | None) -> ItemFlag:
    """What the person said of the same version of an interest stays said, whatever became of the item. What they said of a link between
    organisations stays said of a path along that link alone."""
    if before is None or before.interest_version_id is None or before.interest_version_id != flag.interest_version_id:
        return flag
    if before.answer is FlagAnswer.LINK and before.path[2:-1] != flag.path[2:-1]:
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
        stands = _as_acted_on(flag, before, in_no_words)
        if flag.answer is None:
            return stands
        return replace(stands, answer=flag.answer, answer_text=flag.answer_text, answer_since=flag.answer_since)
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
        dismissed_by=stored.dismissed_by, guardian_consulted=stored.guardian_consulted, runs=stored.runs,
    )  # fmt: skip
