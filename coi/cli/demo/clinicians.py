"""The demo's independent clinicians: whom the committee can ask when its own GPs stand down, and what one of them wrote."""

from dataclasses import dataclass

from coi.cli.demo.scene import Scene
from coi.cli.demo.sitting import Sitting
from coi.meetings.conflicts.voices.roster_commands import list_clinician, record_clinical_input
from coi.meetings.conflicts.voices.vocabulary import ClinicianDetails, ClinicianKind, InputDetails, InputWay
from coi.people import commands as people
from coi.people.models import Person
from coi.people.vocabulary import PersonDetails
from coi.registers.interests import commands as registers
from coi.registers.interests.vocabulary import (
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
    NilDetails,
)

LISTED, ASKED = 16, 18
AREA = "Tarnhaven"


@dataclass(frozen=True)
class DemoClinician:
    """Somebody on the roster. `practice` is where they work, in whatever role; without one, they have nothing to declare."""

    person: PersonDetails
    kind: ClinicianKind
    area: str
    contact: str
    practice: str = ""
    nature: str = ""


CLINICIANS = (
    DemoClinician(
        PersonDetails("Eluned", "Marchwood", "Dr"), ClinicianKind.OUT_OF_AREA_GP, AREA, "By email, two weeks ahead"
    ),
    DemoClinician(
        PersonDetails("Obiora", "Fairweather", "Dr"), ClinicianKind.RETIRED_GP, "Eastwithy", "By telephone, not on Fridays",
        "Z90010", "One session a week since he retired as a partner",
    ),
    DemoClinician(PersonDetails("Sunniva", "Achterberg", "Ms"), ClinicianKind.NURSE, AREA, "Through the trust’s switchboard"),
)  # fmt: skip
VIEW = (
    "Evening hours help people who work. Practices with two partners or fewer may not manage Saturdays: let them share a rota with "
    "their network."
)


def list_clinicians(scene: Scene) -> list[Person]:
    """Puts three people on the roster, each with what they declared. One works at a practice of the area."""
    listed = []
    for hour, each in enumerate(CLINICIANS, start=11):
        secretary, at = scene.actor("secretary"), scene.days.at(LISTED, f"{hour}:00")
        person = people.enter_person(each.person, body_id=scene.body.id, actor=secretary, at=at)
        _declare(scene, each, person, f"{hour}:20")
        details = ClinicianDetails(person.id, each.kind, each.area, each.contact, scene.days.on(LISTED))
        list_clinician(scene.body, details, actor=secretary, at=scene.days.at(LISTED, f"{hour}:40"))
        listed.append(person)
    return listed


def ask(sitting: Sitting, clinician: Person) -> None:
    """One of them wrote about the scheme from which every practice would be paid."""
    scene = sitting.scene
    details = InputDetails(clinician.id, InputWay.WRITTEN, scene.days.on(ASKED), VIEW)
    item, at = sitting.items["access"], scene.days.at(ASKED, "16:30")
    record_clinical_input(item, details, actor=scene.actor("secretary"), at=at)


def _declare(scene: Scene, each: DemoClinician, person: Person, when: str) -> None:
    by, at = scene.actor("secretary"), scene.days.at(LISTED, when)
    if not each.practice:
        nothing = NilDetails("I have nothing to declare.")
        registers.make_nil_return(person, nothing, actor=by, at=at, body_id=scene.body.id)
        return
    named = NamedOrganisation(scene.organisation_name(each.practice), scene.organisation_id(each.practice))
    details = InterestDetails(
        type=InterestType.FINANCIAL, directness=Directness.DIRECT, role=InterestRole.SALARIED_GP, nature=each.nature,
        organisations=(named,), arose_on=scene.days.on(LISTED - 20),
    )  # fmt: skip
    registers.declare_interests(person, [details], actor=by, at=at, body_id=scene.body.id)
