"""Every organisation of the database for the matcher: from the file of an earlier run while the reference data are the same."""

import sqlalchemy as sa

from coi.database import db
from coi.organisations.facts import reference_organisations
from coi.organisations.models import Organisation, OrganisationName, OrganisationRelation
from coi.organisations.nearby import reference_state
from coi.organisations.saved_index import Known, known_of


def known_organisations() -> Known:
    """Returns all organisations with their names. What was made before serves until something is imported or entered. For jobs and the
    command line: it takes memory that a web worker does not have."""
    counted = [
        sa.select(sa.func.count()).select_from(each) for each in (Organisation, OrganisationName, OrganisationRelation)
    ]
    sizes = db.session.execute(sa.select(*(each.scalar_subquery() for each in counted))).one()
    return known_of([str(each) for each in (*reference_state(), *sizes)], reference_organisations)
