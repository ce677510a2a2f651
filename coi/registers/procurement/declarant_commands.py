"""Asking bidders and those who evaluate, moderate or advise to declare, taking their declarations by link, dealing with what they declare.
One use case, one ledger entry."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from coi import clock
from coi.accounts import single_use
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, RuleBroken
from coi.notifications.commands import cancel_messages, forget_secrets, queue_message
from coi.organisations.models import Body
from coi.permissions.vocabulary import Actor
from coi.registers.procurement import declarant_queries, queries
from coi.registers.procurement.commands import Change, add_version
from coi.registers.procurement.declared_vocabulary import (
    AskedDetails,
    LinkDeclaration,
    Measure,
    MeasureDetails,
    secret_of_link,
)
from coi.registers.procurement.declaring import action_line, check_bids, interest_words, with_line, without_line
from coi.registers.procurement.models import (
    ProcurementDecision,
    ProcurementDeclarant,
    ProcurementDeclaration,
    ProcurementLink,
    ProcurementMeasure,
)
from coi.registers.procurement.vocabulary import NONE_FOUND, SIDE_WORDS, DecisionDetails, Side
from coi.wording import day, moment

PATH = "/declare-for-procurement/"
LASTS = timedelta(days=21)
USED = "This link was used already. What it declared is kept with the procurement"
_TEXT = """Dear {name},

{body} asks you to declare interests for the procurement “{title}”{as_what}.

You do not need an account:
{url}

