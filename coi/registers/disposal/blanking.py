"""What disposing of a record takes out of its rows: each function blanks one kind of record and returns the rows that said it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coi.registers.breaches.models import Breach, BreachPerson
from coi.registers.disposal.vocabulary import DISPOSED
from coi.registers.gifts.models import Gift
from coi.registers.interests.models import Interest, RedactionRequest
from coi.registers.interests.vocabulary import Directness, InterestRole
from coi.registers.procurement.models import ProcurementDecision

_TEXTS_OF_VERSION = (
    "change_note", "outcome_details", "arrangement_details", "route_reasons", "clinical_lead", "contract_manager", "process",
    "committee", "involved", "conflicts", "mitigations", "justification", "supplier_address", "representations", "comments",
    "notice_reference", "cpv",
)  # fmt: skip


def of_interest(interest: Interest, words: str, at: datetime) -> list[Any]:
    """Takes out of an interest what it said, in every version, and returns the rows that said it."""
    interest.disposed_at = at
    rows: list[Any] = []
    for version in interest.versions:
        version.nature, version.mitigation, version.change_note = words, "", ""
        version.directness, version.via, version.role = Directness.DIRECT, None, InterestRole.OTHER
        version.subtype = version.particulars = version.reveals_health = None
        rows.append(version)
        for named in version.organisations:
            named.text, named.organisation_id = DISPOSED, None
            rows.append(named)
    return rows


def of_gift(gift: Gift, words: str, at: datetime) -> list[Any]:
    """Takes out of an offer what it was, by whom, its worth and the reasons, in every version, and returns the rows that said it."""
    gift.disposed_at = at
    for version in gift.versions:
        version.offeror, version.offeror_id, version.offeror_key, version.business = DISPOSED, None, "", ""
        version.description, version.pence, version.is_estimate = words, 0, False
        version.reason = version.comments = version.decision_note = version.change_note = ""
    return list(gift.versions)


def of_request(request: RedactionRequest, words: str) -> list[Any]:
    """Takes the reasons out of a request not to publish, and of what was decided about it."""
    request.reason, request.decision_reason = words, ""
    for decision in request.decisions:
        decision.reason, decision.legal_advice = words, ""
    return [request, *request.decisions]


def of_procurement(row: ProcurementDecision, words: str, at: datetime) -> list[Any]:
    """Takes out of a procurement decision what it said, in every version, with what bidders and evaluators declared, and returns the rows
    that said it. Its reference, its days and its kind stay."""
    row.disposed_at, row.origin, row.old_reference, row.bids_reason, row.concerned = at, "", "", "", []
    rows: list[Any] = [row, *row.versions, *row.declarations, *row.asked]
    for version in row.versions:
        version.title, version.description, version.answers, version.other_suppliers = words, "", {}, []
        version.supplier_text, version.supplier, version.value_total, version.value_body = "", None, None, None
        for name in _TEXTS_OF_VERSION:
            setattr(version, name, "")
    for made in row.declarations:
        made.declared_by, made.organisation, made.interest, made.management = DISPOSED, "", "", ""
        made.answers, made.people = {}, []
        for measure in made.measures:
            measure.explanation, measure.conflict = "", ""
            rows.append(measure)
    for who in row.asked:
        who.name, who.organisation, who.email = DISPOSED, "", ""
    return rows


def of_breach(breach: Breach, named: Sequence[BreachPerson], words: str, at: datetime) -> list[Any]:
    """Takes out of the record of a breach what it said, whom it was about and who might know (`named`, those taken out before too), with
    what was reported, by whom, and what was published, and returns the rows that said it. Its reference, its kind and its days stay."""
    breach.disposed_at, breach.what, breach.is_about_guardian = at, words, False
    breach.happened_words = breach.how_found = breach.ground_corrected = breach.investigator = breach.closing_note = ""
    rows: list[Any] = [breach, *named, *breach.notes, *breach.twins, *breach.reports]
    for each in named:
        each.person, each.removed_at = None, each.removed_at or at
    for note in breach.notes:
        note.text = words
    for twin in breach.twins:
        twin.event = twin.control = twin.investigation = twin.learning = twin.actions = ""
        twin.nature, twin.withdrawn_because = words, twin.withdrawn_because and words
        if twin.withdrawn_at is None:
            twin.withdrawn_at, twin.withdrawn_because = at, words
    for report in breach.reports:
        report.reporter_name = report.reporter_contact = report.reporter_salt = report.reporter_digest = (
            report.code_hash
        ) = ""
        report.what, report.happened, report.who, report.how_known = words, "", "", ""
        for message in report.messages:
            message.text = words
            rows.append(message)
    return rows
