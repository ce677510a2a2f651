"""Writing questions to members: asked, set aside, withdrawn, reminded of, answered. One use case, one entry."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.commands import queue_message
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests.link_commands import make_link, retire_links
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.prompts import question_queries as queries
from coi.registers.prompts.answering import check_answer
from coi.registers.prompts.mails import mail_of
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.remembering import Earlier, remembered
from coi.registers.prompts.vocabulary import AnswerDetails, Prompt, PromptKind, QuestionState, Source
from coi.wording import clock_time, moment

OVER = "This question was withdrawn or answered meanwhile"


def ask(
    person_id: uuid.UUID, picked: Sequence[Prompt], source: Source, body: Body, *, site: str, actor: Actor, at: datetime
) -> list[MemberQuestion]:
    """Asks a member what was picked, in one mail with a link of their own that lists what else is open; `site` is what addresses begin
    with. What was asked or set aside meanwhile is left out. Raises RuleBroken for a question to oneself, and where no link can be made
    (no address, no post any more). Source: USERS W11."""
    person = queries.locked_person(person_id)
    _check_other(person, actor)
    rows = _rows(person, picked, source, body, QuestionState.ASKED, actor, at)
    if rows:
        db.session.flush()
        _mail(person, body, site, at, is_reminder=False)
        log.record(Event.MEMBER_ASKED, subject=rows[0], actor=actor, at=at, body_id=body.id, note={"count": len(rows)})
    return rows


def set_aside(
    person_id: uuid.UUID,
    picked: Sequence[Prompt],
    source: Source,
    body: Body,
    because: str,
    *,
    actor: Actor,
    at: datetime,
) -> list[MemberQuestion]:
    """Says that a member is not asked these, so that no later list suggests them again. Raises RuleBroken for what is about oneself."""
    person = queries.locked_person(person_id)
    _check_other(person, actor)
    rows = _rows(person, picked, source, body, QuestionState.SET_ASIDE, actor, at)
    if rows:
        for each in rows:
            each.closed_because, each.closed_at = because.strip(), at
        log.record(
            Event.MEMBER_QUESTION_SET_ASIDE, subject=rows[0], actor=actor, at=at, body_id=body.id, note={"count": len(rows)}
        )  # fmt: skip
    return rows


def withdraw(question: MemberQuestion, because: str, *, actor: Actor, at: datetime) -> MemberQuestion:
    """Takes back a question that waits for an answer: the member is asked no more. The mail is kept from going out where nothing else is
    open. Raises RuleBroken without a reason, and where it was answered meanwhile."""
    person = queries.locked_person(question.person_id)
    db.session.refresh(question)
    _check_other(person, actor)
    if not because.strip():
        raise RuleBroken("Enter why it is withdrawn", field="because")
    if not question.is_open:
        raise RuleBroken(OVER)
    question.state, question.closed_because, question.closed_at = QuestionState.WITHDRAWN, because.strip(), at
    _stop_mails(question, at)
    log.record(Event.MEMBER_QUESTION_WITHDRAWN, subject=question, actor=actor, at=at, body_id=question.body_id)
    return question


def remind(person_id: uuid.UUID, body: Body, *, site: str, actor: Actor, at: datetime) -> list[MemberQuestion]:
    """Sends a member one mail with all that waits for an answer. Raises RuleBroken where nothing does, and where they had a mail about it
    today."""
    person = queries.locked_person(person_id)
    _check_other(person, actor)
    waiting = queries.open_of(person_id, body.id)
    if not waiting:
        raise RuleBroken(OVER)
    last = max(each.reminded_at or each.recorded_at for each in waiting)
    if clock.local(last).date() == clock.local(at).date():
        raise RuleBroken(f"{person.name} was written to about this today, at {clock_time(last)}. Wait for the answer")
    for each in waiting:
        each.reminded_at = at
    _mail(person, body, site, at, is_reminder=True)
    log.record(Event.MEMBER_QUESTION_REMINDED, subject=waiting[0], actor=actor, at=at, body_id=body.id)
    return waiting


def answer(question: MemberQuestion, details: AnswerDetails, *, actor: Actor, at: datetime) -> MemberQuestion:
    """Keeps what a member answers; said anew, it takes the place of what they said before, which the ledger keeps. Raises RuleBroken for
    an answer that lacks something, or where the question was withdrawn meanwhile. Source: USERS W11."""
    queries.locked_person(question.person_id)
    db.session.refresh(question)
    if question.state not in (QuestionState.ASKED, QuestionState.ANSWERED):
        raise RuleBroken(OVER)
    check_answer(question.kind, details, today=clock.local(at).date())
    question.state, question.answer, question.answered_at = QuestionState.ANSWERED, details.answer, at
    question.answer_words, question.ended_on, question.noted_at = details.words.strip(), details.ended_on, None
    _stop_mails(question, at)
    log.record(Event.MEMBER_ANSWERED, subject=question, actor=actor, at=at, body_id=question.body_id)
    return question


def note_answer(question: MemberQuestion, *, actor: Actor, at: datetime) -> MemberQuestion:
    """Says that an answer was read, so that it waits for nobody any more. Raises RuleBroken where there is none, or it was noted."""
    person = queries.locked_person(question.person_id)
    db.session.refresh(question)
    _check_other(person, actor)
    if question.state is not QuestionState.ANSWERED or question.noted_at is not None:
        raise RuleBroken("The answer was noted already, or there is none yet")
    question.noted_at = at
    log.record(Event.MEMBER_ANSWER_NOTED, subject=question, actor=actor, at=at, body_id=question.body_id)
    return question


def _rows(
    person: Person,
    picked: Sequence[Prompt],
    source: Source,
    body: Body,
    state: QuestionState,
    actor: Actor,
    at: datetime,
) -> list[MemberQuestion]:
    """New rows for what was picked, of what is not known of the person yet, each once."""
    before: list[Earlier[MemberQuestion]] = queries.earlier_of(body.id, [person.id]).get(person.id, [])
    rows: list[MemberQuestion] = []
    for each in dict.fromkeys(picked):
        known = remembered(each.about, each.is_weak, before)
        if each.person_id != person.id or (known is not None and known.is_known):
            continue
        about = each.about
        rows.append(
            MemberQuestion(
                id=uuid.uuid4(), body_id=body.id, person=person, kind=about.kind, organisation=about.organisation, number=about.number,
                role=about.role, since=about.since, until=about.until, born=about.born, interest_id=about.interest_id,
                question=each.question, why=each.why, is_weak=each.is_weak, list_name=source.name, list_on=source.on, state=state,
                recorded_at=at, recorded_by=actor.account_id, recorded_by_name=actor.name,
            )
        )  # fmt: skip
        before.append(Earlier(about, each.is_weak, rows[-1]))
    db.session.add_all(rows)
    return rows


def _mail(person: Person, body: Body, site: str, at: datetime, *, is_reminder: bool) -> None:
    """One mail with everything that is open, in place of an earlier one that nobody used."""
    link = make_link(person, LinkPurpose.QUESTION, body_id=body.id, site=site, at=at)
    waiting = queries.open_of(person.id, body.id)
    subject, text = mail_of(
        [each.question for each in waiting], name=person.name, body=body.name, url=link.url, until=moment(link.expires_at),
        contact=body.contact, by_name=any(each.kind is PromptKind.OFFICER for each in waiting), is_reminder=is_reminder,
    )  # fmt: skip
    queue_message(
        link.email, subject, text, at=at, unique_key=link.secret_of, secret=link.url, secret_of=link.secret_of
    )


def _stop_mails(question: MemberQuestion, at: datetime) -> None:
    """Where nothing is open any more, a mail that was not sent yet stays here, and a link that nobody opened works no longer."""
    db.session.flush()
    if not queries.number_open(question.person_id, question.body_id):
        retire_links(question.person_id, question.body_id, LinkPurpose.QUESTION, at)


def _check_other(person: Person, actor: Actor) -> None:
    if actor.person_id is not None and person.id == actor.person_id:
        raise RuleBroken("Somebody else asks what is about you", rule="SEC-ROLE")
