"""Reading who was asked to declare for a procurement, who has, and which link a token opens."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from coi import clock
from coi.accounts.sessions import hash_of
from coi.database import db
from coi.errors import NotFound
from coi.notifications.models import OutboxMessage
from coi.notifications.queries import unsent_by_key
from coi.registers.procurement.declared_vocabulary import Measure, secret_of_link
from coi.registers.procurement.declaring import Standing
from coi.registers.procurement.models import (
    ProcurementDecision,
    ProcurementDeclarant,
    ProcurementDeclaration,
    ProcurementLink,
    ProcurementMeasure,
    ProcurementVersion,
)

R = TypeVar("R", ProcurementDeclaration, ProcurementMeasure, ProcurementVersion)


def known_by(rows: Iterable[R], instant: datetime | None) -> list[R]:
    """Returns those of these rows that were recorded by an instant; None: by now."""
    return [each for each in rows if instant is None or each.recorded_at <= instant]


def standing_of(declarant: ProcurementDeclarant, instant: datetime | None = None) -> Standing:
    """Returns how somebody who was asked stands, or stood at an instant."""
    declared = known_by(declarant.declarations, instant)
    if not declared:
        return Standing(declarant.name, declarant.side, False)
    newest, first = declared[-1], declared[0].declared_on
    return Standing(declarant.name, declarant.side, True, bool(newest.has_conflict), measure_of(newest, instant), first)


def measure_of(declaration: ProcurementDeclaration, instant: datetime | None = None) -> Measure | None:
    """Returns what was decided last about a declared conflict, by an instant; None where nothing was."""
    measures = known_by(declaration.measures, instant)
    return measures[-1].measure if measures else None


def asked_by(decision: ProcurementDecision, instant: datetime | None) -> list[tuple[ProcurementDeclarant, bool]]:
    """Returns who was asked to declare by an instant (None: by now), and whether they took no part any more then."""
    asked = [each for each in decision.asked if instant is None or each.asked_at <= instant]
    return [(each, each.ended_at is not None and (instant is None or each.ended_at <= instant)) for each in asked]


def panel_of(decision: ProcurementDecision, instant: datetime | None = None) -> list[Standing]:
    """Returns how everybody stands who was asked and still takes part, or stood at an instant."""
    return [standing_of(each, instant) for each, has_ended in asked_by(decision, instant) if not has_ended]


def unmanaged(declarations: Iterable[ProcurementDeclaration], instant: datetime | None = None) -> int:
    """Returns how many declared conflicts nobody has dealt with: of those who were asked again, the newest declaration counts."""
    newest = {each.declarant_id or each.id: each for each in declarations}
    return sum(1 for each in newest.values() if each.has_conflict and not known_by(each.measures, instant))


def unanswered(decision: ProcurementDecision) -> list[ProcurementDeclarant]:
    """Returns who was asked, still takes part and has not declared. Rule: PROC-02; RULEBOOK §17.9."""
    return [each for each in decision.asked if each.ended_at is None and not each.declarations]


def last_asked(declarants: Iterable[ProcurementDeclarant]) -> dict[uuid.UUID, date]:
    """Returns on which day each of these people was mailed a link last."""
    ids = [each.id for each in declarants]
    wanted = (
        sa.select(ProcurementLink.declarant_id, sa.func.max(ProcurementLink.issued_at))
        .where(ProcurementLink.declarant_id.in_(ids))
        .group_by(ProcurementLink.declarant_id)
    )
    return {who: clock.local(at).date() for who, at in db.session.execute(wanted).all()} if ids else {}


def lock(decision: ProcurementDecision) -> None:
    """Keeps others from writing to whoever declares for a procurement until the transaction ends."""
    db.session.execute(sa.select(ProcurementDecision.id).where(ProcurementDecision.id == decision.id).with_for_update())


def declarant(declarant_id: uuid.UUID, decision: ProcurementDecision) -> ProcurementDeclarant:
    """Returns somebody who was asked for this procurement. Raises NotFound."""
    found = next((each for each in decision.asked if each.id == declarant_id), None)
    if found is None:
        raise NotFound("Nobody was asked so")
    return found


def declaration(declaration_id: uuid.UUID, decision: ProcurementDecision) -> ProcurementDeclaration:
    """Returns a declaration made for this procurement. Raises NotFound."""
    found = next((each for each in decision.declarations if each.id == declaration_id), None)
    if found is None:
        raise NotFound("There is no such declaration")
    return found


def link_of_token(token: str) -> ProcurementLink | None:
    """Returns the link that a token is of, whether it was used, is too old, or can be used; None where there never was one."""
    wanted = sa.select(ProcurementLink).where(ProcurementLink.token_hash == hash_of(token))
    return db.session.scalar(wanted.options(joinedload(ProcurementLink.declarant)))


def locked_link(link_id: uuid.UUID) -> ProcurementLink:
    """Returns a link and keeps everybody else from using it until the transaction ends."""
    wanted = sa.select(ProcurementLink).where(ProcurementLink.id == link_id).execution_options(populate_existing=True)
    return db.session.scalars(wanted.with_for_update(of=ProcurementLink)).one()


def waiting_mails(row: ProcurementDecision, at: datetime) -> dict[uuid.UUID, OutboxMessage]:
    """Returns, per person who was asked, the mail with their newest link that can be used, where it was not sent."""
    wanted = sa.select(ProcurementLink).where(
        ProcurementLink.declarant_id.in_([each.id for each in row.asked]), ProcurementLink.used_at.is_(None),
        ProcurementLink.expires_at > at,
    )  # fmt: skip
    links = db.session.scalars(wanted.order_by(ProcurementLink.issued_at, ProcurementLink.id))
    keys = {each.declarant_id: secret_of_link(each.id) for each in links}
    mails = unsent_by_key(keys.values())
    return {who: mails[key] for who, key in keys.items() if key in mails}


def open_links(declarant_id: uuid.UUID, at: datetime) -> list[ProcurementLink]:
    """Returns the links of somebody that could still be used."""
    wanted = sa.select(ProcurementLink).where(
        ProcurementLink.declarant_id == declarant_id, ProcurementLink.used_at.is_(None), ProcurementLink.expires_at > at
    )
    return list(db.session.scalars(wanted.order_by(ProcurementLink.issued_at, ProcurementLink.id)))
