"""The demo's own policy: where the board is stricter than the guidance."""

from decimal import Decimal

from coi.cli.demo.scene import Scene
from coi.organisations.policy_commands import set_policy
from coi.organisations.vocabulary import PolicyDetails

POLICY = "Standards of business conduct and conflicts of interest, version 3"
FIGURES: tuple[tuple[str, int | Decimal, str], ...] = (
    ("gift_declare_over", Decimal(25), "section 7"),
    ("publish_months", 3, "section 11"),
    ("public_after_expiry_months", 12, "section 11"),
    ("papers_days", 7, "section 5"),
)
ADOPTED = -212  # the day on which the board began to use coi


def adopt_policy(scene: Scene) -> None:
    """Records the stricter figures that the board adopted when it began to use coi."""
    actor, since = scene.actor("governance"), scene.days.on(ADOPTED)
    for minute, (name, value, section) in enumerate(FIGURES):
        details = PolicyDetails(name, value, since, f"{POLICY}, {section}")
        set_policy(scene.body, details, version=0, actor=actor, at=scene.days.at(ADOPTED, f"11:{minute + 45}"))
