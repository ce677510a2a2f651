"""The secretary's work list: who is due, late, missing or away, worked through one by one or together."""

import uuid
from dataclasses import replace

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.people.queries import persons
from coi.permissions.vocabulary import Permission
from coi.registers import absence_commands
from coi.registers import standing_queries as queries
from coi.registers.asking import known_question
from coi.registers.chasing.queries import last_reminded
from coi.registers.interests.people_queries import people_visible_to
from coi.registers.standing import STANDING_WORDS
from coi.registers.standing_forms import AbsenceForm, ReturnForm
from coi.registers.work_list import COUNTED, NO_COMMITTEE, SHOW_WORDS, Line, chosen, counts, page_of, read_asked
from coi.web.access import requires
from coi.web.pages import page

bp = Blueprint("standing", __name__, url_prefix="/<body>/registers")
READ, KEEP = Permission.REGISTERS_INTEREST_READ, Permission.REGISTERS_STANDING_KEEP


@bp.get("/")
@requires(READ)
def index() -> Response:
    """The work list: counts per committee, and the lines that are asked for; as it was known at an instant where that is asked."""
    asked, question = read_asked(request.args), known_question(request.args)
    asked = replace(asked, known=question.known if question.is_past else "")
    lines = queries.work_list(g.body.id, g.actor, clock.now(), known_at=question.instant if asked.known else None)
    names = queries.committee_names({each for line in lines for each in line.committees})
    found = chosen(lines, asked)
    shown, number, pages = page_of(found, asked.page)
    return page(
        "registers/standing/index.html", 422 if question.error else None, question=question,
        asked=asked, counts=counts(lines, names), shown=shown, count=len(found),
        reminded={} if asked.known else last_reminded([line.person_id for line in shown]), choices=SHOW_WORDS, columns=COUNTED,
        committees={**names, NO_COMMITTEE: "On no committee"}, words=STANDING_WORDS,
        previous=url_for(".index", **asked.arguments(number - 1)) if number > 1 else "",
        next=url_for(".index", **asked.arguments(number + 1)) if number < pages else "", number=number, pages=pages,
    )  # fmt: skip


@bp.route("/absences/new", methods=["GET", "POST"])
@requires(KEEP)
def enter_absence() -> Response:
    """Enters that the people who were ticked are away for long."""
    lines = queries.work_list(g.body.id, g.actor, clock.now(), permission=KEEP)
    form = AbsenceForm()
    form.offer(lines)
    if request.method == "GET":
        form.people.process_data(_asked_for(lines))
    if form.validate_on_submit():
        people = list(persons(form.people.data).values())
        since, until = form.days()
        try:
            absence_commands.enter_absence(people, g.body.id, since, until, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{_people(len(people))} entered as away")
            return redirect(url_for(".absences"), 303)
    return page("registers/standing/away.html", form=form)


def _asked_for(lines: list[Line]) -> list[uuid.UUID]:
    """The people whom the address ticks."""
    wanted = set(request.args.getlist("people"))
    return [line.person_id for line in lines if str(line.person_id) in wanted]


@bp.get("/absences")
@requires(KEEP)
def absences() -> Response:
    """Who is away for long, or will be."""
    return page("registers/standing/absences.html", absences=_visible_absences(), today=clock.today())


def _visible_absences() -> list[queries.Absence]:
    mine = {line.person_id for line in queries.work_list(g.body.id, g.actor, clock.now(), permission=KEEP)}
    return [each for each in queries.absences_of_body(g.body.id, clock.today()) if each.person_id in mine]


@bp.route("/absences/<uuid:absence_id>/end", methods=["GET", "POST"])
@requires(KEEP)
def end_absence(absence_id: uuid.UUID) -> Response:
    """Enters the last day of a long absence, or that it was a mistake."""
    on = clock.today()
    absence = queries.absence(absence_id, people_visible_to(g.actor, KEEP, g.body.id, on), g.body.id)
    if absence is None:
        raise NotFound("There is no such absence")
    form = ReturnForm()
    if form.validate_on_submit():
        try:
            absence_commands.end_absence(absence, form.last_day(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The absence of {absence.person.name} was changed")
            return redirect(url_for(".absences"), 303)
    return page("registers/standing/back.html", form=form, absence=absence)


def _people(number: int) -> str:
    return "1 person is" if number == 1 else f"{number} people are"
