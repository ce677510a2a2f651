"""Pages about organisations: search, one organisation with its names and relations, and what people enter about them."""

import uuid

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.database import db
from coi.errors import RuleBroken
from coi.organisations import commands, queries
from coi.organisations.forms import EndRelationForm, OrganisationForm, RelationForm, SuccessorForm
from coi.organisations.models import Organisation
from coi.organisations.search import search
from coi.organisations.taught import taught
from coi.organisations.vocabulary import ENTERED, KIND_WORDS, PickedOrganisation
from coi.permissions.vocabulary import Permission
from coi.web.access import requires
from coi.web.forms import cleaned
from coi.web.pages import page

bp = Blueprint("organisations", __name__, url_prefix="/<body>/organisations")
MOST_HITS = 50


@bp.get("")
@requires(Permission.ORGANISATIONS_ORGANISATION_READ)
def index() -> Response:
    """Finds organisations by name, former name, code or postcode, and says which files were read."""
    text = (cleaned(request.args.get("q")) or "")[:200]
    hits = search(text, area=g.body.area_codes, on=clock.today(), limit=MOST_HITS) if text else []
    if (meant := taught(text)) is not None:
        hits = [meant, *(hit for hit in hits if hit.id != meant.id)][:MOST_HITS]
    return page("organisations/index.html", text=text, hits=hits, most=MOST_HITS, releases=queries.releases())


@bp.get("/<uuid:organisation_id>")
@requires(Permission.ORGANISATIONS_ORGANISATION_READ)
def show(organisation_id: uuid.UUID) -> Response:
    """Shows an organisation: its state, its names over time, its relations, who may have succeeded it."""
    organisation = queries.organisation(organisation_id)
    relations = queries.relations_of(organisation_id)
    return page(
        "organisations/show.html",
        organisation=organisation,
        kind=KIND_WORDS[organisation.kind],
        relations=relations,
        suggestions=queries.suggested_successors(organisation),
        today=clock.today(),
        entered=ENTERED,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def enter() -> Response | AnyResponse:
    """Enters an organisation that no published file has."""
    form = OrganisationForm()
    if form.validate_on_submit():
        try:
            organisation = commands.enter_organisation(form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{organisation.name} was added")
            return redirect(url_for("organisations.show", organisation_id=organisation.id), 303)
    is_asked = bool(form.is_another.errors or form.is_another.data)
    alike = queries.called_alike(form.name.data) if is_asked and form.name.data else []
    return page("organisations/enter.html", form=form, alike=alike[: commands.MOST_SAID])


@bp.route("/<uuid:organisation_id>/relations/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def relate(organisation_id: uuid.UUID) -> Response | AnyResponse:
    """Enters how an organisation stands to another."""
    organisation = queries.organisation(organisation_id)
    form = RelationForm()
    form.other.area = g.body.area_codes
    if form.validate_on_submit():
        try:
            other = queries.organisation(form.other.data.organisation_id)
            commands.enter_relation(organisation, other, form.details(), actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The relation was saved")
            return redirect(url_for("organisations.show", organisation_id=organisation_id), 303)
    return page("organisations/relate.html", form=form, organisation=organisation)


@bp.route("/relations/<uuid:relation_id>/end", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def end_relation(relation_id: uuid.UUID) -> Response | AnyResponse:
    """Enters the last day of a relation that a person entered."""
    relation = queries.relation(relation_id)
    organisation, other = queries.organisation(relation.from_id), queries.organisation(relation.to_id)
    form = EndRelationForm()
    if form.validate_on_submit():
        try:
            commands.end_relation(relation, form.valid_to.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The end of the relation was saved")
            return redirect(url_for("organisations.show", organisation_id=organisation.id), 303)
    return page("organisations/end_relation.html", form=form, organisation=organisation, other=other, relation=relation)


@bp.route("/<uuid:organisation_id>/successor", methods=["GET", "POST"])
@requires(Permission.ORGANISATIONS_ORGANISATION_MANAGE)
def succeed(organisation_id: uuid.UUID) -> Response | AnyResponse:
    """Enters who came after an organisation. A suggestion can be taken over, nothing is assumed."""
    organisation = queries.organisation(organisation_id)
    form = SuccessorForm(other=_suggested(request.args.get("suggested", "")))
    form.other.area = g.body.area_codes
    if form.validate_on_submit():
        try:
            successor = queries.organisation(form.other.data.organisation_id)
            commands.enter_successor(organisation, successor, form.succeeded_on.data, actor=g.actor, at=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash(f"{successor.name} is now recorded as the successor")
            return redirect(url_for("organisations.show", organisation_id=organisation_id), 303)
    return page("organisations/succeed.html", form=form, organisation=organisation)


def _suggested(sent: str) -> PickedOrganisation | None:
    """The suggestion that a link carried, ready in the picker."""
    try:
        organisation_id = uuid.UUID(sent)
    except ValueError:
        return None
    found: Organisation | None = queries.organisations([organisation_id]).get(organisation_id)
    return PickedOrganisation(found.name, found.id) if found else None
