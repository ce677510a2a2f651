"""Reading for an import of procurement decisions: what stands on the register, for whoever imports."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi import clock
from coi.database import db
from coi.people.models import Person
from coi.people.queries import belongs_to
from coi.permissions.vocabulary import Actor
from coi.registers.gifts.models import Gift
from coi.registers.importing.procurement.vocabulary import KnownDecision
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.vocabulary import RedactionState
from coi.registers.interests.withheld_queries import held_back_at
from coi.registers.procurement.models import ProcurementDecision, ProcurementVersion
from coi.registers.procurement.queries import details_of
from coi.registers.procurement.standing_queries import decisions_known_to
from coi.registers.procurement.vocabulary import DecisionDetails, Supplier

_FEW = 500


def known(body_id: uuid.UUID, actor: Actor, at: datetime) -> tuple[KnownDecision, ...]:
    """Returns the decisions of a body that `actor` may know, as the register knows them at an instant and knew them before. Of those that
    were disposed of only their days and kind are known. Rule: MTG-03."""
    found = []
    for row in decisions_known_to(actor, body_id):
        versions = [each for each in row.versions if each.recorded_at <= at]
        if versions:
            found.append(_known(row, versions))
    return tuple(found)


def withheld_people(body_id: uuid.UUID) -> tuple[str, ...]:
    """Returns the family names of the people of a body about whose interests or gifts its Guardian was asked, and did not refuse, that
    something is kept from the public. Rule: REG-06."""
    of_an_interest = sa.and_(RedactionRequest.interest_id.is_not(None), held_back_at(body_id))
    of_a_gift = sa.and_(Gift.body_id == body_id, RedactionRequest.state != RedactionState.REFUSED)
    asked = (
        sa.select(sa.func.coalesce(Interest.person_id, Gift.person_id))
        .select_from(RedactionRequest)
        .outerjoin(Interest, Interest.id == RedactionRequest.interest_id)
        .outerjoin(Gift, Gift.id == RedactionRequest.gift_id)
        .where(sa.or_(of_an_interest, of_a_gift))
    )
    names = sa.select(Person.family_name).where(belongs_to(body_id), Person.id.in_(asked), Person.family_name != "")
    return tuple(db.session.scalars(names.distinct().order_by(Person.family_name)))


def decisions(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, ProcurementDecision]:
    """Returns these decisions with their versions, locked until the transaction ends."""
    found: dict[uuid.UUID, ProcurementDecision] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), _FEW):
        rows = sa.select(ProcurementDecision).where(ProcurementDecision.id.in_(wanted[start : start + _FEW]))
        rows = rows.order_by(ProcurementDecision.id).with_for_update()
        rows = rows.options(selectinload(ProcurementDecision.versions)).execution_options(populate_existing=True)
        found |= {each.id: each for each in db.session.scalars(rows)}
    return found


def _known(row: ProcurementDecision, versions: list[ProcurementVersion]) -> KnownDecision:
    *earlier, stands = versions
    return KnownDecision(
        str(row.id), row.reference, _as_entered(stands), row.is_taken_over, row.old_reference, clock.local(stands.recorded_at).date(),
        tuple(_as_entered(each) for each in earlier), stands.number,
        disposed_on=clock.local(row.disposed_at).date() if row.disposed_at else None,
    )  # fmt: skip


def _as_entered(version: ProcurementVersion) -> DecisionDetails:
    """What a version says, its supplier in the words that were entered, whoever they were found to be."""
    entered = Supplier(version.supplier_text, version.supplier_organisation_id, address=version.supplier_address)
    return replace(details_of(version), supplier=entered if version.supplier_text else None)
