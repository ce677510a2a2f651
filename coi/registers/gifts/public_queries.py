"""Reading what the public may see of the register of gifts and hospitality on a day."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from coi import clock
from coi.database import db
from coi.guidance.vocabulary import Rulebook
from coi.organisations.naming import folded
from coi.organisations.policy_queries import rulebook_of
from coi.people.queries import posts_on
from coi.registers.columns import PublicRow
from coi.registers.gifts.columns import SHAPE, PublicFacts, hidden_with, public_row
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.queries import V, standing
from coi.registers.gifts.vocabulary import GiftStatus
from coi.registers.interests.models import RedactionDecision, RedactionRequest
from coi.registers.interests.public_queries import periods_on
from coi.registers.interests.redaction import held_back_then
from coi.registers.retention import public_until

R = RedactionRequest.__table__.c


def public_rows(body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
    """Yields every entry that may be public on a day, as known at an instant, by name and reference. A withdrawn entry is not, and an
    offer stays for the public months after the later of its day and the day on which it was declared; what is withheld is left out.
    Rules: GIFT-01, REG-02, REG-03, REG-06."""
    rulebook, withheld = rulebook_of(body_id), withheld_fields(body_id, at=at)
    rows = (
        sa.select(GiftVersion).join(GiftVersion.gift)
        .where(Gift.body_id == body_id, V.offered_on <= on, V.status != GiftStatus.WITHDRAWN, standing(at),
               Gift.disposed_at.is_(None))
        .options(contains_eager(GiftVersion.gift).options(joinedload(Gift.person), joinedload(Gift.body)),
                 joinedload(GiftVersion.organisation))
    )  # fmt: skip
    versions = list(db.session.scalars(rows))
    first = _first_recorded([each.gift_id for each in versions])
    people = {each.gift.person_id for each in versions if each.gift.person_id}
    posts = posts_on(people, body_id, on) if people else {}
    facts = [_facts(each, posts, first[each.gift_id], rulebook) for each in versions]
    for each in sorted(facts, key=lambda one: (one.sort_key, one.reference)):
        hidden = withheld.get(each.reference, frozenset())
        if (each.public_until is None or each.public_until >= on) and not hidden >= set(SHAPE.names):
            yield public_row(each, hidden)


def withheld_fields(body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
    """Returns, per reference, the columns that may not be shown whatever an older edition said: all of an entry that was withdrawn; those
    that a request names until it is decided, then those that the Guardian withheld. Rule: REG-06; RULEBOOK §7.3."""
    found = {each: hidden_with(fields) for each, fields in held_back_then(_requests(body_id, at), at).items()}
    return {**found, **{reference: frozenset(SHAPE.names) for reference in db.session.scalars(_withdrawn(body_id, at))}}


def replaced_by_then(body_id: uuid.UUID, references: Collection[str], *, at: datetime) -> frozenset[str]:
    """Returns which of these entries were withdrawn as made by mistake, as known at an instant: not those that somebody asked to keep
    from the public, nor those that were disposed of. Rules: REG-02, REG-06."""
    if not references:
        return frozenset()
    asked = sa.exists().where(R.gift_id == Gift.id)
    plain = _withdrawn(body_id, at).where(~asked, Gift.disposed_at.is_(None))
    return frozenset(references).intersection(db.session.scalars(plain))


def _withdrawn(body_id: uuid.UUID, at: datetime) -> sa.Select[tuple[str]]:
    return (
        sa.select(Gift.reference)
        .join(Gift.versions)
        .where(Gift.body_id == body_id, V.status == GiftStatus.WITHDRAWN, standing(at))
    )


def _requests(body_id: uuid.UUID, at: datetime) -> Sequence[Any]:
    decided = RedactionDecision.__table__.c
    return db.session.execute(
        sa.select(Gift.reference, R.id, R.fields, R.state, R.decided_at, decided.number, decided.withheld)
        .select_from(RedactionRequest.__table__)
        .join(Gift.__table__, Gift.id == R.gift_id)
        .outerjoin(RedactionDecision.__table__, sa.and_(decided.request_id == R.id, decided.decided_at <= at))
        .where(Gift.body_id == body_id, R.requested_at <= at)
        .order_by(Gift.reference, R.requested_at, R.id, decided.number)
    ).all()


def over_on(version: GiftVersion) -> date:
    """Returns the day from which the public months and the private years of an entry count: the latest of the offer, the receipt and the
    declaration. Rules: REG-03, REG-04."""
    return max(version.offered_on, version.received_on or version.offered_on, version.declared_on)


def last_public_day(version: GiftVersion, rulebook: Rulebook) -> date:
    """Returns the last day on which an entry is public, by the rules of the day it was over. Rule: REG-03; RULEBOOK §7.4."""
    last = public_until(over_on(version), periods_on(over_on(version), rulebook).public_months)
    assert last is not None
    return last


def _first_recorded(gift_ids: list[uuid.UUID]) -> dict[uuid.UUID, date]:
    rows = sa.select(V.gift_id, V.recorded_at).where(V.gift_id.in_(gift_ids), V.number == 1)
    return {row.gift_id: clock.local(row.recorded_at).date() for row in db.session.execute(rows)}


def _facts(
    version: GiftVersion, posts: dict[uuid.UUID, list[str]], recorded_on: date, rulebook: Rulebook
) -> PublicFacts:
    gift = version.gift
    return PublicFacts(
        reference=gift.reference, name=gift.recipient, sort_key=gift.person.sort_key if gift.person else folded(gift.body.name),
        kind=version.kind, source=version.source, offeror=version.offeror, description=version.description, value=version.value,
        is_estimate=version.is_estimate, offered_on=version.offered_on, declared_on=version.declared_on, response=version.response,
        reason=version.reason, status=version.status, person_id=str(gift.person_id) if gift.person_id else "",
        position=", ".join(posts.get(gift.person_id, ())) if gift.person_id else "", business=version.business,
        code=(version.organisation.code or "") if version.organisation else "", received_on=version.received_on,
        decided_on=version.decided_on, recorded_on=recorded_on, updated_on=clock.local(version.recorded_at).date(),
        public_until=last_public_day(version, rulebook), offered_on_or_before=version.offered_on_or_before,
        declared_on_or_before=version.declared_on_or_before, is_organisation=version.offeror_id is not None,
        is_approval_stated=version.approval is not None and version.approval.is_stated,
    )  # fmt: skip
