"""Reading what else the public can tell of somebody whose name may be withheld."""

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coi import clock
from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.organisations.models import Organisation
from coi.people.models import Appointment, Person
from coi.people.queries import posts_on
from coi.registers.gifts import public_queries as gift_queries
from coi.registers.gifts.models import Gift
from coi.registers.interests.leaver_queries import versions_here
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.withheld_queries import withheld_fields
from coi.registers.procurement.models import ProcurementDecision, ProcurementVersion
from coi.registers.procurement.vocabulary import State
from coi.registers.traces import TraceFacts, traces_of

I, V, N = Interest, InterestVersion, InterestOrganisation  # noqa: E741 - as everywhere in the rooms of registers
G, P = Gift, ProcurementVersion


def traces_of_interest(interest: Interest, body_id: uuid.UUID, at: datetime) -> list[str]:
    """Returns, in words, from where the public can tell whose interest it is although the name is withheld. Rule: REG-06."""
    on, person = clock.local(at).date(), interest.person
    version = versions_here(interest, body_id, on, instant=at)[-1]
    named = [each for each in _others(person, body_id, at) if each.id != interest.id]
    mine = dict(_organisations(interest.id))
    facts = TraceFacts(
        person.name, _posts(person.id, body_id, on), _committees(person.id, body_id, on),
        tuple((name, tuple(dict.fromkeys(each.reference for each in named if each.organisation == key))) for key, name in mine.items()),
        _references(each for each in named if each.declared_on == interest.versions[0].declared_on),
        _references(named), _gifts(person.id, body_id, at), _decisions(person, body_id),
        tuple(heading for heading, text in (("Nature of interest", version.nature), ("Action", version.mitigation)) if _says(text, person)),
    )  # fmt: skip
    return traces_of(facts)


def traces_of_gift(gift: Gift, body_id: uuid.UUID, at: datetime) -> list[str]:
    """Returns the same of an offer; nothing of one to the body itself. Rule: REG-06."""
    person, version, on = gift.person, gift.versions[-1], clock.local(at).date()
    if person is None:
        return []
    texts = (("Details", version.description), ("Reason", version.reason), ("Offered by", version.offeror))
    facts = TraceFacts(
        person.name, _posts(person.id, body_id, on), interests=_references(_others(person, body_id, at)),
        gifts=tuple(each for each in _gifts(person.id, body_id, at) if each != gift.reference), decisions=_decisions(person, body_id),
        texts=tuple(heading for heading, text in texts if _says(text, person)),
    )  # fmt: skip
    return traces_of(facts)


def _posts(person_id: uuid.UUID, body_id: uuid.UUID, on: date) -> tuple[tuple[str, int], ...]:
    posts = posts_on([person_id], body_id, on).get(person_id, [])
    held = sa.select(Appointment.post, sa.func.count(sa.distinct(Appointment.person_id))).where(
        Appointment.body_id == body_id, Appointment.post.in_(posts), Appointment.valid_from <= on, stands(Appointment, None),
        sa.or_(Appointment.valid_to.is_(None), Appointment.valid_to >= on),
    )  # fmt: skip
    return tuple(
        (row[0], row[1]) for row in db.session.execute(held.group_by(Appointment.post).order_by(Appointment.post))
    )


def _committees(person_id: uuid.UUID, body_id: uuid.UUID, on: date) -> tuple[str, ...]:
    seats = (
        sa.select(SERVED.c.name)
        .join(Membership, Membership.committee_id == SERVED.c.committee_id)
        .where(Membership.person_id == person_id, SERVED.c.body_id == body_id, stands(Membership, None))
        .where(Membership.valid_from <= on, sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= on))
    )
    return tuple(db.session.scalars(seats.distinct().order_by(SERVED.c.name)))


def _others(person: Person, body_id: uuid.UUID, at: datetime) -> list[Any]:
    """The interests of a person that stand under their name, a row for each organisation of each (its key, or its words)."""
    hidden = withheld_fields(body_id, at=at)
    wanted = (
        sa.select(I.id, I.reference, V.declared_on, _organisation.label("organisation"))
        .join(V, V.interest_id == I.id)
        .outerjoin(N, N.version_id == V.id)
        .where(I.person_id == person.id, I.disposed_at.is_(None))
        .order_by(I.reference, V.number)
    )
    return [row for row in db.session.execute(wanted) if "name" not in hidden.get(row.reference, ())]


_organisation = sa.func.coalesce(sa.cast(N.organisation_id, sa.Text()), N.text)


def _organisations(interest_id: uuid.UUID) -> list[tuple[str, str]]:
    """The organisations of an interest: key or words, and name."""
    wanted = (
        sa.select(_organisation, sa.func.coalesce(Organisation.name, N.text))
        .join(V, V.id == N.version_id)
        .outerjoin(Organisation, Organisation.id == N.organisation_id)
        .where(V.interest_id == interest_id)
        .order_by(V.number, N.position)
    )
    return [(row[0], row[1]) for row in db.session.execute(wanted)]


def _references(rows: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.reference for row in rows))


def _gifts(person_id: uuid.UUID, body_id: uuid.UUID, at: datetime) -> tuple[str, ...]:
    """The offers to a person that stand under their name."""
    hidden = gift_queries.withheld_fields(body_id, at=at)
    wanted = sa.select(G.reference).where(G.person_id == person_id, G.body_id == body_id, G.disposed_at.is_(None))
    return tuple(
        each for each in db.session.scalars(wanted.order_by(G.reference)) if "name" not in hidden.get(each, ())
    )


def _decisions(person: Person, body_id: uuid.UUID) -> tuple[str, ...]:
    """The procurement decisions on the register whose words mention the family name."""
    texts = (P.involved, P.conflicts, P.mitigations, P.justification, P.clinical_lead, P.contract_manager, P.comments)
    wanted = (
        sa.select(ProcurementDecision.reference)
        .join(P, P.procurement_id == ProcurementDecision.id)
        .where(ProcurementDecision.body_id == body_id, ProcurementDecision.state == State.ON_REGISTER)
        .where(sa.or_(*(text.icontains(person.family_name, autoescape=True) for text in texts)))
    )
    return (
        tuple(db.session.scalars(wanted.distinct().order_by(ProcurementDecision.reference)))
        if person.family_name
        else ()
    )


def _says(text: str | None, person: Person) -> bool:
    return bool(person.family_name) and person.family_name.casefold() in (text or "").casefold()
