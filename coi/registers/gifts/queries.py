"""Reading offers: one, one's own, earlier ones by the same offeror, those of a supplier; and the facts that the rules judge."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from coi.clock import months_after
from coi.database import db
from coi.errors import NotFound
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.naming import folded
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.rules import judge
from coi.registers.gifts.vocabulary import (
    KIND_WORDS,
    RESPONSE_WORDS,
    GiftStatus,
    OfferFacts,
    OfferKind,
    Response,
    Verdict,
)
from coi.registers.gifts.wording import money
from coi.registers.interests.people_queries import people_of_body

V = GiftVersion.__table__.c


@dataclass(frozen=True)
class EarlierOffer:
    """An offer by the same offeror, to anybody at the body: what Annex C asks for."""

    gift_id: uuid.UUID
    reference: str
    person_id: uuid.UUID | None
    recipient: str
    kind: OfferKind
    value: Decimal | None
    offered_on: date
    response: Response

    @property
    def words(self) -> str:
        """What it was and what became of it, in one line."""
        return f"{KIND_WORDS[self.kind]}, {money(self.value)}, {RESPONSE_WORDS[self.response].lower()}"


def offeror_key(text: str, organisation_id: uuid.UUID | None) -> str:
    """Returns what all offers of one offeror share: the organisation where it is known, else the folded words."""
    return str(organisation_id) if organisation_id else folded(text)[:200]


def standing(instant: datetime) -> sa.ColumnElement[bool]:
    """Returns the condition that a version is the one that stood at an instant."""
    later = GiftVersion.__table__.alias()
    superseded = sa.exists().where(
        later.c.gift_id == V.gift_id, later.c.number > V.number, later.c.recorded_at <= instant
    )
    return sa.and_(V.recorded_at <= instant, ~superseded)


def visible_gifts(actor: Actor, permission: Permission, body_id: uuid.UUID, on: date) -> sa.ColumnElement[bool]:
    """Returns the condition that an offer is on a body's register and of somebody whom the actor may handle with `permission`; what the
    body itself received is for everybody who may."""
    committees = committees_where(actor, permission, body_id)
    if committees is None:
        return Gift.body_id == body_id
    people = people_of_body(body_id, on, committees=committees)
    return sa.and_(Gift.body_id == body_id, sa.or_(Gift.person_id.is_(None), Gift.person_id.in_(people)))


def visible_gift(gift_id: uuid.UUID, actor: Actor, permission: Permission, body_id: uuid.UUID, on: date) -> Gift:
    """Returns an offer on a body's register, with all its versions. Raises NotFound."""
    return _gift(Gift.id == gift_id, visible_gifts(actor, permission, body_id, on))


def own_gift(gift_id: uuid.UUID, actor: Actor) -> Gift:
    """Returns an offer that was made to the actor. Raises NotFound."""
    return _gift(Gift.id == gift_id, Gift.person_id == actor.person_id, sa.literal(actor.person_id is not None))


def own_gifts(person_id: uuid.UUID, instant: datetime) -> list[GiftVersion]:
    """Returns what was offered to a person, at any body, as it stands: the latest offer first."""
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift).where(Gift.person_id == person_id, standing(instant))
        .options(contains_eager(GiftVersion.gift)).order_by(GiftVersion.offered_on.desc(), Gift.reference.desc())
    )  # fmt: skip
    return list(db.session.scalars(rows))


def _gift(*conditions: sa.ColumnElement[bool]) -> Gift:
    found = db.session.scalar(
        sa.select(Gift).where(*conditions).options(
            joinedload(Gift.person), joinedload(Gift.body),
            selectinload(Gift.versions).options(joinedload(GiftVersion.organisation), joinedload(GiftVersion.decider)),
        )
    )  # fmt: skip
    if found is None:
        raise NotFound("There is no such entry")
    return found


def lock(gift: Gift) -> None:
    """Reads an entry afresh and keeps other writers from it until the transaction ends."""
    db.session.execute(sa.select(Gift.id).where(Gift.id == gift.id).with_for_update())
    db.session.expire(gift, ["versions", "redactions", "disposed_at"])


def earlier_offers(
    among: sa.ColumnElement[bool], key: str, *, until: date, instant: datetime, but: uuid.UUID | None = None
) -> list[EarlierOffer]:
    """Returns the offers of one offeror until a day that are `among` those which the reader may see (`visible_gifts`), the latest first,
    without the entry `but` and without what was withdrawn. Rule: GIFT-02; RULEBOOK §17.3."""
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift)
        .where(among, V.offeror_key == key, V.offered_on <= until, V.status != GiftStatus.WITHDRAWN, standing(instant))
        .options(contains_eager(GiftVersion.gift).options(joinedload(Gift.person), joinedload(Gift.body)))
        .order_by(V.offered_on.desc(), Gift.reference.desc())
    )  # fmt: skip
    return [
        EarlierOffer(each.gift_id, each.gift.reference, each.gift.person_id, each.gift.recipient, each.kind, each.value, each.offered_on,
                     each.response)
        for each in db.session.scalars(rows if but is None else rows.where(Gift.id != but))
    ]  # fmt: skip


