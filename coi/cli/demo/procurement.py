"""The demo's register of procurement decisions: an award with a standstill, an extension, one begun from last month's meeting."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from coi.cli.demo.scene import Scene
from coi.meetings.models import Meeting
from coi.meetings.proceedings.procurement_queries import decided_on, procurement_of
from coi.meetings.queries import agenda_of
from coi.registers.interests.vocabulary import InterestType
from coi.registers.procurement import commands, declarant_commands, declarant_queries
from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.declared_vocabulary import (
    AskedDetails,
    LinkDeclaration,
    Measure,
    MeasureDetails,
    Particulars,
)
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import (
    Arrangement,
    DecisionDetails,
    DeclarationDetails,
    Outcome,
    Route,
    ServiceKind,
    Side,
    Supplier,
)

AWARDED, EXTENDED, BEGUN = -120, -75, 6
ANSWER = "The board’s papers of the day say it: it was looked at, and the answer is in the pack."


def award(scene: Scene) -> None:
    """Enters an award under the Provider Selection Regime, with its checklist and declarations."""
    days, secretary = scene.days, scene.actor("secretary")
    details = _details(
        scene, AWARDED, title="Spirometry in the Hollow Valley", outcome=Outcome.AWARDED, route=Route.MOST_SUITABLE, is_gp_provider=True,
        supplier=Supplier(scene.organisation_name("Z90005"), scene.organisation_id("Z90005")), value_total=Decimal(86400),
        route_reasons="Best on access and on quality; the others scored lower on staff who are trained.", intended_on=days.on(AWARDED + 1),
        starts_on=days.on(AWARDED + 40), conflicts="Dr Niamh O'Dornan: partner in the practice that was chosen",
        mitigations="Dr Niamh O'Dornan: took no part, received no papers", justification="A direct financial interest in the award",
    )  # fmt: skip
    details = replace(details, award_noticed_on=days.on(AWARDED + 41))
    row = commands.enter_decision(scene.body.id, details, actor=secretary, at=days.at(AWARDED + 2, "14:00"))
    questions = questions_for(details.decided_on, details.route, is_gp_provider=True)
    answers = {each.code: ANSWER for each in questions}
    commands.answer_checklist(
        row, answers, version=1, is_complete=True, actor=secretary, at=days.at(AWARDED + 2, "14:20")
    )
    said = DeclarationDetails(
        Side.BIDDER, "The practice manager", scene.organisation_name("Z90005"), "A partner sits on the committee",
        "The partner took no part", days.on(AWARDED - 20), True,
    )  # fmt: skip
    commands.take_declaration(row, said, actor=secretary, at=days.at(AWARDED + 2, "14:30"))
    _declare(scene, row)


def extend(scene: Scene) -> None:
    """Enters an extension that lacks something."""
    days, secretary = scene.days, scene.actor("secretary")
    extended = _details(
        scene, EXTENDED, title="Interpreting in general practice", outcome=Outcome.EXTENDED, service_kind=ServiceKind.OTHER,
        cpv="79540000-1", supplier=Supplier("Tollgate Languages Ltd", address="4 Quay Street, Dunmarsh"), conflicts="None declared",
    )  # fmt: skip
    commands.enter_decision(scene.body.id, extended, actor=secretary, at=days.at(EXTENDED + 1, "10:00"))


def _declare(scene: Scene, row: ProcurementDecision) -> None:
    """Asks an evaluator, who declares a conflict that is dealt with, and an adviser who has not answered yet."""
    days, secretary = scene.days, scene.actor("secretary")
    evaluator = AskedDetails(Side.EVALUATOR, "Ms Hattie Fenwold", "Wexmoor Community Trust", "h.fenwold@example.com")
    adviser = AskedDetails(Side.ADVISER, "Mr Ossian Brack", "Brack and Daughters", "o.brack@example.com")
    at = days.at(AWARDED + 3, "09:30")
    asked = [
        declarant_commands.ask_to_declare(row, each, scene.body, site=scene.site, actor=secretary, at=at)
        for each in (evaluator, adviser)
    ]
    said = LinkDeclaration(
        evaluator.name,
        {"bidder": "", "close": "A cousin works for the practice that was chosen", "other": ""},
        particulars={"close": Particulars(InterestType.FINANCIAL, days.on(AWARDED - 800))},
    )
    (link,) = declarant_queries.open_links(asked[0].id, at)
    made = declarant_commands.declare_by_link(link, said, at=days.at(AWARDED + 4, "20:10"))
    done = MeasureDetails(
        Measure.REPLACED, "Another evaluator of the trust took her place", "An evaluator’s relative works for a bidder"
    )
    number = row.versions[-1].number
    declarant_commands.deal_with_conflict(made, done, version=number, actor=secretary, at=days.at(AWARDED + 5, "11:00"))


def begin(scene: Scene, meeting: Meeting) -> None:
    """Begins a row from the first decision of last month's meeting."""
    item, decision = next((item, decision) for item in agenda_of(meeting) for decision in decided_on(item.id))
    found = procurement_of(decision.id, item)
    commands.begin_from_meeting(found, actor=scene.actor("secretary"), at=scene.days.at(BEGUN, "09:15"))


def _details(scene: Scene, offset: int, **said: Any) -> DecisionDetails:
    on = scene.days.on(offset)
    plain: dict[str, Any] = {
        "description": "", "outcome_details": "", "arrangement": Arrangement.OWN, "arrangement_details": "",
        "service_kind": ServiceKind.HEALTH_CARE, "route": None, "route_reasons": "", "is_gp_provider": False, "clinical_lead": "",
        "contract_manager": "Head of contracts", "process": "Evaluated by a panel of three", "committee": scene.committee.name,
        "decided_on": on, "involved": "The lay members, the finance officer and the nurse", "mitigations": "", "justification": "",
        "other_suppliers": (), "value_total": None, "value_body": None, "starts_on": on, "ends_on": on + timedelta(days=760),
        "cpv": "85121100-4", "intended_on": None, "representations": "", "comments": "", "public_from": on,
    }  # fmt: skip
    return DecisionDetails(**{**plain, **said})