The link works until you have sent the declaration, and no longer than {until}.
Opening it changes nothing. If you did not expect this mail, write to {contact}."""


def ask_to_declare(
    row: ProcurementDecision, details: AskedDetails, body: Body, *, site: str, actor: Actor, at: datetime
) -> ProcurementDeclarant:
    """Asks somebody to declare for a procurement, by a single-use link in a mail. Raises RuleBroken where the address was asked already.
    Rule: PROC-02; RULEBOOK §16, §17.9."""
    queries.check_kept(row)
    if any(each.email == details.email and each.side is details.side and each.ended_at is None for each in row.asked):
        raise RuleBroken("This address was asked already. Send a new link instead", field="email", rule="PROC-02")
    asked = ProcurementDeclarant(
        id=uuid.uuid4(), decision=row, side=details.side, name=details.name, organisation=details.organisation, email=details.email,
        asked_at=at, asked_by=actor.person_id,
    )  # fmt: skip
    db.session.add(asked)
    db.session.flush()
    _mail(asked, body, site, at)
    log.record(Event.PROCUREMENT_ASKED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return asked


def ask_again(asked: ProcurementDeclarant, body: Body, *, site: str, actor: Actor, at: datetime) -> None:
    """Mails a new link; the older ones work no longer. For somebody who lost it, or whose circumstances changed.
    Rule: PROC-02; RULEBOOK §17.9 (the undertaking to tell of changes)."""
    queries.check_kept(asked.decision)
    if asked.ended_at is not None:
        raise RuleBroken(f"{asked.name} takes no part any more", rule="PROC-02")
    _end_links(asked, at)
    _mail(asked, body, site, at)
    log.record(
        Event.PROCUREMENT_ASKED, subject=asked.decision, actor=actor, at=at, body_id=asked.decision.body_id,
        note={"again": str(asked.id)},
    )  # fmt: skip


def ask_unanswered_again(
    row: ProcurementDecision, body: Body, *, site: str, actor: Actor, at: datetime
) -> list[ProcurementDeclarant]:
    """Mails a new link to each who was asked for a procurement and has not declared, but to nobody who was mailed one that day. Returns
    whom; nothing is recorded where it is nobody. Rule: PROC-02; RULEBOOK §17.9."""
    queries.check_kept(row)
    declarant_queries.lock(row)
    silent, today = declarant_queries.unanswered(row), clock.local(at).date()
    last = declarant_queries.last_asked(silent)
    again = [each for each in silent if last.get(each.id) != today]
    for each in again:
        _end_links(each, at)
        _mail(each, body, site, at)
    if again:
        ids = [str(each.id) for each in again]
        log.record(
            Event.PROCUREMENT_ASKED,
            subject=row,
            actor=actor,
            at=at,
            body_id=row.body_id,
            note={"again": ", ".join(ids)},
        )
    return again


def end_asking(asked: ProcurementDeclarant, *, actor: Actor, at: datetime) -> None:
    """Says that somebody no longer bids, or is no longer on the panel. What they declared is kept. Raises RuleBroken where that was said
    already. Rule: PROC-02."""
    queries.check_kept(asked.decision)
    if asked.ended_at is not None:
        raise RuleBroken(f"{asked.name} takes no part any more", rule="PROC-02")
    asked.ended_at = at
    _end_links(asked, at)
    log.record(
        Event.PROCUREMENT_ASKING_ENDED, subject=asked.decision, actor=actor, at=at, body_id=asked.decision.body_id
    )


def declare_by_link(link: ProcurementLink, said: LinkDeclaration, *, at: datetime) -> ProcurementDeclaration:
    """Takes a declaration that was sent with a link, and uses the link up. Raises RuleBroken where it was used or is too old; then
    nothing is stored. Rule: PROC-02, REG-04; RULEBOOK §17.9 (Annex I)."""
    link = declarant_queries.locked_link(link.id)
    single_use.check_usable(link, at, used=USED)
    queries.check_kept(link.declarant.decision)
    link.used_at, asked = at, link.declarant
    made = ProcurementDeclaration(
        id=uuid.uuid4(), decision=asked.decision, declarant=asked, side=asked.side, declared_by=said.declared_by,
        organisation=asked.organisation, interest=interest_words(said), management="", declared_on=clock.local(at).date(),
        has_undertaken=True, has_conflict=said.has_conflict, answers=dict(said.answers) | _particulars(said),
        people=[[each.name, each.interest, *each.particulars.as_kept] for each in said.people], recorded_at=at,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    forget_secrets([secret_of_link(link.id)])
    by = Actor(said.declared_by, via="link")
    log.record(Event.PROCUREMENT_DECLARED, subject=asked.decision, actor=by, at=at, body_id=asked.decision.body_id)
    return made


def _particulars(said: LinkDeclaration) -> dict[str, str]:
    """What was told beside the answers, under their codes."""
    names = ("nearness", "type", "since", "until")
    told = {code: dict(zip(names, each.as_kept, strict=False)) for code, each in said.particulars.items()}
    return {f"{code}.{name}": text for code, each in told.items() for name, text in each.items() if text}


def deal_with_conflict(
    made: ProcurementDeclaration, details: MeasureDetails, *, version: int, actor: Actor, at: datetime
) -> ProcurementMeasure:
    """Records what is done about a declared conflict, and puts conflict and action into what the register says of the procurement, as a
    version of the row. Rule: PROC-02, PROC-04; RULEBOOK §16, §17.8; SI 2023/1348 reg 21."""
    if not made.has_conflict:
        raise RuleBroken("No conflict was declared", rule="PROC-02")
    row, is_conflict = made.decision, details.measure is not Measure.NO_CONFLICT
    if is_conflict and not details.conflict:
        raise RuleBroken("Enter what the register will say of the conflict", field="conflict", rule="PROC-03")
    current = queries.current_version(row, version)
    stands = queries.details_of(current)
    says = _says(made, details, stands) if is_conflict else _says_none(made, stands)
    done = ProcurementMeasure(
        id=uuid.uuid4(), declaration=made, measure=details.measure, explanation=details.explanation,
        conflict=details.conflict if is_conflict else "", recorded_at=at, recorded_by=actor.person_id,
    )  # fmt: skip
    db.session.add(done)
    if is_conflict or says != stands:
        note = "A conflict was declared for the procurement, and dealt with"
        add_version(row, Change(says, current, note, current.is_draft, current.is_checked), actor, at)
    db.session.flush()
    log.record(Event.PROCUREMENT_CONFLICT_MANAGED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return done


def _says(made: ProcurementDeclaration, details: MeasureDetails, stands: DecisionDetails) -> DecisionDetails:
    """What the register says once a conflict is dealt with, in place of what was decided about it before."""
    kept = _says_no_more(made, stands)
    return replace(
        kept, conflicts=with_line(without_line(kept.conflicts, NONE_FOUND), details.conflict),
        mitigations=with_line(kept.mitigations, action_line(details.conflict, details.measure)),
    )  # fmt: skip


def _says_none(made: ProcurementDeclaration, stands: DecisionDetails) -> DecisionDetails:
    """What the register says once a conflict turned out to be none: never an empty place where a conflict stood."""
    says = _says_no_more(made, stands)
    return replace(says, conflicts=NONE_FOUND) if stands.conflicts and not says.conflicts else says


def _says_no_more(made: ProcurementDeclaration, stands: DecisionDetails) -> DecisionDetails:
    """What the register says without what was decided before about a declaration, but for lines that stand for another one too."""
    if not made.measures or not made.measures[-1].conflict:
        return stands
    last = made.measures[-1]
    others = [each.measures[-1] for each in made.decision.declarations if each is not made and each.measures]
    conflicts, mitigations = stands.conflicts, stands.mitigations
    if all(each.conflict != last.conflict for each in others):
        conflicts = without_line(conflicts, last.conflict)
    if all((each.conflict, each.measure) != (last.conflict, last.measure) for each in others):
        mitigations = without_line(mitigations, action_line(last.conflict, last.measure))
    return replace(stands, conflicts=conflicts, mitigations=mitigations)


def give_out_bids(
    row: ProcurementDecision, on: date, reason: str, *, seen: date | None = None, actor: Actor, at: datetime
) -> None:
    """Says when the bids were given to the panel. `seen` is the day that the editor's page showed. Raises RuleBroken where somebody on it
    has not declared, unless a reason is given; EditConflict where another day was saved meanwhile. Rule: PROC-02; RULEBOOK §16, §17.9."""
    db.session.refresh(row, with_for_update=True)
    queries.check_kept(row)
    if row.bids_opened_on != seen:
        label = "The bids were given to the panel on"
        theirs = day(row.bids_opened_on) if row.bids_opened_on else "No day"
        raise EditConflict("The day of the bids", theirs={label: theirs}, yours={label: day(on)})
    if on > clock.local(at).date():
        raise RuleBroken("Enter a day that has passed", field="opened_on", rule="PROC-02")
    check_bids(declarant_queries.panel_of(row), on, reason)
    row.bids_opened_on, row.bids_reason = on, reason.strip()
    log.record(Event.PROCUREMENT_BIDS_OPENED, subject=row, actor=actor, at=at, body_id=row.body_id)


def _end_links(asked: ProcurementDeclarant, at: datetime) -> None:
    for link in declarant_queries.open_links(asked.id, at):
        link.expires_at = at
        cancel_messages([secret_of_link(link.id)])


def _mail(asked: ProcurementDeclarant, body: Body, site: str, at: datetime) -> None:
    token, token_hash = single_use.new_token()
    link = ProcurementLink(id=uuid.uuid4(), token_hash=token_hash, declarant=asked, issued_at=at, expires_at=at + LASTS)
    db.session.add(link)
    db.session.flush()
    url, title = f"{site.rstrip('/')}{PATH}{token}", asked.decision.versions[-1].title
    as_what = (
        f", for {asked.organisation}"
        if asked.side is Side.BIDDER
        else f", as {SIDE_WORDS[asked.side].lower()}, before you see a bid"
    )
    text = _TEXT.format(
        name=asked.name, body=body.name, title=title, as_what=as_what, url=url, until=moment(link.expires_at),
        contact=body.contact or body.name,
    )  # fmt: skip
    key = secret_of_link(link.id)
    subject = f"Declare interests for a procurement of {body.name}"
    queue_message(asked.email, subject, text, at=at, unique_key=key, secret=url, secret_of=key)
