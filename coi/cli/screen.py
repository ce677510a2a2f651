"""coi screen: a register and an agenda in, who may have to stand down from which item out. No set-up, no database."""

import hashlib
import json
import sys
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from coi import clock
from coi.documents.spreadsheets import Sheet, read_table
from coi.errors import BadInput
from coi.organisations.catalogue import reference_edges, reference_organisations
from coi.organisations.ods import read_ods, released_on_of
from coi.organisations.saved_index import Known, known_of
from coi.registers.importing.sheets import with_name_above
from coi.screening.aliases import Alias, Taught
from coi.screening.declared import Finder
from coi.screening.headings import find_names, find_register
from coi.screening.inputs import Unread, agenda_input, register_input, unread_of
from coi.screening.layouts import AgendaRow, RegisterRow
from coi.screening.matcher import Matcher
from coi.screening.matching_vocabulary import ReferenceOrganisation
from coi.screening.mix_up import are_swapped, leaning
from coi.screening.report import as_data, as_text
from coi.screening.screen import Screening
from coi.screening.screen import screen as screen_rows

BAD_INPUT = 2
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class OneOrMore(click.Command):
    """A command whose option takes every file that follows it: `--organisations a.csv b.csv`. Where its own arguments come last, it
    leaves them as many as they need."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Writes the option before each of the files that a shell's `*` put after it."""
        valued = {name for each in self.params if not getattr(each, "is_flag", False) for name in each.opts}
        needed = sum(isinstance(each, click.Argument) for each in self.params)
        return super().parse_args(ctx, spread(args, "--organisations", needed, valued))


def spread(args: list[str], option: str, needed: int, valued: Collection[str]) -> list[str]:
    """Returns `args` with `option` repeated before every value that follows it, up to the next option. The command needs so many
    arguments of its own: those that stand nowhere else are the last. `valued` are the options that take a value."""
    found: list[str] = []
    own: list[str] = []
    last = ""
    for number, arg in enumerate(args):
        if arg.startswith("-"):
            last = arg
            if arg != option or number == len(args) - 1:
                found.append(arg)
        elif last == option:
            found.extend([option, arg])
        else:
            (found if last in valued else own).append(arg)
            last = ""
    left: list[str] = []
    while len(own) + len(left) < needed and last == option and found[-4:-3] == [option]:  # one stays the option's
        left.insert(0, found.pop())
        found.pop()
    return [*found, *own, *left]


@click.command("screen", cls=OneOrMore)
@click.argument("register", type=FILE)
@click.argument("agenda", type=FILE)
@click.option(
    "--organisations", "files", type=FILE, multiple=True, help="Reference data as ODS publishes it (several files)."
)
@click.option("--aliases", type=FILE, help="Names that were taught: a spreadsheet with columns `text` and `code`.")
@click.option("--area", default="", help="Whose register it is: a commissioner’s code, such as 06Q.")
@click.option(
    "--on", "on", default=None, help="The day of the meeting, such as 2025-01-22. Today where nothing says it."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def screen(
    register: Path,
    agenda: Path,
    files: tuple[Path, ...],
    aliases: Path | None,
    area: str,
    on: str | None,
    as_json: bool,
) -> None:
    """Says who may have to stand down from which item, and why.

    REGISTER and AGENDA are spreadsheets (.xlsx or .csv) as they are: the columns are found by what their headings mean.
    """
    try:
        check_order(register, agenda)
        interests, unread = read_interests(register)
        items, unread_too = read_items(agenda)
        known, area = known_organisations(files), area.strip().upper()
        check_area(area, known.organisations)
        found = screening_of(interests, items, known, area, day_of(on), aliases)
        found = replace(found, unread=found.unread + unread + unread_too)
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
    known: Known,
    area: str,
    on: date,
    aliases: Path | None = None,
) -> Screening:
    """Returns the outcome of one run over rows that were read."""
    organisations = known.organisations
    return screen_rows(
        register,
        agenda,
        on=on,
        area=area,
        organisations=organisations,
        edges=reference_edges(organisations),
        finder=finder_of(known, aliases) if organisations else None,
    )


def check_order(register: Path, agenda: Path) -> None:
    """Raises BadInput where the two files were given in the wrong order."""
    if are_swapped([rows for _name, rows in _sheets(register)], [rows for _name, rows in _sheets(agenda)]):
        raise BadInput(
            f"{register.name} looks like an agenda and {agenda.name} like a register of interests. Give the register first: "
            f"coi screen {agenda} {register}"
        )


