"""Reading who acts in place of the Guardian, who may be named to, and without whom nobody would."""

import uuid
from datetime import date

import sqlalchemy as sa

from coi.accounts.models import RoleGrant
from coi.database import db
from coi.errors import NotFound
from coi.people.models import Person
from coi.registers.breaches.models import GuardianSubstitute
from coi.registers.breaches.queries import IN_PLACE, holders_of, office_of

LAST_IN_PLACE = (
    "Somebody always has to be there who acts where somebody complains of the Guardian, and nobody else is. "
    "The governance lead or the Guardian names somebody else first, on the register of breaches"
)


def would_leave_nobody(body_id: uuid.UUID, person_id: uuid.UUID, on: date, *, without: uuid.UUID) -> bool:
    """Whether somebody acts in place of the Guardian from a day on, and without one role or naming of theirs nobody would. Asked before
    either ends. Rule: BRE-01."""
    substitutes = office_of(body_id, on).substitutes
    return person_id in substitutes and not office_of(body_id, on, without=[without]).substitutes


def role_is_needed(grant: RoleGrant, on: date) -> str | None:
    """Returns why a role cannot end before a day: its holder alone acts in place of the Guardian, and can in no other role; None
    where it can. Rule: BRE-01."""
    if grant.body_id is None or grant.role not in IN_PLACE:
        return None
    return LAST_IN_PLACE if would_leave_nobody(grant.body_id, grant.person_id, on, without=grant.id) else None


def persons_to_name(body_id: uuid.UUID, on: date) -> list[Person]:
    """Returns whom the body may name to act where the Guardian is complained of: lay members and the governance lead, never a
    Guardian."""
    guardians = office_of(body_id, on).guardians
    able = Person.id.in_(holders_of(IN_PLACE, body_id, on))
    found = db.session.scalars(sa.select(Person).where(able).order_by(Person.sort_key, Person.id))
    return [each for each in found if each.id not in guardians]


def substitutes_of(body_id: uuid.UUID) -> list[GuardianSubstitute]:
    """Returns everybody who was named to act in place of the Guardian, the latest first."""
    wanted = sa.select(GuardianSubstitute).where(GuardianSubstitute.body_id == body_id)
    return list(db.session.scalars(wanted.order_by(GuardianSubstitute.valid_from.desc(), GuardianSubstitute.id)))


def substitute(substitute_id: uuid.UUID, body_id: uuid.UUID) -> GuardianSubstitute:
    """Returns one of them. Raises NotFound."""
    found = db.session.get(GuardianSubstitute, substitute_id)
    if found is None or found.body_id != body_id:
        raise NotFound("There is no such person")
    return found
