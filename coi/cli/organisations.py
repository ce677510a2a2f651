"""coi organisations: read published files into the reference data, match texts to organisations."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from coi import clock
from coi.cli.match import match_file
from coi.database import db
from coi.organisations import commands
from coi.organisations.models import ReferenceRelease
from coi.permissions.vocabulary import system_actor

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("organisations", help="The reference data: practices, networks, trusts and commissioners.")
def organisations_group() -> None:
    pass


organisations_group.add_command(match_file)


@organisations_group.command("import")
@click.argument("files", metavar="FILE…", type=FILE, nargs=-1, required=True)
@click.option(
    "--released",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date the files were released, where their names do not say it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def import_files(files: tuple[Path, ...], released: datetime | None, as_json: bool) -> None:
    """Reads files as the Organisation Data Service publishes them.

    Each file is one transaction: a malformed row names its line, and nothing of that file is kept. A file that was read before
    changes nothing, and an older release never undoes a newer one.
    """
    results = []
    for file in files:
        at = clock.now()
        release = _read(file, released, at, quiet=as_json or not sys.stderr.isatty())
        db.session.commit()
        results.append(_as_data(release, is_new=release.imported_at == at))
        if not as_json:
            click.echo(_as_text(file.name, results[-1]))
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False, indent=2))


def _read(file: Path, released: datetime | None, at: datetime, *, quiet: bool) -> ReferenceRelease:
    with click.progressbar(length=1000, label=file.name, file=sys.stderr, hidden=quiet) as bar:
        return commands.import_release(
            file.read_bytes(),
            file.name,
            released.date() if released else None,
            actor=system_actor("cli"),
            at=at,
            progress=lambda done, total: bar.update(1000 * done // max(total, 1) - bar.pos),
        )


def _as_data(release: ReferenceRelease, *, is_new: bool) -> dict[str, Any]:
    return {
        "file": release.file_name,
        "kind": release.file_kind,
        "released_on": release.released_on.isoformat(),
        "sha256": release.sha256,
        "changed": is_new,
        **(release.counts if is_new else {}),
    }


def _as_text(name: str, result: dict[str, Any]) -> str:
    if not result["changed"]:
        return f"{name}: was read before, as the release of {result['released_on']}. Nothing changed."
    said = [
        f"{result['rows']:,} rows",
        f"{result['organisations_added']:,} organisations added",
        f"{result['organisations_changed']:,} changed",
        f"{result['names_added']:,} names added",
        f"{result['relations_added']:,} relations added",
        f"{result['relations_changed']:,} changed",
    ]
    return f"{name} (released {result['released_on']}): {', '.join(said)}."
