"""Reading what a late interest concerns of what was decided, and possible breaches, each scoped to whoever judges it."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coi import clock
from coi.database import db
from coi.errors import NotFound
from coi.meetings.conflicts.acts_queries import declarations_at
from coi.meetings.conflicts.afterwards import rules
from coi.meetings.conflicts.afterwards.models import PossibleBreach, PossibleBreachInterest
from coi.meetings.conflicts.afterwards.vocabulary import Decided, Held, Judgement, Resting, Said, Stood
from coi.meetings.conflicts.facts import screening_facts
from coi.meetings.conflicts.interest_facts import Standing
from coi.meetings.conflicts.models import ConflictFlag, MeetingDeclaration
from coi.meetings.conflicts.queries import rules_of
from coi.meetings.conflicts.screening import screened
from coi.meetings.conflicts.vocabulary import LEVEL_WORDS, ItemFlag
from coi.meetings.matters.queries import bidders_before, origins_of
from coi.meetings.models import AgendaItem, Decision, Meeting, Presence, Vote
from coi.meetings.vocabulary import DeclaredPoint, FlagState, Outcome
from coi.meetings.withholding import records_kept_from
from coi.organisations import policy_queries
from coi.permissions.rules import allows
from coi.permissions.vocabulary import Actor, Permission, Role
from coi.registers.breaches import queries as breaches
from coi.registers.breaches.vocabulary import Office
from coi.registers.interests.models import Interest, InterestOrganisation, InterestVersion
from coi.registers.interests.vocabulary import ROLE_WORDS
from coi.screening.terms import terms_of
from coi.wording import day

ACT = Permission.REGISTERS_BREACH_ACT
_DECIDED = tuple(each for each in Outcome if each.is_a_decision)


@dataclass(frozen=True)
class Late:
    """A decision that an interest concerned which nobody knew of then: with the flag that there would have been, and what came to light."""

    decision: Decision
    item: AgendaItem
    flag: ItemFlag
    what: str


def late_for(interest: Interest, at: datetime) -> list[Late]:
    """Returns the past decisions for which the holder of an interest was in the meeting, which the interest concerned while it was
    running, and of which neither a flag nor a word at the meeting told. The register is taken as known at `at`, each meeting by the rules
    of its own date; no further back than the rules keep records. Rule: DECL-01, BRE-01; RULEBOOK §18, §23 scenario 38."""
    held = held_now(interest)
    found = []
    for meeting, decisions in _past_decisions(interest.person_id, held, at):
        by_item = {each.item_id: each for each in decisions}
        items = _items(by_item)
        said = _said(meeting.id, interest.person_id)
        stood = _stood(by_item, interest.person_id)
        for flag in _flags(meeting, items, interest, at):
            item = next(each for each in items if each.id == flag.item_id)
            if rules.was_known(flag.level, held, stood.get(item.id, ())) or rules.was_said(held, _about(said, item)):
                continue
            decision = by_item[item.id]
            decided = Decided(
                item.position, item.title, meeting.held_on, decision.decided_at, _voted(decision, interest)
            )
            found.append(Late(decision, item, flag, rules.sentence_of(held, decided, flag.path)))
    return found


def declared_since(people: Collection[uuid.UUID], since: datetime) -> list[InterestVersion]:
    """Returns what these people declared, or put right, after an instant, each version of an interest."""
    wanted = (
        sa.select(InterestVersion)
        .join(Interest, Interest.id == InterestVersion.interest_id)
        .where(Interest.person_id.in_(people), InterestVersion.recorded_at > since)
        .order_by(InterestVersion.recorded_at, InterestVersion.id)
    )
    return list(db.session.scalars(wanted))


def held_now(interest: Interest) -> Held:
    """Returns an interest as the register says it now."""
    version = interest.versions[-1]
    known = (each.organisation.name for each in version.organisations if each.organisation)
    return Held(
        interest.id, interest.reference, interest.person.name, version.nature, version.arose_on, version.ended_on,
        version.declared_on, interest.versions[0].recorded_at, version.recorded_at,
        frozenset(each.organisation_id for each in version.organisations if each.organisation_id),
        tuple(dict.fromkeys((*known, *(each.text for each in version.organisations)))),
    )  # fmt: skip


def _past_decisions(person_id: uuid.UUID, held: Held, at: datetime) -> Iterator[tuple[Meeting, list[Decision]]]:
    """The decisions, meeting by meeting, for which somebody was there while an interest was running."""
    if held.arose_on is None:
        return
    was_there = sa.exists().where(Presence.meeting_id == Meeting.id, Presence.person_id == person_id)
    rows = db.session.execute(
        sa.select(Decision, Meeting)
        .join(AgendaItem, AgendaItem.id == Decision.item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .options(joinedload(Decision.snapshot))
        .where(Decision.outcome.in_(_DECIDED), Meeting.held_on >= held.arose_on, Decision.decided_at < at, was_there)
        .order_by(Meeting.held_on, Meeting.id, AgendaItem.position, Decision.decided_at.desc())
    )
    today = clock.local(at).date()
    for meeting, group in groupby(rows, key=lambda row: row.Meeting):
        years = policy_queries.rules_of(meeting.body_id, today).private_retention_years
        is_kept = years is None or meeting.held_on >= clock.months_after(today, -12 * years)
        decisions = [row.Decision for row in group if _was_in(row.Decision, person_id)]
        if decisions and is_kept and rules.was_running(held.arose_on, held.ended_on, meeting.held_on):
            yield meeting, decisions


def _was_in(decision: Decision, person_id: uuid.UUID) -> bool:
    return decision.snapshot is not None and str(person_id) in decision.snapshot.present


def _items(ids: Collection[uuid.UUID]) -> list[AgendaItem]:
    wanted = sa.select(AgendaItem).where(AgendaItem.id.in_(ids)).options(selectinload(AgendaItem.affected))
    return list(db.session.scalars(wanted.order_by(AgendaItem.position)))


def _flags(meeting: Meeting, items: list[AgendaItem], interest: Interest, at: datetime) -> list[ItemFlag]:
    """The strongest flag on each item that an interest would have led to."""
    its_rules = rules_of(meeting)
    terms = terms_of(its_rules)
    before, bidders = origins_of(items, at), bidders_before(items)
    person = Standing(interest.person_id, interest.person.name)
    facts = screening_facts(meeting, items, [person], terms, at, before, bidders)
    own = [each for each in screened(facts, items, its_rules, terms).flags if each.interest_id == interest.id]
    strongest = {each.item_id: each for each in sorted(own, key=lambda each: each.level, reverse=True)}
    return [strongest[item.id] for item in items if item.id in strongest]


def _stood(item_ids: Collection[uuid.UUID], person_id: uuid.UUID) -> dict[uuid.UUID, list[Stood]]:
    """The flags on somebody when items were decided, those that somebody had dismissed too."""
    rows = db.session.execute(
        sa.select(
            ConflictFlag.id, ConflictFlag.item_id, ConflictFlag.level, ConflictFlag.state, InterestVersion.interest_id,
            InterestOrganisation.organisation_id,
        )
        .outerjoin(InterestVersion, InterestVersion.id == ConflictFlag.interest_version_id)
        .outerjoin(InterestOrganisation, InterestOrganisation.version_id == InterestVersion.id)
        .where(ConflictFlag.item_id.in_(item_ids), ConflictFlag.person_id == person_id, ConflictFlag.frozen_at.is_not(None))
        .order_by(ConflictFlag.item_id, ConflictFlag.id)
    )  # fmt: skip
    found: dict[uuid.UUID, list[Stood]] = {}
    for _, group in groupby(rows, key=lambda row: row.id):
        own = list(group)
        organisations = frozenset(row.organisation_id for row in own if row.organisation_id)
        is_dismissed = own[0].state is FlagState.DISMISSED
        stood = Stood(own[0].level, own[0].interest_id, organisations, is_dismissed)
        found.setdefault(own[0].item_id, []).append(stood)
    return found


def _said(meeting_id: uuid.UUID, person_id: uuid.UUID) -> list[MeetingDeclaration]:
    return [
        row for row in declarations_at(meeting_id)
        if row.person_id == person_id and row.point is not DeclaredPoint.NOT_DECLARED and not row.has_nothing
    ]  # fmt: skip


def _about(said: list[MeetingDeclaration], item: AgendaItem) -> list[Said]:
    return [Said(row.text, row.interest_id, row.item_id == item.id) for row in said if row.item_id in (None, item.id)]


def _voted(decision: Decision, interest: Interest) -> bool:
    wanted = sa.select(Vote.id).where(
        Vote.decision_id == decision.id, Vote.person_id == interest.person_id, Vote.struck_at.is_(None)
    )
    return db.session.scalar(wanted) is not None


def what_changed(known: PossibleBreachInterest, interest: Interest, flag: ItemFlag) -> str:
    """Returns in words what the register says of an interest now and did not when a possible breach was found, or an empty text."""
    before = db.session.get_one(InterestVersion, known.interest_version_id)
    now = interest.versions[-1]
    if before is now:
        return ""
    return rules.what_changed(_resting(before, known.level, known.path), _resting(now, flag.level, flag.path))


def _resting(version: InterestVersion, level: str, path: Sequence[str]) -> Resting:
    since = day(version.arose_on) if version.arose_on else ""
    return Resting(ROLE_WORDS[version.role], version.nature, since, LEVEL_WORDS.get(level, level), " → ".join(path))


def possible_for(item_id: uuid.UUID, person_id: uuid.UUID) -> PossibleBreach | None:
    """Returns the possible breach of a person on an item; None where there is none yet."""
    wanted = sa.select(PossibleBreach).where(PossibleBreach.item_id == item_id, PossibleBreach.person_id == person_id)
    return db.session.scalar(wanted)


def seen_by(
    actor: Actor, body_id: uuid.UUID, on: date, *, ids: Collection[uuid.UUID] | None = None
) -> list[PossibleBreach]:
    """Returns the possible breaches of a body that `actor` judges, those that wait first, then the newest: none about themself, and none
    on an item of which a ruling keeps the record from them. Rule: BRE-01, MTG-03."""
    if actor.person_id is None or not allows(actor, ACT, body_id):
        return []
    wanted = sa.select(PossibleBreach).where(PossibleBreach.body_id == body_id)
    if ids is not None:
        wanted = wanted.where(PossibleBreach.id.in_(ids))
    rows = db.session.scalars(
        wanted.options(
            selectinload(PossibleBreach.interests), joinedload(PossibleBreach.item).joinedload(AgendaItem.meeting)
        ).order_by(PossibleBreach.found_at.desc(), PossibleBreach.id)
    ).all()
    office = breaches.office_of(body_id, on) if rows else Office()
    own = _to_judge(actor, body_id, office, [(row.id, row.item_id, row.person_id) for row in rows])
    return sorted((row for row in rows if row.id in own), key=lambda row: row.state is not Judgement.OPEN)


def number_to_judge(actor: Actor, body_id: uuid.UUID, office: Office) -> int:
    """Returns how many possible breaches wait for `actor`. `office` says who can act on suspected breaches that day."""
    rows = db.session.execute(
        sa.select(PossibleBreach.id, PossibleBreach.item_id, PossibleBreach.person_id).where(
            PossibleBreach.body_id == body_id, PossibleBreach.state == Judgement.OPEN
        )
    )
    return len(_to_judge(actor, body_id, office, [(row[0], row[1], row[2]) for row in rows]))


def _to_judge(
    actor: Actor, body_id: uuid.UUID, office: Office, rows: list[tuple[uuid.UUID, uuid.UUID, uuid.UUID]]
) -> set[uuid.UUID]:
    """Which of these possible breaches, with item and person, are for `actor`."""
    if not rows:
        return set()
    kept, leads = records_kept_from(actor), _is_lead(actor, body_id)
    return {
        each for each, item_id, about in rows
        if item_id not in kept and rules.may_judge(actor.person_id, office, about, is_lead=leads)
    }  # fmt: skip


def _is_lead(actor: Actor, body_id: uuid.UUID) -> bool:
    return any(
        grant.role is Role.GOVERNANCE_LEAD and grant.body_id == body_id and grant.committee_id is None
        for grant in actor.grants
    )


def possible_to_judge(possible_id: uuid.UUID, actor: Actor, body_id: uuid.UUID, on: date) -> PossibleBreach:
    """Returns a possible breach that `actor` judges. Raises NotFound alike where there is none and where it is kept from them."""
    found = seen_by(actor, body_id, on, ids=[possible_id])
    if not found:
        raise NotFound("There is no such record")
    return found[0]
