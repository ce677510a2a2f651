"""Reading what people hold, as the registers knew it at an instant: interests, gifts and hospitality, and the interests of their fellow
partners. One statement, made once, since every agenda page asks it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from coi.database import Instant, db
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind
from coi.people.models import Person
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.vocabulary import GiftStatus, OfferSource, Response
from coi.registers.interests.models import Declaration, Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.vocabulary import Directness, InterestRole, InterestStatus, InterestType, Via


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation that an interest names. `organisation_id` None: the declarant's own words, matched to nothing."""

    row_id: uuid.UUID
    organisation_id: uuid.UUID | None
    text: str
    name: str
    code: str | None
    is_commissioner: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class KnownVersion:
    """An interest as the register knew it at an instant, and what its holder is called. Without an `interest_id` it is a gift or
    hospitality, taken on `received_on`. The same rows give the same object, so that what follows from it can be remembered."""

    version_id: uuid.UUID
    interest_id: uuid.UUID | None
    person_id: uuid.UUID
    holder: str
    type: InterestType
    directness: Directness
    via: Via | None
    role: InterestRole
    nature: str
    arose_on: date | None
    ended_on: date | None
    is_pursuing: bool
    status: InterestStatus
    received_on: date | None
    organisations: tuple[Named, ...]


_IDS = sa.bindparam("ids", expanding=True)
_INSTANT = sa.bindparam("instant", type_=Instant)
_MADE_BEFORE = sa.bindparam("made_before", type_=sa.Date())  # of a paper that was typed later
_SINCE, _BODY = sa.bindparam("since", type_=sa.Date()), sa.bindparam("body", type_=sa.Uuid())
_VERSION, _GIFT = InterestVersion, GiftVersion
_LATER, _LATER_GIFT = aliased(InterestVersion), aliased(GiftVersion)


def _partnerships() -> tuple[sa.Select[Any], Any, Any]:
    """Partnerships in organisations that are known, in any version (whether one stands is for the engine to say), with the organisation
    and the partner."""
    version, named, interest = aliased(InterestVersion), aliased(InterestOrganisation), aliased(Interest)
    rows = (
        sa.select(named.organisation_id)
        .join(version, version.id == named.version_id)
        .join(interest, interest.id == version.interest_id)
        .where(version.role == InterestRole.PARTNER, version.directness == Directness.DIRECT)
    )
    return rows, named.organisation_id, interest.person_id


_ASKED = sa.select(Person.id).where(Person.id.in_(_IDS)).cte("asked")
_MINE, _, _I = _partnerships()
_THEIRS, _THEIR_PRACTICE, _FELLOW = _partnerships()
_FELLOWS = _THEIRS.with_only_columns(_FELLOW, maintain_column_froms=True).where(
    _THEIR_PRACTICE.in_(_MINE.where(_I.in_(sa.select(_ASKED.c.id))))
)
"""Whoever is or was a partner where one of the people asked about is or was: what they hold counts by cross-reference. Rule: DECL-08."""
_ORGANISATION = (
    Organisation.name,
    Organisation.code,
    (Organisation.kind == OrganisationKind.COMMISSIONER).label("buys"),
)


def _told_before(version: Any) -> sa.ColumnElement[bool]:
    """Whether a version was typed later from what was declared before a day. That an interest has ended, or what was agreed about it,
    keeps the day of the first declaration: it counts from when it was told."""
    said = aliased(Declaration)
    by_then = sa.exists().where(said.id == version.declaration_id, said.declared_on < _MADE_BEFORE)
    earlier = aliased(InterestVersion)
    again = sa.exists().where(
        earlier.interest_id == version.interest_id, earlier.number < version.number,
        earlier.declaration_id == version.declaration_id,
    )  # fmt: skip
    return sa.and_(version.declared_on < _MADE_BEFORE, by_then, ~again)


