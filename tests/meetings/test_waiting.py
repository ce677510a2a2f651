"""What waits on the first page: the next meetings are screened, however many are planned, and none is hidden."""

from datetime import date, timedelta

import pytest

from coi.database import db
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.preparing import progress_of
from coi.meetings.recorded_vocabulary import RulingDetails
from coi.meetings.vocabulary import Part
from coi.meetings.waiting import waiting_for
from coi.meetings.waiting_meetings import SCREENED, by_nearness
from coi.permissions.vocabulary import Actor, Grant, Role
from tests.factories.meetings import HELD_ON, PLANNED, a_declared_interest, a_meeting, an_item, ruled
from tests.factories.organisations import an_organisation
from tests.support.counted import counted

pytestmark = pytest.mark.usefixtures("app")


def more_meetings(scene, number, affected):
    """So many more meetings, each a month after the one before, each with an item that a member has an interest in."""
    for month in range(1, number + 1):
        meeting = a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=30 * month))
        an_item(meeting, affected=[affected])


def sentences(scene):
    actor = Actor("Sam Scribe", grants=(Grant(Role.SECRETARY, scene.body.id),))
    return [each.sentence for each in waiting_for(actor, scene.body.id, at=PLANNED)]


def statements(scene):
    """How many statements the first page's sentences take."""
    db.session.expire_all()
    with counted() as seen:
        sentences(scene)
    return len(seen)


def test_the_next_meetings_are_screened_and_the_others_are_said(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    an_item(scene.meeting, affected=[elm])
    more_meetings(scene, SCREENED + 1, elm)
    found = [each for each in sentences(scene) if "meeting" in each or "ruling for" in each]
    assert found[0].endswith("for 10 November 2026")
    assert sum("ruling for" in each for each in found) == SCREENED
    assert "2 more meetings have an agenda. Their flags stand on their own pages" in found


def test_a_meeting_without_an_agenda_is_no_more_work(scene):
    a_meeting(scene.committee, held_on=HELD_ON + timedelta(days=30))
    assert not [each for each in sentences(scene) if "more meeting" in each]


def test_a_year_of_meetings_takes_no_more_statements_than_the_next_ones(scene):
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    an_item(scene.meeting, affected=[elm])
    more_meetings(scene, SCREENED, elm)
    db.session.flush()
    before = statements(scene)
    more_meetings(scene, 8, elm)
    db.session.flush()
    assert statements(scene) <= before


def test_what_matters_soonest_comes_first(scene):
    day = HELD_ON
    days = (day - timedelta(days=60), day + timedelta(days=60), day - timedelta(days=30), day + timedelta(days=30))
    meetings = [scene.meeting, *(a_meeting(scene.committee, held_on=each) for each in days)]
    found = [each.held_on for each in by_nearness(meetings, date(2026, 11, 10))]
    assert found == [day, days[3], days[1], days[2], days[0]]


def test_a_vice_chair_is_told_only_of_the_flags_that_he_may_rule_on(scene):
    elm, oak = an_organisation("Elm Surgery"), an_organisation("Oak Surgery")
    a_declared_interest(scene.gp, elm)
    a_declared_interest(scene.chair, oak)
    an_item(scene.meeting, affected=[elm])

    def told(who, role):
        found = waiting_for(scene.actor(who, role), scene.body.id, at=PLANNED)
        return [each.sentence for each in found if "ruling for" in each.sentence]

    assert told("chair", Role.CHAIR) == ["1 flag needs a ruling for 10 November 2026"]
    assert told("vice", Role.LAY_MEMBER) == []
    an_item(scene.meeting, "Another contract", affected=[oak])
    assert told("vice", Role.LAY_MEMBER) == ["1 flag needs a ruling for 10 November 2026"]
    assert told("chair", Role.CHAIR) == ["1 flag needs a ruling for 10 November 2026"]
    assert "2 flags need a ruling for 10 November 2026" in sentences(scene)


def test_whoever_presided_is_told_of_a_ruling_dictated_by_them_chair_or_not(scene):
    elm = an_organisation("Elm Surgery")
    for who in ("gp", "chair"):
        a_declared_interest(scene.people[who], elm)
    item = an_item(scene.meeting, affected=[elm])
    details = RulingDetails(("A4",), "Own contract", scene.vice.id)
    conflicts.record_dictated_ruling(item, scene.gp.id, details, actor=scene.secretary, at=PLANNED)
    for who, role, is_told in (
        ("vice", Role.MEMBER, True),
        ("chair", Role.CHAIR, False),
        ("nurse", Role.MEMBER, False),
    ):
        found = [each.sentence for each in waiting_for(scene.actor(who, role), scene.body.id, at=PLANNED)]
        assert ("1 ruling recorded as you dictated, for you to confirm" in found) == is_told


def test_flags_on_an_item_that_a_ruling_keeps_from_somebody_are_not_counted_to_them(scene):
    elm = an_organisation("Elm Surgery")
    for who in ("gp", "other_gp", "nurse", "finance", "vice"):
        a_declared_interest(scene.people[who], elm)
    item = an_item(scene.meeting, "A merger", [elm], part=Part.PRIVATE, private_reason="In confidence")
    ruled(scene, item, "gp", "A3", "A4")
    told = {}
    for who in ("gp", "lay"):
        actor = scene.actor(who, Role.SECRETARY)
        waiting = [
            each.sentence for each in waiting_for(actor, scene.body.id, at=PLANNED) if "ruling for" in each.sentence
        ]
        told[who] = (waiting, progress_of(scene.meeting, scene.body, actor=actor, known_at=PLANNED))
    kept, whole = told["gp"], told["lay"]
    assert (kept[0], whole[0]) == ([], ["4 flags need a ruling for 10 November 2026"])
    assert (kept[1].waiting, kept[1].people_waiting, kept[1].unsettled, kept[1].items) == (0, 0, 0, 1)
    assert (whole[1].waiting, whole[1].people_waiting, whole[1].unsettled, whole[1].items) == (1, 4, 1, 1)
    assert (kept[1].inquorate, whole[1].inquorate) == ((), ("A merger",))
