"""What an earlier item of a matter tells reaches nobody who may not read that item; it still counts."""

from datetime import date

import pytest

from coi.errors import NotFound, RuleBroken
from coi.meetings import commands as planning
from coi.meetings.conflicts.queries import conflicts_at, flag_key, flag_of
from coi.meetings.conflicts.voices.roster_queries import candidates_for
from coi.meetings.forms import KEEP_MATTER
from coi.meetings.matters.commands import record_part, withdraw_part
from coi.meetings.matters.queries import part_of
from coi.meetings.matters.vocabulary import PartDetails, PartKind
from coi.meetings.minutes.queries import Recorded
from coi.meetings.proceedings.decision_commands import take_decision
from coi.meetings.recorded_vocabulary import DecisionDetails
from coi.meetings.vocabulary import AffectedRelation, ItemDetails, Outcome, Part, Purpose
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.screening.vocabulary import KEPT_EARLIER
from tests.factories.clinicians import a_clinician
from tests.factories.committees import a_committee
from tests.factories.meetings import (
    PLANNED,
    a_declared_interest,
    a_meeting,
    an_item,
    minutes,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person
from tests.meetings.conftest import Stage

LATER = date(2026, 12, 8)
SECRET = "Grove Bidders Ltd"


@pytest.fixture
def private(stage: Stage):
    """A private item whose bidder, author and declaration nobody knows who may not read it."""
    scene = stage.scene
    bidder = an_organisation(SECRET)
    a_declared_interest(scene.other_gp, bidder)
    item = an_item(
        scene.meeting,
        "Bids opened",
        [bidder],
        relation=AffectedRelation.BIDDER,
        part=Part.PRIVATE,
        private_reason="Bids",
    )
    record(scene, item, scene.gp, PartKind.DECLARED, "shares a hidden office")
    record(scene, item, scene.other_gp, PartKind.WROTE, "the hidden paper")
    return item


def record(scene, item, person, kind, text):
    return record_part(item, PartDetails(person.id, kind, text), actor=scene.secretary, at=PLANNED)


def continued(scene, earlier, committee=None):
    meeting = a_meeting(committee or scene.committee, held_on=LATER)
    details = ItemDetails("Public award", Purpose.DECIDE, continues=earlier.id)
    return planning.add_item(meeting, details, actor=scene.secretary, at=PLANNED)


def told(found, item):
    return str((found.before.get(item.id), [(each.path, each.others) for each in found.flags[item.id]]))


def tells_nothing(text):
    return not any(word in text for word in (SECRET, "hidden"))


def test_whoever_a_ruling_keeps_from_an_earlier_private_item_reads_nothing_of_it_and_others_do(stage: Stage, private):
    scene = stage.scene
    ruled(scene, private, "nurse", "A4")
    award = continued(scene, private)
    for_nurse = conflicts_at(award.meeting, known_at=PLANNED, reader=scene.actor("nurse", Role.MEMBER))
    assert tells_nothing(told(for_nurse, award))
    assert {each.path[1] for each in for_nurse.flags[award.id]} == {KEPT_EARLIER}
    for_chair = conflicts_at(award.meeting, known_at=PLANNED, reader=scene.actor("chair", Role.CHAIR))
    assert all(word in told(for_chair, award) for word in (SECRET, "hidden office", "hidden paper"))
    for path in (
        f"items/{award.id}/",
        *(f"meetings/{award.meeting_id}/{each}" for each in ("agenda", "conflicts/", "grid")),
    ):
        assert tells_nothing(stage.as_("nurse").get(stage.url(path)).text), path
    assert "hidden office" in stage.as_("chair").get(stage.url(f"meetings/{award.meeting_id}/conflicts/")).text


def test_what_is_stored_tells_nothing_of_a_private_item_and_is_the_same_flag(stage: Stage, private):
    award = continued(stage.scene, private)
    chair = stage.scene.actor("chair", Role.CHAIR)
    for flag in conflicts_at(award.meeting, known_at=PLANNED, reader=chair).flags[award.id]:
        stored = flag_of(award, flag_key(flag), known_at=PLANNED)
        assert stored.path[1:] == (KEPT_EARLIER,) and stored.level == flag.level
        assert tells_nothing(stored.path[0])


def test_another_committee_reads_nothing_of_an_item_that_it_may_not_read_but_everybody_their_own_words(stage: Stage):
    scene = stage.scene
    item = an_item(scene.meeting, "New building")
    record(scene, item, scene.gp, PartKind.DECLARED, "shares a hidden office")
    group = a_committee(scene.body, name="Estates sub-group", prefix="ESG")
    award = continued(scene, item, group)
    grant = frozenset({Grant(Role.MEMBER, scene.body.id, group.id)})
    stranger = Actor("Ms New", None, scene.nurse.id, grant)
    assert tells_nothing(told(conflicts_at(award.meeting, known_at=PLANNED, reader=stranger), award))
    own = conflicts_at(award.meeting, known_at=PLANNED, reader=Actor("Dr Fenn", None, scene.gp.id, grant))
    assert "hidden office" in told(own, award)


def test_the_public_copy_keeps_back_who_bid_earlier_in_the_matter():
    class Row:
        rule_ids, relation, interest_version_id = (), "indirect", None

    for path in (["Dr A", "partner at B", "bidder earlier in the matter of item 3"], ["Dr A", KEPT_EARLIER]):
        row = Row()
        row.path = path
        assert Recorded().keeps_back(row)
    row.path = ["Dr A", "partner at B", "bidder in item 3"]
    assert not Recorded().keeps_back(row)


def test_the_roster_compares_with_earlier_bidders_too(stage: Stage):
    scene = stage.scene
    bidder = an_organisation("Elm Surgery")
    bids = an_item(scene.meeting, "Bids", [bidder], relation=AffectedRelation.BIDDER)
    award = continued(scene, bids)
    expert = a_person("Dr Una Bright")
    a_clinician(scene.body, expert)
    a_declared_interest(expert, bidder)
    (found,) = candidates_for(award.meeting, [award], known_at=PLANNED)[award.id]
    assert not found.is_free and "bidder earlier" in found.whys[0]


def test_an_item_stays_with_its_matter_when_its_words_change_and_none_of_it_is_offered(stage: Stage, private):
    scene = stage.scene
    award = continued(scene, private)
    ruled(scene, private, "scribe", "A4")
    page = stage.as_("scribe").get(stage.url(f"items/{award.id}/edit"))
    assert "Keep: the matter it belongs to" in page.text and "Bids opened" not in page.text
    matter = award.matter_id
    sent = {
        "title": "Public award, second", "purpose": "decide", "class_scope": "none", "part": "public",
        "version": str(award.version), "continues": str(KEEP_MATTER),
    }  # fmt: skip
    stage.as_("scribe").post(stage.url(f"items/{award.id}/edit"), sent)
    assert (award.title, award.matter_id) == ("Public award, second", matter)
    stage.as_("scribe").post(
        stage.url(f"items/{award.id}/edit"), {**sent, "version": str(award.version), "continues": ""}
    )
    assert award.matter_id is None


def test_only_an_item_that_the_actor_may_read_is_continued(stage: Stage, private):
    scene = stage.scene
    ruled(scene, private, "scribe", "A4")
    meeting = a_meeting(scene.committee, held_on=LATER)
    details = ItemDetails("Award", Purpose.DECIDE, continues=private.id)
    with pytest.raises(NotFound):
        planning.add_item(meeting, details, actor=scene.actor("scribe", Role.SECRETARY), at=PLANNED)


def test_a_secretary_withdraws_only_what_was_entered_on_an_agenda_of_theirs(stage: Stage):
    scene = stage.scene
    first = an_item(scene.meeting, "New building")
    part = record(scene, first, scene.gp, PartKind.WROTE, "the case")
    group = a_committee(scene.body, name="Estates sub-group", prefix="ESG")
    award = continued(scene, first, group)
    theirs = Actor("Mx Pen", None, scene.nurse.id, frozenset({Grant(Role.SECRETARY, scene.body.id, group.id)}))
    with pytest.raises(NotFound):
        part_of(part.id, award, actor=theirs)
    assert part_of(part.id, award, actor=scene.secretary) is part


def test_earlier_work_on_a_settled_item_stays_as_it_is(stage: Stage):
    scene = stage.scene
    item = an_item(scene.meeting, "New building")
    part = record(scene, item, scene.nurse, PartKind.WROTE, "the case")
    opened(scene)
    take_decision(item, DecisionDetails(Outcome.APPROVED, "Agreed"), actor=scene.secretary, at=minutes(9))
    for act in (
        lambda: record(scene, item, scene.nurse, PartKind.WROTE, "more"),
        lambda: withdraw_part(part, item, actor=scene.secretary, at=minutes(10)),
    ):
        with pytest.raises(RuleBroken, match="settled"):
            act()


def test_the_day_of_earlier_work_is_compared_with_the_day_here(stage: Stage):
    scene = stage.scene
    item = an_item(scene.meeting, "New building")
    late = PLANNED.replace(year=2026, month=6, day=30, hour=23, minute=30)  # in London, the first of July
    details = PartDetails(scene.gp.id, PartKind.WROTE, "the case", "", date(2026, 7, 1))
    assert record_part(item, details, actor=scene.secretary, at=late).done_on == date(2026, 7, 1)


def test_what_somebody_declared_twice_is_said_once_with_their_name(stage: Stage):
    scene = stage.scene
    elm = an_organisation("Elm Surgery")
    a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, "New building", [elm])
    for text in ("a room", "a share"):
        record(scene, item, scene.gp, PartKind.DECLARED, text)
    paths = [each.path[0] for each in conflicts_at(scene.meeting, known_at=PLANNED, items=[item]).flags[item.id]]
    assert "Dr Fay Fenn, who declared an interest in it before" in paths
