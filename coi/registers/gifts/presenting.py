"""What the pages show of offers: a row of the register, and one entry with its history, each with what the rules of its day say."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coi import clock
from coi.guidance.rulesets import FIRST_DAY, effective
from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.people.queries import posts_on
from coi.registers.gifts import queries
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.rules import went_against
from coi.registers.gifts.vocabulary import KIND_WORDS, RESPONSE_WORDS, Against, GiftStatus, OfferSource, Verdict
from coi.registers.gifts.wording import NOT_RECORDED, Difference, decision_words, differences, lines_of, money
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.rules import Lateness, lateness
from coi.registers.interests.vocabulary import REDACTION_WORDS, RedactionState


@dataclass(frozen=True)
class GiftRow:
    """An entry in a list. `against` says how what happened does not fit the rules; `late` how late it was
    declared."""

    gift_id: uuid.UUID
    reference: str
    recipient: str
    position: str
    kind: str
    description: str
    offeror: str
    is_patient: bool
    value: str
    offered_on: date
    received_on: date | None
    declared_on: date
    response: str
    reason: str
    status: GiftStatus
    against: Against
    late: str
    number: int
    offered_on_or_before: bool = False
    declared_on_or_before: bool = False


@dataclass(frozen=True)
class Happening:
    """A version of an entry: what happened to it, when, by whom, and what that changed."""

    what: str
    at: datetime
    by: str
    note: str
    changes: tuple[Difference, ...]


@dataclass(frozen=True)
class ShownRequest:
    """A request not to publish an entry. `waits`: for the Guardian; `is_standing`: it was not refused."""

    id: uuid.UUID
    words: str
    reason: str
    decision: str
    waits: bool
    is_standing: bool


@dataclass(frozen=True)
class ShownGift:
    """One entry as known at an instant. `verdict` is None for an offer from before there were rules."""

    row: GiftRow
    lines: dict[str, str]
    person_id: uuid.UUID | None
    verdict: Verdict | None
    decision: str
    is_decidable: bool
    earlier: tuple[queries.EarlierOffer, ...]
    history: tuple[Happening, ...]
    requests: tuple[ShownRequest, ...] = ()
    disposed_on: date | None = None

    @property
    def can_ask(self) -> bool:
        """Whether the recipient may ask not to publish it."""
        return self.person_id is not None and not any(each.is_standing for each in self.requests)


def rows_of(versions: Sequence[GiftVersion], body_id: uuid.UUID, instant: datetime) -> list[GiftRow]:
    """Returns a row for each of these versions (with their gifts), in a few queries for all of them."""
    rulebook = rulebook_of(body_id)
    verdicts = queries.verdicts_of(versions, rulebook, instant)
    people = {each.gift.person_id for each in versions if each.gift.person_id}
    posts = posts_on(people, body_id, clock.local(instant).date()) if people else {}
    return [_row(each, None if each.gift.disposed_at else verdicts[each.gift_id], posts, rulebook) for each in versions]


def own_rows(versions: Sequence[GiftVersion], instant: datetime) -> list[GiftRow]:
    """Returns a row for each offer to one person, each judged by the rules of the body that it was declared to."""
    bodies = dict.fromkeys(each.gift.body_id for each in versions)
    rows = [
        row
        for body_id in bodies
        for row in rows_of([each for each in versions if each.gift.body_id == body_id], body_id, instant)
    ]
    return sorted(rows, key=lambda row: (row.offered_on, row.reference), reverse=True)


def shown_gift(gift: Gift, instant: datetime, among: sa.ColumnElement[bool] | None = None) -> ShownGift:
    """Returns an entry as it was known at an instant, with what the rules of its day say, what happened to it, and earlier offers by the
    same offeror `among` those that the reader may see (None: they are not shown). Rules: GIFT-01, GIFT-02, HOSP-01; RULEBOOK §17.3."""
    versions = [each for each in gift.versions if each.recorded_at <= instant]
    stands = versions[-1]
    rulebook = rulebook_of(gift.body_id)
    verdict = None if gift.disposed_at else queries.verdicts_of([stands], rulebook, instant)[gift.id]
    posts = posts_on([gift.person_id], gift.body_id, clock.local(instant).date()) if gift.person_id else {}
    decider = stands.decider.name if stands.decider else ""
    earlier = (
        ()
        if among is None
        else queries.earlier_offers(among, stands.offeror_key, until=stands.offered_on, instant=instant, but=gift.id)
    )
    return ShownGift(
        row=_row(stands, verdict, posts, rulebook), lines=lines_of(stands, is_taken_over=gift.is_taken_over),
        person_id=gift.person_id, verdict=verdict,
        decision=decision_words(stands.status, decider, stands.decided_on, stands.decision_note),
        is_decidable=stands.status is not GiftStatus.WITHDRAWN and gift.disposed_at is None,
        earlier=tuple(earlier), history=_history(versions),
        requests=tuple(_request(each) for each in gift.redactions if each.requested_at <= instant),
        disposed_on=clock.local(gift.disposed_at).date() if gift.disposed_at else None,
    )  # fmt: skip


def _request(asked: RedactionRequest) -> ShownRequest:
    state = asked.state
    return ShownRequest(asked.id, REDACTION_WORDS[state], asked.reason, asked.decision_reason, state is RedactionState.REQUESTED,
                        state is not RedactionState.REFUSED)  # fmt: skip


def lateness_of(declared_on: date, offered_on: date, rulebook: Rulebook) -> Lateness:
    """Returns how late an offer was declared, counted from the day of the offer, by the rules of the day it was declared on. Rules:
    DECL-01, GIFT-02; RULEBOOK §3."""
    if declared_on < FIRST_DAY:
        return Lateness(0, 0)
    days = effective(rulebook, declared_on).declare_days
    return lateness(arose_on=None, aware_on=offered_on, declared_on=declared_on, limit_days=days)


def _row(
    version: GiftVersion, verdict: Verdict | None, posts: dict[uuid.UUID, list[str]], rulebook: Rulebook
) -> GiftRow:
    gift = version.gift
    against = Against()
    if verdict and version.status is not GiftStatus.WITHDRAWN:
        against = went_against(verdict, version.response, is_refused=version.status is GiftStatus.NOT_APPROVED)
    late = lateness_of(version.declared_on, version.offered_on, rulebook)
    is_due = verdict is not None and verdict.must_declare and not version.declared_on_or_before
    return GiftRow(
        gift.id, gift.reference, gift.recipient, ", ".join(posts.get(gift.person_id, ())) if gift.person_id else "The organisation itself",
        KIND_WORDS[version.kind], version.description, version.offeror, version.source is OfferSource.PATIENT,
        money(version.value, version.is_estimate), version.offered_on, version.received_on, version.declared_on,
        RESPONSE_WORDS[version.response], version.reason or NOT_RECORDED, version.status, against, _late_words(late) if is_due else "",
        version.number, version.offered_on_or_before, version.declared_on_or_before,
    )  # fmt: skip


def _late_words(late: Lateness) -> str:
    days = late.after_awareness
    return f"Declared {days} day{'' if days == 1 else 's'} late" if days else ""


def _history(versions: Sequence[GiftVersion]) -> tuple[Happening, ...]:
    pairs = zip([None, *versions[:-1]], versions, strict=True)
    return tuple(reversed([_happening(before, version) for before, version in pairs]))


def _happening(before: GiftVersion | None, version: GiftVersion) -> Happening:
    is_old = version.gift.is_taken_over
    lines = lines_of(version, is_taken_over=is_old)
    changes = differences(lines_of(before, is_taken_over=is_old), lines) if before else ()
    note = version.change_note
    if before and version.status is not before.status and _is_decided(version):
        note = version.decision_note
    return Happening(_what(before, version), version.recorded_at, version.entered_by_name, note, changes)


def _what(before: GiftVersion | None, version: GiftVersion) -> str:
    if before is None:
        if version.gift.is_taken_over:
            return "Taken over from an older register"
        return "Entered on behalf" if version.on_behalf else "Declared"
    if version.status is not before.status and (version.approval is None or _is_decided(version)):
        words = {
            GiftStatus.APPROVED: "Approved", GiftStatus.NOT_APPROVED: "Not approved", GiftStatus.WITHDRAWN: "Withdrawn",
            GiftStatus.RECORDED: "Corrected, so that the approval no longer counts",
        }  # fmt: skip
        return words[version.status]
    return "Decided again" if _is_decided(version) and version.decision_note != before.decision_note else "Corrected"


def _is_decided(version: GiftVersion) -> bool:
    """Whether somebody here approved it, or did not."""
    return version.approval is not None and not version.approval.is_stated
