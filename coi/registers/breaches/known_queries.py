"""Reading suspected breaches as they were known at an earlier instant. Who may read them is a matter of today."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, cast

import sqlalchemy as sa

from coi.audit.known_queries import rows_known
from coi.database import db
from coi.errors import NotFound
from coi.permissions.vocabulary import Actor
from coi.registers.breaches import queries
from coi.registers.breaches.models import Breach, BreachPerson
from coi.registers.breaches.queries import Seen
from coi.registers.breaches.vocabulary import BreachState, Showing


def register_known(
    actor: Actor,
    body_id: uuid.UUID,
    on: date,
    instant: datetime,
    *,
    find: str = "",
    showing: Showing = Showing.EVERYTHING,
) -> list[Seen]:
    """Returns the rows of the private register that `actor` may see today, as they were known at an instant, narrowed to words and a
    state."""
    seen = queries.seen_by(actor, body_id, on)
    words = find.casefold().split()
    return [each for each in _then(seen, instant) if queries.is_wanted(each, words, showing)]


def breach_known(breach_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date, instant: datetime) -> Seen:
    """Returns one suspected breach that `actor` may see today, as it was known at an instant. Raises NotFound where it was not there."""
    seen = queries.seen_breach(breach_id, actor, body_id, on)
    found = list(_then([seen], instant))
    if not found:
        raise NotFound("The register did not know this record then")
    return found[0]


def _then(seen: Sequence[Seen], instant: datetime) -> list[Seen]:
    """Those of these that there were, each as it stood. Whoever only reads them sees nothing from before they were taken up."""
    rows = rows_known(Breach, [each.breach.id for each in seen], instant)
    found = []
    for each in seen:
        row = rows.get(each.breach.id)
        if row is not None and (each.acts or row["state"] is not BreachState.REPORTED):
            found.append(Seen(cast(Breach, _Then(each.breach, row, instant)), each.sight))
    return found


@dataclass
class _Then:
    """A suspected breach as it stood at an instant, with what hung on it: read as a breach is."""

    now: Breach
    row: dict[str, Any]
    instant: datetime

    def __getattr__(self, name: str) -> Any:
        try:
            return self.row[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def ground_corrected(self) -> str:
        return self.row["ground_corrected"] or ""

    @property
    def notes(self) -> list[Any]:
        return [each for each in self.now.notes if each.recorded_at <= self.instant]

    @property
    def twins(self) -> list[Any]:
        told = [each for each in self.now.twins if each.recorded_at <= self.instant]
        return [_not_yet(each, "withdrawn_at", self.instant) for each in told]

    @property
    def people(self) -> list[BreachPerson]:
        stood = sa.or_(BreachPerson.removed_at.is_(None), BreachPerson.removed_at > self.instant)
        wanted = sa.select(BreachPerson).where(
            BreachPerson.breach_id == self.now.id, BreachPerson.recorded_at <= self.instant, stood
        )
        return list(db.session.scalars(wanted.order_by(BreachPerson.recorded_at, BreachPerson.id)))

    @property
    def reports(self) -> list[Any]:
        return [
            SimpleNamespace(**_columns(each), messages=[one for one in each.messages if one.sent_at <= self.instant])
            for each in self.now.reports if each.received_at <= self.instant
        ]  # fmt: skip


def _columns(row: Any) -> dict[str, Any]:
    return {each.key: getattr(row, each.key) for each in sa.inspect(type(row)).column_attrs}


def _not_yet(row: Any, column: str, instant: datetime) -> Any:
    """A row as it stood before something happened to it, where that came later."""
    at = getattr(row, column)
    return row if at is None or at <= instant else SimpleNamespace(**{**_columns(row), column: None})
