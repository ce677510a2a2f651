"""Reading where a flag may be lost: the items of agendas to come that are not settled, and what was changed on the register."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coi.accounts.models import Account
from coi.audit.queries import entries_about
from coi.database import db
from coi.meetings.conflicts.models import UnreachedFlag
from coi.meetings.conflicts.unreached import RegisterChange
from coi.meetings.models import AffectedOrganisation, AgendaItem, Meeting, MeetingCommittee
from coi.meetings.vocabulary import ItemState, MeetingState
from coi.people.models import Person
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.vocabulary import GiftStatus
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.interests.vocabulary import InterestStatus

COUNTS = ("type", "directness", "via", "role", "nature", "arose_on", "ended_on", "is_pursuing")
"""What of an interest, besides its organisations, decides where it is found."""


def live_items(*, matter_id: uuid.UUID | None = None, meeting_id: uuid.UUID | None = None) -> list[AgendaItem]:
    """Returns the items that wait for a decision, of every body, at meetings that are not over: those of one matter, or of one meeting,
    where that is asked for."""
    found = (
        sa.select(AgendaItem)
        .join(AgendaItem.meeting)
        .where(
            Meeting.state.in_((MeetingState.PLANNED, MeetingState.OPEN)),
            AgendaItem.state.in_((ItemState.PLANNED, ItemState.OPEN)),
            AgendaItem.standing.is_(None),
        )
        .options(
            contains_eager(AgendaItem.meeting).selectinload(Meeting.committees).joinedload(MeetingCommittee.committee),
            selectinload(AgendaItem.affected).joinedload(AffectedOrganisation.organisation),
        )
        .order_by(Meeting.held_on, AgendaItem.meeting_id, AgendaItem.position)
    )
    if matter_id is not None:
        found = found.where(AgendaItem.matter_id == matter_id)
    if meeting_id is not None:
        found = found.where(AgendaItem.meeting_id == meeting_id)
    return list(db.session.scalars(found))


def items_alike(item: AgendaItem) -> list[AgendaItem]:
    """Returns an item and the others of its matter that wait for a decision: what is said of one of them counts on the others."""
    others = live_items(matter_id=item.matter_id) if item.matter_id else []
    return [item, *(each for each in others if each.id != item.id)]


def was_there(item_id: uuid.UUID, at: datetime) -> bool:
    """Whether an item was on an agenda at an instant, by the ledger: a job may run long after what it looks at."""
    return any(each.at <= at for each in entries_about(AgendaItem.__tablename__, item_id))


def losses_of(item_id: uuid.UUID) -> list[UnreachedFlag]:
    """Returns what an item reached no more, whether somebody who presides has seen it or not, in the order in which it was lost."""
    rows = sa.select(UnreachedFlag).where(UnreachedFlag.item_id == item_id)
    return list(db.session.scalars(rows.order_by(UnreachedFlag.recorded_at, UnreachedFlag.id)))


def changes_at(instant: datetime) -> list[RegisterChange]:
    """Returns what was changed of interests and gifts at an instant, where screening may find something else than before."""
    gifts = db.session.execute(
        sa.select(GiftVersion, Gift.reference)
        .join(Gift, Gift.id == GiftVersion.gift_id)
        .where(GiftVersion.recorded_at == instant, GiftVersion.number > 1)
        .order_by(Gift.reference, GiftVersion.number)
    )
    return [
        *_interests_at(instant),
        *(RegisterChange(None, _done_to(row, of), row.entered_by_name) for row, of in gifts),
    ]


def _done_to(version: GiftVersion, reference: str) -> str:
    withdrawn = version.status is GiftStatus.WITHDRAWN
    return f"entry {reference} was {'withdrawn as made by mistake' if withdrawn else 'corrected'}"


def _interests_at(instant: datetime) -> list[RegisterChange]:
    rows = db.session.execute(
        sa.select(InterestVersion, Person.name)
        .outerjoin(Account, Account.id == InterestVersion.recorded_by)
        .outerjoin(Person, Person.id == Account.person_id)
        .where(InterestVersion.recorded_at == instant, InterestVersion.number > 1)
        .options(
            joinedload(InterestVersion.interest).selectinload(Interest.versions),
            joinedload(InterestVersion.declaration),
        )
        .order_by(InterestVersion.interest_id, InterestVersion.number)
    ).unique()
    return [
        RegisterChange(version.interest_id, what, name or _entered_by(version))
        for version, name in rows
        if (what := _what_changed(version.interest.versions[version.number - 2], version))
    ]


def _what_changed(before: InterestVersion, after: InterestVersion) -> str:
    """What of a version counts otherwise than before, as the beginning of a sentence; "" where nothing does."""
    of = f"interest {after.interest.reference}"
    if _counts(before) == _counts(after) and _named(before) == _named(after):
        return ""
    if after.ended_on is not None and before.ended_on is None:
        return f"{of} was ended"
    same_words = [each.text for each in before.organisations] == [each.text for each in after.organisations]
    return (
        f"the organisation of {of} was matched anew"
        if same_words and _named(before) != _named(after)
        else f"{of} was changed"
    )


def _counts(version: InterestVersion) -> tuple[object, ...]:
    return (version.status is InterestStatus.ENDED, *(getattr(version, name) for name in COUNTS))


def _named(version: InterestVersion) -> list[tuple[str, uuid.UUID | None]]:
    return [(each.text, each.organisation_id) for each in version.organisations]


def _entered_by(version: InterestVersion) -> str:
    """Who entered it without an account: by a link, or from a file."""
    return version.declaration.entered_by_name if version.declaration else "the system"
