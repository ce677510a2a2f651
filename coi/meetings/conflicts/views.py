"""Pages for conflicts: what waits for a ruling, ruling, confirming, raising, answering, declaring at the meeting."""

import uuid

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.committees.vocabulary import Office
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import commands, flag_commands, queries
from coi.meetings.conflicts.forms import (
    AnswerForm,
    ClassRulingForm,
    ConfirmForm,
    DeclareForm,
    DismissForm,
    RaiseForm,
    RulingForm,
)
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.presiding import Presiding
from coi.meetings.conflicts.vocabulary import ItemFlag
from coi.meetings.conflicts.wording import action_words, preselected
from coi.meetings.models import AgendaItem
from coi.meetings.queries import agenda_for, agenda_of, item_of, meeting_of
from coi.meetings.vocabulary import DeclaredPoint
from coi.meetings.withholding import items_kept_from
from coi.permissions.vocabulary import Permission, Role
from coi.registers.interests.queries import interests_known_at
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("conflicts", __name__)

READ, ANSWER = Permission.MEETINGS_MEETING_READ, Permission.MEETINGS_CONFLICT_ANSWER
RAISE, RECORD = Permission.MEETINGS_CONFLICT_RAISE, Permission.MEETINGS_CONFLICT_RECORD
MEETING = Permission.MEETINGS_MEETING_RECORD


def _item(item_id: uuid.UUID) -> AgendaItem:
    return item_of(item_id, body_id=g.body.id, actor=g.actor)


def _committee(conflicts: MeetingConflicts) -> uuid.UUID:
    """The committee that the address names, else the convening one."""
    wanted = request.args.get("committee", type=uuid.UUID) or conflicts.convening
    if wanted not in conflicts.seats:
        raise NotFound("There is no such committee")
    return wanted


def _back(item: AgendaItem) -> Response:
    """To the room while the meeting is open, else to the flags of the meeting."""
    if item.meeting.state == "open" and may(MEETING):
        return redirect(url_for("proceedings.item", item_id=item.id))
    return redirect(url_for(".review", meeting_id=item.meeting_id, _anchor=f"item-{item.id}"))


@bp.get("/<body>/meetings/<uuid:meeting_id>/conflicts/")
@requires(READ)
def review(meeting_id: uuid.UUID) -> Response:
    """Everybody flagged on each item, strongest first, with what waits for whom."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    seen = agenda_for(g.actor, [item for item in agenda_of(meeting) if item.standing is None])
    items = seen.items
    conflicts = queries.conflicts_at(meeting, known_at=clock.now(), items=items)
    presiding = {
        (item.id, each.person_id): conflicts.presiding(item.id, besides=[each.person_id])
        for item in items
        for each in conflicts.conflicts(item.id)
    }
    raised = [
        flag.flag_id
        for item in items
        for flag in conflicts.flags[item.id]
        if _may_know_who_told(presiding[(item.id, flag.person_id)]) and flag.flag_id is not None
    ]
    return page(
        "meetings/conflicts/review.html", meeting=meeting, items=items, conflicts=conflicts, presiding=presiding,
        told_by=queries.told_by(raised), withheld=seen.withheld,
        me=str(g.actor.person_id), form=ConfirmForm(formdata=None), key_of=queries.flag_key,
    )  # fmt: skip


@bp.route("/<body>/items/<uuid:item_id>/conflicts/<uuid:person_id>/rule", methods=["GET", "POST"])
@requires(ANSWER)
def rule(item_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Rule on one person: by whoever presides, or written down by the secretary as dictated."""
    item = _item(item_id)
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item])
    committee = _committee(conflicts)
    own = _in_own_name(conflicts, item, committee, [person_id])
    conflict = next((each for each in conflicts.conflicts(item.id, committee) if each.person_id == person_id), None)
    form = RulingForm(actions=_suggested(conflict))
    presiding = conflicts.presiding(item.id, committee, besides=[person_id])
    form.offer(
        presiding, decider=g.actor.person_id if own else None, with_chair=_is_officer(conflicts, committee, person_id)
    )
    if form.validate_on_submit():
        command = commands.rule_on_conflict if own else commands.record_dictated_ruling
        try:
            made = command(item, person_id, form.details(), actor=g.actor, at=clock.now(), committee_id=committee)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The ruling on {made.person.name} is recorded.")
            return _back(item)
    name = conflicts.people.get(person_id) or _missing()
    return page(
        "meetings/conflicts/rule.html", form=form, item=item, meeting=item.meeting, name=name, conflict=conflict,
        presiding=presiding, own=own,
    )  # fmt: skip


