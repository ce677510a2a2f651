"""Pages of minutes: what is missing, the draft, the confirmed record, and both as PDF."""

import uuid

from flask import Blueprint, Response, abort, flash, g, redirect, url_for

from coi import clock
from coi.database import db
from coi.documents.pdf import pdf_of
from coi.documents.vocabulary import Document
from coi.errors import RuleBroken
from coi.meetings.minutes import commands, content, queries
from coi.meetings.minutes.forms import ConfirmForm, DraftForm
from coi.meetings.models import Meeting
from coi.meetings.queries import later_meetings, meeting_of, voting_people
from coi.permissions.vocabulary import Permission
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("minutes", __name__, url_prefix="/<body>/meetings/<uuid:meeting_id>/minutes")

READ, DRAFT, CONFIRM = (
    Permission.MEETINGS_MINUTES_READ,
    Permission.MEETINGS_MINUTES_DRAFT,
    Permission.MEETINGS_MINUTES_CONFIRM,
)


def _meeting(meeting_id: uuid.UUID, permission: Permission = READ) -> Meeting:
    return meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=permission)


def _document(meeting: Meeting) -> Document | None:
    minutes = queries.latest_minutes(meeting.id)
    return content.as_document(minutes.content["whole"]) if minutes else None


@bp.get("/")
@requires(READ)
def show(meeting_id: uuid.UUID) -> Response:
    """The newest version of the minutes, and what is missing before they can be final."""
    meeting = _meeting(meeting_id)
    versions = queries.versions_of(meeting.id)
    gaps = commands.compose_now(meeting, g.body)[0].gaps if may(DRAFT) and meeting.opened_at else ()
    return page(
        "meetings/minutes/show.html",
        meeting=meeting,
        versions=versions,
        document=_document(meeting),
        gaps=gaps,
        form=DraftForm(),
    )


@bp.post("/draft")
@requires(DRAFT)
def draft(meeting_id: uuid.UUID) -> Response:
    """Compose a new draft from what is recorded now."""
    meeting = _meeting(meeting_id, DRAFT)
    form = DraftForm()
    if form.validate_on_submit():
        try:
            minutes = commands.draft_minutes(meeting, g.body, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
            flash(broken.reason, "error")
        else:
            db.session.commit()
            flash(f"Draft {minutes.number} is composed.")
    return redirect(url_for(".show", meeting_id=meeting_id))


@bp.route("/confirm", methods=["GET", "POST"])
@requires(CONFIRM)
def confirm(meeting_id: uuid.UUID) -> Response:
    """Record that a later meeting confirmed the minutes."""
    meeting = _meeting(meeting_id, CONFIRM)
    meetings, people = later_meetings(meeting), voting_people(meeting)
    form = ConfirmForm()
    form.offer(meetings, people)
    if form.validate_on_submit():
        confirmation = commands.Confirmation(
            next(each for each in meetings if each.id == form.at_meeting.data),
            next(each for each in people if each.id == form.confirmed_by.data),
        )
        try:
            commands.confirm_minutes(meeting, g.body, confirmation, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The minutes are confirmed.")
            return redirect(url_for(".show", meeting_id=meeting_id))
    return page("meetings/minutes/confirm.html", form=form, meeting=meeting, meetings=meetings)


@bp.get("/minutes.pdf")
@requires(READ)
def pdf(meeting_id: uuid.UUID) -> Response:
    """The newest version as a tagged PDF."""
    meeting = _meeting(meeting_id)
    minutes = queries.latest_minutes(meeting.id)
    if minutes is None:
        abort(404)
    data = pdf_of(content.as_document(minutes.content["whole"]), created=minutes.composed_at)
    name = f"minutes-{meeting.reference.replace('/', '-')}.pdf"
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
