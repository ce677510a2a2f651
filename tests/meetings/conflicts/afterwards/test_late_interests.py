"""An interest that comes onto the register late is compared with what was decided, and a person judges what comes of it."""

from datetime import date

import pytest
import sqlalchemy as sa

from coi.assurance.ledger_queries import page_of
from coi.audit.models import LedgerLeaf, LedgerPayload
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.handlers import job_handlers
from coi.jobs.models import Job
from coi.jobs.vocabulary import JobContext
from coi.meetings.conflicts import commands as conflicts
from coi.meetings.conflicts.afterwards import commands, queries
from coi.meetings.conflicts.afterwards.models import PossibleBreach
from coi.meetings.conflicts.afterwards.vocabulary import Judgement
from coi.meetings.conflicts.flag_commands import dismiss_flag
from coi.meetings.conflicts.models import ConflictFlag
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.proceedings import decision_commands as decisions
from coi.meetings.recorded_vocabulary import DecisionDetails, MeetingDeclarationDetails
from coi.meetings.vocabulary import DeclaredPoint, FlagAnswer, Outcome, PresenceKind
from coi.permissions.vocabulary import Role
from coi.registers.breaches.models import Breach
from coi.registers.interests import commands as registers
from coi.registers.interests.review_commands import match_organisation
from coi.registers.interests.vocabulary import InterestRole
from tests.factories.accounts import account_with
from tests.factories.interests import details_of
from tests.factories.meetings import SYSTEM, a_declared_interest, an_item, minutes, moved, opened, ruled
from tests.factories.organisations import an_organisation
from tests.factories.people import a_person

LATER = minutes(60 * 24 * 30)
CORRECTED = minutes(60 * 24 * 32)


@pytest.fixture
def elm(scene):
    return an_organisation("Elm Surgery")


@pytest.fixture
def item(scene, elm):
    return an_item(scene.meeting, "Extension of the lease", [elm])


def decided(scene, item, *before):
    """The item is decided with everybody in the room."""
    opened(scene)
    for each in before:
        each()
    return decisions.take_decision(
        item, DecisionDetails(Outcome.APPROVED, "Agreed"), actor=scene.secretary, at=minutes(20)
    )


def late(scene, elm, **said):
    """Dr Fenn declares a month later what has run for years, and the job that this asks for runs."""
    interest = a_declared_interest(scene.gp, elm, at=LATER, **said)
    return interest, commands.screen_afterwards(interest, actor=SYSTEM, at=LATER)


def judges(scene, who, role):
    """Somebody with a role for the whole body, as an actor."""
    person = scene.people.setdefault(who, a_person(who.title()))
    account_with(person.id, f"{who}@example.nhs.uk", [role], scene.body.id)
    return scene.actor(who, role)


def test_a_late_interest_opens_a_possible_breach_with_what_came_to_light(scene, elm, item):
    decided(scene, item)
    interest, found = late(scene, elm)
    assert [each.person_id for each in found] == [scene.gp.id]
    what = found[0].what
    assert f"Dr Fay Fenn declared on 10 December 2026 ({interest.reference}): Partner, since 1 April 2019." in what
    assert "On 10 November 2026 they were in the meeting when it decided on item" in what
    assert "partner at Elm Surgery" in what
    assert not db.session.scalars(sa.select(ConflictFlag).where(ConflictFlag.item_id == item.id)).all()


def test_declaring_asks_for_it_and_the_job_opens_it_once(app, scene, elm, item):
    decided(scene, item)
    a_declared_interest(scene.gp, elm, at=LATER)
    job = db.session.scalars(sa.select(Job).where(Job.kind == "meetings.afterwards").order_by(Job.id)).all()[-1]
    for _ in range(2):
        job_handlers(app.config["COI"])["meetings.afterwards"](
            job.payload, JobContext(job.id, None, 1, 5, LATER, lambda *_: None, lambda: SYSTEM)
        )
    assert len(db.session.scalars(sa.select(PossibleBreach)).all()) == 1


@pytest.mark.parametrize(
    "said", [{"arose_on": date(2026, 11, 20)}, {"arose_on": date(2019, 4, 1), "ended_on": date(2026, 9, 1)}]
)
def test_what_did_not_run_on_the_day_is_no_question(scene, elm, item, said):
    decided(scene, item)
    assert late(scene, elm, **said)[1] == []


def test_whoever_was_out_of_the_room_took_no_part(scene, elm, item):
    decided(scene, item, lambda: moved(scene, "gp", PresenceKind.LEFT, minutes(10)))
    assert late(scene, elm)[1] == []


