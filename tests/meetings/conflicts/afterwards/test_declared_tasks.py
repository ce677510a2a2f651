"""What somebody declares at a meeting for the first time has to reach the register, and somebody sees to it."""

from datetime import date

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.afterwards import task_commands, task_queries
from coi.meetings.conflicts.afterwards.models import TaskEnd
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails
from coi.meetings.vocabulary import DeclaredPoint
from tests.factories.meetings import SYSTEM, a_declared_interest, a_scene, an_item, minutes, opened
from tests.factories.organisations import an_organisation

LATER = minutes(60 * 24 * 20)


def said(scene, who, text, item=None):
    details = MeetingDeclarationDetails(
        scene.people[who].id, DeclaredPoint.START, text, item.id if item else None, at=minutes(2)
    )
    return conflicts.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(2))


@pytest.fixture
def scene(app):
    found = a_scene()
    found.elm = an_organisation("Elm Surgery")
    found.item = an_item(found.meeting, "Extension of the lease", [found.elm])
    opened(found)
    return found


def test_a_new_interest_at_a_meeting_waits_for_the_days_of_the_rules(scene):
    """Rule: MTG-09."""
    said(scene, "nurse", "My sister works at Dunmarsh")
    (task,) = task_queries.tasks_of(scene.nurse.id)
    assert (task.due_on, task.days_late(date(2026, 12, 10))) == (date(2026, 12, 8), 2)
    assert task_queries.tasks_of(scene.gp.id) == []
    assert len(task_queries.open_tasks(scene.secretary, scene.body.id)) == 1
    assert task_queries.open_tasks(scene.actor("chair"), scene.body.id) == []


@pytest.mark.parametrize(
    ("organisation", "with_item", "ends"),
    [
        ("Dunmarsh Surgery", False, True),
        ("Elm", True, False),
        ("Larkfield Surgery", True, False),
        ("Elm", False, False),
    ],
)
def test_it_ends_by_itself_once_the_interest_is_on_the_register(scene, organisation, with_item, ends):
    """Rule: MTG-09."""
    said(scene, "nurse", "My sister works at Dunmarsh", scene.item if with_item else None)
    named = scene.elm if organisation == "Elm" else organisation
    interest = a_declared_interest(scene.nurse, named, nature="Receptionist", at=LATER)
    found = task_commands.end_tasks_by(interest, actor=SYSTEM, at=LATER)
    assert [each.interest_id for each in found] == ([interest.id] if ends else [])
    assert bool(task_queries.tasks_of(scene.nurse.id)) is not ends


def test_an_unrelated_interest_of_a_relation_leaves_it_open(scene):
    said(scene, "nurse", "My husband works for Alpha Diagnostics", scene.item)
    interest = a_declared_interest(scene.nurse, "Beta Charity", nature="Husband works there as a trustee", at=LATER)
    assert task_commands.end_tasks_by(interest, actor=SYSTEM, at=LATER) == []


def test_a_secretary_ends_it_by_an_interest_of_that_person_or_by_a_reason(scene):
    said(scene, "nurse", "My sister works at Dunmarsh")
    (task,) = task_queries.tasks_of(scene.nurse.id)
    other = a_declared_interest(scene.gp, scene.elm, at=LATER)
    with pytest.raises(NotFound):
        task_commands.end_task(task, other, "", actor=scene.secretary, at=LATER)
    with pytest.raises(RuleBroken):
        task_commands.end_task(task, None, " ", actor=scene.secretary, at=LATER)
    task_commands.end_task(task, None, "She does not work there", actor=scene.secretary, at=LATER)
    assert task_queries.tasks_of(scene.nurse.id) == []


def test_the_nurse_reads_it_on_her_first_page_and_the_secretary_on_hers(stage):
    """Rule: MTG-09; a gift goes to the register of gifts."""
    opened(stage.scene)
    stage.at(minutes(2))
    said(stage.scene, "nurse", "My sister works at Dunmarsh")
    stage.at(LATER)
    home = stage.as_("nurse").get(stage.url(""))
    assert "“My sister works at Dunmarsh”. It has to be there by 8 December 2026" in home.text
    stage.as_("scribe").get(stage.url(""), queries=45)  # a meeting that is on, and everything that waits
    page = stage.client.click("1 interest declared at a meeting and not on the register yet")
    assert "In 8 days" in page.text
    where = page.links["Mrs Eve Elder"]
    page = stage.client.get(where)
    offer = stage.client.get(page.links["enter the offer"])
    assert offer.value_of("Whom was it offered to?") == "Mrs Eve Elder"
    wrong = stage.client.post(where, {**page.form_fields(), "which": "none"})
    assert "Enter why it does not have to be on the register" in wrong.text
    done = stage.client.post(where, {**page.form_fields(), "which": "none", "reason": "A mix-up"})
    assert "Nothing waits." in done.text
    assert db.session.scalars(sa.select(TaskEnd.reason)).all() == ["A mix-up"]