@bp.route("/<body>/items/<uuid:item_id>/conflicts/rule-on-all", methods=["GET", "POST"])
@requires(ANSWER)
def rule_on_class(item_id: uuid.UUID) -> Response:
    """Rule once on everybody whom an item concerns alike."""
    item = _item(item_id)
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item])
    committee = _committee(conflicts)
    alike = [
        each
        for each in conflicts.conflicts(item.id, committee)
        if each.lead and each.lead.level == commands.CLASS_LEVEL
    ]
    people = [each.person_id for each in alike]
    own = _in_own_name(conflicts, item, committee, people)
    presiding = conflicts.presiding(item.id, committee, besides=people)
    form = ClassRulingForm(actions=_suggested(alike[0] if alike else None), persons=people)
    form.offer(presiding, decider=g.actor.person_id if own else None, with_chair=False)
    form.offer_people(alike)
    if form.validate_on_submit():
        try:
            commands.rule_on_class(
                item,
                form.persons.data,
                form.details(),
                actor=g.actor,
                at=clock.now(),
                committee_id=committee,
                dictated=not own,
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The rulings are recorded, one for each person.")
            return _back(item)
    return page("meetings/conflicts/rule_on_class.html", form=form, item=item, presiding=presiding, own=own)


@bp.get("/<body>/rulings/to-confirm")
@requires(ANSWER)
def to_confirm() -> Response:
    """The rulings that were written down as one dictated them."""
    found = queries.rulings_to_confirm(g.body.id, g.actor.person_id) if g.actor.person_id else []
    kept = items_kept_from(g.actor)
    found = [each for each in found if each.item_id not in kept]
    items = queries.items_of([each.item_id for each in found])
    return page(
        "meetings/conflicts/to_confirm.html", rulings=found, items=items, form=ConfirmForm(formdata=None),
        action_words=action_words,
    )  # fmt: skip


@bp.post("/<body>/rulings/<uuid:ruling_id>/confirm")
@requires(ANSWER)
def confirm_ruling(ruling_id: uuid.UUID) -> Response:
    """Confirm that a ruling was written down as one made it."""
    found = queries.ruling(ruling_id)
    _item(found.item_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            commands.confirm_ruling(found, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash("The ruling is confirmed.")
    return redirect(url_for(".to_confirm"))


@bp.post("/<body>/items/<uuid:item_id>/flags/<key>/confirm")
@requires(ANSWER)
def confirm(item_id: uuid.UUID, key: str) -> Response:
    """Say that a flag is a conflict. What happens is a ruling."""
    item = _item(item_id)
    flag = queries.flag_of(item, key, known_at=clock.now())
    _check_presides(item, flag)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            flag_commands.confirm_flag(item, flag, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"The conflict of {flag.name} is confirmed. It still needs a ruling.")
    return _back(item)


@bp.route("/<body>/items/<uuid:item_id>/flags/<key>/dismiss", methods=["GET", "POST"])
@requires(ANSWER)
def dismiss(item_id: uuid.UUID, key: str) -> Response:
    """Say why a flag is no conflict."""
    item = _item(item_id)
    flag = queries.flag_of(item, key, known_at=clock.now())
    _check_presides(item, flag)
    form = DismissForm()
    if form.validate_on_submit():
        try:
            flag_commands.dismiss_flag(item, flag, form.reason.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The flag on {flag.name} is dismissed.")
            return _back(item)
    return page("meetings/conflicts/dismiss.html", form=form, item=item, flag=flag)


@bp.route("/<body>/items/<uuid:item_id>/flags/raise", methods=["GET", "POST"])
@requires(RAISE)
def raise_flag(item_id: uuid.UUID) -> Response:
    """Tell the chair of a conflict that nobody flagged."""
    item = _item(item_id)
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item])
    form = RaiseForm()
    form.offer(conflicts.people)
    if form.validate_on_submit():
        try:
            flag_commands.raise_flag(item, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The chair is told.")
            return _back(item)
    return page("meetings/conflicts/raise_flag.html", form=form, item=item)


@bp.get("/<body>/meetings/<uuid:meeting_id>/conflicts/mine")
@requires(ANSWER)
def mine(meeting_id: uuid.UUID) -> Response:
    """One's own flags at a meeting, and what became of them."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor)
    items = agenda_of(meeting)
    conflicts = queries.conflicts_at(meeting, known_at=clock.now(), items=items)
    kept = items_kept_from(g.actor)
    own = [
        (item, each) for item in items for each in conflicts.conflicts(item.id) if each.person_id == g.actor.person_id
    ]
    return page(
        "meetings/conflicts/mine.html",
        meeting=meeting,
        own=own,
        conflicts=conflicts,
        kept=kept,
        key_of=queries.flag_key,
    )


@bp.route("/<body>/items/<uuid:item_id>/flags/<key>/answer", methods=["GET", "POST"])
@requires(ANSWER)
def answer(item_id: uuid.UUID, key: str) -> Response:
    """Answer a flag on oneself."""
    item = _item(item_id)
    flag = queries.flag_of(item, key, known_at=clock.now())
    if flag.person_id != g.actor.person_id:
        raise NotFound("There is no such flag")
    form = AnswerForm(answer=flag.answer, text=flag.answer_text)
    if form.validate_on_submit():
        try:
            flag_commands.answer_flag(item, flag, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("Thank you. The chair can see your answer.")
            return redirect(url_for(".mine", meeting_id=item.meeting_id))
    return page("meetings/conflicts/answer.html", form=form, item=item, flag=flag)


@bp.route("/<body>/meetings/<uuid:meeting_id>/declarations/<uuid:person_id>", methods=["GET", "POST"])
@requires(MEETING)
def declare(meeting_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Record what somebody declared at the meeting, at an item or in general."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=MEETING)
    item = _item(item_id) if (item_id := request.args.get("item", type=uuid.UUID)) else None
    conflicts = queries.conflicts_at(meeting, known_at=clock.now(), items=[item] if item else [])
    name = conflicts.people.get(person_id) or _missing()
    form = DeclareForm(point=DeclaredPoint.AT_ITEM if item else DeclaredPoint.START)
    form.offer([each for each in interests_known_at([person_id], clock.now()) if each.ended_on is None])
    if form.validate_on_submit():
        details = form.details(person_id, item.id if item else None, clock.now())
        try:
            row = commands.declare_at_meeting(meeting, details, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(_declared(name, row.due_on))
            return _back(item) if item else redirect(url_for("proceedings.show", meeting_id=meeting.id))
    return page("meetings/conflicts/declare.html", form=form, meeting=meeting, item=item, name=name)


def _check_presides(item: AgendaItem, flag: ItemFlag) -> None:
    """Raises NotFound for whoever does not preside over an item: a flag is not theirs to dispose of."""
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item])
    if not conflicts.presiding(item.id, besides=[flag.person_id]).may_be(str(g.actor.person_id)):
        raise NotFound("There is no such flag")


def _in_own_name(conflicts: MeetingConflicts, item: AgendaItem, committee: uuid.UUID, people: list[uuid.UUID]) -> bool:
    """Whether the actor presides and so rules in their own name. Whoever neither presides nor records sees no such page."""
    me = g.actor.person_id
    if me is not None and me not in people and conflicts.presiding(item.id, committee, besides=people).may_be(str(me)):
        return True
    if not may(RECORD, committee):
        raise NotFound("There is no such page")
    return False


def _may_know_who_told(presiding: Presiding) -> bool:
    """Whether the actor may know who raised a flag: whoever presides, and the auditor. Rule: MTG-11; RULEBOOK §23 scenario 28."""
    return presiding.may_be(str(g.actor.person_id)) or Role.AUDITOR in g.actor.roles_at(g.body.id)


def _is_officer(conflicts: MeetingConflicts, committee: uuid.UUID, person_id: uuid.UUID) -> bool:
    offices = {
        office for seat in conflicts.seats[committee].seats if seat.person == str(person_id) for office in seat.offices
    }
    return bool(offices & {Office.CHAIR, Office.VICE_CHAIR})


def _suggested(conflict) -> tuple[str, ...]:
    """The ruling that stands, or else what is suggested. Nothing is sent before somebody sends it."""
    if conflict is None:
        return ()
    if conflict.ruling is not None:
        return conflict.ruling.actions
    return preselected(conflict.lead.level, conflict.lead.suggested) if conflict.lead else ()


def _declared(name: str, due_on) -> str:
    said = f"What {name} declared is recorded."
    return f"{said} It has to be on the register by {due_on:%-d %B %Y}." if due_on else said


def _missing() -> str:
    raise NotFound("There is no such person at this meeting")
