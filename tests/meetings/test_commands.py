"""Planning by command: each leaves one ledger entry, and a broken rule leaves nothing behind. On both databases."""

import uuid
from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa
from flask import Flask

from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings import commands
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import (
    AffectedDetails,
    AffectedRelation,
    ClassScope,
    ItemDetails,
    ItemState,
    MeetingDetails,
    MeetingState,
    Purpose,
    Standing,
)
from tests.factories.committees import a_committee
from tests.factories.meetings import HELD_ON, PLANNED, SYSTEM, a_meeting, an_item
from tests.factories.organisations import a_body, an_organisation

DETAILS = ItemDetails("A scheme", Purpose.DECIDE)


def entries() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(LedgerLeaf)) or 0


def test_planning_puts_the_standing_items_on_the_agenda_in_one_entry(app: Flask) -> None:
    committee = a_committee()
    before = entries()
    meeting = a_meeting(committee)
    assert entries() == before + 1
    standing = [item.standing for item in agenda_of(meeting)]
    assert standing[:3] == [Standing.WELCOME, Standing.QUORACY, Standing.DECLARATIONS]
    assert [item.position for item in agenda_of(meeting)] == list(range(1, len(standing) + 1))
    assert len({item.reference for item in agenda_of(meeting)}) == len(standing)


