"""The roster of independent clinicians: who is on it, each compared with the item, and what they said in the minutes."""

import uuid
from datetime import date

import pytest

from coi.committees.vocabulary import MemberClass
from coi.documents.vocabulary import text_of
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings.conflicts.voices import roster_commands as commands
from coi.meetings.conflicts.voices.roster_queries import candidates_for, inputs_on, roster, roster_on
from coi.meetings.conflicts.voices.roster_rules import candidate_of
from coi.meetings.conflicts.voices.trial_queries import who_may_come
from coi.meetings.conflicts.voices.vocabulary import ClinicianDetails, ClinicianKind, InputDetails, InputWay
from coi.meetings.minutes.commands import compose_now
from tests.factories.clinicians import a_clinical_view, a_clinician
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import PLANNED, a_declared_interest, a_nil_return, an_item, minutes, opened
from tests.factories.organisations import a_body, an_organisation
from tests.factories.people import a_person, an_appointment

DAY = date(2026, 11, 10)


@pytest.fixture
def item(stage):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(stage.scene.gp, elm)
    a_declared_interest(stage.scene.other_gp, elm)
    return an_item(stage.scene.meeting, affected=[elm])


@pytest.mark.parametrize(
    ("facts", "said", "is_free"),
    [
        ({"declared_on": None}, "Has declared nothing yet", False),
        ({"declared_on": date(2025, 1, 1)}, "the declaration is out of date", False),
        ({"declared_on": date(2026, 5, 1)}, "Free of flags: a declaration of no interests compared", True),
        (
            {"declared_on": date(2026, 5, 1), "interests": 2, "loose": 1},
            "1 names no organisation that is known: read what it says",
            True,
        ),
        ({"declared_on": date(2026, 5, 1), "is_unscreened": True}, "Not compared", False),
        (
            {"declared_on": date(2026, 5, 1), "worked": ["wrote the business case"]},
            "Flagged: worked on the matter",
            False,
        ),
    ],
    ids=[
        "never",
        "too long ago",
        "nil",
        "one in no organisation",
        "an item that names nobody",
        "who wrote the business case",
    ],
)
def test_nobody_is_called_free_of_flags_of_whom_nothing_was_compared(facts, said, is_free):
    given = {"flags": (), "interests": 0, "loose": 0, "on": DAY, "refresh_months": 12, **facts}
    found = candidate_of(uuid.uuid4(), "Dr Una Bright", ClinicianKind.RETIRED_GP, "", **given)
    assert said in found.verdict
    assert found.is_free is is_free


def test_the_roster_is_compared_with_the_item_by_the_same_engine(stage, item):
    free, flagged, silent = a_person("Dr Una Bright"), a_person("Dr Ira Stone"), a_person("Mrs Zoe Abbot")
    for each in (flagged, free, silent):
        a_clinician(stage.scene.body, each)
    a_nil_return(free)
    a_declared_interest(flagged, item.affected[0].organisation)
    found = candidates_for(item.meeting, [item], known_at=PLANNED)[item.id]
    assert [each.name for each in found] == ["Dr Una Bright", "Mrs Zoe Abbot", "Dr Ira Stone"]
    assert [each.is_free for each in found] == [True, False, False]
    assert found[2].whys == ("Dr Ira Stone → partner at Elm Surgery → contract holder in item 7",)
    page = stage.as_("nurse").get(stage.url(f"meetings/{item.meeting_id}/what-it-means"))
    assert (
        page.table("Independent clinicians on the roster, compared with Variation of a contract")[0]["Name"]
        == "Dr Una Bright"
    )
    assert "Dr Ira Stone → partner" not in page.text
    chair = stage.as_("chair").get(stage.url(f"meetings/{item.meeting_id}/what-it-means"))
    assert "Dr Ira Stone → partner at Elm Surgery" in chair.text


def test_what_somebody_declared_to_another_body_is_not_told_here(stage, item):
    other = a_person("Dr Ola Far")
    a_clinician(stage.scene.body, other)
    a_member(a_committee(a_body("Far Fen ICB", "far-fen")), other, MemberClass.GP)
    a_declared_interest(other, item.affected[0].organisation)
    (found,) = candidates_for(item.meeting, [item], known_at=PLANNED)[item.id]
    assert (found.verdict.partition(":")[0], found.whys, found.is_flagged, found.is_free) == (
        "Not compared",
        (),
        False,
        False,
    )
    offered = dict(who_may_come(stage.scene.body.id, DAY))
    assert other.id not in offered
    assert stage.scene.gp.id in offered
    tried = stage.as_("scribe").get(stage.url(f"meetings/{item.meeting_id}/what-if?person={other.id}&proposal=invitee"))
    assert "partner at Elm Surgery" not in tried.text
    an_appointment(other, stage.scene.body)
    (found,) = candidates_for(item.meeting, [item], known_at=PLANNED)[item.id]
    assert found.is_flagged


