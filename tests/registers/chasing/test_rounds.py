"""Rounds of reminders on both databases: one mail for each person, never twice, never missed, whatever breaks off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from coi import clock
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.notifications.commands import deliver_again, deliver_what_waits
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import system_actor
from coi.registers import absence_commands
from coi.registers.chasing import commands, queries
from coi.registers.chasing.models import Reminder
from coi.registers.chasing.rounds import send_round
from coi.registers.chasing.vocabulary import PlanDetails
from tests.factories.committees import a_committee, a_member
from tests.factories.interests import a_nil_return
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.support.client import StrictClient

AT = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")
ON = PlanDetails(is_on=True)
SITE = "https://coi.example"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def body(app: Flask) -> Body:
    made = a_body()
    commands.change_plan(made, ON, seen=0, actor=SYSTEM, at=AT)
    return made


def owing(body: Body, name: str = "Dr Missing One", email: str = "one@practice.example") -> Person:
    person = a_person(name, email=email)
    an_appointment(person, body, "Clinical lead", valid_from=date(2026, 10, 1))
    return person


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.to_address)))


def a_round(at: datetime = AT) -> list[str]:
    db.session.commit()
    return [each.name for each in send_round(site=SITE, actor=SYSTEM, at=at).reminded]


def test_whoever_is_due_gets_one_mail_with_a_link_and_a_second_round_sends_none(body: Body) -> None:
    owing(body)
    assert a_round() == ["Dr Missing One"]
    assert a_round() == []
    (mail,) = mails()
    assert mail.subject == "Your declaration of interests for NHS Mid Marsh ICB"
    assert (
        "- NHS Mid Marsh ICB (Clinical lead): started 1 October 2026, first declaration due 29 October 2026"
        in mail.text
    )
    assert f"{SITE}/declare/" in mail.text
    assert mail.secret is not None
    assert mail.secret in mail.text


def test_one_mail_lists_what_is_owed_at_every_body(body: Body) -> None:
    person = owing(body)
    other = a_body("NHS Far Fell ICB", "far-fell")
    commands.change_plan(other, ON, seen=0, actor=SYSTEM, at=AT)
    a_member(a_committee(other, "Fell Committee", "FELL"), person, valid_from=date(2026, 10, 1))
    a_round()
    (mail,) = mails()
    assert "NHS Mid Marsh ICB (Clinical lead)" in mail.text
    assert "NHS Far Fell ICB (Fell Committee)" in mail.text


def test_nobody_is_reminded_who_is_away_has_declared_has_no_address_or_just_started(body: Body) -> None:
    away, declared = owing(body, "Dr Away Two", "two@x.example"), owing(body, "Dr Done Three", "three@x.example")
    absence_commands.enter_absence([away], body.id, date(2026, 10, 20), None, actor=SYSTEM, at=AT)
    a_nil_return(declared, at=AT)
    owing(body, "Dr Silent Four", "")
    new = a_person("Dr New Five", email="five@x.example")
    an_appointment(new, body, valid_from=date(2026, 11, 5))
    assert a_round() == []


def test_a_body_that_did_not_ask_for_it_sends_nothing(body: Body) -> None:
    owing(body)
    commands.change_plan(body, PlanDetails(is_on=False), seen=1, actor=SYSTEM, at=AT)
    assert a_round() == []


def test_a_round_that_is_broken_off_goes_on_where_it_was(body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        owing(body, f"Dr Missing N{number}", f"n{number}@x.example")
    db.session.commit()
    remind, done = commands.remind, []

    def dies(due, **others):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(due)
        return remind(due, **others)

    monkeypatch.setattr(commands, "remind", dies)
    with pytest.raises(KeyboardInterrupt):
        a_round()
    db.session.rollback()
    monkeypatch.setattr(commands, "remind", remind)
    assert len(mails()) == 2
    assert a_round() == ["Dr Missing N2", "Dr Missing N3", "Dr Missing N4"]
    assert [mail.to_address for mail in mails()] == [f"n{number}@x.example" for number in range(5)]


def test_two_rounds_at_once_remind_nobody_twice(body: Body) -> None:
    owing(body)
    planned = queries.due_now(AT)
    assert a_round() == ["Dr Missing One"]
    assert commands.remind(planned[0], site=SITE, actor=SYSTEM, at=AT) is None
    assert len(mails()) == 1


def test_after_two_weeks_the_next_step_comes_and_a_sender_who_was_away_sends_one_mail_only(body: Body) -> None:
    owing(body)
    a_round(AT)  # twelve days late: the step of the first day
    a_round(AT + timedelta(days=1))
    assert len(mails()) == 1
    a_round(AT + timedelta(days=40))  # the steps of 14 and 28 days are both past
    assert [each.step for each in db.session.scalars(sa.select(Reminder).order_by(Reminder.sent_at))] == [1, 28]
    assert a_round(AT + timedelta(days=200)) == []


def test_whoever_was_reminded_by_hand_is_left_alone_for_some_days(body: Body) -> None:
    person = owing(body)
    (due,) = queries.due_by_hand([person.id], body, AT)
    commands.remind(due, site=SITE, actor=SYSTEM, at=AT)
    assert a_round(AT + timedelta(days=1)) == []
    assert a_round(AT + timedelta(days=3)) == ["Dr Missing One"]


def test_somebody_who_cannot_be_reminded_stops_nobody_else(body: Body) -> None:
    owing(body, "Dr Bad Address", "no address at all")
    owing(body, "Dr Good Two", "two@x.example")
    db.session.commit()
    done = send_round(site=SITE, actor=SYSTEM, at=AT)
    assert [each.name for each in done.reminded] == ["Dr Good Two"]
    assert [(each.name, "email address" in reason) for each, reason in done.refused] == [("Dr Bad Address", True)]


def test_the_plan_keeps_every_version_and_tells_the_second_editor(body: Body) -> None:
    with pytest.raises(EditConflict):
        commands.change_plan(body, PlanDetails(), seen=0, actor=SYSTEM, at=AT)
    commands.change_plan(body, PlanDetails(subject="New"), seen=1, actor=SYSTEM, at=AT)
    assert [each.number for each in queries.plan_versions(body.id)] == [2, 1]
    with pytest.raises(RuleBroken):
        commands.change_plan(body, PlanDetails(text="Nothing"), seen=2, actor=SYSTEM, at=AT)


PLAN = {
    "is_on": "yes",
    "days_before": "14, 3",
    "days_after": "1",
    "subject": "Hello {name}",
    "text": "{owed}\n{link}",
    "seen": "1",
}


def test_the_secretary_reminds_the_people_who_are_ticked_and_sees_what_was_sent(
    body: Body, secretary: StrictClient
) -> None:
    first, second = owing(body), owing(body, "Dr Missing Two", "two@x.example")
    page = secretary.get(f"/mid-marsh/registers/reminders/send?people={second.id}")
    assert [each["value"] for each in page.soup.select("input[name=people][checked]")] == [str(second.id)]
    page = secretary.post("/mid-marsh/registers/reminders/send", {"people": [str(second.id)]}, queries=60)
    assert "1 reminder is waiting to be sent" in page.text
    assert "Dr Missing Two" in page.text
    assert "By hand" in page.text
    mail = secretary.click("Download the email to Dr Missing Two")
    assert b"two@x.example" in mail.data
    assert [each.person_id for each in db.session.scalars(sa.select(Reminder))] == [second.id]
    assert first.id != second.id


def test_the_answer_is_about_the_people_who_are_ticked_and_says_who_has_no_address(
    body: Body, secretary: StrictClient
) -> None:
    first, mute = owing(body), owing(body, "Ms Mute", "")
    (due,) = queries.due_by_hand([first.id], body, clock.now())
    commands.remind(replace(due, step=1), site=SITE, actor=SYSTEM, at=clock.now())
    db.session.commit()
    page = secretary.get(f"/mid-marsh/registers/reminders/send?people={mute.id}")
    assert "no reminder can go out: Ms Mute" in page.text
    assert first.name not in page.text
    assert page.soup.find("button", string="Send") is None


def test_whoever_had_a_reminder_today_is_offered_no_second_one(body: Body, secretary: StrictClient) -> None:
    who = owing(body)
    now = clock.now()
    (due,) = queries.due_by_hand([who.id], body, now)
    commands.remind(replace(due, step=1), site=SITE, actor=SYSTEM, at=now)
    db.session.commit()
    page = secretary.get("/mid-marsh/registers/reminders/send")
    assert "Nobody needs a reminder now" in page.text
    assert f"Already reminded today, and not asked again: {who.name}" in page.text
    page = secretary.post("/mid-marsh/registers/reminders/send", {"people": [str(who.id)]}, queries=60)
    assert "Nobody needs a reminder now" in page.notices[0]
    assert len(db.session.scalars(sa.select(Reminder)).all()) == 1


def test_the_text_is_looked_at_before_it_is_saved(body: Body, secretary: StrictClient) -> None:
    page = secretary.post("/mid-marsh/registers/reminders/plan", {**PLAN, "preview": "yes"})
    assert "Hello Dr Ann Example" in page.text
    assert len(queries.plan_versions(body.id)) == 1
    page = secretary.post("/mid-marsh/registers/reminders/plan", {**PLAN, "text": "Hello {nobody}"})
    assert page.status_code == 422
    assert "Nothing fills {nobody}" in page.error_for("Text")
    secretary.post("/mid-marsh/registers/reminders/plan", PLAN)
    assert queries.plan_details(queries.latest_plan(body.id)).subject == "Hello {name}"


def test_the_plan_and_the_reminder_stand_in_the_ledger(body: Body) -> None:
    owing(body)
    a_round()
    said = db.session.scalars(sa.text("SELECT entry FROM ledger_leaf ORDER BY seq")).all()
    assert b"registers:reminder-plan:changed" in b"".join(bytes(each) for each in said)
    assert b"registers:reminder:sent" in bytes(said[-1])
    assert not any(b"registers:link:issued" in bytes(each) for each in said), "the reminder's entry says it already"


def test_what_somebody_sent_by_hand_is_never_sent_again(body: Body, secretary: StrictClient) -> None:
    """Rule: DECL-04. Also once there is a mail server."""
    people = [
        owing(body),
        owing(body, "Dr Missing Two", "two@x.example"),
        owing(body, "Dr Missing Three", "three@x.example"),
    ]
    secretary.post("/mid-marsh/registers/reminders/send", {"people": [str(each.id) for each in people]}, queries=80)
    one, _three, two = mails()
    page = secretary.post("/mid-marsh/registers/reminders/sent-by-hand", {})
    assert page.notices == ["Select at least one email that you sent"]
    page = secretary.post("/mid-marsh/registers/reminders/sent-by-hand", {"mails": [str(two.id)]})
    assert page.notices == ["1 email is marked as sent by you and will not go out again"]
    assert (
        "Download the email to Dr Missing Two" not in page.links
        and "Download the email to Dr Missing One" in page.links
    )
    assert [each.status for each in mails()] == [MessageStatus.WAITING, MessageStatus.WAITING, MessageStatus.BY_HAND]
    assert two.secret is None and "/declare/" not in two.text
    assert deliver_what_waits(AT + timedelta(hours=1)) == 2
    secretary.post("/mid-marsh/registers/reminders/sent-by-hand", {"all": "yes"})
    assert {each.status for each in mails()} == {MessageStatus.BY_HAND}
    assert (
        deliver_what_waits(AT + timedelta(hours=1)) == 0 and deliver_again(one, at=AT).status is MessageStatus.BY_HAND
    )
    newest = db.session.scalar(sa.text("SELECT entry FROM ledger_leaf ORDER BY seq DESC LIMIT 1"))
    assert b"notifications:mails:sent-by-hand" in bytes(newest)


def test_nobody_marks_the_mail_of_somebody_whom_they_do_not_look_after(body: Body, secretary: StrictClient) -> None:
    other = a_body("NHS High Fen ICB", "high-fen")
    person = a_person("Dr Else Where", email="else@x.example")
    an_appointment(person, other, "Clinical lead", valid_from=date(2026, 1, 1))
    (due,) = queries.due_by_hand([person.id], other, AT)
    commands.remind(due, site=SITE, actor=SYSTEM, at=AT)
    db.session.commit()
    (mail,) = mails()
    page = secretary.post("/mid-marsh/registers/reminders/sent-by-hand", {"mails": [str(mail.id)]})
    assert page.notices == ["Select emails of the list"]
    secretary.post("/mid-marsh/registers/reminders/sent-by-hand", {"all": "yes"})
    assert mails()[0].status is MessageStatus.WAITING


def test_a_reminder_that_is_answered_before_it_went_out_is_set_aside_and_its_link_says_so(
    body: Body, secretary: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule: DECL-04."""
    person, other = owing(body), owing(body, "Dr Missing Two", "two@x.example")
    secretary.post("/mid-marsh/registers/reminders/send", {"people": [str(person.id), str(other.id)]}, queries=80)
    link = next(line for line in mails()[0].text.split() if "/declare/" in line).split("/declare/")[1]
    page = secretary.get(f"/declare/{link}")
    assert "came in" not in page.text
    a_nil_return(person, at=AT + timedelta(minutes=1))
    db.session.commit()
    assert [each.status for each in mails()] == [MessageStatus.CANCELLED, MessageStatus.WAITING]
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=2))
    page = secretary.get("/mid-marsh/registers/reminders/")
    assert "Answered since, on 10 November 2026: no need to send it" in page.text
    assert page.text.count("Answered since") == 1
    assert "Download the email to Dr Missing One" not in page.links
    assert "Download the email to Dr Missing Two" in page.links
    page = secretary.get(f"/declare/{link}")
    assert "came in on 10 November 2026, after this was written" in page.text
    assert page.soup.find("button", string="Declare more")


def test_a_paper_that_was_signed_before_the_reminder_answers_it_not(body: Body) -> None:
    person = owing(body)
    a_round()
    a_nil_return(person, at=AT + timedelta(hours=1), declared_on=date(2026, 11, 1))
    assert [each.status for each in mails()] == [MessageStatus.WAITING]
    assert [each.answered_at for each in queries.sent(body.id, [person.id])] == [None]
