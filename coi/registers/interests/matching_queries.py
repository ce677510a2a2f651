"""Reading for the matching of organisations: what was declared in free text and is not matched yet, and who else used the same words."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi import clock
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import Interest, InterestOrganisation
from coi.registers.interests.people_queries import ids_visible_to
from coi.registers.interests.queries import in_words_alone, redactions_of, unmatched
from coi.registers.interests.redaction import state_at
from coi.registers.interests.similar_words import alike
from coi.registers.interests.vocabulary import RedactionState
from coi.screening.alike import is_alike, words_key

MOST_DECLARED = 5  # that are offered to choose from


def unmatched_seen_by(actor: Actor, body_id: uuid.UUID, at: datetime) -> list[InterestOrganisation]:
    """Returns what is not matched yet in the interests that `actor` may read, in the order of the queue."""
    return _read_by(actor, unmatched(body_id, at, clock.local(at).date()), body_id, at)


def _read_by(
    actor: Actor, rows: Sequence[InterestOrganisation], body_id: uuid.UUID, at: datetime
) -> list[InterestOrganisation]:
    mine = ids_visible_to(actor, Permission.REGISTERS_INTEREST_READ, body_id, clock.local(at).date())
    return sorted((each for each in rows if each.version.interest.person_id in mine), key=key_of)


def key_of(named: InterestOrganisation) -> str:
    """Returns where an organisation stands in the queue."""
    return f"{named.version.interest.reference}:{named.position:03d}"


def wait_key(named: InterestOrganisation) -> str:
    """Returns where an organisation stands in the queue, and the version of its interest that was read: "I/2026/0031:001:2"."""
    return f"{key_of(named)}:{named.version.number}"


def groups(waiting: Sequence[InterestOrganisation]) -> list[list[InterestOrganisation]]:
    """Returns what waits, in its order, with similar words brought together: each group where the first of it stands."""
    first_of = alike(each.text for each in waiting)
    found: dict[str, list[InterestOrganisation]] = {}
    for each in waiting:
        found.setdefault(first_of[each.text], []).append(each)
    return list(found.values())


def alongside(text: str, interest: Interest, waiting: Sequence[InterestOrganisation]) -> list[InterestOrganisation]:
    """Returns those of the waiting ones that may mean the same as some words of an interest, each words of an interest once: the same
    words first, then similar ones."""
    first_of = alike([text, *(each.text for each in waiting)])
    found = {
        (each.version.interest_id, each.text): each for each in reversed(waiting) if first_of[each.text] == first_of[text]
    }  # fmt: skip
    found.pop((interest.id, text), None)
    return sorted(found.values(), key=lambda each: (each.text != text, each.text, key_of(each)))


def declared_like(text: str, actor: Actor, body_id: uuid.UUID, at: datetime) -> list[str]:
    """Returns the words of interests that `actor` may read which are matched to nothing and may mean the same as `text`, each spelling
    once; those that are the same anyway, and those of interests that are asked not to be published, are left out."""
    there = in_words_alone(body_id, at, clock.local(at).date())
    like = [each for each in there if words_key(each.text) != words_key(text) and is_alike(text, each.text)]
    rows = _read_by(actor, like, body_id, at) if like else []
    kept = {interest.id for interest in restricted_among(rows, None, body_id)}
    spelled = {words_key(each.text): each.text for each in rows if each.version.interest_id not in kept}
    return list(spelled.values())[:MOST_DECLARED]


def restricted_among(
    rows: Sequence[InterestOrganisation], reader: uuid.UUID | None, body_id: uuid.UUID
) -> list[Interest]:
    """Returns the interests of others among these that a body keeps from the public, or is asked to: showing them leaves a trace."""
    others = {each.version.interest_id: each.version.interest for each in rows}
    asked = redactions_of(others) if others else {}
    return [
        interest
        for key, interest in others.items()
        if interest.person_id != reader and key in asked and state_at(asked[key], body_id) is not RedactionState.REFUSED
    ]
