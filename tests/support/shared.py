"""The published files beside the project, for tests that read real input. Where they are absent, such a test skips and says so."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COI_SHARED") or Path(__file__).resolve().parents[2].parent / "shared")


def shared_file(*parts: str) -> Path:
    """Returns a file of the folder, for example `shared_file("data", "ods", "etr.csv")`. Skips the test where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"real input is not there: {path.name} (set COI_SHARED to its folder)")
    return path