def test_references_count_on_over_meetings_of_the_year(app: Flask) -> None:
    committee = a_committee()
    first, second = a_meeting(committee), a_meeting(committee)
    numbers = [int(item.reference[-3:]) for meeting in (first, second) for item in agenda_of(meeting)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert first.reference != second.reference


def test_a_meeting_needs_a_committee_of_this_body(app: Flask) -> None:
    committee = a_committee()
    other = a_body("Another board", "other-icb")
    with pytest.raises(NotFound):
        commands.plan_meeting(
            other, MeetingDetails(HELD_ON, time(10), "", "", (committee.id,)), actor=SYSTEM, at=PLANNED
        )
    with pytest.raises(RuleBroken) as broken:
        commands.plan_meeting(other, MeetingDetails(HELD_ON, time(10), ""), actor=SYSTEM, at=PLANNED)
    assert broken.value.field == "committees"


def test_a_committee_without_terms_cannot_meet(app: Flask) -> None:
    committee = a_committee(terms=False)
    with pytest.raises(RuleBroken) as broken:
        a_meeting(committee)
    assert broken.value.rule == "QUO-01"
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0


def test_several_committees_can_meet_in_common(app: Flask) -> None:
    body = a_body()
    first, second = a_committee(body), a_committee(body, prefix="QUAL")
    meeting = a_meeting(first, second)
    assert [row.committee_id for row in meeting.committees] == [first.id, second.id]


def test_a_new_item_is_numbered_before_the_closing_items(app: Flask) -> None:
    meeting = a_meeting()
    before = entries()
    item = commands.add_item(meeting, DETAILS, actor=SYSTEM, at=PLANNED)
    agenda = agenda_of(meeting)
    assert entries() == before + 1
    assert agenda[item.position - 1].id == item.id
    assert [each.standing for each in agenda[item.position :]] == [Standing.OTHER_BUSINESS, Standing.NEXT_MEETING]


def test_two_editors_of_one_item_both_keep_what_they_typed(app: Flask) -> None:
    item = an_item(a_meeting())
    commands.change_item(item, replace(DETAILS, title="First"), version=1, actor=SYSTEM, at=PLANNED)
    with pytest.raises(EditConflict) as conflict:
        commands.change_item(item, replace(DETAILS, title="Second"), version=1, actor=SYSTEM, at=PLANNED)
    assert conflict.value.theirs["Title"] == "First"
    assert conflict.value.yours["Title"] == "Second"


def test_two_people_who_move_items_at_once_collide_and_nothing_moves_twice(app: Flask) -> None:
    meeting = a_meeting()
    order = [item.id for item in agenda_of(meeting)]
    commands.reorder_agenda(meeting, order[::-1], version=meeting.agenda_version, actor=SYSTEM, at=PLANNED)
    with pytest.raises(EditConflict):
        commands.reorder_agenda(meeting, order, version=meeting.agenda_version - 1, actor=SYSTEM, at=PLANNED)
    db.session.flush()
    assert [item.id for item in agenda_of(meeting)] == order[::-1]


def test_an_order_that_misses_an_item_is_refused(app: Flask) -> None:
    meeting = a_meeting()
    order = [item.id for item in agenda_of(meeting)]
    with pytest.raises(RuleBroken):
        commands.reorder_agenda(meeting, order[1:], version=meeting.agenda_version, actor=SYSTEM, at=PLANNED)


def test_all_practices_means_the_area_of_the_body(app: Flask) -> None:
    item = an_item(a_meeting(), class_scope=ClassScope.ALL_PRACTICES, area=("99Z", "98Z"))
    assert item.class_area == ["99Z", "98Z"]


def test_an_organisation_is_named_once_and_taken_off_without_a_trace_in_the_agenda_but_not_in_the_ledger(
    app: Flask,
) -> None:
    item = an_item(a_meeting())
    practice = an_organisation("Otter Vale Surgery")
    details = AffectedDetails(practice.name, AffectedRelation.CONTRACT_HOLDER, practice.id)
    row = commands.add_affected(item, details, actor=SYSTEM, at=PLANNED)
    with pytest.raises(RuleBroken):
        commands.add_affected(item, details, actor=SYSTEM, at=PLANNED)
    commands.remove_affected(item, row.id, actor=SYSTEM, at=PLANNED)
    db.session.expire_all()
    assert item.affected == []
    assert row.removed_at is not None


def test_a_standing_item_stays_on_every_agenda(app: Flask) -> None:
    welcome = agenda_of(a_meeting())[0]
    with pytest.raises(RuleBroken) as broken:
        commands.remove_item(welcome, actor=SYSTEM, at=PLANNED)
    assert broken.value.rule == "MTG-01"


def test_an_item_that_is_taken_off_keeps_its_reference_for_itself(app: Flask) -> None:
    meeting = a_meeting()
    gone = an_item(meeting, "Gone")
    commands.remove_item(gone, actor=SYSTEM, at=PLANNED)
    new = an_item(meeting, "New")
    assert gone.state is ItemState.REMOVED
    assert new.reference != gone.reference
    assert [item.position for item in agenda_of(meeting)] == list(range(1, len(agenda_of(meeting)) + 1))


def test_the_day_of_an_opened_meeting_stands(app: Flask) -> None:
    meeting = a_meeting()
    meeting.state = MeetingState.OPEN
    with pytest.raises(RuleBroken):
        commands.change_meeting(meeting, MeetingDetails(HELD_ON, time(9), ""), actor=SYSTEM, at=PLANNED)


def test_a_meeting_is_not_moved_to_a_day_without_terms_of_reference(app: Flask) -> None:
    meeting = a_meeting()
    with pytest.raises(RuleBroken) as refused:
        commands.change_meeting(meeting, MeetingDetails(date(2000, 1, 5), time(9), ""), actor=SYSTEM, at=PLANNED)
    assert (refused.value.field, refused.value.rule) == ("held_on", "QUO-01")
    assert meeting.held_on == HELD_ON


def test_the_second_of_two_who_change_a_meeting_sees_both_versions(app: Flask) -> None:
    meeting = a_meeting()
    seen = MeetingDetails(meeting.held_on, meeting.starts_at, meeting.venue, meeting.title).mark
    first = MeetingDetails(HELD_ON, time(9), "Room 2")
    commands.change_meeting(meeting, first, seen=seen, actor=SYSTEM, at=PLANNED)
    second = MeetingDetails(HELD_ON, time(11), "Room 3")
    with pytest.raises(EditConflict) as conflict:
        commands.change_meeting(meeting, second, seen=seen, actor=SYSTEM, at=PLANNED)
    assert (conflict.value.theirs["Place"], conflict.value.yours["Place"]) == ("Room 2", "Room 3")
    assert (conflict.value.theirs["Time"], conflict.value.yours["Time"]) == ("9am", "11am")
    assert meeting.venue == "Room 2"


def test_the_second_of_two_who_change_the_organisations_of_an_item_sees_both_versions(app: Flask) -> None:
    item = an_item(a_meeting())
    seen, words = item.version, "Organisations that it concerns"
    otter = AffectedDetails("Otter Vale Surgery", AffectedRelation.CONTRACT_HOLDER)
    row = commands.add_affected(item, otter, version=seen, actor=SYSTEM, at=PLANNED)
    heron = AffectedDetails("Heron Surgery", AffectedRelation.BIDDER)
    with pytest.raises(EditConflict) as conflict:
        commands.add_affected(item, heron, version=seen, actor=SYSTEM, at=PLANNED)
    assert conflict.value.theirs[words] == "Otter Vale Surgery, contract holder"
    assert conflict.value.yours[words] == "Add Heron Surgery, bidder"
    with pytest.raises(EditConflict) as conflict:
        commands.remove_affected(item, row.id, version=seen, actor=SYSTEM, at=PLANNED)
    assert conflict.value.yours[words] == "Remove Otter Vale Surgery"
    assert [each.text for each in item.affected] == ["Otter Vale Surgery"]


def test_an_item_of_another_meeting_cannot_be_ordered_in(app: Flask) -> None:
    meeting, other = a_meeting(), a_meeting(a_committee(a_body("Other", "other-icb"), prefix="OTH"))
    order = [item.id for item in agenda_of(meeting)]
    stranger = db.session.scalars(sa.select(AgendaItem.id).where(AgendaItem.meeting_id == other.id)).first()
    with pytest.raises(RuleBroken):
        commands.reorder_agenda(
            meeting, [*order[:-1], stranger or uuid.uuid4()], version=meeting.agenda_version, actor=SYSTEM, at=PLANNED
        )
