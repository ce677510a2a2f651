"""The demo's register of breaches: one that was investigated and published, a report that waits for the Guardian, years without any."""

from coi.cli.demo.last_meeting import DemoDoesNotHold
from coi.cli.demo.scene import SYSTEM, Scene
from coi.clock import nhs_year
from coi.meetings.conflicts.afterwards.commands import screen_afterwards
from coi.registers.breaches import commands, report_commands, substitute_commands
from coi.registers.breaches.models import Breach
from coi.registers.breaches.rules import codes_from
from coi.registers.breaches.vocabulary import (
    AssessmentDetails,
    BreachKind,
    Conclusion,
    NoteDetails,
    NoteKind,
    Part,
    Party,
    ReportDetails,
    Severity,
    TwinDetails,
)

NAMED, REPORTED, TAKEN_UP, CLOSED, PUBLISHED, COMPARED, WAITING = -205, -150, -147, -120, -110, 15, 18
SITE = ""
LET = "A room in the premises of a practice is let to a company. A member of the committee owns part of the company and declared it late."


def name_substitute(scene: Scene) -> None:
    """Names who acts in place of the Guardian, and says that the year before had no breach."""
    days, guardian = scene.days, scene.actor("guardian")
    substitute_commands.name_substitute(
        scene.people["governance"], scene.body.id, days.on(NAMED), actor=guardian, at=days.at(NAMED, "09:00")
    )
    year = nhs_year(days.on(NAMED)) - 1
    commands.state_no_breaches(scene.body.id, year, actor=guardian, at=days.at(NAMED, "09:10"))


def keep(scene: Scene) -> None:
    """Tells of one breach from report to publication."""
    breach = _reported(scene, LET, REPORTED, "let")
    _investigate(scene, breach)
    _publish(scene, breach)


def compare_with_decisions(scene: Scene) -> None:
    """A GP declares weeks after the meeting that she has driven for a charity to which it gave a grant. Nobody has judged it yet."""
    at = scene.days.at(COMPARED, "12:30")
    if not screen_afterwards(scene.interests["gp3", "carers"], actor=SYSTEM, at=at):
        raise DemoDoesNotHold("A late interest was not found to concern the grant")


def report_lately(scene: Scene) -> None:
    """Somebody reports in confidence, after last month's meeting."""
    what = "At last month’s meeting somebody spoke for a provider on whose board they sit, and told nobody before."
    _reported(scene, what, WAITING, "lately")


def _reported(scene: Scene, what: str, offset: int, key: str) -> Breach:
    details = ReportDetails(what, how_known="I was there")
    at = scene.days.at(offset, "18:20")
    return report_commands.report_breach(scene.body.id, details, codes_from("demo", key), site=SITE, at=at).breach


def _investigate(scene: Scene, breach: Breach) -> None:
    days, guardian = scene.days, scene.actor("guardian")
    details = AssessmentDetails(
        BreachKind.UNDECLARED, LET, days.on(REPORTED - 60), "", "A report in confidence", Severity.MEDIUM, True,
        "Internal audit",
    )  # fmt: skip
    commands.assess(breach, details, version=breach.version, actor=guardian, at=days.at(TAKEN_UP, "10:00"))
    commands.name_person(breach, scene.people["gp3"], Part.COMPLAINED_OF, actor=guardian, at=days.at(TAKEN_UP, "10:05"))
    lines = (
        (TAKEN_UP, NoteDetails(NoteKind.STEP, "Internal audit read the leases and asked the practice.", days.on(TAKEN_UP))),
        (CLOSED - 3, NoteDetails(NoteKind.FINDING, "It was declared four months late. No decision concerned it.", days.on(CLOSED - 3))),
        (CLOSED - 2, NoteDetails(NoteKind.INFORMED, "By letter", days.on(CLOSED - 2), Party.NHS_ENGLAND)),
        (CLOSED - 1, NoteDetails(NoteKind.ACTION, "It is on the register. Others with rooms there were asked.", days.on(CLOSED - 1))),
        (CLOSED, NoteDetails(NoteKind.LESSON, "Premises are asked about each year.", days.on(CLOSED))),
    )  # fmt: skip
    for minute, (offset, note) in enumerate(lines):
        commands.add_note(breach, note, actor=guardian, at=days.at(offset, f"11:{minute:02d}"))
    commands.close(breach, Conclusion.BREACH, "", version=breach.version, actor=guardian, at=days.at(CLOSED, "15:00"))


def _publish(scene: Scene, breach: Breach) -> None:
    days = scene.days
    details = TwinDetails(
        event=f"{days.on(REPORTED - 60):%B %Y}", nature="An interest in premises was declared four months late.",
        control="Interests are declared within 28 days. No decision of the board concerned this one.",
        investigation="Internal audit looked into it for the Conflicts of Interest Guardian, within a month.",
        learning="Premises that are let or owned are easily forgotten.",
        actions="The register was put right. Everybody is asked about premises each year.", publish_on=days.on(PUBLISHED),
    )  # fmt: skip
    commands.write_twin(breach, details, actor=scene.actor("guardian"), at=days.at(CLOSED + 1, "09:30"))
