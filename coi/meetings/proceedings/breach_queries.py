"""Reading what happened at a meeting as a suspected breach: the facts that the register of breaches opens one with."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.models import MeetingDeclaration
from coi.meetings.disputes.models import RulingDispute
from coi.meetings.disputes.rules import dispute_words
from coi.meetings.models import AgendaItem, Decision, Meeting
from coi.meetings.urgent.models import UrgentDecision
from coi.registers.breaches.vocabulary import BreachKind, BreachSource, Suspicion


def irregular_at_meeting(subject_id: uuid.UUID, people: Sequence[uuid.UUID]) -> tuple[Suspicion, uuid.UUID] | None:
    """Returns what went on irregularly at a meeting as a suspected breach, and the body that it is of: a decision, or that somebody
    refused to leave. None where that was struck out or corrected meanwhile. Raises NotFound."""
    if (dispute := db.session.get(RulingDispute, subject_id)) is not None:
        return refused_to_leave(dispute, people) if dispute.struck_at is None else None
    if (urgent := db.session.get(UrgentDecision, subject_id)) is not None:
        return urgent_regardless(urgent, people) if urgent.struck_at is None else None
    return irregular_decision(subject_id, people)


def urgent_regardless(urgent: UrgentDecision, people: Sequence[uuid.UUID]) -> tuple[Suspicion, uuid.UUID]:
    """Returns an irregular urgent decision as a suspected breach, and the body that it is of. Source: RULEBOOK §10.10."""
    item = db.session.get_one(AgendaItem, urgent.item_id)
    what = (
        f"The urgent decision on item {item.reference} is recorded as irregular. {' '.join(urgent.irregular_because)}"
    )
    found = Suspicion(
        BreachSource.IRREGULAR_DECISION, "urgent_decision", urgent.id, BreachKind.IRREGULAR_DECISION, what,
        clock.local(urgent.decided_at).date(), tuple(people),
    )  # fmt: skip
    return found, item.meeting.body_id


def refused_to_leave(dispute: RulingDispute, people: Sequence[uuid.UUID]) -> tuple[Suspicion, uuid.UUID]:
    """Returns a refusal to leave as a suspected breach, and the body that it is of. Source: RULEBOOK §23 no. 50."""
    item = db.session.get_one(AgendaItem, dispute.item_id)
    what = f"On item {item.reference}, somebody was ruled out of the decision. {dispute_words(dispute.fact)}"
    found = Suspicion(
        BreachSource.IRREGULAR_DECISION, "ruling_dispute", dispute.id, BreachKind.NOT_MANAGED, what, item.meeting.held_on, tuple(people)
    )  # fmt: skip
    return found, item.meeting.body_id


def irregular_decision(decision_id: uuid.UUID, people: Sequence[uuid.UUID]) -> tuple[Suspicion, uuid.UUID] | None:
    """Returns an irregular decision as a suspected breach, and the body that it is of; None where it was corrected to one that was in
    order. Raises NotFound."""
    decision = db.session.get(Decision, decision_id)
    if decision is None:
        raise NotFound("There is no such decision")
    if not decision.is_irregular:
        return None
    item = db.session.get_one(AgendaItem, decision.item_id)
    what = f"The decision on item {item.reference} is recorded as irregular. {' '.join(decision.irregular_because)}"
    on = clock.local(decision.decided_at).date()
    found = Suspicion(
        BreachSource.IRREGULAR_DECISION, "decision", decision.id, BreachKind.IRREGULAR_DECISION, what, on, tuple(people)
    )
    return found, item.meeting.body_id


def undeclared_interest(declaration_id: uuid.UUID, people: Sequence[uuid.UUID]) -> tuple[Suspicion, uuid.UUID] | None:
    """Returns an interest that somebody did not declare at a meeting as a suspected breach, and the body; None where that was corrected
    meanwhile. Raises NotFound."""
    said = db.session.get(MeetingDeclaration, declaration_id)
    if said is None:
        raise NotFound("There is no such declaration")
    corrected = sa.select(MeetingDeclaration.id).where(MeetingDeclaration.corrects_id == said.id)
    if db.session.scalar(sa.select(corrected.exists())):
        return None
    meeting = db.session.get_one(Meeting, said.meeting_id)
    what = f"At the meeting {meeting.reference}, {said.person.name} did not declare an interest. {said.text}"
    about = tuple(dict.fromkeys((said.person_id, *people)))
    found = Suspicion(
        BreachSource.UNDECLARED_AT_MEETING, "meeting_declaration", said.id, BreachKind.UNDECLARED, what, meeting.held_on, about
    )  # fmt: skip
    return found, meeting.body_id
