"""Asking before a meeting and answering, on both databases: one mail for each person, and what is said prepares the meeting."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from coi import clock
from coi.audit.models import LedgerLeaf
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.commands import change_meeting
from coi.meetings.conflicts.beforehand import commands, queries
from coi.meetings.conflicts.beforehand.models import BeforehandLink, BeforehandRequest
from coi.meetings.conflicts.beforehand.rounds import ask_round
from coi.meetings.conflicts.beforehand.telling import TAKEN_BACK
from coi.meetings.conflicts.beforehand.vocabulary import ItemSaid, SaidDetails
from coi.meetings.conflicts.queries import conflicts_at, flags_of_item
from coi.meetings.conflicts.seats import committee_seats
from coi.meetings.conflicts.voices.vocabulary import Answer
from coi.meetings.deferral_commands import call_off
from coi.meetings.queries import agenda_of
from coi.meetings.vocabulary import Capacity, FlagAnswer, FlagSource, FlagState, MeetingDetails, Part
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.permissions.vocabulary import Actor, Grant, Role
from coi.registers.chasing.commands import change_plan
from coi.registers.chasing.vocabulary import PlanDetails
from tests.factories.meetings import (
    PLANNED,
    SYSTEM,
    a_declared_interest,
    a_scene,
    an_item,
    attending,
    opened,
    ruled,
)
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person

pytestmark = pytest.mark.usefixtures("app")
SITE = "https://coi.example"


@pytest.fixture
def scene(app):
    found = a_scene()
    for key in ("gp", "chair", "lay"):
        found.people[key].email = f"{key}@example.nhs.uk"
    return found


@pytest.fixture
def elm(app):
    return an_organisation("Elm Surgery")


def asked(scene, who="gp", at=PLANNED):
    return commands.ask_beforehand(
        scene.meeting, scene.people[who], scene.body, site=SITE, actor=scene.secretary, at=at
    )


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def says(scene, *items, who="gp", right=True, text="", at=PLANNED, link=None):
    details = SaidDetails(right, text, tuple(items))
    return commands.say_beforehand(scene.meeting, details, actor=scene.actor(who), at=at, link=link)


def test_each_person_is_asked_once_with_a_link_of_their_own(scene):
    before = count(LedgerLeaf)
    assert asked(scene) is not None
    assert asked(scene) is None
    (mail,) = db.session.scalars(sa.select(OutboxMessage))
    assert (mail.to_address, mail.secret.startswith(f"{SITE}/before-meeting/")) == ("gp@example.nhs.uk", True)
    assert (count(BeforehandRequest), count(BeforehandLink), count(LedgerLeaf) - before) == (1, 1, 1)


def test_nobody_is_asked_without_an_address_or_once_the_meeting_has_begun(scene):
    with pytest.raises(RuleBroken, match="no email address"):
        asked(scene, "nurse")
    opened(scene)
    with pytest.raises(RuleBroken, match="has begun"):
        asked(scene)
    assert count(BeforehandRequest) == 0


def test_an_interest_that_screening_found_is_answered_and_stays_flagged(scene, elm):
    interest = a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    said = ItemSaid(item.id, True, interest.id, "We hold the contract")
    says(scene, said)
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.answer, flag.answer_text, flag.state) == (
        FlagAnswer.AGREE, "We hold the contract", FlagState.SUGGESTED,
    )  # fmt: skip


def test_an_interest_that_nobody_flagged_is_told_to_the_chair_and_declared_nowhere(scene):
    item = an_item(scene.meeting)
    says(scene, ItemSaid(item.id, True, None, "My wife works for the bidder"))
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.source, flag.level_words, flag.state) == (
        FlagSource.RAISED, "Said before the meeting", FlagState.SUGGESTED,
    )  # fmt: skip
    assert flag.why == "Dr Fay Fenn → My wife works for the bidder → item 7"
    assert flag.declared is None
    says(scene, ItemSaid(item.id, True, None, "My wife works for the bidder"))
    assert len(flags_of_item(item, known_at=PLANNED)) == 1


def test_a_flag_from_before_the_meeting_follows_the_last_answer_until_somebody_disposes_of_it(scene, elm):
    item = an_item(scene.meeting)
    for text in ("My wife works for the bidder", "my wife works for the bidder.", "My wife left the bidder in May"):
        says(scene, ItemSaid(item.id, True, None, text))
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert flag.why == "Dr Fay Fenn → My wife left the bidder in May → item 7"
    says(scene, ItemSaid(item.id, False))
    (flag,) = flags_of_item(item, known_at=PLANNED)
    assert (flag.is_live, flag.reason) == (False, TAKEN_BACK)
    says(scene, ItemSaid(item.id, True, None, "Shares"))
    ruled(scene, item, "gp", "A3", "A4")
    says(scene, ItemSaid(item.id, False))
    assert [flag.path[1] for flag in flags_of_item(item, known_at=PLANNED) if flag.is_live] == ["Shares"]


def test_what_screening_found_stays_and_is_no_longer_called_right_where_the_person_names_it_no_more(scene, elm):
    interest = a_declared_interest(scene.gp, elm)
    item = an_item(scene.meeting, affected=[elm])
    says(scene, ItemSaid(item.id, True, None, "We hold the contract"))
    says(scene, ItemSaid(item.id, True, interest.id, "We hold it"))
    (flag,) = [flag for flag in flags_of_item(item, known_at=PLANNED) if flag.is_live]
    assert (flag.source, flag.answer) == (FlagSource.SCREENING, FlagAnswer.AGREE)
    says(scene, ItemSaid(item.id, False))
    (flag,) = [flag for flag in flags_of_item(item, known_at=PLANNED) if flag.is_live]
    assert (flag.source, flag.answer, flag.answer_text) == (FlagSource.SCREENING, None, "")


def test_the_last_answer_counts_and_none_is_erased(scene):
    item = an_item(scene.meeting)
    says(scene, ItemSaid(item.id, False))
    says(scene, ItemSaid(item.id, False), right=False, text="I left Elm Surgery")
    said = queries.said_before(scene.meeting.id)[scene.gp.id]
    assert (said.is_register_right, said.register_text) == (False, "I left Elm Surgery")
    assert queries.counts_of(scene.meeting.id) == (0, 1)


def test_a_link_answers_once(scene):
    asked(scene)
    link = db.session.scalars(sa.select(BeforehandLink)).one()
    says(scene, link=link)
    assert db.session.scalars(sa.select(OutboxMessage.secret)).one() is None
    with pytest.raises(RuleBroken, match="answered already"):
        says(scene, link=link)


def test_who_takes_no_part_says_nothing_and_nobody_once_it_has_begun(scene):
    stranger = Actor("Ms Ona Ott", None, a_person("Ms Ona Ott").id, (Grant(Role.DECLARANT, scene.body.id),))
    details = SaidDetails(True, "", ())
    with pytest.raises(NotFound):
        commands.say_beforehand(scene.meeting, details, actor=stranger, at=PLANNED)
    opened(scene)
    with pytest.raises(RuleBroken, match="has begun"):
        says(scene)


def shown_to(scene, actor):
    items = agenda_of(scene.meeting)
    conflicts = conflicts_at(scene.meeting, known_at=PLANNED, items=items)
    return {item.title for item in queries.items_to_ask_about(scene.meeting, actor, items, conflicts)}


def test_a_guest_is_asked_about_public_items_and_a_member_about_private_ones_that_no_ruling_keeps_from_them(scene, elm):
    an_item(scene.meeting, "Public business")
    a_declared_interest(scene.gp, elm)
    private = an_item(scene.meeting, "A secret merger", [elm], part=Part.PRIVATE, private_reason="In confidence")
    guest = a_person("Mx Gus Guest")
    attending(scene, guest, at=PLANNED)
    by_link = Actor("Mx Gus Guest", None, guest.id, (Grant(Role.DECLARANT, scene.body.id),), "link")
    assert shown_to(scene, by_link) == {"Public business"}
    assert shown_to(scene, scene.actor("nurse")) == {"Public business", "A secret merger"}
    ruled(scene, private, "gp", "A3", "A4")
    assert shown_to(scene, scene.actor("gp")) == {"Public business"}
    with pytest.raises(NotFound):
        says(scene, ItemSaid(private.id, True, None, "My practice"))


def test_a_round_asks_everybody_who_can_be_reached_when_the_time_has_come_and_nobody_twice(scene):
    an_item(scene.meeting)
    db.session.commit()
    assert ask_round(site=SITE, actor=SYSTEM, at=PLANNED) == 0
    change_plan(scene.body, PlanDetails(meeting_days=7), seen=0, actor=SYSTEM, at=PLANNED)
    db.session.commit()
    assert ask_round(site=SITE, actor=SYSTEM, at=PLANNED) == 0  # eight days before
    later = PLANNED.replace(day=4)
    expected = queries.expected_at(scene.meeting.id, conflicts_at(scene.meeting, known_at=later))
    reached = sum(bool(one.email) for one in expected)
    assert ask_round(site=SITE, actor=SYSTEM, at=later) == reached
    assert ask_round(site=SITE, actor=SYSTEM, at=later) == 0
    assert count(BeforehandRequest) == reached


def mail_and_link():
    db.session.expire_all()
    return db.session.scalars(sa.select(OutboxMessage)).one(), db.session.scalars(sa.select(BeforehandLink)).one()


def test_who_answers_with_their_account_gets_no_mail_with_a_dead_link_and_leaves_none_that_works(scene):
    asked(scene)
    says(scene)
    mail, link = mail_and_link()
    assert (mail.status, mail.secret, link.used_at) == (MessageStatus.CANCELLED, None, PLANNED)
    with pytest.raises(RuleBroken, match="answered already"):
        says(scene, link=link)
    says(scene)


def test_calling_a_meeting_off_cancels_the_mails_that_wait_to_ask_before_it(scene):
    asked(scene)
    call_off(scene.meeting, "Snow", actor=scene.secretary, at=PLANNED)
    mail, _link = mail_and_link()
    assert (mail.status, mail.secret) == (MessageStatus.CANCELLED, None)
    conflicts = conflicts_at(scene.meeting, known_at=PLANNED, items=[])
    assert not any(each.waits_to_be_sent for each in queries.expected_at(scene.meeting.id, conflicts))


@pytest.mark.parametrize("days", [21, -2])
def test_a_link_works_until_the_day_to_which_the_meeting_was_moved(scene, days):
    asked(scene)
    on = scene.meeting.held_on + timedelta(days=days)
    moved = MeetingDetails(on, scene.meeting.starts_at, scene.meeting.venue, scene.meeting.title)
    change_meeting(scene.meeting, moved, actor=scene.secretary, at=PLANNED)
    _mail, link = mail_and_link()
    assert link.expires_at == clock.end_of_day(on)
    says(scene, link=link, at=clock.end_of_day(on) - timedelta(hours=9))


def test_whoever_comes_after_all_takes_their_seat_back_from_their_deputy():
    scene = a_scene(deputies_allowed=True)
    deputy, gp = a_person("Dr Una Bright"), scene.gp
    attending(scene, deputy, Capacity.DEPUTY, deputy_for=gp, at=PLANNED)
    for coming, there in ((Answer.APOLOGIES, deputy), (Answer.REMOTE, gp)):
        details = SaidDetails(True, "", (), coming, "Dr Una Bright")
        commands.say_beforehand(scene.meeting, details, actor=scene.actor("gp"), at=PLANNED)
        (committee,) = committee_seats(scene.meeting).values()
        assert {str(gp.id), str(deputy.id)} & committee.expected == {str(there.id)}
        assert bool(queries.deputies_named(scene.meeting.id)) is (there is deputy)
