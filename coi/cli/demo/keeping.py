"""The demo's people outside the committee whose declarations the secretary looks after: new, missing, out of date, away."""

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
from coi.registers.training import commands as training
from coi.registers.training.vocabulary import Module, TrainingDetails

ENTERED = -210  # days after the last meeting, as everywhere in the demo
NEW = 8


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
)
AWAY = "midwife"
INVITED = "invited"
"""A GP without an account, who is sent a link to declare."""


def employ(scene: Scene) -> None:
    """Enters the colleagues and their posts, what some of them declared, who is away, and how the board reminds."""
    for minute, each in enumerate(COLLEAGUES):
        at = scene.days.at(max(ENTERED, each.since), f"15:{minute:02d}")
        email = f"{each.key}@{DOMAIN}" if each.has_email else ""
        details = PersonDetails(each.given_names, each.family_name, title=each.title, email=email)
        person = people.enter_person(details, actor=SYSTEM, at=at)
        post = AppointmentDetails(each.post, scene.days.on(each.since))
        people.appoint(person, scene.body, post, actor=SYSTEM, at=at)
        scene.people[each.key] = person
        if each.nil is not None:
            _nil_return(scene, each)
    chasing.change_plan(
        scene.body, PlanDetails(is_on=True), seen=0, actor=scene.actor("secretary"), at=scene.days.at(9, "09:30")
    )
    _train(scene)
    since = scene.days.on(-60)
    absence_commands.enter_absence(
        [scene.people[AWAY]], scene.body.id, since, None, actor=scene.actor("secretary"), at=scene.days.at(-60, "11:00")
    )


def _nil_return(scene: Scene, each: Colleague) -> None:
    """A nil return, entered by the secretary from the paper that is dated so."""
    assert each.nil is not None
    on = scene.days.on(each.nil)
    registers.make_nil_return(
        scene.people[each.key], NilDetails("I have nothing to declare."), actor=scene.actor("secretary"),
        at=scene.days.at(ENTERED, "16:30"), declared_on=on, body_id=scene.body.id,
    )  # fmt: skip


def _train(scene: Scene) -> None:
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
