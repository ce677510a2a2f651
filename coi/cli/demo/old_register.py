"""The demo's old register: an invented spreadsheet in the layout of the national template, uploaded and waiting to be looked through."""

from coi.cli.demo.scene import Scene
from coi.registers.importing.upload_commands import take_in

NAME = "register-of-interests-old.csv"
UPLOADED = 16  # days after the last meeting
_ROWS = (
    ("Wexmoor register of interests as at 31 March 2024",),
    (
        "Name", "Current position(s) held", "Declared interest (organisation and nature of business)", "Type of interest", "", "",
        "Is the interest direct or indirect?", "Nature of interest", "Date of interest", "", "Action taken to mitigate risk",
    ),
    (
        "", "", "", "Financial interests", "Non-financial professional interests", "Non-financial personal interests", "", "", "From", "To",
        "",
    ),
    ("GP members", "", "", "", "", "", "", "", "", "", ""),
    (
        "Dr Anselm Whitlow", "GP member", "Greyholme House Surgery", "✓", "", "", "Direct", "GP partner", "Nov-15", "Ongoing",
        "Leaves for items about the practice",
    ),
    ("", "", "Wexmoor Out of Hours Ltd", "", "x", "", "Indirect", "Wife is a nurse there", "11/2019", "Current", ""),
    ("Dr Niamh O'Dornan", "GP member", "Ivelden Medical Centre", "Y", "", "", "Direct", "Locum GP", "01/02/2021", "31/01/2020", ""),
    ("Lay members", "", "", "", "", "", "", "", "", "", ""),
    ("Mr H Thandi", "Governor", "Dunmarsh Hospice", "", "", "x", "Direct", "Trustee", "2016", "Ongoing", "Declares it"),
    ("Miss Tamsin Okoro-Vale", "Lay member until 2024", "Nil", "", "", "", "", "", "", "", "n/a"),
)  # fmt: skip


def upload_old_register(scene: Scene) -> None:
    """Uploads the old register. The worker reads it; some rows then need the secretary."""
    data = "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in _ROWS).encode("utf-8-sig")
    take_in(scene.body, NAME, data, None, actor=scene.actor("secretary"), at=scene.days.at(UPLOADED, "09:30"))
