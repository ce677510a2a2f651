"""The demo's names to remember: what people at the board call organisations."""

from coi.cli.demo.scene import Scene
from coi.registers.aliases.commands import teach
from coi.registers.aliases.vocabulary import AliasDetails

NAMES = (
    ("Quillen’s", "Z90006", "Patients and minutes still call the practice after its founder"),
    ("Merrowby Docs", "Z90005", "The practice signs its letters so"),
    ("Fennacre Friends", "", "A charity beside the health centre, with no contract"),
)
TAUGHT = -90  # days after the last meeting


def teach_names(scene: Scene) -> None:
    """Teaches what these names mean, as the secretary did."""
    actor = scene.actor("secretary")
    for minute, (text, code, why) in enumerate(NAMES):
        details = AliasDetails(text, scene.organisation_id(code) if code else None, why)
        teach(scene.body.id, details, actor=actor, at=scene.days.at(TAUGHT, f"10:{minute + 15}"))
