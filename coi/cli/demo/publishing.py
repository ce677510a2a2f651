"""The demo's steps of publication: two editions of the register of interests, before and after the last meeting."""

from coi.cli.demo.scene import Scene
from coi.publication.catalogue import INTERESTS
from coi.publication.commands import publish_edition

FIRST, SECOND = -60, 7


def publish(scene: Scene, offset: int, note: str) -> None:
    """Publishes the register as it is on a day."""
    publish_edition(scene.body, INTERESTS, note=note, actor=scene.actor("secretary"), at=scene.days.at(offset, "16:30"))
