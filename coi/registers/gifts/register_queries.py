"""The register page of gifts and hospitality: a hundred entries as known at an instant."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coi.database import db
from coi.organisations.naming import folded
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.asking import ROWS, Asking, RowsPage
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.presenting import GiftRow, rows_of
from coi.registers.gifts.queries import V, standing, visible_gifts
from coi.registers.gifts.vocabulary import HOSPITALITY, SPONSORSHIP, GiftStatus, Response

_WITH_GIFT = contains_eager(GiftVersion.gift).options(joinedload(Gift.person), joinedload(Gift.body))


class Showing(StrEnum):
    """Which entries a reader asks for."""

    EVERYTHING = "everything"
    TO_APPROVE = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    THE_BODY = "organisation"
    UNMATCHED = "unmatched"
    WITHDRAWN = "withdrawn"


SHOWING_WORDS = {
    Showing.EVERYTHING: "Everything",
    Showing.TO_APPROVE: "Accepted, and not approved yet",
    Showing.ACCEPTED: "Accepted",
    Showing.DECLINED: "Declined",
    Showing.THE_BODY: "Offers to the organisation",
    Showing.UNMATCHED: "Taken over, and nobody said who offered it",
    Showing.WITHDRAWN: "Withdrawn entries",
}


@dataclass(frozen=True)
class Asked(Asking):
    """What a reader asks of this register: which of its rows, read with which permission."""

    showing: Showing = Showing.EVERYTHING
    permission: Permission = Permission.REGISTERS_GIFT_READ


def gifts_page(asked: Asked) -> RowsPage[GiftRow]:
    """Returns a page of the register, the latest offer first. A constant number of queries, however many rows."""
    wanted = _wanted(asked)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(wanted.order_by(None).subquery())) or 0
    number = min(max(asked.number, 1), max(1, -(-count // ROWS)))
    loaded = wanted.options(_WITH_GIFT)
    versions = list(db.session.scalars(loaded.limit(ROWS).offset((number - 1) * ROWS)))
    return RowsPage(rows_of(versions, asked.body_id, asked.instant), count, number)


def to_approve(actor: Actor, body_id: uuid.UUID, instant: datetime) -> list[GiftRow]:
    """Returns the entries that were accepted, need the approval of a senior manager and have none: those of others. Rules: HOSP-01,
    HOSP-02."""
    asked = Asked(body_id, actor, instant, showing=Showing.TO_APPROVE, permission=Permission.REGISTERS_GIFT_APPROVE)
    rows = _wanted(asked).options(_WITH_GIFT)
    versions = [
        each
        for each in db.session.scalars(rows)
        if each.gift.person_id is None or each.gift.person_id != actor.person_id
    ]
    return [row for row in rows_of(versions, body_id, instant) if row.against and not row.against.is_possible_breach]


def _wanted(asked: Asked) -> sa.Select[tuple[GiftVersion]]:
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift).outerjoin(Gift.person)
        .where(visible_gifts(asked.actor, asked.permission, asked.body_id, asked.on), standing(asked.instant))
        .order_by(V.offered_on.desc(), Gift.reference.desc())
    )  # fmt: skip
    for word in asked.find.split():
        rows = rows.where(_says(word))
    return rows.where(*_CONDITIONS[asked.showing])


def _says(word: str) -> sa.ColumnElement[bool]:
    texts = [column.icontains(word, autoescape=True) for column in (V.offeror, V.description, V.reason, Person.name)]
    named = Person.sort_key.contains(folded(word), autoescape=True) if folded(word) else sa.false()
    return sa.or_(*texts, named, Gift.reference == word)


_STANDS = V.status != GiftStatus.WITHDRAWN
_CONDITIONS: dict[Showing, tuple[sa.ColumnElement[bool], ...]] = {
    Showing.EVERYTHING: (),
    Showing.TO_APPROVE: (
        V.response != Response.DECLINED, V.status == GiftStatus.RECORDED, V.kind.in_(sorted(HOSPITALITY | SPONSORSHIP)),
        Gift.disposed_at.is_(None),
    ),
    Showing.ACCEPTED: (V.response != Response.DECLINED, _STANDS),
    Showing.DECLINED: (V.response == Response.DECLINED, _STANDS),
    Showing.THE_BODY: (Gift.person_id.is_(None), _STANDS),
    Showing.UNMATCHED: (V.source.is_(None), V.offeror_id.is_(None), Gift.disposed_at.is_(None), _STANDS),
    Showing.WITHDRAWN: (V.status == GiftStatus.WITHDRAWN,),
}  # fmt: skip
