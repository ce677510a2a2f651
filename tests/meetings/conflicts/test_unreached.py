"""What goes with an organisation or a class that somebody takes off an item: told until whoever presides has seen it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi.committees.vocabulary import MemberClass, Office
from coi.database import db
from coi.documents.vocabulary import folded
from coi.errors import NotFound
from coi.meetings.commands import add_affected, change_item, remove_affected
from coi.meetings.conflicts import flag_commands, unreached_commands
from coi.meetings.conflicts.models import UnreachedFlag
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item
from coi.meetings.suggesting import commands as suggesting
from coi.meetings.suggesting import queries as suggested
from coi.meetings.suggesting.vocabulary import SuggestedDetail
from coi.meetings.vocabulary import AffectedDetails, AffectedRelation, ClassScope, FlagAnswer, ItemDetails
from coi.organisations.models import Organisation
from coi.permissions.vocabulary import Role
from tests.factories.committees import a_committee, a_member
from tests.factories.meetings import (
    HELD_ON,
    PLANNED,
    SYSTEM,
    Scene,
    a_declared_interest,
    a_meeting,
    an_item,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import a_release, an_organisation, ods_row
from tests.factories.people import a_person
from tests.support.pdf import read

NAMED = AffectedRelation.CONTRACT_HOLDER


def unseen(item):
    return conflicts_at(item.meeting, known_at=PLANNED, items=[item]).unreached.get(item.id, ())


def removed(item, organisation):
    row = next(each for each in item.affected if each.organisation_id == organisation.id)
    remove_affected(item, row.id, actor=SYSTEM, at=PLANNED)


def test_flags_that_go_with_an_organisation_are_told_until_whoever_presides_has_seen_them(stage):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(stage.scene.gp, elm)
    item = an_item(stage.scene.meeting, affected=[elm, oak])
    meeting = f"meetings/{item.meeting_id}"
    pages = [stage.url(each) for each in (f"{meeting}/conflicts/", f"{meeting}/agenda", f"items/{item.id}/")]
    removal = {"version": str(item.version)}
    stage.as_("scribe").post(stage.url(f"items/{item.id}/organisations/{item.affected[0].id}/remove"), removal)
    said = (
        "Dr Fay Fenn → partner at Elm Surgery → contract holder in item 7. "
        "No longer reached because Elm Surgery was removed by Mr Sam Scribe on 10 November 2026."
    )
    sees = "I have seen what item 7 no longer reaches"
    for who in ("scribe", "chair"):
        first, *others = (stage.as_(who).get(each) for each in pages)
        assert all(said in each.text for each in (first, *others))
        assert (sees in first.text) is (who == "chair")
    waits = "1 flag is no longer reached at the meeting on 10 November 2026: see why"
    assert waits in stage.client.get(stage.url("")).text
    url = stage.url(f"items/{item.id}/flags/unreached/seen")
    assert stage.as_("nurse").post(url, {}).status_code == 404
    assert stage.as_("chair").post(url, {}).notices == ["It is recorded that you have seen this."]
    assert stage.client.post(url, {}).notices == ["There is nothing here that you have not seen."]
    assert not any(said in stage.client.get(each).text for each in pages)
    row = db.session.scalars(sa.select(UnreachedFlag)).one()
    assert (row.seen_at, row.seen_by_name) == (minutes(-60), "Mrs Ann Ashby")


def test_the_grid_the_briefing_and_the_story_tell_what_is_no_longer_reached(stage):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(stage.scene.gp, elm)
    a_declared_interest(stage.scene.nurse, oak)
    item = an_item(stage.scene.meeting, affected=[elm, oak])
    removal = {"version": str(item.version)}
    stage.as_("scribe").post(stage.url(f"items/{item.id}/organisations/{item.affected[0].id}/remove"), removal)
    because = "No longer reached because Elm Surgery was removed by Mr Sam Scribe on 10 November 2026."
    path = "Dr Fay Fenn → partner at Elm Surgery → contract holder in item 7"
    meeting = stage.url(f"meetings/{item.meeting_id}/")
    grid = stage.as_("chair").get(f"{meeting}grid?people=flagged")
    row = next(each for each in grid.soup.select("table.coi-grid tbody tr") if item.title in each.get_text())
    nurse, gp = (" ".join(cell.get_text(" ").split()) for cell in row.find_all("td"))
    assert gp == f"no longer reached , for whoever presides to see {path}. {because}"
    assert nurse.startswith("F1 own contract") and "1 no longer reached" in row.th.get_text()
    briefing = stage.client.get(f"{meeting}briefing").text
    told = f"For you to see: Dr Fay Fenn (partner at Elm Surgery → contract holder in item 7). {because}"
    assert told in briefing
    assert "No longer reached, and not seen by whoever presides: item 7 (1 flag)." in briefing
    paper = read(stage.client.get(f"{meeting}briefing.pdf").response.data)
    assert folded(told) in folded(paper.root.text)
    stage.client.post(stage.url(f"items/{item.id}/flags/unreached/seen"), {})
    assert "no longer reached" not in stage.client.get(f"{meeting}grid").soup.select_one("table").get_text()
    assert because not in stage.client.get(f"{meeting}briefing").text
    story = stage.client.get(stage.url(f"items/{item.id}/story")).text
    gone = "The flag on Dr Fay Fenn was no longer reached because Elm Surgery was removed by Mr Sam Scribe on 10 November 2026."
    seen = "Mrs Ann Ashby said, presiding, that they had seen why the flag on Dr Fay Fenn was no longer reached."
    assert f"How: {path}." in story and story.index(gone) < story.index(seen)
    assert "Dr Fay Fenn declared an interest" in story


def test_what_is_no_longer_reached_stands_on_the_page_on_which_the_item_is_taken(stage):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(stage.scene.gp, elm)
    item = an_item(stage.scene.meeting, affected=[elm, oak])
    removed(item, elm)
    opened(stage.scene)
    db.session.commit()
    room = stage.as_("scribe").get(stage.url(f"items/{item.id}/room"))
    assert "No longer reached because Elm Surgery was removed by The system on 2 November 2026." in room.text
    page = stage.as_("chair").get(
        room.soup.find("a", string="Whoever presides says here that they have seen this")["href"]
    )
    assert "I have seen what item 7 no longer reaches" in page.text
    decide = stage.as_("scribe").get(stage.url(f"items/{item.id}/room/decide"))
    assert "Whoever presides has seen what this item no longer reaches" in decide.text
    assert "No longer reached because Elm Surgery was removed by The system on 2 November 2026." in decide.text
    stage.as_("chair").post(stage.url(f"items/{item.id}/flags/unreached/seen"), {})
    assert "no longer reaches" not in stage.as_("scribe").get(stage.url(f"items/{item.id}/room/decide")).text


@pytest.mark.usefixtures("app")
def test_of_what_goes_only_what_nobody_disposed_of_is_told_and_only_while_it_is_gone(scene: Scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    for who in (scene.gp, scene.other_gp, scene.nurse):
        a_declared_interest(who, elm)
    a_declared_interest(scene.gp, oak)
    item = an_item(scene.meeting, affected=[elm, oak])
    dismissed = next(each for each in flags_of_item(item, known_at=PLANNED) if each.person_id == scene.nurse.id)
    flag_commands.dismiss_flag(
        item,
        dismissed,
        "Another one",
        actor=scene.actor("chair"),
        at=PLANNED,
        guardian_consulted=True,
        ground=FlagAnswer.NOT_ME,
    )
    ruled(scene, item, "other_gp", "A4")
    removed(item, elm)
    assert [each.path[:2] for each in unseen(item)] == [("Dr Fay Fenn", "partner at Elm Surgery")]
    add_affected(item, AffectedDetails(elm.name, NAMED, elm.id), actor=SYSTEM, at=PLANNED)
    assert unseen(item) == ()
    removed(item, elm)
    assert len(unseen(item)) == 1, "of each interest what was lost last"
    with pytest.raises(NotFound):
        unreached_commands.see_what_was_lost(item, actor=scene.actor("gp"), at=PLANNED)


@pytest.mark.usefixtures("app")
def test_what_concerned_the_chair_is_for_the_vice_chair_to_see(scene: Scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.chair, elm)
    item = an_item(scene.meeting, affected=[elm])
    removed(item, elm)
    chair, vice = scene.actor("chair", Role.CHAIR), scene.actor("vice", Role.LAY_MEMBER)
    assert unreached_commands.see_what_was_lost(item, actor=chair, at=PLANNED) == []
    assert len(unreached_commands.see_what_was_lost(item, actor=vice, at=PLANNED)) == 1
    assert unseen(item) == ()


@pytest.mark.usefixtures("app")
def test_where_committees_meet_in_common_each_chair_sees_what_concerned_their_own_members(scene: Scene):
    second = a_committee(scene.body, "Second committee", "SEC")
    lead, member = a_person("Mrs Lil Lark"), a_person("Dr Moe Marsh")
    a_member(second, lead, MemberClass.LAY, office=Office.CHAIR)
    a_member(second, member, MemberClass.GP)
    meeting = a_meeting(scene.committee, second, held_on=HELD_ON + timedelta(days=7))
    elm = an_organisation("Elm Surgery")
    a_declared_interest(member, elm)
    item = an_item(meeting, affected=[elm])
    removed(item, elm)
    conflicts = conflicts_at(meeting, known_at=PLANNED, items=[item])
    assert not conflicts.to_be_seen_by(scene.chair.id, item.id, scene.committee.id)
    assert len(conflicts.to_be_seen_by(lead.id, item.id, second.id)) == 1


@pytest.mark.usefixtures("app")
def test_what_goes_with_a_class_is_told_too(scene: Scene):
    a_release(ods_row("L99001", "ELM SURGERY"))
    elm = db.session.scalars(sa.select(Organisation).where(Organisation.code == "L99001")).one()
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, class_scope=ClassScope.ALL_PRACTICES)
    assert len(flags_of_item(item, known_at=PLANNED)) == 1
    details = ItemDetails(item.title, item.purpose, function_code="contracts", class_scope=ClassScope.ALL_PRACTICES)
    change_item(item, details, version=item.version, actor=SYSTEM, at=PLANNED, area=("99Z",))
    assert unseen(item) == ()
    alone = replace(details, class_scope=ClassScope.NONE)
    change_item(item, alone, version=item.version, actor=scene.secretary, at=PLANNED)
    (told,) = unseen(item)
    assert told.because.endswith("the class that the item concerns was changed by Sam Scribe on 2 November 2026.")


def test_flags_that_go_with_a_suggested_function_are_told_too(scene):
    closing, near = (
        an_organisation("Elm Surgery", postcode="ZZ9 1AA"),
        an_organisation("Oak Surgery", postcode="ZZ9 4XY"),
    )
    a_declared_interest(scene.gp, near)
    title = "Elm Surgery: application to close its list"
    item = an_item(scene.meeting, title, affected=[closing], function_code="")
    assert flags_of_item(item, known_at=PLANNED)
    offered = suggested.wording_read(item, scene.body).suggestions
    (closing_a_list,) = (each for each in offered if isinstance(each, SuggestedDetail) and each.function_code)
    suggesting.accept(item, [closing_a_list], version=item.version, area=(), actor=SYSTEM, at=PLANNED)
    assert (item.function_code, len(flags_of_item(item, known_at=PLANNED))) == ("contracts", 1)
    another = SuggestedDetail("Premises", "the wording says “rent”", function_code="premises_costs")
    suggesting.accept(item, [another], version=item.version, area=(), actor=SYSTEM, at=PLANNED)
    db.session.flush()
    assert not flags_of_item(item, known_at=PLANNED)
    assert len(unseen(item)) == 1
