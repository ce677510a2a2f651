"""Pages before a meeting: who was asked and what they said, answering with an account, answering with a link."""

import uuid
from collections.abc import Callable

from flask import Blueprint, current_app, flash, g, redirect, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.accounts import sessions
from coi.config import Config
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.meetings.conflicts.beforehand import commands, queries
from coi.meetings.conflicts.beforehand.forms import COMING, AskForm, SayForm
from coi.meetings.conflicts.beforehand.models import BeforehandLink, BeforehandRequest
from coi.meetings.conflicts.beforehand.rules import ways_from_registers
from coi.meetings.conflicts.beforehand.vocabulary import Expected
from coi.meetings.conflicts.forms import words_of
from coi.meetings.conflicts.queries import conflicts_at
from coi.meetings.conflicts.seats import attendance_of
from coi.meetings.models import AgendaItem, Meeting
from coi.meetings.queries import agenda_for, agenda_of, meeting_of
from coi.meetings.vocabulary import MeetingState
from coi.organisations import queries as organisations
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.by_link import GONE, KEPT
from coi.registers.interests import link_commands, link_queries
from coi.registers.interests.link_vocabulary import LinkPurpose
from coi.registers.interests.presenting import cards_of
from coi.registers.interests.queries import interests_known_at, standing_of
from coi.registers.waiting_mails import ByHandForm, mail_file, sends_mail, take_by_hand
from coi.web.access import may, public, requires
from coi.web.pages import kept_nowhere, page

bp = Blueprint("beforehand", __name__)
Asking = Callable[..., BeforehandRequest | None]
SEE, PLAN = Permission.MEETINGS_BEFOREHAND_READ, Permission.MEETINGS_AGENDA_PLAN
DECLARE = Permission.REGISTERS_INTEREST_DECLARE


@bp.get("/<body>/meetings/<uuid:meeting_id>/before/")
@requires(SEE)
def index(meeting_id: uuid.UUID) -> Response:
    """Who was asked before a meeting, and what they said of the items that one may read."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=SEE)
    items = agenda_for(g.actor, agenda_of(meeting)).items
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=[])
    expected = queries.expected_at(meeting.id, conflicts)
    return page(
        "meetings/conflicts/beforehand/index.html", meeting=meeting, expected=expected, items=items, form=AskForm(),
        interests=_interests(expected), sends_mail=sends_mail(), words=COMING,
        silent=[each for each in expected if each.can_be_asked_again(clock.today())],
        has_business=any(item.standing is None for item in items),
        by_hand=ByHandForm.of([] if sends_mail() or not may(PLAN) else queries.waiting_mails(meeting.id)),
    )  # fmt: skip


def _interests(expected: list[Expected]) -> dict[uuid.UUID, str]:
    """The interests that were named, in words."""
    people = [each.person_id for each in expected if each.said]
    return {each.interest_id: words_of(each) for each in interests_known_at(people, clock.now())} if people else {}


@bp.post("/<body>/meetings/<uuid:meeting_id>/before/ask")
@requires(PLAN)
def ask(meeting_id: uuid.UUID) -> Response:
    """Asks everybody who is expected and was not asked yet: one mail for each person."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    if AskForm().validate_on_submit():
        expected = queries.expected_at(meeting.id, conflicts_at(meeting, known_at=clock.now(), items=[]))
        unasked = [each.person_id for each in expected if each.can_be_asked]
        _ask_each(meeting, unasked, commands.ask_beforehand, "", "Everybody with an email address was asked already")
    return redirect(url_for(".index", meeting_id=meeting_id), 303)


@bp.post("/<body>/meetings/<uuid:meeting_id>/before/ask-again")
@requires(PLAN)
def ask_again(meeting_id: uuid.UUID) -> Response:
    """Asks everybody again who was asked on an earlier day and is silent: one mail for each person."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    if AskForm().validate_on_submit():
        expected = queries.expected_at(meeting.id, conflicts_at(meeting, known_at=clock.now(), items=[]))
        silent = [each for each in expected if each.can_be_asked_again(clock.today())]
        nobody = "Nobody who is silent was asked before today"
        _ask_each(meeting, [each.person_id for each in silent], commands.ask_again, " again", nobody)
    return redirect(url_for(".index", meeting_id=meeting_id), 303)


def _ask_each(meeting: Meeting, people: list[uuid.UUID], asking: Asking, again: str, nobody: str) -> None:
    """Asks these people, all of them or none, and says how many were asked."""
    site, now = _config().base_url, clock.now()
    try:
        asked = [
            asking(meeting, db.session.get_one(Person, each), g.body, site=site, actor=g.actor, at=now)
            for each in people
        ]
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.reason, "important")
    else:
        db.session.commit()
        number = sum(each is not None for each in asked)
        waits = "" if sends_mail() else ". There is no mail server: download each and send it yourself"
        flash(f"{number} {'person is' if number == 1 else 'people are'} asked{again}{waits}" if number else nobody)


@bp.get("/<body>/meetings/<uuid:meeting_id>/before/<uuid:beforehand_id>/mail.eml")
@requires(PLAN)
def mail(meeting_id: uuid.UUID, beforehand_id: uuid.UUID) -> Response:
    """The mail as a file, where this installation sends none itself. Whoever fetches it is noted: it holds somebody's own link."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    request, message = queries.mail_of_request(beforehand_id, meeting.id)
    return mail_file(
        message, "before-the-meeting", what="question before a meeting", subject=request, actor=g.actor,
        at=clock.now(), body_id=g.body.id,
    )  # fmt: skip


