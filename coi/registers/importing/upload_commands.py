"""Looking through an upload before it is imported: taken in, read, answered, started. Operational, but for the file that is taken in."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.files.commands import store_file
from coi.files.names import ending_of
from coi.files.vocabulary import MIB
from coi.jobs.commands import enqueue
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor, Permission
from coi.registers.importing import upload_queries
from coi.registers.importing.cells import CellsSaid, check_cells
from coi.registers.importing.commands import ReadRegister
from coi.registers.importing.comparing import words_of
from coi.registers.importing.correcting import NEW_INTEREST, Correction, check_correction
from coi.registers.importing.erasing import forget_rows
from coi.registers.importing.gifts.showing import shown as shown_gift
from coi.registers.importing.models import RegisterImport, RegisterUpload, RegisterUploadRow
from coi.registers.importing.procurement.showing import shown as shown_decision
from coi.registers.importing.row_plans import AnyPlan, AnyProposal
from coi.registers.importing.sources import Source, missing_in
from coi.registers.importing.vocabulary import Action, Matched, Proposal, Stated, UploadState
from coi.registers.importing.words import WORDS
from coi.registers.importing.writing import all_counts
from coi.registers.interests.columns import says_role
from coi.registers.interests.rules import check_paper
from coi.registers.interests.vocabulary import ROLE_WORDS, InterestRole, NamedOrganisation
from coi.registers.vocabulary import RegisterKind
from coi.wording import day

READ, IMPORT = "registers.read", "registers.import"
ROWS_AT_ONCE = 200


def take_in(
    body: Body, name: str, data: bytes, as_at: date | None, *, actor: Actor, at: datetime, largest: int = 30 * MIB
) -> RegisterUpload:
    """Takes in a file and asks for it to be read. What was said when the very same file was imported before is kept.
    Raises RuleBroken beside `file` for one that is not what its name says, too large or no table,
    and beside `as_at` for a day in the future."""
    if ending_of(name) not in ("csv", "xlsx"):
        raise RuleBroken("The selected file must be an Excel workbook (.xlsx) or a CSV file", field="file")
    try:
        check_paper(as_at, today=clock.local(at).date())
    except RuleBroken as broken:
        raise RuleBroken("The day must be today or in the past", field="as_at", rule=broken.rule) from broken
    file = store_file(name, data, "register", actor=actor, at=at, body_id=body.id, largest=largest)
    upload = RegisterUpload(
        id=uuid.uuid4(), body_id=body.id, file_id=file.id, file=file, as_at=as_at, state=UploadState.READING, people={}, left_out=[],
        uploaded_at=at,
    )  # fmt: skip
    _keep_what_was_said(upload)
    db.session.add(upload)
    _ask_for(READ, upload, actor, at)
    log.record(Event.REGISTER_FILE_UPLOADED, subject=file, actor=actor, at=at, body_id=body.id)
    return upload


def _keep_what_was_said(upload: RegisterUpload) -> None:
    """Of its columns, its sheet and its rows: nobody is asked twice, and each answer can be changed."""
    before = upload_queries.looked_through_before(upload.body_id, upload.file.sha256)
    if before is None:
        return
    said = before.corrections or {}
    rows = {
        key: {**row, "same_as": _if_known(row["same_as"])} if "same_as" in row else row
        for key, row in said.get("rows", {}).items()
    }
    upload.register = before.register
    upload.sheet, upload.columns, upload.left_out = before.sheet, before.columns, list(before.left_out)
    same = {key: told for key, told in said.get("same", {}).items() if _if_known(told)}
    upload.corrections = {**said, "rows": rows, "same": same, "before": day(clock.local(before.uploaded_at).date())}


def _if_known(same_as: str) -> str:
    """What was new then stands on the register now, and would come in twice."""
    return "" if same_as == NEW_INTEREST else same_as


def answer(
    upload: RegisterUpload,
    version: int,
    people: Mapping[str, str],
    left_out: set[int],
    why: str = "",
    same: Mapping[str, str] | None = None,
    reveals: Mapping[str, bool] | None = None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Keeps who somebody is, which rows stay out and why those do that did not before, which interest a row is that looks like it
    (`same`) and which rows reveal health or belief (`reveals`), and has the rows looked at again. Raises EditConflict where somebody else
    answered since `version`."""
    _check(upload, version)
    upload.people = {**upload.people, **people}
    said, new = upload.corrections or {}, left_out - set(upload.left_out)
    kept = {row: text for row, text in said.get("why_out", {}).items() if int(row) in left_out}
    why_out = {**kept, **({str(row): why for row in sorted(new)} if why else {})}
    told = {"same": {**said.get("same", {}), **(same or {})}, "reveals": {**said.get("reveals", {}), **(reveals or {})}}
    upload.corrections = {**said, "why_out": why_out, **told}
    upload.left_out = sorted(left_out)
    _read_again(upload, actor, at)


