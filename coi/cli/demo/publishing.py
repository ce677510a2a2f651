"""The demo's steps of publication: two editions of the register of interests, before and after the last meeting, and one of the others."""

from coi.cli.demo.scene import Scene
from coi.publication.catalogue import INTERESTS, REGISTERS
from coi.publication.commands import publish_edition

FIRST, SECOND = -60, 7


def publish(scene: Scene, offset: int, note: str) -> None:
    """Publishes the register as it is on a day."""
    publish_edition(scene.body, INTERESTS, note=note, actor=scene.actor("secretary"), at=scene.days.at(offset, "16:30"))


def publish_others(scene: Scene) -> None:
    """Publishes the other registers for the first time."""
    for register in REGISTERS.values():
        if register is not INTERESTS:
            publish_edition(scene.body, register, actor=scene.actor("secretary"), at=scene.days.at(SECOND, "16:40"))
