"""The validator of the Open Contracting standard, in an environment of its own (requirements/ocds_validator.py)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

VENV = Path(__file__).resolve().parents[2] / ".venv-ocds"
PROCESS = Path(__file__).with_name("ocds_process.py")
FAULTS = (
    "validation_errors", "additional_closed_codelist_values", "additional_open_codelist_values", "additional_fields",
    "deprecated_fields", "additional_checks",
)  # fmt: skip
"""Where the validator says what is wrong. A code that is not in its closed list stands in the second, not among the errors."""


def judged(*packages: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns what the validator says of each package. Skips the test where it is not in place."""
    if not (VENV / ".in-place").exists():
        pytest.skip(
            "the validator of the Open Contracting standard is not in .venv-ocds: `make validator` puts it there"
        )
    command = [VENV / "bin" / "python", "-I", PROCESS, *VENV.glob("ocds-standard-*.zip")]
    done = subprocess.run(command, input=json.dumps(packages), text=True, capture_output=True)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def faults(verdict: dict[str, Any]) -> dict[str, Any]:
    """Returns whatever the validator has to say against a package; nothing where it is valid."""
    return {name: verdict[name] for name in FAULTS if verdict[name]}
