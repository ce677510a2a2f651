"""The flags that an item reached no more, in its story: from rows that were read already to facts, and from facts to lines."""

from collections.abc import Iterator

from coi.assurance import sentences
from coi.assurance.facts import StoryFacts
from coi.assurance.first_stood import ProofsByKey
from coi.assurance.item_rows import ItemRows, key_of
from coi.assurance.ordering import Told, first_of, last_of, told_of
from coi.assurance.room_facts import LossFact
from coi.audit.vocabulary import Event


def loss_facts(rows: ItemRows, proofs: ProofsByKey) -> tuple[LossFact, ...]:
    """Returns what the item reached no more, in the order in which it was lost."""
    return tuple(
        LossFact(
            row.person.name, tuple(row.path), row.because, row.recorded_at, row.seen_at, row.seen_by_name,
            proofs.get(key_of(row), ()),
        )
        for row in rows.losses
    )  # fmt: skip


def losses(facts: StoryFacts) -> Iterator[Told]:
    """Tells which flags the item reached no more, and that whoever presided saw it."""
    for each in facts.losses:
        how = [f"How: {' → '.join(each.path)}."]
        yield told_of(sentences.lost(each), each.at, 6, first_of(each.proofs), details=how)
        if each.seen_at:
            seen = last_of(each.proofs, Event.FLAG_LOSS_SEEN)
            yield told_of(sentences.loss_seen(each), each.seen_at, 6, seen)