def offers_of_organisations(
    body_id: uuid.UUID, organisation_ids: Collection[uuid.UUID], *, since: date, until: date, instant: datetime
) -> list[GiftVersion]:
    """Returns what these organisations offered to people at a body between two days, accepted or not, as known at an instant: for
    screening an item that affects a supplier. Rule: GIFT-01."""
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift)
        .where(Gift.body_id == body_id, V.offeror_id.in_(organisation_ids), V.offered_on >= since, V.offered_on <= until,
               V.status != GiftStatus.WITHDRAWN, standing(instant))
        .options(contains_eager(GiftVersion.gift).joinedload(Gift.person)).order_by(V.offered_on, Gift.reference)
    )  # fmt: skip
    return list(db.session.scalars(rows))


def verdict_on(rulebook: Rulebook, facts: OfferFacts | None, offered_on: date) -> Verdict | None:
    """Returns what the rules of the day of the offer say; None where there were none yet, or the facts do not suffice."""
    return None if facts is None or offered_on < FIRST_DAY else judge(facts, effective(rulebook, offered_on))


def sums_before(
    keys: Iterable[tuple[uuid.UUID, str, date, str]], rulebook: Rulebook, instant: datetime
) -> Mapping[tuple[uuid.UUID, str, date, str], Decimal]:
    """Returns, for each (person, offeror's key, day, reference), what the person took from that offeror as gifts in the rolling months of
    that day's rules before it, in one query. Of two on one day, the earlier reference counts for the later. Rule: GIFT-02; RULEBOOK §8."""
    wanted = list(keys)
    people = {person for person, *_others in wanted}
    rows = db.session.execute(
        sa.select(Gift.person_id, V.offeror_key, V.offered_on, Gift.reference, V.pence)
        .join_from(Gift.__table__, GiftVersion.__table__, Gift.id == V.gift_id)
        .where(Gift.person_id.in_(people), V.kind == OfferKind.GIFT, V.response != Response.DECLINED,
               V.status != GiftStatus.WITHDRAWN, standing(instant))
    ).all() if people else []  # fmt: skip
    return {each: _sum_before(each, rows, rulebook) for each in wanted}


def _sum_before(
    wanted: tuple[uuid.UUID, str, date, str],
    rows: Sequence[sa.Row[tuple[uuid.UUID | None, str, date, str, int | None]]],
    rulebook: Rulebook,
) -> Decimal:
    person, key, on, reference = wanted
    months = effective(rulebook, on).number("gift_cumulative_months") if on >= FIRST_DAY else None
    if months is None:
        return Decimal(0)
    since = months_after(on, -months)
    pence = sum(
        row[4] or 0 for row in rows
        if row[0] == person and row[1] == key and since < row[2] and (row[2], row[3]) < (on, reference)
    )  # fmt: skip
    return Decimal(pence) / 100


def facts_of(version: GiftVersion, earlier: Decimal) -> OfferFacts | None:
    """Returns a version as the rules judge it; None where an older register leaves out what they would ask."""
    if version.source is None or version.value is None or version.offered_on_or_before:
        return None
    return OfferFacts(
        version.kind,
        version.source,
        version.value,
        version.is_beyond_modest,
        version.status is GiftStatus.APPROVED,
        earlier,
        is_stated=version.approval is not None and version.approval.is_stated,
    )


def verdicts_of(
    versions: Sequence[GiftVersion], rulebook: Rulebook, instant: datetime
) -> dict[uuid.UUID, Verdict | None]:
    """Returns, per entry, what the rules of its own day say, with what came before it from the same source. `versions` with their
    gifts."""
    keys = {
        each.gift_id: (each.gift.person_id, each.offeror_key, each.offered_on, each.gift.reference)
        for each in versions
        if each.gift.person_id and each.kind in (OfferKind.GIFT, OfferKind.PROMOTIONAL)
    }
    sums = sums_before(keys.values(), rulebook, instant)
    verdicts = {}
    for each in versions:
        earlier = sums[keys[each.gift_id]] if each.gift_id in keys else Decimal(0)
        verdicts[each.gift_id] = verdict_on(rulebook, facts_of(each, earlier), each.offered_on)
    return verdicts