def test_what_the_register_knew_and_the_chair_ruled_on_is_no_question(scene, elm, item):
    a_declared_interest(scene.gp, elm)
    decided(
        scene,
        item,
        lambda: ruled(scene, item, "gp", "A6", rationale="Ten shares of ten thousand", guardian=True, at=minutes(5)),
    )
    assert late(scene, elm)[1] == []


@pytest.mark.parametrize(
    ("text", "is_about_item", "number"),
    [("A lease", True, 0), ("I own part of Elm", False, 1), ("My partner is at the Elmwood surgery", False, 1),
     ("Partner in Elm Surgery, Larch Street", False, 1), ("My wife is a partner, and holds shares", False, 1)],
)  # fmt: skip
def test_what_was_declared_about_the_item_was_known(scene, elm, item, text, is_about_item, number):
    def declared():
        details = MeetingDeclarationDetails(
            scene.gp.id, DeclaredPoint.START, text, item.id if is_about_item else None, at=minutes(2)
        )
        conflicts.declare_at_meeting(scene.meeting, details, actor=scene.secretary, at=minutes(2))
        if is_about_item:
            ruled(scene, item, "gp", "A6", rationale="Ten shares of ten thousand", guardian=True, at=minutes(5))

    decided(scene, item, declared)
    assert len(late(scene, elm)[1]) == number


@pytest.mark.parametrize(("is_dismissed", "number"), [(True, 1), (False, 0)])
def test_a_flag_that_was_dismissed_tells_of_no_other_interest(scene, elm, item, is_dismissed, number):
    a_declared_interest(scene.gp, elm, nature="Landlord of the building")

    def disposed():
        if not is_dismissed:
            ruled(scene, item, "gp", "A6", rationale="Ten shares of ten thousand", guardian=True, at=minutes(5))
            return
        (conflict,) = conflicts_at(scene.meeting, items=[item], known_at=minutes(3)).conflicts(item.id)
        dismiss_flag(
            item,
            conflict.flags[0],
            "Not me",
            actor=scene.actor("chair", Role.CHAIR),
            at=minutes(3),
            guardian_consulted=True,
            ground=FlagAnswer.NOT_ME,
        )

    decided(scene, item, disposed)
    assert len(late(scene, elm)[1]) == number


def test_a_stronger_interest_than_the_one_that_was_ruled_on_is_a_question(scene, elm, item):
    known = a_declared_interest(scene.gp, elm, InterestRole.SALARIED_GP)
    decided(
        scene,
        item,
        lambda: ruled(scene, item, "gp", "A6", rationale="Ten shares of ten thousand", guardian=True, at=minutes(5)),
    )
    details = details_of(elm, arose_on=date(2019, 4, 1))
    registers.change_interest(known, details, version=1, actor=SYSTEM, at=LATER)
    assert len(commands.screen_afterwards(known, actor=SYSTEM, at=LATER)) == 1


def test_words_that_are_matched_later_speak_for_the_person(scene, elm, item):
    interest = a_declared_interest(scene.gp, "My own practice")
    decided(scene, item)
    match_organisation(interest.versions[-1].organisations[0], elm.id, actor=SYSTEM, at=LATER)
    (found,) = commands.screen_afterwards(interest, actor=SYSTEM, at=LATER)
    assert "The register had this interest then" in found.what


def test_one_row_for_each_person_and_item_and_another_interest_opens_it_again(scene, elm, item):
    decided(scene, item)
    _, (row,) = late(scene, elm)
    lead = judges(scene, "lead", Role.GOVERNANCE_LEAD)
    read = row.mark
    commands.find_no_breach(row, "The chair knew", seen=read, actor=lead, at=LATER)
    again, opened_again = late(scene, elm, nature="Landlord of the building")
    assert opened_again == [row]
    assert (row.state, len(row.interests), row.reason) == (Judgement.OPEN, 2, "The chair knew")
    with pytest.raises(EditConflict):
        commands.find_no_breach(row, "Nothing new", seen=read, actor=lead, at=LATER)
    assert commands.screen_afterwards(again, actor=SYSTEM, at=LATER) == []


