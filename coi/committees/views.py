"""Pages about committees: the list, a committee with its members and quorum, and what is entered about them."""

import uuid

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.committees import commands, queries
from coi.committees.details import CLASS_NAMES, MODEL_NAMES, OFFICE_NAMES, attribute_label
from coi.committees.forms import CommitteeForm, DescribeForm, EndForm, MemberForm
from coi.committees.joint_queries import joint_with
from coi.committees.models import Committee
from coi.committees.terms_form import NO_TERMS, TermsForm
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.guidance.functions import FUNCTIONS
from coi.organisations.queries import bodies
from coi.people import queries as people
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Permission
from coi.web.access import may, requires
from coi.web.known import known_in
from coi.web.pages import page
from coi.wording import day

bp = Blueprint("committees", __name__, url_prefix="/<body>/committees")


@bp.get("")
@requires(Permission.COMMITTEES_COMMITTEE_READ)
def index() -> Response:
    """Lists the committees that the reader may see."""
    return page(
        "committees/index.html",
        committees=queries.committees(g.body.id, g.actor),
        may_establish=_manages_every_committee(),
    )


@bp.get("/<uuid:committee_id>")
@requires(Permission.COMMITTEES_COMMITTEE_READ)
def show(committee_id: uuid.UUID) -> Response:
    """Shows who sits on a committee, when it is quorate, and what the guidance would have put right; as it was known at an instant where
    that is asked."""
    committee, asked = queries.committee(committee_id, g.body.id, g.actor), known_in(request.args, clock.now())
    if committee.recorded_at > asked.instant:
        raise NotFound("Nobody had entered this committee then")
    on, known_at = clock.local(asked.instant).date(), asked.instant if asked.is_past else None
    terms = queries.terms_in_force(committee, on, known_at)
    seats, members = queries.memberships_of(committee, known_at), queries.members_on(committee, on, known_at)
    return page(
        "committees/show.html",
        422 if asked.error else None,
        asked=asked,
        committee=committee,
        joint_with=joint_with(committee.id, g.body.id),
        terms=terms,
        versions=queries.terms_of(committee, known_at),
        members=members,
        later=[each for each in seats if each.valid_from > on],
        names={person_id: each.name for person_id, each in queries.names_of(seats, known_at).items()},
        quorum=queries.quorum_in_words(terms) if terms else "",
        findings=queries.findings_on(committee, terms, on, known_at) if terms else (),
        vacancies=queries.vacancies(terms, members) if terms else [],
        functions=[FUNCTIONS[code].title for code in terms.functions] if terms else [],
        class_names=CLASS_NAMES,
        office_names=OFFICE_NAMES,
        attribute_label=attribute_label,
        model_names=MODEL_NAMES,
        may_manage=not asked.is_past and may(Permission.COMMITTEES_COMMITTEE_MANAGE, committee.id),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.COMMITTEES_COMMITTEE_MANAGE)
