"""coi registers: a body’s existing register in, the published registers as files."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from coi import clock
from coi.cli.register_import import import_register_file
from coi.cli.register_questions import questions
from coi.config import Config
from coi.documents.pdf import pdf_of
from coi.documents.workbook_out import workbook_of
from coi.errors import BadInput
from coi.organisations.models import Body
from coi.organisations.queries import bodies
from coi.publication import exporting, looking, queries, saying
from coi.publication.catalogue import REGISTERS, register_of
from coi.publication.looking import Published
from coi.publication.releases import PATH, releases_of
from coi.registers.vocabulary import RegisterKind

FORMATS = ("csv", "json", "xlsx", "pdf", "ocds")
ENDINGS = {"ocds": "releases.json"}


@click.group("registers", help="The registers of a body.")
def registers_group() -> None:
    pass


registers_group.add_command(import_register_file)
registers_group.add_command(questions)


@registers_group.command(
    "export",
    help="Write the newest edition of a register, as the public may read it today.",
)
@click.option("--body", "slug", help="Whose register; not needed where there is one body.")
@click.option(
    "--register", "kind", type=click.Choice([kind.value for kind in REGISTERS]), default="interests", show_default=True
)
@click.option(
    "--format",
    "ending",
    type=click.Choice(FORMATS),
    default="csv",
    show_default=True,
    help="ocds: procurement decisions as Open Contracting releases.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; else named after the register.",
)
@with_appcontext
def export(slug: str | None, kind: str, ending: str, target: Path | None) -> None:
    if ending == "ocds" and kind != RegisterKind.PROCUREMENT:
        raise BadInput("Open Contracting releases are of procurement decisions: add --register procurement")
    body = _body(slug)
    found = looking.published(body.id, register_of(kind), at=clock.now())
    path = target or Path(f"{body.slug}-{kind}-{found.edition.as_at.isoformat()}.{ENDINGS.get(ending, ending)}")
    path.write_bytes(_content(body, found, ending))
    click.echo(f"Wrote {path} (edition {found.edition.number}, as at {found.edition.as_at.isoformat()})")


def _body(slug: str | None) -> Body:
    known = {each.slug: each for each in bodies()}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug not in known:
        raise BadInput(f"Choose a body with --body: {', '.join(sorted(known)) or 'there is none yet'}")
    return known[slug]


def _content(body: Body, found: Published, ending: str) -> bytes:
    shape, lines = found.register.shape, looking.lines_of(found)
    days = queries.days_of_editions(body.id, found.register.kind)
    config: Config = current_app.config["COI"]
    about = saying.about(body, found, f"{config.base_url}/{body.slug}/public/{found.register.kind}")
    if ending == "ocds":
        package = releases_of(found, f"{about.address}/{PATH}", config.ocds_prefix)
        return json.dumps(package, ensure_ascii=False, indent=2).encode()
    if ending == "pdf":
        rows = (row for row, _ in looking.rows_of(found))
        return pdf_of(exporting.document_of(shape, rows, about), created=found.edition.published_at)
    if ending == "xlsx":
        head = [column.heading for column in exporting.columns_of(shape)]
        return workbook_of(
            about.title,
            head,
            exporting.workbook_rows(shape, lines, days, about.edition),
            about=saying.lines_about(about),
        )
    make = exporting.csv_of if ending == "csv" else exporting.json_of
    return "".join(make(shape, lines, days, about.edition)).encode()
