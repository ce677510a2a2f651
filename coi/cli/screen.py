"""coi screen: a register and an agenda in, who may have to stand down from which item out. No set-up, no database."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from coi import clock
from coi.documents.spreadsheets import read_table
from coi.errors import BadInput
from coi.organisations.catalogue import reference_edges, reference_organisations
from coi.organisations.ods import read_ods, released_on_of
from coi.screening.layouts import AgendaRow, RegisterRow, read_agenda, read_register
from coi.screening.matcher import Matcher
from coi.screening.mix_up import are_swapped
from coi.screening.report import as_data, as_text
from coi.screening.screen import Screening
from coi.screening.screen import screen as screen_rows
from coi.screening.vocabulary import ReferenceOrganisation

BAD_INPUT = 2
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class OneOrMore(click.Command):
    """A command whose option takes every file that follows it: `--organisations a.csv b.csv`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Writes the option before each of the files that a shell's `*` put after it."""
        return super().parse_args(ctx, spread(args, "--organisations"))


def spread(args: list[str], option: str) -> list[str]:
    """Returns `args` with `option` repeated before every value that follows it, up to the next option."""
    found: list[str] = []
    taking = False
    for number, arg in enumerate(args):
        if arg == option:
            taking = True
            continue
        if arg.startswith("-"):
            taking = False
        if taking:
            found.extend([option, arg])
        else:
            found.append(arg)
        if arg == option and number == len(args) - 1:
            found.append(option)
    return found


@click.command("screen", cls=OneOrMore)
@click.argument("register", type=FILE)
@click.argument("agenda", type=FILE)
@click.option(
    "--organisations", "files", type=FILE, multiple=True, help="Reference data as ODS publishes it (several files)."
)
@click.option("--area", default="", help="Whose register it is: a commissioner’s code, such as 06Q.")
@click.option(
    "--on", "on", default=None, help="The day of the meeting, such as 2025-01-22. Today where nothing says it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def screen(register: Path, agenda: Path, files: tuple[Path, ...], area: str, on: str | None, as_json: bool) -> None:
    """Says who may have to stand down from which item, and why.

    REGISTER and AGENDA are spreadsheets (.xlsx or .csv) as they are: the columns are found by what their headings mean.
    """
    try:
        check_order(register, agenda)
        items = read_items(agenda)
        found = screening_of(
            read_interests(register), items, read_organisations(files), area.strip().upper(), day_of(on)
        )
    except BadInput as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(BAD_INPUT)
    if as_json:
        click.echo(json.dumps(as_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(found, {str(item.number): item.reference for item in items}))


def screening_of(
    register: tuple[RegisterRow, ...],
    agenda: tuple[AgendaRow, ...],
    organisations: tuple[ReferenceOrganisation, ...],
    area: str,
    on: date,
) -> Screening:
    """Returns the outcome of one run over rows that were read."""
    return screen_rows(
        register,
        agenda,
        on=on,
        area=area,
        organisations=organisations,
        edges=reference_edges(organisations),
        finder=Matcher(organisations) if organisations else None,
    )


def check_order(register: Path, agenda: Path) -> None:
    """Raises BadInput where the two files were given in the wrong order."""
    if are_swapped([rows for _name, rows in _sheets(register)], [rows for _name, rows in _sheets(agenda)]):
        raise BadInput(
            f"{register.name} looks like an agenda and {agenda.name} like a register of interests. Give the register first: "
            f"coi screen {agenda} {register}"
        )


def day_of(text: str | None) -> date:
    """Returns the day that --on names, today without it. Raises BadInput for what is no day."""
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise BadInput(f"--on: “{text}” is not a date. Enter it as 2025-01-22") from None


def read_interests(path: Path) -> tuple[RegisterRow, ...]:
    """Returns the interests of every sheet of a register that has a column of them. Raises BadInput if none has."""
    found: list[RegisterRow] = []
    missing: BadInput | None = None
    for name, rows in _sheets(path):
        try:
            found.extend(_renumbered(read_register(rows, name), len(found)))
        except BadInput as error:
            missing = missing or error
    if not found and missing:
        raise missing
    if not found:
        raise BadInput(f"{path.name} has a heading row but no interests under it")
    return tuple(found)


def _renumbered(rows: tuple[RegisterRow, ...], before: int) -> tuple[RegisterRow, ...]:
    return rows if not before else tuple(_moved(row, before) for row in rows)


def _moved(row: RegisterRow, before: int) -> RegisterRow:
    return RegisterRow(
        row.number + before,
        row.person,
        row.position,
        row.text,
        row.interest_type,
        row.directness,
        row.arose_on,
        row.ended_on,
        row.area,
    )


def read_items(path: Path) -> tuple[AgendaRow, ...]:
    """Returns the items of the first sheet of an agenda that has a column of titles. Raises BadInput if none has."""
    missing: BadInput | None = None
    for name, rows in _sheets(path):
        try:
            items = read_agenda(rows, name)
        except BadInput as error:
            missing = missing or error
        else:
            if items:
                return items
    raise missing or BadInput(f"{path.name} has a heading row but no items under it")


def _sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    try:
        sheets = read_table(path.read_bytes(), path.name)
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error
    several = len(sheets) > 1
    return [(f"{path.name}, sheet “{sheet.name}”" if several else path.name, sheet.rows) for sheet in sheets]


def read_organisations(files: tuple[Path, ...]) -> tuple[ReferenceOrganisation, ...]:
    """Returns the organisations in ODS files, the releases in the order of the dates in their names. Raises BadInput,
    naming the file and the line, for one that is malformed."""
    read = []
    for path in files:
        try:
            read.append((released_on_of(path.name), read_ods(path.read_bytes(), path.name)))
        except BadInput as error:
            raise BadInput(f"{path.name}: {error}") from error
    return reference_organisations(read)


command = screen
