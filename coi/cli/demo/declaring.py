"""The demo's steps on the register: annual declarations, nil returns, mitigation, and what came later."""

from datetime import date

import sqlalchemy as sa

from coi.cli.demo.interests import ALL_RIGHT, ANNUAL, INTERESTS, NIL_RETURNS, NOTHING, PAPER_DATED, DemoInterest
from coi.cli.demo.people import BY_KEY
from coi.cli.demo.scene import Scene
from coi.database import db
from coi.registers.interests import commands as registers
from coi.registers.interests import confirming_commands as confirming
from coi.registers.interests import drafter_commands
from coi.registers.interests import review_commands as reviewing
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.interests.vocabulary import (
    DeclarationKind,
    Directness,
    InterestDetails,
    InterestRole,
    InterestType,
    NamedOrganisation,
    NilDetails,
)

MITIGATED = -98


def declare(scene: Scene, offset: int) -> None:
    """Submits what was declared on a day, each person with a declaration of their own, a minute apart."""
    for minute, each in enumerate(each for each in INTERESTS if each.declared == offset):
        _declare(scene, each, f"12:{minute:02d}")


def review_yearly(scene: Scene) -> None:
    """Everybody looks at their entries: what ended is ended, what stands is confirmed, and whoever has nothing says so."""
    for each in INTERESTS:
        if each.ended is not None:
            registers.end_interest(
                scene.interests[each.person, each.organisation], scene.days.on(each.ended), version=1, actor=scene.actor(each.person),
                at=scene.days.at(ANNUAL, "14:00"), body_id=scene.body.id,
            )  # fmt: skip
    holders = dict.fromkeys(each.person for each in INTERESTS if each.is_from_paper and each.ended is None)
    for minute, key in enumerate(holders):
        person, at = scene.people[key], scene.days.at(ANNUAL, f"14:{minute:02d}")
        confirming.confirm_register(
            person, confirming.all_right(person.id, ALL_RIGHT, at), actor=scene.actor(key), at=at, body_id=scene.body.id
        )
    _make_nil_returns(scene, ANNUAL)


def _make_nil_returns(scene: Scene, offset: int) -> None:
    """Submits the nil returns of everybody who had nothing to declare on a day."""
    for minute, key in enumerate(NIL_RETURNS):
        registers.make_nil_return(
            scene.people[key],
            NilDetails(NOTHING),
            actor=scene.actor(key),
            at=scene.days.at(offset, f"15:{minute:02d}"),
            body_id=scene.body.id,
        )


def agree_mitigations(scene: Scene) -> None:
    """The governance lead agrees what is done about interests. Some still wait."""
    for minute, each in enumerate(each for each in INTERESTS if each.mitigation):
        reviewing.agree_mitigation(
            scene.interests[each.person, each.organisation],
            each.mitigation,
            version=1,
            actor=scene.actor("governance"),
            at=scene.days.at(MITIGATED, f"10:{minute:02d}"),
            body_id=scene.body.id,
        )


def enter_old_paper(scene: Scene, offset: int) -> None:
    """The secretary enters an interest from a form that turned up in a drawer. It ended so long ago that it is due for disposal."""
    code = "Z90007"
    details = InterestDetails(
        type=InterestType.FINANCIAL, directness=Directness.DIRECT, role=InterestRole.LOCUM, nature="Regular sessions as a locum",
        organisations=(NamedOrganisation(scene.organisation_name(code), scene.organisation_id(code)),),
        arose_on=date(2016, 2, 1), ended_on=date(2018, 9, 28),
    )  # fmt: skip
    registers.declare_interests(
        scene.people["gp3"], [details], actor=scene.actor("secretary"), at=scene.days.at(offset, "12:40"),
        kind=DeclarationKind.CHANGE, declared_on=date(2018, 10, 2), body_id=scene.body.id,
    )  # fmt: skip


def let_draft(scene: Scene, offset: int) -> None:
    """The GP lets her practice manager draft for her."""
    manager, at = BY_KEY["practice-manager"], scene.days.at(offset, "12:45")
    drafter_commands.name_drafter(
        scene.people["gp"], manager.email, body_id=scene.body.id, actor=scene.actor("gp"), at=at
    )


def _declare(scene: Scene, each: DemoInterest, when: str) -> None:
    days = scene.days
    details = InterestDetails(
        type=each.type, directness=each.directness, role=each.role, nature=each.nature,
        organisations=(NamedOrganisation(scene.organisation_name(each.organisation), scene.organisation_id(each.organisation)),),
        arose_on=each.arose_day(days), aware_on=days.on(each.aware) if each.aware is not None else None, via=each.via,
        keep_private_because=each.keep_private_because, keep_private_fields=each.keep_private_fields,
    )  # fmt: skip
    declaration = registers.declare_interests(
        scene.people[each.person], [details], actor=scene.actor("secretary" if each.is_from_paper else each.person),
        at=days.at(each.declared, when), kind=each.kind, declared_on=PAPER_DATED if each.is_from_paper else None, body_id=scene.body.id,
    )  # fmt: skip
    scene.interests[each.person, each.organisation] = db.session.scalars(
        sa.select(Interest).join(Interest.versions).where(InterestVersion.declaration_id == declaration.id)
    ).one()
