"""Reading suspected breaches, each scoped to whom it is kept from and who acts on it."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from coi import clock
from coi.accounts.models import RoleGrant
from coi.database import db
from coi.errors import NotFound
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission, Role
from coi.registers.breaches import rules
from coi.registers.breaches.models import (
    Breach,
    BreachlessYear,
    BreachNote,
    BreachPerson,
    BreachReport,
    BreachTwin,
    GuardianSubstitute,
)
from coi.registers.breaches.vocabulary import BreachState, Facts, NoteKind, Office, Part, Sender, Showing, Sight
from coi.registers.kept_item_queries import kept_decisions, kept_disputes, kept_possible, kept_sayings, kept_urgent

READERS = frozenset({Role.GOVERNANCE_LEAD, Role.AUDITOR})
IN_PLACE = frozenset({Role.LAY_MEMBER, Role.GOVERNANCE_LEAD})
"""Who may be named to act in place of the Guardian."""
_OF_MEETINGS = frozenset({"decision", "meeting_declaration", "possible_breach", "ruling_dispute", "urgent_decision"})


@dataclass(frozen=True)
class Seen:
    """A suspected breach and what the reader sees of it."""

    breach: Breach
    sight: Sight

    @property
    def acts(self) -> bool:
        return self.sight is Sight.ACTS

    @property
    def twin(self) -> BreachTwin | None:
        """The text for the public that stands."""
        return next((each for each in reversed(self.breach.twins) if each.withdrawn_at is None), None)


def office_of(body_id: uuid.UUID, on: date, *, without: Collection[uuid.UUID] = ()) -> Office:
    """Returns who can act on suspected breaches at a body on a day: the Guardians, and those named in their place who have a role in
    which they can. `without`: roles and namings (by id) that are looked at as if they were not there."""
    guardians = frozenset(db.session.scalars(holders_of((Role.GUARDIAN,), body_id, on, without)))
    named = sa.select(GuardianSubstitute.person_id).where(
        GuardianSubstitute.body_id == body_id, _holds(GuardianSubstitute, on), GuardianSubstitute.id.not_in(without),
        GuardianSubstitute.person_id.in_(holders_of(IN_PLACE, body_id, on, without)),
    )  # fmt: skip
    ever = sa.select(RoleGrant.person_id).where(RoleGrant.role == Role.GUARDIAN, RoleGrant.body_id == body_id)
    return Office(guardians, frozenset(db.session.scalars(named)) - guardians, frozenset(db.session.scalars(ever)))


def readers(body_id: uuid.UUID, on: date) -> frozenset[uuid.UUID]:
    """Returns who reads the records of a body that are taken up."""
    return frozenset(db.session.scalars(holders_of(READERS, body_id, on)))


def holders_of(
    roles: Collection[Role], body_id: uuid.UUID, on: date, without: Collection[uuid.UUID] = ()
) -> sa.Select[tuple[uuid.UUID]]:
    """Returns a select of the people who hold one of these roles at a body on a day."""
    return sa.select(RoleGrant.person_id).where(
        RoleGrant.role.in_(roles), RoleGrant.body_id == body_id, _holds(RoleGrant, on), RoleGrant.id.not_in(without)
    )


def seen_by(
    actor: Actor,
    body_id: uuid.UUID,
    on: date,
    *,
    ids: Collection[uuid.UUID] | None = None,
    office: Office | None = None,
) -> list[Seen]:
    """Returns the suspected breaches of a body that `actor` may know of, the newest first; of `ids` alone where they are given. `office`
    says who can act that day, where it was read already."""
    if not allows(actor, Permission.REGISTERS_BREACH_READ, body_id):
        return []
    wanted = sa.select(Breach).where(Breach.body_id == body_id)
    if ids is not None:
        wanted = wanted.where(Breach.id.in_(ids))
    wanted = wanted.options(selectinload(Breach.people), selectinload(Breach.twins))
    found = db.session.scalars(wanted.order_by(Breach.opened_at.desc(), Breach.id)).all()
    return list(_seen(found, actor, office or office_of(body_id, on), is_reader=_is_reader(actor, body_id)))


def _is_reader(actor: Actor, body_id: uuid.UUID) -> bool:
    """Whether somebody reads the records of a body by a role for the whole of it: they are not those of a committee."""
    return any(
        grant.role in READERS and grant.body_id == body_id and grant.committee_id is None for grant in actor.grants
    )


def _seen(found: Sequence[Breach], actor: Actor, office: Office, *, is_reader: bool) -> Iterator[Seen]:
    kept = _kept(found, {*office.guardians, *office.substitutes, actor.person_id})
    for breach in found:
        apart = kept.get(breach.id, frozenset())
        sight = None if actor.person_id in apart else rules.sight_of(
            actor.person_id, office.without(apart), complained_of(breach), is_about_guardian=breach.is_about_guardian,
            is_taken_up=breach.state is not BreachState.REPORTED, is_reader=is_reader,
        )  # fmt: skip
        if sight is not None:
            yield Seen(breach, sight)


def who_acts_on(breach: Breach, on: date) -> frozenset[uuid.UUID]:
    """Returns who acts on a suspected breach on a day."""
    office = office_of(breach.body_id, on)
    apart = _kept([breach], {*office.guardians, *office.substitutes}).get(breach.id, frozenset())
    return rules.who_acts(office.without(apart), complained_of(breach), is_about_guardian=breach.is_about_guardian)


def _kept(found: Sequence[Breach], people: Collection[uuid.UUID | None]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """Which of these people a ruling keeps from the private item of a meeting from which a suspected breach was opened: it is kept from
    them as the item is, and somebody else acts meanwhile. Rule: MTG-03; RULEBOOK §10.4."""
    of_meetings = [each for each in found if each.subject_table in _OF_MEETINGS]
    kept: dict[uuid.UUID, set[uuid.UUID]] = {}
    for person_id in people if of_meetings else ():
        if person_id is None:
            continue
        one = Actor("", person_id=person_id)
        subjects = {
            "decision": kept_decisions(one), "meeting_declaration": kept_sayings(one), "possible_breach": kept_possible(one),
            "ruling_dispute": kept_disputes(one), "urgent_decision": kept_urgent(one),
        }  # fmt: skip
        for breach in of_meetings:
            if breach.subject_id in subjects[breach.subject_table or ""]:
                kept.setdefault(breach.id, set()).add(person_id)
    return {breach_id: frozenset(each) for breach_id, each in kept.items()}


def complained_of(breach: Breach) -> frozenset[uuid.UUID]:
    """Returns the people whom a suspected breach is about."""
    return frozenset(each.person_id for each in breach.people if each.person_id and each.part is Part.COMPLAINED_OF)


def register(
    actor: Actor, body_id: uuid.UUID, on: date, *, find: str = "", showing: Showing = Showing.EVERYTHING
) -> list[Seen]:
    """Returns the rows of the private register that `actor` may see, narrowed to words and a state."""
    words = find.casefold().split()
    return [each for each in seen_by(actor, body_id, on) if is_wanted(each, words, showing)]


def is_wanted(seen: Seen, words: Sequence[str], showing: Showing) -> bool:
    """Whether a record has these words and is in the state that is asked for."""
    breach = seen.breach
    text = f"{breach.reference} {breach.what} {breach.how_found} {breach.investigator}".casefold()
    fits = {
        Showing.EVERYTHING: True,
        Showing.OPEN: breach.state is not BreachState.CLOSED,
        Showing.CLOSED: breach.state is BreachState.CLOSED,
        Showing.PUBLISHED: seen.twin is not None,
    }[showing]
    return fits and all(word in text for word in words)


def seen_breach(breach_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> Seen:
    """Returns one suspected breach as `actor` may see it. Raises NotFound alike where there is none and where it is kept from them."""
    found = seen_by(actor, body_id, on, ids=[breach_id])
    if not found:
        raise NotFound("There is no such record")
    return found[0]


def breach_to_act_on(breach_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> Breach:
    """Returns a suspected breach that `actor` acts on. Raises NotFound."""
    found = seen_breach(breach_id, actor, body_id, on)
    if not found.acts or found.breach.disposed_at is not None:
        raise NotFound("There is no such record")
    return found.breach


def facts_of(breach: Breach, closed_on: date | None = None) -> Facts:
    """Returns what the rules need of a breach."""
    return Facts(
        breach.kind, breach.state, breach.conclusion, breach.is_material,
        tuple((each.kind, each.party) for each in breach.notes), breach.happened_on, clock.local(breach.opened_at).date(), closed_on,
        breach.happened_words,
        tuple(each.text for each in breach.notes if each.kind is NoteKind.LESSON and each.text),
        tuple(each.text for each in breach.notes if each.kind is NoteKind.ACTION and each.text),
    )  # fmt: skip


def opened_from(subject_table: str, subject_id: uuid.UUID) -> Breach | None:
    """Returns the suspected breach that something opened; None where it did not."""
    return db.session.scalar(
        sa.select(Breach).where(Breach.subject_table == subject_table, Breach.subject_id == subject_id)
    )


def opened_from_any(subject_id: uuid.UUID) -> Breach | None:
    """Returns the suspected breach that something opened, whatever kind of thing it is; None where it did not."""
    return db.session.scalar(sa.select(Breach).where(Breach.subject_id == subject_id))


def is_free(reference: str) -> bool:
    """Whether no record has a reference yet."""
    return db.session.scalar(sa.select(Breach.id).where(Breach.reference == reference)) is None


def report_by_codes(body_id: uuid.UUID, reference: str, code_hash: str) -> BreachReport | None:
    """Returns the report that a reference and a code open; None alike where either is wrong."""
    wanted = (
        sa.select(BreachReport)
        .join(Breach, Breach.id == BreachReport.breach_id)
        .where(Breach.body_id == body_id, BreachReport.reference == reference, BreachReport.code_hash == code_hash)
        .options(selectinload(BreachReport.messages))
    )
    return db.session.scalar(wanted)


def public_references(breach: Breach, on: date) -> tuple[str, ...]:
    """Returns the numbers under which the public can read of a breach on a day: what its reporter may know of it, and no more."""
    return tuple(each.reference for each in breach.twins if each.withdrawn_at is None and each.publish_on <= on)


def report_of(breach: Breach) -> BreachReport:
    """Returns the report behind a suspected breach. Raises NotFound where it was opened otherwise."""
    if not breach.reports:
        raise NotFound("Nobody reported it")
    return breach.reports[0]


def breachless_years(body_id: uuid.UUID) -> list[BreachlessYear]:
    """Returns the years that were stated to have no breaches, the latest first; a statement that was withdrawn is not among them."""
    wanted = sa.select(BreachlessYear).where(BreachlessYear.body_id == body_id, BreachlessYear.withdrawn_at.is_(None))
    return list(db.session.scalars(wanted.order_by(BreachlessYear.year.desc())))


def breachless_year(statement_id: uuid.UUID, body_id: uuid.UUID) -> BreachlessYear:
    """Returns a statement that stands. Raises NotFound."""
    found = db.session.get(BreachlessYear, statement_id)
    if found is None or found.body_id != body_id or found.withdrawn_at is not None:
        raise NotFound("There is no such statement")
    return found


def twin(twin_id: uuid.UUID, breach_id: uuid.UUID) -> BreachTwin:
    """Returns a text for the public. Raises NotFound."""
    found = db.session.get(BreachTwin, twin_id)
    if found is None or found.breach_id != breach_id:
        raise NotFound("There is no such text")
    return found


def waiting(
    actor: Actor, body_id: uuid.UUID, on: date, office: Office | None = None
) -> tuple[list[Breach], list[Breach], list[Breach]]:
    """Returns the suspected breaches that wait for `actor`: those not taken up yet, those with an answer of the reporter that came last,
    and those that are not closed though what they rest on was corrected: somebody looks. Rule: BRE-01; RULEBOOK §18."""
    mine = [each.breach for each in seen_by(actor, body_id, on, office=office) if each.acts]
    new = [each for each in mine if each.state is BreachState.REPORTED and not each.ground_corrected]
    corrected = [each for each in mine if each.state is not BreachState.CLOSED and each.ground_corrected]
    ids = [each.id for each in mine if each.state is BreachState.INVESTIGATING]
    if not ids:
        return new, [], corrected
    reports = (
        sa.select(BreachReport).where(BreachReport.breach_id.in_(ids)).options(selectinload(BreachReport.messages))
    )
    answered = {
        each.breach_id for each in db.session.scalars(reports) if each.messages and each.messages[-1].sender is Sender.REPORTER
    }  # fmt: skip
    return new, [each for each in mine if each.id in answered], corrected


def next_note_number(breach_id: uuid.UUID) -> int:
    """Returns the number of the next line of a record."""
    return 1 + (
        db.session.scalar(sa.select(sa.func.max(BreachNote.number)).where(BreachNote.breach_id == breach_id)) or 0
    )


def part_of(breach: Breach, breach_person_id: uuid.UUID) -> BreachPerson:
    """Returns somebody named in a breach. Raises NotFound."""
    for each in breach.people:
        if each.id == breach_person_id:
            return each
    raise NotFound("There is no such person")


def _holds(model: type[RoleGrant] | type[GuardianSubstitute], on: date) -> sa.ColumnElement[bool]:
    return sa.and_(model.valid_from <= on, sa.or_(model.valid_to.is_(None), model.valid_to >= on))
