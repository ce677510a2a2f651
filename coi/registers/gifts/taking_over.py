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
from coi.registers.gifts.vocabulary import GiftDetails, GiftStatus
from coi.registers.interests.models import RedactionRequest
from coi.registers.interests.vocabulary import RedactionState


@dataclass(frozen=True)
class DeclaredThen:
    """When an older register says that something was declared; `or_before`: at the latest, where it gives no day."""

    on: date
    or_before: bool


def enter(
    body_id: uuid.UUID, person: Person | None, reference: str, details: GiftDetails, declared: DeclaredThen, *, note: str, actor: Actor,
    at: datetime,
) -> Gift:  # fmt: skip
    """Puts an offer of an older register on this one, with what that register says and no more."""
    gift = Gift(
        id=uuid.uuid4(), body_id=body_id, person_id=person.id if person else None, person=person, reference=reference, is_taken_over=True
    )  # fmt: skip
    db.session.add(gift)
    version = GiftVersion(
        id=uuid.uuid4(), number=1, recorded_at=at, recorded_by=actor.account_id, entered_by_name=actor.name, on_behalf=True,
        status=GiftStatus.RECORDED,
    )  # fmt: skip
    gift.versions.append(_filled(version, details, declared, note))
    return gift


def change(
    gift: Gift, details: GiftDetails, declared: DeclaredThen, *, note: str, actor: Actor, at: datetime
) -> GiftVersion:
    """Adds what a later file of the older register says differently, as the next version. An approval of before falls away."""
    version = _filled(copy_of(gift.versions[-1], actor, at), details, declared, note)
    version.status, version.decided_by, version.decided_on, version.decision_note = GiftStatus.RECORDED, None, None, ""
    gift.versions.append(version)
    return version


def keep_private(gift: Gift, reason: str, at: datetime) -> None:
    """Opens a request for the Guardian not to publish any of an entry. Rule: REG-06."""
    gift.redactions.append(
        RedactionRequest(
            gift_id=gift.id, reason=reason.strip(), fields=list(SHAPE.withholdable), requested_at=at, state=RedactionState.REQUESTED
        )
    )  # fmt: skip


def _filled(version: GiftVersion, details: GiftDetails, declared: DeclaredThen, note: str) -> GiftVersion:
    fill(version, details)
    version.declared_on, version.declared_on_or_before, version.change_note = declared.on, declared.or_before, note
    return version


def suspect(versions: Sequence[GiftVersion], body_id: uuid.UUID, *, actor: Actor, at: datetime) -> None:
    """Asks for a suspected breach for each entry that goes against the rules of its own day, as when it is declared. What an older
    register leaves open goes against none. Rule: BRE-01."""
    verdicts = queries.verdicts_of(versions, rulebook_of(body_id), at)
    for each in versions:
        verdict = verdicts[each.gift_id]
        if verdict is not None and went_against(verdict, each.response).is_possible_breach:
            about = [each.gift.person_id] if each.gift.person_id else []
            ask_to_open(BreachSource.GIFT_ACCEPTED, each.gift_id, about, actor=actor, at=at)
