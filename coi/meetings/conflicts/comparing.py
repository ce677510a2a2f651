"""What a flag was about when somebody disposed of it, and what is said differently now, from which words to which."""

import re
import uuid
from collections.abc import Collection, Iterable, Mapping

from coi.guidance.functions import FUNCTIONS
from coi.guidance.vocabulary import RuleSet
from coi.meetings.conflicts.holding_queries import versions_by_id
from coi.meetings.conflicts.recognising import Compare, Compared, StoredFlag
from coi.meetings.conflicts.vocabulary import Change, ItemFlag
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import ClassScope, FlagState
from coi.registers.interests.history import all_lines_of
from coi.registers.interests.wording import differences

_CLASSES = {
    ClassScope.NONE: "Nobody but the organisations that it names",
    ClassScope.ALL_PRACTICES: "All practices of the area",
    ClassScope.PCN: "All practices of a primary care network",
}
_RULES, _SUMMARY = "Rules in force", "Summary"
_WORDS = re.compile(r"\w+")
LONGEST = 300


def lines_of_item(item: AgendaItem, rules: RuleSet) -> dict[str, str]:
    """Returns what an item says that a flag on it can depend on, line by line, with the rules that it is judged by."""
    concerned = sorted(f"{row.text} ({row.relation.value.replace('_', ' ')})" for row in item.affected)
    function = FUNCTIONS.get(item.function_code)
    return {
        "Title": item.title,
        _SUMMARY: item.description or "None",
        "Purpose": item.purpose.value.capitalize(),
        "Organisations that it concerns": "; ".join(concerned) or "None",
        "Whom it concerns": f"{_CLASSES[item.class_scope]} {' '.join(sorted(item.class_area))}".strip()
        if item.class_scope is ClassScope.ALL_PRACTICES and not item.class_place
        else item.class_words or _CLASSES[item.class_scope],
        "Stage": item.stage.value.capitalize() if item.stage else "Not said",
        "Function": function.title if function else item.function_code or "None",
        _RULES: rules.title,
    }


def comparing(
    computed: Iterable[ItemFlag], stored: Collection[StoredFlag], items: Iterable[AgendaItem], rules: RuleSet
) -> Compare:
    """Returns what compares a stored flag with the same one as it is found now: the interest's lines of the two versions, and what the
    item said with what it says. Asks the database only where somebody disposed of a flag on another version."""
    disposed = [each for each in stored if each.state is not FlagState.SUGGESTED and not each.is_frozen]
    now = {flag.interest_id: flag.interest_version_id for flag in computed if flag.interest_id} if disposed else {}
    old = {
        each.interest_version_id
        for each in disposed
        if now.get(each.interest_id) not in (None, each.interest_version_id)
    }
    new = {now[each.interest_id] for each in disposed if each.interest_version_id in old}
    known = versions_by_id([each for each in old | new if each])
    versions: dict[uuid.UUID | None, dict[str, str]] = {row.id: all_lines_of(row) for row in known}
    lines = {item.id: lines_of_item(item, rules) for item in items} if disposed else {}

    def compare(before: StoredFlag, flag: ItemFlag) -> Compared:
        was, is_now = versions.get(before.interest_version_id), versions.get(flag.interest_version_id)
        interest = differences(was, is_now) if was and is_now else ()
        item = _item_changes(before.stood, lines.get(flag.item_id, {}))
        found = [Change(each.label, _short(each.before), _short(each.after)) for each in interest]
        return Compared((*found, *item), same_interest=bool(was and is_now) and not interest)

    return compare


def _item_changes(before: Mapping[str, str] | None, after: Mapping[str, str]) -> tuple[Change, ...]:
    """The lines of an item that differ in more than capitals, spaces and stops."""
    if before is None:
        return ()
    return tuple(
        Change(label, _short(before[label]), _short(words))
        for label, words in after.items()
        if label in before and _WORDS.findall(before[label].casefold()) != _WORDS.findall(words.casefold())
    )


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()} …"
