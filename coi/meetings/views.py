"""Pages for planning: the list of meetings, a meeting's task list, its agenda and its items."""

import uuid

from flask import Blueprint, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.guidance.functions import FUNCTIONS
from coi.meetings import commands, deferral_commands, deferral_queries, queries
from coi.meetings.conflicts.calling_off import people_to_tell
from coi.meetings.conflicts.queries import conflicts_at, searched_then
from coi.meetings.conflicts.voices.queries import meanings_of_item
from coi.meetings.conflicts.voices.reading import roster_for_reader
from coi.meetings.conflicts.voices.roster_queries import inputs_on
from coi.meetings.forms import (
    STAGES,
    ItemForm,
    MeetingChangeForm,
    MeetingForm,
    MoveForm,
    RemoveForm,
)
from coi.meetings.lifecycle import BEHIND_PRIVATE, behind_private, check_not_there, moved
from coi.meetings.matters.queries import items_to_continue, other_items
from coi.meetings.papers.queries import paper_counts, papers_for
from coi.meetings.preparing import progress_of
from coi.meetings.publicity import withheld_on_agenda
from coi.meetings.suggesting.forms import SuggestionForm
from coi.meetings.suggesting.queries import wording_read
from coi.meetings.suggesting.vocabulary import Wording
from coi.meetings.tasks import tasks_of
from coi.meetings.urgent.queries import urgent_on
from coi.meetings.urgent.rules import urgent_sentences
from coi.meetings.vocabulary import ClassScope, ItemState, Part, Purpose
from coi.meetings.waiting import waiting_for
from coi.organisations.queries import networks_of
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Permission
from coi.registers.waiting_mails import sends_mail
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("meetings", __name__)

READ, PLAN = Permission.MEETINGS_MEETING_READ, Permission.MEETINGS_AGENDA_PLAN


def _meeting(meeting_id: uuid.UUID, permission: Permission = READ):
    return queries.meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=permission)


def _item(item_id: uuid.UUID, permission: Permission = READ):
    return queries.item_of(item_id, body_id=g.body.id, actor=g.actor, permission=permission)


@bp.get("/<body>/")
@requires(Permission.ACCOUNTS_OWN_USE)
def home() -> Response:
    """What waits for whoever signed in, and the next meetings."""
    meetings = queries.meetings_of(g.body.id, actor=g.actor) if may(READ) else []
    waiting = waiting_for(g.actor, g.body.id, at=clock.now(), meetings=meetings)
    has_met = any(each.opened_at is not None for each in meetings)
    reads = has_met and may(Permission.ASSURANCE_STORY_READ)
    decided = queries.decided_items(g.body.id, actor=g.actor) if reads else []
    everywhere = allows(g.actor, Permission.ACCOUNTS_ACCOUNT_MANAGE, None)
    return page("meetings/home.html", waiting=waiting, meetings=meetings[:6], decided=decided, enters_bodies=everywhere)


@bp.get("/<body>/meetings/")
@requires(READ)
def index() -> Response:
    """The meetings of the committees that one may see, the latest first."""
    return page("meetings/index.html", meetings=queries.meetings_of(g.body.id, actor=g.actor))


