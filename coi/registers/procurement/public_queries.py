"""Reading what the public may see of procurement decisions: rows on the register from their day on, and the same as releases."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from coi.organisations.queries import body
from coi.registers.columns import PublicRow
from coi.registers.procurement.columns import SHAPE, public_row
from coi.registers.procurement.ocds import UNREGISTERED, Publisher, release_package
from coi.registers.procurement.queries import rows_at
from coi.registers.procurement.standing_queries import disposed_references
from coi.registers.procurement.vocabulary import Facts, State


def public_rows(body_id: uuid.UUID, *, on: date, at: datetime) -> Iterator[PublicRow]:
    """Gives, the latest first, the rows that are public on a day, as known at an instant. A row stays until somebody disposes of it: it is
    the body's record of what it bought. Rule: PROC-03."""
    yield from (public_row(facts) for facts in _public(body_id, on, at))


def withheld_fields(body_id: uuid.UUID, *, at: datetime) -> Mapping[str, frozenset[str]]:
    """Returns what this register by itself keeps back: every column of a row that was disposed of. What meetings keep back of it is known
    a floor above, where it is published from (coi/meetings/proceedings/procurement_publicity.py)."""
    return dict.fromkeys(disposed_references(body_id, at), frozenset(SHAPE.names))


def public_releases(
    body_id: uuid.UUID,
    *,
    on: date,
    at: datetime,
    uri: str,
    prefix: str = "",
    without: Collection[uuid.UUID] = (),
    only: Collection[str] | None = None,
) -> dict[str, Any]:
    """Returns the rows that are public on a day as one OCDS release package, but for those of decisions `without` which the
    reader has to do; with `only`, the rows of these references. `uri` is the address at which it is published. It says nothing that
    is no column of the public register. Rule: PROC-03."""
    whose = body(body_id)
    publisher = Publisher(whose.name, whose.ods_code, uri, prefix or UNREGISTERED)
    rows = (each for each in _public(body_id, on, at, without) if only is None or each.reference in only)
    return release_package(map(_as_published, rows), publisher, published_at=at)


def _as_published(facts: Facts) -> Facts:
    """A row without its reasons for the route, which the public register has no column for."""
    return replace(facts, details=replace(facts.details, route_reasons=""))


def _public(body_id: uuid.UUID, on: date, at: datetime, without: Collection[uuid.UUID] = ()) -> Iterator[Facts]:
    for row in rows_at(body_id, at):
        if row.decision.disposed_at is not None or row.decision.decision_id in without:
            continue
        if row.decision.state is State.ON_REGISTER and row.facts.details.public_from <= on:
            yield row.facts
