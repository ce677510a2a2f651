"""Disposing of records. One use case, one entry, which names every section of the ledger that it erases."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from coi import clock
from coi.audit import log
from coi.audit.erasing import record_erasure
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.commands import enqueue
from coi.organisations.models import Body
from coi.permissions.rules import committees_where
from coi.permissions.vocabulary import Actor, Permission, system_actor
from coi.registers.disposal import blanking, file_queries, queries, record_queries
from coi.registers.disposal.vocabulary import DISPOSED, DueRecord
from coi.registers.importing.erasing import take_out as take_out_of_imports
from coi.registers.importing.queries import lock_every_import
from coi.registers.interests.wording import day
from coi.registers.models import Disposal
from coi.registers.prompts import question_queries
from coi.registers.prompts.erasing import take_out
from coi.registers.vocabulary import RegisterKind


def dispose(
    body: Body,
    ids: Collection[uuid.UUID],
    reason: str,
    *,
    announced: Collection[str] | None = None,
    actor: Actor,
    at: datetime,
) -> Disposal:
    """Erases what records said whose years of keeping are over, on the registers and in the ledger; references, kinds and dates stay,
    and whose they were but for breaches. `announced`: the ids of the files of which the actor was told that they go too (None: nobody was
    told of any). Raises RuleBroken where a record is not due (any more), is the actor's own, the actor looks after single committees
    alone, or another file would go. Rule: REG-04; RULEBOOK §7.4."""
    if committees_where(actor, Permission.REGISTERS_DISPOSAL_DO, body.id) is not None:
        raise RuleBroken("Ask somebody who looks after the whole organisation", rule="SEC-ROLE")
    if not ids:
        raise RuleBroken("Select at least one record", field="records", rule="REG-04")
    if not reason.strip():
        raise RuleBroken("Enter why they are disposed of", field="reason", rule="REG-04")
    lock_every_import()  # before the ledger's lock, as an import takes them; an interest may be in the files of several bodies
    log.lock(db.session.connection())
    due = {each.id: each for each in queries.due_records(body.id, actor=actor, at=at)}
    if not set(ids) <= due.keys():
        raise RuleBroken("Some of them are not due any more. Look at the list again", field="records", rule="REG-04")
    if any(due[each].is_own for each in ids):
        raise RuleBroken("Somebody else disposes of your own records", field="records", rule="REG-04")
    chosen, words = [due[each] for each in dict.fromkeys(ids)], f"{DISPOSED} on {day(clock.local(at).date())}"
    files, imports = _empty_files(chosen, announced, at)
    blanked, references = _blank_all(chosen, words, at)
    made = Disposal(
        id=uuid.uuid4(), body_id=body.id, records=references, files=files, reason=reason.strip(), disposed_at=at,
        disposed_by=actor.account_id, disposed_by_name=actor.name,
    )  # fmt: skip
    db.session.add(made)
    record_erasure(subject=made, rows=[*blanked, *imports], actor=actor, at=at, body_id=body.id)
    enqueue(
        "publication.forget",
        {"references": references},
        actor=system_actor("job"),
        at=at,
        unique_key=f"disposal {made.id}",
    )
    return made


def _empty_files(
    records: Collection[DueRecord], announced: Collection[str] | None, at: datetime
) -> tuple[list[str], list[Any]]:
    """Empties the files of older registers that may hold one of these records, whole: what a file says of others stands on the register,
    and a file without one of its rows would be another file. Returns their ids, and the imports that said something of rows."""
    found = file_queries.holding_files(records)
    if announced is not None and not {str(each.id) for each in found.files} <= set(announced):
        raise RuleBroken("Another file that names them was uploaded meanwhile. Look at the files again", rule="REG-04")
    on = day(clock.local(at).date())
    erased = f"What this file held was erased on {on}, when a record that it may have held was disposed of"
    why = f"{erased}. If the file is still needed, upload it again without that record"
    take_out_of_imports(found.files, found.imports, found.uploads, why)
    return [str(each.id) for each in found.files], list(found.imports)


def _blank_all(records: Collection[DueRecord], words: str, at: datetime) -> tuple[list[Any], list[str]]:
    """Takes out of these records what they said. Returns the rows that said it, and the references of the records."""
    of = {kind: [each.id for each in records if each.register is kind] for kind in RegisterKind}
    interests = queries.whole_interests(of[RegisterKind.INTERESTS]) if of[RegisterKind.INTERESTS] else []
    gifts = queries.whole_gifts(of[RegisterKind.GIFTS]) if of[RegisterKind.GIFTS] else []
    procurements = record_queries.whole_procurements(of[RegisterKind.PROCUREMENT])
    breaches = record_queries.whole_breaches(of[RegisterKind.BREACHES])
    requests = queries.requests_about([each.id for each in records])
    rows: list[Any] = []
    for interest in interests:
        rows += blanking.of_interest(interest, words, at)
    for gift in gifts:
        rows += blanking.of_gift(gift, words, at)
    for procurement in procurements:
        rows += blanking.of_procurement(procurement, words, at)
    named = record_queries.named_in([each.id for each in breaches])
    for breach in breaches:
        rows += blanking.of_breach(breach, [each for each in named if each.breach_id == breach.id], words, at)
    for job in record_queries.jobs_that_opened(breaches):
        job.payload = {**job.payload, "people": []}
    for job in record_queries.jobs_that_corrected(breaches):
        job.payload = {**job.payload, "said": ""}
    for request in requests:
        rows += blanking.of_request(request, words)
    asked = question_queries.about_interests([each.id for each in interests])
    take_out(asked, at)
    rows += asked
    return rows, [each.reference for each in (*interests, *gifts, *procurements, *breaches)]
