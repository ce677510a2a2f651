"""Making the next version of an interest. Only the commands of this room use it: they record what it makes in the ledger."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count
from typing import Protocol

from sqlalchemy.orm import Mapped

from coi import clock
from coi.database import db, next_number
from coi.errors import EditConflict, RuleBroken
from coi.jobs.commands import enqueue
from coi.notifications.commands import cancel_messages
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.interests import link_queries, queries, rules, wording
from coi.registers.interests.columns import WITHHOLDABLE
from coi.registers.interests.link_vocabulary import secret_of_link
from coi.registers.interests.models import (
    Declaration,
    Interest,
    InterestOrganisation,
    InterestVersion,
    RedactionRequest,
)
from coi.registers.interests.vocabulary import (
    PLAINLY,
    DeclarationKind,
    InterestDetails,
    InterestStatus,
    Making,
    NamedOrganisation,
    RedactionState,
)

AFTERWARDS = "meetings.afterwards"
"""The job that compares interests with what was decided before the register knew of them; meetings are a floor above."""
LOSSES = "meetings.losses"
"""The job that looks at what agendas to come reach no more since an interest was changed, ended or matched to another organisation."""
REVEALS = "It reveals something about somebody’s health, religion or belief."
KEPT = (
    "interest_id", "declaration_id", "type", "directness", "via", "role", "nature", "arose_on", "aware_on", "declared_on",
    "on_or_before", "ended_on", "is_pursuing", "status", "mitigation", "mitigation_agreed_by", "mitigation_agreed_on",
    "subtype", "particulars", "reveals_health",
)  # fmt: skip
"""What a copy of a version takes over."""


def new_interest(person: Person, today: date) -> Interest:
    """Returns a new interest under the next reference, without a version yet."""
    interest = Interest(
        id=uuid.uuid4(), person_id=person.id, person=person, reference=reference(Interest, "I", today), versions=[]
    )
    db.session.add(interest)
    db.session.flush()  # the next reference counts this one
    return interest


def new_declaration(
    person: Person,
    kind: DeclarationKind,
    actor: Actor,
    at: datetime,
    declared_on: date | None,
    statement: str = "",
    making: Making = PLAINLY,
    *,
    body_id: uuid.UUID | None,
) -> Declaration:
    """Returns the signed act that a change of the register rests on, under the next reference, made at a body. Mails that
    ask for it and were not sent are not sent any more. Raises RuleBroken for a paper that is dated later than today. Rule: DECL-04."""
    today = clock.local(at).date()
    rules.check_paper(declared_on, today=today)
    declaration = Declaration(
        id=uuid.uuid4(), person_id=person.id, person=person, reference=reference(Declaration, "D", today), kind=kind,
        declared_on=declared_on or today, submitted_at=at, entered_by=actor.account_id, entered_by_name=actor.name,
        on_behalf=actor.person_id != person.id, statement=statement, is_leaving=making.is_leaving or None,
        drafted_by_name=making.drafted_by or None, body_id=body_id,
    )  # fmt: skip
    db.session.add(declaration)
    cancel_messages(
        [
            secret_of_link(each.id)
            for each in link_queries.asking_links(person.id)
            if clock.local(each.issued_at).date() <= declaration.declared_on
        ]
    )
    return declaration


def reference(model: type[Declaration] | type[Interest], letter: str, today: date) -> str:
    """Returns the next reference of a year: "D/2026/0012"."""
    start = f"{letter}/{today.year}/"
    return f"{start}{next_number(model.reference, start):04d}"


class Referenced(Protocol):
    """A table whose rows have a reference."""

    reference: Mapped[str]


def references(model: type[Referenced], letter: str, today: date) -> Iterator[str]:
    """Yields the next references of a year, one after the other, from one look at the table: for many rows in one transaction."""
    start = f"{letter}/{today.year}/"
    return (f"{start}{number:04d}" for number in count(next_number(model.reference, start)))


def current_version(interest: Interest, number: int, wanted: InterestDetails | None = None) -> InterestVersion:
    """Returns the version that stands, with the interest locked until the transaction ends. Raises EditConflict, with both texts
    line by line, where it is not the one that the editor saw."""
    queries.lock(interest)
    if interest.disposed_at is not None:
        raise RuleBroken("This interest was disposed of. Nothing about it can be changed", rule="REG-04")
    current = interest.versions[-1]
    if current.number != number:
        yours = wording.lines_of(wanted) if wanted else {}
        theirs = wording.lines_of(current)
        if wanted is None:
            theirs["Action to reduce the risk"] = current.mitigation or wording.NOT_AGREED
        else:
            theirs = {label: text for label, text in theirs.items() if text != yours.get(label)}
            yours = {label: yours[label] for label in theirs}
        raise EditConflict(f"Interest {interest.reference}", theirs=theirs, yours=yours)
    return current


def add_version(
    interest: Interest, number: int, details: InterestDetails, declaration: Declaration, actor: Actor, at: datetime
) -> InterestVersion:
    """Returns a version as it was declared, where it was declared. Its mitigation is to be agreed."""
    version = InterestVersion(
        id=uuid.uuid4(), interest_id=interest.id, declaration_id=declaration.id, number=number, recorded_at=at,
        recorded_by=actor.account_id, type=details.type, directness=details.directness, via=details.via, role=details.role,
        nature=details.nature.strip(), arose_on=details.arose_on, aware_on=details.aware_on, declared_on=declaration.declared_on,
        on_or_before=declaration.on_or_before, ended_on=details.ended_on, is_pursuing=details.is_pursuing,
        status=InterestStatus.ENDED if details.ended_on else InterestStatus.SUBMITTED,
        subtype=details.subtype.value if details.subtype else None, particulars=dict(details.particulars) or None,
        reveals_health=details.reveals_health or None, body_id=declaration.body_id,
    )  # fmt: skip
    version.organisations = organisations_of(details.organisations)
    interest.versions.append(version)
    return version


def ask_to_screen(versions: Sequence[InterestVersion], actor: Actor, at: datetime, *, key: str = "") -> None:
    """Asks, in the transaction in which interests are declared or put right, that they are compared with past decisions. `key`: what else
    gives reason to compare them, such as a decision that is recorded late.
    Rule: BRE-01; RULEBOOK §23 scenario 38."""
    if versions:
        ids = sorted({str(each.interest_id) for each in versions})
        enqueue(AFTERWARDS, {"interests": ids}, actor=actor, at=at, unique_key=f"{AFTERWARDS}:{key or versions[0].id}")
    if not key:
        ask_what_is_lost(versions, actor, at)


class Numbered(Protocol):
    """A version of an entry on a register."""

    number: Mapped[int]


def ask_what_is_lost(versions: Sequence[Numbered], actor: Actor, at: datetime) -> None:
    """Asks, in the transaction in which interests or gifts are changed, ended or put right, which flags on agendas to come go with that:
    whoever presides is told. One job for all that is recorded at one instant. Rule: MTG-02; RULEBOOK §24."""
    if any(each.number > 1 for each in versions):
        enqueue(LOSSES, {"at": at.isoformat()}, actor=actor, at=at, unique_key=f"{LOSSES}:{at.isoformat()}")


def keep_agreed(current: InterestVersion, new: InterestVersion) -> None:
    """Leaves in force what was agreed about an interest of which nothing changed."""
    new.status, new.mitigation = current.status, current.mitigation
    new.mitigation_agreed_by, new.mitigation_agreed_on = current.mitigation_agreed_by, current.mitigation_agreed_on


def copy_of(
    current: InterestVersion,
    actor: Actor,
    at: datetime,
    body_id: uuid.UUID | None,
    named: Sequence[NamedOrganisation] = (),
) -> InterestVersion:
    """Returns a copy of what stands, under the next number, for a command to change in one respect. `body_id`: where that is done.
    `named`: the organisations, where they are what changes; taken out of the copy later, the old ones would be saved without it."""
    version = InterestVersion(
        id=uuid.uuid4(), number=current.number + 1, recorded_at=at, recorded_by=actor.account_id, body_id=body_id,
        **{name: getattr(current, name) for name in KEPT},
    )  # fmt: skip
    version.organisations = organisations_of(named) or [
        InterestOrganisation(position=each.position, text=each.text, organisation_id=each.organisation_id)
        for each in current.organisations
    ]
    current.interest.versions.append(version)
    return version


def ask_for_redaction(interest: Interest, reason: str, at: datetime, fields: Sequence[str] = ()) -> None:
    """Opens a request for the Guardian where there is a reason not to publish. It keeps the fields that it names from the public, all
    where it names none, and hides nothing on the private register. Rule: REG-06."""
    if reason.strip():
        db.session.add(
            RedactionRequest(
                interest_id=interest.id,
                interest=interest,
                reason=reason.strip(),
                fields=[name for name in WITHHOLDABLE if name in fields],
                requested_at=at,
                state=RedactionState.REQUESTED,
            )
        )


def reason_of(details: InterestDetails) -> str:
    """Returns why an interest is not to be published as it is: the declarant's reason, or that it reveals health or belief, which waits
    for the Guardian in any case. Empty where there is none. Rule: REG-06; RULEBOOK §7.3."""
    return details.keep_private_because.strip() or (REVEALS if details.reveals_health else "")


def parts_of(details: InterestDetails) -> tuple[str, ...]:
    """Returns the fields that a request about an interest names: the declarant's choice; none, which means all, where it reveals health or
    belief. Rule: REG-06; RULEBOOK §7.3."""
    return () if details.reveals_health else details.keep_private_fields


def says_the_same(current: InterestVersion, details: InterestDetails) -> bool:
    """Whether a change changes nothing."""
    named = [(each.text, each.organisation_id) for each in current.organisations]
    wanted = [(each.text.strip(), each.id) for each in details.organisations]
    return named == wanted and wording.lines_of(current) == wording.lines_of(details)


def organisations_of(named: Sequence[NamedOrganisation]) -> list[InterestOrganisation]:
    """Returns the organisations of a version, in their order."""
    return [
        InterestOrganisation(position=position, text=each.text.strip(), organisation_id=each.id)
        for position, each in enumerate(named, start=1)
    ]
