"""Pages on which a secretary records an urgent decision, and that the audit committee was told."""

import uuid

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.committees.queries import terms_in_force
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.models import AgendaItem
from coi.meetings.queries import item_of
from coi.meetings.urgent import commands
from coi.meetings.urgent.forms import ReportedForm, StrikeUrgentForm, UrgentForm
from coi.meetings.urgent.models import UrgentDecision
from coi.meetings.urgent.queries import may_be_asked, others_of_the_body, urgent_decision_of
from coi.meetings.urgent.rules import urgent_sentences
from coi.meetings.urgent.screening import own_seats, screened_as
from coi.people.queries import names_apart
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.fields import Option
from coi.web.pages import page

bp = Blueprint("urgent", __name__)

LATE = (
    "It is recorded as reported late. The meeting judges that when it is asked to ratify it. "
    "If you think that it was held back, report a suspected breach."
)
RECORD = Permission.MEETINGS_MEETING_RECORD


def _item(item_id: uuid.UUID) -> AgendaItem:
    return item_of(item_id, body_id=g.body.id, actor=g.actor, permission=RECORD)


@bp.route("/<body>/items/<uuid:item_id>/urgent-decision", methods=["GET", "POST"])
@requires(RECORD)
def record(item_id: uuid.UUID) -> Response:
    """Record what was decided between meetings, for the next meeting to ratify."""
    item = _item(item_id)
    conflicts = conflicts_at(item.meeting, known_at=clock.now(), items=[item], reader=g.actor)
    committee = request.args.get("committee", type=uuid.UUID) or conflicts.convening
    if committee not in conflicts.seats:
        raise NotFound("There is no such committee")
    if request.method == "GET":
        commands.check_item(item, committee)  # said before anybody fills the form in
    form = UrgentForm(power=_power(item, committee))
    _offer(form, item, conflicts, committee)
    if form.validate_on_submit():
        try:
            row = commands.record_urgent_decision(
                item, form.details(), actor=g.actor, at=clock.now(), committee_id=committee
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The urgent decision is recorded. The meeting is asked to ratify it.")
            if row.fact.is_only_late:
                flash(LATE, "important")
            return redirect(url_for("meetings.item", item_id=item.id, _anchor="urgent"))
    return page("meetings/urgent/record.html", form=form, item=item, conflicts=conflicts, committee=committee)


def _power(item: AgendaItem, committee: uuid.UUID) -> str:
    """What the terms of reference say on urgent decisions."""
    row = next(each for each in item.meeting.committees if each.committee_id == committee)
    terms = terms_in_force(row.committee, item.meeting.held_on)
    return terms.urgent_power if terms else ""


def _offer(form: UrgentForm, item: AgendaItem, conflicts: MeetingConflicts, committee: uuid.UUID) -> None:
    """Offers the members, each with what was found of them on the item."""
    today = clock.local(clock.now()).date()
    seats = {uuid.UUID(seat.person): seat for seat in own_seats(conflicts, committee)}
    found = others_of_the_body(item.meeting.body_id, conflicts.seats[committee].seats, today)
    asked = [each for each in may_be_asked(item.meeting, today) if each.id not in seats]
    names = {one: seat.name for one, seat in seats.items()} | {each.id: each.name for each in (*found, *asked)}
    apart = names_apart(names.items(), item.meeting.body_id, today)
    members, deciders = {}, {}
    for person, seat in seats.items():
        said = "" if screened_as(person, item, conflicts, committee).is_clear else " (has a conflict on this item)"
        members[person] = Option(person, f"{apart[person]}{said}")
        if seat.voting:
            deciders[person] = members[person]
    others, guests = ([Option(one.id, f"{apart[one.id]} (not a member)") for one in group] for group in (found, asked))
    form.offer([*deciders.values(), *others], [*members.values(), *others], [*members.values(), *guests])


@bp.route("/<body>/items/<uuid:item_id>/urgent-decision/audit-committee", methods=["GET", "POST"])
@requires(RECORD)
def report(item_id: uuid.UUID) -> Response:
    """Record that the audit committee was told."""
    item = _item(item_id)
    row, form = _row(item), ReportedForm()
    if form.validate_on_submit():
        try:
            commands.report_to_audit_committee(row, item, form.on.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("It is recorded that the audit committee was told.")
            return redirect(url_for("meetings.item", item_id=item.id, _anchor="urgent"))
    return page("meetings/urgent/report.html", form=form, item=item, sentences=urgent_sentences(row.fact))


@bp.route("/<body>/items/<uuid:item_id>/urgent-decision/strike-out", methods=["GET", "POST"])
@requires(RECORD)
def strike_out(item_id: uuid.UUID) -> Response:
    """Mark an urgent decision as entered by mistake."""
    item = _item(item_id)
    row, form = _row(item), StrikeUrgentForm()
    if form.validate_on_submit():
        try:
            commands.strike_out_urgent_decision(row, item, form.because.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The urgent decision is struck out.")
            return redirect(url_for("meetings.item", item_id=item.id))
    return page("meetings/urgent/strike_out.html", form=form, item=item, sentences=urgent_sentences(row.fact))


def _row(item: AgendaItem) -> UrgentDecision:
    """The urgent decision that stands, of the committee that was asked for where several meet."""
    return urgent_decision_of(item, request.args.get("committee", type=uuid.UUID))
