"""Reading for the matching of organisations: what was declared in free text and is not matched yet, and who else used the same words."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from coi import clock
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.models import Interest, InterestOrganisation
from coi.registers.interests.people_queries import ids_visible_to
from coi.registers.interests.queries import unmatched


def unmatched_seen_by(actor: Actor, body_id: uuid.UUID, at: datetime) -> list[InterestOrganisation]:
    """Returns what is not matched yet in the interests that `actor` may read, in the order of the queue."""
    mine = ids_visible_to(actor, Permission.REGISTERS_INTEREST_READ, body_id, clock.local(at).date())
    rows = unmatched(body_id, at, clock.local(at).date())
    return sorted((each for each in rows if each.version.interest.person_id in mine), key=key_of)


def key_of(named: InterestOrganisation) -> str:
    """Returns where an organisation stands in the queue."""
    return f"{named.version.interest.reference}:{named.position:03d}"


def twin_key(named: InterestOrganisation) -> str:
    """Returns the interest that an organisation stands in, and the version of it that was read: "I/2026/0031:2"."""
    return f"{named.version.interest.reference}:{named.version.number}"


def with_the_words(
    text: str, other_than: Interest, waiting: Iterable[InterestOrganisation]
) -> dict[str, InterestOrganisation]:
    """Returns those of the waiting ones that stand in other interests and have exactly these words, one of each interest, by
    `twin_key`."""
    same = (each for each in waiting if each.text == text and each.version.interest_id != other_than.id)
    return {twin_key(each): each for each in same}