def check_area(area: str, organisations: tuple[ReferenceOrganisation, ...]) -> None:
    """Raises BadInput for an area that the reference data, where there is any, does not know."""
    known = {held.code for one in organisations for held in one.areas} | {one.geography for one in organisations}
    known |= {one.code for one in organisations}
    if area and organisations and area not in known:
        raise BadInput(
            f"--area: no organisation of the reference data belongs to “{area}”. Check the commissioner’s code, such as 06Q, or "
            "leave --area out. Nothing was screened"
        )


def day_of(text: str | None) -> date:
    """Returns the day that --on names, today without it. Raises BadInput for what is no day."""
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError:
        raise BadInput(f"--on: “{text}” is not a date. Enter it as 2025-01-22") from None


def read_interests(path: Path) -> tuple[tuple[RegisterRow, ...], Unread]:
    """Returns the interests of every sheet of a register that has columns of names and interests, and what was left unread.
    Raises BadInput, of the sheet that looks most like a register, if none has."""
    found: list[RegisterRow] = []
    sheets: set[str] = set()
    unread = Unread()
    refused: list[tuple[int, BadInput]] = []
    for name, rows in _sheets(path):
        try:
            sheet, columns = with_name_above(Sheet(name, rows), find_register(rows, name))
            read = register_input(sheet.rows, columns, name)
        except BadInput as error:
            refused.append((leaning(rows), error))
            unread += Unread(not_read=(f"all of {name}",))
            continue
        before = len(found)
        sheets.add(name)
        unread += unread_of(read, name, before)
        found.extend(replace(row, number=row.number + before) for row in read.rows)
    if not found and refused:
        raise _nothing_screened(max(refused, key=lambda each: each[0])[1])
    if not found:
        raise BadInput(f"{path.name} has a heading row but no interests under it")
    several = len(sheets) > 1  # then a line alone tells nobody where to look
    return tuple(replace(row, line=0) if several else row for row in found), unread


def read_items(path: Path) -> tuple[tuple[AgendaRow, ...], Unread]:
    """Returns the items of the first sheet of an agenda that has a column of titles, and what was left unread. Raises BadInput if
    none has."""
    missing: BadInput | None = None
    sheets = _sheets(path)
    for number, (name, rows) in enumerate(sheets):
        try:
            read = agenda_input(rows, name)
        except BadInput as error:
            missing = missing or error
        else:
            if read.rows:
                others = tuple(f"all of {other}" for n, (other, _rows) in enumerate(sheets) if n != number)
                return read.rows, Unread((*(f"“{each}” ({name})" for each in read.not_read), *others))
    raise _nothing_screened(missing) if missing else BadInput(f"{path.name} has a heading row but no items under it")


def _nothing_screened(error: BadInput) -> BadInput:
    return error if error.line is not None else BadInput(f"{error}. Nothing was screened")


def _sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    try:
        sheets = read_table(path.read_bytes(), path.name)
    except BadInput as error:
        raise BadInput(f"{path.name}: {error}") from error
    several = len(sheets) > 1
    return [(f"{path.name}, sheet “{sheet.name}”" if several else path.name, sheet.rows) for sheet in sheets]


def finder_of(known: Known, aliases: Path | None) -> Finder:
    """Returns who finds organisations in texts: the names of a file first, where one is given. Raises BadInput for a file without its
    columns, and for a code that no organisation has."""
    matcher = Matcher(*known)
    if aliases is None:
        return matcher
    by_code = {one.code: one for one in known.organisations}
    taught = []
    for name, rows in _sheets(aliases)[:1]:
        for text, code in find_names(rows, name):
            one = by_code.get(code.upper())
            if one is None and code.lower() != "none":
                raise BadInput(f"{name}: no organisation has the code “{code}” (for “{text}”)")
            taught.append(
                Alias(text, code.upper(), one.name if one else "", f"taught in {name}", means_none=one is None)
            )
    return Taught(matcher, taught)


def known_organisations(files: tuple[Path, ...]) -> Known:
    """Returns the organisations in ODS files, with their names taken apart. Raises BadInput as `read_organisations` does."""
    digests = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return known_of(digests, lambda: read_organisations(files))


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
