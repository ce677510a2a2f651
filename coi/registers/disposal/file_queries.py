"""Reading the files of older registers that may hold a record which is disposed of."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db
from coi.files.models import FileChunk, StoredFile
from coi.organisations.models import Body
from coi.people.models import Appointment
from coi.registers.disposal.vocabulary import DueRecord, HeldFile
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.importing.models import RegisterImport, RegisterUpload
from coi.registers.importing.vocabulary import UploadState
from coi.registers.interests.models import Interest, InterestVersion
from coi.registers.procurement.models import ProcurementDecision, ProcurementVersion
from coi.registers.vocabulary import RegisterKind


@dataclass(frozen=True)
class HoldingFiles:
    """Files that may hold a record, the oldest first, with the imports and uploads of them."""

    files: list[StoredFile]
    imports: list[RegisterImport]
    uploads: list[RegisterUpload]


def holding_files(records: Collection[DueRecord]) -> HoldingFiles:
    """Returns the files that may hold one of these records: those of its register that were taken in at its body, or at one where its
    holder serves or served, since it is on the register, those that nobody imported, and copies of them. A file says of itself neither
    which of its rows were left out nor which stood on the register already, so that its day decides. Rule: REG-04."""
    since = _since(records)
    if since is None:
        return HoldingFiles([], [], [])
    has_content = sa.exists().where(FileChunk.file_id == StoredFile.id)
    wanted = (
        sa.select(StoredFile, RegisterImport, RegisterUpload, since.c.register, since.c.first)
        .join(since, since.c.body_id == StoredFile.body_id)
        .outerjoin(RegisterImport, RegisterImport.file_id == StoredFile.id)
        .outerjoin(RegisterUpload, RegisterUpload.file_id == StoredFile.id)
        .where(StoredFile.purpose == "register", has_content)
        .order_by(StoredFile.stored_at, StoredFile.id)
    )
    rows = db.session.execute(wanted.execution_options(populate_existing=True)).all()
    same = {row.StoredFile.sha256 for row in rows if _may_hold(*row[1:])}
    chosen = [row for row in rows if row.StoredFile.sha256 in same]
    return HoldingFiles(
        *(list({row[place].id: row[place] for row in chosen if row[place]}.values()) for place in range(3))
    )


def held_files(found: HoldingFiles, body_id: uuid.UUID) -> list[HeldFile]:
    """Returns what a page of a body says of such files: those of other bodies without their name."""
    others = {each.body_id for each in found.files} - {body_id}
    names: dict[uuid.UUID | None, str] = {}
    if others:
        names = {
            row.id: row.name for row in db.session.execute(sa.select(Body.id, Body.name).where(Body.id.in_(others)))
        }
    imported = {each.file_id for each in found.imports}
    return [
        HeldFile(
            each.name if each.body_id == body_id else "", names.get(each.body_id, ""), each.stored_at, each.id in imported
        )
        for each in found.files
    ]  # fmt: skip


def _may_hold(done: RegisterImport | None, upload: RegisterUpload | None, kind: str, first: datetime) -> bool:
    """Whether a file may hold a record that is on a register since an instant. One that nobody imported may hold anything, whenever it
    was uploaded, and what nobody knows yet to be a register of another kind may be of this."""
    if done is not None:
        return done.register == kind and first <= done.imported_at
    if upload is None or upload.register not in (kind, None):
        return False
    return upload.state is not UploadState.IMPORTED or first <= upload.uploaded_at


def _since(records: Collection[DueRecord]) -> sa.Subquery | None:
    """Since when the first of these records is on its register, by register and body; None where no file can hold them."""
    of = {kind: [each.id for each in records if each.register is kind] for kind in RegisterKind}
    parts = {
        RegisterKind.INTERESTS: _of_interests,
        RegisterKind.GIFTS: _of_gifts,
        RegisterKind.PROCUREMENT: _of_procurements,
    }
    found = [
        make(sa.literal(kind.value, sa.Text).label("register"), of[kind]) for kind, make in parts.items() if of[kind]
    ]
    return sa.union_all(*found).subquery() if found else None


def _of_interests(kind: sa.Label[str], ids: Collection[uuid.UUID]) -> sa.Select[Any]:
    """By the bodies where their holders serve or served."""
    posts = sa.select(Appointment.person_id, Appointment.body_id)
    seats = sa.select(Membership.person_id, SERVED.c.body_id)
    seats = seats.join(SERVED, SERVED.c.committee_id == Membership.committee_id)
    served = sa.union(posts, seats).subquery()
    rows = sa.select(kind, served.c.body_id, sa.func.min(InterestVersion.recorded_at).label("first"))
    rows = rows.join(Interest, Interest.person_id == served.c.person_id)
    rows = rows.join(InterestVersion, InterestVersion.interest_id == Interest.id)
    return rows.where(Interest.id.in_(ids)).group_by(served.c.body_id)


def _of_gifts(kind: sa.Label[str], ids: Collection[uuid.UUID]) -> sa.Select[Any]:
    rows = sa.select(kind, Gift.body_id, sa.func.min(GiftVersion.recorded_at).label("first"))
    return rows.join(GiftVersion, GiftVersion.gift_id == Gift.id).where(Gift.id.in_(ids)).group_by(Gift.body_id)


def _of_procurements(kind: sa.Label[str], ids: Collection[uuid.UUID]) -> sa.Select[Any]:
    row, version = ProcurementDecision, ProcurementVersion
    rows = sa.select(kind, row.body_id, sa.func.min(version.recorded_at).label("first"))
    return rows.join(version, version.procurement_id == row.id).where(row.id.in_(ids)).group_by(row.body_id)
