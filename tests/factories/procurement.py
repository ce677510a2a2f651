"""Procurement decisions for tests, all invented, made by the commands that make them in the product."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from coi.organisations.models import Body
from coi.permissions.vocabulary import system_actor
from coi.registers.procurement import commands
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import (
    Arrangement,
    DecisionDetails,
    Facts,
    Outcome,
    Route,
    ServiceKind,
    Supplier,
)

AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")


def details(**changes: Any) -> DecisionDetails:
    """A complete award under the Provider Selection Regime, changed as a test needs it."""
    plain = DecisionDetails(
        title="Minor surgery in the valley", description="Minor surgery for three practices", outcome=Outcome.AWARDED,
        outcome_details="", arrangement=Arrangement.OWN, arrangement_details="", service_kind=ServiceKind.HEALTH_CARE,
        route=Route.MOST_SUITABLE, route_reasons="Best on access and quality", is_gp_provider=False, clinical_lead="",
        contract_manager="Contracts team", process="Evaluated by a panel", committee="Primary Care Committee",
        decided_on=date(2026, 5, 20), involved="The lay members", conflicts="A GP is a partner of a bidder",
        mitigations="The GP left", justification="A direct financial interest",
        supplier=Supplier("Larkfield Federation", address="1 High Street, Marshton"), other_suppliers=(),
        value_total=Decimal("125000.00"), value_body=Decimal("100000.50"), starts_on=date(2026, 7, 1), ends_on=date(2028, 6, 30),
        intended_on=date(2026, 5, 21), representations="", comments="", public_from=date(2026, 5, 20), award_noticed_on=date(2026, 6, 15),
    )  # fmt: skip
    return replace(plain, **changes)


def facts(
    *, number: int = 1, answers: dict[str, str] | None = None, regime: str | None = "psr_2023", **changes: Any
) -> Facts:
    """The same as the rules read it."""
    return Facts(
        "PD/2026-27/001", number, AT, details(**changes), regime, 8, answers or {}, award_notice_days=30, approach_notice_days=14
    )  # fmt: skip


def a_procurement(body: Body, *, at: datetime = AT, **changes: Any) -> ProcurementDecision:
    """A row on the register."""
    return commands.enter_decision(body.id, details(**changes), actor=SYSTEM, at=at)
