"""coi organisations match: declared texts → organisations, ranked, or ambiguous, or none. No set-up, no database."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from coi.cli.screen import BAD_INPUT, FILE, OneOrMore, finder_of, known_organisations
from coi.documents.spreadsheets import read_table
from coi.errors import BadInput
from coi.screening.headings import find_texts
from coi.screening.matching_vocabulary import MatchResult


@click.command("match", cls=OneOrMore)
@click.argument("file", type=FILE)
@click.option(
    "--organisations", "files", type=FILE, multiple=True, help="Reference data as ODS publishes it (several files)."
)
@click.option("--aliases", type=FILE, help="Names that were taught: a spreadsheet with columns `text` and `code`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def match_file(file: Path, files: tuple[Path, ...], aliases: Path | None, as_json: bool) -> None:
    """Says which organisations the texts in FILE name.

    FILE is a spreadsheet with a column `text`, and perhaps `area`: the commissioner whose register each text is from. --aliases
    names a file of names that you taught: what they mean is asked first; the code is “none” where a name means nobody.
    """
    try:
        texts = [
            pair for sheet in read_table(file.read_bytes(), file.name)[:1] for pair in find_texts(sheet.rows, file.name)
        ]
        matcher = finder_of(known_organisations(files), aliases)
    except BadInput as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(BAD_INPUT)
    results = [matcher.match(text, area) for text, area in texts]
    if as_json:
        click.echo(json.dumps([as_data(result) for result in results], ensure_ascii=False, indent=2))
        return
    for result in results:
        click.echo(as_text(result))
    click.echo(f"{len(results):,} texts: {_counts(results)}.")
    if not files:
        click.echo(
            "No reference data was given, so almost nothing is known by name. Give --organisations with the published files."
        )


def as_data(result: MatchResult) -> dict[str, Any]:
    """Returns one object of what `--json` prints. Source: DESIGN §5."""
    return {
        "text": result.text,
        "decision": result.decision.value,
        "organisations": [
            {"code": one.code, "name": one.name, "score": one.score, "why": one.why} for one in result.organisations
        ],
    }


def as_text(result: MatchResult) -> str:
    """Returns the lines that people read: the text, then each organisation and why."""
    lines = [f"{result.decision.value:<10} {result.text}"]
    lines.extend(f"{'':<10} → {one.name} ({one.code or 'no ODS code'}): {one.why}" for one in result.organisations)
    return "\n".join(lines)


def _counts(results: list[MatchResult]) -> str:
    decisions = [result.decision.value for result in results]
    return ", ".join(f"{decisions.count(word):,} {word}" for word in ("matched", "ambiguous", "none"))


command = match_file
