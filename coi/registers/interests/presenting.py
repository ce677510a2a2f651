"""What the pages show of interests: a card for each in a list, and one interest with its whole history."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coi import clock
from coi.guidance.vocabulary import Rulebook
from coi.organisations.policy_queries import rulebook_of
from coi.people.queries import persons
from coi.registers.interests import queries
from coi.registers.interests.columns import described
from coi.registers.interests.ending import Ending
from coi.registers.interests.ending_queries import ending, told_of
from coi.registers.interests.history import Happening, history_of
from coi.registers.interests.leaver_queries import last_day_at, versions_here
from coi.registers.interests.lifecycle import LifeFacts, LifeStage, life_of
from coi.registers.interests.models import Interest, InterestVersion, RedactionRequest
from coi.registers.interests.people_queries import bound_since
from coi.registers.interests.public_queries import editions_with, periods_on
from coi.registers.interests.redaction import decisions_at, state_at
from coi.registers.interests.register_queries import late_by
from coi.registers.interests.sitting import Line, Sitting
from coi.registers.interests.vocabulary import REDACTION_WORDS, DeclaredOn, RedactionState, Still
from coi.registers.interests.wording import day, lines_of, organisations_in


@dataclass(frozen=True)
class NamedCard:
    """An organisation of an interest: the declarant's words, and what they were matched to (empty: unmatched)."""

    position: int
    text: str
    matched: str
    code: str


@dataclass(frozen=True)
class Card:
    """An interest in a list: its lines, and what is the matter with it."""

    id: uuid.UUID
    reference: str
    number: int
    organisation: str
    named: tuple[NamedCard, ...]
    lines: dict[str, str]
    described: str
    status: str
    mitigation: str
    ended_on: date | None
    declared: DeclaredOn
    late: str
    privacy: str
    disposed_on: date | None = None


@dataclass(frozen=True)
class RequestHere:
    """A request not to publish an interest, as it stands at a body; `is_restricted`: this body keeps it from the public."""

    id: uuid.UUID
    state: RedactionState
    reason: str
    decision_reason: str
    is_restricted: bool


@dataclass(frozen=True)
class ShownInterest:
    """One interest as known at an instant, who agreed its mitigation, the request not to publish it, and its history."""

    card: Card
    person_id: uuid.UUID
    name: str
    agreed_by: str
    agreed_on: date | None
    redaction: RequestHere | None
    history: tuple[Happening, ...]
    life: tuple[LifeStage, ...]
    left_on: date | None = None  # the last day at the body of somebody who has left it


def cards_of(versions: Sequence[InterestVersion], body_id: uuid.UUID) -> list[Card]:
    """Returns a card for each of these versions, in a few queries for all of them, judged by the rules of a body."""
    ids = [each.interest_id for each in versions]
    first, redactions = queries.first_declared(ids), queries.redactions_of(ids)
    bound, rulebook = bound_since({each.interest.person_id for each in versions}), rulebook_of(body_id)
    return [
        _card(
            each,
            first[each.interest_id],
            _here(redactions.get(each.interest_id), body_id),
            bound.get(each.interest.person_id),
            rulebook,
        )
        for each in versions
    ]


@dataclass(frozen=True)
class ToldLine:
    """A line of the register as it was answered for: its number, which interest, what was said of it."""

    number: int
    organisation: str
    said: str


def told_lines(sitting: Sitting, person_id: uuid.UUID, instant: datetime) -> list[ToldLine]:
    """Returns what a sitting says of the lines of the register, in their order; nothing where it is no confirmation."""
    if not sitting.is_confirming:
        return []
    named = {str(each.interest_id): organisations_in(each) for each in queries.standing_of(person_id, instant)}
    return [
        ToldLine(number, named.get(line.interest_id, ""), _said(line))
        for number, line in enumerate(sitting.lines, start=1)
    ]


def _said(line: Line) -> str:
    if line.still == Still.ENDED and line.ended_on:
        return f"Ended on {day(date.fromisoformat(line.ended_on))}"
    return (
        {Still.RIGHT: "Still right", Still.CHANGED: "Changed"}.get(Still(line.still), "")
        if line.still
        else "Not answered"
    )


