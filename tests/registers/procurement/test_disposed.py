"""A procurement whose record was disposed of: nothing about it is entered any more, by whichever address."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.models import Body
from coi.organisations.policy_commands import set_policy
from coi.organisations.vocabulary import PolicyDetails
from coi.registers.disposal.commands import dispose
from coi.registers.procurement import commands, declarant_commands
from coi.registers.procurement.models import ProcurementDecision, ProcurementDeclaration
from coi.registers.procurement.vocabulary import DeclarationDetails, Route, Side
from tests.factories.breaches import acting
from tests.factories.people import a_person
from tests.factories.procurement import (
    CONFLICT,
    EVALUATOR,
    NOTHING,
    SITE,
    SYSTEM,
    a_procurement,
    asked,
    link_of,
    path_in_mail,
)
from tests.support.client import StrictClient

NOW = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
THEN = datetime(2017, 6, 1, 10, 0, tzinfo=UTC)
GONE = "This entry was disposed of. Nothing about it can be changed"
DECLARED = DeclarationDetails(Side.BIDDER, "Ivy Private", "Marsh Trust", "Owns Elm Ltd", "", date(2026, 11, 9), True)


@pytest.fixture
def row(body: Body, monkeypatch: pytest.MonkeyPatch) -> ProcurementDecision:
    """Disposed of ten years after its contract, with a link that could still be used, and a conflict that was declared."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    policy = PolicyDetails(
        "procurement_retention_years", 10, date(2013, 4, 1), "Records policy, section 4", "It was so before"
    )
    set_policy(body, policy, version=0, actor=SYSTEM, at=THEN)
    made = a_procurement(
        body, route=Route.SINGLE_TENDER, decided_on=date(2014, 3, 1), public_from=date(2014, 3, 1), starts_on=date(2014, 4, 1),
        ends_on=date(2016, 3, 31), intended_on=None, award_noticed_on=None, at=THEN,
    )  # fmt: skip
    _who, path = asked(made, at=THEN)
    declarant_commands.declare_by_link(link_of(path), CONFLICT, at=THEN)
    asked(made, EVALUATOR, at=NOW - timedelta(days=1))
    dispose(body, [made.id], "Yearly review", actor=acting(a_person("Ms Gaia Guardian").id, body), at=NOW)
    db.session.commit()
    return made


def test_nothing_is_entered_for_a_procurement_that_was_disposed_of(body: Body, row: ProcurementDecision) -> None:
    """Nothing would take it out again. Rule: REG-04."""
    evaluator, link = row.asked[-1], link_of(path_in_mail(EVALUATOR.email))
    for enter in (
        lambda: commands.take_declaration(row, DECLARED, actor=SYSTEM, at=NOW),
        lambda: declarant_commands.declare_by_link(link, NOTHING, at=NOW),
        lambda: declarant_commands.ask_to_declare(
            row, replace(EVALUATOR, email="new@marsh.example"), body, site=SITE, actor=SYSTEM, at=NOW
        ),
        lambda: declarant_commands.ask_again(evaluator, body, site=SITE, actor=SYSTEM, at=NOW),
        lambda: declarant_commands.ask_unanswered_again(row, body, site=SITE, actor=SYSTEM, at=NOW),
        lambda: declarant_commands.end_asking(evaluator, actor=SYSTEM, at=NOW),
        lambda: declarant_commands.give_out_bids(row, date(2026, 11, 9), "In a hurry", actor=SYSTEM, at=NOW),
    ):
        with pytest.raises(RuleBroken, match=GONE):
            enter()
        db.session.rollback()


def test_each_page_of_a_procurement_that_was_disposed_of_says_so(
    secretary: StrictClient, row: ProcurementDecision
) -> None:
    made = row.declarations[0].id
    for path in ("change", "checklist", "declare", "declarants", f"declarations/{made}"):
        page = secretary.get(f"/mid-marsh/registers/procurement/{row.id}/{path}")
        assert page.status_code == 422 and GONE in page.text, path
    sent = {
        "side": "bidder",
        "declared_by": "Ivy Private",
        "organisation": "Marsh Trust",
        "interest": "Owns Elm Ltd",
        "has_undertaken": "y",
    }
    for path in ("declare", "bids", f"declarants/{row.asked[-1].id}"):
        page = secretary.post(f"/mid-marsh/registers/procurement/{row.id}/{path}", sent)
        assert page.status_code == 422 and GONE in page.text, path
    assert db.session.query(ProcurementDeclaration).count() == 1
    assert secretary.get(f"/mid-marsh/registers/procurement/{row.id}").status_code == 200


def test_a_link_to_declare_for_a_procurement_that_was_disposed_of_takes_nothing(
    client: StrictClient, row: ProcurementDecision
) -> None:
    path = path_in_mail(EVALUATOR.email)
    page = client.get(path)
    assert page.status_code == 410 and "Nothing more can be declared for it" in page.text
    assert client.post(path, {"declared_by": "Ivy Private", "signed": "y"}).status_code == 410
    assert db.session.query(ProcurementDeclaration).count() == 1
