"""After the meeting: comparing a late interest with what was decided, and judging what came to light. One use case, one ledger entry."""

import uuid
from datetime import datetime

from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.meetings.conflicts.afterwards import queries
from coi.meetings.conflicts.afterwards.models import PossibleBreach, PossibleBreachInterest
from coi.meetings.conflicts.afterwards.vocabulary import Judgement
from coi.permissions.vocabulary import Actor
from coi.registers.breaches.models import Breach
from coi.registers.breaches.report_commands import open_suspected_breach
from coi.registers.breaches.vocabulary import BreachKind, BreachSource, Suspicion
from coi.registers.interests.models import Interest


def screen_afterwards(interest: Interest, *, actor: Actor, at: datetime) -> list[PossibleBreach]:
    """Compares an interest that is new on the register, or was corrected, with the past decisions that it concerned, and opens a possible
    breach for each, for a person to judge. However often it is asked for, there is one for each person and item; what was judged to be
    no breach is open again where another interest comes to it, or where the register was corrected since in what it rests on. Flags and
    minutes of the past stay as they are.

    Rule: BRE-01, DECL-01; RULEBOOK §18, §23 scenario 38, §24 rules 3 and 7."""
    opened = []
    for late in queries.late_for(interest, at):
        row = queries.possible_for(late.item.id, interest.person_id)
        known = _known(row, interest)
        changed = queries.what_changed(known, interest, late.flag) if known else ""
        if known is not None and not changed:
            continue
        if row is None:
            row = PossibleBreach(
                id=uuid.uuid4(), body_id=late.item.meeting.body_id, item_id=late.item.id, person_id=interest.person_id,
                decision_id=late.decision.id, state=Judgement.OPEN, found_at=at, reason="",
            )  # fmt: skip
            db.session.add(row)
        elif row.state is Judgement.NO_BREACH:
            row.state = Judgement.OPEN
        _rest_on(row, known, interest, late, changed, at)
        db.session.flush()
        log.record(Event.POSSIBLE_BREACH_FOUND, subject=row, actor=actor, at=at, body_id=row.body_id)
        opened.append(row)
    return opened


def _known(row: PossibleBreach | None, interest: Interest) -> PossibleBreachInterest | None:
    return next((each for each in row.interests if each.interest_id == interest.id), None) if row else None


def _rest_on(
    row: PossibleBreach,
    known: PossibleBreachInterest | None,
    interest: Interest,
    late: queries.Late,
    changed: str,
    at: datetime,
) -> None:
    """Notes what came to light of an interest: for the first time, or in the words of now, which say what they said before."""
    if known is None:
        known = PossibleBreachInterest(id=uuid.uuid4(), interest_id=interest.id)
        row.interests.append(known)
    known.interest_version_id, known.found_at = interest.versions[-1].id, at
    known.level, known.path = late.flag.level, list(late.flag.path)
    known.what = f"{late.what} {changed}".strip()


def report_possible_breach(
    possible: PossibleBreach, *, seen: int, actor: Actor, at: datetime, site: str = ""
) -> Breach:
    """Whoever judges a possible breach opens a suspected breach from it: filled in with what came to light, and without a reporter.
    Raises RuleBroken where it is judged already, EditConflict where something came to it since it was read. Rule: BRE-01."""
    _check(possible, seen)
    suspicion = Suspicion(
        BreachSource.UNDECLARED_AT_MEETING, "possible_breach", possible.id, BreachKind.UNDECLARED, possible.what,
        possible.item.meeting.held_on, (possible.person_id,),
    )  # fmt: skip
    _judge(possible, Judgement.REPORTED, "", actor, at)
    return open_suspected_breach(suspicion, possible.body_id, actor=actor, at=at, site=site)  # whose entry holds both


def find_no_breach(possible: PossibleBreach, reason: str, *, seen: int, actor: Actor, at: datetime) -> PossibleBreach:
    """Whoever judges a possible breach says why it is none. It stays on the list with the reason. Raises RuleBroken without one, or where
    it is judged already, EditConflict where something came to it since it was read. Rule: BRE-01; RULEBOOK §24 rule 7."""
    _check(possible, seen)
    if not reason.strip():
        raise RuleBroken("Enter why it is not a breach", field="reason", rule="BRE-01")
    _judge(possible, Judgement.NO_BREACH, reason.strip(), actor, at)
    log.record(Event.POSSIBLE_BREACH_JUDGED, subject=possible, actor=actor, at=at, body_id=possible.body_id)
    return possible


def _check(possible: PossibleBreach, seen: int) -> None:
    db.session.refresh(possible, with_for_update={"of": PossibleBreach})
    if possible.state is not Judgement.OPEN:
        raise RuleBroken("Somebody judged it meanwhile. Go back to the list")
    for each in possible.interests:
        db.session.refresh(each)
    if seen != possible.mark:
        raise EditConflict("The possible breach", theirs={"What came to light": possible.what}, yours={})


def _judge(possible: PossibleBreach, state: Judgement, reason: str, actor: Actor, at: datetime) -> None:
    possible.state, possible.reason = state, reason
    possible.judged_by, possible.judged_at = actor.person_id, at