def test_a_correction_opens_what_was_judged_again_and_says_what_changed(scene, elm, item):
    decided(scene, item)
    interest, (row,) = late(scene, elm, role=InterestRole.EMPLOYEE, nature="Employee")
    lead, read = judges(scene, "lead", Role.GOVERNANCE_LEAD), row.mark
    commands.find_no_breach(row, "The chair knew", seen=read, actor=lead, at=LATER)
    details = details_of(
        elm, role=InterestRole.EMPLOYEE, nature="Employee", arose_on=date(2019, 4, 1), ended_on=LATER.date()
    )
    registers.change_interest(interest, details, version=1, actor=SYSTEM, at=CORRECTED)
    assert commands.screen_afterwards(interest, actor=SYSTEM, at=CORRECTED) == []  # that it ended since is no news
    details = details_of(elm, nature="Partner", arose_on=date(2019, 4, 1))
    registers.change_interest(interest, details, version=2, actor=SYSTEM, at=CORRECTED)
    assert commands.screen_afterwards(interest, actor=SYSTEM, at=CORRECTED) == [row]
    assert (row.state, row.reason, len(row.interests)) == (Judgement.OPEN, "The chair knew", 1)
    assert "What it is: Partner (before: Employee)" in row.what
    assert row.interests[0].interest_version_id == interest.versions[-1].id
    with pytest.raises(EditConflict):
        commands.find_no_breach(row, "Nothing new", seen=read, actor=lead, at=CORRECTED)
    assert commands.screen_afterwards(interest, actor=SYSTEM, at=CORRECTED) == []


def entries():
    return db.session.scalars(sa.select(LedgerLeaf.seq).order_by(LedgerLeaf.seq)).all()


def payloads_of(seq):
    return db.session.scalars(sa.select(LedgerPayload).where(LedgerPayload.seq == seq)).all()


def test_whom_it_is_about_sees_nothing_and_a_guardian_does_not_judge_themself(scene, elm, item):
    decided(scene, item)
    guardian, lead = judges(scene, "gp", Role.GUARDIAN), judges(scene, "lead", Role.GOVERNANCE_LEAD)
    other = judges(scene, "warden", Role.GUARDIAN)
    late(scene, elm)
    seen = {who: len(queries.seen_by(who, scene.body.id, LATER.date())) for who in (guardian, lead, other)}
    assert seen == {guardian: 0, lead: 1, other: 1}
    assert queries.seen_by(scene.actor("chair", Role.CHAIR), scene.body.id, LATER.date()) == []


def test_the_ledger_shows_it_to_whoever_judges_it_alone(scene, elm, item):
    decided(scene, item)
    about, other = judges(scene, "gp", Role.GUARDIAN), judges(scene, "warden", Role.GUARDIAN)
    auditor = judges(scene, "auditor", Role.AUDITOR)
    late(scene, elm)
    seen = {who: tables_in_ledger(scene, who) for who in (about, other, auditor)}
    assert [("possible_breach" in tables) for tables in seen.values()] == [False, True, False]


def tables_in_ledger(scene, who):
    """What the newest entries that somebody reads are about."""
    return {line.entry.subject_table for line in page_of(scene.body.id, actor=who).lines}


def test_reporting_opens_a_suspected_breach_without_a_reporter(scene, elm, item):
    decided(scene, item)
    _, (row,) = late(scene, elm)
    guardian, before = judges(scene, "warden", Role.GUARDIAN), entries()
    breach = commands.report_possible_breach(row, seen=row.mark, actor=guardian, at=LATER)
    (entry,) = entries()[len(before) :]
    assert {each.subject_table for each in payloads_of(entry)} >= {"breach", "possible_breach"}
    assert (breach.what, breach.reports, [each.person_id for each in breach.people]) == (row.what, [], [scene.gp.id])
    with pytest.raises(RuleBroken):
        commands.report_possible_breach(row, seen=row.mark, actor=scene.secretary, at=LATER)
    assert db.session.scalars(sa.select(Breach)).all() == [breach]


def test_the_guardian_judges_on_a_page_that_the_gp_never_finds(stage):
    scene = stage.scene
    elm = an_organisation("Elm Surgery")
    decided(scene, an_item(scene.meeting, "Extension of the lease", [elm]))
    judges(scene, "warden", Role.GUARDIAN)
    _, (row,) = late(scene, elm)
    stage.at(LATER)
    where = stage.url(f"meetings/afterwards/{row.id}")
    home = stage.as_("warden").get(stage.url(""))
    assert "1 possible breach to judge" in home.text
    assert "Dr Fay Fenn" in stage.client.get(stage.url("meetings/afterwards/")).text
    form = stage.client.get(where)
    data = {**form.form_fields(), "judgement": "no_breach", "reason": ""}
    assert "Enter why it is not a breach" in stage.client.post(where, data).text
    assert "Something came to it" in stage.client.post(where, {**data, "judgement": "reported", "seen": "1"}).text
    page = stage.client.post(where, {**data, "judgement": "reported"})
    assert "Dr Fay Fenn declared on" in page.text
    assert stage.as_("gp").get(where).status_code == 404
