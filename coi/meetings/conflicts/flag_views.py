"""Pages of flags: confirming, dismissing, answering and raising one."""

import uuid

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts import flag_commands, queries, unreached_commands
from coi.meetings.conflicts.blueprint import (
    ANSWER,
    OWN,
    RAISE,
    back_from,
    bp,
    committee_asked,
    item_to_read,
    item_to_speak_of,
)
from coi.meetings.conflicts.forms import AnswerForm, ConfirmForm, DismissForm, RaiseForm
from coi.meetings.conflicts.own_queries import own_flags
from coi.meetings.conflicts.vocabulary import AnswerDetails, ItemFlag
from coi.meetings.models import AgendaItem
from coi.meetings.vocabulary import FlagAnswer
from coi.people.queries import names_apart
from coi.registers.interests.queries import own_interest
from coi.web.access import requires
from coi.web.pages import page

NOTE = 300
ON_THE_REGISTER = "Thank you. The chair can see your answer. Now say it on the register too"


@bp.post("/<body>/items/<uuid:item_id>/flags/<key>/confirm")
@requires(ANSWER)
def confirm(item_id: uuid.UUID, key: str) -> Response:
    """Say that a flag is a conflict. What happens is a ruling."""
    item = item_to_read(item_id)
    flag = queries.flag_of(item, key, known_at=clock.now())
    committee = _presided(item, flag)
    form = ConfirmForm()
    if form.validate_on_submit():
        try:
            flag_commands.confirm_flag(item, flag, actor=g.actor, at=clock.now(), committee_id=committee)
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(f"The conflict of {flag.name} is confirmed. It still needs a ruling.")
    return back_from(item)


@bp.post("/<body>/items/<uuid:item_id>/flags/unreached/seen")
@requires(ANSWER)
def see_unreached(item_id: uuid.UUID) -> Response:
    """Say that one saw which flags an item reaches no more."""
    item = item_to_read(item_id)
    if ConfirmForm().validate_on_submit():
        try:
            seen = unreached_commands.see_what_was_lost(
                item, actor=g.actor, at=clock.now(), committee_id=request.args.get("committee", type=uuid.UUID)
            )
        except RuleBroken as broken:
            db.session.rollback()
            flash(broken.reason, "important")
        else:
            db.session.commit()
            flash(
                "It is recorded that you have seen this." if seen else "There is nothing here that you have not seen."
            )
    return back_from(item)


@bp.route("/<body>/items/<uuid:item_id>/flags/<key>/dismiss", methods=["GET", "POST"])
@requires(ANSWER)
def dismiss(item_id: uuid.UUID, key: str) -> Response:
    """Say why a flag is no conflict."""
    item = item_to_read(item_id)
    flag = queries.flag_of(item, key, known_at=clock.now())
    committee = _presided(item, flag)
    form = DismissForm()
    form.offer(flag)
    if form.validate_on_submit():
        try:
            flag_commands.dismiss_flag(
                item, flag, form.reason.data, actor=g.actor, at=clock.now(), committee_id=committee,
                guardian_consulted=bool(form.guardian_consulted.data), **form.size(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The flag on {flag.name} is dismissed.")
            return back_from(item)
    return page("meetings/conflicts/dismiss.html", form=form, item=item, flag=flag)


@bp.route("/<body>/items/<uuid:item_id>/flags/raise", methods=["GET", "POST"])
@requires(RAISE)
def raise_flag(item_id: uuid.UUID) -> Response:
    """Tell the chair of a conflict that nobody flagged."""
    item = item_to_speak_of(item_id)
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item], reader=g.actor)
    form = RaiseForm()
    form.offer(names_apart(conflicts.people.items(), g.body.id, item.meeting.held_on))
    if form.validate_on_submit():
        try:
            flag_commands.raise_flag(item, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The chair is told.")
            return back_from(item)
    return page("meetings/conflicts/raise_flag.html", form=form, item=item)


@bp.route("/<body>/items/<uuid:item_id>/flags/<key>/answer", methods=["GET", "POST"])
@requires(OWN)
def answer(item_id: uuid.UUID, key: str) -> Response:
    """Answer a flag on oneself."""
    item = item_to_speak_of(item_id)
    flag, others = own_flags(item, key, body_id=g.body.id, actor=g.actor)
    form = AnswerForm(answer=flag.answer, text=flag.answer_text, since=flag.answer_since)
    form.offer(flag, others)
    if form.validate_on_submit():
        also = [each for each in others if each[1].fingerprint in form.also.data]
        try:
            flag_commands.answer_flag(item, flag, form.details(), actor=g.actor, at=clock.now(), also=also)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            onward = _put_right(flag, form.details())
            asked = " The secretary is asked to look at the link." if form.answer.data is FlagAnswer.LINK else ""
            flash(ON_THE_REGISTER if onward else f"Thank you. The chair can see your answer.{asked}")
            return redirect(onward or url_for(".mine", meeting_id=item.meeting_id))
    return page("meetings/conflicts/answer.html", form=form, item=item, flag=flag)


def _put_right(flag: ItemFlag, details: AnswerDetails) -> str:
    """The page on which the register is put right where an answer says that it is wrong, filled in; empty where it is not, or where
    the interest is somebody else's, such as the member's for whom one deputises."""
    try:
        interest = own_interest(flag.interest_id, g.actor) if flag.interest_id else None
    except NotFound:
        interest = None
    if interest is None:
        return ""
    if details.answer is FlagAnswer.ENDED and details.since is not None:
        return url_for("interests.own_end", interest_id=interest.id, ended_on=details.since.isoformat())
    if details.answer is FlagAnswer.NOT_ME:
        return url_for("interests.own_change", interest_id=interest.id, note=details.text[:NOTE])
    return ""


def _presided(item: AgendaItem, flag: ItemFlag) -> uuid.UUID:
    """Returns the committee for which the actor presides over an item. Raises NotFound for anybody else: a flag is not theirs to
    dispose of."""
    conflicts = queries.conflicts_at(item.meeting, known_at=clock.now(), items=[item], reader=g.actor)
    committee = committee_asked(conflicts)
    if not conflicts.presiding(item.id, committee, besides=[flag.person_id]).may_be(str(g.actor.person_id)):
        raise NotFound("There is no such flag")
    return committee
