"""Real procurement decisions, as published and restated beside the project: each is recorded without loss, and said again."""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import jsonschema
import pytest

from coi.registers.procurement import commands, queries
from coi.registers.procurement.columns import public_row
from coi.registers.procurement.notices import money, notices_of
from coi.registers.procurement.ocds import Publisher, release_package
from coi.registers.procurement.vocabulary import DecisionDetails, Outcome, Route, State, Supplier
from tests.factories.organisations import a_body
from tests.factories.procurement import SYSTEM, details
from tests.registers.procurement.test_ocds import PACKAGE
from tests.support.real_data import real_data

pytestmark = pytest.mark.real_data
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ROUTES = {
    "direct award A": Route.DIRECT_A, "direct award C": Route.DIRECT_C, "direct award C (intention)": Route.DIRECT_C,
    "competitive": Route.COMPETITIVE, "urgent award": Route.URGENT,
}  # fmt: skip
STANDS_FOR = "The day of the decision is not published: that of the notice stands for it"


@dataclass(frozen=True)
class Published:
    """A line of the file, read."""

    row: dict[str, str]

    @property
    def suppliers(self) -> list[str]:
        return [each.strip() for each in self.row["suppliers_as_named"].split(";") if each.strip()]

    @property
    def values(self) -> list[Decimal]:
        return [Decimal(each.strip()) for each in self.row["value_gbp"].split(";") if each.strip()]

    @property
    def noticed_on(self) -> date | None:
        return _day(self.row["notice_date"]) if len(self.row["notice_date"]) == 10 else None

    @property
    def is_intention(self) -> bool:
        return "intention" in self.row["process"]

    def details(self) -> DecisionDetails:
        """What a secretary enters who has only this."""
        first, *others = self.suppliers or [""]
        shares = [f", {money(each)}" for each in self.values[1:]] if len(self.values) == len(self.suppliers) else []
        lines = [f"{name}{share}" for name, share in zip(others, shares or [""] * len(others), strict=True)]
        said = self.row["conflict_statement_restated"]
        exactly = STANDS_FOR if self.noticed_on else f"{STANDS_FOR}. The notice is of {self.row['notice_date']}"
        decided_on = self.noticed_on or _day(f"{self.row['notice_date']}-01")
        return details(
            title=self.row["title_restated"], description="", outcome=Outcome.INTENDED if self.is_intention else Outcome.AWARDED,
            route=ROUTES.get(self.row["process"]), route_reasons="", is_gp_provider=True, process=self.row["process"], committee="",
            decided_on=decided_on, involved="", conflicts=said, mitigations="", justification="", contract_manager="",
            supplier=Supplier(first) if first else None, other_suppliers=tuple(lines),
            value_total=sum(self.values) if self.values else None, value_body=None, starts_on=_day(self.row["start"]),
            ends_on=_day(self.row["end"]), public_from=decided_on, notice_reference=self.row["ocid"], comments=exactly, cpv="",
            intended_on=self.noticed_on if self.is_intention else None,
            award_noticed_on=None if self.is_intention else self.noticed_on,
        )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture
def published() -> list[Published]:
    path = real_data("meetings", "real_procurement_decisions.csv")
    with path.open(newline="", encoding="utf-8") as file:
        return [Published(row) for row in csv.DictReader(file)]


def test_each_real_decision_is_recorded_without_loss(app, published) -> None:
    assert len(published) == 18
    bodies = {
        name: a_body(name, f"icb-{number}")
        for number, name in enumerate({each.row["buyer"]: None for each in published})
    }
    for each in published:
        row = commands.enter_decision(bodies[each.row["buyer"]].id, each.details(), actor=SYSTEM, at=NOW)
        assert row.state is State.ON_REGISTER
        facts = queries.row_of(row, NOW).facts
        assert facts.regime == "psr_2023"
        values = public_row(facts).values
        told = " ".join(str(value) for value in values.values()) + " ".join(
            notice.text for notice in notices_of(facts, each.row["buyer"])
        )
        wanted = [
            each.row[name] for name in ("ocid", "title_restated", "process", "conflict_statement_restated", "buyer")
        ]
        lost = [text for text in (*wanted, *each.suppliers) if text not in told]
        assert not lost, each.row["decision_id"]
        assert [values["starts_on"], values["ends_on"]] == [_day(each.row["start"]), _day(each.row["end"])]
        assert values["value_total"] == (sum(each.values) if each.values else None)
        if len(each.values) > 1:
            assert all(money(value) in told for value in each.values[1:])
        noticed = facts.details.intended_on or facts.details.award_noticed_on
        assert noticed == each.noticed_on if each.noticed_on else each.row["notice_date"] in told


def test_their_releases_keep_the_rules_of_the_standard_and_their_gaps_are_said(app, published) -> None:
    body, facts, gaps = a_body(), [], {}
    for each in published:
        row = commands.enter_decision(body.id, each.details(), actor=SYSTEM, at=NOW)
        found = queries.row_of(row, NOW + timedelta(minutes=1))
        facts.append(found.facts)
        gaps[each.row["decision_id"]] = found.gaps
    publisher = Publisher("NHS Mid Marsh ICB", "QZZ", "https://coi.example/releases.json", "ocds-a2b3c4")
    package = json.loads(json.dumps(release_package(facts, publisher, published_at=NOW)))
    jsonschema.Draft7Validator(PACKAGE).validate(package)
    second = package["releases"][1]
    assert [party["identifier"]["id"] for party in second["parties"][1:]] == ["M85029", "M85030", "M85071"]
    assert second["awards"][0]["value"]["amount"] == 884304.11
    pending = [each["awards"][0]["status"] for each in package["releases"]]
    assert pending.count("pending") == 6
    assert "a start after the standstill, which lasts to 2 February 2026" in gaps["D17"]
    assert "who gets the contract" in gaps["D17"]
    assert "which process of the Provider Selection Regime was followed" in gaps["D10"]
    assert "a summary of conflicts, even if there were none" in gaps["D08"]
