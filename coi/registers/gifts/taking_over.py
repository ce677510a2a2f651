"""Entries of an older register, made and changed by an import. Only its writer uses this; the command of the import records it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coi.database import db
from coi.organisations.policy_queries import rulebook_of
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.report_commands import ask_to_open
from coi.registers.breaches.vocabulary import BreachSource
from coi.registers.gifts import queries
from coi.registers.gifts.columns import SHAPE
from coi.registers.gifts.commands import copy_of, fill
from coi.registers.gifts.models import Gift, GiftVersion
from coi.registers.gifts.rules import went_against
from coi.registers.gifts.vocabulary import Approval, GiftDetails, GiftStatus
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.vocabulary import RedactionState


@dataclass(frozen=True)
class SaidThen:
    """What an older register says of a declaration: its day (`or_before`: at the latest, where it gives none), and whether the offer was
    approved, where it says it."""

    on: date
    or_before: bool
    approval: Approval | None = None


def enter(
    body_id: uuid.UUID, person: Person | None, reference: str, details: GiftDetails, said: SaidThen, *, note: str, actor: Actor,
    at: datetime,
) -> Gift:  # fmt: skip
    """Puts an offer of an older register on this one, with what that register says and no more."""
    gift = Gift(
        id=uuid.uuid4(), body_id=body_id, person_id=person.id if person else None, person=person, reference=reference, is_taken_over=True
    )  # fmt: skip
    db.session.add(gift)
    version = GiftVersion(
        id=uuid.uuid4(), number=1, recorded_at=at, recorded_by=actor.account_id, entered_by_name=actor.name, on_behalf=True,
    )  # fmt: skip
    gift.versions.append(_filled(version, details, said, note))
    return gift


def change(gift: Gift, details: GiftDetails, said: SaidThen, *, note: str, actor: Actor, at: datetime) -> GiftVersion:
    """Adds what a later file of the older register says differently, as the next version. An approval of before falls away, unless the
    file states it."""
    version = _filled(copy_of(gift.versions[-1], actor, at), details, said, note)
    gift.versions.append(version)
    return version


def keep_private(gift: Gift, reason: str, at: datetime) -> None:
    """Opens a request for the Guardian not to publish any of an entry. Rule: REG-06."""
    gift.redactions.append(
        RedactionRequest(
            gift_id=gift.id, reason=reason.strip(), fields=list(SHAPE.withholdable), requested_at=at, state=RedactionState.REQUESTED
        )
    )  # fmt: skip


def _filled(version: GiftVersion, details: GiftDetails, said: SaidThen, note: str) -> GiftVersion:
    fill(version, details)
    version.declared_on, version.declared_on_or_before, version.change_note = said.on, said.or_before, note
    version.status, version.decided_by, version.decided_on, version.decision_note = GiftStatus.RECORDED, None, None, ""
    if told := said.approval:
        version.status = GiftStatus.APPROVED if told.is_approved else GiftStatus.NOT_APPROVED
        version.decided_on, version.decision_note = told.on, told.told
    return version


def suspect(versions: Sequence[GiftVersion], body_id: uuid.UUID, *, actor: Actor, at: datetime) -> None:
    """Asks for a suspected breach for each entry that goes against the rules of its own day, as when it is declared. What an older
    register leaves open goes against none. Rule: BRE-01."""
    verdicts = queries.verdicts_of(versions, rulebook_of(body_id), at)
    for each in versions:
        verdict = verdicts[each.gift_id]
        is_refused = each.status is GiftStatus.NOT_APPROVED
        if verdict is not None and went_against(verdict, each.response, is_refused=is_refused).is_possible_breach:
            about = [each.gift.person_id] if each.gift.person_id else []
            ask_to_open(BreachSource.GIFT_ACCEPTED, each.gift_id, about, actor=actor, at=at)
