"""Suspected breaches for tests, all invented, made by the commands that make them in the product."""

import uuid
from datetime import UTC, date, datetime

from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Grant, Role, system_actor
from coi.registers.breaches import commands, report_commands
from coi.registers.breaches.models import Breach, BreachReport
from coi.registers.breaches.rules import codes_from
from coi.registers.breaches.vocabulary import (
    AssessmentDetails,
    BreachKind,
    Codes,
    Conclusion,
    NoteDetails,
    NoteKind,
    Part,
    Party,
    ReportDetails,
    Severity,
    TwinDetails,
)

AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SYSTEM = system_actor("cli")
TOLD = "He stayed in the room while the contract of his wife was discussed"


def codes(key: str = "one") -> Codes:
    return codes_from("for tests", key)


def a_report(
    body: Body,
    what: str = TOLD,
    *,
    key: str = "one",
    who: str = "",
    name: str = "",
    contact: str = "",
    is_about_guardian: bool = False,
    at: datetime = AT,
) -> BreachReport:
    """A report in confidence."""
    details = ReportDetails(what, who=who, name=name, contact=contact, is_about_guardian=is_about_guardian)
    return report_commands.report_breach(body.id, details, codes(key), site="https://localhost", at=at)


def assessment(
    what: str = "A member stayed in the room for an item about a relative’s contract",
    *,
    kind: BreachKind = BreachKind.NOT_MANAGED,
    happened_on: date | None = date(2026, 5, 20),
    is_material: bool = True,
) -> AssessmentDetails:
    return AssessmentDetails(
        kind, what, happened_on, "", "A report in confidence", Severity.MEDIUM, is_material, "Head of audit"
    )


def acting(person_id: uuid.UUID | None, body: Body, role: Role = Role.GUARDIAN) -> Actor:
    """Somebody with a role at a body, as an actor."""
    return Actor("Somebody", person_id=person_id, grants=(Grant(role, body.id),))


def an_investigated(body: Body, *, key: str = "one", actor: Actor = SYSTEM) -> Breach:
    """A suspected breach that was taken up."""
    breach = a_report(body, key=key).breach
    return commands.assess(breach, assessment(), version=breach.version, actor=actor, at=AT)


def a_closed(
    body: Body,
    *,
    key: str = "one",
    conclusion: Conclusion = Conclusion.BREACH,
    actor: Actor = SYSTEM,
    gp: Person | None = None,
) -> Breach:
    """A breach whose record is complete and closed; about `gp` where one is given."""
    breach = an_investigated(body, key=key, actor=actor)
    if gp is not None:
        commands.name_person(breach, gp, Part.COMPLAINED_OF, actor=actor, at=AT)
    on = date(2026, 5, 30)
    for note in (
        NoteDetails(NoteKind.FINDING, "The member did not leave", on),
        NoteDetails(NoteKind.REVIEW, "The decision is taken again", on),
        NoteDetails(NoteKind.INFORMED, "", on, Party.NHS_ENGLAND),
        NoteDetails(NoteKind.ACTION, "The decision was taken again", on),
        NoteDetails(NoteKind.LESSON, "The chair asks at each item", on),
    ):
        commands.add_note(breach, note, actor=actor, at=AT)
    return commands.close(breach, conclusion, "", version=breach.version, actor=actor, at=AT)


def twin_details(
    nature: str = "Somebody with a conflict stayed.", *, publish_on: date = date(2026, 7, 1), is_checked: bool = False
) -> TwinDetails:
    return TwinDetails(
        "May 2026", nature, "The chair rules first.", "The Guardian had it investigated.", "Ask at each item.", "Taken again.", publish_on,
        is_checked,
    )  # fmt: skip