def correct_row(
    upload: RegisterUpload,
    version: int,
    shown: Mapping[str, Any],
    said: Correction | CellsSaid,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Keeps what a row says instead of the file, and has the rows looked at again; a row that was left out comes in again. Raises
    RuleBroken beside a field that could not be imported, and EditConflict, with what was typed, where somebody else answered since
    `version`."""
    if isinstance(said, CellsSaid):
        words = WORDS[RegisterKind(upload.register or RegisterKind.INTERESTS)]
        check_cells(said, words)
        told = said.words(words.meanings)
    else:
        check_correction(said, today=clock.local(at).date())
        told = said.words()
    _check(upload, version, {"Row": str(shown["line"]), **told})
    kept = upload.corrections or {}
    upload.corrections = {**kept, "rows": {**kept.get("rows", {}), shown["key"]: said.as_data()}}
    upload.left_out = [row for row in upload.left_out if row != shown["row"]]
    _read_again(upload, actor, at)


def correct(
    upload: RegisterUpload,
    version: int,
    columns: Mapping[str, int],
    as_at: date | None,
    sheet: str = "",
    register: RegisterKind | None = None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Keeps what the columns hold, on which day the register was right, which sheet and which register it is (with another of these its
    columns are recognised anew), and has the file read again. Raises RuleBroken without the columns that the register cannot do without,
    and EditConflict as `answer` does."""
    is_other = register is not None and register.value != upload.register
    if (sheet and sheet != upload.sheet) or is_other:
        _check(upload, version)
        upload.sheet, upload.columns, upload.as_at = sheet or upload.sheet, None, as_at or upload.as_at
        upload.register = register.value if is_other and register else None
        upload.left_out, upload.corrections = [], None
        forget_rows(upload)
        _read_again(upload, actor, at)
        return
    if missing := missing_in(RegisterKind(upload.register or RegisterKind.INTERESTS), columns):
        raise RuleBroken(missing)
    check_paper(as_at, today=clock.local(at).date())
    _check(upload, version)
    upload.columns, upload.as_at = dict(columns), as_at or upload.as_at
    forget_rows(upload)
    _read_again(upload, actor, at)


def start_import(upload: RegisterUpload, version: int, *, actor: Actor, at: datetime) -> None:
    """Asks for the rows to be imported as they were shown. Raises RuleBroken while a row needs somebody."""
    _check(upload, version)
    if (upload.counts or {}).get("needs_you"):
        raise RuleBroken("Some rows still need you before anything is imported")
    upload.state, upload.reason = UploadState.IMPORTING, ""
    _ask_for(IMPORT, upload, actor, at)


def try_again(upload: RegisterUpload, *, actor: Actor, at: datetime) -> None:
    """Asks again for what a job could not do."""
    upload_queries.lock(upload)
    if upload_queries.failed_job(upload) is None:
        return
    _ask_for(IMPORT if upload.state is UploadState.IMPORTING else READ, upload, actor, at)


def show(upload: RegisterUpload, source: Source, read: ReadRegister, plan: AnyPlan, reason: str = "") -> None:
    """Keeps what will happen with each row, for the page. Only the job that read the file calls it."""
    upload.state, upload.reason = UploadState.READY, reason or source.missing
    upload.columns = dict(source.columns)
    upload.headings = [[each.number, each.text, list(each.samples)] for each in source.headings]
    upload.register = source.register.value
    upload.sheet, upload.remarks = source.sheet, {"sheets": list(source.sheets), "said": list(source.remarks)}
    upload.as_at, upload.counts = read.as_at, {**dict(all_counts(plan)), "remembered": plan.remembered}
    forget_rows(upload)
    for start in range(
        0, len(plan.proposals), ROWS_AT_ONCE
    ):  # a few at a time: what is shown of a row is larger than the row
        rows = [
            {"upload_id": upload.id, "position": number, "action": each.action.value, "shown": _shown(each, read)}
            for number, each in enumerate(plan.proposals[start : start + ROWS_AT_ONCE], start + 1)
        ]
        db.session.execute(sa.insert(RegisterUploadRow), rows)


def refuse(upload: RegisterUpload, reason: str) -> None:
    """Keeps why a file cannot be read."""
    upload.state, upload.reason = UploadState.REFUSED, reason


def finish(upload: RegisterUpload, done: RegisterImport | None, plan: AnyPlan) -> None:
    """Keeps that an upload was imported, or that everything stood on the register already. What was shown of its rows goes: the register
    says it now, and nothing is kept twice. Rule: REG-04."""
    forget_rows(upload)
    upload.state, upload.counts = UploadState.IMPORTED, dict(all_counts(plan))
    upload.import_id = done.id if done else None


def _shown(each: AnyProposal, read: ReadRegister) -> dict[str, Any]:
    named = read.matches.get(each.stated.key, ())
    found = {"named": [_named(one) for one in named], "is_matched": bool(named) and all(one.id for one in named)}
    if isinstance(each, Proposal):
        return found | _shown_interest(each)
    return found | (shown_gift(each) if read.register is RegisterKind.GIFTS else shown_decision(each))


def _shown_interest(each: Proposal) -> dict[str, Any]:
    stated, holder = each.stated, each.holder
    return {
        "key": stated.key, "row": stated.row, "line": stated.line, "name": stated.name, "position": stated.position,
        "organisation": stated.shown_organisation, "nature": stated.nature if stated.nature != stated.organisation else "",
        "mitigation": stated.mitigation, "from": day(stated.arose_on), "to": day(stated.ended_on),
        "type": "" if stated.is_nil or not stated.organisation else stated.type.value,
        "role": _role_read(stated),
        "role_said": stated.role.value if stated.says_role else "", "reasons": list(each.reasons), "holder": holder.asked or holder.key,
        "choices": [list(pair) for pair in holder.choices or holder.offered], "who": holder.said,
        "person": each.person_words, "reference": each.interest.reference if each.interest else "",
        "reveals": each.reveals, "can_reveal": each.action in (Action.NEW, Action.CHANGED),
        "is_nil": stated.is_nil, "via": stated.via.value if stated.via else "", "same_as": stated.same_as,
        "twin": [each.twin.id, f"{each.twin.reference}: {words_of(each.twin)}"] if each.twin else [],
        "alike": [[one.id, f"{one.reference}: {one.nature}"] for one in each.alike],
    }  # fmt: skip


def _role_read(stated: Stated) -> str:
    """The role that was read from the words or chosen, where they do not begin with it: the public reads it before them."""
    words = ROLE_WORDS[stated.role]
    is_read = stated.role is not InterestRole.OTHER and stated.organisation and not stated.is_nil
    return words if is_read and not says_role(stated.nature, words) else ""


def _named(one: NamedOrganisation) -> list[str | None]:
    """An organisation of a row as it is kept: the file's words, who it is, what it is called and why it is that one."""
    known = (one.name, one.why) if isinstance(one, Matched) else ("", "")
    return [one.text, str(one.id) if one.id else None, *known]


def _check(upload: RegisterUpload, version: int, yours: Mapping[str, str] | None = None) -> None:
    upload_queries.lock(upload)
    if upload.version != version or upload.state is not UploadState.READY:
        raise EditConflict(
            upload.file.name,
            theirs={"The preview": "Somebody answered, or started the import"},
            yours=dict(yours or {}),
        )


def _read_again(upload: RegisterUpload, actor: Actor, at: datetime) -> None:
    upload.state, upload.reason = UploadState.READING, ""
    _ask_for(READ, upload, actor, at)


def _ask_for(kind: str, upload: RegisterUpload, actor: Actor, at: datetime) -> None:
    """A job for each version of an upload, and never two at once."""
    upload.version = (upload.version or 0) + 1
    job = enqueue(
        kind, {"upload": str(upload.id)}, actor=actor, at=at, unique_key=f"{kind} {upload.id}", body_id=upload.body_id,
        permission=Permission.REGISTERS_REGISTER_IMPORT, max_attempts=3,
    )  # fmt: skip
    upload.job_id = job.id
