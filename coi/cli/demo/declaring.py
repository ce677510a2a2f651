"""The demo's steps on the register: annual declarations, nil returns, mitigation, and what came later."""

import sqlalchemy as sa

from coi.cli.demo.interests import INTERESTS, NIL_RETURNS, NOTHING, DemoInterest
from coi.cli.demo.scene import Scene
from coi.database import db
from coi.registers.interests import commands as registers
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.interests.vocabulary import InterestDetails, NamedOrganisation, NilDetails

MITIGATED = -98


def declare(scene: Scene, offset: int) -> None:
    """Submits what was declared on a day, each person with a declaration of their own, a minute apart."""
    for minute, each in enumerate(each for each in INTERESTS if each.declared == offset):
        _declare(scene, each, f"12:{minute:02d}")


def make_nil_returns(scene: Scene, offset: int) -> None:
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
        registers.agree_mitigation(
            scene.interests[each.person, each.organisation],
            each.mitigation,
            version=1,
            actor=scene.actor("governance"),
            at=scene.days.at(MITIGATED, f"10:{minute:02d}"),
            body_id=scene.body.id,
        )


def _declare(scene: Scene, each: DemoInterest, when: str) -> None:
    days = scene.days
    details = InterestDetails(
        type=each.type, directness=each.directness, role=each.role, nature=each.nature,
        organisations=(NamedOrganisation(scene.organisation_name(each.organisation), scene.organisation_id(each.organisation)),),
        arose_on=each.arose_day(days), ended_on=days.on(each.ended) if each.ended is not None else None,
        aware_on=days.on(each.aware) if each.aware is not None else None, via=each.via,
        keep_private_because=each.keep_private_because,
    )  # fmt: skip
    declaration = registers.declare_interests(
        scene.people[each.person], [details], actor=scene.actor(each.entered_by or each.person), at=days.at(each.declared, when),
        kind=each.kind, body_id=scene.body.id,
    )  # fmt: skip
    scene.interests[each.person, each.organisation] = db.session.scalars(
        sa.select(Interest).join(Interest.versions).where(InterestVersion.declaration_id == declaration.id)
    ).one()