def shown_interest(
    interest: Interest, instant: datetime, body_id: uuid.UUID, versions: Sequence[InterestVersion] | None = None
) -> ShownInterest:
    """Returns an interest as it was known at an instant, with what happened to it until then, judged by the rules of a body.
    `versions`: those that a reader may see, where they are not what the body may read."""
    if versions is None:
        versions = versions_here(interest, body_id, clock.local(instant).date(), instant=instant)
    stands = versions[-1]
    asked = queries.redactions_of([interest.id]).get(interest.id)
    redaction = _here(asked, body_id) if asked and asked.requested_at <= instant else None
    names = queries.names_of_accounts({each.recorded_by for each in versions if each.recorded_by})
    agreed_by = stands.mitigation_agreed_by
    bound_on, rulebook = bound_since([interest.person_id]).get(interest.person_id), rulebook_of(body_id)
    ended = ending(stands.ended_on, told_of(versions), bound_on, rulebook)
    left_on = last_day_at(interest.person_id, body_id, clock.local(instant).date(), instant=instant)
    return ShownInterest(
        card=_card(stands, versions[0].declared, redaction, bound_on, rulebook, ended),
        person_id=interest.person_id, name=interest.person.name,
        agreed_by=persons([agreed_by])[agreed_by].name if agreed_by else "", agreed_on=stands.mitigation_agreed_on,
        redaction=redaction, history=history_of(versions, names), left_on=left_on,
        life=_life(versions, redaction, instant, rulebook, body_id, left_on),
    )  # fmt: skip


def _here(asked: RedactionRequest | None, body_id: uuid.UUID) -> RequestHere | None:
    if asked is None:
        return None
    decided = decisions_at(asked, body_id)
    because = decided[-1].reason if decided else asked.decision_reason if not asked.decisions else ""
    state = state_at(asked, body_id)
    return RequestHere(asked.id, state, asked.reason, because, state is not RedactionState.REFUSED)


def _life(
    versions: Sequence[InterestVersion],
    redaction: RequestHere | None,
    instant: datetime,
    rulebook: Rulebook,
    body_id: uuid.UUID,
    left_on: date | None,
) -> tuple[LifeStage, ...]:
    stands, on = versions[-1], clock.local(instant).date()
    over_on = min((day for day in (stands.ended_on, left_on) if day), default=on)
    return life_of(
        LifeFacts(
            declared=versions[0].declared, recorded_on=clock.local(versions[0].recorded_at).date(),
            agreed_on=stands.mitigation_agreed_on, ended_on=stands.ended_on, redaction=redaction.state if redaction else None,
            on=on, periods=periods_on(over_on, rulebook), end_told_on=told_of(versions),
            editions=editions_with(body_id, stands.interest.reference, instant), left_on=left_on,
        )
    )  # fmt: skip


def _card(
    version: InterestVersion,
    first: DeclaredOn,
    redaction: RequestHere | None,
    bound_on: date | None,
    rulebook: Rulebook,
    ended: Ending | None = None,
) -> Card:
    late = late_by(
        version.arose_on, version.aware_on, first.day, bound_on, rulebook=rulebook, or_before=first.or_before
    )
    lines, disposed_at = lines_of(version), version.interest.disposed_at
    if disposed_at:
        lines = {name: lines[name] for name in ("Organisation", "Kind of interest", "Started", "Ended", "Became aware")}
    named = tuple(
        NamedCard(each.position, each.text, matched.name if matched else "", (matched.code or "") if matched else "")
        for each in version.organisations
        for matched in (each.organisation,)
    )
    return Card(
        id=version.interest_id, reference=version.interest.reference, number=version.number, organisation=lines.pop("Organisation"),
        named=named, lines=lines, described="" if disposed_at else described(version.nature, version.role, is_in_one=bool(named)),
        status=version.status.value, mitigation=version.mitigation, ended_on=version.ended_on,
        declared=first, late=". ".join(filter(None, (late.sentence, ended.late_words if ended else ""))),
        privacy=REDACTION_WORDS[redaction.state] if redaction else "",
        disposed_on=clock.local(disposed_at).date() if disposed_at else None,
    )  # fmt: skip
