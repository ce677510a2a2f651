"""What follows a matter from meeting to meeting (RULEBOOK §23 scenario 40), and what its stage changes (scenario 42)."""

from datetime import date, timedelta

import pytest

from coi.audit import queries as audit
from coi.audit.vocabulary import Event
from coi.errors import NotFound, RuleBroken
from coi.meetings import commands as planning
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.conflicts.flag_commands import dismiss_flag
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item
from coi.meetings.deferral_commands import carry_on
from coi.meetings.matters.commands import record_part, withdraw_part
from coi.meetings.matters.queries import items_to_continue
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.papers.commands import add_paper
from coi.meetings.papers.vocabulary import PaperDetails
from coi.meetings.proceedings.decision_commands import defer_item
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails
from coi.meetings.vocabulary import DeclaredPoint, FlagAnswer, ItemDetails, Purpose, Stage
from coi.permissions.vocabulary import Role
from tests.factories.committees import a_committee
from tests.factories.meetings import (
    PLANNED,
    SYSTEM,
    a_declared_interest,
    a_meeting,
    an_item,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.papers import PNG
from tests.factories.people import a_person
from tests.meetings.conftest import Stage as Room

pytestmark = pytest.mark.usefixtures("app")
LATER = date(2026, 12, 8)


def wrote(scene, item, person, **changes):
    details = {
        "kind": PartKind.WROTE,
        "text": "the business case",
        "forum": "Estates sub-group",
        "done_on": date(2026, 5, 3),
    }
    given = PartDetails(person.id, **{**details, **changes})
    return record_part(item, given, actor=scene.secretary, at=PLANNED)


def continued(scene, earlier, **changes):
    """An item of a later meeting of the same committee, on the matter of an earlier one."""
    meeting = a_meeting(scene.committee, held_on=LATER)
    details = ItemDetails("Award", Purpose.DECIDE, continues=earlier.id, **changes)
    item = planning.add_item(meeting, details, actor=scene.secretary, at=PLANNED)
    for row in earlier.affected:
        details = planning.AffectedDetails(row.text, row.relation, row.organisation_id)
        planning.add_affected(item, details, actor=scene.secretary, at=PLANNED)
    return item


def test_scenario_40_who_wrote_the_business_case_is_told_with_their_flag_at_a_later_meeting(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    first = an_item(scene.meeting, "New building", affected=[elm])
    wrote(scene, first, scene.gp)
    award = continued(scene, first)
    assert award.matter_id == first.matter_id is not None
    (flag,) = flags_of_item(award, known_at=PLANNED)
    said = "Dr Fay Fenn, who wrote the business case (Estates sub-group, 3 May 2026)"
    assert flag.path == (said, "partner at Elm Surgery", f"contract holder in item {award.position}")
    (part,) = conflicts_at(award.meeting, known_at=PLANNED).before[award.id]
    assert (part.origin.name, part.is_here, len(part.paths)) == ("Dr Fay Fenn", True, 1)


def test_an_author_who_takes_no_part_in_the_meeting_is_shown_with_their_interest_and_gets_no_flag(scene):
    elm, author, clean = an_organisation("Elm Surgery"), a_person("Dr Ned North"), a_person("Ms Pat Plain")
    a_declared_interest(author, elm)
    item = an_item(scene.meeting, affected=[elm])
    wrote(scene, item, author)
    wrote(scene, item, clean, kind=PartKind.ADVISED, text="the clinical model")
    found = conflicts_at(scene.meeting, known_at=PLANNED)
    assert found.flags[item.id] == ()
    by_name = {part.origin.name: part for part in found.before[item.id]}
    assert by_name["Dr Ned North"].paths == (
        ("Dr Ned North", "partner at Elm Surgery", f"contract holder in item {item.position}"),
    )
    assert not by_name["Dr Ned North"].is_here
    assert by_name["Ms Pat Plain"].paths == ()


def test_what_a_sub_group_declared_flags_the_person_and_says_how_it_was_managed(scene):
    item = an_item(scene.meeting, affected=[an_organisation("Elm Surgery")])
    wrote(
        scene, item, scene.gp, kind=PartKind.DECLARED, text="rents a room there", management="left for the discussion"
    )
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.name, flag.level, flag.relation) == ("Dr Fay Fenn", "F4", "declared_before")
    assert flag.path[1] == (
        "declared an interest: rents a room there (Estates sub-group, 3 May 2026). What was done: left for the discussion"
    )


def test_what_was_declared_at_a_meeting_follows_the_matter_to_another_committee_with_the_ruling(scene):
    group = a_committee(scene.body, name="Estates sub-group", prefix="ESG")
    item = an_item(scene.meeting, "New building", affected=["A site that nobody knows"])
    opened(scene)
    said = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.AT_ITEM, "Lives next to the site", item.id)
    declare_at_meeting(scene.meeting, said, actor=scene.secretary, at=minutes(5))
    ruled(scene, item, "gp", "A5", at=minutes(6))
    meeting = a_meeting(group, held_on=LATER)
    details = ItemDetails("New building, award", Purpose.DECIDE, continues=item.id)
    award = planning.add_item(meeting, details, actor=scene.secretary, at=minutes(90))
    (part,) = conflicts_at(meeting, known_at=minutes(120), reader=scene.secretary).before[award.id]
    assert part.origin.words.startswith("declared an interest: Lives next to the site (")
    assert "What was done: stays for the discussion" in part.origin.words or part.origin.management


