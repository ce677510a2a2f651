"""The folder of real input that stands beside the project; tests that read it skip, and say so, where it is absent."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def real_data(*parts: str) -> Path:
    """Returns a path in the folder of real input; skips the test where it is absent."""
    path = SHARED.joinpath("data", *parts)
    if not path.exists():
        pytest.skip(f"the real input {'/'.join(parts)} is not beside the project (COI_SHARED names its folder)")
    return path
