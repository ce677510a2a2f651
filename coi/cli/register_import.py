"""coi registers import: a body's existing register in, from a spreadsheet in almost any layout."""

import json
import sys
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from coi import clock
from coi.database import db
from coi.errors import BadInput, RuleBroken
from coi.files.commands import store_file
from coi.organisations.models import Body
from coi.organisations.queries import bodies, body
from coi.permissions.vocabulary import system_actor
from coi.registers.importing import commands, queries
from coi.registers.importing.gifts.showing import fields_of as fields_of_gift
from coi.registers.importing.holders import AS
from coi.registers.importing.preparing import prepare
from coi.registers.importing.procurement.showing import fields_of
from coi.registers.importing.row_plans import AnyPlan, AnyProposal
from coi.registers.importing.sources import NO_DAY, Source
from coi.registers.importing.vocabulary import (
    NEW_PERSON,
    Action,
    Answers,
    Matched,
    Proposal,
)
from coi.registers.importing.words import WORDS
from coi.registers.importing.writing import all_counts
from coi.registers.vocabulary import REGISTER_TITLES, RegisterKind

FAILED, BAD_INPUT = 1, 2


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--body", "slug", help="Whose register; not needed where there is one body.")
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which the register was right. Needed where its title does not give it.",
)
@click.option(
    "--register",
    "said",
    type=click.Choice([each.value for each in WORDS]),
    help="Which register it is; else its columns say it.",
)
@click.option("--sheet", default="", help="Which sheet of the workbook; else the first that is a register.")
@click.option("--leave-out", default="", help="Data rows that stay out, such as 12,37.")
@click.option("--new-people", default="", help="Data rows whose people are new, though somebody of that name is known.")
@click.option(
    "--known-people",
    default="",
    help="Data rows whose people are the one who is known, though the row does not name them for certain.",
)
@click.option(
    "--new-interests",
    "--new-decisions",
    "--new-offers",
    default="",
    help="Data rows that are new, though an interest, an offer or a decision on the register looks the same.",
)
@click.option(
    "--reveals-health",
    default="",
    help="Data rows that reveal something about somebody's health, religion or belief: they wait for the Guardian.",
)
@click.option(
    "--reveals-nothing", default="", help="Data rows that reveal nothing of the kind, though their words look so."
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def import_register_file(
    file: Path,
    slug: str | None,
    as_at: datetime | None,
    said: str | None,
    sheet: str,
    leave_out: str,
    new_people: str,
    known_people: str,
    new_interests: str,
    reveals_health: str,
    reveals_nothing: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Takes over an existing register of interests, of gifts and hospitality, or of procurement decisions, from FILE (.xlsx or .csv).

    All or nothing: where a row needs a person, nothing is imported, and the exit status is 1. The same file again changes nothing.
    """
    try:
        body = _body(slug)
        left_out, new, known = _rows(leave_out), _rows(new_people), _rows(known_people)
        register = RegisterKind(said) if said else None
        source, read = _read(file, body, as_at, sheet, register, quiet=as_json or not sys.stderr.isatty())
        told = dict.fromkeys(_rows(reveals_nothing), False) | dict.fromkeys(_rows(reveals_health), True)
        reveals = {each.key: told[each.row] for each in read.stated if each.row in told}
        same = {str(row): NEW_PERSON for row in _rows(new_interests)}
        answers = Answers({}, left_out, same=same, reveals=reveals)
        plan = commands.plan_for(body, read, answers, clock.now(), actor=system_actor("cli"))
        if (new or known) and _is_of_people(read.register):
            answers = replace(answers, people=_who_they_are(plan, new, known))
            plan = commands.plan_for(body, read, answers, clock.now(), actor=system_actor("cli"))
        db.session.rollback()
        done = not dry_run and not plan.needs_you and _import(file, body, read, answers)
    except (BadInput, RuleBroken) as error:
        click.echo(f"Error: {file.name}: {error}", err=True)
        sys.exit(BAD_INPUT)
    told = _as_data(source, read, plan, imported=done) if as_json else None
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2) if told else _as_text(source, read, plan, done, dry_run=dry_run)
    )
    sys.exit(FAILED if plan.needs_you else 0)


def _is_of_people(register: RegisterKind) -> bool:
    """Whether the rows of a register are about people, some of whom may be new."""
    return register is not RegisterKind.PROCUREMENT


def _who_they_are(plan: AnyPlan, new: frozenset[int], known: frozenset[int]) -> dict[str, str]:
    """Whom rows are about, by the key of their holder: somebody new, or the only one who is known. Raises BadInput where several are."""
    people = {}
    for each in plan.proposals:
        row, holder = each.stated.row, each.holder
        if holder is None or row not in new | known:
            continue
        offered = [
            (person, words) for person, words in holder.choices if person != NEW_PERSON and not person.startswith(AS)
        ]
        if row in known and len(offered) > 1:
            raise BadInput(
                f"row {row} may be {', or '.join(words for _, words in offered)}. Say who it is on the page of the import"
            )
        if row in known and not offered:
            continue
        people[holder.key] = offered[0][0] if row in known else NEW_PERSON
    return people


def _body(slug: str | None) -> Body:
    known = {each.slug: each for each in bodies()}
    if slug is None and len(known) == 1:
        return next(iter(known.values()))
    if slug not in known:
        raise BadInput(f"choose a body with --body: {', '.join(sorted(known)) or 'there is none yet'}")
    return known[slug]


def _rows(text: str) -> frozenset[int]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise BadInput(f"“{text}” is not a list of row numbers such as 12,37")
    return frozenset(map(int, parts))


def _read(
    file: Path, body: Body, as_at: datetime | None, sheet: str, register: RegisterKind | None, *, quiet: bool
) -> tuple[Source, commands.ReadRegister]:
    with click.progressbar(length=1000, label="Organisations", file=sys.stderr, hidden=quiet) as bar:
        data = file.read_bytes()
        source, read = prepare(
            body, data, file.name, earlier=queries.earlier_day(body.id, sha256(data).hexdigest()),
            today=clock.today(), as_at=as_at.date() if as_at else None, sheet=sheet, register=register,
            tell=lambda done, of: bar.update(1000 * done // max(of, 1) - bar.pos),
        )  # fmt: skip
    if source.missing == NO_DAY:
        raise BadInput(
            "the file does not say on which day it was right. Say it with --as-at, such as --as-at 2017-01-31"
        )
    if source.missing:
        other = "" if register else ". Say with --register which register it is, where it is another"
        raise BadInput(f"{source.missing}{other}")
    return source, read


def _import(file: Path, owner: Body, read: commands.ReadRegister, answers: Answers) -> bool:
    at, actor = clock.now(), system_actor("cli")
    here = body(owner.id)
    stored = store_file(file.name, file.read_bytes(), "register", actor=actor, at=at, body_id=here.id)
    done, _plan = commands.import_register(here, stored, read, answers, actor=actor, at=at)
    if done is None:  # nothing to keep, not even the file
        db.session.rollback()
        return False
    db.session.commit()
    return True


def _as_data(source: Source, read: commands.ReadRegister, plan: AnyPlan, *, imported: bool) -> dict[str, Any]:
    texts = {heading.number: heading.text for heading in source.headings}
    return {
        "imported": imported,
        "register": read.register.value,
        "as_at": read.as_at.isoformat() if read.as_at else None,
        "columns": {meaning: texts.get(number, "") for meaning, number in source.columns.items()},
        "columns_not_read": _unread(source),
        "sheets_not_read": [each for each in source.sheets if each != source.sheet],
        "remarks": list(source.remarks),
        "counts": dict(all_counts(plan)),
        "rows": [_row(each, read) for each in plan.proposals],
    }


def _unread(source: Source) -> list[str]:
    """The columns whose contents are not imported."""
    return [each.text for each in source.headings if each.number not in source.columns.values()]


def _matched(each: AnyProposal, read: commands.ReadRegister) -> list[Matched]:
    return [one for one in read.matches.get(each.stated.key, ()) if isinstance(one, Matched) and one.id]


def _row(each: AnyProposal, read: commands.ReadRegister) -> dict[str, Any]:
    stated = each.stated
    found = {
        "row": stated.row, "line": stated.line, "action": each.action.value, "organisation": stated.organisation,
        "matched": [{"name": one.name, "why": one.why} for one in _matched(each, read)], "reasons": list(each.reasons),
    }  # fmt: skip
    if not isinstance(each, Proposal) and read.register is RegisterKind.GIFTS:
        return found | {
            "recipient": stated.name, "is_new_person": bool(each.holder and each.holder.is_new),
            "choices": [words for _, words in each.holder.choices] if each.holder else [],
            "says": dict(fields_of_gift(stated)), "gift": each.entry.reference if each.entry else None,
        }  # fmt: skip
    if not isinstance(each, Proposal):
        return found | {
            "title": stated.title, "says": dict(fields_of(stated)), "decision": each.entry.reference if each.entry else None,
        }  # fmt: skip
    return found | {
        "part": each.stated.part, "person": each.stated.name, "is_new_person": each.holder.is_new,
        "choices": [words for _, words in each.holder.choices],
        "interest": each.interest.reference if each.interest else None,
    }  # fmt: skip


def _as_text(source: Source, read: commands.ReadRegister, plan: AnyPlan, done: bool, *, dry_run: bool) -> str:
    words, is_of_people = WORDS[read.register], _is_of_people(read.register)
    texts = {heading.number: heading.text for heading in source.headings}
    columns = [f"  {words.meanings[each]}: “{texts.get(number, '')}”" for each, number in source.columns.items()]
    lines = [
        f"{REGISTER_TITLES[read.register]}, as at {read.as_at}. {words.undated} on or before that day. Columns recognised:",
        *columns,
    ]
    if unread := _unread(source):
        lines.append(f"Not read: {', '.join(f'“{each}”' for each in unread)}.")
    lines += [f"{each}." for each in source.remarks]
    shown = [each for each in plan.proposals if dry_run or each.action is Action.NEEDS_YOU]
    lines += [_line(each, read) for each in shown]
    counts = ", ".join(f"{number:,} {words.actions[action].lower()}" for action, number in plan.counts.items())
    lines.append(
        f"{len(plan.proposals):,} rows: {counts}." + (f" New people: {plan.new_people:,}." if is_of_people else "")
    )
    if plan.needs_you:
        lines.append(
            "Nothing was imported. Correct the file, or use --leave-out ROWS, --known-people ROWS for those who are known, "
            "--new-people ROWS for namesakes, or "
            f"--new-{words.noun}s ROWS."
            if is_of_people
            else "Nothing was imported. Correct the file, or use --leave-out ROWS, or --new-decisions ROWS."
        )
    elif dry_run:
        lines.append("Nothing was imported: this was a dry run.")
    else:
        lines.append("Imported." if done else "Everything stands on the register already. Nothing changed.")
    return "\n".join(lines)


def _line(each: AnyProposal, read: commands.ReadRegister) -> str:
    stated = each.stated
    if read.register is RegisterKind.PROCUREMENT:
        who, part = stated.title or "(no title)", ""
    else:
        who = f"{stated.name or '(nobody)'}{' (new person)' if each.holder and each.holder.is_new else ''}"
        part = stated.part if isinstance(each, Proposal) else ""
    named = [f"organisation: {one.name} ({one.why})" for one in _matched(each, read)]
    why = f": {'; '.join((*named, *each.reasons))}" if named or each.reasons else ""
    return f"row {stated.row}{part} (line {stated.line})  {WORDS[read.register].actions[each.action]}  {who}{why}"
