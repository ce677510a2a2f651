"""Keeping the register of procurement decisions, use case by use case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from coi.errors import EditConflict, RuleBroken
from coi.registers.procurement import commands, public_queries, queries, story_queries
from coi.registers.procurement.checklist import questions_for
from coi.registers.procurement.vocabulary import DeclarationDetails, Route, Showing, Side, State
from tests.factories.procurement import AT, SYSTEM, a_procurement, details

LATER = AT + timedelta(days=1)


def test_references_run_on_in_the_year_of_the_decision(body) -> None:
    first, second = a_procurement(body), a_procurement(body)
    earlier = a_procurement(body, decided_on=date(2026, 3, 31), intended_on=None)
    assert [each.reference for each in (first, second, earlier)] == [
        "PD/2026-27/001",
        "PD/2026-27/002",
        "PD/2025-26/001",
    ]


def test_a_correction_is_a_new_version_and_the_register_can_be_asked_as_it_was(body) -> None:
    row = a_procurement(body)
    commands.correct_decision(row, details(title="Another"), version=1, note="Wrong title", actor=SYSTEM, at=LATER)
    before, now = (queries.register_page(body.id, at, actor=SYSTEM).rows[0].facts for at in (AT, LATER))
    assert (before.details.title, now.details.title) == ("Minor surgery in the valley", "Another")
    with pytest.raises(EditConflict):
        commands.correct_decision(row, details(title="Third"), version=1, note="Mine", actor=SYSTEM, at=LATER)
    with pytest.raises(RuleBroken, match="Change at least one"):
        commands.correct_decision(row, details(title="Another"), version=2, note="No change", actor=SYSTEM, at=LATER)
    with pytest.raises(RuleBroken, match="what changed"):
        commands.correct_decision(row, details(), version=2, actor=SYSTEM, at=LATER)


def test_a_row_that_contradicts_itself_stores_nothing(body) -> None:
    with pytest.raises(RuleBroken, match="who gets the contract"):
        commands.enter_decision(body.id, details(supplier=None), actor=SYSTEM, at=AT)


def test_the_answers_of_the_checklist_fill_the_gap(body) -> None:
    """Rule: PROC-02."""
    row = a_procurement(body, is_gp_provider=True)
    (gap,) = queries.row_of(row, AT).gaps
    assert "checklist" in gap
    given = {each.code: "Yes" for each in questions_for(date(2026, 5, 20), Route.MOST_SUITABLE, is_gp_provider=True)}
    some = dict(list(given.items())[:3])
    with pytest.raises(RuleBroken, match="Answer this question") as broken:
        commands.answer_checklist(row, some, version=1, is_complete=True, actor=SYSTEM, at=LATER)
    assert broken.value.field == "q_providers"
    commands.answer_checklist(row, some, version=1, actor=SYSTEM, at=LATER)
    commands.answer_checklist(row, given, version=2, actor=SYSTEM, at=LATER)
    assert queries.row_of(row, LATER).gaps == ("that the procurement checklist is complete",)
    commands.answer_checklist(row, given, version=3, is_complete=True, actor=SYSTEM, at=LATER)
    assert queries.row_of(row, LATER).gaps == ()
    answered = story_queries.answered_by(row, LATER)
    assert (answered["public"].number, answered["integrity"].number) == (2, 3)
    with pytest.raises(RuleBroken, match="Answer at least one"):
        commands.answer_checklist(row, given, version=4, is_complete=True, actor=SYSTEM, at=LATER)


def test_a_checklist_that_was_complete_is_so_no_longer_where_the_route_asks_for_more(body) -> None:
    row = a_procurement(body, is_gp_provider=True)
    given = {each.code: "Yes" for each in questions_for(date(2026, 5, 20), Route.MOST_SUITABLE, is_gp_provider=True)}
    commands.answer_checklist(row, given, version=1, is_complete=True, actor=SYSTEM, at=LATER)
    changed = details(is_gp_provider=True, route=Route.DIRECT_C)
    commands.correct_decision(row, changed, version=2, note="Wrong process", actor=SYSTEM, at=LATER)
    assert not row.versions[-1].is_checked
    assert "4 answers of the procurement checklist" in queries.row_of(row, LATER).gaps


def test_a_draft_may_leave_out_what_a_row_may_not(body) -> None:
    bare = details(
        outcome=None, service_kind=None, arrangement=None, is_gp_provider=None, route=None, supplier=None, conflicts=""
    )
    row = commands.enter_decision(body.id, bare, is_draft=True, actor=SYSTEM, at=AT)
    assert row.state is State.DRAFT and row.versions[0].outcome is None
    assert list(public_queries.public_rows(body.id, on=date(2026, 8, 1), at=AT)) == []
    with pytest.raises(RuleBroken, match="Select what was decided"):
        commands.correct_decision(row, bare, version=1, actor=SYSTEM, at=LATER)
    commands.correct_decision(row, replace(bare, title="Half"), version=1, is_draft=True, actor=SYSTEM, at=LATER)
    assert row.state is State.DRAFT
    commands.correct_decision(row, details(), version=2, actor=SYSTEM, at=LATER)
    assert row.state is State.ON_REGISTER


def test_what_a_correction_changed_after_publication_is_told_field_by_field(body) -> None:
    row = a_procurement(body)
    changed = details(title="Whole")
    commands.correct_decision(row, changed, version=1, note="The title", is_draft=True, actor=SYSTEM, at=LATER)
    assert row.state is State.ON_REGISTER
    newest, first = story_queries.story_of(row)
    assert (newest.is_after_publication, first.is_after_publication) == (True, False)
    assert [(each.heading, each.before, each.after) for each in newest.changes] == [
        ("Contract or service title", "Minor surgery in the valley", "Whole")
    ]


def test_what_bidders_and_evaluators_declare_is_kept_with_the_decision_and_never_published(body) -> None:
    row = a_procurement(body)
    said = DeclarationDetails(
        Side.BIDDER, "Ivy Quill", "Larkfield Federation", "Works for NHS England", "", date(2026, 5, 1), True
    )
    commands.take_declaration(row, said, actor=SYSTEM, at=AT)
    assert [each.declared_by for each in row.declarations] == ["Ivy Quill"]
    assert "Ivy Quill" not in str(list(public_queries.public_rows(body.id, on=date(2026, 8, 1), at=AT)))
    with pytest.raises(RuleBroken, match="passed"):
        commands.take_declaration(row, replace(said, declared_on=date(2027, 1, 1)), actor=SYSTEM, at=AT)


def test_a_row_is_public_from_its_day_on_and_a_draft_never(body) -> None:
    """Rule: PROC-03."""
    row = a_procurement(body, public_from=date(2026, 7, 1))
    assert list(public_queries.public_rows(body.id, on=date(2026, 6, 30), at=AT)) == []
    (public,) = public_queries.public_rows(body.id, on=date(2026, 7, 1), at=AT)
    assert public.key == row.reference
    package = public_queries.public_releases(
        body.id, on=date(2026, 7, 1), at=AT, uri="https://coi.example/x", prefix="ocds-a2b3c4"
    )
    assert [each["ocid"] for each in package["releases"]] == ["ocds-a2b3c4-PD-2026-27-001"]
    row.state = State.DRAFT
    assert list(public_queries.public_rows(body.id, on=date(2026, 7, 1), at=AT)) == []
    row.state = State.ON_REGISTER
    assert public_queries.withheld_fields(body.id, at=AT) == {}


def test_the_register_is_narrowed_by_words_and_by_what_is_missing(body) -> None:
    whole, lacking = a_procurement(body), a_procurement(body, title="Blood tests", involved="")

    def found(**asked):
        return [row.decision.reference for row in queries.register_page(body.id, AT, actor=SYSTEM, **asked).rows]

    assert found(find="blood") == [lacking.reference]
    assert found(find="larkfield valley") == [whole.reference]
    assert found(showing=Showing.INCOMPLETE) == [lacking.reference]
    assert found(showing=Showing.DRAFTS) == []
