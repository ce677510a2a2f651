"""Reporting a suspected breach, in confidence or by what happened in the product, and coming back to a report. One use case, one
ledger entry, which never says who reported."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable
from datetime import date, datetime

from coi import clock
from coi.accounts import commands as accounts
from coi.accounts.queries import account_of_person
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import RuleBroken
from coi.jobs.commands import enqueue
from coi.notifications.commands import queue_message
from coi.permissions.vocabulary import NOBODY, Actor
from coi.registers.breaches import naming_queries, queries, rules
from coi.registers.breaches.models import Breach, BreachMessage, BreachPerson, BreachReport
from coi.registers.breaches.vocabulary import (
    BreachKind,
    BreachSource,
    BreachState,
    Codes,
    Office,
    Part,
    ReportDetails,
    Sender,
    Suspicion,
)
from coi.wording import moment

OPEN, CORRECTED = "breaches.open", "breaches.ground_corrected"
_SUBJECT = "Something waits for you in coi"
_TEXT = "Something waits for you in coi. Sign in to read it:\n{url}\n\nThis mail says no more on purpose."
_MESSAGES = 50
_LETTERS = 5


def report_breach(body_id: uuid.UUID, details: ReportDetails, codes: Codes, *, site: str, at: datetime) -> BreachReport:
    """Takes a report in confidence. Nobody is its actor: neither the ledger nor anything else says who sent it, but for what they
    chose to say of themselves, which only whoever acts reads. Sent twice with one form, it is stored once.

    Rule: BRE-01; RULEBOOK §18 (anyone may report, confidentiality)."""
    there = queries.report_by_codes(body_id, codes.reference, _hash(codes.code))
    if there is not None:
        return there
    office, named = _office_named(body_id, f"{details.what} {details.who}", at)
    breach = new_breach(body_id, BreachSource.REPORT, BreachKind.OTHER, "", at)  # the words stay with the report
    breach.is_about_guardian = details.is_about_guardian or bool(named & office.guardians)
    name_people(breach, named | (office.guardians if breach.is_about_guardian else frozenset()), at)
    salt = secrets.token_hex(16)
    code = _hash(codes.code)
    digest = rules.digest_of_reporter(details.name, details.contact, salt, codes.reference, code)
    report = BreachReport(
        id=uuid.uuid4(), breach=breach, reference=codes.reference, code_hash=code, reporter_name=details.name,
        reporter_contact=details.contact, reporter_salt=salt, reporter_digest=digest, what=details.what,
        happened=details.happened, who=details.who, how_known=details.how_known, received_at=at,
    )  # fmt: skip
    db.session.add(report)
    db.session.flush()
    log.record(Event.BREACH_REPORTED, subject=breach, actor=NOBODY, at=at, body_id=body_id)
    _tell(breach, f"breach:{breach.id}", site, at)
    return report


def add_message(
    report: BreachReport, sender: Sender, text: str, *, actor: Actor, site: str, at: datetime, key: str = ""
) -> BreachMessage:
    """Adds a question to the reporter, or an answer of theirs. The reporter's entry has no actor. Sent twice with one
    `key`, it is one message. Raises RuleBroken for an empty one,
    and where there are very many. Rule: BRE-01; RULEBOOK §18."""
    if not text.strip():
        raise RuleBroken("Enter your message", field="text", rule="BRE-01")
    message_id = uuid.uuid5(report.id, key) if key else uuid.uuid4()
    there = next((each for each in report.messages if each.id == message_id), None)
    if there is not None:
        return there
    if len(report.messages) >= _MESSAGES:
        raise RuleBroken("There are too many messages here to add another", field="text", rule="BRE-01")
    message = BreachMessage(
        id=message_id, report=report, number=len(report.messages) + 1, sender=sender, text=text.strip(), sent_at=at
    )
    db.session.add(message)
    db.session.flush()
    by = NOBODY if sender is Sender.REPORTER else actor
    log.record(Event.BREACH_MESSAGE_SENT, subject=report.breach, actor=by, at=at, body_id=report.breach.body_id)
    if sender is Sender.REPORTER:
        _tell(report.breach, f"breach-message:{message.id}", site, at)
    return message


def open_suspected_breach(
    suspicion: Suspicion, body_id: uuid.UUID, *, actor: Actor, at: datetime, site: str = "", is_again: bool = False
) -> Breach:
    """Opens a suspected breach from something that happened, and waits for the Guardian. The same thing opens it once, however often
    it is asked for; one whose ground was said to be corrected waits again, as its ground stands after all. `is_again`: it was in order
    meanwhile; a breach that was closed by then is open again, until somebody has looked. Rule: BRE-01; DESIGN §1 (an irregular decision
    opens a possible breach)."""
    there = queries.opened_from(suspicion.subject_table, suspicion.subject_id)
    if there is not None:
        if is_again and there.closed_at is not None and there.disposed_at is None:
            _open_again(there, actor, site, at)
        elif there.ground_corrected and there.state is not BreachState.CLOSED:
            _let_wait_again(there, suspicion, actor, site, at)
        return there
    breach = new_breach(body_id, suspicion.source, suspicion.kind, suspicion.what, at)
    breach.subject_table, breach.subject_id = suspicion.subject_table, suspicion.subject_id
    breach.happened_on = suspicion.happened_on
    name_people(breach, suspicion.people, at)
    db.session.flush()
    log.record(Event.BREACH_OPENED, subject=breach, actor=actor, at=at, body_id=body_id)
    _tell(breach, f"breach:{breach.id}", site, at)
    return breach


def _open_again(breach: Breach, actor: Actor, site: str, at: datetime) -> None:
    """Whoever closed it may have done so since nothing stood against the decision any more. What was concluded, and when, stays on the
    record until it is closed anew."""
    said = f"It was corrected again: what this rests on stands after all. Open again since {moment(at)}."
    breach.ground_corrected = f"{breach.ground_corrected}\n{said}".strip()
    breach.state = BreachState.INVESTIGATING
    log.record(Event.BREACH_OPENED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    _tell(breach, f"breach:{breach.id}:{at}", site, at)


def _let_wait_again(breach: Breach, suspicion: Suspicion, actor: Actor, site: str, at: datetime) -> None:
    """What it rests on was corrected, and corrected back. The ledger keeps what was said meanwhile."""
    breach.ground_corrected = ""
    if breach.state is BreachState.REPORTED:
        breach.what = suspicion.what
    log.record(Event.BREACH_OPENED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    _tell(breach, f"breach:{breach.id}:{at}", site, at)


def ask_to_open(
    source: BreachSource,
    subject_id: uuid.UUID,
    people: Iterable[uuid.UUID] = (),
    *,
    actor: Actor,
    at: datetime,
    is_again: bool = False,
) -> None:
    """Asks, in the transaction of what happened, that a suspected breach is opened from it. Rooms above and beside this one call it;
    the job reads the facts when it runs. `is_again`: the same thing may have been asked about before, and was in order meanwhile.
    Rule: BRE-01."""
    payload = {
        "source": source.value,
        "subject": str(subject_id),
        "people": [str(each) for each in people],
        "again": is_again,
    }
    key = f"{key_of_opening(subject_id)}:{at}" if is_again else key_of_opening(subject_id)
    enqueue(OPEN, payload, actor=actor, at=at, unique_key=key, runs_once=True)


def key_of_opening(subject_id: uuid.UUID) -> str:
    """Returns the key of the job that opens a suspected breach from something."""
    return f"{OPEN}:{subject_id}"


def ask_to_note_correction(subject_id: uuid.UUID, said: str, *, actor: Actor, at: datetime) -> None:
    """Asks, in the transaction of a correction, that the suspected breach which was opened from it says so: what it rests on was corrected.
    Nothing is closed by that. Rule: BRE-01."""
    enqueue(
        CORRECTED,
        {"subject": str(subject_id), "said": said},
        actor=actor,
        at=at,
        unique_key=f"{key_of_correction(subject_id)}{at}",
    )


def key_of_correction(subject_id: uuid.UUID) -> str:
    """Returns how the key of a job begins that says what something was corrected to."""
    return f"{CORRECTED}:{subject_id}:"


def note_corrected_ground(subject_id: uuid.UUID, said: str, *, actor: Actor, at: datetime) -> Breach | None:
    """Says on the suspected breach that was opened from something that this was corrected since, for the Guardian to close it; none is
    closed by itself, and one that is closed stays as it is. Returns it, None where none waits. Rule: BRE-01; DESIGN §1."""
    breach = queries.opened_from_any(subject_id)
    if breach is None or breach.state is BreachState.CLOSED or said in breach.ground_corrected:
        return None
    breach.ground_corrected = f"{breach.ground_corrected}\n{said}".strip()
    log.record(Event.BREACH_GROUND_CORRECTED, subject=breach, actor=actor, at=at, body_id=breach.body_id)
    return breach


def name_people(breach: Breach, people: Iterable[uuid.UUID], at: datetime) -> None:
    """Notes whom a suspected breach is about."""
    for person_id in sorted(set(people) - queries.complained_of(breach)):
        db.session.add(
            BreachPerson(id=uuid.uuid4(), breach=breach, person_id=person_id, part=Part.COMPLAINED_OF, recorded_at=at)
        )


def mark_of(address: str, secret: str, *, at: datetime) -> str:
    """Returns what an address is counted under for a day: a keyed digest, from which nobody can tell who reported. Rule: SEC-THROTTLE."""
    return hmac.new(secret.encode(), f"{clock.local(at).date()} {address}".encode(), hashlib.sha256).hexdigest()[:40]


def check_tries(body_id: uuid.UUID, mark: str, *, at: datetime) -> None:
    """Raises TooManyAttempts where one address sent reports or tried codes too often lately. Rule: SEC-THROTTLE."""
    accounts.check_throttle(f"breach {body_id}", mark, at=at)


def note_try(body_id: uuid.UUID, mark: str, *, at: datetime) -> None:
    """Counts a report, or a wrong code, for a while. Operational: not in the ledger."""
    accounts.note_attempt(f"breach {body_id}", mark, succeeded=False, at=at)


def hash_of_code(code: str) -> str:
    """Returns how a private code is stored."""
    return _hash(code)


def new_breach(body_id: uuid.UUID, source: BreachSource, kind: BreachKind, what: str, at: datetime) -> Breach:
    """Begins the record of a suspected breach under a reference that nobody can count: a number left out in a list would tell of a
    record that is kept from its reader. The caller records what happened. Rule: BRE-01."""
    breach = Breach(
        id=uuid.uuid4(), body_id=body_id, reference=_reference(clock.local(at).date()), source=source,
        state=BreachState.REPORTED, kind=kind, what=what.strip(), opened_at=at, is_about_guardian=False, happened_words="",
        how_found="", ground_corrected="", investigator="", closing_note="",
    )  # fmt: skip
    db.session.add(breach)
    return breach


def _reference(today: date) -> str:
    year = clock.nhs_year(today)
    while True:
        found = f"B/{year}-{(year + 1) % 100:02d}/{''.join(secrets.choice(rules.ALPHABET) for _ in range(_LETTERS))}"
        if queries.is_free(found):
            return found


def _office_named(body_id: uuid.UUID, text: str, at: datetime) -> tuple[Office, frozenset[uuid.UUID]]:
    """Who could act, and those of them, or who would read the record, whom a report names: it is kept from them, until whoever acts
    says that it is not about them."""
    today = clock.local(at).date()
    office = queries.office_of(body_id, today)
    would_read = office.guardians | office.substitutes | queries.readers(body_id, today)
    named = rules.named_in(text, naming_queries.names_known(body_id))
    return office, frozenset(each.person_id for each in named) & would_read


def _tell(breach: Breach, key: str, site: str, at: datetime) -> None:
    """Tells whoever acts by mail that something waits, and no more."""
    for person_id in queries.who_acts_on(breach, clock.local(at).date()):
        account = account_of_person(person_id)
        if account is not None and not account.is_disabled:
            queue_message(account.email, _SUBJECT, _TEXT.format(url=site), at=at, unique_key=f"{key}:{account.id}")


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