@bp.route("/<body>/meetings/plan", methods=["GET", "POST"])
@requires(PLAN)
def plan() -> Response:
    """Plan a meeting of one committee, or of several in common."""
    committees = queries.committees_to_plan_for(g.body.id, actor=g.actor, on=clock.today())
    form = MeetingForm()
    form.offer(committees)
    if form.validate_on_submit():
        try:
            meeting = commands.plan_meeting(g.body, form.details(committees), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{meeting.title} on {meeting.held_on:%-d %B %Y} is planned.")
            return redirect(url_for(".agenda", meeting_id=meeting.id))
    return page("meetings/plan.html", form=form, committees=committees)


@bp.get("/<body>/meetings/<uuid:meeting_id>/")
@requires(READ)
def show(meeting_id: uuid.UUID) -> Response:
    """A meeting's task list: what is done, what is missing, what waits for whom."""
    meeting, now = _meeting(meeting_id), clock.now()
    if meeting.called_off_at:
        to_tell = people_to_tell(meeting, known_at=now) if may(PLAN) else None
        return page(
            "meetings/called_off.html",
            meeting=meeting,
            to_tell=to_tell,
            sends_mail=sends_mail(),
            form=RemoveForm(formdata=None),
        )
    progress = progress_of(meeting, g.body, actor=g.actor, known_at=now)
    return page(
        "meetings/show.html",
        meeting=meeting,
        tasks=tasks_of(progress),
        asked=progress.asked,
        is_briefed=may(Permission.MEETINGS_MEETING_RECORD) or str(g.actor.person_id) in progress.officers,
    )


@bp.get("/<body>/meetings/<uuid:meeting_id>/agenda")
@requires(READ)
def agenda(meeting_id: uuid.UUID) -> Response:
    """The agenda with, per item, who is flagged and why, and what the quorum will be."""
    meeting = _meeting(meeting_id)
    seen = queries.agenda_for(g.actor, queries.agenda_of(meeting))
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=seen.items, reader=g.actor)
    return page(
        "meetings/agenda.html",
        meeting=meeting,
        items=seen.items,
        withheld=seen.withheld,
        conflicts=conflicts,
        papers=paper_counts([each.id for each in seen.items]),
        carried=deferral_queries.carried_among(seen.items),
        not_public=withheld_on_agenda(conflicts, seen.items, clock.now()) if may(PLAN) else [],
        behind=behind_private(seen.items),
        behind_words=BEHIND_PRIVATE,
    )


@bp.get("/<body>/items/<uuid:item_id>/")
@requires(READ)
def item(item_id: uuid.UUID) -> Response:
    """One item: its details, the organisations that it concerns, and who is flagged on it."""
    found = _item(item_id)
    conflicts = conflicts_at(found.meeting, known_at=clock.now(), items=[found], reader=g.actor)
    papers, meanings = papers_for(g.actor, found, conflicts), meanings_of_item(conflicts, found)
    quiet = [found] if any(each.ways for each in meanings) else []
    urgent = urgent_on(found)
    is_read = may(PLAN) and found.state is ItemState.PLANNED and not urgent
    wording = wording_read(found, g.body) if is_read else Wording()
    return page(
        "meetings/item.html", item=found, meeting=found.meeting, conflicts=conflicts, papers=papers, form=RemoveForm(),
        later=deferral_queries.carried_on_as(found), meanings=meanings,
        candidates=roster_for_reader(found.meeting, quiet), inputs=inputs_on({found.id, found.continues_id or found.id}),
        wording=wording, suggesting=SuggestionForm.about(wording.suggestions, str(found.version)),
        same_matter=other_items(found, actor=g.actor), stages=STAGES,
        function=FUNCTIONS.get(found.function_code), urgent=urgent, urgent_sentences=urgent_sentences,
        searched_then=searched_then([found]),
    )  # fmt: skip


@bp.route("/<body>/meetings/<uuid:meeting_id>/edit", methods=["GET", "POST"])
@requires(PLAN)
def edit(meeting_id: uuid.UUID) -> Response:
    """Change the day, time or place."""
    meeting = _meeting(meeting_id, PLAN)
    form = MeetingChangeForm.of(meeting)
    if form.validate_on_submit():
        try:
            commands.change_meeting(meeting, form.details(), seen=form.seen.data or "", actor=g.actor, at=clock.now())
        except EditConflict as conflict:
            form.over(meeting, conflict)
            return page("meetings/edit.html", 409, form=form, meeting=meeting)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The meeting is changed.")
            return redirect(url_for(".show", meeting_id=meeting.id))
    return page("meetings/edit.html", form=form, meeting=meeting)


