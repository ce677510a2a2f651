"""What it costs to take over an existing register of five thousand rows: `coi registers import` in a process of its own, on both
databases, with a published release of practices to find the organisations in. Target: at most 60 s.

python -m benchmarks.bench_register
"""

import csv
import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from benchmarks.databases import on_both_databases
from benchmarks.pairs import peak_memory, report
from coi import create_app
from coi.__main__ import main as run_command
from coi.cli import schema
from coi.config import Config
from coi.database import db
from tests.factories.organisations import a_body

ROWS, PER_PERSON = 5_000, 4
SHARED = Path(os.environ.get("COI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
HEAD = ("Name", "Position", "Declared interest", "Type of interest", "From", "To")
INTERESTS = (
    ("Partner at {place} Surgery", "Financial interest"),
    ("Shareholder in {place} Federation Limited", "Financial interest"),
    ("Trustee of {place} Hospice", "Non-financial professional interest"),
    ("Spouse works for {place} Community Trust", "Indirect interest"),
)


def rows() -> list[tuple[str, ...]]:
    """Invented people with four interests each."""
    dice, first_day = random.Random(4), date(2019, 1, 1)
    found = []
    for number in range(ROWS):
        words, kind = INTERESTS[number % PER_PERSON]
        letters = "".join(chr(ord("a") + number // PER_PERSON // 26**place % 26) for place in range(3))
        name, place = f"Dr Ada Quen{letters}", f"{dice.choice(('Ash', 'Elm', 'Lark', 'Oak'))}{letters}field"
        since = first_day + timedelta(days=dice.randrange(2_000))
        found.append((name, "Member", words.format(place=place), kind, since.strftime("%d/%m/%Y"), "Current"))
    return found


def main() -> None:
    """Prints the figures of both databases."""
    on_both_databases(measure)


def measure(name: str, folder: Path, url: str, owner_url: str) -> None:
    """Prints the processor time and the most memory of one import."""
    config = Config(
        environment="test", database_url=url, owner_database_url=owner_url or url, secret_key="for the benchmark",
        ledger_key_file=folder / "ledger.key",
    )  # fmt: skip
    schema.upgrade(config)
    with create_app(config).app_context():
        a_body()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    settings = {"COI_ENVIRONMENT": "demo", "COI_DATABASE_URL": url, "COI_OWNER_DATABASE_URL": owner_url}
    published = sorted((SHARED / "data" / "ods").glob("epraccur_*.csv"))
    if published:
        _run(folder, settings, "organisations", "import", str(published[-1]))
    file = folder / "register.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([HEAD, *rows()])
    cpu, peak = _run(folder, settings, "registers", "import", str(file), "--as-at", "2026-11-01")
    report(f"register_import_{name}_cpu", cpu, "s")
    report(f"register_import_{name}_memory", peak, "MB")


def _run(folder: Path, settings: dict[str, str], *words: str) -> tuple[float, float]:
    """Runs a command; returns its processor time in seconds and the most memory that it had, in megabytes."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    command = [sys.executable, "-m", "benchmarks.bench_register", "--run", *words]
    done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    cpu, peak = done.stdout.split()[-2:]
    return float(cpu), float(peak)


def run_one(words: list[str]) -> None:
    """Runs a command of coi in this process, and prints what it took: seconds of processor time and megabytes."""
    sys.argv = ["coi", *words]
    try:
        run_command()
    except SystemExit as end:
        if end.code:
            raise
    print(time.process_time(), peak_memory())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run_one(sys.argv[2:])
    else:
        main()
