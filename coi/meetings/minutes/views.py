"""Pages of minutes: what is missing, the draft, the confirmed record, and both as PDF."""

import uuid

from flask import Blueprint, Response, abort, flash, g, redirect, request, url_for

from coi import clock
from coi.database import db
from coi.documents.apart import pdf_apart
from coi.documents.vocabulary import Document
from coi.errors import NotFound, RuleBroken
from coi.meetings.minutes import commands, content, queries
from coi.meetings.minutes.forms import ConfirmForm, DraftForm
from coi.meetings.minutes.mending import links_to
from coi.meetings.minutes.models import Minutes
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.publicity import public_document, withheld_in_minutes
from coi.meetings.queries import agenda_for, agenda_of, later_meetings, meeting_of, voting_people
from coi.meetings.vocabulary import ItemState, MeetingState
from coi.meetings.withholding import minutes_kept_from, records_kept_from
from coi.people.queries import called
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


def _is_kept(meeting: Meeting) -> bool:
    """Whether a ruling keeps the private part of a draft from the reader."""
    return meeting.id in minutes_kept_from(g.actor)


def _hidden(meeting: Meeting) -> frozenset[int]:
    """The numbers of the items that a ruling keeps from the reader, or their part in the draft."""
    if not (kept := records_kept_from(g.actor)):
        return frozenset()
    return frozenset(number for number, item in enumerate(agenda_of(meeting), start=1) if item.id in kept)


def _document(minutes: Minutes, meeting: Meeting, *, is_public: bool) -> Document:
    """The minutes as the reader may have them."""
    document = public_document(minutes, meeting, g.body) if is_public else content.as_document(minutes.content["whole"])
    hidden = _hidden(meeting)
    return content.without_items(document, hidden) if hidden else document


@bp.get("/")
@requires(READ)
def show(meeting_id: uuid.UUID) -> Response:
    """The newest version of the minutes, and what is missing before they can be final."""
    meeting = _meeting(meeting_id)
    versions, is_kept = queries.versions_of(meeting.id), _is_kept(meeting)
    asks = may(DRAFT) and meeting.opened_at and not is_kept
    items = agenda_of(meeting) if asks or versions else []
    recorded = queries.recorded_of(meeting, items) if asks else None
    gaps = commands.compose_now(meeting, g.body, recorded=recorded, items=items)[0].gaps if asks else ()
    hidden = {items[number - 1].reference for number in _hidden(meeting)} if items else set()
    return page(
        "meetings/minutes/show.html",
        not_public=withheld_in_minutes(recorded, agenda_for(g.actor, items).items) if recorded else [],
        has_public_copy=bool(versions) and may(DRAFT) and not is_kept,
        meeting=meeting,
        versions=versions,
        document=_document(versions[0], meeting, is_public=is_kept) if versions else None,
        is_kept=is_kept,
        may_confirm=not is_kept and not hidden,
        gaps=links_to([gap for gap in gaps if gap.reference not in hidden], meeting, items),
        unscreened=[item for item in items if asks and item.is_unscreened and item.state is ItemState.DECIDED
                    and item.reference not in hidden],
        left_open=[item for item in items if asks and _has_no_outcome(item) and item.reference not in hidden],
        form=DraftForm(),
    )  # fmt: skip


def _has_no_outcome(item: AgendaItem) -> bool:
    """Whether an item was begun at a meeting that closed without settling it."""
    return item.meeting.state is MeetingState.CLOSED and item.state is ItemState.OPEN and item.standing is None


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
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"Draft {minutes.number} is composed.")
    return redirect(url_for(".show", meeting_id=meeting_id))


@bp.route("/confirm", methods=["GET", "POST"])
@requires(CONFIRM)
def confirm(meeting_id: uuid.UUID) -> Response:
    """Record that a later meeting confirmed the minutes."""
    meeting = _meeting(meeting_id, CONFIRM)
    if _is_kept(meeting) or _hidden(meeting):
        raise NotFound("Somebody who may read the whole of these minutes records that they were confirmed")
    meetings, people = later_meetings(meeting), voting_people(meeting)
    committees = [row.committee_id for row in meeting.committees]
    took = queries.took_earlier_minutes([each.id for each in meetings], committees)
    first = next((each.id for each in meetings if each.id in took), None)
    form = ConfirmForm(at_meeting=first, confirmed_by=queries.presided_over_earlier_minutes(first) if first else None)
    form.offer(meetings, called(people, g.body.id, meeting.held_on), took)
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
    return page("meetings/minutes/confirm.html", form=form, meeting=meeting, meetings=meetings, took=took)


@bp.get("/minutes.pdf")
@requires(READ)
def pdf(meeting_id: uuid.UUID) -> Response:
    """The newest version as a tagged PDF."""
    meeting = _meeting(meeting_id)
    minutes = queries.latest_minutes(meeting.id)
    if minutes is None:
        abort(404)
    is_public = _is_kept(meeting) or request.args.get("copy") == "public"
    document = _document(minutes, meeting, is_public=is_public)
    data = pdf_apart(document, created=minutes.composed_at)
    name = f"minutes-{meeting.reference.replace('/', '-')}{'-public' if is_public else ''}.pdf"
    return Response(data, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})
