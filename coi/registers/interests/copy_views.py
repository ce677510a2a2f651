"""The declarant's own copy of a declaration, as a file; and the scanned form that one was entered from."""

import uuid

from flask import Response, current_app, flash, g, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from coi import clock
from coi.audit.access import note_reading
from coi.config import Config
from coi.database import db
from coi.documents.apart import pdf_apart
from coi.errors import NotFound, RuleBroken
from coi.files.queries import content_of
from coi.files.serving import attachment_headers
from coi.permissions.vocabulary import Permission
from coi.registers.interests import commands, form_queries, people_queries, queries
from coi.registers.interests.annex import document_of
from coi.registers.interests.annex_queries import annex_of
from coi.registers.interests.blueprint import bp
from coi.registers.interests.forms import ScanForm
from coi.registers.interests.models import Declaration
from coi.web.access import requires
from coi.web.pages import page

ENTER, READ = Permission.REGISTERS_INTEREST_ENTER, Permission.REGISTERS_INTEREST_READ


def copy_response(declaration: Declaration) -> Response:
    """A declaration as a PDF in the layout of Annex A."""
    data = pdf_apart(document_of(annex_of(declaration, g.body)), created=declaration.submitted_at)
    name = f"declaration-{declaration.reference.replace('/', '-')}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype="application/pdf", headers=headers)


@bp.get("/declared/<uuid:declaration_id>/copy")
@requires(Permission.REGISTERS_INTEREST_READ_OWN)
def declared_copy(declaration_id: uuid.UUID) -> Response:
    """One's own declaration as a paper."""
    declaration, _ = queries.declaration_of(declaration_id)
    if declaration.person_id != g.actor.person_id:
        raise NotFound("There is no such declaration")
    return copy_response(declaration)


@bp.route("/entered/<uuid:declaration_id>/form", methods=["GET", "POST"])
@requires(ENTER)
def attach_form(declaration_id: uuid.UUID) -> AnyResponse:
    """Keeps the scanned form beside the declaration that was entered from it."""
    declaration, _ = queries.declaration_of(declaration_id)
    people_queries.person_to_enter_for(declaration.person_id, g.actor, g.body.id, clock.today())
    config: Config = current_app.config["COI"]
    form = ScanForm()
    if form.validate_on_submit():
        try:
            commands.attach_form(
                declaration, form.file.data.filename or "form", form.file.data.read(), actor=g.actor, at=clock.now(),
                body_id=g.body.id, largest=config.max_upload_bytes,
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            flash("The scanned form is with the declaration")
            return redirect(url_for("interests.entered", declaration_id=declaration_id), 303)
    return page("registers/interests/attach.html", form=form, declaration=declaration)


@bp.get("/forms/<uuid:form_id>")
@requires(READ)
def scanned_form(form_id: uuid.UUID) -> Response:
    """The scanned form, for those who may read the entry. Who had it is kept in the access log."""
    scanned = form_queries.visible_form(form_id, g.actor, g.body.id, clock.today())
    response = Response(list(content_of(scanned.file)), headers=attachment_headers(scanned.file))
    note_reading("declaration_form", scanned.form, g.actor, clock.now(), g.body.id)
    return response
