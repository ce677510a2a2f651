"""The names that tell who a breach was about: those of the people of a body, and of the organisations that they declared."""

import uuid

import sqlalchemy as sa

from coi.database import db
from coi.organisations.models import Organisation
from coi.people.queries import people
from coi.registers.breaches.vocabulary import NamedPerson
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion


def names_known(body_id: uuid.UUID) -> list[NamedPerson]:
    """Returns the people of a body as a text may name them."""
    return [NamedPerson(each.id, each.name, each.given_names, each.family_name) for each in people(body_id)]


def organisations_declared(body_id: uuid.UUID) -> list[str]:
    """Returns the organisations that the people of a body ever declared, in their words and by the names of those they are: by one of
    them a reader can tell who it was."""
    of_the_body = sa.select(InterestVersion.id).join(InterestVersion.interest)
    of_the_body = of_the_body.where(Interest.person_id.in_([each.id for each in people(body_id)]))
    named = sa.select(InterestOrganisation.text, Organisation.name).where(
        InterestOrganisation.version_id.in_(of_the_body)
    )
    found = db.session.execute(
        named.outerjoin(Organisation, Organisation.id == InterestOrganisation.organisation_id).distinct()
    )
    return sorted({name for row in found for name in row if name})
