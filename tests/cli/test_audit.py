"""coi audit on the command line: exit status, words, and a cut tail found with a checkpoint that was kept outside."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from coi.cli import schema
from coi.config import Config

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """A database of its own in a folder, driven through the console script as an administrator would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "coi.sqlite"
        self.environment = {
            **os.environ, "COI_DATABASE_URL": f"sqlite:///{self.file}", "COI_LEDGER_KEY_FILE": str(folder / "ledger.key"),
            "COI_SECRET_KEY": "for tests only",
        }  # fmt: skip
        url = f"sqlite:///{self.file}"
        schema.upgrade(Config(environment="test", database_url=url, owner_database_url=url))

    def coi(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "coi", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)

    def release(self, number: int) -> None:
        row = (
            f'"Z9{number:04d}","SURGERY {number}","Y99","Q99","1 HIGH STREET","","","","","ZZ1 1ZZ","20200401","",'
            '"A","B","99Z","20200401","","","","","","0","","99Z","","4",""'
        )
        path = self.folder / f"epraccur_{2020 + number}-01.csv"
        path.write_text(row + "\n")
        assert self.coi("organisations", "import", str(path)).returncode == 0


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def test_a_sound_ledger_is_said_to_be_sound_with_exit_status_0(installation: Installation) -> None:
    installation.release(1)
    result = installation.coi("audit", "verify")
    assert result.returncode == 0, result.stdout + result.stderr
    report = json.loads(installation.coi("audit", "verify", "--json").stdout)
    assert report["problems"] == []


def test_a_changed_row_is_named_with_its_entry_and_exit_status_1_also_where_the_guards_are_gone(
    installation: Installation,
) -> None:
    installation.release(1)
    damage = sqlite3.connect(installation.file)
    for (name,) in damage.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        damage.execute(f'DROP TRIGGER "{name}"')
    damage.execute("UPDATE reference_release SET file_name = 'another.csv'")
    damage.commit()
    damage.close()
    unguarded = installation.coi("audit", "verify")
    assert unguarded.returncode == 1
    assert "file_name" in unguarded.stdout
    assert "keeps records from being rewritten" in unguarded.stdout
    refused = installation.coi("audit", "checkpoint")
    assert refused.returncode == 2
    assert "The ledger is not protected" in refused.stderr
    schema.upgrade(Config(environment="test", database_url=f"sqlite:///{installation.file}"))
    result = installation.coi("audit", "verify")
    assert result.returncode == 1
    assert "keeps records" not in result.stdout
    assert "file_name" in result.stdout
    assert "entry" in result.stdout.lower()


def test_a_cut_tail_is_found_only_with_a_checkpoint_kept_outside(installation: Installation) -> None:
    installation.release(1)
    before = installation.folder / "before.sqlite"
    before.write_bytes(installation.file.read_bytes())
    installation.release(2)
    signed = installation.coi("audit", "checkpoint")
    assert signed.returncode == 0, signed.stderr
    kept = installation.folder / "kept.txt"
    kept.write_text(signed.stdout)
    installation.file.write_bytes(before.read_bytes())
    assert installation.coi("audit", "verify").returncode == 0, "an old backup looks sound by itself"
    with_outside = installation.coi("audit", "verify", "--checkpoint", str(kept))
    assert with_outside.returncode == 1
    assert with_outside.stdout


def test_a_file_that_is_no_checkpoint_is_bad_input_and_no_finding_about_the_ledger(installation: Installation) -> None:
    junk = installation.folder / "junk.txt"
    junk.write_text("See the e-mail of Tuesday.\n")
    result = installation.coi("audit", "verify", "--checkpoint", str(junk))
    assert result.returncode == 2
    assert "junk.txt is not a checkpoint, so nothing was checked" in result.stderr
    assert "changed" not in result.stdout


def test_minutes_of_an_unknown_meeting_are_refused_in_words(installation: Installation) -> None:
    result = installation.coi("minutes", "export", "PCCC-M/2026-27/99")
    assert result.returncode == 2
    assert "There is no meeting with the reference" in result.stderr