@bp.post("/<body>/meetings/<uuid:meeting_id>/agenda/move")
@requires(PLAN)
def move(meeting_id: uuid.UUID) -> Response:
    """Move an item up or down: one change of the whole agenda's order."""
    meeting = _meeting(meeting_id, PLAN)
    form = MoveForm()
    if form.validate_on_submit() and (wanted := form.wanted()):
        _item(wanted.item, PLAN)
        order = [item.id for item in queries.agenda_of(meeting)]
        try:
            commands.reorder_agenda(
                meeting, moved(order, wanted.item, wanted.places), version=wanted.version, actor=g.actor, at=clock.now()
            )
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
    return redirect(url_for(".agenda", meeting_id=meeting_id, _anchor=f"item-{form.item.data}"))


@bp.route("/<body>/meetings/<uuid:meeting_id>/agenda/add", methods=["GET", "POST"])
@requires(PLAN)
def add_item(meeting_id: uuid.UUID) -> Response:
    """Add an item to the agenda."""
    meeting = _meeting(meeting_id, PLAN)
    form = ItemForm(purpose=Purpose.DECIDE, part=Part.PUBLIC, class_scope=ClassScope.NONE)
    form.offer(items_to_continue(meeting, actor=g.actor)).offer_networks(networks_of(g.body.area_codes))
    waiting = deferral_queries.items_to_carry_on(meeting, actor=g.actor)
    if form.validate_on_submit():
        try:
            check_not_there(form.details(), [(each.title, each.description) for each in queries.agenda_of(meeting)])
            item = commands.add_item(meeting, form.details(), actor=g.actor, at=clock.now(), area=g.body.area_codes)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            alone = form.class_scope.data is ClassScope.NONE
            flash(
                f"Item {item.position} is on the agenda.{' Add the organisations that it concerns.' if alone else ''}"
            )
            if item.id in behind_private(queries.agenda_of(meeting)):
                flash(f"Item {item.position}: {BEHIND_PRIVATE}", "important")
            return redirect(url_for(".item", item_id=item.id))
    return page("meetings/add_item.html", form=form, meeting=meeting, waiting=waiting, carry=RemoveForm(formdata=None))


@bp.post("/<body>/meetings/<uuid:meeting_id>/agenda/carry/<uuid:item_id>")
@requires(PLAN)
def carry_on(meeting_id: uuid.UUID, item_id: uuid.UUID) -> Response:
    """Put an item that an earlier meeting put off on this agenda."""
    meeting = _meeting(meeting_id, PLAN)
    earlier = _item(item_id, PLAN)
    if RemoveForm().validate_on_submit():
        try:
            item = deferral_commands.carry_on(meeting, earlier, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"Item {item.position} is on the agenda, with its organisations and papers.")
            return redirect(url_for(".item", item_id=item.id))
    return redirect(url_for(".add_item", meeting_id=meeting_id))


@bp.route("/<body>/items/<uuid:item_id>/edit", methods=["GET", "POST"])
@requires(PLAN)
def edit_item(item_id: uuid.UUID) -> Response:
    """Change an item that was not taken yet."""
    item = _item(item_id, PLAN)
    form = ItemForm.of(item).offer(items_to_continue(item.meeting, actor=g.actor, besides=item), item.matter_id)
    form.offer_networks(networks_of(g.body.area_codes), item)
    if form.validate_on_submit():
        try:
            commands.change_item(
                item, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now(), area=g.body.area_codes
            )
        except EditConflict as conflict:
            form.over(item, conflict)
            return page("meetings/edit_item.html", 409, form=form, item=item)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The item is changed.")
            return redirect(url_for(".item", item_id=item_id))
    return page("meetings/edit_item.html", form=form, item=item)


@bp.route("/<body>/items/<uuid:item_id>/remove", methods=["GET", "POST"])
@requires(PLAN)
def remove_item(item_id: uuid.UUID) -> Response:
    """Take an item off the agenda, after asking."""
    item = _item(item_id, PLAN)
    form = RemoveForm()
    if form.validate_on_submit():
        try:
            commands.remove_item(item, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"“{item.title}” is off the agenda. Its reference {item.reference} is not used again.")
            return redirect(url_for(".agenda", meeting_id=item.meeting_id))
    return page("meetings/remove_item.html", form=form, item=item)
