"""Reading the register of procurement decisions of a body, as known now or at an instant."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import selectinload

from coi import clock
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.guidance.rulesets import effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.models import Organisation
from coi.organisations.policy_queries import rulebook_of
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.kept_item_queries import decisions_in_private_elsewhere, kept_decisions
from coi.registers.procurement import declarant_queries, rules
from coi.registers.procurement.gaps import gaps
from coi.registers.procurement.models import (
    ProcurementDecision,
    ProcurementDeclarant,
    ProcurementDeclaration,
    ProcurementVersion,
)
from coi.registers.procurement.vocabulary import (
    OUTCOME_WORDS,
    PREFILLED,
    DecisionDetails,
    Facts,
    Showing,
    State,
    Supplier,
    label,
)

ROWS = 100
WITHHELD = "coi.procurement_withheld"
"""Where wiring plugs in what the public is not told of a row: that, too, is known a floor above."""
DECLARED = (
    selectinload(ProcurementDecision.declarations).selectinload(ProcurementDeclaration.measures),
    selectinload(ProcurementDecision.asked).selectinload(ProcurementDeclarant.declarations),
)
PLAIN = (
    "title", "description", "outcome", "outcome_details", "arrangement", "arrangement_details", "service_kind", "route",
    "route_reasons", "is_gp_provider", "clinical_lead", "contract_manager", "process", "committee", "decided_on", "involved",
    "conflicts", "mitigations", "justification", "value_total", "value_body", "starts_on", "ends_on", "intended_on",
    "representations", "comments", "public_from", "award_noticed_on", "notice_reference", "cpv", "decided_on_or_before",
)  # fmt: skip
"""Columns that a version and its details have under one name."""


@dataclass(frozen=True)
class Row:
    """A row of the private register: the version that stood, and what it lacks."""

    decision: ProcurementDecision
    facts: Facts
    gaps: tuple[str, ...]
    is_draft: bool = False  # it was one then


@dataclass(frozen=True)
class Page:
    """A page of the register."""

    rows: Sequence[Row]
    count: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // ROWS))


def reader_of(actor: Actor, body_id: uuid.UUID) -> Callable[[ProcurementDecision], bool]:
    """Returns what says whether the register tells `actor` of a row: not where it began on a private item that a ruling keeps from them;
    nor, for a role held for single committees, what others decided in private, before it is public. Rule: MTG-03; RULEBOOK §10.4."""
    kept, today = kept_decisions(actor), clock.today()
    elsewhere = decisions_in_private_elsewhere(actor, Permission.REGISTERS_PROCUREMENT_READ, body_id)

    def may_know(row: ProcurementDecision) -> bool:
        is_public = row.state is State.ON_REGISTER and row.versions[-1].public_from <= today
        return row.decision_id not in kept and (is_public or row.decision_id not in elsewhere)

    return may_know


def register_page(
    body_id: uuid.UUID,
    instant: datetime,
    *,
    actor: Actor,
    find: str = "",
    showing: Showing = Showing.EVERYTHING,
    number: int = 1,
) -> Page:
    """Returns a page of a body's register as known at an instant, the latest decision first, without what a ruling keeps from
    `actor`."""
    may_know, words = reader_of(actor, body_id), find.casefold().split()
    rows = [row for row in rows_at(body_id, instant) if may_know(row.decision) and _is_wanted(row, words, showing)]
    number = min(max(number, 1), max(1, -(-len(rows) // ROWS)))
    return Page(rows[(number - 1) * ROWS : number * ROWS], len(rows), number)


def rows_at(body_id: uuid.UUID, instant: datetime) -> list[Row]:
    """Returns every row of a body as known at an instant, the latest decision first: three queries, however many rows."""
    wanted = (
        sa.select(ProcurementDecision)
        .where(ProcurementDecision.body_id == body_id, ProcurementDecision.opened_at <= instant)
        .options(selectinload(ProcurementDecision.versions), *DECLARED)
    )
    rulebook = rulebook_of(body_id)
    rows = [row for each in db.session.scalars(wanted) if (row := _row(each, instant, rulebook)) is not None]
    return sorted(rows, key=lambda row: (row.facts.details.decided_on, row.decision.reference), reverse=True)


def row_of(decision: ProcurementDecision, instant: datetime) -> Row:
    """Returns one row as known at an instant. Raises NotFound where it was not there yet."""
    found = _row(decision, instant, rulebook_of(decision.body_id))
    if found is None:
        raise NotFound("The register did not know this decision then")
    return found


def _row(decision: ProcurementDecision, instant: datetime, rulebook: Rulebook) -> Row | None:
    known = [each for each in decision.versions if each.recorded_at <= instant]
    if not known:
        return None
    facts, is_newest = facts_of(decision, known[-1], rulebook, instant), known[-1] is decision.versions[-1]
    is_draft = decision.state is State.DRAFT if is_newest else was_draft(known[-1])
    return Row(decision, facts, () if decision.disposed_at else gaps(facts), is_draft)


def facts_of(
    decision: ProcurementDecision, version: ProcurementVersion, rulebook: Rulebook, instant: datetime | None = None
) -> Facts:
    """Returns a version as the rules read it, judged by the rules of the day on which it was decided, with what was declared by an
    instant (None: by now)."""
    declared = declarant_queries.known_by(decision.declarations, instant)
    details = details_of(version)
    in_force = effective(rulebook, details.decided_on)
    return Facts(
        decision.reference, version.number, version.recorded_at, details, rules.regime_of(in_force, details.service_kind),
        in_force.number("standstill_working_days"), dict(version.answers), len(declared), version.is_checked,
        sum(1 for each in declarant_queries.panel_of(decision, instant) if not each.has_declared),
        declarant_queries.unmanaged(declared, instant), in_force.number("award_notice_days"), in_force.number("approach_notice_days"),
        decision.is_taken_over,
    )  # fmt: skip


def withheld_of(decision: ProcurementDecision, at: datetime) -> frozenset[str]:
    """Returns the columns of a row that the public is not shown today. Rule: REG-06."""
    withheld: Callable[..., Mapping[str, frozenset[str]]] = current_app.extensions[WITHHELD]
    return withheld(decision.body_id, at=at).get(decision.reference, frozenset())


def prefilled_in(decision: ProcurementDecision) -> dict[str, str]:
    """Returns, for a draft that was begun from a meeting, where each field that is filled in comes from: those that nobody has changed
    since. Rule: PROC-03; W16."""
    if decision.state is not State.DRAFT or decision.decision_id is None:
        return {}
    first, stands = details_of(decision.versions[0]), details_of(decision.versions[-1])
    return {
        name: f"From the meeting’s record: {words}"
        for name, words in PREFILLED.items()
        if getattr(first, name) not in ("", None) and getattr(first, name) == getattr(stands, name)
    }


def was_draft(version: ProcurementVersion) -> bool:
    return version.is_draft or (version.number == 1 and version.decision.decision_id is not None)


def details_of(version: ProcurementVersion) -> DecisionDetails:
    """Returns what a version says."""
    plain: dict[str, Any] = {name: getattr(version, name) for name in PLAIN}
    matched = version.supplier
    supplier = Supplier(
        matched.name if matched else version.supplier_text, version.supplier_organisation_id,
        (matched.code or "") if matched else "", version.supplier_address or _address(matched),
    ) if version.supplier_text else None  # fmt: skip
    return DecisionDetails(**plain, supplier=supplier, other_suppliers=tuple(version.other_suppliers))


def _address(organisation: Organisation | None) -> str:
    if organisation is None:
        return ""
    lines = [*organisation.address.splitlines(), organisation.town, organisation.postcode]
    return ", ".join(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _is_wanted(row: Row, words: Sequence[str], showing: Showing) -> bool:
    details = row.facts.details
    text = " ".join(
        (row.decision.reference, row.decision.item_reference, details.title, details.description, details.committee, details.conflicts,
         details.supplier.name if details.supplier else "", *details.other_suppliers)
    ).casefold()  # fmt: skip
    fits = {
        Showing.EVERYTHING: True,
        Showing.DRAFTS: row.is_draft,
        Showing.ON_REGISTER: not row.is_draft,
        Showing.INCOMPLETE: bool(row.gaps),
        Showing.UNMATCHED: details.names_supplier
        and details.supplier is not None
        and details.supplier.organisation_id is None,
    }[showing]
    return fits and all(word in text for word in words)


def decision(procurement_id: uuid.UUID, body_id: uuid.UUID, actor: Actor) -> ProcurementDecision:
    """Returns a row of a body's register with its versions. Raises NotFound alike where there is none and where a ruling keeps it from
    `actor`."""
    found = db.session.scalar(
        sa.select(ProcurementDecision)
        .where(ProcurementDecision.id == procurement_id, ProcurementDecision.body_id == body_id)
        .options(selectinload(ProcurementDecision.versions), *DECLARED)
    )
    if found is None or not reader_of(actor, body_id)(found):
        raise NotFound("There is no such decision")
    return found


def kept_decision(procurement_id: uuid.UUID, body_id: uuid.UUID, actor: Actor) -> ProcurementDecision:
    """Returns a row to whoever is about to change something of it, as `decision` does. Raises RuleBroken where it was disposed of."""
    found = decision(procurement_id, body_id, actor)
    check_kept(found)
    return found


def check_kept(row: ProcurementDecision) -> None:
    """Raises RuleBroken where a row was disposed of: nothing about it is changed any more. Rule: REG-04."""
    if row.disposed_at is not None:
        raise RuleBroken("This entry was disposed of. Nothing about it can be changed", rule="REG-04")


def current_version(
    row: ProcurementDecision, version: int, details: DecisionDetails | None = None
) -> ProcurementVersion:
    """Returns the version that stands. Raises EditConflict where the editor saw an older one."""
    check_kept(row)
    current = row.versions[-1]
    if current.number == version:
        return current
    both = [
        {"Title": each.title, "Outcome": label(OUTCOME_WORDS, each.outcome), "Conflicts": each.conflicts}
        if each
        else {}
        for each in (current, details)
    ]
    raise EditConflict(f"Decision {row.reference}", theirs=both[0], yours=both[1])


def of_meeting_decisions(decision_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, ProcurementDecision]:
    """Returns the rows that were begun from decisions of meetings, by the decision."""
    if not decision_ids:
        return {}
    wanted = sa.select(ProcurementDecision).where(ProcurementDecision.decision_id.in_(decision_ids))
    return {each.decision_id: each for each in db.session.scalars(wanted) if each.decision_id is not None}
