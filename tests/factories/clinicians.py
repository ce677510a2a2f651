"""Independent clinicians and what they said, for tests, all invented."""

from datetime import date

from coi.meetings.conflicts.voices import roster_commands as commands
from coi.meetings.conflicts.voices.models import ClinicalInput, IndependentClinician
from coi.meetings.conflicts.voices.vocabulary import ClinicianDetails, ClinicianKind, InputDetails, InputWay
from coi.meetings.models import AgendaItem
from coi.organisations.models import Body
from coi.people.models import Person
from tests.factories.meetings import PLANNED, SYSTEM, minutes


def a_clinician(
    body: Body, person: Person, kind: ClinicianKind = ClinicianKind.OUT_OF_AREA_GP, *, area: str = "Northfield"
) -> IndependentClinician:
    """Somebody on the roster of a body."""
    details = ClinicianDetails(person.id, kind, area, "By email", date(2026, 1, 1))
    return commands.list_clinician(body, details, actor=SYSTEM, at=PLANNED)


def a_clinical_view(item: AgendaItem, person: Person, said: str = "Patients need the branch") -> ClinicalInput:
    """What somebody wrote about an item before the meeting."""
    details = InputDetails(person.id, InputWay.WRITTEN, date(2026, 11, 6), said)
    return commands.record_clinical_input(item, details, actor=SYSTEM, at=minutes(20))
