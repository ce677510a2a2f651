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
from coi.registers.aliases import commands as aliases
from coi.registers.aliases.queries import aliases_of
from coi.registers.aliases.vocabulary import AliasDetails
from coi.registers.interests import queries, review_commands
from coi.registers.interests.matching_queries import key_of, unmatched_seen_by, with_the_words
from coi.registers.interests.models import Interest, InterestOrganisation
from coi.registers.interests.presenting import ShownInterest, shown_interest
from coi.registers.interests.vocabulary import RedactionState
from coi.registers.queue_forms import NextForm, NextMitigationForm
from coi.registers.queue_queries import Place
from coi.registers.suggestions import suggestions
from coi.web.access import may, requires
from coi.web.pages import page

bp = Blueprint("queues", __name__, url_prefix="/<body>/registers/next")
KEPT = "Kept as it was declared: no organisation of the lists is meant"
READ, MITIGATE = Permission.REGISTERS_INTEREST_READ, Permission.REGISTERS_INTEREST_MITIGATE


def _after() -> str:
    return request.args.get("after", "")[:60]


@bp.route("/organisation", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def organisation() -> Response:
    """The next organisation to match: suggestions, or kept as it is and on to the one after."""
    if not may(READ):
        raise NotFound("There is no such page")
    waiting = unmatched_seen_by(g.actor, g.body.id, clock.now())
    named, place = queue_queries.next_unmatched(waiting, after=_after())
    if named is None:
        return _end("organisation", "to match", place, url_for(".organisation"))
    key = key_of(named)
    seen = f"{key}:{named.version.number}"
    form = NextForm(seen=seen)
    form.only_for(named.text)
    form.offer(suggestions(named.text, g.body.area_codes, clock.today(), aliases_of(g.body.id)))
    overtaken = form.is_overtaken(seen)
    if request.method == "POST" and not overtaken and form.keeps:
        return _keep(named, waiting)
    form.offer_twins(with_the_words(named.text, named.version.interest, waiting))
    if not overtaken and form.validate_on_submit():
        try:
            done = review_commands.match_everywhere(
                named, form.chosen_twins(), form.organisation.data, waiting=waiting, remember=form.remembers, actor=g.actor,
                at=clock.now(), body_id=g.body.id,
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(done)
            return redirect(url_for(".organisation", after=key), 303)
    shown = _shown(named.version.interest)
    onward = url_for(".organisation", after=key)
    return page("registers/standing/queue_match.html", form=form, named=named, shown=shown, place=place, on=onward)


def _keep(named: InterestOrganisation, waiting: Sequence[InterestOrganisation]) -> Response:
    """Keeps the words as they were declared, wherever they stand, until somebody ends that on the page of names."""
    aliases.teach(g.body.id, AliasDetails(named.text, None, KEPT), actor=g.actor, at=clock.now())
    others = len(with_the_words(named.text, named.version.interest, waiting))
    db.session.commit()
    too = f", in this interest and in {others} more" if others else ""
    flash(f"“{named.text}” stays as it was declared{too}. To be asked again, end it under names to remember")
    return redirect(url_for(".organisation", after=key_of(named)), 303)


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
    return page("registers/standing/queue_mitigate.html", form=form, shown=_shown(interest), place=place, on=onward)


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
    restricted = shown.redaction is not None and shown.redaction.state is not RedactionState.REFUSED
    if restricted and whole.person_id != g.actor.person_id:
        note_reading("interest", whole, g.actor, clock.now(), g.body.id)
    return shown
