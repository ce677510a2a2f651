"""From the bytes of a register to what an import needs: read, and its organisations found. Not for web requests: it loads the engine."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from coi import clock
from coi.organisations.models import Body
from coi.registers.aliases.queries import aliases_of
from coi.registers.importing import upload_queries
from coi.registers.importing.commands import ReadRegister
from coi.registers.importing.matching import Tell, matches_of
from coi.registers.importing.sources import NO_DAY, Source, read_source
from coi.registers.vocabulary import RegisterKind
from coi.wording import day


def prepare(
    body: Body,
    data: bytes,
    filename: str,
    *,
    today: date,
    as_at: date | None = None,
    columns: Mapping[str, int] | None = None,
    sheet: str = "",
    corrections: Mapping[str, Any] | None = None,
    earlier: date | None = None,
    tell: Tell = lambda _done, _of: None,
    register: RegisterKind | None = None,
) -> tuple[Source, ReadRegister]:
    """Returns a register as it was read and what an import needs of it. The day on which it was right is the one that somebody said
    (`as_at`), or its title, or the one for which this very file was imported before (`earlier`); it is never guessed: without one,
    `missing` says that somebody has to say it, and nothing is stated. Ends the transaction
    that it read in, so that nobody waits for the engine. Raises BadInput for a file that cannot be read."""
    source = read_source(
        data, filename, today=today, columns=columns, sheet=sheet, corrections=corrections, register=register
    )
    source = told_of_erasure(source, body.id, hashlib.sha256(data).hexdigest())
    on = as_at or source.as_at or earlier
    if on is None:
        source = replace(source, missing=source.missing or NO_DAY, stated=())
    matches = matches_of(source.stated, tuple(body.area_codes), tell, aliases_of(body.id))
    return source, ReadRegister(source.stated, dict(source.columns), matches, on, corrections or {}, source.register)


def told_of_erasure(source: Source, body_id: uuid.UUID, sha256: str) -> Source:
    """Returns a register with a word on it where the very same file came before and was erased: what was disposed of comes again with it,
    and its rows are known by no more than their days and kind. Rule: REG-04."""
    at = upload_queries.erased_on(body_id, sha256)
    if at is None:
        return source
    told = (
        f"This very file was taken in before, and what it held was erased on {day(clock.local(at).date())}, when a record that it may have"
        " held was disposed of. A row that may be such a record needs you, as far as its days tell: leave out what did not have to be kept"
        " any longer"
    )
    return replace(source, remarks=(*source.remarks, told))
