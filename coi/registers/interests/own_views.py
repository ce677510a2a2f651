"""One's own interests: the list, one of them, a change, an end; nothing to declare, nothing changed. Change and end on behalf too."""

import uuid
from datetime import date
from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations.policy_queries import rulebook_of
from coi.permissions.vocabulary import Permission
from coi.registers.interests import commands, drafter_queries, people_queries, queries
from coi.registers.interests.blueprint import bp
from coi.registers.interests.course import Course
from coi.registers.interests.declaring_views import own_course, statement
from coi.registers.interests.ending import check_sure
from coi.registers.interests.ending_queries import ending_told, public_after
from coi.registers.interests.entering_views import drafting_for
from coi.registers.interests.forms import ChangeForm, EndForm, NothingForm
from coi.registers.interests.leaver_queries import to_act_on
from coi.registers.interests.links import href
from coi.registers.interests.models import Interest
from coi.registers.interests.presenting import cards_of, shown_interest
from coi.registers.interests.public_queries import last_public_day
from coi.registers.interests.redaction_queries import states_elsewhere
from coi.registers.interests.related_queries import fellow_partners
from coi.registers.interests.vocabulary import REDACTION_WORDS, Making
from coi.registers.prompts import question_queries
from coi.web.access import requires
from coi.web.pages import page
from coi.wording import day

DECLARE, ENTER = Permission.REGISTERS_INTEREST_DECLARE, Permission.REGISTERS_INTEREST_ENTER


@bp.get("/mine")
@requires(Permission.REGISTERS_INTEREST_DECLARE)
def mine() -> Response:
    """What I have declared, when I last did and when it is due again."""
    person, now = people_queries.own_person(g.actor), clock.now()
    cards = cards_of(queries.interests_known_at([person.id], now), g.body.id)
    return page(
        "registers/interests/mine.html", current=[card for card in cards if not card.ended_on],
        ended=[card for card in cards if card.ended_on], refresh=queries.refresh_of(person.id, now, g.body.id),
        declarations=queries.declarations_of(person.id), begun=own_course().load(),
        prepared_by=own_course().prepared_by, drafter=drafter_queries.drafter_of(person.id, g.body.id),
        drafting=drafting_for(drafter_queries.people_drafted_for(g.actor, g.body.id, clock.today())),
        asked=question_queries.number_open(person.id, g.body.id),
    )  # fmt: skip


@bp.get("/mine/<uuid:interest_id>")
@requires(Permission.REGISTERS_INTEREST_READ_OWN)
def own(interest_id: uuid.UUID) -> Response:
    """One interest of mine, with its history."""
    interest, now = queries.own_interest(interest_id, g.actor), clock.now()
    asked = queries.redactions_of([interest.id]).get(interest.id)
    elsewhere = states_elsewhere(asked, g.body.id, clock.today()) if asked else []
    fellows = fellow_partners(
        interest.versions[-1], now, people_queries.people_of_body(g.body.id, clock.today()), g.body.id
    )
    return page(
        "registers/interests/show.html", shown=shown_interest(interest, now, g.body.id, interest.versions), is_own=True, question=None,
        meetings=href("conflicts.of_interest", Permission.MEETINGS_MEETING_READ, interest_id=interest.id),
        ledger="", back=url_for("interests.mine"), is_only_read=False, partners=fellows,
        elsewhere=[(name, REDACTION_WORDS[state]) for name, state in elsewhere],
    )  # fmt: skip


def _own(interest_id: uuid.UUID) -> Interest:
    return queries.own_interest(interest_id, g.actor)


def _somebodys(interest_id: uuid.UUID) -> Interest:
    found = queries.visible_interest(interest_id, g.actor, ENTER, g.body.id, clock.now())
    return to_act_on(found, g.body.id, clock.now())


@bp.route("/mine/<uuid:interest_id>/change", methods=["GET", "POST"])
@requires(DECLARE)
def own_change(interest_id: uuid.UUID) -> Response:
    """Changes an interest of mine."""
    return _change(_own(interest_id), url_for("interests.own", interest_id=interest_id))


