"""coi registers questions: what lists from outside, and practices that closed, make one ask the members of a body."""

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from coi import clock
from coi.errors import BadInput
from coi.organisations.queries import bodies
from coi.registers.prompts.matching import about_closed, prompts_from
from coi.registers.prompts.queries import members_of
from coi.registers.prompts.reading import read_outside
from coi.registers.prompts.vocabulary import Prompt

BAD_INPUT = 2
NOTE = "These are questions to members, not findings. A name alone says little. Ask, and do not publish them. Nothing was stored."


@click.command("questions")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", "slug", help="Whose members; not needed where there is one body.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def questions(file: Path | None, slug: str | None, as_json: bool) -> None:
    """Print what to ask members, from a list that you downloaded: the officers of companies (CSV, or the JSON of Companies House), or
    awarded contracts (Open Contracting JSON, or CSV). Without FILE: entries that name a practice which closed or merged. Stores nothing."""
    known = [each for each in bodies() if slug in (None, each.slug)]
    if len(known) != 1:
        click.echo("Say whose members, with --body", err=True)
        sys.exit(BAD_INPUT)
    members = members_of(known[0].id, clock.now())
    try:
        read = read_outside(file.read_bytes(), file.name) if file else None
    except BadInput as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(BAD_INPUT)
    found = prompts_from(read, members, on=clock.today()) if read else about_closed(members)
    for each in read.doubted if read else ():
        click.echo(f"Not read: {each}", err=True)
    click.echo(_as_json(found) if as_json else _as_text(found))


def _as_text(found: list[Prompt]) -> str:
    lines = [f"{each.name}: {each.question}\n    {each.why}" for each in found]
    return "\n".join([*lines, "", NOTE] if lines else ["There is nothing to ask."])


def _as_json(found: list[Prompt]) -> str:
    rows = [{"name": each.name, "question": each.question, "why": each.why, "weak": each.is_weak} for each in found]
    return json.dumps(rows, indent=2, ensure_ascii=False)
