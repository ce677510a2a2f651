"""Handling a suspected breach: assess, note, name people, close, publish without names, state a year. One use case, one ledger entry."""

import uuid
from datetime import date, datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db, next_number
from coi.errors import EditConflict, RuleBroken
from coi.people.models import Person
from coi.permissions.vocabulary import Actor
from coi.registers.breaches import naming_queries, queries, rules
from coi.registers.breaches.models import (
    Breach,
    BreachlessYear,
    BreachNote,
    BreachPerson,
    BreachTwin,
)
from coi.registers.breaches.report_commands import name_people, new_breach
from coi.registers.breaches.vocabulary import (
    KIND_WORDS,
    SEVERITY_WORDS,
    AssessmentDetails,
    BreachSource,
    BreachState,
    Conclusion,
    NoteDetails,
    NoteKind,
    Part,
    TwinDetails,
)
from coi.wording import and_list


def enter_breach(body_id: uuid.UUID, details: AssessmentDetails, *, actor: Actor, at: datetime) -> Breach:
    """Enters a breach that came to light otherwise, for example by audit, and takes it up. Rule: BRE-01."""
    _check_day(details.happened_on, "happened_on", at)
    breach = new_breach(body_id, BreachSource.GUARDIAN, details.kind, details.what, at)
    _fill(breach, details, at)
    db.session.flush()
    log.record(Event.BREACH_OPENED, subject=breach, actor=actor, at=at, body_id=body_id)
    return breach


