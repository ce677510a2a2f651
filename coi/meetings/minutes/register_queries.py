"""Reading since when the register of gifts has what flags of gifts rest on."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi.database import db
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.vocabulary import GIFT
from coi.meetings.minutes.registration import Entry
from coi.registers.gifts.models import Gift
from coi.wording import day

Offers = Mapping[uuid.UUID, Sequence[Gift]]


def offers_of(body_id: uuid.UUID, flags: Iterable[ConflictFlag]) -> dict[uuid.UUID, list[Gift]]:
    """Returns what the register of gifts has of the people whose flags rest on a gift, person by person, the first entered first."""
    people = {flag.person_id for flag in flags if GIFT in flag.rule_ids}
    found: dict[uuid.UUID, list[Gift]] = {person_id: [] for person_id in people}
    wanted = sa.select(Gift).where(Gift.body_id == body_id, Gift.person_id.in_(people)).order_by(Gift.reference)
    for gift in db.session.scalars(wanted.options(selectinload(Gift.versions))) if people else ():
        found[gift.person_id].append(gift)  # type: ignore[index]
    return found


def entry_of(flag: ConflictFlag, offers: Offers) -> Entry | None:
    """Returns the entry that a flag of a gift means, by its day and, of several on one day, its giver: a flag keeps its words alone."""
    meant = [(gift, gift.versions[0].recorded_at) for gift in offers.get(flag.person_id, ()) if _is_meant(gift, flag)]
    named = [
        each for each in meant if any(row.offeror.casefold() in flag.path[1].casefold() for row in each[0].versions)
    ]
    return next((Entry(gift.reference, since) for gift, since in named or meant), None)


def _is_meant(gift: Gift, flag: ConflictFlag) -> bool:
    return any(f"on {day(row.received_on or row.offered_on)} " in flag.path[1] for row in gift.versions)
