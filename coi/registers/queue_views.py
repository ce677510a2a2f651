"""The queues of the work list: each organisation in somebody's own words, each interest without a mitigation, one after the other."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from coi import clock
from coi.audit.access import note_reading
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.permissions.vocabulary import Permission
from coi.registers import queue_queries
from coi.registers.aliases.queries import aliases_of
from coi.registers.interests import queries, review_commands
from coi.registers.interests.matching_queries import alongside, key_of, restricted_among, unmatched_seen_by, wait_key
from coi.registers.interests.models import Interest, InterestOrganisation
from coi.registers.interests.presenting import ShownInterest, shown_interest
from coi.registers.queue_forms import NextForm, NextMitigationForm
from coi.registers.queue_queries import Place
from coi.registers.suggestions import suggestions
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("queues", __name__, url_prefix="/<body>/registers/next")
READ, MITIGATE = Permission.REGISTERS_INTEREST_READ, Permission.REGISTERS_INTEREST_MITIGATE


def _after() -> str:
    return request.args.get("after", "")[:60]


@bp.route("/organisation", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def organisation() -> Response:
    """The next organisation to match, with similar words beside it: suggestions, or kept as it is and on to the one after."""
    if not may(READ):
        raise NotFound("There is no such page")
    waiting = unmatched_seen_by(g.actor, g.body.id, clock.now())
    group, place = queue_queries.next_unmatched(waiting, after=_after())
    if not group:
        return _end("organisation", "to match", place, url_for(".organisation"))
    named, onward = group[0], url_for(".organisation", after=key_of(group[0]))
    others = alongside(named.text, named.version.interest, group)
    form = _about(named, others)
    if not form.is_overtaken(wait_key(named)) and form.validate_on_submit():
        try:
            done = _answer(form, named, waiting)
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(done)
            return redirect(onward, 303)
    for each in restricted_among(others, g.actor.person_id, g.body.id):
        note_reading("interest", each, g.actor, clock.now(), g.body.id)
    shown = _shown(named.version.interest)
    return page("registers/standing/queue_match.html", form=form, named=named, shown=shown, place=place, on=onward)


def _about(named: InterestOrganisation, others: Sequence[InterestOrganisation]) -> NextForm:
    form = NextForm(seen=wait_key(named))
    form.only_for(named.text)
    form.offer(suggestions(named.text, g.body.area_codes, clock.today(), aliases_of(g.body.id), g.body.name))
    form.offer_alongside(named.text, others)
    return form


def _answer(form: NextForm, named: InterestOrganisation, waiting: Sequence[InterestOrganisation]) -> str:
    """Does what was asked, and returns what was done: matched with an organisation, or kept as declared."""
    now = clock.now()
    if form.keeps:
        return review_commands.keep_everywhere(
            named, form.ticked, form.reason, waiting=waiting, actor=g.actor, at=now, body_id=g.body.id
        )
    if form.organisation.data is None:
        raise RuleBroken("Look for it by name, or say that it names no organisation")
    return review_commands.match_everywhere(
        named, form.ticked, form.organisation.data, waiting=waiting, remember=form.remembers, actor=g.actor, at=now,
        body_id=g.body.id,
    )  # fmt: skip


@bp.route("/mitigation", methods=["GET", "POST"])
@requires(MITIGATE)
def mitigation() -> Response:
    """The next interest whose mitigation is to be agreed, or left for later."""
    version, place = queue_queries.next_mitigation(g.actor, g.body.id, clock.now(), after=_after())
    if version is None:
        return _end("mitigation", "to agree", place, url_for(".mitigation"))
    interest = queries.visible_interest(version.interest_id, g.actor, MITIGATE, g.body.id, clock.now())
    earlier = [each.mitigation for each in interest.versions if each.mitigation]
    form = NextMitigationForm.of(interest.versions[-1], earlier[-1] if earlier else "")
    onward = url_for(".mitigation", after=interest.reference)
    if not form.is_overtaken(interest.reference) and form.validate_on_submit():
        try:
            review_commands.agree_mitigation(
                interest, form.details(), version=form.seen_version(), actor=g.actor, at=clock.now(), body_id=g.body.id
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The mitigation of interest {interest.reference} is agreed")
            return redirect(onward, 303)
    answered = queue_queries.of_reference(form.answered, g.actor, g.body.id, clock.now()) if form.answered else None
    return page(
        "registers/standing/queue_mitigate.html", form=form, shown=_shown(interest), place=place, on=onward, answered=answered
    )  # fmt: skip


def _end(one: str, to_do: str, place: Place, again: str) -> Response:
    """The end of a queue, with what was left for later, and with what was typed when somebody was faster with the last one."""
    late, typed = request.method == "POST", request.form.get("mitigation", "")
    return page(
        "registers/standing/queue_end.html", one=one, to_do=to_do, waiting=place.waiting, again=again, late=late, typed=typed
    )  # fmt: skip


def _shown(interest: Interest) -> ShownInterest:
    """An interest as the page shows it. Reading one that is asked not to be published leaves a trace."""
    whole = queries.interest(interest.id)
    shown = shown_interest(whole, clock.now(), g.body.id)
    if shown.redaction is not None and shown.redaction.is_restricted and whole.person_id != g.actor.person_id:
        note_reading("interest", whole, g.actor, clock.now(), g.body.id)
    return shown
