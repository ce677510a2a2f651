"""One procurement decision as the register knew it at an instant: nothing of what came after, and a clear word for what is no instant."""

from datetime import date, timedelta

import pytest

from coi.database import db
from coi.organisations.models import Body
from coi.registers.procurement import commands, declarant_commands, queries
from coi.registers.procurement.declared_vocabulary import Measure, MeasureDetails
from coi.registers.procurement.models import ProcurementDecision
from coi.registers.procurement.vocabulary import Outcome
from tests.factories.procurement import AT, CONFLICT, EVALUATOR, SYSTEM, a_procurement, asked, details, link_of
from tests.support.client import StrictClient

HOME = "/mid-marsh/registers/procurement"
DAY = timedelta(days=1)
MANAGED = "Stood down from the whole procurement"


@pytest.fixture
def row(body: Body) -> ProcurementDecision:
    """Entered as a draft on the first of June, then day by day: asked, declared, dealt with, an evaluator asked, put on the register."""
    made = commands.enter_decision(body.id, details(outcome=Outcome.INTENDED), is_draft=True, actor=SYSTEM, at=AT)
    _who, path = asked(made, at=AT + DAY)
    declared = declarant_commands.declare_by_link(link_of(path), CONFLICT, at=AT + 2 * DAY)
    measure = MeasureDetails(Measure.LIMITED, MANAGED, "A bidder owns a tenth of a rival")
    declarant_commands.deal_with_conflict(declared, measure, version=1, actor=SYSTEM, at=AT + 3 * DAY)
    evaluator, _path = asked(made, EVALUATOR, at=AT + 4 * DAY)
    declarant_commands.end_asking(evaluator, actor=SYSTEM, at=AT + 5 * DAY)
    changed = details(title="Minor surgery in both valleys", outcome=Outcome.AWARDED)
    commands.correct_decision(made, changed, version=2, note="Completed", actor=SYSTEM, at=AT + 6 * DAY)
    db.session.commit()
    return made


def _page(secretary: StrictClient, row: ProcurementDecision, days: int) -> str:
    page = secretary.get(f"{HOME}/{row.id}?known={date(2026, 6, 1) + timedelta(days=days)}")
    assert page.status_code == 200 and "As the register knew it at" in page.text
    return page.text


def test_a_decision_is_shown_at_an_instant_without_what_was_said_and_declared_since(
    secretary: StrictClient, row: ProcurementDecision
) -> None:
    """Rule: PROC-03."""
    pages = [_page(secretary, row, days) for days in range(7)]
    for words, first in (
        ("Ivy Quill", 1), ("Owns a tenth of Elm Ltd", 2), (MANAGED, 3), ("Version 2", 3), ("Rob Reed", 4),
        ("takes no part any more", 5), ("Version 3", 6), ("Minor surgery in both valleys", 6),
    ):  # fmt: skip
        assert [words in text for text in pages] == [number >= first for number in range(7)], words
    assert ["Not declared yet" in text for text in pages] == [False, True, False, False, True, True, True]
    assert ["nothing decided yet" in text for text in pages] == [False, False, True, False, False, False, False]
    assert ["It is on the register once somebody has completed it" in text for text in pages] == [*[True] * 6, False]


def test_what_a_row_lacked_is_judged_by_what_was_declared_then(row: ProcurementDecision) -> None:
    def lacked(days: int, words: str) -> bool:
        return any(words in gap for gap in queries.row_of(row, AT + days * DAY).gaps)

    assert [lacked(days, "who was asked") for days in range(7)] == [False, True, False, False, True, False, False]
    assert [lacked(days, "1 declared conflict") for days in range(7)] == [
        False,
        False,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [queries.row_of(row, AT + days * DAY).facts.declarations for days in range(7)] == [0, 0, 1, 1, 1, 1, 1]


def test_what_is_no_instant_is_said_and_not_taken_for_the_past(secretary: StrictClient, body: Body) -> None:
    row = a_procurement(body)
    db.session.commit()
    for told in ("nonsense", "9999-12-31", "0001-01-01T00:00%2B14:00"):
        for path in (f"{HOME}/{row.id}", f"{HOME}/", "/mid-marsh/registers/gifts/", "/mid-marsh/registers/interests/"):
            page = secretary.get(f"{path}?known={told}")
            assert page.status_code == 422 and "knew it at" not in page.text, (path, told)
            assert page.soup.find(id="known-error") is not None, (path, told)
