"""The page "What if": the address holds what is tried, and nothing is stored."""

import uuid

from flask import g, request
from werkzeug.wrappers import Response

from coi import clock
from coi.meetings.conflicts.blueprint import to_what_happened
from coi.meetings.conflicts.seats import committee_seats
from coi.meetings.conflicts.voices.blueprint import PLAN, bp
from coi.meetings.conflicts.voices.expected_commands import members_of
from coi.meetings.conflicts.voices.trial_form import TrialForm
from coi.meetings.conflicts.voices.trial_queries import as_worded, try_out, who_may_come
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import MeetingState
from coi.organisations.queries import networks_of
from coi.web.access import requires
from coi.web.pages import page


@bp.get("/<body>/meetings/<uuid:meeting_id>/what-if")
@requires(PLAN)
def what_if(meeting_id: uuid.UUID) -> Response:
    """Try out a draft item, or somebody who would come, before the papers go out."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    if meeting.state is MeetingState.CLOSED:
        return to_what_happened(meeting)
    form = TrialForm(request.args)
    members = {person: name for each in committee_seats(meeting).values() for person, name in members_of(each).items()}
    committees = [(each.committee_id, each.committee.name) for each in meeting.committees]
    form.offer(who_may_come(g.body.id, meeting.held_on), members.items(), committees, g.body.area_codes)
    form.offer_networks(networks_of(g.body.area_codes))
    trial = None
    if request.args and not form.is_finding and not form.more.data and form.validate():
        items, details = agenda_for(g.actor, agenda_of(meeting)).items, as_worded(form.details(), meeting, g.body)
        trial = try_out(meeting, items, details, area=g.body.area_codes, known_at=clock.now())
    return page(
        "meetings/conflicts/voices/what_if.html", meeting=meeting, form=form, trial=trial, several=len(committees) > 1
    )
