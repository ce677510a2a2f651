"""Procurement decisions for tests, all invented, made by the commands that make them in the product."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from coi.database import db
from coi.notifications.models import OutboxMessage
from coi.organisations.models import Body
from coi.organisations.queries import body
from coi.permissions.vocabulary import system_actor
from coi.registers.procurement import commands, declarant_commands, declarant_queries
from coi.registers.procurement.declared_vocabulary import AskedDetails, DeclaredPerson, LinkDeclaration
from coi.registers.procurement.models import ProcurementDecision, ProcurementDeclarant, ProcurementLink
from coi.registers.procurement.vocabulary import (
    Arrangement,
    DecisionDetails,
    Facts,
    Outcome,
    Route,
    ServiceKind,
    Side,
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
        cpv="85121100-4",
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


SITE = "https://coi.example"
BIDDER = AskedDetails(Side.BIDDER, "Ivy Quill", "Larkfield Federation", "ivy@larkfield.example")
EVALUATOR = AskedDetails(Side.EVALUATOR, "Rob Reed", "Marsh Trust", "rob@marsh.example")
NOTHING = LinkDeclaration("Rob Reed", {"bidder": "", "close": "", "other": ""})
CONFLICT = LinkDeclaration(
    "Ivy Quill", {"commissioner": "", "rival": "Owns a tenth of Elm Ltd", "other": ""}, (DeclaredPerson("Ann Oak", ""),)
)


def asked(
    row: ProcurementDecision, details: AskedDetails = BIDDER, *, at: datetime = AT
) -> tuple[ProcurementDeclarant, str]:
    """Somebody who was asked to declare, and the path of the link in their mail."""
    who = declarant_commands.ask_to_declare(row, details, body(row.body_id), site=SITE, actor=SYSTEM, at=at)
    return who, path_in_mail(details.email)


def path_in_mail(email: str) -> str:
    """The path of the newest link that was mailed to an address."""
    wanted = sa.select(OutboxMessage.secret).where(OutboxMessage.to_address == email, OutboxMessage.secret.is_not(None))
    found = db.session.scalars(wanted.order_by(OutboxMessage.created_at.desc())).first()
    assert found is not None
    return urlsplit(found).path


def link_of(path: str) -> ProcurementLink:
    """The link behind a path."""
    found = declarant_queries.link_of_token(path.rsplit("/", 1)[-1])
    assert found is not None
    return found


def a_procurement_with_a_conflict(body_: Body, again_at: datetime) -> dict[str, Any]:
    """A row with a bidder who declared a conflict and is asked again; the values that its addresses need."""
    row = a_procurement(body_)
    who, path = asked(row, replace(BIDDER, email=f"ivy.{row.id}@larkfield.example"))
    made = declarant_commands.declare_by_link(link_of(path), CONFLICT, at=AT)
    declarant_commands.ask_again(who, body(row.body_id), site=SITE, actor=SYSTEM, at=again_at)  # their mail waits
    return {"procurement_id": row.id, "declarant_id": who.id, "made_id": made.id}
