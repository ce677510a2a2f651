"""Reading the roster of independent clinicians, each compared with items by the same engine as members, and the clinical views obtained."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.errors import NotFound
from coi.meetings.conflicts.facts import screening_facts
from coi.meetings.conflicts.interest_facts import UNMATCHED, KnownInterest, Standing
from coi.meetings.conflicts.origins import declared_before
from coi.meetings.conflicts.queries import rules_of
from coi.meetings.conflicts.rules import in_order
from coi.meetings.conflicts.screening import screened
from coi.meetings.conflicts.vocabulary import ItemFlag
from coi.meetings.conflicts.voices.models import ClinicalInput, IndependentClinician
from coi.meetings.conflicts.voices.roster_rules import candidate_of, not_compared
from coi.meetings.conflicts.voices.vocabulary import Candidate
from coi.meetings.matters.queries import bidders_before, origins_of
from coi.meetings.matters.vocabulary import Origin
from coi.meetings.models import AgendaItem, Meeting
from coi.people.models import Appointment
from coi.permissions.vocabulary import Actor
from coi.registers.interests.queries import last_declared
from coi.screening.terms import terms_of


def roster(body_id: uuid.UUID) -> list[IndependentClinician]:
    """Returns everybody who is or was on a body's roster, as it is known now, in the order of the registers."""
    rows = db.session.scalars(
        sa.select(IndependentClinician).where(IndependentClinician.body_id == body_id, stands(IndependentClinician))
    )
    return sorted(rows, key=lambda row: (row.person.sort_key, row.valid_from, str(row.id)))


def roster_on(body_id: uuid.UUID, on: date) -> list[IndependentClinician]:
    """Returns who is on a body's roster on a day."""
    return [row for row in roster(body_id) if row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)]


def clinician(clinician_id: uuid.UUID, body_id: uuid.UUID) -> IndependentClinician:
    """Returns somebody on a body's roster. Raises NotFound."""
    found = db.session.get(IndependentClinician, clinician_id)
    if found is None or found.body_id != body_id:
        raise NotFound("There is nobody of that name on the roster")
    return found


def of_other_bodies(body_id: uuid.UUID, on: date) -> set[uuid.UUID]:
    """Returns who holds a post or a seat at another body on a day and neither at this one: what they declared is read there."""
    held = sa.union_all(
        sa.select(Appointment.person_id, Appointment.body_id).where(_runs(Appointment, on), stands(Appointment)),
        sa.select(Membership.person_id, SERVED.c.body_id)
        .join(SERVED, SERVED.c.committee_id == Membership.committee_id)
        .where(_runs(Membership, on), stands(Membership)),
    ).subquery()
    is_here = sa.func.max(sa.case((held.c.body_id == body_id, 1), else_=0))
    return set(db.session.scalars(sa.select(held.c.person_id).group_by(held.c.person_id).having(is_here == 0)))


def _runs(of: type[Appointment] | type[Membership], on: date) -> sa.ColumnElement[bool]:
    return sa.and_(of.valid_from <= on, sa.or_(of.valid_to.is_(None), of.valid_to >= on))


def candidates_for(
    meeting: Meeting, items: Sequence[AgendaItem], *, known_at: datetime, reader: Actor | None = None
) -> dict[uuid.UUID, list[Candidate]]:
    """Returns for each item who is on the roster on the day of the meeting, each compared with it: whoever is free of flags first. Who
    belongs to another body alone is not compared. A handful of statements, however many items. `reader` as in `conflicts_at`.
    Rule: RULEBOOK §23 scenario 42; USERS W4."""
    listed = {row.person_id: row for row in roster_on(meeting.body_id, meeting.held_on)}
    if not listed or not items:
        return {item.id: [] for item in items}
    rules = rules_of(meeting)
    terms = terms_of(rules)
    others = of_other_bodies(meeting.body_id, meeting.held_on) & set(listed)
    elsewhere = [row for row in listed.values() if row.person_id in others]
    listed = {person: row for person, row in listed.items() if person not in others}
    people = [Standing(row.person_id, row.person.name) for row in listed.values()]
    before, bidders = origins_of(items, known_at, reader), bidders_before(items, reader)
    facts = screening_facts(meeting, items, people, terms, known_at, before, bidders)
    found = screened(facts, items, rules, terms).flags
    flags = in_order([*found, *declared_before(items, before, found, set(listed), rules, terms)])
    held = [each for each in facts.interests.values() if each.interest_id is not None and each.has_part]
    declared = {person: each.day for person, each in last_declared(listed.keys(), known_at).items()}
    known = _Known(flags, before, held, declared, meeting.held_on, rules.refresh_months)
    unknown = [not_compared(row.person_id, row.person.name, row.kind, row.area) for row in elsewhere]
    return {
        item.id: sorted(
            [*unknown, *(known.candidate(item, row) for row in listed.values())], key=lambda each: not each.is_free
        )
        for item in items
    }


@dataclass(frozen=True)
class _Known:
    """What whoever is on the roster is compared by: flags, what they did before, interests, and when each declared last."""

    flags: Sequence[ItemFlag]
    before: Mapping[uuid.UUID, Sequence[Origin]]
    held: Sequence[KnownInterest]
    declared: Mapping[uuid.UUID, date]
    on: date
    refresh_months: int

    def candidate(self, item: AgendaItem, row: IndependentClinician) -> Candidate:
        """Returns one of them as compared with an item."""
        person = row.person_id
        mine = [each for each in self.held if each.person.person_id == person]
        done = [each for each in self.before.get(item.id, ()) if each.person_id == person]
        return candidate_of(
            person, row.person.name, row.kind, row.area,
            flags=[flag for flag in self.flags if flag.item_id == item.id and flag.person_id == person],
            worked=[each.words for each in done if not each.is_declared and not each.is_kept],
            interests=len(mine), loose=sum(_is_loose(each) for each in mine), declared_on=self.declared.get(person),
            on=self.on, refresh_months=self.refresh_months, is_unscreened=item.names_nobody,
        )  # fmt: skip


def _is_loose(known: KnownInterest) -> bool:
    """Whether an interest is in no organisation that the reference data knows, nor may be, so that only its words could be compared."""
    return not known.fact.one_of and all(key.startswith(UNMATCHED) for key in known.fact.organisations)


def inputs_on(item_ids: Collection[uuid.UUID]) -> list[ClinicalInput]:
    """Returns the clinical views that were obtained for these items, in the order of recording, without those that were struck out."""
    return list(
        db.session.scalars(
            sa.select(ClinicalInput)
            .where(ClinicalInput.item_id.in_(item_ids), ClinicalInput.struck_at.is_(None))
            .order_by(ClinicalInput.recorded_at, ClinicalInput.id)
        )
    )


def every_input_on(item_id: uuid.UUID) -> list[ClinicalInput]:
    """Returns the clinical views that were recorded for an item, those that were struck out too, in the order of recording."""
    rows = sa.select(ClinicalInput).where(ClinicalInput.item_id == item_id)
    return list(db.session.scalars(rows.order_by(ClinicalInput.recorded_at, ClinicalInput.id)))


def clinical_input(input_id: uuid.UUID, item_id: uuid.UUID) -> ClinicalInput:
    """Returns a clinical view of an item that stands. Raises NotFound."""
    found = db.session.get(ClinicalInput, input_id)
    if found is None or found.item_id != item_id or found.struck_at is not None:
        raise NotFound("There is no such clinical view")
    return found