def assess(breach: Breach, details: AssessmentDetails, *, version: int, actor: Actor, at: datetime) -> Breach:
    """Takes a suspected breach up, or puts its record right: what, when, how found, how grave, who looks into it. Whoever made the
    report is not in it. Rule: BRE-01; RULEBOOK §17.12, §18."""
    _check_open(breach)
    _check_version(breach, version, details)
    _check_day(details.happened_on, "happened_on", at)
    _check_after_report(breach, details)
    _check_untold(
        breach, (details.what, details.happened_words, details.how_found, details.investigator), details.is_checked
    )
    _fill(breach, details, at)
    log.record(Event.BREACH_ASSESSED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    return breach


def add_note(breach: Breach, details: NoteDetails, *, actor: Actor, at: datetime) -> BreachNote:
    """Adds a line to the private record: a step, a finding, whether the decision stands, who was informed, an action,
    a sanction, a lesson. None is changed later.
    Rule: BRE-01; RULEBOOK §18."""
    _check_open(breach)
    if not details.text.strip() and details.kind is not NoteKind.INFORMED:
        raise RuleBroken("Enter what the record is to say", field="text", rule="BRE-01")
    if details.kind is NoteKind.INFORMED and details.party is None:
        raise RuleBroken("Select who was informed", field="party", rule="BRE-01")
    _check_day(details.on, "on", at)
    _check_untold(breach, (details.text,), details.is_checked)
    note = BreachNote(
        id=uuid.uuid4(), breach=breach, number=queries.next_note_number(breach.id), kind=details.kind,
        party=details.party if details.kind is NoteKind.INFORMED else None, text=details.text.strip(), happened_on=details.on,
        recorded_at=at, recorded_by=actor.person_id,
    )  # fmt: skip
    db.session.add(note)
    db.session.flush()
    log.record(Event.BREACH_NOTED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    return note


def name_person(breach: Breach, person: Person, part: Part, *, actor: Actor, at: datetime) -> BreachPerson:
    """Notes whom a suspected breach is about, or who may know. Those it is about see nothing of it from then on, the actor too.
    Rule: BRE-01; RULEBOOK §18."""
    if any(each.person_id == person.id for each in breach.people):
        raise RuleBroken(f"{person.name} is named already", field="person_id", rule="BRE-01")
    named = BreachPerson(id=uuid.uuid4(), breach=breach, person_id=person.id, person=person, part=part, recorded_at=at)
    db.session.add(named)
    db.session.flush()
    log.record(Event.BREACH_PERSON_NAMED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    return named


def remove_person(named: BreachPerson, *, actor: Actor, at: datetime) -> BreachPerson:
    """Notes that somebody was named in error. Raises RuleBroken once the record is closed: those it is about learn nothing of it then
    either. Rule: BRE-01."""
    _check_open(named.breach)
    named.removed_at = at
    db.session.flush()
    log.record(Event.BREACH_PERSON_REMOVED, subject=named.breach, actor=actor, at=at, body_id=named.breach.body_id)
    return named


def pass_on(breach: Breach, *, is_about_guardian: bool, actor: Actor, at: datetime) -> Breach:
    """Says that a suspected breach is about the Guardian, so that whoever is named in their place acts, or that it is not. Who the
    Guardian is, is written down: it stays kept from them, whoever is Guardian later. Raises RuleBroken where nothing changes, and once
    the record is closed. Rule: BRE-01."""
    _check_open(breach)
    if breach.is_about_guardian is is_about_guardian:
        raise RuleBroken("Nothing changes", rule="BRE-01")
    breach.is_about_guardian = is_about_guardian
    if is_about_guardian:
        name_people(breach, queries.office_of(breach.body_id, clock.local(at).date()).guardians, at)
    else:
        _take_guardians_out(breach, at)
    db.session.flush()
    log.record(Event.BREACH_PASSED_ON, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    return breach


def close(
    breach: Breach,
    conclusion: Conclusion,
    note: str,
    *,
    version: int,
    is_checked: bool = False,
    actor: Actor,
    at: datetime,
) -> Breach:
    """Closes a breach with its conclusion. What the guidance expects and the record lacks has to be explained.
    Rule: BRE-01; RULEBOOK §18; DESIGN §1."""
    _check_open(breach)
    _check_version(breach, version, None)
    if breach.state is BreachState.REPORTED:
        raise RuleBroken("Take it up first: say what happened and how grave it is", rule="BRE-01")
    breach.conclusion = conclusion
    missing = rules.missing_before_closing(queries.facts_of(breach))
    if missing and not note.strip():
        raise RuleBroken(
            f"The record does not say {'; '.join(missing)}. Add it, or enter why it is closed without", field="note", rule="BRE-01"
        )  # fmt: skip
    _check_untold(breach, (note,), is_checked)
    breach.state, breach.closed_at, breach.closing_note = BreachState.CLOSED, at, note.strip()
    log.record(Event.BREACH_CLOSED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    return breach


def write_twin(breach: Breach, details: TwinDetails, *, actor: Actor, at: datetime) -> BreachTwin:
    """Keeps what the public will read of a breach from a day on. Raises RuleBroken where the name of somebody at the body, of an
    organisation that one of them declared, or of whoever reported it seems to occur and nobody said that it was checked.

    Rule: BRE-01; RULEBOOK §17.12, §18 (anonymised publication for learning)."""
    if breach.state is not BreachState.CLOSED or breach.conclusion is not Conclusion.BREACH:
        raise RuleBroken("Close the record first, with the conclusion that there was a breach", rule="BRE-01")
    if any(each.withdrawn_at is None for each in breach.twins):
        raise RuleBroken(
            "There is a text for the public already", rule="BRE-01", options=("withdraw it, and write a better one",)
        )
    text = _words_of(details)
    named = [each.name for each in rules.named_in(text, naming_queries.names_known(breach.body_id))]
    named += rules.organisations_in(text, naming_queries.organisations_declared(breach.body_id))
    named += _reporters_in(breach, text)
    if named and not details.is_checked:
        raise RuleBroken(
            f"The text seems to name {and_list(named)}. Take the name out, or say below that nobody can be recognised",
            field="is_checked", rule="BRE-01",
        )  # fmt: skip
    today = clock.local(at).date()
    twin = BreachTwin(
        id=uuid.uuid4(), breach=breach, body_id=breach.body_id, reference=_twin_reference(today),
        year=clock.nhs_year(breach.happened_on or clock.local(breach.opened_at).date()), event=details.event,
        nature=details.nature, control=details.control, investigation=details.investigation, learning=details.learning,
        actions=details.actions, publish_on=details.publish_on, names_kept=bool(named), written_by=actor.person_id,
        recorded_at=at,
    )  # fmt: skip
    db.session.add(twin)
    db.session.flush()
    log.record(Event.BREACH_TWIN_WRITTEN, subject=twin, actor=actor, at=at, body_id=breach.body_id)
    return twin


def withdraw_twin(twin: BreachTwin, because: str, *, actor: Actor, at: datetime) -> BreachTwin:
    """Takes a text back from the public, wherever it was published. Rule: BRE-01."""
    if twin.withdrawn_at is not None:
        raise RuleBroken("This text is withdrawn already", rule="BRE-01")
    if not because.strip():
        raise RuleBroken("Enter why it is withdrawn", field="because", rule="BRE-01")
    twin.withdrawn_at, twin.withdrawn_because = at, because.strip()
    log.record(Event.BREACH_TWIN_WITHDRAWN, subject=twin, actor=actor, at=at, body_id=twin.body_id)
    return twin


def state_no_breaches(body_id: uuid.UUID, year: int, *, actor: Actor, at: datetime) -> BreachlessYear:
    """States that a year had no breaches. Raises RuleBroken while the year lasts, twice, and where the actor knows of one.
    Rule: BRE-01; RULEBOOK §18 (years with "No breaches" are published)."""
    today = clock.local(at).date()
    words = rules.year_words(year)
    if year >= clock.nhs_year(today):
        raise RuleBroken(f"The year {words} is not over yet", field="year", rule="BRE-01")
    if any(each.year == year for each in queries.breachless_years(body_id)):
        raise RuleBroken(f"It is stated already for {words}", field="year", rule="BRE-01")
    for seen in queries.seen_by(actor, body_id, today):
        on = seen.breach.happened_on or clock.local(seen.breach.opened_at).date()
        is_none = seen.breach.state is BreachState.CLOSED and seen.breach.conclusion is not Conclusion.BREACH
        if clock.nhs_year(on) == year and not is_none:
            raise RuleBroken(f"{seen.breach.reference} is of {words}", field="year", rule="BRE-01")
    prefix = f"BN/{year}-{(year + 1) % 100:02d}/"
    statement = BreachlessYear(
        id=uuid.uuid4(), body_id=body_id, year=year, stated_by=actor.person_id, stated_at=at,
        reference=f"{prefix}{next_number(BreachlessYear.reference, prefix):02d}",
    )  # fmt: skip
    db.session.add(statement)
    db.session.flush()
    log.record(Event.BREACHLESS_YEAR_STATED, subject=statement, actor=actor, at=at, body_id=body_id)
    return statement


def withdraw_statement(statement: BreachlessYear, *, actor: Actor, at: datetime) -> BreachlessYear:
    """Takes back that a year had no breaches."""
    statement.withdrawn_at = at
    log.record(Event.BREACHLESS_YEAR_WITHDRAWN, subject=statement, actor=actor, at=at, body_id=statement.body_id)
    return statement


def _take_guardians_out(breach: Breach, at: datetime) -> None:
    """Of those it is about, takes out whoever was Guardian when it was opened, when they were named, or is now."""
    named = [each for each in breach.people if each.part is Part.COMPLAINED_OF]
    days = {clock.local(moment).date() for moment in (breach.opened_at, at, *(each.recorded_at for each in named))}
    guardians = frozenset[uuid.UUID]().union(*(queries.office_of(breach.body_id, day).guardians for day in days))
    for each in named:
        if each.person_id in guardians:
            each.removed_at = at


def _fill(breach: Breach, details: AssessmentDetails, at: datetime) -> None:
    breach.kind, breach.what, breach.how_found = details.kind, details.what, details.how_found
    breach.happened_on, breach.happened_words = details.happened_on, details.happened_words
    breach.severity, breach.is_material, breach.investigator = (
        details.severity,
        details.is_material,
        details.investigator,
    )
    breach.state, breach.taken_up_at = BreachState.INVESTIGATING, breach.taken_up_at or at


def _check_day(on: date | None, field: str, at: datetime) -> None:
    if on is not None and on > clock.local(at).date():
        raise RuleBroken("Enter a day that has passed", field=field, rule="BRE-01")


def _check_after_report(breach: Breach, details: AssessmentDetails) -> None:
    """What was reported had happened by then, or somebody says in words how it was that it had not."""
    opened_on = clock.local(breach.opened_at).date()
    if details.happened_on and details.happened_on > opened_on and not details.happened_words.strip():
        raise RuleBroken(
            f"It was reported on {opened_on.day} {opened_on:%B %Y}, before this day. If it happened later, say under “When, in words” how "
            "it was known before",
            field="happened_on",
            rule="BRE-01",
        )


def _twin_reference(today: date) -> str:
    year = clock.nhs_year(today)
    prefix = f"BR/{year}-{(year + 1) % 100:02d}/"
    return f"{prefix}{next_number(BreachTwin.reference, prefix):02d}"


def _words_of(details: TwinDetails) -> str:
    return "\n".join(
        (details.event, details.nature, details.control, details.investigation, details.learning, details.actions)
    )


def _check_untold(breach: Breach, said: tuple[str, ...], is_checked: bool) -> None:
    """Others read the record: a line that seems to say who reported it is only kept where somebody has looked at that."""
    if (told := _reporters_in(breach, "\n".join(said))) and not is_checked:
        raise RuleBroken(
            f"The text seems to say who reported it: {and_list(told)}. Others read this record. Take it out, or say below that nobody can "
            "tell",
            field="is_checked",
            rule="BRE-01",
        )


def _reporters_in(breach: Breach, text: str) -> list[str]:
    found = [rules.reporter_in(text, each.reporter_name, each.reporter_contact) for each in breach.reports]
    return [each for each in dict.fromkeys(found) if each]


def _check_open(breach: Breach) -> None:
    if breach.state is BreachState.CLOSED:
        raise RuleBroken("This record is closed", rule="BRE-01")


def _check_version(breach: Breach, version: int, details: AssessmentDetails | None) -> None:
    if breach.version == version:
        return
    theirs = {"What happened": breach.what, "Kind": KIND_WORDS[breach.kind]}
    if breach.severity is not None:
        theirs["Severity"] = SEVERITY_WORDS[breach.severity]
    yours = {"What happened": details.what, "Kind": KIND_WORDS[details.kind]} if details else {}
    raise EditConflict(f"Record {breach.reference}", theirs=theirs, yours=yours)