def establish() -> Response | AnyResponse:
    """Establishes a committee: whoever manages the body's committees, not those of one committee alone."""
    if not _manages_every_committee():
        raise NotFound("There is no such page")
    form = CommitteeForm()
    form.offer((each.id, each.name) for each in bodies() if each.id != g.body.id)
    if form.validate_on_submit():
        try:
            committee = commands.establish_committee(g.body, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{committee.name} was established. Now enter its terms of reference")
            return redirect(url_for("committees.adopt", committee_id=committee.id), 303)
    return page("committees/establish.html", form=form)


@bp.route("/<uuid:committee_id>/terms/new", methods=["GET", "POST"])
@requires(Permission.COMMITTEES_COMMITTEE_MANAGE)
def adopt(committee_id: uuid.UUID) -> Response | AnyResponse:
    """Adopts a version of the terms of reference."""
    committee = _managed(committee_id)
    form = TermsForm.start(queries.latest_terms(committee))
    if form.validate_on_submit():
        try:
            seen = _seen_terms(form)
            terms = commands.adopt_terms(committee, form.details(), seen_terms=seen, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The terms of reference from {day(terms.valid_from)} were saved")
            return redirect(url_for("committees.show", committee_id=committee_id), 303)
    return page("committees/adopt.html", form=form, committee=committee)


@bp.get("/<uuid:committee_id>/terms/<uuid:terms_id>")
@requires(Permission.COMMITTEES_COMMITTEE_READ)
def terms(committee_id: uuid.UUID, terms_id: uuid.UUID) -> Response:
    """Shows one version of the terms of reference, also one that was replaced."""
    committee = queries.committee(committee_id, g.body.id, g.actor)
    version = queries.terms_version(terms_id, committee.id)
    return page(
        "committees/terms.html",
        committee=committee,
        terms=version,
        quorum=queries.quorum_in_words(version),
        settings=queries.settings_in_words_of(version),
        vacancies=queries.vacancies(version, ()),
        functions=[FUNCTIONS[code].title for code in version.functions],
        class_names=CLASS_NAMES,
        model_names=MODEL_NAMES,
    )


@bp.route("/<uuid:committee_id>/members/new", methods=["GET", "POST"])
@requires(Permission.COMMITTEES_COMMITTEE_MANAGE)
def appoint(committee_id: uuid.UUID) -> Response | AnyResponse:
    """Gives a person a seat on a committee."""
    committee = _managed(committee_id)
    form = MemberForm().offer(people.people(g.body.id), queries.descriptions_of(committee))
    if form.validate_on_submit():
        try:
            details = form.details()
            person = people.person(details.person_id, g.body.id)
            member = commands.appoint_member(committee, person, details, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{member.person.name} has a seat on {committee.name}")
            return redirect(url_for("committees.show", committee_id=committee_id), 303)
    return page("committees/appoint.html", form=form, committee=committee)


@bp.route("/<uuid:committee_id>/members/<uuid:membership_id>/describe", methods=["GET", "POST"])
@requires(Permission.COMMITTEES_COMMITTEE_MANAGE)
def describe(committee_id: uuid.UUID, membership_id: uuid.UUID) -> Response | AnyResponse:
    """Enters what is said of a seat besides its class, as the quorum may ask for it."""
    committee = _managed(committee_id)
    member = queries.membership(membership_id, committee.id)
    form = DescribeForm(posts="\n".join(member.posts), attributes=list(member.attributes))
    form.offer(queries.descriptions_of(committee))
    if form.validate_on_submit():
        try:
            commands.describe_membership(member, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"What is said of the seat of {member.person.name} was saved")
            return redirect(url_for("committees.show", committee_id=committee_id), 303)
    return page("committees/describe.html", form=form, committee=committee, member=member)


@bp.route("/<uuid:committee_id>/members/<uuid:membership_id>/end", methods=["GET", "POST"])
@requires(Permission.COMMITTEES_COMMITTEE_MANAGE)
def end(committee_id: uuid.UUID, membership_id: uuid.UUID) -> Response | AnyResponse:
    """Enters the last day of a seat."""
    committee = _managed(committee_id)
    member = queries.membership(membership_id, committee.id)
    form = EndForm()
    if form.validate_on_submit():
        try:
            commands.end_membership(member, form.valid_to.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"The last day of {member.person.name} on the committee was saved")
            return redirect(url_for("committees.show", committee_id=committee_id), 303)
    return page("committees/end.html", form=form, committee=committee, member=member)


def _manages_every_committee() -> bool:
    """Whether the actor manages the body's committees, and not single ones alone."""
    manages = Permission.COMMITTEES_COMMITTEE_MANAGE
    return may(manages) and committees_where(g.actor, manages, g.body.id) is None


def _managed(committee_id: uuid.UUID) -> Committee:
    return queries.committee(committee_id, g.body.id, g.actor, Permission.COMMITTEES_COMMITTEE_MANAGE)


def _seen_terms(form: TermsForm) -> uuid.UUID | None:
    """The version that the person who edits had on the screen."""
    sent = request.form.get(form.seen_terms.name, NO_TERMS)
    try:
        return None if sent == NO_TERMS else uuid.UUID(sent)
    except ValueError:
        return None
