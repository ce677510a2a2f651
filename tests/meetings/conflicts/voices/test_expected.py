"""Who is expected at a meeting, and who comes in whose place, on both databases."""

import pytest
import sqlalchemy as sa

from coi.committees.vocabulary import MemberClass
from coi.database import db
from coi.meetings.conflicts.voices.expected_commands import mark_of, record_expected, rows_of
from coi.meetings.conflicts.voices.vocabulary import Answer, Answered, ExpectedDetails
from coi.meetings.models import Attendance
from coi.meetings.proceedings.commands import record_attendance
from coi.meetings.proceedings.vocabulary import AttendanceDetails
from coi.meetings.vocabulary import Capacity
from tests.factories.meetings import PLANNED, a_scene, attending
from tests.factories.people import a_person

pytestmark = pytest.mark.usefixtures("app")


def says(scene, answer, deputy=None):
    seen = mark_of(rows_of(scene.meeting, scene.committee.id))
    said = Answered(scene.people["finance"].id, answer, deputy.id if deputy else None)
    details = ExpectedDetails(scene.committee.id, (said,), seen)
    record_expected(scene.meeting, details, actor=scene.secretary, at=PLANNED)


@pytest.mark.parametrize("is_guest", [True, False])
def test_a_guest_who_no_longer_deputises_is_expected_as_a_guest_again_and_nobody_else_is(is_guest):
    scene = a_scene(deputies_allowed=True)
    deputy = a_person("Mx Gus Guest")
    if is_guest:
        attending(scene, deputy, at=PLANNED)
    says(scene, Answer.APOLOGIES, deputy)
    row = db.session.scalars(sa.select(Attendance).where(Attendance.person_id == deputy.id)).one()
    assert (row.capacity, row.apologies) == (Capacity.DEPUTY, False)
    says(scene, Answer.COMING)
    assert row.apologies is not is_guest
    assert (row.capacity, row.deputy_for) == (
        (Capacity.IN_ATTENDANCE, None) if is_guest else (Capacity.DEPUTY, scene.people["finance"].id)
    )


def test_a_temporary_member_who_no_longer_deputises_has_their_seat_again():
    scene = a_scene(deputies_allowed=True, temporary_allowed=True)
    person = a_person("Mx Gus Guest")
    details = AttendanceDetails(person.id, Capacity.TEMPORARY, member_class=MemberClass.NURSE)
    row = record_attendance(scene.meeting, details, actor=scene.secretary, at=PLANNED)
    says(scene, Answer.APOLOGIES, person)
    assert row.capacity is Capacity.DEPUTY
    says(scene, Answer.COMING)
    assert (row.capacity, row.member_class, row.apologies) == (Capacity.TEMPORARY, MemberClass.NURSE, False)
