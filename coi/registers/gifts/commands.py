"""Writing to the register of gifts and hospitality: declare, correct, decide, withdraw. One use case, one ledger entry."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import EditConflict, RuleBroken
from coi.organisations.models import Body
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_note_correction, ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.registers.gifts import breach_queries, queries, rules, wording
from coi.registers.gifts.columns import SHAPE
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.vocabulary import ApprovalDetails, GiftDetails, GiftStatus, Response
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.versions import ask_what_is_lost
from coi.registers.interests.vocabulary import RedactionState
from coi.wording import moment

KEPT = (
    "declared_on", "kind", "source", "offeror", "offeror_id", "offeror_key", "business", "description", "pence", "is_estimate",
    "is_beyond_modest", "offered_on", "received_on", "response", "reason", "comments", "status", "decided_by", "decided_on",
    "decision_note", "declared_on_or_before", "offered_on_or_before",
)  # fmt: skip
"""What a copy of a version takes over."""
APPROVED_FOR = (
    "kind", "source", "offeror_key", "business", "description", "pence", "is_beyond_modest", "offered_on", "response",
)  # fmt: skip
"""What an approval rests on: where one of these is corrected, it is to be decided again."""


def declare_gift(
    body: Body,
    person: Person | None,
    details: GiftDetails,
    *,
    actor: Actor,
    at: datetime,
    declared_on: date | None = None,
) -> Gift:
    """Puts an offer on the register: of a person, or of the body itself where `person` is None. What went against the rules is recorded
    like anything else, and opens a suspected breach. `declared_on` is the date on a paper that somebody else enters. Raises RuleBroken
    where it cannot be so.
    Rules: GIFT-01, GIFT-02, GIFT-03, HOSP-01, HOSP-02; RULEBOOK §8, §17.3."""
    today = clock.local(at).date()
    rules.check_details(details, today=today, is_for_body=person is None)
    if declared_on is not None and not details.offered_on <= declared_on <= today:
        raise RuleBroken("The date on the paper must be in the past, and not before the offer", field="declared_on")
    gift = Gift(id=uuid.uuid4(), body_id=body.id, body=body, person_id=person.id if person else None, person=person,
                reference=_reference(today))  # fmt: skip
    db.session.add(gift)
    version = GiftVersion(
        id=uuid.uuid4(), number=1, recorded_at=at, recorded_by=actor.account_id, entered_by_name=actor.name,
        on_behalf=person is None or actor.person_id != person.id, declared_on=declared_on or today, status=GiftStatus.RECORDED,
    )  # fmt: skip
    fill(version, details)
    gift.versions.append(version)
    _keep_private(gift, details.keep_private_because, details.keep_private_fields, at)
    log.record(Event.GIFT_DECLARED, subject=gift, actor=actor, at=at, body_id=body.id)
    _suspect(gift, actor, at)
    return gift


def ask_not_to_publish(gift: Gift, reason: str, fields: Sequence[str], *, actor: Actor, at: datetime) -> None:
    """Asks the Guardian not to publish an entry, or these fields of it. Until the Guardian decides, they are held back and no others.
    Raises RuleBroken without a reason, or where a request stands. Rule: REG-06; RULEBOOK §7.3."""
    queries.lock(gift)
    if not reason.strip():
        raise RuleBroken("Enter the reason not to publish this", field="reason", rule="REG-06")
    _check_kept(gift)
    if any(each.state is not RedactionState.REFUSED for each in gift.redactions):
        raise RuleBroken("There is a request not to publish this already", rule="REG-06")
    _keep_private(gift, reason, fields, at)
    log.record(Event.REDACTION_REQUESTED, subject=gift, actor=actor, at=at, body_id=gift.body_id)


def correct_gift(
    gift: Gift, details: GiftDetails, *, version: int, note: str, actor: Actor, at: datetime
) -> GiftVersion:
    """Puts an entry right; what it said before stays. An approval falls away where what it rests on has changed. Raises EditConflict
    where somebody was faster, RuleBroken where nothing has changed, the entry was withdrawn, or it cannot be so."""
    details = replace(details, is_taken_over=gift.is_taken_over)
    rules.check_details(details, today=clock.local(at).date(), is_for_body=gift.person_id is None)
    current = _current(gift, version, wording.lines_of(details))
    is_open = current.offered_on_or_before and details.offered_on == current.offered_on
    details = replace(details, offered_on_or_before=is_open)
    was_against = _is_against(gift, at)
    made = copy_of(current, actor, at)
    fill(made, details)
    if wording.lines_of(made) == wording.lines_of(current) and made.offeror_id == current.offeror_id:
        raise RuleBroken("Nothing has changed")
    is_other = any(getattr(made, name) != getattr(current, name) for name in APPROVED_FOR)
    if current.status is GiftStatus.APPROVED and is_other:  # a refusal stands until somebody decides again
        made.status, made.decided_by, made.decided_on, made.decision_note = GiftStatus.RECORDED, None, None, ""
    made.change_note = note.strip()
    gift.versions.append(made)
    ask_what_is_lost([made], actor, at)
    log.record(Event.GIFT_CORRECTED, subject=gift, actor=actor, at=at, body_id=gift.body_id)
    _suspect(gift, actor, at, was_against=was_against, happened="was corrected")
    return made


def decide_gift(gift: Gift, details: ApprovalDetails, *, version: int, actor: Actor, at: datetime) -> GiftVersion:
    """Records that a senior manager approved an offer, or did not. Nobody decides on an offer to themselves. Raises RuleBroken,
    EditConflict. Rules: HOSP-01, HOSP-02; RULEBOOK §8."""
    rules.check_decider(gift.person_id, actor.person_id)
    if details.decided_on > clock.local(at).date():
        raise RuleBroken("The date of the decision must be today or in the past", field="decided_on")
    current, was_against = _current(gift, version), _is_against(gift, at)
    made = copy_of(current, actor, at)
    made.status = GiftStatus.APPROVED if details.is_approved else GiftStatus.NOT_APPROVED
    made.decided_by, made.decided_on, made.decision_note = actor.person_id, details.decided_on, details.note.strip()
    gift.versions.append(made)
    log.record(Event.GIFT_DECIDED, subject=gift, actor=actor, at=at, body_id=gift.body_id)
    _suspect(gift, actor, at, was_against=was_against, happened="was approved")
    return made


def withdraw_gift(gift: Gift, reason: str, *, version: int, actor: Actor, at: datetime) -> GiftVersion:
    """Marks an entry as made by mistake. It stays, with the reason. Nobody withdraws an offer to themselves. Raises RuleBroken,
    EditConflict."""
    if gift.person_id is not None and gift.person_id == actor.person_id:
        raise RuleBroken("Ask somebody else to withdraw an entry about yourself", field="reason")
    if not reason.strip():
        raise RuleBroken("Enter why the entry is withdrawn", field="reason")
    current, was_against = _current(gift, version), _is_against(gift, at)
    made = copy_of(current, actor, at)
    made.status, made.change_note = GiftStatus.WITHDRAWN, reason.strip()
    gift.versions.append(made)
    ask_what_is_lost([made], actor, at)
    log.record(Event.GIFT_WITHDRAWN, subject=gift, actor=actor, at=at, body_id=gift.body_id)
    _suspect(gift, actor, at, was_against=was_against, happened="was withdrawn as made by mistake")
    return made


def _keep_private(gift: Gift, reason: str, fields: Sequence[str], at: datetime) -> None:
    """Opens a request for the Guardian where there is a reason; it names every field where the recipient named none."""
    if not reason.strip():
        return
    if gift.person_id is None:
        raise RuleBroken("What the organisation itself is offered is always published", field="reason", rule="REG-06")
    named = [name for name in SHAPE.withholdable if name in fields] or list(SHAPE.withholdable)
    gift.redactions.append(
        RedactionRequest(
            gift_id=gift.id, reason=reason.strip(), fields=named, requested_at=at, state=RedactionState.REQUESTED
        )
    )


def _check_kept(gift: Gift) -> None:
    if gift.disposed_at is not None:
        raise RuleBroken("This entry was disposed of. Nothing about it can be changed", rule="REG-04")


def _is_against(gift: Gift, at: datetime) -> bool:
    return breach_queries.against_rules(gift, at).is_possible_breach


def _suspect(gift: Gift, actor: Actor, at: datetime, *, was_against: bool = False, happened: str = "") -> None:
    """Asks for a suspected breach where the entry as it stands goes against the rules, once for each entry; and where one that did goes
    against them no longer, that its breach says so, for a person to close it. Rule: BRE-01."""
    if _is_against(gift, at):
        about = [gift.person_id] if gift.person_id else []
        is_again = bool(happened) and not was_against
        ask_to_open(BreachSource.GIFT_ACCEPTED, gift.id, about, actor=actor, at=at, is_again=is_again)
    elif was_against:
        stands = gift.versions[-1]
        why = stands.decision_note if stands.status is GiftStatus.APPROVED else stands.change_note
        said = f"Entry {gift.reference} {happened} on {moment(at)}, by {actor.name}: nothing in it goes against the rules any more."
        ask_to_note_correction(gift.id, f"{said} Reason: {why}" if why else said, actor=actor, at=at)


def _reference(today: date) -> str:
    start = f"G/{today.year}/"
    return f"{start}{next_number(Gift.reference, start):04d}"


def _current(gift: Gift, number: int, yours: dict[str, str] | None = None) -> GiftVersion:
    """The version that stands, with the entry locked until the transaction ends."""
    queries.lock(gift)
    _check_kept(gift)
    current = gift.versions[-1]
    if current.number != number:
        theirs = wording.lines_of(current) | {"Entry": current.status.value}
        raise EditConflict(f"Entry {gift.reference}", theirs=theirs, yours=yours or {})
    if current.status is GiftStatus.WITHDRAWN:
        raise RuleBroken("The entry was withdrawn. Declare it again if it was right")
    return current


def copy_of(current: GiftVersion, actor: Actor, at: datetime) -> GiftVersion:
    return GiftVersion(
        id=uuid.uuid4(), gift_id=current.gift_id, number=current.number + 1, recorded_at=at, recorded_by=actor.account_id,
        entered_by_name=actor.name, on_behalf=current.gift.person_id is None or actor.person_id != current.gift.person_id,
        **{name: getattr(current, name) for name in KEPT},
    )  # fmt: skip


def fill(version: GiftVersion, details: GiftDetails) -> None:
    """Puts what was declared into a version."""
    is_taken = details.response is not Response.DECLINED
    version.kind, version.source = details.kind, details.source
    version.offeror, version.offeror_id = details.offeror.strip(), details.offeror_id
    version.offeror_key = queries.offeror_key(version.offeror, details.offeror_id)
    version.business, version.description = details.business.strip(), details.description.strip()
    version.pence = None if details.value is None else int((details.value * 100).to_integral_value())
    version.is_estimate = details.is_estimate
    version.is_beyond_modest = details.is_beyond_modest
    version.offered_on, version.received_on = details.offered_on, details.received_on if is_taken else None
    version.offered_on_or_before = details.offered_on_or_before
    version.response, version.reason, version.comments = (
        details.response,
        details.reason.strip(),
        details.comments.strip(),
    )
