"""The demo's people outside the committee whose declarations the secretary looks after: new, missing, out of date, away, and those
with a standing invitation."""

from dataclasses import dataclass

from coi.cli.demo.people import DOMAIN
from coi.cli.demo.scene import SYSTEM, Scene
from coi.people import commands as people
from coi.people.vocabulary import AppointmentDetails, PersonDetails
from coi.registers import absence_commands
from coi.registers.chasing import commands as chasing
from coi.registers.chasing.vocabulary import PlanDetails
from coi.registers.interests import commands as registers
from coi.registers.interests.vocabulary import NilDetails
from coi.registers.non_declarers_commands import confirm_list
from coi.registers.training import commands as training
from coi.registers.training.vocabulary import Module, TrainingDetails

ENTERED = -210  # days after the last meeting, as everywhere in the demo
NEW, LEFT_ON, CONFIRMED = 8, -60, 6


@dataclass(frozen=True)
class Colleague:
    """Somebody with a post and no seat. `since` and `nil` are days after the last meeting, `nil` that of a nil return (None: none)."""

    key: str
    title: str
    given_names: str
    family_name: str
    post: str
    since: int = -900
    nil: int | None = None
    has_email: bool = True


COLLEAGUES = (
    Colleague("pharmacist", "Mrs", "Oluchi", "Marsden-Eze", "Medicines optimisation pharmacist", nil=-212),
    Colleague("contracts", "Mr", "Gethin", "Pryderi", "Contracts manager, primary care"),
    Colleague("estates", "Ms", "Halina", "Wrzos", "Estates lead", has_email=False),
    Colleague("analyst", "Mr", "Imran", "Qadeer-Holt", "Business analyst", since=NEW),
    Colleague("invited", "Dr", "Eirlys", "Vantongeren", "GP clinical lead, urgent care", since=NEW),
    Colleague("midwife", "Mrs", "Teleri", "Fontaine", "Clinical lead, maternity"),
    Colleague("finance-deputy", "Dr", "Bronwen", "Achterberg", "Deputy Chief Finance Officer", nil=-380),
    Colleague("healthwatch", "Ms", "Marguerite", "Oyelaran-Finch", "Healthwatch Wexmoor, standing invitee", nil=-214),
    Colleague("wellbeing", "Cllr", "Desmond", "Tarrant-Vey", "Health and wellbeing board, standing invitee", nil=-213),
)
AWAY = "midwife"
INVITED = "invited"
"""A GP without an account, who is sent a link to declare."""


def employ(scene: Scene) -> None:
    """Enters the colleagues of long standing and their posts, and what some of them declared."""
    for minute, each in enumerate(each for each in COLLEAGUES if each.since < 0):
        _enter(scene, each, ENTERED, f"15:{minute:02d}")
    for each in COLLEAGUES:
        if each.nil is not None:
            _nil_return(scene, each)


def send_away(scene: Scene) -> None:
    """Somebody is away for long."""
    absence_commands.enter_absence(
        [scene.people[AWAY]], scene.body.id, scene.days.on(LEFT_ON), None, actor=scene.actor("secretary"),
        at=scene.days.at(LEFT_ON, "16:00"),
    )  # fmt: skip


def confirm_missing(scene: Scene) -> None:
    """The list of those who did not declare, confirmed before the register is published."""
    named = [scene.person_id("contracts")]
    confirm_list(scene.body, named, "", actor=scene.actor("governance"), at=scene.days.at(CONFIRMED, "15:30"))


def keep_lately(scene: Scene) -> None:
    """A new colleague, and how the board reminds from now on."""
    for each in COLLEAGUES:
        if each.since >= 0:
            _enter(scene, each, each.since, "15:00")
    chasing.change_plan(
        scene.body, PlanDetails(is_on=True), seen=0, actor=scene.actor("secretary"), at=scene.days.at(9, "09:30")
    )


def _enter(scene: Scene, each: Colleague, offset: int, when: str) -> None:
    """A person and their post."""
    at = scene.days.at(offset, when)
    email = f"{each.key}@{DOMAIN}" if each.has_email else ""
    details = PersonDetails(each.given_names, each.family_name, title=each.title, email=email)
    person = people.enter_person(details, actor=SYSTEM, at=at)
    people.appoint(person, scene.body, AppointmentDetails(each.post, scene.days.on(each.since)), actor=SYSTEM, at=at)
    scene.people[each.key] = person


def _nil_return(scene: Scene, each: Colleague) -> None:
    """A nil return, entered by the secretary from the paper that is dated so."""
    assert each.nil is not None
    on = scene.days.on(each.nil)
    registers.make_nil_return(
        scene.people[each.key], NilDetails("I have nothing to declare."), actor=scene.actor("secretary"),
        at=scene.days.at(ENTERED, "16:30"), declared_on=on, body_id=scene.body.id,
    )  # fmt: skip


def train(scene: Scene) -> None:
    """The training of the committee: most in spring, one long ago, one not at all."""
    done = dict.fromkeys(
        ("chair", "vice-chair", "lay", "finance", "director", "nurse", "gp", "secretary", "guardian"), -170
    )
    entered = [
        TrainingDetails(scene.person_id(key), Module.ICB, scene.days.on(offset), 90)
        for key, offset in {**done, "gp2": -420, "consultant": -345}.items()
    ]
    training.enter_training(
        entered, actor=scene.actor("secretary"), at=scene.days.at(-160, "10:00"), body_id=scene.body.id
    )
