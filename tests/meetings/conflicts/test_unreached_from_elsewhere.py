"""What takes flags away without anybody touching the item: relations, published files, earlier work on a matter, deputies, the day, an item
that is put off. Told until whoever presides has seen it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from coi.database import db
from coi.meetings import commands as planning
from coi.meetings.commands import remove_affected
from coi.meetings.conflicts.commands import declare_at_meeting
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.unreached_commands import ELSEWHERE, see_what_was_lost
from coi.meetings.deferral_commands import carry_on
from coi.meetings.matters.commands import record_part, withdraw_part
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.proceedings.decision_commands import defer_item
from coi.meetings.recorded_vocabulary import MeetingDeclarationDetails
from coi.meetings.vocabulary import AffectedRelation, Capacity, ClassScope, DeclaredPoint, ItemDetails, MeetingDetails
from coi.organisations.commands import end_relation
from coi.organisations.models import Organisation
from coi.organisations.vocabulary import OrganisationKind, RelationKind
from coi.permissions.vocabulary import Role
from tests.factories.meetings import (
    HELD_ON,
    PLANNED,
    SYSTEM,
    Scene,
    a_declared_interest,
    a_meeting,
    a_scene,
    an_item,
    attending,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import a_relation, a_release, an_organisation, ods_row
from tests.factories.people import a_person
from tests.support.counted import counted

pytestmark = pytest.mark.usefixtures("app")
LATER = HELD_ON + timedelta(days=28)


def unseen(item, at=PLANNED):
    found = conflicts_at(item.meeting, known_at=at, items=[item]).unreached.get(item.id, ())
    return [(each.path, each.because) for each in found]


def works_at_a_member_of_a_federation(scene: Scene):
    """The GP holds a practice that is part of a federation, which an item concerns."""
    elm, marsh = an_organisation("Elm Surgery"), an_organisation("Marsh Federation", OrganisationKind.OTHER)
    a_declared_interest(scene.gp, elm)
    return an_item(scene.meeting, affected=[marsh]), a_relation(elm, RelationKind.SHAREHOLDER_IN, marsh)


def test_a_relation_that_somebody_ends_takes_no_flag_away_unseen(scene: Scene):
    item, relation = works_at_a_member_of_a_federation(scene)
    end_relation(relation, date(2020, 6, 1), actor=scene.secretary, at=PLANNED)
    ((path, because),) = unseen(item)
    assert path[:2] == ("Dr Fay Fenn", "partner at Elm Surgery")
    assert because == (
        "No longer reached because the entry that Elm Surgery is shareholder in Marsh Federation was ended by Sam Scribe on "
        "2 November 2026."
    )
    assert len(see_what_was_lost(item, actor=scene.actor("chair", Role.CHAIR), at=PLANNED)) == 1
    assert unseen(item) == []


def test_what_was_ruled_on_is_not_told_as_lost_when_its_relation_ends(scene: Scene):
    item, relation = works_at_a_member_of_a_federation(scene)
    ruled(scene, item, "gp", "A4")
    end_relation(relation, date(2020, 6, 1), actor=scene.secretary, at=PLANNED)
    assert unseen(item) == []


def test_a_published_file_takes_no_flag_away_unseen(scene: Scene):
    a_release(ods_row("L99001", "ELM SURGERY"))
    elm = db.session.scalars(sa.select(Organisation).where(Organisation.code == "L99001")).one()
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, class_scope=ClassScope.ALL_PRACTICES)
    left = ods_row("L99001", "ELM SURGERY", left="20250401")
    a_release(left, released_on=date(2026, 3, 1), filename="epraccur-march.csv", at=PLANNED)
    ((path, because),) = unseen(item)
    assert path[1] == "partner at ELM SURGERY"
    assert because == "No longer reached because epraccur-march.csv was read by The system on 2 November 2026."


@pytest.mark.parametrize("number", [1, 6])
def test_a_published_file_reads_the_items_to_come_together_however_many_they_are(scene: Scene, number: int):
    a_release(ods_row("L99001", "ELM SURGERY"))
    elm = db.session.scalars(sa.select(Organisation).where(Organisation.code == "L99001")).one()
    a_declared_interest(scene.gp, elm)
    for each in range(number):
        an_item(scene.meeting, f"Item {each}", affected=[elm])
    db.session.commit()
    with counted() as statements:
        a_release(ods_row("L99001", "ELM HOUSE"), released_on=date(2026, 3, 1), filename="march.csv", at=PLANNED)
    assert sum("FROM agenda_item" in each for each in statements) <= 6
    assert sum("FROM affected_organisation" in each for each in statements) <= 6


def test_a_part_in_a_matter_that_is_withdrawn_is_told_on_every_item_of_the_matter(scene: Scene):
    first = an_item(scene.meeting, affected=[an_organisation("Elm Surgery")])
    declared = PartDetails(scene.gp.id, PartKind.DECLARED, "rents a room there")
    part = record_part(first, declared, actor=scene.secretary, at=PLANNED)
    award = planning.add_item(
        a_meeting(scene.committee, held_on=LATER), ItemDetails("Award", first.purpose, continues=first.id),
        actor=scene.secretary, at=PLANNED,
    )  # fmt: skip
    withdraw_part(part, first, actor=scene.secretary, at=PLANNED)
    for item in (first, award):
        ((path, because),) = unseen(item)
        assert path[1] == "declared an interest: rents a room there"
        said = "what was recorded of Dr Fay Fenn on the matter was withdrawn" if item is first else ELSEWHERE
        assert because == f"No longer reached because {said} by Sam Scribe on 2 November 2026."


def test_that_somebody_wrote_the_business_case_is_told_where_it_is_withdrawn_and_their_flag_stays(scene: Scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    parts = [
        record_part(item, PartDetails(who.id, PartKind.WROTE, "the business case"), actor=scene.secretary, at=PLANNED)
        for who in (scene.gp, scene.nurse)
    ]
    for part in parts:
        withdraw_part(part, item, actor=scene.secretary, at=PLANNED)
    ((path, _because),) = unseen(item)
    assert path == ("Dr Fay Fenn", "wrote the business case", f"the same matter as item {item.position}")


def test_a_bidder_taken_off_one_item_is_told_on_the_other_items_of_the_matter(scene: Scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    first = an_item(scene.meeting, affected=[elm], relation=AffectedRelation.BIDDER)
    award = planning.add_item(
        a_meeting(scene.committee, held_on=LATER), ItemDetails("Award", first.purpose, continues=first.id),
        actor=scene.secretary, at=PLANNED,
    )  # fmt: skip
    remove_affected(first, first.affected[0].id, actor=scene.secretary, at=PLANNED)
    ((_, here),), ((_, there),) = unseen(first), unseen(award)
    assert here.startswith("No longer reached because Elm Surgery was removed by Sam Scribe")
    assert there.startswith("No longer reached because another item of its matter was changed by Sam Scribe"), (
        "who reads one item may not be allowed to read the other"
    )


def test_a_bidder_goes_with_an_item_that_is_taken_off_and_is_told_on_the_others_of_its_matter(scene: Scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    first = an_item(scene.meeting, affected=[elm], relation=AffectedRelation.BIDDER)
    award = planning.add_item(
        a_meeting(scene.committee, held_on=LATER), ItemDetails("Award", first.purpose, continues=first.id),
        actor=scene.secretary, at=PLANNED,
    )  # fmt: skip
    planning.remove_item(first, actor=scene.secretary, at=PLANNED)
    ((path, because),) = unseen(award)
    assert path[0] == "Dr Fay Fenn" and "another item of its matter was changed" in because


def test_an_item_that_leaves_its_matter_keeps_what_the_matter_flagged(scene: Scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    first = an_item(scene.meeting, affected=[elm], relation=AffectedRelation.BIDDER)
    details = ItemDetails("Award", first.purpose, continues=first.id)
    award = planning.add_item(a_meeting(scene.committee, held_on=LATER), details, actor=scene.secretary, at=PLANNED)
    alone = ItemDetails("Award", first.purpose)
    planning.change_item(award, alone, version=award.version, actor=scene.secretary, at=PLANNED)
    ((_path, because),) = unseen(award)
    assert because.startswith("No longer reached because what the item is about was changed by Sam Scribe")


def test_what_a_deputy_was_flagged_by_is_told_when_they_stay_and_deputise_no_more(app):
    scene = a_scene(deputies_allowed=True)
    elm, deputy = an_organisation("Elm Surgery"), a_person("Dr Dee Dunn")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    attending(scene, deputy, Capacity.DEPUTY, deputy_for=scene.gp, at=PLANNED)
    attending(scene, deputy, at=PLANNED)
    ((path, because),) = unseen(item)
    assert path[0].startswith("Dr Dee Dunn")
    assert "Dr Dee Dunn was entered as no longer deputising by Sam Scribe" in because


def test_an_interest_that_counts_no_more_on_the_new_day_of_a_meeting_is_told(scene: Scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm, ended_on=date(2026, 6, 1))
    item = an_item(scene.meeting, affected=[elm])
    later = MeetingDetails(HELD_ON + timedelta(days=60), scene.meeting.starts_at, "Room 1", "")
    planning.change_meeting(scene.meeting, later, actor=scene.secretary, at=PLANNED)
    ((_path, because),) = unseen(item)
    assert because.startswith("No longer reached because the day of the meeting was changed by Sam Scribe")


def put_off(scene: Scene, item):
    opened(scene)
    defer_item(item, "The figures are missing", actor=scene.secretary, at=minutes(9))
    meeting = a_meeting(scene.committee, held_on=LATER)
    an_item(meeting, "Another item first")
    return carry_on(meeting, item, actor=scene.secretary, at=minutes(90))


def test_what_nobody_saw_of_an_item_that_is_put_off_is_told_on_the_later_agenda(scene: Scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm, oak])
    remove_affected(item, item.affected[0].id, actor=SYSTEM, at=PLANNED)
    ((_, because),) = unseen(item)
    again = put_off(scene, item)
    ((path, said),) = unseen(again, minutes(91))
    assert (path[-1], said) == (f"contract holder in item {again.position}", because)
    assert again.position != item.position
    assert len(see_what_was_lost(again, actor=scene.actor("chair", Role.CHAIR), at=minutes(92))) == 1
    assert unseen(again, minutes(93)) == []


def test_a_flag_that_nobody_ruled_on_before_an_item_was_put_off_does_not_vanish_on_the_way(scene: Scene):
    item, relation = works_at_a_member_of_a_federation(scene)
    opened(scene)
    defer_item(item, "The figures are missing", actor=scene.secretary, at=minutes(9))
    end_relation(relation, date(2020, 6, 1), actor=scene.secretary, at=minutes(60))
    again = carry_on(a_meeting(scene.committee, held_on=LATER), item, actor=scene.secretary, at=minutes(90))
    ((path, because),) = unseen(again, minutes(91))
    assert path[1] == "partner at Elm Surgery"
    assert because == (
        "No longer reached: the item was flagged by it at the meeting on 10 November 2026, and nobody ruled on it."
    )


def test_a_declaration_that_is_corrected_is_told_on_the_later_items_of_the_matter(scene: Scene):
    first = an_item(scene.meeting, affected=[an_organisation("Elm Surgery")])
    details = ItemDetails("Award", first.purpose, continues=first.id)
    award = planning.add_item(a_meeting(scene.committee, held_on=LATER), details, actor=scene.secretary, at=PLANNED)
    opened(scene)
    said = MeetingDeclarationDetails(scene.gp.id, DeclaredPoint.AT_ITEM, "Rents a room there", first.id)
    row = declare_at_meeting(scene.meeting, replace(said, at=minutes(5)), actor=scene.secretary, at=minutes(5))
    nothing = replace(said, text="", has_nothing=True, corrects_id=row.id, at=minutes(9))
    declare_at_meeting(scene.meeting, nothing, actor=scene.secretary, at=minutes(9))
    ((path, because),) = unseen(award, minutes(10))
    assert path[1].startswith("declared an interest: Rents a room there")
    assert (
        because
        == "No longer reached because what Dr Fay Fenn declared was corrected by Sam Scribe on 10 November 2026."
    )
