"""Questions from public lists on both databases: asked once, in one mail, answered in words that last, never of oneself."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from coi import clock
from coi.audit.queries import entries
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.models import OutboxMessage
from coi.notifications.vocabulary import MessageStatus
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.prompts import commands, question_queries
from coi.registers.prompts.answering import is_to_declare
from coi.registers.prompts.remembering import Earlier, remembered
from coi.registers.prompts.vocabulary import About, Answer, AnswerDetails, PromptKind, QuestionState
from tests.factories.people import a_person, an_appointment
from tests.factories.questions import AT, SOURCE, SYSTEM, a_prompt

SITE = "https://coi.example"
LATER = AT + timedelta(days=2)
NOT_ME = AnswerDetails(Answer.NOT_ME)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def asked(body: Body, *prompts, at=AT, actor=SYSTEM):
    return commands.ask(prompts[0].person_id, prompts, SOURCE, body, site=SITE, actor=actor, at=at)


def mails() -> list[OutboxMessage]:
    return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.created_at)))


def test_all_that_is_asked_goes_in_one_mail_and_nothing_is_asked_twice(body: Body, ama: Person) -> None:
    assert (
        len(asked(body, a_prompt(ama), a_prompt(ama, "Oak Ltd", until=None), a_prompt(ama))) == 1
    )  # one company number
    (mail,) = mails()
    assert (mail.to_address, mail.subject) == (
        "ama@practice.example", "Is this you? A question about your interests, from NHS Mid Marsh ICB",
    )  # fmt: skip
    assert "as director of Elm Care Ltd" in mail.text
    assert mail.secret in mail.text
    assert asked(body, a_prompt(ama), at=LATER) == []
    assert len(mails()) == 1
    assert entries(limit=1)[0].event == "registers:question:asked"


def test_a_later_mail_takes_the_place_of_one_that_nobody_opened_and_lists_both_questions(
    body: Body, ama: Person
) -> None:
    asked(body, a_prompt(ama))
    other = a_prompt(ama, "Oak Ltd")
    other = type(other)(**{**vars(other), "about": About(PromptKind.OFFICER, "Oak Ltd", "07654321")})
    asked(body, other, at=LATER)
    first, second = mails()
    assert first.status is MessageStatus.CANCELLED
    assert "Elm Care Ltd" in second.text
    assert "Oak Ltd" in second.text


def test_what_was_answered_not_me_or_set_aside_is_never_asked_again_unless_the_list_says_more(
    body: Body, ama: Person
) -> None:
    (question,) = asked(body, a_prompt(ama, is_weak=True))
    commands.answer(question, NOT_ME, actor=Actor("Ama", person_id=ama.id), at=LATER)
    assert asked(body, a_prompt(ama, is_weak=True), at=LATER) == []
    assert len(asked(body, a_prompt(ama), at=LATER)) == 1  # now more than the name speaks for it
    (aside,) = commands.set_aside(ama.id, [_of(ama, "Ash Ltd", "1")], SOURCE, body, "", actor=SYSTEM, at=AT)
    assert aside.state is QuestionState.SET_ASIDE
    assert asked(body, _of(ama, "Ash Ltd", "1"), at=LATER) == []
    assert [each.organisation for each in question_queries.own_questions(ama.id, body.id)] == ["Elm Care Ltd"] * 2


def _of(person: Person, company: str, number: str):
    made = a_prompt(person, company)
    return type(made)(**{**vars(made), "about": About(PromptKind.OFFICER, company, number)})


def test_a_withdrawn_question_stops_its_mail_and_cannot_be_answered(body: Body, ama: Person) -> None:
    (question,) = asked(body, a_prompt(ama))
    with pytest.raises(RuleBroken, match="why it is withdrawn"):
        commands.withdraw(question, " ", actor=SYSTEM, at=LATER)
    commands.withdraw(question, "The wrong Ama", actor=SYSTEM, at=LATER)
    assert [each.status for each in mails()] == [MessageStatus.CANCELLED]
    with pytest.raises(RuleBroken, match="withdrawn or answered meanwhile"):
        commands.answer(question, NOT_ME, actor=SYSTEM, at=LATER)


def test_about_a_closed_practice_the_mail_does_not_ask_who_one_is_and_an_answer_elsewhere_stops_it(
    body: Body, ama: Person
) -> None:
    made = a_prompt(ama, "Elm Surgery")
    (question,) = asked(body, type(made)(**{**vars(made), "about": About(PromptKind.CLOSED, "Elm Surgery")}))
    (mail,) = mails()
    assert mail.subject == "A question about your interests, from NHS Mid Marsh ICB"
    assert "same name" not in mail.text
    commands.answer(question, AnswerDetails(Answer.WILL_DECLARE), actor=Actor("Ama", person_id=ama.id), at=LATER)
    db.session.refresh(mail)
    assert mail.status is MessageStatus.CANCELLED


def test_a_reminder_is_one_mail_with_all_that_is_open_and_not_on_the_same_day(body: Body, ama: Person) -> None:
    (question,) = asked(body, a_prompt(ama))
    with pytest.raises(RuleBroken, match="written to about this today"):
        commands.remind(ama.id, body, site=SITE, actor=SYSTEM, at=AT + timedelta(hours=1))
    commands.remind(ama.id, body, site=SITE, actor=SYSTEM, at=LATER)
    assert "have no answer yet" in mails()[-1].text
    commands.answer(question, NOT_ME, actor=SYSTEM, at=LATER)
    with pytest.raises(RuleBroken):
        commands.remind(ama.id, body, site=SITE, actor=SYSTEM, at=LATER + timedelta(days=2))


def test_nobody_asks_what_is_about_themself_nor_somebody_without_an_address(body: Body, ama: Person) -> None:
    with pytest.raises(RuleBroken, match="Somebody else asks"):
        asked(body, a_prompt(ama), actor=Actor("Ama", person_id=ama.id))
    other = a_person("Mr Ben Stone")
    an_appointment(other, body)
    with pytest.raises(RuleBroken, match="no email address"):
        asked(body, a_prompt(other))
    db.session.rollback()


@pytest.mark.parametrize(
    ("details", "wrong"),
    [
        (AnswerDetails(Answer.NOTHING_NEW, " "), "Say where it is declared"),
        (AnswerDetails(Answer.ENDED), "Enter the date it ended"),
        (AnswerDetails(Answer.ENDED, ended_on=date(2027, 1, 1)), "must be in the past"),
    ],
)
def test_an_answer_that_lacks_something_is_not_kept(
    body: Body, ama: Person, details: AnswerDetails, wrong: str
) -> None:
    (question,) = asked(body, a_prompt(ama))
    with pytest.raises(RuleBroken, match=wrong):
        commands.answer(question, details, actor=SYSTEM, at=LATER)
    assert question.state is QuestionState.ASKED


def test_what_ended_within_the_months_that_count_still_leads_to_the_register() -> None:
    today = date(2026, 6, 3)
    for ended, leads in ((date(2026, 1, 1), True), (date(2025, 11, 1), False)):
        assert is_to_declare(PromptKind.OFFICER, AnswerDetails(Answer.ENDED, ended_on=ended), today=today) is leads


days = st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1))
abouts = st.builds(
    About, st.sampled_from(PromptKind), st.sampled_from(["Elm Care Ltd", "Oak Surgery", "Ash"]), st.sampled_from(["", "01", "02"]),
    st.sampled_from(["", "director", "secretary"]), days, days, st.sampled_from(["", "1970-02"]),
)  # fmt: skip


@given(abouts, st.booleans(), st.lists(st.tuples(abouts, st.booleans())))
def test_the_same_list_read_again_never_suggests_what_was_asked(about: About, is_weak: bool, others: list) -> None:
    before = [Earlier(each, weak, number) for number, (each, weak) in enumerate([*others, (about, is_weak)])]
    found = remembered(about, is_weak, before)
    assert found is not None
    assert found.is_known
