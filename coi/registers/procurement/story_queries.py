"""How a row of the register of procurement decisions came to say what it says: its versions, and who answered the checklist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coi import clock
from coi.registers.procurement import queries
from coi.registers.procurement.declarant_queries import known_by
from coi.registers.procurement.history import Change, changes
from coi.registers.procurement.models import ProcurementDecision, ProcurementVersion
from coi.registers.procurement.queries import was_draft


@dataclass(frozen=True)
class Told:
    """One version as the page of a row tells it: what it changed, and whether the public could have read the one before."""

    version: ProcurementVersion
    changes: tuple[Change, ...]
    is_after_publication: bool


def story_of(decision: ProcurementDecision, instant: datetime | None = None) -> list[Told]:
    """Returns the versions of a row (None: all there are), as known at an instant, the newest first, each with what it changed.
    Rule: PROC-03."""
    told, before = [], None
    for each in known_by(decision.versions, instant):
        was_public = (
            before is not None and not was_draft(before) and before.public_from <= clock.local(each.recorded_at).date()
        )
        changed = changes(queries.details_of(before), queries.details_of(each)) if before is not None else ()
        told.append(Told(each, changed, was_public and bool(changed)))
        before = each
    return told[::-1]


def answered_by(decision: ProcurementDecision, instant: datetime) -> dict[str, ProcurementVersion]:
    """Returns, by question of the checklist, the version in which its answer was given: who, and when. Rule: PROC-02."""
    found: dict[str, ProcurementVersion] = {}
    before: Mapping[str, str] = {}
    for each in decision.versions:
        if each.recorded_at <= instant:
            found |= {code: each for code, text in each.answers.items() if before.get(code) != text}
            before = each.answers
    return found
