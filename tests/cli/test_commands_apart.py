"""What is imported only by those who need it: the web server's memory is small."""

import subprocess
import sys

HEAVY = ("rapidfuzz", "numpy", "python_calamine", "coi.screening.matcher", "coi.cli.demo.content")
TOO_HEAVY_FOR_A_PAGE = ("rapidfuzz", "numpy", "python_calamine", "openpyxl", "reportlab", "cryptography")


def test_the_web_server_does_not_load_what_only_other_commands_need() -> None:
    assert loaded_by("import coi.__main__; coi.cli.loaded('serve')", HEAVY) == "[]"


def test_no_page_loads_a_library_that_only_jobs_and_commands_need() -> None:
    asks = "import importlib, coi.wiring; [importlib.import_module(one) for one in coi.wiring.BLUEPRINTS]"
    assert loaded_by(asks, TOO_HEAVY_FOR_A_PAGE) == "[]"


def test_screening_files_waits_for_no_application() -> None:
    needless = ("coi.wiring", "coi.accounts.models", "coi.registers.models", "coi.meetings.models")
    assert loaded_by("import coi.__main__; coi.cli.loaded('screen')", needless) == "[]"


def test_every_other_command_finds_the_tables_of_all_rooms() -> None:
    assert loaded_by("import coi.__main__; coi.cli.loaded('audit')", ("coi.wiring",)) == "['coi.wiring']"


def loaded_by(asks: str, libraries: tuple[str, ...]) -> str:
    told = f"import sys; print([one for one in {libraries!r} if one in sys.modules])"
    return subprocess.run(
        [sys.executable, "-c", f"{asks}; {told}"], capture_output=True, text=True, check=True
    ).stdout.strip()
