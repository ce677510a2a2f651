"""docs/operations.md describes every setting."""

import dataclasses
import re
from pathlib import Path

import pytest

from coi.config import Config

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "coi" / "config.py").read_text(encoding="utf-8")
READ = sorted(set(re.findall(r'(?:env|environ\.get)\("(COI_[A-Z0-9_]+)"', SOURCE)))
ASKED_ALONE = {"index_folder"}  # by commands that need no other setting
NOT_READ = {"argon2_memory_kib", "extra"}  # fields that tests alone set


@pytest.mark.parametrize("name", READ)
def test_the_page_describes_the_setting(name: str) -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert f"| `{name}` |" in page


def test_the_page_describes_no_setting_that_is_gone() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(COI_[A-Z0-9_]+)` \|", page, re.MULTILINE)) == set(READ)


def test_every_field_of_the_settings_is_read_from_the_environment() -> None:
    fields = {field.name for field in dataclasses.fields(Config)} - NOT_READ
    named = {name.removeprefix("COI_").lower().replace("upload_mib", "upload_bytes") for name in READ}
    assert fields == named - ASKED_ALONE