def test_whom_another_body_has_is_not_offered_for_the_roster_and_not_taken(stage):
    other = a_member(a_committee(a_body("Far Fen ICB", "far-fen")), "Dr Ola Far", MemberClass.GP).person
    assert "Dr Ola Far" not in stage.as_("scribe").get(stage.url("independent-clinicians/add")).text
    with pytest.raises(NotFound):
        a_clinician(stage.scene.body, other)


def test_the_secretary_keeps_the_roster_and_a_member_reads_it(stage):
    person = a_person("Dr Una Bright")
    url = stage.url("independent-clinicians/")
    form = {"person": str(person.id), "kind": "retired_gp", "area": "Northfield", "contact": "By telephone",
            "valid_from-day": "1", "valid_from-month": "11", "valid_from-year": "2026", "valid_to-ongoing": "yes"}  # fmt: skip
    page = stage.as_("scribe").post(f"{url}add", form)
    assert page.table("The roster")[0]["How to ask them"] == "By telephone"
    line = roster(stage.scene.body.id)[0]
    again = stage.client.post(f"{url}add", form)
    assert again.error_for("Who?").startswith("This person is on the roster in that time")
    ended = {**form, "valid_to-ongoing": "", "valid_to-day": "30", "valid_to-month": "11", "valid_to-year": "2026"}
    stage.client.post(f"{url}{line.id}", ended)
    assert [row.valid_to for row in roster(stage.scene.body.id)] == [date(2026, 11, 30)]
    assert roster_on(stage.scene.body.id, date(2026, 12, 1)) == []
    assert "By telephone" not in stage.as_("nurse").get(url).text


def test_a_line_of_the_roster_that_somebody_else_changed_is_not_changed_again(stage):
    person = a_person("Dr Una Bright")
    line = a_clinician(stage.scene.body, person)
    details = ClinicianDetails(person.id, ClinicianKind.NURSE, "", "", date(2026, 1, 1))
    commands.change_clinician(line, details, actor=stage.scene.secretary, at=minutes(-30))
    with pytest.raises(EditConflict):
        commands.change_clinician(line, details, actor=stage.scene.secretary, at=minutes(-20))


def test_what_a_clinician_said_before_the_members_withdrew_stands_in_the_minutes(stage, item):
    una = a_person("Dr Una Bright")
    a_nil_return(una)
    a_clinician(stage.scene.body, una)
    a_clinical_view(item, una)
    opened(stage.scene)
    text = text_of(compose_now(stage.scene.meeting, stage.scene.body)[0].document)
    assert (
        "Clinical view of Dr Una Bright (GP from another area, Northfield), in writing, with the papers, on 6 November 2026: "
        "Patients need the branch. Free of flags: a declaration of no interests compared."
    ) in text


def test_a_view_is_recorded_on_the_page_and_struck_out_with_a_reason(stage, item):
    data = {
        "person": str(stage.scene.nurse.id),
        "way": "discussion",
        "given_on-ongoing": "yes",
        "said": "Wounds heal sooner at home",
    }
    page = stage.as_("scribe").post(stage.url(f"items/{item.id}/clinical-view"), data)
    assert "Wounds heal sooner at home" in page.text
    assert "nurse. In the discussion, before they left. Free of flags." in page.text
    (view,) = inputs_on([item.id])
    gone = stage.client.post(
        stage.url(f"items/{item.id}/clinical-view/{view.id}/strike-out"), {"because": "Said of item 8"}
    )
    assert "Wounds heal" not in gone.text
    assert inputs_on([item.id]) == []
    story = stage.client.get(stage.url(f"items/{item.id}/story")).text
    assert "Clinical view of Mrs Eve Elder (nurse), in the discussion, before they left" in story
    assert "was struck out as entered by mistake. Reason: Said of item 8" in story


def test_a_view_that_is_yet_to_come_cannot_be_recorded(stage, item):
    details = InputDetails(stage.scene.nurse.id, InputWay.WRITTEN, date(2026, 12, 24), "It helps")
    with pytest.raises(RuleBroken, match="a day that has come"):
        commands.record_clinical_input(item, details, actor=stage.scene.secretary, at=PLANNED)
