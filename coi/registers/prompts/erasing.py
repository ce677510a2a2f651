"""Erasing what was asked: of people who have left, and about interests that were disposed of, in rows, mails and the ledger."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.erasing import record_erasure
from coi.database import db
from coi.errors import RuleBroken
from coi.notifications.commands import erase_messages
from coi.organisations.models import Body
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.disposal.vocabulary import DISPOSED
from coi.registers.interests.link_commands import retire_links
from coi.registers.interests.link_queries import secrets_of_links
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.models import Disposal
from coi.registers.prompts import question_queries as queries
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.vocabulary import QuestionState
from coi.wording import day


def erase_of_leavers(body: Body, reason: str, *, actor: Actor, at: datetime) -> Disposal:
    """Erases what was asked of people who hold no post or seat at a body any more, and what they answered, in its rows and in the
    ledger; that somebody was asked, and when, stays. Mails not sent yet stay here, and links that nobody opened
    work no longer. Raises RuleBroken without a reason, where there is nothing to erase, and for whoever looks after single committees
    alone. Source: RULEBOOK §7.4 (nothing is kept longer than there is a use for it)."""
    if committees_where(actor, Permission.REGISTERS_DISPOSAL_DO, body.id) is not None:
        raise RuleBroken("Ask somebody who looks after the whole organisation", rule="SEC-ROLE")
    if not reason.strip():
        raise RuleBroken("Enter why it is erased", field="because")
    log.lock(db.session.connection())
    rows = [each for each in queries.of_leavers(body.id, clock.local(at).date()) if each.person_id != actor.person_id]
    if not rows:
        raise RuleBroken("There is nothing to erase any more")
    take_out(rows, at)
    made = Disposal(
        id=uuid.uuid4(), body_id=body.id, records=[_words(each) for each in rows],
        reason=reason.strip(), disposed_at=at, disposed_by=actor.account_id, disposed_by_name=actor.name,
    )  # fmt: skip
    db.session.add(made)
    record_erasure(subject=made, rows=rows, actor=actor, at=at, body_id=body.id)
    return made


def take_out(questions: Sequence[MemberQuestion], at: datetime) -> None:
    """Takes out of questions what was asked and answered, and out of the outbox what mails told of it: one that was not sent stays here.
    What else is open for the same person waits for a reminder. The caller's entry names the sections."""
    for each in questions:
        _blank(each, at)
    for person_id, body_id in dict.fromkeys((each.person_id, each.body_id) for each in questions):
        retire_links(person_id, body_id, LinkPurpose.QUESTION, at)
        erase_messages(secrets_of_links(person_id, body_id, LinkPurpose.QUESTION))


def _words(question: MemberQuestion) -> str:
    """What a question is called in the list of what was disposed of: nobody was asked one that was set aside."""
    on = day(question.recorded_at)
    if question.state is QuestionState.SET_ASIDE:
        return f"Question about {question.person.name} that was set aside and not asked, {on}"
    return f"Question to {question.person.name}, {on}"


def _blank(question: MemberQuestion, at: datetime) -> None:
    """Takes out what was asked and answered."""
    question.disposed_at = at
    question.organisation = question.question = question.why = question.list_name = DISPOSED
    question.number = question.role = question.born = question.answer_words = question.closed_because = ""
    question.since = question.until = question.ended_on = question.interest_id = question.answer = None
    question.is_weak = False
