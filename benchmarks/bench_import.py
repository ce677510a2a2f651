"""What it costs to import the three published releases of epraccur, one transaction each, on both databases. Targets: under 20 s of
wall time, under 300 MB. `name value unit`.

python -m benchmarks.bench_import
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pairs import peak_memory
from coi import create_app
from coi.cli import schema
from coi.clock import now
from coi.config import Config
from coi.database import db
from coi.organisations import commands
from coi.permissions.vocabulary import system_actor
from tests.support import postgres

SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ODS = SHARED / "data" / "ods"


def main() -> None:
    """Prints the figures of both databases; says so and stops where the published files are not there."""
    files = sorted(ODS.glob("epraccur_*.csv"))
    if not files:
        print(f"skipped: no published files in {ODS}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/coi.sqlite"
        _run("sqlite", url, url, files)
    if postgres.server() is None:
        print(f"skipped: PostgreSQL: {postgres.reason()}", file=sys.stderr)
        return
    owner, application = postgres.fresh_database()
    _run("postgresql", application, owner, files)


def _run(name: str, url: str, owner_url: str, files: list[Path]) -> None:
    """A process of its own, so that its memory is nobody else's."""
    command = [sys.executable, "-m", "benchmarks.bench_import", name, url, owner_url, *map(str, files)]
    subprocess.run(command, check=True)


def import_all(name: str, url: str, owner_url: str, files: list[str]) -> None:
    """Builds the schema and imports the files, a transaction each; prints what it took."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            environment="test", database_url=url, owner_database_url=owner_url, secret_key="for the benchmark",
            ledger_key_file=Path(folder) / "ledger.key",
        )  # fmt: skip
        schema.upgrade(config)
        app = create_app(config)
        began, cpu = time.perf_counter(), time.process_time()
        rows = 0
        with app.app_context():
            for file in map(Path, files):
                release = commands.import_release(file.read_bytes(), file.name, actor=system_actor("cli"), at=now())
                db.session.commit()
                rows += release.counts["rows"]
        print(f"import_{name}_rows {rows} rows")
        print(f"import_{name}_wall {time.perf_counter() - began:.2f} s")
        print(f"import_{name}_cpu {time.process_time() - cpu:.2f} s")
        print(f"import_{name}_peak_memory {peak_memory():.0f} MB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        import_all(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
