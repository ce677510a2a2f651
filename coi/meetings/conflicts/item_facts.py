"""Building the facts of agenda items, as the screening engine takes them: whom each concerns by name and by class."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from coi.meetings.conflicts.interest_facts import key_of
from coi.meetings.matters.vocabulary import EarlierBidder, Origin
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.vocabulary import AffectedRelation, ClassScope
from coi.screening import vocabulary as words
from coi.screening.items import read_item
from coi.screening.representatives import negotiated_with

MOST_READ = 4000  # letters of a description
MOVES_PATIENTS = frozenset({"mergers", "practice_closure", "practice_establishment"})
ANY_CHANGE = "contracts"  # of a list that closes as of a name that changes: it does not say whether patients move


def moves_patients(item: AgendaItem) -> bool:
    """By the function that somebody chose; where nobody chose one, or one that may be either, by the wording, as it is read of an agenda
    that comes as a file: nobody knows that neighbours are looked at only with a function. Source: RULEBOOK §23 scenarios 15 and 17."""
    if item.function_code not in ("", ANY_CHANGE):
        return item.function_code in MOVES_PATIENTS
    return _says_that_patients_move(item.title, item.description[:MOST_READ])


@lru_cache(maxsize=1024)
def _says_that_patients_move(title: str, description: str) -> bool:
    return read_item(title, description, names_someone=True).moves_patients


_negotiated_with = lru_cache(maxsize=1024)(negotiated_with)


def affected_words(item: AgendaItem) -> tuple[tuple[str, ...], ...]:
    """Returns what an item concerns, in a form that changes when it does: the item's part of a flag's fingerprint."""
    rows = ((str(row.organisation_id or row.text), row.relation.value) for row in item.affected)
    stage = (("stage", item.stage.value),) if item.stage else ()
    return (*sorted(rows), (item.class_scope.value, *sorted(item.class_area)), (item.function_code,), *stage)


def item_fact(
    item: AgendaItem,
    meeting: Meeting,
    keys: Mapping[uuid.UUID, str],
    before: Sequence[Origin],
    bidders: Sequence[EarlierBidder],
    meanings: Mapping[str, Sequence[words.OneOf]],
) -> words.ItemFact:
    """Returns an item as it is screened. `before` is what people did on its matter, `bidders` bid earlier in it; `meanings` are whom the
    texts may mean that nobody has matched."""
    return words.ItemFact(
        key=str(item.position),  # paths say "item 7", as the agenda does
        title=item.title,
        on=meeting.held_on,
        affected=(*_named(item, keys), *_bid_before(bidders, keys), *_may_be_named(item, keys, meanings)),
        class_scope=_scope(item, keys),
        function_code=item.function_code,
        for_decision=item.purpose.asks_for_a_decision,
        moves_patients=moves_patients(item),
        stage=item.stage.value if item.stage else "",
        negotiates_with=_negotiated_with(item.title, item.description[:MOST_READ]),
        origins=tuple(words.Origin(str(each.person_id), each.note, each.is_kept) for each in before),
    )


def _named(item: AgendaItem, keys: Mapping[uuid.UUID, str]) -> Iterator[words.AffectedOrganisation]:
    for row in item.affected:
        name = row.organisation.name if row.organisation else row.text
        yield words.AffectedOrganisation(key_of(row.organisation_id, row.text, keys), name, _affected(row.relation))


def _may_be_named(
    item: AgendaItem, keys: Mapping[uuid.UUID, str], meanings: Mapping[str, Sequence[words.OneOf]]
) -> Iterator[words.AffectedOrganisation]:
    """Whom the texts of an item may mean that nobody has matched."""
    settled = {keys[row.organisation_id] for row in item.affected if row.organisation_id}
    for row in item.affected:
        for one_of in meanings.get(row.text, ()) if row.organisation_id is None else ():
            for key, name in zip(one_of.keys, one_of.names, strict=True):
                if key not in settled:
                    meant = words.Chosen(one_of, key)
                    yield words.AffectedOrganisation(key, name, _affected(row.relation), if_meant=meant)


def _bid_before(
    bidders: Iterable[EarlierBidder], keys: Mapping[uuid.UUID, str]
) -> Iterator[words.AffectedOrganisation]:
    for each in bidders:
        key, relation = keys[each.organisation_id], words.Affected.EARLIER_BIDDER
        yield words.AffectedOrganisation(key, each.name, relation, is_kept=each.is_kept)


def _affected(relation: AffectedRelation) -> words.Affected:
    return words.Affected(relation.value)


def _scope(
    item: AgendaItem, keys: Mapping[uuid.UUID, str]
) -> words.AllPractices | words.SomePractices | words.PcnScope | None:
    if item.class_scope is ClassScope.ALL_PRACTICES and item.class_place:
        there = (keys.get(uuid.UUID(each), each) for each in item.class_area)
        return words.SomePractices(tuple(there), f"all practices of {item.class_place}")
    if item.class_scope is ClassScope.ALL_PRACTICES:
        # their networks with them: nobody chooses those apart, and the chair disposes of a weak flag
        return words.AllPractices(tuple(item.class_area), "all practices of the area", has_networks=True)
    if item.class_scope is ClassScope.PCN:
        networks = tuple(keys.get(uuid.UUID(each), each) for each in item.class_area)
        return words.PcnScope(networks, f"all practices of {item.class_place or 'the network'}")
    return None
