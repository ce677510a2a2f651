"""Every organisation of the database for the matcher: from the file of an earlier run while the reference data are the same."""

from coi.organisations.facts import reference_organisations
from coi.organisations.queries import reference_sizes, reference_state
from coi.organisations.saved_index import Known, known_of


def known_organisations() -> Known:
    """Returns all organisations with their names. What was made before serves until something is imported or entered. For jobs and the
    command line: it takes memory that a web worker does not have."""
    return known_of([str(each) for each in (*reference_state(), *reference_sizes())], reference_organisations)
