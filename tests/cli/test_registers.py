"""coi registers export: a published register as a file, named after it."""

from pathlib import Path

import pytest
from flask import Flask

from coi.cli import loaded
from coi.database import db
from tests.factories.interests import an_interest
from tests.factories.organisations import a_body
from tests.factories.people import a_person, an_appointment
from tests.factories.publication import an_edition


@pytest.fixture
def published(app: Flask) -> Flask:
    body, person = a_body("NHS Mid Marsh ICB", "mid-marsh"), a_person()
    an_appointment(person, body)
    an_interest(person)
    an_edition(body)
    db.session.commit()
    return app


@pytest.mark.parametrize(("ending", "start"), [("csv", b"name,"), ("json", b"["), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_register_is_written_in_each_format(
    published: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, start: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    result = published.test_cli_runner().invoke(loaded("registers"), ["export", "--format", ending])
    assert result.exit_code == 0, result.output
    file = tmp_path / f"mid-marsh-interests-2026-11-01.{ending}"
    assert file.read_bytes().startswith(start)
    assert "edition 1" in result.output


def test_what_was_not_published_cannot_be_written(published: Flask, tmp_path: Path) -> None:
    runner = published.test_cli_runner()
    missing = runner.invoke(loaded("registers"), ["export", "--register", "breaches", "--to", str(tmp_path / "x.csv")])
    assert "Nothing of this register was published yet" in str(missing.exception)
    unknown = runner.invoke(loaded("registers"), ["export", "--body", "nowhere"])
    assert "Choose a body with --body: mid-marsh" in str(unknown.exception)
