"""Reading which entries of the other registers a suspected breach concerns: the offer or the decision that it was opened from."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi.database import db
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.breaches.models import Breach
from coi.registers.gifts.models import Gift
from coi.registers.gifts.queries import visible_gifts
from coi.registers.kept_item_queries import decisions_beside
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.queries import reader_of
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind


@dataclass(frozen=True)
class Concerned:
    """An entry of another register: which, and what it is called there."""

    register: RegisterKind
    id: uuid.UUID
    reference: str

    @property
    def words(self) -> str:
        return f"{REGISTER_TITLES[self.register]}: {self.reference}"


def concerned_by(breach: Breach, actor: Actor, on: date) -> list[Concerned]:
    """Returns the entries that a suspected breach concerns, as far as `actor` may know them: the offer that went against the rules; what
    the register of procurement decisions has of the item of a meeting. Rules: BRE-01, MTG-03."""
    if breach.subject_table is None or breach.subject_id is None or breach.disposed_at is not None:
        return []
    if breach.subject_table == Gift.__tablename__:
        seen = visible_gifts(actor, Permission.REGISTERS_GIFT_READ, breach.body_id, on)
        gift = db.session.scalar(sa.select(Gift).where(Gift.id == breach.subject_id, seen))
        return [Concerned(RegisterKind.GIFTS, gift.id, gift.reference)] if gift else []
    decided = decisions_beside(breach.subject_table, breach.subject_id)
    if not decided:
        return []
    wanted = sa.select(ProcurementDecision).where(
        ProcurementDecision.body_id == breach.body_id, ProcurementDecision.decision_id.in_(decided)
    )
    rows = db.session.scalars(
        wanted.options(selectinload(ProcurementDecision.versions)).order_by(ProcurementDecision.reference)
    )
    may_know = reader_of(actor, breach.body_id)
    return [Concerned(RegisterKind.PROCUREMENT, row.id, row.reference) for row in rows if may_know(row)]
