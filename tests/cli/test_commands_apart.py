"""Commands that are imported only when they are asked for."""

import subprocess
import sys

HEAVY = ("rapidfuzz", "numpy", "python_calamine", "coi.screening.matcher", "coi.cli.demo.content")


def test_the_web_server_does_not_load_what_only_other_commands_need() -> None:
    asks = f"import sys, coi.__main__; coi.cli.loaded('serve'); print([one for one in {HEAVY!r} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
