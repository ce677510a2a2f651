"""What follows a matter from meeting to meeting: who wrote, advised on or evaluated it, and what was declared on it before. Pure."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence

from coi.guidance.vocabulary import RuleSet
from coi.meetings.conflicts.beginnings import after_name
from coi.meetings.conflicts.facts import Before
from coi.meetings.conflicts.item_facts import affected_words
from coi.meetings.conflicts.recognising import fingerprint
from coi.meetings.conflicts.screening import Found
from coi.meetings.conflicts.vocabulary import DECLARED_BEFORE, EarlierPart, ItemFlag
from coi.meetings.conflicts.wording import suggestion_words
from coi.meetings.matters.vocabulary import Origin
from coi.meetings.models import AgendaItem
from coi.screening.terms import Terms
from coi.screening.vocabulary import KEPT_EARLIER, Level


def declared_before(
    items: Iterable[AgendaItem],
    before: Before,
    flags: Collection[ItemFlag],
    here: Collection[uuid.UUID],
    rules: RuleSet,
    terms: Terms,
) -> list[ItemFlag]:
    """Returns a flag for whoever takes part in a meeting and declared on the matter of an item before, unless screening finds that very
    interest again. Rule: MTG-02; RULEBOOK §10.1, §23 scenario 40."""
    if not before:
        return []
    known = {(flag.item_id, flag.person_id, flag.interest_id) for flag in flags if flag.interest_id}
    return [
        _flag(item, origin, rules, terms)
        for item in items
        for origin in before.get(item.id, ())
        if origin.is_declared
        and origin.person_id in here
        and (item.id, origin.person_id, origin.interest_id) not in known
    ]


def _flag(item: AgendaItem, origin: Origin, rules: RuleSet, terms: Terms) -> ItemFlag:
    suggested = terms.suggested(Level.RELATED, item.stage.value if item.stage else "", by_network=False)
    return ItemFlag(
        item_id=item.id, person_id=origin.person_id, name=origin.name, level=Level.RELATED.value, relation=DECLARED_BEFORE,
        path=_path(item, origin), suggested=suggested, rule_ids=("MTG-02",),
        fingerprint=fingerprint((origin.key, origin.words), affected_words(item), rules.code),
        suggested_words=suggestion_words(Level.RELATED.value, suggested),
    )  # fmt: skip


def _path(item: AgendaItem, origin: Origin) -> tuple[str, ...]:
    if origin.is_kept:
        return (origin.name, KEPT_EARLIER)
    return (origin.name, origin.words, f"the same matter as item {item.position}")


def earlier_parts(
    before: Before, found: Found, here: Collection[uuid.UUID]
) -> Mapping[uuid.UUID, tuple[EarlierPart, ...]]:
    """Returns, by item, what people did on its matter, each with the paths by which their interests reach it.
    What is kept from whoever reads is left out."""
    if not before:
        return {}
    own: dict[tuple[uuid.UUID, uuid.UUID], list[tuple[str, ...]]] = {}
    for flag in found.flags:
        own.setdefault((flag.item_id, flag.person_id), []).append((flag.name, *after_name(flag.path, flag.name)))
    return {
        item_id: tuple(_part(item_id, origin, own, found, here) for origin in origins if not origin.is_kept)
        for item_id, origins in before.items()
        if any(not origin.is_kept for origin in origins)
    }


def _part(
    item_id: uuid.UUID,
    origin: Origin,
    own: Mapping[tuple[uuid.UUID, uuid.UUID], Sequence[tuple[str, ...]]],
    found: Found,
    here: Collection[uuid.UUID],
) -> EarlierPart:
    is_here, where = origin.person_id in here, (item_id, origin.person_id)
    paths = tuple(own.get(where, ())) if is_here else found.elsewhere.get(where, ())
    return EarlierPart(origin, is_here, paths)
