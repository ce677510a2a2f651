"""Pages for the conflicts of a meeting: everybody's, one's own, and what somebody declared at the meeting."""

import uuid
from collections.abc import Iterator, Sequence

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.meetings.conflicts import commands, queries
from coi.meetings.conflicts import flag_views as flag_views  # the files of views add their routes to the blueprint
from coi.meetings.conflicts import ruling_views as ruling_views
from coi.meetings.conflicts.acts_queries import declarations_at
from coi.meetings.conflicts.beforehand.queries import said_at_items, said_before
from coi.meetings.conflicts.blueprint import (
    ANSWER,
    KEEP,
    MEETING,
    OWN,
    READ,
    SAID,
    back_from,
    committee_asked,
    no_such_person,
)
from coi.meetings.conflicts.blueprint import bp as bp
from coi.meetings.conflicts.forms import ConfirmForm, DeclareForm, as_said, words_of
from coi.meetings.conflicts.interest_queries import interest_to_ask_about, where_it_matters
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.own import asks_of, heading_of
from coi.meetings.conflicts.own_queries import own_meeting
from coi.meetings.conflicts.seats import CommitteeSeats
from coi.meetings.conflicts.teller_queries import flags_with_known_tellers, told_by
from coi.meetings.conflicts.vocabulary import PersonConflict
from coi.meetings.keeper_queries import item_to_keep, keepers_of, secretaries_of
from coi.meetings.models import AgendaItem
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import DeclaredPoint, MeetingState
from coi.meetings.withholding import items_kept_from, leaves_everything
from coi.registers.interests.queries import interests_known_at
from coi.web.access import may, requires
from coi.web.pages import page


