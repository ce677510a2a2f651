"""Keeping the roster of independent clinicians, and recording the clinical views that were obtained for an item. One command, one entry."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import EditConflict, NotFound, RuleBroken
from coi.meetings.conflicts.voices import roster_queries as queries
from coi.meetings.conflicts.voices.models import ClinicalInput, IndependentClinician
from coi.meetings.conflicts.voices.roster_rules import check_dates, check_not_listed
from coi.meetings.conflicts.voices.speaker_queries import may_speak_on
from coi.meetings.conflicts.voices.vocabulary import CLINICIAN_WORDS, ClinicianDetails, InputDetails
from coi.meetings.minutes.queries import is_final
from coi.meetings.models import AgendaItem
from coi.meetings.queries import hold
from coi.organisations.models import Body
from coi.people.queries import people_of_body
from coi.permissions.vocabulary import Actor


def list_clinician(body: Body, details: ClinicianDetails, *, actor: Actor, at: datetime) -> IndependentClinician:
    """Puts one of the body's people on its roster of independent clinicians, and returns their line. Whom other bodies have is not
    told here: somebody of theirs is entered as a person first. Raises RuleBroken where they are on it in that time, NotFound for a
    stranger. Rule: PCCC-02; RULEBOOK §11.1, §23 scenario 42."""
    check_dates(details.valid_from, details.valid_to)
    if details.person_id not in {person.id for person in people_of_body(body.id, clock.local(at).date())}:
        raise NotFound("There is no such person")
    listed = [(row.person_id, row.valid_from, row.valid_to) for row in queries.roster(body.id)]
    check_not_listed(details.person_id, details.valid_from, details.valid_to, listed)
    row = _line(body.id, details, at)
    db.session.add(row)
    db.session.flush()
    log.record(Event.CLINICIAN_LISTED, subject=row, actor=actor, at=at, body_id=body.id)
    return row


def change_clinician(
    line: IndependentClinician, details: ClinicianDetails, *, actor: Actor, at: datetime
) -> IndependentClinician:
    """Enters a new version of what the roster says of somebody, such as their last day, and returns it. Raises EditConflict where somebody
    entered another since `line` was read, RuleBroken for a last day before the first."""
    check_dates(details.valid_from, details.valid_to)
    if line.replaced_at is not None:
        newest = next((row for row in queries.roster(line.body_id) if row.person_id == line.person_id), line)
        raise EditConflict(f"The line of {line.person.name}", theirs=_labelled(newest), yours=_labelled(details))
    others = [
        (row.person_id, row.valid_from, row.valid_to) for row in queries.roster(line.body_id) if row.id != line.id
    ]
    check_not_listed(line.person_id, details.valid_from, details.valid_to, others)
    line.replaced_at = at
    row = _line(line.body_id, details, at)
    row.person_id, row.replaces_id = line.person_id, line.id
    db.session.add(row)
    db.session.flush()
    log.record(Event.CLINICIAN_CHANGED, subject=row, actor=actor, at=at, body_id=line.body_id)
    return row


def record_clinical_input(item: AgendaItem, details: InputDetails, *, actor: Actor, at: datetime) -> ClinicalInput:
    """Records a clinical view that was obtained for an item, for the minutes: who gave it, how, and what it said; and whether they were
    free of flags now. Raises RuleBroken for a day to come and once the minutes are confirmed, NotFound for a stranger.

    Rule: MIN-01; RULEBOOK §23 scenario 42; USERS W4."""
    hold(item.meeting)
    _check_not_final(item)
    if details.given_on is not None and details.given_on > clock.local(at).date():
        raise RuleBroken("Enter a day that has come", field="given_on")
    speaker = next((each for each in may_speak_on(item, known_at=at) if each.person_id == details.person_id), None)
    if speaker is None:
        raise NotFound("There is no such person")
    row = ClinicalInput(
        id=uuid.uuid4(), item_id=item.id, person_id=details.person_id, role_words=speaker.role, way=details.way,
        given_on=details.given_on, said=details.said.strip(), screened=speaker.screened, recorded_at=at, struck_because="",
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.record(Event.CLINICAL_INPUT_RECORDED, subject=row, actor=actor, at=at, body_id=item.meeting.body_id)
    return row


def strike_out(view: ClinicalInput, item: AgendaItem, because: str, *, actor: Actor, at: datetime) -> ClinicalInput:
    """Marks a clinical view as entered by mistake, with the reason: pages and minutes leave it out, the record keeps it. Raises RuleBroken
    once the minutes are confirmed."""
    hold(item.meeting)
    _check_not_final(item)
    view.struck_at, view.struck_because = at, because.strip()
    log.record(Event.CLINICAL_INPUT_STRUCK_OUT, subject=view, actor=actor, at=at, body_id=item.meeting.body_id)
    return view


def _check_not_final(item: AgendaItem) -> None:
    if is_final(item.meeting_id):
        raise RuleBroken("The minutes of this meeting are confirmed. Its record can no longer change", rule="MIN-01")


def _line(body_id: uuid.UUID, details: ClinicianDetails, at: datetime) -> IndependentClinician:
    return IndependentClinician(
        id=uuid.uuid4(), body_id=body_id, person_id=details.person_id, kind=details.kind, area=details.area.strip(),
        contact=details.contact.strip(), valid_from=details.valid_from, valid_to=details.valid_to, recorded_at=at,
    )  # fmt: skip


def _labelled(line: IndependentClinician | ClinicianDetails) -> dict[str, str]:
    return {
        "Kind": CLINICIAN_WORDS[line.kind],
        "Area": line.area,
        "How to ask them": line.contact,
        "First day": line.valid_from.isoformat(),
        "Last day": line.valid_to.isoformat() if line.valid_to else "",
    }
