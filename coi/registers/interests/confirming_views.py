"""The yearly confirmation: each line of the register on a page of its own, "is this still right?", then what is new, then one signature."""

import uuid

from flask import g, redirect
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers.interests import queries, rules
from coi.registers.interests.blueprint import bp
from coi.registers.interests.course import Course
from coi.registers.interests.declaring_forms import StillForm
from coi.registers.interests.declaring_views import own_course, where_it_stands
from coi.registers.interests.entries import entry_of
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.presenting import cards_of
from coi.registers.interests.sitting import Line, Sitting
from coi.web.access import requires
from coi.web.pages import page

DECLARE = Permission.REGISTERS_INTEREST_DECLARE


def confirm_page(course: Course) -> Response:
    """Begins the confirmation of everything that stands on the register, or goes on with it."""
    sitting = course.confirming()
    return redirect(where_it_stands(course, sitting) if sitting.is_confirming else course.url("nothing"), 303)


def line_page(course: Course, number: int) -> Response:
    """Asks whether one line of the register is still right."""
    sitting = course.confirming()
    if not 1 <= number <= len(sitting.lines):
        raise NotFound("There is no such line")
    line = sitting.lines[number - 1]
    stands = queries.interest(uuid.UUID(line.interest_id)).versions[-1]
    form = StillForm.of(line)
    if form.validate_on_submit():
        try:
            rules.check_end(arose_on=stands.arose_on, ended_on=form.ended, today=clock.today())
        except RuleBroken as broken:
            form.show(broken)
        else:
            said = _said(sitting, number, form, stands)
            course.save(said)
            db.session.commit()
            return redirect(_on_from(course, said, said.lines[number - 1]), 303)
    back = course.url("line", number=number - 1) if number > 1 else course.leaves_to
    return page(
        "registers/interests/still.html", form=form, course=course, card=cards_of([stands], g.body.id)[0], number=number,
        count=len(sitting.lines), back=back,
    )  # fmt: skip


def _said(sitting: Sitting, number: int, form: StillForm, stands: InterestVersion) -> Sitting:
    first = stands.organisations[0].organisation_id if stands.organisations else None
    change = entry_of(stands, str(first or ""), str(stands.interest_id), stands.number)
    return sitting.saying(number, str(form.still.data), form.ended.isoformat() if form.ended else "", change)


def _on_from(course: Course, sitting: Sitting, line: Line) -> str:
    """The page after a line: the answers of one that has changed, the next one, or whether there is anything new."""
    change = sitting.change_of(line)
    if change is not None:
        return course.url("changed", number=change)
    return course.url("line", number=sitting.open_line) if sitting.open_line else course.url("another")


def changed_page(course: Course, number: int) -> Response:
    """Shows the answers of an interest that has changed, each with a link to put it right."""
    sitting = course.load()
    entry = sitting.entry(number)
    if entry is None:
        raise NotFound("There is no such interest")
    if not entry.is_change:
        return redirect(where_it_stands(course, sitting), 303)
    line = next(at for at, each in enumerate(sitting.lines, start=1) if each.interest_id == entry.interest_id)
    goes_on = course.url("line", number=sitting.open_line) if sitting.open_line else course.url("another")
    return page(
        "registers/interests/changed.html", course=course, entry=entry, number=number, goes_on=goes_on,
        back=course.url("line", number=line),
    )  # fmt: skip


@bp.get("/declare/confirm")
@requires(DECLARE)
def declare_confirm() -> Response:
    """Begins, or goes on with, the confirmation of what the register says."""
    return confirm_page(own_course())


@bp.route("/declare/confirm/<int:number>", methods=["GET", "POST"])
@requires(DECLARE)
def declare_line(number: int) -> Response:
    """Asks whether a line of the register is still right."""
    return line_page(own_course(), number)


@bp.get("/declare/confirm/changed/<int:number>")
@requires(DECLARE)
def declare_changed(number: int) -> Response:
    """Shows an interest that has changed, to put its answers right."""
    return changed_page(own_course(), number)