_INTERESTS = (
    sa.select(
        _VERSION.id.label("version"), _VERSION.interest_id, Interest.person_id, Person.name.label("holder"), _VERSION.type,
        _VERSION.directness, _VERSION.via, _VERSION.role, _VERSION.nature, _VERSION.arose_on, _VERSION.ended_on,
        _VERSION.is_pursuing, _VERSION.status, sa.cast(sa.null(), sa.Date).label("received"), InterestOrganisation.id,
        InterestOrganisation.organisation_id, InterestOrganisation.text, *_ORGANISATION, Interest.reference.label("reference"),
        InterestOrganisation.position.label("place"),
    )
    .join(Interest, Interest.id == _VERSION.interest_id)
    .join(Person, Person.id == Interest.person_id)
    .outerjoin(InterestOrganisation, InterestOrganisation.version_id == _VERSION.id)
    .outerjoin(Organisation, Organisation.id == InterestOrganisation.organisation_id)
    .where(
        Interest.person_id.in_(sa.select(_ASKED.c.id).union(_FELLOWS)),
        sa.or_(_VERSION.recorded_at <= _INSTANT, _told_before(_VERSION)),
        ~sa.exists().where(
            _LATER.interest_id == _VERSION.interest_id, _LATER.number > _VERSION.number,
            sa.or_(_LATER.recorded_at <= _INSTANT, _told_before(_LATER)),
        ),
    )
)  # fmt: skip
_TAKEN = sa.func.coalesce(_GIFT.received_on, _GIFT.offered_on)
_GIFTS = (
    sa.select(
        _GIFT.id, sa.cast(sa.null(), sa.Uuid), Gift.person_id, Person.name, sa.literal(InterestType.FINANCIAL.value),
        sa.literal(Directness.DIRECT.value), sa.cast(sa.null(), sa.String), sa.literal(InterestRole.RECIPIENT.value),
        _GIFT.description, sa.cast(sa.null(), sa.Date), sa.cast(sa.null(), sa.Date), sa.false(),
        sa.literal(InterestStatus.SUBMITTED.value), _TAKEN, _GIFT.id, _GIFT.offeror_id, _GIFT.offeror, *_ORGANISATION,
        Gift.reference, sa.literal(1),
    )
    .join(Gift, Gift.id == _GIFT.gift_id)
    .join(Person, Person.id == Gift.person_id)
    .outerjoin(Organisation, Organisation.id == _GIFT.offeror_id)
    .where(
        Gift.person_id.in_(sa.select(_ASKED.c.id)),
        Gift.body_id == _BODY,
        Gift.disposed_at.is_(None),
        sa.or_(_GIFT.offeror_id.is_not(None), _GIFT.source == OfferSource.SUPPLIER),
        _GIFT.response != Response.DECLINED,
        _GIFT.status != GiftStatus.WITHDRAWN,
        _TAKEN >= _SINCE,
        _GIFT.recorded_at <= _INSTANT,
        ~sa.exists().where(
            _LATER_GIFT.gift_id == _GIFT.gift_id, _LATER_GIFT.number > _GIFT.number, _LATER_GIFT.recorded_at <= _INSTANT
        ),
    )
)  # fmt: skip
_HELD = sa.union_all(_INTERESTS, _GIFTS).order_by("reference", "version", "place")


def known_versions(
    person_ids: Collection[uuid.UUID],
    instant: datetime,
    *,
    body_id: uuid.UUID,
    since: date,
    made_before: date = date.min,
) -> list[KnownVersion]:
    """Returns every interest of these people as the register knew it at `instant`, ended ones included: the last version that
    was recorded until then, or declared before the day `made_before` and typed later. Those of whoever is or was a partner where one of
    them is or was come with them; and the gifts and hospitality that these people took since a day, as a body's register knew them: what
    was declined gave nobody anything."""
    given = {"ids": list(person_ids), "instant": instant, "body": body_id, "since": since, "made_before": made_before}
    rows = map(tuple, db.session.execute(_HELD, given))
    return [_known(tuple(group)) for _, group in groupby(rows, key=itemgetter(0))]


@lru_cache(maxsize=1024)
def _known(rows: tuple[tuple[Any, ...], ...]) -> KnownVersion:
    """What the rows of one version say. Remembered, since an agenda is read again and again between two changes of a register."""
    named = (
        Named(each[14], each[15], each[16], each[17] or each[16], each[18], bool(each[19])) for each in rows if each[14]
    )
    return KnownVersion(*rows[0][:14], tuple(named))


def versions_by_id(ids: Collection[uuid.UUID]) -> list[InterestVersion]:
    """Returns versions of interests, with their organisations. Asks nothing where none is wanted."""
    if not ids:
        return []
    rows = sa.select(InterestVersion).where(InterestVersion.id.in_(ids)).order_by(InterestVersion.id)
    organisations = selectinload(InterestVersion.organisations).joinedload(InterestOrganisation.organisation)
    return list(db.session.scalars(rows.options(organisations, joinedload(InterestVersion.interest))))
