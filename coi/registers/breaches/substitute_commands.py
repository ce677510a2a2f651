"""Naming who acts where the Guardian is complained of, and ending it. One use case, one ledger entry."""

import uuid
from datetime import date, datetime, timedelta

from coi import clock
from coi.accounts.guardians import check_substitute
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.breaches import queries, substitute_queries
from coi.registers.breaches.models import GuardianSubstitute


def name_substitute(
    person: Person, body_id: uuid.UUID, starts: date, *, because: str = "", actor: Actor, at: datetime
) -> GuardianSubstitute:
    """Names who acts where the Guardian is complained of. Never a Guardian, and never oneself by oneself alone; whoever has interests in
    providers only where somebody says why it is right. Rule: BRE-01; DESIGN §1; RULEBOOK §9."""
    if person.id == actor.person_id:
        raise RuleBroken("Somebody else has to name you", field="person_id", rule="BRE-01")
    if person.id not in {each.id for each in substitute_queries.persons_to_name(body_id, starts)}:
        raise RuleBroken("Select a lay member or the governance lead", field="person_id", rule="BRE-01")
    if any(
        each.person_id == person.id and each.valid_to is None for each in substitute_queries.substitutes_of(body_id)
    ):
        raise RuleBroken(f"{person.name} is named already", field="person_id", rule="BRE-01")
    check_substitute(person.id, because, at)
    named = GuardianSubstitute(
        id=uuid.uuid4(),
        body_id=body_id,
        person_id=person.id,
        valid_from=starts,
        named_by=actor.person_id,
        recorded_at=at,
    )
    db.session.add(named)
    db.session.flush()
    note = {"because": because} if because else None
    log.record(Event.GUARDIAN_SUBSTITUTE_NAMED, subject=named, actor=actor, at=at, body_id=body_id, note=note)
    return named


def end_substitute(named: GuardianSubstitute, *, actor: Actor, at: datetime) -> GuardianSubstitute:
    """Ends that somebody acts in place of the Guardian, at the end of the day, or before it begins. Raises RuleBroken for a Guardian,
    who may be whom a report is about, and where nobody would be left: whether a report waits or not, so that the answer does not
    tell of one. Rule: BRE-01; DESIGN §1."""
    today = clock.local(at).date()
    if actor.person_id in queries.office_of(named.body_id, today).guardians:
        raise RuleBroken("A Conflicts of Interest Guardian cannot end this. Ask the governance lead", rule="BRE-01")
    if substitute_queries.would_leave_nobody(
        named.body_id, named.person_id, max(today + timedelta(days=1), named.valid_from), without=named.id
    ):
        raise RuleBroken(substitute_queries.LAST_IN_PLACE, rule="BRE-01")
    named.valid_to = named.valid_from - timedelta(days=1) if named.valid_from > today else today
    log.record(Event.GUARDIAN_SUBSTITUTE_ENDED, subject=named, actor=actor, at=at, body_id=named.body_id)
    return named