@bp.route("/<uuid:interest_id>/change", methods=["GET", "POST"])
@requires(ENTER)
def change(interest_id: uuid.UUID) -> Response:
    """Changes an interest on somebody's behalf."""
    return _change(_somebodys(interest_id), url_for("interests.show", interest_id=interest_id))


def _change(interest: Interest, back: str) -> Response:
    form = ChangeForm.of(interest.versions[-1], note=request.args.get("note", ""))
    form.organisation.area = g.body.area_codes
    told = None
    if form.validate_on_submit():
        told = ending_told(interest, form.details().ended_on, clock.today(), g.body.id)
        try:
            check_sure(told, is_sure=bool(form.is_sure.data))
            commands.change_interest(
                interest, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now(),
                note=form.note.data or "", body_id=g.body.id,
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The change to interest {interest.reference} was declared")
            return redirect(back, 303)
    return page(
        "registers/interests/change.html", form=form, interest=interest, back=back, statement=statement(), told=told
    )


@bp.route("/mine/<uuid:interest_id>/end", methods=["GET", "POST"])
@requires(DECLARE)
def own_end(interest_id: uuid.UUID) -> Response:
    """Says that an interest of mine ended."""
    return _end(_own(interest_id), url_for("interests.mine"))


@bp.route("/<uuid:interest_id>/end", methods=["GET", "POST"])
@requires(ENTER)
def end(interest_id: uuid.UUID) -> Response:
    """Says on somebody's behalf that an interest ended."""
    return _end(_somebodys(interest_id), url_for("interests.show", interest_id=interest_id))


def _end(interest: Interest, back: str) -> Response:
    form = EndForm.of(interest.versions[-1], ended_on=request.args.get("ended_on", type=date.fromisoformat))
    told = ending_told(interest, form.ended_on.data, clock.today(), g.body.id)
    if form.validate_on_submit():
        try:
            check_sure(told, is_sure=bool(form.is_sure.data))
            commands.end_interest(
                interest, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now(), body_id=g.body.id
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(_ended_words(interest, form.details()))
            return redirect(back, 303)
    return page(
        "registers/interests/end.html", form=form, interest=interest, stands=interest.versions[-1], back=back, told=told,
        public_after=public_after(rulebook_of(g.body.id), clock.today()),
    )  # fmt: skip


def _ended_words(interest: Interest, ended_on: date) -> str:
    """What is said of an interest that ended: where its public months are over already, that the public register drops it."""
    last = last_public_day(ended_on, rulebook_of(g.body.id))
    if last and last < clock.local(clock.now()).date():
        return (
            f"Interest {interest.reference} has ended. Its time on the public register was over on {day(last)}, so the next edition has "
            "it no more. This was told late: the record says when. It is kept, and not public"
        )
    return f"Interest {interest.reference} has ended. It stays on the register as an interest of the past"


@bp.route("/declare/nothing", methods=["GET", "POST"])
@requires(DECLARE)
def declare_nothing() -> Response:
    """A positive nil return."""
    return nothing_page(own_course())


def nothing_page(course: Course) -> Response:
    """Asks for the statement that there is nothing to declare."""
    form, person, now = NothingForm(), course.person, clock.now()
    if form.validate_on_submit():
        try:
            declaration = course.sign(
                lambda: commands.make_nil_return(
                    person,
                    form.details(statement()),
                    actor=g.actor,
                    at=now,
                    body_id=g.body.id,
                    making=Making(is_leaving=course.is_leaving),
                )
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            course.drop()
            db.session.commit()
            return redirect(course.done(declaration), 303)
    standing: list[Any] = [
        card for card in cards_of(queries.interests_known_at([person.id], now), g.body.id) if not card.ended_on
    ]
    return page("registers/interests/nothing.html", form=form, course=course, standing=standing, statement=statement())
