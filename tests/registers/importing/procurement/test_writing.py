"""What an import changes of a procurement decision that stands: nothing that somebody corrected meanwhile, and no more than it may."""

from datetime import date, timedelta
from typing import Any

import pytest

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.people.vocabulary import PersonDetails
from coi.registers.gifts.commands import withdraw_gift
from coi.registers.importing.gifts import queries as gift_queries
from coi.registers.importing.gifts.vocabulary import GiftPlan, GiftProposal, StatedGift
from coi.registers.importing.gifts.writing import GiftWriter
from coi.registers.importing.procurement import queries
from coi.registers.importing.procurement.planning import plan_of
from coi.registers.importing.procurement.vocabulary import DecisionPlan, StatedDecision
from coi.registers.importing.procurement.writing import DecisionWriter
from coi.registers.importing.taking import Taking
from coi.registers.importing.vocabulary import Action, Answers
from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.commands import answer_checklist, correct_decision
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import Route
from tests.factories.gifts import a_gift
from tests.factories.procurement import AT, SYSTEM, a_procurement, details

NOW, TODAY = AT + timedelta(days=90), date(2026, 9, 1)


@pytest.fixture
def row(body: Body) -> ProcurementDecision:
    made = a_procurement(body)
    made.is_taken_over = True
    log.record(Event.PROCUREMENT_CORRECTED, subject=made, actor=SYSTEM, at=AT, body_id=body.id)
    db.session.commit()
    return made


def _plan(body: Body, **said: Any) -> tuple[Taking, DecisionPlan]:
    title, supplier = "Minor surgery in the valley", details().supplier
    stated = StatedDecision(
        1, 2, title, said={"title": title, "decided_on": date(2026, 5, 20), "supplier": supplier, **said}
    )
    plan = plan_of([stated], queries.known(body.id, SYSTEM, NOW), Answers(), TODAY, TODAY)
    assert [each.action for each in plan.proposals] == [Action.CHANGED]
    return Taking(body.id, TODAY, "procurement.csv", SYSTEM, NOW), plan


def _write(body: Body, row: ProcurementDecision, taking: Taking, plan: DecisionPlan) -> None:
    DecisionWriter(taking, plan, {}).write()
    log.record(Event.PROCUREMENT_CORRECTED, subject=row, actor=SYSTEM, at=NOW, body_id=body.id)
    db.session.commit()


def test_a_correction_made_while_a_register_is_imported_is_not_written_over(
    body: Body, row: ProcurementDecision
) -> None:
    """Whoever corrected it would never see it. Rule: PROC-03."""
    taking, plan = _plan(body, involved="The panel")
    corrected = details(conflicts="None declared, as the Guardian found")
    correct_decision(row, corrected, version=1, note="The Guardian looked", actor=SYSTEM, at=NOW - timedelta(seconds=1))
    db.session.commit()
    with pytest.raises(RuleBroken, match=f"{row.reference} was changed meanwhile, so nothing was imported"):
        _write(body, row, taking, plan)
    db.session.rollback()
    assert [each.conflicts for each in row.versions][1:] == ["None declared, as the Guardian found"]
    _write(body, row, *_plan(body, involved="The panel"))  # looked at again, both stand
    assert (row.versions[-1].conflicts, row.versions[-1].involved) == (
        "None declared, as the Guardian found",
        "The panel",
    )


@pytest.mark.parametrize(
    ("said", "stays"), [({"route": Route.SINGLE_TENDER}, False), ({"involved": "The panel"}, True)]
)
def test_a_checklist_that_is_asked_more_by_an_import_is_not_complete_any_more(
    body: Body, row: ProcurementDecision, said, stays
) -> None:
    """Rule: PROC-02."""
    stands = row.versions[-1]
    answers = {each.code: "Yes" for each in questions_for(stands.decided_on, stands.route, is_gp_provider=False)}
    answer_checklist(row, answers, version=1, is_complete=True, actor=SYSTEM, at=AT + timedelta(days=1))
    db.session.commit()
    _write(body, row, *_plan(body, **said))
    assert row.versions[-1].is_checked is stays


def test_an_offer_that_was_withdrawn_while_a_register_is_imported_is_not_written_over(body: Body) -> None:
    """Rule: GIFT-01."""
    gift = a_gift(body, None)
    db.session.commit()
    (entry,) = gift_queries.known(body.id, NOW)
    stated = StatedGift(1, 2, "", PersonDetails("", ""))
    plan = GiftPlan((GiftProposal(stated, Action.CHANGED, entry=entry),))
    GiftWriter(Taking(body.id, TODAY, "gifts.csv", SYSTEM, NOW), plan, {})
    withdraw_gift(gift, "Entered twice", version=1, actor=SYSTEM, at=NOW - timedelta(seconds=1))
    db.session.commit()
    with pytest.raises(RuleBroken, match="was changed meanwhile"):
        GiftWriter(Taking(body.id, TODAY, "gifts.csv", SYSTEM, NOW), plan, {})
