"""Reading the questions that were asked of members, or set aside: those of the people whom a reader looks after, and one's own."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.people_queries import ids_visible_to, people_of_body
from coi.registers.interests.queries import interests_known_at
from coi.registers.prompts.models import MemberQuestion
from coi.registers.prompts.remembering import Earlier
from coi.registers.prompts.vocabulary import Answer, Numbers, PromptKind, QuestionState
from coi.screening.names import company_key

Q = MemberQuestion


def people_to_ask(actor: Actor, body_id: uuid.UUID, on: date) -> set[uuid.UUID]:
    """Returns whom `actor` may ask: the people of the body, or of their committees, but never themself."""
    return ids_visible_to(actor, Permission.REGISTERS_STANDING_KEEP, body_id, on) - {actor.person_id}


def questions_of(actor: Actor, body_id: uuid.UUID, at: datetime) -> list[MemberQuestion]:
    """Returns the questions about the people whom `actor` may ask: those that wait first, then the newest."""
    mine = people_to_ask(actor, body_id, clock.local(at).date())
    wanted = sa.select(Q).where(Q.body_id == body_id, Q.person_id.in_(mine), Q.disposed_at.is_(None))
    found = db.session.scalars(wanted.order_by(Q.recorded_at.desc(), Q.id)).unique()
    return sorted(found, key=lambda each: list(QuestionState).index(each.state))


def numbers(actor: Actor, body_id: uuid.UUID, on: date) -> Numbers:
    """Returns how many questions wait for `actor`, and how many answers of the people whom `actor` may ask nobody has noted yet."""
    is_new = sa.and_(Q.state == QuestionState.ANSWERED, Q.noted_at.is_(None))
    is_mine = sa.and_(Q.state == QuestionState.ASKED, Q.person_id == actor.person_id)
    wanted = sa.select(Q.person_id, Q.state).where(
        Q.body_id == body_id, Q.disposed_at.is_(None), sa.or_(is_new, is_mine)
    )
    rows = list(db.session.execute(wanted))
    answered = [row.person_id for row in rows if row.state is QuestionState.ANSWERED]
    mine = people_to_ask(actor, body_id, on) if answered else set()
    return Numbers(len(rows) - len(answered), sum(each in mine for each in answered))


def question(question_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> MemberQuestion:
    """Returns one of them. Raises NotFound."""
    found = db.session.get(Q, question_id)
    if found is None or found.body_id != body_id or found.person_id not in people_to_ask(actor, body_id, on):
        raise NotFound("There is no such question")
    return found


def earlier_of(body_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Earlier[MemberQuestion]]]:
    """Returns, per person, what a body asked of them before or set aside, in order."""
    wanted = sa.select(Q).where(Q.body_id == body_id, Q.person_id.in_(person_ids), Q.disposed_at.is_(None))
    found: dict[uuid.UUID, list[Earlier[MemberQuestion]]] = {}
    for each in db.session.scalars(wanted.order_by(Q.recorded_at, Q.id)).unique():
        found.setdefault(each.person_id, []).append(Earlier(each.about, each.is_weak, each))
    return found


def on_the_register(asked: Collection[MemberQuestion], at: datetime) -> set[uuid.UUID]:
    """Returns the questions, of those open or answered with “I will declare it”, whose organisation stands on the register now."""
    waiting = [each for each in asked if each.is_open or each.answer is Answer.WILL_DECLARE]
    said = [each for each in waiting if each.kind is not PromptKind.CLOSED]
    versions = interests_known_at({each.person_id for each in said}, at) if said else []
    standing = {
        (each.interest.person_id, company_key(name)) for each in versions if each.ended_on is None for named in each.organisations
        for name in (named.text, named.organisation.name if named.organisation else named.text)
    }  # fmt: skip
    return {each.id for each in said if (each.person_id, company_key(each.organisation)) in standing}


def of_leavers(body_id: uuid.UUID, on: date) -> list[MemberQuestion]:
    """Returns the questions of a body to people who hold no post or seat there any more, and which were not erased yet, in order."""
    wanted = sa.select(Q).where(
        Q.body_id == body_id, Q.disposed_at.is_(None), Q.person_id.not_in(people_of_body(body_id, on))
    )
    return list(db.session.scalars(wanted.order_by(Q.recorded_at, Q.id)).unique())


def about_interests(interest_ids: Collection[uuid.UUID]) -> list[MemberQuestion]:
    """Returns the questions of all bodies about these interests that were not erased yet, in order."""
    wanted = sa.select(Q).where(Q.interest_id.in_(interest_ids), Q.disposed_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Q.recorded_at, Q.id)).unique())


def locked_person(person_id: uuid.UUID) -> Person:
    """Returns a person. Nobody else asks them anything until the transaction ends."""
    wanted = sa.select(Person).where(Person.id == person_id)
    return db.session.scalars(
        wanted.with_for_update(of=Person.__table__).execution_options(populate_existing=True)
    ).one()


def own_questions(person_id: uuid.UUID, body_id: uuid.UUID) -> list[MemberQuestion]:
    """Returns what a person was asked at a body, those that wait first, then the newest. What was set aside was never asked, and what was
    withdrawn is asked no more."""
    asked = (QuestionState.ASKED, QuestionState.ANSWERED)
    wanted = sa.select(Q).where(
        Q.body_id == body_id, Q.person_id == person_id, Q.state.in_(asked), Q.disposed_at.is_(None)
    )
    found = db.session.scalars(wanted.order_by(Q.recorded_at.desc(), Q.id)).unique()
    return sorted(found, key=lambda each: not each.is_open)


def open_of(person_id: uuid.UUID, body_id: uuid.UUID) -> list[MemberQuestion]:
    """Returns the questions that wait for a person's answer at a body, the oldest first."""
    wanted = sa.select(Q).where(*_open(person_id, body_id))
    return list(db.session.scalars(wanted.order_by(Q.recorded_at, Q.id)).unique())


def number_open(person_id: uuid.UUID, body_id: uuid.UUID) -> int:
    """Returns how many wait."""
    return db.session.scalar(sa.select(sa.func.count(Q.id)).where(*_open(person_id, body_id))) or 0


def _open(person_id: uuid.UUID, body_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return Q.body_id == body_id, Q.person_id == person_id, Q.state == QuestionState.ASKED, Q.disposed_at.is_(None)


def own_question(question_id: uuid.UUID, person_id: uuid.UUID | None, body_id: uuid.UUID) -> MemberQuestion:
    """Returns a question that a person was asked. Raises NotFound."""
    found = db.session.get(Q, question_id)
    if found is None or found.body_id != body_id or found.person_id != person_id or found.disposed_at is not None:
        raise NotFound("There is no such question")
    if found.state not in (QuestionState.ASKED, QuestionState.ANSWERED):
        raise NotFound("There is no such question")
    return found
