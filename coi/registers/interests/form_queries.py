"""Reading the scanned forms that declarations were entered from."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from coi.database import db
from coi.errors import NotFound
from coi.files.models import StoredFile
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.interests.leaver_queries import left_declarations
from coi.registers.interests.models import Declaration, DeclarationForm
from coi.registers.interests.people_queries import people_visible_to


@dataclass(frozen=True)
class ScannedForm:
    """A scanned form with its file."""

    form: DeclarationForm
    file: StoredFile


def forms_of(declaration_ids: Collection[uuid.UUID]) -> list[ScannedForm]:
    """Returns the scanned forms of declarations, in the order in which they were kept."""
    rows = db.session.execute(
        sa.select(DeclarationForm, StoredFile)
        .join(StoredFile, StoredFile.id == DeclarationForm.file_id)
        .where(DeclarationForm.declaration_id.in_(declaration_ids))
        .order_by(StoredFile.stored_at, StoredFile.id)
    )
    return [ScannedForm(form, file) for form, file in rows]


def visible_form(form_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> ScannedForm:
    """Returns a scanned form of somebody whose entries the actor may read. Raises NotFound."""
    asked = (actor, Permission.REGISTERS_INTEREST_READ, body_id, on)
    theirs = sa.or_(Declaration.person_id.in_(people_visible_to(*asked)), Declaration.id.in_(left_declarations(*asked)))
    row = db.session.execute(
        sa.select(DeclarationForm, StoredFile)
        .join(StoredFile, StoredFile.id == DeclarationForm.file_id)
        .join(Declaration, Declaration.id == DeclarationForm.declaration_id)
        .where(DeclarationForm.id == form_id, theirs)
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such form")
    return ScannedForm(row[0], row[1])
