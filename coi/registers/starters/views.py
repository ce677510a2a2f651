"""Pages of starters, movers and leavers: a file is read, its changes are shown, and what is ticked is taken."""

import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.config import Config
from coi.database import db
from coi.documents.spreadsheets import read_table
from coi.errors import BadInput, RuleBroken
from coi.organisations.policy_queries import rules_of
from coi.permissions.vocabulary import Permission
from coi.registers.deciders import queries as deciders
from coi.registers.people_sheets import person_in, recognise
from coi.registers.starters import commands, queries
from coi.registers.starters.columns import COLUMNS, NEEDED
from coi.registers.starters.forms import FileForm, TakeForm, days_in
from coi.registers.starters.questions import with_questions
from coi.registers.starters.rules import changes_of
from coi.registers.starters.vocabulary import KIND_WORDS, TICKED, Change, Held, Kind
from coi.web import drafts
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("starters", __name__, url_prefix="/<body>/registers/starters")
MANAGE = Permission.PEOPLE_PERSON_MANAGE
DRAFT = "starters.file"


@bp.route("/", methods=["GET", "POST"])
@requires(MANAGE)
def index() -> Response:
    """Reads a file of who works here, and keeps what it says until it is taken."""
    form = FileForm()
    if form.validate_on_submit():
        try:
            read = _read(form.file.data.read(), form.file.data.filename or "", is_everybody=form.is_everybody.data)
        except BadInput as bad:
            form.show(RuleBroken(str(bad), field="file"))
        else:
            drafts.save(DRAFT, read, str(g.body.id), actor=g.actor, at=clock.now())
            db.session.commit()
            return redirect(url_for(".check"), 303)
    return page("registers/starters/index.html", form=form, seats=queries.seats_of_leavers(g.body.id, clock.today()))


def _read(data: bytes, filename: str, *, is_everybody: bool) -> dict[str, Any]:
    """What a file would change, as it is kept."""
    sheets = read_table(data, filename)
    if not sheets:
        raise BadInput("The file has no rows")
    found = recognise(sheets[0].rows, COLUMNS, NEEDED)
    people = queries.finder_for(person_in(row) for _, row in found.rows)
    held, names = queries.held_now(g.body.id, clock.today())
    away = queries.away_on(g.body.id, clock.today())
    changes = changes_of(found.rows, people, held, names, is_everybody=is_everybody, today=clock.today(), away=away)
    known, lowest = deciders.newest(g.body.id), rules_of(g.body, clock.today()).text("decision_maker_band")
    changes = list(with_questions(
        changes, {number: row.get("band", "") for number, row in found.rows}, lowest, names,
        lambda person_id, because: deciders.is_settled(known, uuid.UUID(person_id), because),
    ))  # fmt: skip
    changes = [each for each in changes if each.kind is not Kind.AWAY or may(Permission.REGISTERS_STANDING_KEEP)]
    kept = [_kept(each) for each in changes]
    return {
        "file": filename[:200],
        "headings": list(found.headings.values()),
        "unread": list(found.unread),
        "changes": kept,
    }


def _kept(change: Change) -> dict[str, Any]:
    days = {"on": change.on, "moves_on": change.moves_on}
    held = [{**asdict(each), "since": each.since.isoformat()} for each in change.held]
    return {**asdict(change), **{name: on and on.isoformat() for name, on in days.items()}, "held": held}


def _change(kept: dict[str, Any]) -> Change:
    held = tuple(Held(**{**each, "since": date.fromisoformat(each["since"])}) for each in kept["held"])
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("on", "moves_on")}
    return Change(**{**kept, **days, "kind": Kind(kept["kind"]), "held": held})


@bp.route("/check", methods=["GET", "POST"])
@requires(MANAGE)
def check() -> Response:
    """Shows the differences between a file and what is known, and takes those that are ticked."""
    read = drafts.load(DRAFT, str(g.body.id), actor=g.actor)
    if not read:
        return redirect(url_for(".index"), 303)
    changes = [_change(each) for each in read["changes"]]
    form, days = TakeForm(), days_in(request.form, changes)
    form.offer(changes)
    if request.method == "GET":
        form.take.process_data(
            [str(number) for number, each in enumerate(changes) if each.kind in TICKED and not each.is_far]
        )
    if form.validate_on_submit():
        try:
            taken = commands.take_changes(
                form.chosen(changes, days), g.body, site=_config().base_url, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            drafts.drop(DRAFT, str(g.body.id), actor=g.actor)
            db.session.commit()
            flash(
                f"Taken: {taken.started} started, {taken.moved} moved, {taken.left} left"
                + (f", {taken.away} away for long" if taken.away else "")
                + (f", {taken.asked} to be asked whether they take part in decisions" if taken.asked else "")
            )
            return redirect(url_for(".index"), 303)
    groups = [
        (kind, [(number, each) for number, each in enumerate(changes) if each.kind is kind]) for kind in KIND_WORDS
    ]
    return page(
        "registers/starters/check.html",
        form=form,
        read=read,
        groups=groups,
        words=KIND_WORDS,
        days=days,
        ticked=set(form.take.data or ()),
    )


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config
