"""Pages of rulings: making one, for one person or for everybody alike, and confirming what was written down as dictated."""

import uuid

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.committees.vocabulary import Office
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import commands, queries
from coi.meetings.conflicts.blueprint import (
    ANSWER,
    KEEP,
    RECORD,
    back_from,
    bp,
    committee_asked,
    item_to_note,
    item_to_read,
    no_such_person,
)
from coi.meetings.conflicts.forms import ConfirmForm
from coi.meetings.conflicts.models import Ruling
from coi.meetings.conflicts.overview import MeetingConflicts
from coi.meetings.conflicts.ruling_forms import ClassRulingForm, RulingForm
from coi.meetings.conflicts.vocabulary import PersonConflict
from coi.meetings.conflicts.wording import action_words
from coi.meetings.deferral_queries import earlier_ruling
from coi.meetings.keeper_queries import keeps_in_place
from coi.meetings.models import AgendaItem
from coi.meetings.withholding import items_kept_from
from coi.web.access import may, requires
from coi.web.pages import page


@bp.route("/<body>/items/<uuid:item_id>/conflicts/<uuid:person_id>/rule", methods=["GET", "POST"])
@requires(KEEP)
def rule(item_id: uuid.UUID, person_id: uuid.UUID) -> Response:
    """Rule on one person: by whoever presides, or written down by the secretary as dictated."""
    item = item_to_note(item_id)
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item], reader=g.actor)
    committee = committee_asked(conflicts)
    own = _in_own_name(conflicts, item, committee, [person_id])
    conflict = next((each for each in conflicts.conflicts(item.id, committee) if each.person_id == person_id), None)
    earlier = earlier_ruling(item, person_id, committee)
    form = RulingForm(
        actions=_starts_with(conflict, earlier), rationale=earlier.rationale if earlier else "",
        magnitude=earlier.magnitude if earlier else "",
    )  # fmt: skip
    form.of_meeting(item.meeting, own=own)
    presiding = conflicts.presiding(item.id, committee, besides=[person_id])
    form.offer(
        presiding,
        decider=g.actor.person_id if own else None,
        with_chair=_is_officer(conflicts, committee, person_id),
        suggested=conflict.suggested if conflict else (),
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
            return back_from(item)
    name = conflicts.people.get(person_id) or no_such_person()
    return page(
        "meetings/conflicts/rule.html", form=form, item=item, meeting=item.meeting, name=name, conflict=conflict,
        presiding=presiding, own=own, conflicts=conflicts, committee=committee, earlier=earlier, action_words=action_words,
    )  # fmt: skip


@bp.route("/<body>/items/<uuid:item_id>/conflicts/rule-on-all", methods=["GET", "POST"])
@requires(ANSWER)
def rule_on_class(item_id: uuid.UUID) -> Response:
    """Rule once on everybody whom an item concerns alike."""
    item = item_to_read(item_id)
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item], reader=g.actor)
    committee = committee_asked(conflicts)
    found = conflicts.conflicts(item.id, committee)
    alike = [each for each in found if each.lead and each.lead.level == commands.CLASS_LEVEL]
    people = [each.person_id for each in alike]
    meant = [each.person_id for each in alike if not each.denies]
    own = _in_own_name(conflicts, item, committee, people)
    presiding = conflicts.presiding(item.id, committee, besides=people)
    lead = alike[0].lead if alike else None
    form = ClassRulingForm(persons=meant)
    form.offer(
        presiding,
        decider=g.actor.person_id if own else None,
        with_chair=False,
        suggested=lead.suggested if lead else (),
    )
    form.offer_people(alike)
    form.of_meeting(item.meeting, own=own)
    if form.validate_on_submit():
        try:
            commands.rule_on_class(
                item, form.persons.data, form.details(), actor=g.actor, at=clock.now(), committee_id=committee, dictated=not own
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The rulings are recorded, one for each person.")
            return back_from(item)
    return page(
        "meetings/conflicts/rule_on_class.html", form=form, item=item, presiding=presiding, own=own, conflicts=conflicts,
        committee=committee,
    )  # fmt: skip


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
    item_to_read(found.item_id)
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


def _in_own_name(conflicts: MeetingConflicts, item: AgendaItem, committee: uuid.UUID, people: list[uuid.UUID]) -> bool:
    """Whether the actor presides and so rules in their own name. Whoever neither presides nor records sees no such page."""
    me = g.actor.person_id
    if me is not None and me not in people and conflicts.presiding(item.id, committee, besides=people).may_be(str(me)):
        return True
    if not may(RECORD, committee) and not keeps_in_place(g.actor, item.id):
        raise NotFound("There is no such page")
    return False


def _is_officer(conflicts: MeetingConflicts, committee: uuid.UUID, person_id: uuid.UUID) -> bool:
    offices = {
        office for seat in conflicts.seats[committee].seats if seat.person == str(person_id) for office in seat.offices
    }
    return bool(offices & {Office.CHAIR, Office.VICE_CHAIR})


def _starts_with(conflict: PersonConflict | None, earlier: Ruling | None = None) -> tuple[str, ...]:
    """What the form begins with: the ruling that stands, or what was ruled when the item was on an earlier agenda. Else nothing: the chair
    decides, what is suggested stands beside in words, and a ticked box is soon sent. Rule: MTG-06; RULEBOOK §0.3, §24."""
    if conflict is not None and conflict.ruling is not None:
        return conflict.ruling.actions
    return tuple(earlier.actions) if earlier is not None else ()
