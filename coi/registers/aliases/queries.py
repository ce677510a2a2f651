"""Reading the names that a body taught: for its page, and for whoever matches texts."""

import uuid
from dataclasses import dataclass

import sqlalchemy as sa

from coi import clock
from coi.accounts.models import Account
from coi.database import db
from coi.errors import NotFound
from coi.organisations.models import Organisation
from coi.organisations.search import as_hit
from coi.organisations.vocabulary import OrganisationHit, OrganisationStatus
from coi.people.models import Person
from coi.registers.aliases.models import OrganisationAlias
from coi.registers.aliases.rules import is_name, search_key
from coi.screening.aliases import Alias
from coi.wording import day

A = OrganisationAlias


@dataclass(frozen=True)
class ShownAlias:
    """A name that was taught, and who taught it."""

    row: OrganisationAlias
    by: str


@dataclass(frozen=True)
class TaughtHere:
    """What a body taught: the names as the matcher asks them, and the words, as they are compared, that mean nobody."""

    aliases: tuple[Alias, ...]
    nobody: frozenset[str]


def taught_names(body_id: uuid.UUID) -> list[ShownAlias]:
    """Returns every name that a body taught, those that count first, by the name; earlier meanings of one name last."""
    found = _with_teachers(A.body_id == body_id)
    return sorted(found, key=lambda each: (each.row.ended_at is not None, each.row.search_key, each.row.recorded_at))


def alias(alias_id: uuid.UUID, body_id: uuid.UUID) -> OrganisationAlias:
    """Returns a name that counts. Raises NotFound where this body taught no such name, or it was ended."""
    found = db.session.scalar(sa.select(A).where(A.id == alias_id, A.body_id == body_id, A.ended_at.is_(None)))
    if found is None:
        raise NotFound("There is no such name")
    return found


def standing(body_id: uuid.UUID, search_key: str) -> OrganisationAlias | None:
    """Returns the name as it counts now, None where it was not taught. Keeps other writers from it until the transaction ends."""
    rows = sa.select(A).where(A.body_id == body_id, A.search_key == search_key, A.ended_at.is_(None))
    return db.session.scalar(rows.with_for_update(of=A))


def remembered_here(body_id: uuid.UUID, text: str) -> OrganisationAlias | None:
    """Returns the name that counts for these words and means an organisation, None where there is none."""
    rows = sa.select(A).where(A.body_id == body_id, A.search_key == search_key(text), A.ended_at.is_(None))
    return db.session.scalar(rows.where(A.organisation_id.is_not(None)))


def aliases_of(body_id: uuid.UUID) -> tuple[Alias, ...]:
    """Returns the names that count at a body, as the matcher asks them, each with who taught it and when; of an organisation that has
    closed since, it says so. Words that were kept and are no name (a role, a whole sentence) are not among them."""
    return taught_here(body_id).aliases


def taught_here(body_id: uuid.UUID) -> TaughtHere:
    """Returns the names that count at a body, and which words mean none of the organisations known, be they a name or not."""
    standing = _with_teachers(sa.and_(A.body_id == body_id, A.ended_at.is_(None)))
    aliases = tuple(_alias(each) for each in standing if each.row.organisation is not None or is_name(each.row.text))
    return TaughtHere(aliases, frozenset(each.row.search_key for each in standing if each.row.organisation is None))


def _alias(shown: ShownAlias) -> Alias:
    organisation = shown.row.organisation
    if organisation is None:
        return Alias(shown.row.text, None, "", _why(shown), means_none=True)
    return Alias(shown.row.text, organisation.key, organisation.name, _why(shown))


def meaning_here(body_id: uuid.UUID, text: str) -> OrganisationHit | None:
    """Returns the organisation that a body was taught to mean by these words, with who taught it and when; None where nobody did.
    Rule: REG-01; RULEBOOK §24 (matching is by organisation)."""
    found = _with_teachers(sa.and_(A.body_id == body_id, A.search_key == search_key(text), A.ended_at.is_(None)))
    organisation = found[0].row.organisation if found else None
    return as_hit(organisation, _said_by(found[0])) if organisation else None


def keys_of_nobody(body_id: uuid.UUID) -> frozenset[str]:
    """Returns the names, as they are compared, that mean no known organisation at a body."""
    rows = sa.select(A.search_key).where(A.body_id == body_id, A.ended_at.is_(None), A.organisation_id.is_(None))
    return frozenset(db.session.scalars(rows))


def _with_teachers(wanted: sa.ColumnElement[bool]) -> list[ShownAlias]:
    rows = sa.select(A, Person.name).outerjoin(Account, Account.id == A.recorded_by)
    rows = rows.outerjoin(Person, Person.id == Account.person_id).where(wanted).order_by(A.search_key, A.id)
    return [ShownAlias(row, name or "the system") for row, name in db.session.execute(rows)]


def _said_by(shown: ShownAlias) -> str:
    """Returns who taught a name, and when."""
    return f"taught by {shown.by} on {day(clock.local(shown.row.recorded_at).date())}"


def _why(shown: ShownAlias) -> str:
    said = _said_by(shown)
    return f"{said}; {closing}" if (closing := closing_of(shown.row.organisation)) else said


def closing_of(organisation: Organisation | None) -> str:
    """Returns that an organisation has closed, in words; empty where it has not."""
    if organisation is None or organisation.status is not OrganisationStatus.CLOSED:
        return ""
    return f"closed on {day(organisation.closed_on)}" if organisation.closed_on else "closed since"
