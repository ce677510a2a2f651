"""coi organisations import, as somebody types it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from coi.cli.organisations import organisations_group
from coi.database import db
from coi.organisations import queries
from tests.factories.organisations import ods_row, practices_file


@pytest.fixture
def lark(app: Flask, tmp_path: Path) -> Path:
    """A file of one practice whose name says when it was released."""
    file = tmp_path / "epraccur_2019-11.csv"
    file.write_bytes(practices_file(ods_row("Z99001", "LARK SURGERY")))
    return file


def _run(*args: str) -> Result:
    return CliRunner().invoke(organisations_group, ["import", *args])


def test_files_are_read_and_their_counts_printed(lark: Path) -> None:
    result = _run(str(lark))
    assert result.exit_code == 0, result.output
    assert result.output.startswith("epraccur_2019-11.csv (released 2019-11-01): 1 rows, 2 organisations added")
    db.session.rollback()
    assert queries.by_code("Z99001") is not None


def test_a_file_that_was_read_before_says_so_and_changes_nothing(lark: Path) -> None:
    _run(str(lark))
    assert "was read before, as the release of 2019-11-01. Nothing changed." in _run(str(lark)).output
    assert json.loads(_run(str(lark), "--json").output)[0]["changed"] is False


def test_a_bad_second_file_leaves_the_first_and_nothing_of_itself(lark: Path, tmp_path: Path) -> None:
    bad = tmp_path / "epraccur_2023-01.csv"
    bad.write_bytes(practices_file(ods_row("Z99002", "WREN SURGERY"), ods_row("Z99003", "DOVE", status="X")))
    result = _run(str(lark), str(bad))
    assert result.exit_code != 0 and "Line 2" in str(result.exception)
    db.session.rollback()
    assert queries.by_code("Z99001") is not None and queries.by_code("Z99002") is None


def test_a_release_date_can_be_given(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "epraccur.csv"
    file.write_bytes(practices_file(ods_row("Z99001", "LARK SURGERY")))
    assert "--released" in str(_run(str(file)).exception)
    assert "released 2019-11-05" in _run(str(file), "--released", "2019-11-05").output
    assert _run(str(file), "--released", "soon").exit_code == 2
