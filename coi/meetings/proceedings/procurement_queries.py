"""Reading a meeting's decision as a row of the register of procurement decisions: who was involved, which conflicts were noted, how they
were managed."""

import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from coi import clock
from coi.committees.models import Committee
from coi.database import db
from coi.errors import NotFound
from coi.guidance.actions import effects_of
from coi.meetings.conflicts.beginnings import for_the_member
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration, Ruling, was_not_corrected
from coi.meetings.conflicts.wording import action_words
from coi.meetings.minutes.public_copy import DETAILS, REASON
from coi.meetings.models import AgendaItem, Decision
from coi.meetings.proceedings.procurement_publicity import withheld_on
from coi.meetings.vocabulary import DeclaredPoint, FlagState, Outcome
from coi.registers.interests.models import InterestVersion
from coi.registers.interests.wording import organisations_in, role_in, whose
from coi.registers.procurement.suppliers import value_in
from coi.registers.procurement.vocabulary import MeetingDecision
from coi.wording import and_list

_OUTCOMES = tuple(outcome for outcome in Outcome if outcome.is_a_decision)


def procurement_of(decision_id: uuid.UUID, item: AgendaItem) -> MeetingDecision:
    """Returns what the register of procurement decisions needs of a decision on an item: from the rulings that stand, the declarations
    made and the quorum as it was taken; an interest that is withheld from publication is not in it. Raises NotFound.
    Rules: PROC-03, REG-06; RULEBOOK §16, W16."""
    decision = db.session.get(Decision, decision_id)
    if decision is None or decision.item_id != item.id or decision.outcome not in _OUTCOMES:
        raise NotFound("There is no such decision")
    committee = db.session.get_one(Committee, decision.committee_id)
    rulings = _standing_rulings(item.id, committee.id)
    withheld = withheld_on(item.id, item.meeting.body_id, clock.now())
    return MeetingDecision(
        decision_id=decision.id, body_id=item.meeting.body_id, item_reference=item.reference, title=item.title,
        description=item.description, committee=committee.name, decided=decision.text, process=_process(decision, item),
        value=value_in(decision.text) or value_in(item.title, item.description),
        decided_on=clock.local(decision.decided_at).date(), involved=_involved(decision, rulings),
        conflicts=_conflicts(item.id, rulings, withheld), mitigations=_managed(rulings), justification=_why(rulings, withheld),
        concerned=tuple(each.organisation.name if each.organisation else each.text for each in item.affected),
    )  # fmt: skip


def _process(decision: Decision, item: AgendaItem) -> str:
    """How it was decided: "Approved by consensus at item PCC/014"."""
    words = f"{decision.outcome.value.replace('_', ' ').capitalize()} by {decision.method.value.replace('_', ' ')} at item {item.reference}"
    return f"{words}. {decision.arithmetic}" if decision.arithmetic else words


def decided_on(item_id: uuid.UUID) -> list[Decision]:
    """Returns the decisions on an item from which a row of the register can be begun, in order."""
    wanted = sa.select(Decision).where(Decision.item_id == item_id, Decision.outcome.in_(_OUTCOMES))
    return list(db.session.scalars(wanted.order_by(Decision.recorded_at, Decision.id)))


def _standing_rulings(item_id: uuid.UUID, committee_id: uuid.UUID) -> list[Ruling]:
    """The latest ruling on each person, by name."""
    wanted = sa.select(Ruling).where(Ruling.item_id == item_id, Ruling.committee_id == committee_id)
    latest = {each.person_id: each for each in db.session.scalars(wanted.order_by(Ruling.number))}
    return sorted(latest.values(), key=lambda each: (each.person.sort_key, str(each.person_id)))


def _involved(decision: Decision, rulings: Sequence[Ruling]) -> str:
    counted = [name for name, _slot, _person in decision.snapshot.counted] if decision.snapshot else []
    lines = [f"Decided by {and_list(counted)}." if counted else ""]
    if decision.presiding:
        lines.append(f"{decision.presiding.name} was in the chair.")
    down = [each.person.name for each in rulings if not effects_of(each.actions).vote]
    if down:
        lines.append(f"{and_list(down)} stood down.")
    return " ".join(line for line in lines if line)


def _conflicts(item_id: uuid.UUID, rulings: Sequence[Ruling], withheld: frozenset[uuid.UUID]) -> str:
    """Each person with a conflict: the interest as the register says it, and what they said at the meeting; of an interest that is
    withheld no more than that. Rule: REG-06."""
    said = _words_by_person(item_id)
    lines = [
        f"{each.person.name}: {DETAILS if each.person_id in withheld else said.get(each.person_id) or each.rationale}"
        for each in rulings
    ]
    return "\n".join(lines) or "None declared"


def _words_by_person(item_id: uuid.UUID) -> dict[uuid.UUID, str]:
    flags = sa.select(ConflictFlag).where(ConflictFlag.item_id == item_id, ConflictFlag.state != FlagState.DISMISSED)
    found: dict[uuid.UUID, list[str]] = {}
    for flag in db.session.scalars(
        flags.order_by(ConflictFlag.interest_version_id.is_(None), ConflictFlag.level, ConflictFlag.id)
    ):
        found.setdefault(flag.person_id, []).append(_flagged(flag))
    declared = sa.select(MeetingDeclaration).where(
        MeetingDeclaration.item_id == item_id,
        MeetingDeclaration.point != DeclaredPoint.NOT_DECLARED,
        was_not_corrected(),
    )
    for each in db.session.scalars(declared.order_by(MeetingDeclaration.recorded_at, MeetingDeclaration.id)):
        words = _registered(each.interest_id) if each.interest_id else each.text
        found.setdefault(each.person_id, []).append(words)
    return {person: "; ".join(dict.fromkeys(each for each in texts if each)) for person, texts in found.items()}


def _flagged(flag: ConflictFlag) -> str:
    version = db.session.get(InterestVersion, flag.interest_version_id) if flag.interest_version_id else None
    if version is None:
        return ", ".join(flag.path[1:-1]) or flag.reason  # without the item, which the row names
    return for_the_member(flag.path, flag.person.name, _interest(version))


def _registered(interest_id: uuid.UUID) -> str:
    newest = sa.select(InterestVersion).where(InterestVersion.interest_id == interest_id)
    version = db.session.scalars(newest.order_by(InterestVersion.number.desc()).limit(1)).first()
    return _interest(version) if version else ""


def _interest(version: InterestVersion) -> str:
    """An interest in a line: "Partner, Elm Surgery, own interest (direct)"."""
    whose_ = whose(version.directness, version.via)
    return ", ".join(
        each for each in (role_in(version), organisations_in(version), f"{whose_[0].lower()}{whose_[1:]}") if each
    )


def _managed(rulings: Sequence[Ruling]) -> str:
    return "\n".join(f"{each.person.name}: {and_list(action_words(each.actions))}" for each in rulings)


def _why(rulings: Sequence[Ruling], withheld: frozenset[uuid.UUID]) -> str:
    return "\n".join(
        f"{each.person.name}: {REASON if each.person_id in withheld else each.rationale}"
        for each in rulings
        if each.rationale
    )
