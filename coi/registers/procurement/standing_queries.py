"""Reading rows of the register of procurement decisions by how they stand: known to somebody, disposed of, waiting for a declaration."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi.database import db
from coi.permissions.vocabulary import Actor
from coi.registers.procurement import declarant_queries
from coi.registers.procurement.models import ProcurementDecision, ProcurementDeclarant, ProcurementDeclaration
from coi.registers.procurement.queries import DECLARED, reader_of


def decisions_known_to(actor: Actor, body_id: uuid.UUID) -> list[ProcurementDecision]:
    """Returns every row of a body that `actor` may know, with its versions, by reference."""
    wanted = sa.select(ProcurementDecision).where(ProcurementDecision.body_id == body_id)
    wanted = wanted.options(selectinload(ProcurementDecision.versions)).order_by(ProcurementDecision.reference)
    rows, may_know = list(db.session.scalars(wanted)), reader_of(actor, body_id)
    return [row for row in rows if may_know(row)]


def disposed_references(body_id: uuid.UUID, at: datetime) -> list[str]:
    """Returns the references of the rows of a body that were disposed of by an instant."""
    wanted = sa.select(ProcurementDecision.reference).where(
        ProcurementDecision.body_id == body_id, ProcurementDecision.disposed_at <= at
    )
    return list(db.session.scalars(wanted.order_by(ProcurementDecision.reference)))


def unanswered(body_id: uuid.UUID, actor: Actor) -> list[tuple[ProcurementDecision, list[ProcurementDeclarant]]]:
    """Returns the rows of a body that `actor` may know for which somebody was asked to declare and has not, by reference, and who.
    Rule: PROC-02; RULEBOOK §17.9."""
    has_answered = sa.exists().where(ProcurementDeclaration.declarant_id == ProcurementDeclarant.id)
    waits = sa.exists().where(
        ProcurementDeclarant.procurement_id == ProcurementDecision.id, ProcurementDeclarant.ended_at.is_(None), ~has_answered
    )  # fmt: skip
    wanted = (
        sa.select(ProcurementDecision)
        .where(ProcurementDecision.body_id == body_id, ProcurementDecision.disposed_at.is_(None), waits)
        .options(selectinload(ProcurementDecision.versions), *DECLARED)
        .order_by(ProcurementDecision.reference)
    )
    rows = list(db.session.scalars(wanted))
    may_know = reader_of(actor, body_id) if rows else None
    return [(row, declarant_queries.unanswered(row)) for row in rows if may_know and may_know(row)]