@bp.post("/<body>/meetings/<uuid:meeting_id>/before/sent-by-hand")
@requires(PLAN)
def sent_by_hand(meeting_id: uuid.UUID) -> Response:
    """Notes that somebody sent these mails from their own mail program, so that they do not go out again."""
    meeting = meeting_of(meeting_id, body_id=g.body.id, actor=g.actor, permission=PLAN)
    mails = queries.waiting_mails(meeting.id)
    take_by_hand(mails, subject=meeting, body_id=g.body.id, actor=g.actor, at=clock.now())
    db.session.commit()
    return redirect(url_for(".index", meeting_id=meeting_id), 303)


@bp.route("/<body>/meetings/<uuid:meeting_id>/before/mine", methods=["GET", "POST"])
@requires(DECLARE)
def mine(meeting_id: uuid.UUID) -> Response:
    """Says before a meeting, with one's account, whether the register is right and what one has an interest in."""
    meeting = db.session.get(Meeting, meeting_id)
    if meeting is None or meeting.body_id != g.body.id:
        raise NotFound("There is no such meeting")
    form, found = _form(meeting, g.actor)
    if form.validate_on_submit():
        try:
            answer = commands.say_beforehand(meeting, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("Thank you. The chair and the secretary see what you said. Declare it again at the meeting")
            changed = url_for("interests.declare_confirm")
            return redirect(url_for("meetings.home") if answer.is_register_right else changed, 303)
    return _page(meeting, g.body, form, found, g.actor)


@bp.route(f"{commands.PATH}<string:token>", methods=["GET", "POST"])
@public
def by_link(token: str) -> Response:
    """The same with a link and without an account. Reading the page uses nothing up, as mail scanners do."""
    link, now = queries.link_of_token(token), clock.now()
    if link is None:
        return kept_nowhere(page("meetings/conflicts/beforehand/over.html", GONE, link=None, owner=None))
    meeting = link.request.meeting
    body = organisations.body(meeting.body_id)
    is_over = link.used_at is not None or link.expires_at <= now or meeting.state is not MeetingState.PLANNED
    if is_over:
        return kept_nowhere(
            page("meetings/conflicts/beforehand/over.html", None if link.used_at else GONE, link=link, owner=body)
        )
    actor = queries.actor_by(link, body.id, clock.today())
    form, found = _form(meeting, actor)
    if form.validate_on_submit():
        try:
            answer = commands.say_beforehand(meeting, form.details(), actor=actor, at=now, link=link)
        except RuleBroken as broken:
            form.show(broken)
        else:
            onward = "" if answer.is_register_right else _declaring(link, body, actor)
            db.session.commit()
            return redirect(onward or url_for(".by_link", token=token), 303)
    return kept_nowhere(_page(meeting, body, form, found, actor))


def _declaring(link: BeforehandLink, body: Body, actor: Actor) -> str:
    """Lets whoever answered by a link, and says that the register is not right, put it right with the same visit. Empty where they
    cannot declare here."""
    person, now = link.request.person, clock.now()
    try:
        issued = link_commands.issue_declaring_link(
            person, LinkPurpose.CONFIRMATION, body_id=body.id, site=_config().base_url, actor=actor, at=now
        )
    except RuleBroken:
        return ""
    link_commands.open_link(link_queries.link(issued.id), at=now)
    sessions.start_apart({KEPT: str(issued.id)})
    return url_for("interests.by_link_start", body=body.slug)


def _form(meeting: Meeting, actor: Actor) -> tuple[SayForm, dict[AgendaItem, tuple[str, ...]]]:
    """The form about the items that somebody is asked about, and for each by what ways entries of theirs lead to it. Raises NotFound
    for whoever takes no part in the meeting."""
    agenda = agenda_of(meeting)
    conflicts = conflicts_at(meeting, known_at=clock.now(), items=agenda, reader=actor)
    if actor.person_id is None or actor.person_id not in conflicts.people:
        raise NotFound("There is no such meeting")
    items = queries.items_to_ask_about(meeting, actor, agenda, conflicts)
    said = queries.said_before(meeting.id, [actor.person_id]).get(actor.person_id)
    coming = queries.coming_of(attendance_of(meeting.id)).get(actor.person_id)
    form = SayForm.about(items, standing_of(actor.person_id, clock.now()), said, coming)
    if not queries.may_send_a_deputy(actor.person_id, conflicts):
        del form.deputy
    return form, {item: ways_from_registers(conflicts.flags[item.id], actor.person_id) for item in items}


def _page(
    meeting: Meeting, body: Body, form: SayForm, found: dict[AgendaItem, tuple[str, ...]], actor: Actor
) -> Response:
    now = clock.now()
    cards = cards_of(standing_of(actor.person_id, now), body.id) if actor.person_id else []
    gifts = queries.gifts_to_look_at(meeting, actor.person_id, now) if actor.person_id else []
    return page(
        "meetings/conflicts/beforehand/say.html", meeting=meeting, owner=body, form=form, found=found, current=cards, gifts=gifts,
        name=actor.name, is_own=actor.is_signed_in, has_begun=meeting.state is not MeetingState.PLANNED,
    )  # fmt: skip


def _config() -> Config:
    config: Config = current_app.config["COI"]
    return config