@bp.get("/<body>/meetings/<uuid:meeting_id>/conflicts/")
@requires(READ)
def review(meeting_id: uuid.UUID) -> Response:
    """Everybody flagged on each item, strongest first, with what waits for whom."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    seen = agenda_for(g.actor, [item for item in agenda_of(meeting) if item.standing is None])
    items = seen.items
    conflicts = queries.conflicts_at(meeting, known_at=clock.now(), items=items, reader=g.actor)
    committee = committee_asked(conflicts)
    presiding = {
        (item.id, each.person_id): conflicts.presiding(item.id, committee, besides=[each.person_id])
        for item in items
        for each in conflicts.conflicts(item.id, committee)
    }
    raised = flags_with_known_tellers(conflicts, committee, g.actor, g.body.id)
    rules_on = any(each.may_be(str(g.actor.person_id)) for each in presiding.values())
    return page(
        "meetings/conflicts/review.html", keeping=_keeping(conflicts, items, committee) if may(ANSWER) else {},
        meeting=meeting, items=items, conflicts=conflicts, presiding=presiding, committee=committee,
        told_by=told_by(raised), withheld=seen.withheld, said=said_before(meeting.id) if may(SAID, committee) else {},
        to_see={each.id for each in items if conflicts.to_be_seen_by(g.actor.person_id, each.id, committee)},
        rules_on=rules_on, searched_then=queries.searched_then(items),
        me=str(g.actor.person_id), form=ConfirmForm(formdata=None), key_of=queries.flag_key,
    )  # fmt: skip


@bp.get("/<body>/meetings/<uuid:meeting_id>/conflicts/mine")
@requires(OWN)
def mine(meeting_id: uuid.UUID) -> Response:
    """The items of a meeting that concern oneself, with what is asked of one: also for a guest who has no role at the body."""
    meeting, items = own_meeting(meeting_id, body_id=g.body.id, actor=g.actor)
    conflicts = queries.conflicts_at(meeting, known_at=clock.now(), items=items, reader=g.actor)
    kept = items_kept_from(g.actor)
    own = [found for item in items for found in _own(item, conflicts)]
    asked = ((item, each) for item in items if item.id not in kept for each in conflicts.to_settle.get(item.id, ()))
    return page(
        "meetings/conflicts/mine.html",
        meeting=meeting,
        own=own,
        conflicts=conflicts,
        asked=[(item, each) for item, each in asked if each.person_id == g.actor.person_id],
        kept=kept,
        key_of=queries.flag_key,
        asks_of=asks_of,
        heading=heading_of(
            len({item.id for item, *_ in own}), meeting.held_on, is_over=meeting.state is MeetingState.CLOSED
        ),
    )


@bp.get("/<body>/interests/<uuid:interest_id>/meetings")
@requires(READ)
def of_interest(interest_id: uuid.UUID) -> Response:
    """The items of meetings that one interest touches, past and to come."""
    interest = interest_to_ask_about(interest_id, actor=g.actor, body_id=g.body.id, at=clock.now())
    found = where_it_matters(interest, actor=g.actor, body_id=g.body.id, at=clock.now())
    return page(
        "meetings/conflicts/of_interest.html",
        interest=interest,
        found=found,
        is_own=interest.person_id == g.actor.person_id,
    )


@bp.route("/<body>/meetings/<uuid:meeting_id>/declarations/<uuid:person_id>", methods=["GET", "POST"])
@requires(KEEP)
def declare(meeting_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Record what somebody declared at the meeting, at an item or in general."""
    item_id = request.args.get("item", type=uuid.UUID)
    item = item_to_keep(item_id, body_id=g.body.id, actor=g.actor) if item_id else None
    if item is None or item.meeting_id != meeting_id:
        meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=MEETING)
    else:
        meeting = item.meeting
    conflicts = queries.conflicts_at(meeting, known_at=clock.now(), items=[item] if item else [])
    name = conflicts.people.get(person_id) or no_such_person()
    known = [each for each in interests_known_at([person_id], clock.now()) if each.ended_on is None]
    shown = [item] if item else agenda_for(g.actor, agenda_of(meeting)).items
    said = said_at_items(said_before(meeting.id, [person_id]).get(person_id), shown)
    form = DeclareForm(point=DeclaredPoint.AT_ITEM if item else DeclaredPoint.START, **as_said(said, known))
    form.offer(
        [flag for flag in conflicts.flags[item.id] if flag.person_id == person_id and flag.is_live] if item else [],
        known,
        [each for each in declarations_at(meeting.id) if each.person_id == person_id],
        queries.rules_of(meeting).declare_days,
    )
    form.offer_items(item, shown)
    form.of_meeting(meeting)
    if form.validate_on_submit():
        about = form.item_of(item, shown)
        details = form.details(person_id, about.id if about else None, clock.now())
        try:
            row = commands.declare_at_meeting(meeting, details, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(_declared(name, row.due_on))
            return back_from(about) if about else redirect(url_for("proceedings.show", meeting_id=meeting.id))
    return page(
        "meetings/conflicts/declare.html", form=form, meeting=meeting, item=item, name=name, said=said,
        interests={each.interest_id: words_of(each) for each in known} if said else {},
    )  # fmt: skip


def _keeping(
    conflicts: MeetingConflicts, items: Sequence[AgendaItem], committee: uuid.UUID
) -> dict[uuid.UUID, list[tuple[str, str]]]:
    """The items of which a ruling of a committee keeps a secretary, and the actor presides: each secretary's name with that of
    whoever keeps the record instead, "" where nobody is named yet."""
    ruled = [ruling for item in items for ruling in conflicts.rulings_on(item.id, committee)]
    if all(leaves_everything(ruling.actions) for ruling in ruled):
        return {}
    secretaries = secretaries_of(items[0].meeting, clock.today())
    named = {
        (row.item_id, row.in_place_of_id): row.person.name
        for row in keepers_of([item.id for item in items])
        if row.committee_id == committee
    }
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for item in items:
        for ruling in conflicts.rulings_on(item.id, committee):
            is_out = ruling.person_id in secretaries and not leaves_everything(ruling.actions)
            if is_out and conflicts.presides(g.actor.person_id, item.id, committee):
                said = (ruling.name, named.get((item.id, ruling.person_id), ""))
                found.setdefault(item.id, []).append(said)
    return found


def _own(
    item: AgendaItem, conflicts: MeetingConflicts
) -> Iterator[tuple[AgendaItem, PersonConflict, CommitteeSeats, bool]]:
    """The actor's conflict on an item: once, and again for each further committee that ruled. The last says whether it is the first."""
    is_first = True
    for committee in conflicts.seats.values():
        for each in conflicts.conflicts(item.id, committee.committee_id):
            if each.person_id == g.actor.person_id and (is_first or each.ruling is not None):
                yield item, each, committee, is_first
                is_first = False


def _declared(name: str, due_on) -> str:
    said = f"What {name} declared is recorded."
    return f"{said} It has to be on the register by {due_on:%-d %B %Y}." if due_on else said
