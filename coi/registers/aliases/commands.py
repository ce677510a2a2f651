"""Teaching what a name means, and ending that."""

import uuid
from datetime import datetime

from coi import clock
from coi.audit import log
from coi.audit.vocabulary import Event
from coi.database import db
from coi.errors import NotFound, RuleBroken
from coi.organisations.losses import losses_kept
from coi.organisations.models import Organisation
from coi.permissions.vocabulary import Actor
from coi.registers.aliases import queries
from coi.registers.aliases.models import OrganisationAlias
from coi.registers.aliases.rules import check_alias, search_key
from coi.registers.aliases.vocabulary import AliasDetails
from coi.wording import shortened

TAUGHT_ANEW = "Taught anew"


def teach(body_id: uuid.UUID, details: AliasDetails, *, actor: Actor, at: datetime) -> OrganisationAlias:
    """Teaches what a name means at a body. What the same name meant before ends, and stays to be read. Raises RuleBroken for what is no
    name, and where it means this already."""
    row = write_alias(body_id, details, actor=actor, at=at)
    if row is None:
        raise RuleBroken(f"“{details.text.strip()}” means this already", field="text")
    log.record(Event.ALIAS_TAUGHT, subject=row, actor=actor, at=at, body_id=body_id)
    return row


def write_alias(body_id: uuid.UUID, details: AliasDetails, *, actor: Actor, at: datetime) -> OrganisationAlias | None:
    """Writes what a name means, None where it means this already. A row that commands keep; no entry of its own: what taught it (a match
    that somebody made) records it. Raises RuleBroken for what is no name."""
    check_alias(details)
    return _write(body_id, details, actor, at)


def keep_words(body_id: uuid.UUID, text: str, why: str, *, actor: Actor, at: datetime) -> OrganisationAlias | None:
    """Says that words of declarants, names or not, mean none of the organisations known: wherever they stand they are no longer asked
    about, until that is ended or they change. None where that was said before."""
    row = _write(body_id, AliasDetails(text, None, why), actor, at)
    if row is not None:
        log.record(Event.ALIAS_TAUGHT, subject=row, actor=actor, at=at, body_id=body_id)
    return row


def _write(body_id: uuid.UUID, details: AliasDetails, actor: Actor, at: datetime) -> OrganisationAlias | None:
    organisation = db.session.get(Organisation, details.organisation_id) if details.organisation_id else None
    if details.organisation_id and organisation is None:
        raise NotFound("There is no such organisation")
    key = search_key(details.text)
    earlier = queries.standing(body_id, key)
    if earlier is not None and earlier.organisation_id == details.organisation_id:
        return None
    said = f"it was said that “{shortened(details.text.strip())}” means {_called(organisation)},"
    row = OrganisationAlias(
        id=uuid.uuid4(), body_id=body_id, text=details.text.strip(), search_key=key, organisation=organisation,
        why=details.why.strip(), valid_from=clock.local(at).date(), recorded_at=at, recorded_by=actor.account_id,
    )  # fmt: skip
    with losses_kept(said, actor=actor, at=at):
        if earlier is not None:
            _close(earlier, TAUGHT_ANEW, actor, at)
            db.session.flush()  # one meaning at a time
        db.session.add(row)
        db.session.flush()
    return row


def end(row: OrganisationAlias, because: str, *, actor: Actor, at: datetime) -> OrganisationAlias:
    """Ends that a name means what it was taught to mean. What was matched with it stays matched. Raises RuleBroken without a reason."""
    if not because.strip():
        raise RuleBroken("Enter why it no longer counts", field="because")
    with losses_kept(
        f"it was ended that “{shortened(row.text)}” means {_called(row.organisation)},", actor=actor, at=at
    ):
        _close(row, because.strip(), actor, at)
        db.session.flush()
    log.record(Event.ALIAS_ENDED, subject=row, actor=actor, at=at, body_id=row.body_id)
    return row


def _called(organisation: Organisation | None) -> str:
    return organisation.name if organisation else "none of the organisations in the lists"


def _close(row: OrganisationAlias, because: str, actor: Actor, at: datetime) -> None:
    row.ended_at, row.ended_by, row.ended_because = at, actor.account_id, because
    row.valid_to = clock.local(at).date()
