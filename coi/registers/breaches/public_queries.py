"""Reading what the public may see of breaches: texts without names, from their day on, and years without breaches."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.registers.breaches.columns import SHAPE, TwinFacts, public_row, year_row
from coi.registers.breaches.models import BreachlessYear, BreachTwin
from coi.registers.columns import PublicRow


def public_rows(body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
    """Gives, in the order of the register, the texts that are public on a day, as known at an instant, and the years stated to have no
    breaches; a statement beside a published breach of that year is left out."""
    twins = _twins(body_id, on=on, at=at)
    years = db.session.scalars(
        sa.select(BreachlessYear).where(
            BreachlessYear.body_id == body_id, BreachlessYear.stated_at <= at,
            sa.or_(BreachlessYear.withdrawn_at.is_(None), BreachlessYear.withdrawn_at > at),
        )
    ).all()  # fmt: skip
    rows = [public_row(_facts(each)) for each in twins]
    broken = {each.year for each in twins}
    rows += [
        year_row(each.reference, each.year, clock.local(each.stated_at).date())
        for each in years if each.year not in broken
    ]  # fmt: skip
    yield from sorted(rows, key=lambda row: row.sort_key)


def years_with_breaches(body_id: uuid.UUID, *, on: date, at: datetime) -> frozenset[int]:
    """Returns the years of the breaches that are public on a day, as known at an instant: a statement that one of them had none is not
    published beside them."""
    return frozenset(each.year for each in _twins(body_id, on=on, at=at))


def _twins(body_id: uuid.UUID, *, on: date, at: datetime) -> Sequence[BreachTwin]:
    return db.session.scalars(
        sa.select(BreachTwin).where(
            BreachTwin.body_id == body_id, BreachTwin.recorded_at <= at, BreachTwin.publish_on <= on,
            sa.or_(BreachTwin.withdrawn_at.is_(None), BreachTwin.withdrawn_at > at),
        )
    ).all()  # fmt: skip


def withheld_fields(body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
    """Returns what may not be shown today, whatever an older edition said: every column of a text, or of a statement about a year,
    that was withdrawn."""
    everything = frozenset(SHAPE.names)
    twins = sa.select(BreachTwin.reference).where(BreachTwin.body_id == body_id, BreachTwin.withdrawn_at <= at)
    years = sa.select(BreachlessYear.reference).where(
        BreachlessYear.body_id == body_id, BreachlessYear.withdrawn_at <= at
    )
    gone = [*db.session.scalars(twins), *db.session.scalars(years)]
    return dict.fromkeys(gone, everything)


def replaced_by_then(body_id: uuid.UUID, references: Collection[str], *, at: datetime) -> frozenset[str]:
    """Returns which of these rows are statements, known at an instant, that a year had no breaches: replaced by a published breach or
    withdrawn, they were public all the same, and name nobody."""
    wanted = sa.select(BreachlessYear.reference).where(
        BreachlessYear.body_id == body_id, BreachlessYear.stated_at <= at
    )
    return frozenset(references).intersection(db.session.scalars(wanted))


def _facts(twin: BreachTwin) -> TwinFacts:
    return TwinFacts(
        twin.reference, twin.year, twin.event, twin.nature, twin.control, twin.investigation, twin.learning, twin.actions,
        twin.publish_on,
    )  # fmt: skip
