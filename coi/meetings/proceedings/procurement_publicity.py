"""What the public register of procurement decisions may not say of the interests that a meeting's decision dealt with. Reading only."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from coi.database import db
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration
from coi.meetings.models import Decision
from coi.registers.columns import PublicRow
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.withheld_queries import withheld_interests
from coi.registers.procurement import public_queries
from coi.registers.procurement.columns import FREE_TEXTS
from coi.registers.procurement.models import ProcurementDecision


def public_rows(body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
    """Gives the rows that are public on a day, without what may tell of an interest that is withheld. Rules: PROC-03, REG-06."""
    withheld = withheld_fields(body_id, at=at)
    for row in public_queries.public_rows(body_id, on=on, at=at):
        hidden = withheld.get(row.key, frozenset())
        yield replace(row, values={**row.values, **dict.fromkeys(hidden)}) if hidden else row


def withheld_fields(body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
    """Returns, per reference, the columns that may not be shown today: those in words, where the item of the decision dealt with an
    interest that is withheld, or may be, be it since; all of a row that was disposed of. Rules: PROC-03, REG-04, REG-06; RULEBOOK §7.3."""
    return {**_words_withheld(body_id, at), **public_queries.withheld_fields(body_id, at=at)}


def _words_withheld(body_id: uuid.UUID, at: datetime) -> Mapping[str, frozenset[str]]:
    wanted = (
        sa.select(ProcurementDecision.reference, Decision.item_id)
        .join(Decision, Decision.id == ProcurementDecision.decision_id)
        .where(ProcurementDecision.body_id == body_id)
    )
    items = {row.reference: row.item_id for row in db.session.execute(wanted)}
    if not items:
        return {}
    used = _interests_on(set(items.values()))
    hidden = withheld_interests(body_id, {interest_id for _item, _person, interest_id in used}, at)
    touched = {item for item, _person, interest in used if interest in hidden}
    return {reference: frozenset(FREE_TEXTS) for reference, item in items.items() if item in touched}


def withheld_on(item_id: uuid.UUID, body_id: uuid.UUID, at: datetime) -> frozenset[uuid.UUID]:
    """Returns the people whose interest on an item is withheld from publication, or may be. Rule: REG-06."""
    used = _interests_on({item_id})
    hidden = withheld_interests(body_id, {interest for _item, _person, interest in used}, at)
    return frozenset(person for _item, person, interest in used if interest in hidden)


def _interests_on(items: set[uuid.UUID]) -> set[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]:
    """The interests that were flagged on items or declared at them, as (item, person, interest)."""
    flagged = (
        sa.select(ConflictFlag.item_id, ConflictFlag.person_id, InterestVersion.interest_id)
        .join(InterestVersion, InterestVersion.id == ConflictFlag.interest_version_id)
        .where(ConflictFlag.item_id.in_(items))
    )
    declared = sa.select(
        MeetingDeclaration.item_id, MeetingDeclaration.person_id, MeetingDeclaration.interest_id
    ).where(MeetingDeclaration.item_id.in_(items), MeetingDeclaration.interest_id.is_not(None))
    return {(row[0], row[1], row[2]) for wanted in (flagged, declared) for row in db.session.execute(wanted)}