def test_the_stage_changes_what_is_suggested_and_brings_a_dismissed_flag_back(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    details = ItemDetails(item.title, item.purpose, function_code="contracts", stage=Stage.DESIGN)
    planning.change_item(item, details, version=item.version, actor=scene.secretary, at=PLANNED)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert flag.suggested == ("A5", "A4")
    dismiss_flag(
        item,
        flag,
        "Only ideas yet",
        actor=scene.actor("chair", Role.CHAIR),
        at=PLANNED,
        guardian_consulted=True,
        ground=FlagAnswer.AGREE,
        magnitude="A fifth of the profits",
    )
    details = ItemDetails(item.title, item.purpose, function_code="contracts", stage=Stage.AWARD)
    planning.change_item(item, details, version=item.version, actor=scene.secretary, at=PLANNED)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.is_live, flag.suggested) == (True, ("A4", "A3"))
    assert "the item changed" in flag.changed


def test_withdrawn_work_counts_no_more_and_stays_in_the_ledger(scene):
    item = an_item(scene.meeting, affected=[an_organisation("Elm Surgery")])
    part = wrote(scene, item, scene.gp, kind=PartKind.DECLARED, text="a mistake")
    withdraw_part(part, item, actor=scene.secretary, at=PLANNED + timedelta(minutes=1))
    assert flags_of_item(item, known_at=PLANNED + timedelta(minutes=2)) == ()
    events = [entry.event for entry in audit.entries_about("matter_part", part.id)]
    assert events == [Event.MATTER_PART_RECORDED, Event.MATTER_PART_WITHDRAWN]
    with pytest.raises(RuleBroken, match="already withdrawn"):
        withdraw_part(part, item, actor=scene.secretary, at=PLANNED)


def test_an_item_that_is_put_off_keeps_its_stage_and_matter(scene):
    item = an_item(scene.meeting)
    item_details = ItemDetails(item.title, item.purpose, function_code="contracts", stage=Stage.EVALUATION)
    planning.change_item(item, item_details, version=item.version, actor=scene.secretary, at=PLANNED)
    wrote(scene, item, scene.gp)
    opened(scene)
    from_earlier = item.matter_id
    defer_item(item, "More work", actor=scene.secretary, at=minutes(20))
    later = carry_on(a_meeting(scene.committee, held_on=LATER), item, actor=scene.secretary, at=minutes(120))
    assert (later.stage, later.matter_id) == (Stage.EVALUATION, from_earlier)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"text": "  "}, "Enter what it was"), ({"done_on": date(2027, 1, 1)}, "today or in the past")],
)
def test_a_part_without_words_or_of_a_day_to_come_is_refused(scene, changes, said):
    with pytest.raises(RuleBroken, match=said):
        wrote(scene, an_item(scene.meeting), scene.gp, **changes)


def test_whoever_wrote_a_paper_of_the_item_counts_as_its_author(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    details = PaperDetails("Options", "options.png", scene.gp.id)
    paper = add_paper(item, details, PNG, actor=scene.secretary, at=PLANNED)
    assert [entry.event for entry in audit.entries_about("paper", paper.id)] == [Event.PAPER_ADDED]
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert flag.path[0] == "Dr Fay Fenn, who wrote the paper “Options”"


def test_scenario_41_the_own_page_says_that_emails_count_too(stage: Room):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    an_item(stage.scene.meeting, affected=[elm])
    page = stage.as_("gp").get(stage.url(f"meetings/{stage.scene.meeting.id}/conflicts/mine"))
    assert "every conversation and email about these items" in page.text


def test_only_items_of_the_own_body_can_be_continued(scene):
    with pytest.raises(NotFound):
        planning.add_item(
            scene.meeting, ItemDetails("Award", Purpose.DECIDE, continues=scene.gp.id), actor=SYSTEM, at=PLANNED
        )


def test_one_earlier_item_is_offered_for_each_matter(scene):
    first = an_item(scene.meeting, "New building")
    continued(scene, first)
    meeting = a_meeting(scene.committee, held_on=date(2027, 1, 12))
    offered = items_to_continue(meeting, actor=scene.secretary)
    assert [each.label.partition(" (")[0] for each in offered] == ["Award"]
    an_item(meeting, "Next year's rent")
    offered = items_to_continue(scene.meeting, actor=scene.secretary)
    assert "Next year's rent" not in str(offered)


def test_the_secretary_says_the_stage_and_records_who_wrote_it_and_the_chair_reads_it(stage: Room):
    scene = stage.scene
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    first = an_item(scene.meeting, "New building", affected=[elm])
    later = a_meeting(scene.committee, held_on=LATER)
    client = stage.as_("scribe")
    page = client.get(stage.url(f"meetings/{later.id}/agenda/add"))
    assert "How far is the matter? (optional)" in page.text
    sent = {
        "title": "Award of the contract", "purpose": "decide", "class_scope": "none", "part": "public", "stage": "award",
        "continues": str(first.id),
    }  # fmt: skip
    page = client.post(stage.url(f"meetings/{later.id}/agenda/add"), sent)
    assert "Award, or approval of a contract or payment" in page.text
    assert "New building, " in page.text
    action = page.links["Record who wrote, advised on or evaluated it, or declared on it before"]
    client.get(action)
    page = client.post(action, {"person": str(scene.gp.id), "kind": "wrote", "text": ""})
    assert page.status_code == 422 and "Enter what it was" in page.text
    page = client.post(action, {"person": str(scene.gp.id), "kind": "wrote", "text": "the business case"})
    assert "Dr Fay Fenn wrote the business case." in page.text
    assert "No interest of theirs was found that reaches this item." in page.text
    withdraw = next(href for text, href in page.links.items() if text.startswith("Withdraw"))
    page = stage.as_("chair").get(stage.url(f"meetings/{later.id}/conflicts"))
    assert "Earlier work on this matter" in page.text
    page = stage.as_("scribe").post(withdraw)
    assert "None is recorded." in page.text or "Earlier work" in page.text
