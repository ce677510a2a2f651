"""Pages on what conflicts mean for a meeting: item by item before the papers go out, and who is expected."""

import uuid

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.beforehand.queries import deputies_named
from coi.meetings.conflicts.blueprint import to_what_happened
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.seats import CommitteeSeats, committee_seats
from coi.meetings.conflicts.voices import expected_commands, queries
from coi.meetings.conflicts.voices import (
    roster_views as roster_views,
)  # the files of views add their routes to the blueprint
from coi.meetings.conflicts.voices import trial_views as trial_views
from coi.meetings.conflicts.voices.blueprint import READ, RECORD
from coi.meetings.conflicts.voices.blueprint import bp as bp
from coi.meetings.conflicts.voices.forms import ExpectedForm
from coi.meetings.conflicts.voices.reading import roster_for_reader
from coi.meetings.models import Attendance, Meeting
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import Capacity, MeetingState
from coi.people.queries import people_of_body
from coi.web.access import requires
from coi.web.pages import page


@bp.get("/<body>/meetings/<uuid:meeting_id>/what-it-means")
@requires(READ)
def meaning(meeting_id: uuid.UUID) -> Response:
    """What the conflicts mean for the meeting, item by item: who would go, the quorum, who presides, whose voice is lost."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    if meeting.state is MeetingState.CLOSED:
        return to_what_happened(meeting)
    seen = agenda_for(g.actor, agenda_of(meeting))
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=seen.items, reader=g.actor)
    told = queries.circumstances_of(meeting)
    found = queries.meanings_of(conflicts, seen.items, told)
    quiet = [item for item in seen.items if any(each.ways for each in found.get(item.id, ()))]
    return page(
        "meetings/conflicts/voices/meaning.html", meeting=meeting, meanings=found,
        candidates=roster_for_reader(meeting, quiet), conflicts=conflicts, withheld=seen.withheld,
        items=[item for item in seen.items if item.id in found], expectations=queries.expectations_of(conflicts, told),
    )  # fmt: skip


@bp.route("/<body>/meetings/<uuid:meeting_id>/expected", methods=["GET", "POST"])
@requires(RECORD)
def expected(meeting_id: uuid.UUID) -> Response:
    """Record who is expected before the meeting, and who deputises."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=RECORD)
    seats = committee_seats(meeting)
    committee = seats.get(request.args.get("committee", type=uuid.UUID) or next(iter(seats)))
    if committee is None:
        raise NotFound("There is no such committee")
    rows = expected_commands.rows_of(meeting, committee.committee_id)
    form = _expected_form(meeting, committee, rows)
    if form.validate_on_submit():
        try:
            details = form.details(committee.committee_id)
            expected_commands.record_expected(meeting, details, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("Who is expected is recorded. The forecast counts them.")
            return redirect(url_for(".meaning", meeting_id=meeting.id))
    others = [each for each in seats.values() if each is not committee]
    members, sent = expected_commands.members_of(committee), deputies_named(meeting.id)
    named = [(members[each], sent[each]) for each in members if each in sent]
    return page(
        "meetings/conflicts/voices/expected.html",
        form=form,
        meeting=meeting,
        committee=committee,
        others=others,
        named=named,
    )


def _expected_form(meeting: Meeting, committee: CommitteeSeats, rows: list[Attendance]) -> ExpectedForm:
    members = expected_commands.members_of(committee)
    answers = queries.answers_of(rows).get(committee.committee_id, {})
    deputies = {
        str(row.deputy_for): row.person_id for row in rows if row.capacity is Capacity.DEPUTY and not row.apologies
    }
    people = None
    if committee.deputies_allowed:
        offered = [(each.id, each.name) for each in people_of_body(g.body.id, meeting.held_on)]
        people = [(person, name) for person, name in offered if str(person) not in members]
    return ExpectedForm.for_members(members, answers, deputies, people)(seen=expected_commands.mark_of(rows))
