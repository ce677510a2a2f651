"""A register that is taken over by the command, as somebody types it, for the tests of each kind of register."""

from collections.abc import Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from coi.audit.models import LedgerLeaf
from coi.cli.register_import import import_register_file
from coi.database import db
from tests.registers.importing.registers_seen import as_csv


def imported(folder: Path, rows: Sequence[Sequence[str]], *args: str, name: str = "register.csv") -> Result:
    """Writes the rows into a file, has the command read it with `args`, and returns what it answered."""
    file = folder / name
    file.write_bytes(as_csv(rows))
    result = CliRunner().invoke(import_register_file, [str(file), *args])
    db.session.rollback()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def entries() -> int:
    """Returns how many entries the ledger has."""
    return db.session.query(LedgerLeaf).count()
