"""Reading for an import: who and what is known, earlier imports, uploads and their rows."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from coi import clock
from coi.accounts.belonging import stands_for_somebody
from coi.committees.joint_queries import SERVED
from coi.committees.models import Membership
from coi.database import db, stands
from coi.files.models import StoredFile
from coi.organisations.models import Body
from coi.organisations.naming import folded
from coi.people.models import Appointment, Person
from coi.people.queries import people as people_here
from coi.people.queries import stands_now
from coi.people.vocabulary import PersonDetails
from coi.registers.importing.holders import AS
from coi.registers.importing.models import RegisterImport, RegisterUpload
from coi.registers.importing.name_likeness import NamesAlike
from coi.registers.importing.vocabulary import NEW_PERSON, Known, KnownInterest, KnownPerson
from coi.registers.interests.models import Declaration, Interest, InterestVersion
from coi.registers.interests.queries import interests_known_at, redactions_of
from coi.registers.interests.vocabulary import DeclarationKind

_FEW = 500


def lock_imports(body_id: uuid.UUID) -> None:
    """Keeps other imports of a body from writing until the transaction ends. What points to the body is written meanwhile: an import takes
    long, and nobody who declares waits for it. (SQLite has one writer at a time anyway.)"""
    db.session.execute(sa.select(Body.id).where(Body.id == body_id).with_for_update(key_share=True))


def lock_every_import() -> None:
    """Keeps the imports of all bodies from writing until the transaction ends."""
    db.session.execute(sa.select(Body.id).order_by(Body.id).with_for_update(key_share=True))


def known(body_id: uuid.UUID, names: Iterable[PersonDetails], at: datetime) -> Known:
    """Returns the people with a family name of these, or with a name that may be one of them, anywhere in the installation: with their
    posts at the body, their interests as the register knows them at an instant and knew them before, and their nil returns."""
    people = known_people(body_id, names, at)
    ids = [uuid.UUID(each.id) for each in people]
    found: dict[str, list[KnownInterest]] = defaultdict(list)
    for chunk in _chunks(ids):
        versions = interests_known_at(chunk, at)
        earlier = _earlier([each.interest_id for each in versions if each.number > 1], at)
        asked = set(redactions_of([each.interest_id for each in versions]))
        asked |= {each.interest_id for each in versions if each.interest.disposed_at}  # nothing is left to keep private
        for version in versions:
            made = replace(
                _known(version), earlier=tuple(earlier.get(version.interest_id, ())), is_asked_about=version.interest_id in asked
            )  # fmt: skip
            found[made.person_id].append(made)
    interests = {person: tuple(each) for person, each in found.items()}
    return Known(people, interests, _last(ids, DeclarationKind.NIL), _last(ids, DeclarationKind.ANNUAL))


def known_people(body_id: uuid.UUID, names: Iterable[PersonDetails], at: datetime) -> tuple[KnownPerson, ...]:
    """Returns the people whom one of these names may mean, anywhere in the installation, with their posts at the body."""
    return tuple(_people(body_id, tuple(names), clock.local(at).date()))


def _known(version: InterestVersion) -> KnownInterest:
    return KnownInterest(
        str(version.interest_id), str(version.interest.person_id), version.interest.reference, version.number,
        tuple(each.text for each in version.organisations), version.nature, version.type, version.directness, version.arose_on,
        version.ended_on, version.mitigation, version.role, version.via,
        frozenset(str(each.organisation_id) for each in version.organisations if each.organisation_id),
        version.mitigation_agreed_by is not None, clock.local(version.recorded_at).date(), declared_on=version.declared_on,
        disposed_on=clock.local(disposed_at).date() if (disposed_at := version.interest.disposed_at) else None,
    )  # fmt: skip


def _earlier(ids: Sequence[uuid.UUID], at: datetime) -> dict[uuid.UUID, list[KnownInterest]]:
    """What interests said before, all versions but the one that stands."""
    found: dict[uuid.UUID, list[KnownInterest]] = defaultdict(list)
    for chunk in _chunks(ids):
        rows = sa.select(InterestVersion).where(
            InterestVersion.interest_id.in_(chunk), InterestVersion.recorded_at <= at
        )
        rows = rows.options(joinedload(InterestVersion.interest), selectinload(InterestVersion.organisations))
        for version in db.session.scalars(rows.order_by(InterestVersion.interest_id, InterestVersion.number)):
            found[version.interest_id].append(_known(version))
    return {key: versions[:-1] for key, versions in found.items()}


def _people(body_id: uuid.UUID, names: Sequence[PersonDetails], on: date) -> Iterator[KnownPerson]:
    families = {folded(each.family_name or each.given_names) for each in names}
    alike = NamesAlike((each, True) for each in names)
    here = {each.id for each in people_here(body_id)}
    posts, left = _posts(body_id, on)
    columns = (Person.id, Person.title, Person.given_names, Person.family_name, Person.name, Person.email)
    everybody = sa.select(*columns).where(stands_for_somebody()).order_by(Person.recorded_at, Person.id)
    for row in db.session.execute(everybody):
        who = PersonDetails(row.given_names, row.family_name, row.title, row.email)
        if (folded(row.family_name) or folded(row.given_names)) in families or alike.of(who):
            yield KnownPerson(
                str(row.id), who, row.name, tuple(posts.get(row.id, ())), row.id in here, left.get(row.id)
            )


def _posts(body_id: uuid.UUID, on: date) -> tuple[Mapping[uuid.UUID, list[str]], Mapping[uuid.UUID, date]]:
    """The posts that people hold or held at a body with the committees on which they sit or sat, and when the last of these was over."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    until: dict[uuid.UUID, date] = {}
    held = sa.select(Appointment.person_id, Appointment.post, Appointment.valid_to).where(
        Appointment.body_id == body_id, stands(Appointment)
    )
    sat = sa.select(Membership.person_id, SERVED.c.name, Membership.valid_to).join_from(
        Membership, SERVED, SERVED.c.committee_id == Membership.committee_id
    )
    for rows in (held, sat.where(SERVED.c.body_id == body_id, stands(Membership))):
        for person_id, post, valid_to in db.session.execute(rows):
            if post not in found[person_id]:
                found[person_id].append(post)
            until[person_id] = max(until.get(person_id, date.min), valid_to or date.max)
    return found, {person: last for person, last in until.items() if last < on}


def _last(ids: Sequence[uuid.UUID], kind: DeclarationKind) -> dict[str, date]:
    found: dict[str, date] = {}
    for chunk in _chunks(ids):
        rows = sa.select(Declaration.person_id, sa.func.max(Declaration.declared_on)).where(
            Declaration.person_id.in_(chunk), Declaration.kind == kind
        )
        found |= {str(row[0]): row[1] for row in db.session.execute(rows.group_by(Declaration.person_id))}
    return found


def _chunks(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    return (ids[start : start + _FEW] for start in range(0, len(ids), _FEW))


def earlier_people(body_id: uuid.UUID) -> dict[str, str]:
    """Returns who was meant by which name in earlier imports of a body, where somebody had to choose: in those that were taken over, and
    in those that somebody looked through. The latest answer counts. Whom they called new is known only once it was taken over."""
    took = sa.select(RegisterImport.imported_at, RegisterImport.people).where(RegisterImport.body_id == body_id)
    looked = sa.select(RegisterUpload.uploaded_at, RegisterUpload.people).where(RegisterUpload.body_id == body_id)
    said = [(at, people) for rows in (looked, took) for at, people in db.session.execute(rows) if people]
    meant = {
        key: uuid.UUID(person)
        for _at, people in sorted(said, key=lambda each: each[0])
        for key, person in people.items()
        if person != NEW_PERSON and not person.startswith(AS)
    }
    now = stands_now(meant.values()) if meant else {}
    return {key: str(now[person]) for key, person in meant.items()}


def earlier_day(body_id: uuid.UUID, sha256: str) -> date | None:
    """Returns the day of the register for which this very file was imported before; None where it was not."""
    rows = sa.select(RegisterImport.as_at).join(StoredFile, StoredFile.id == RegisterImport.file_id)
    rows = rows.where(RegisterImport.body_id == body_id, StoredFile.sha256 == sha256)
    return db.session.scalar(rows.order_by(RegisterImport.imported_at.desc()).limit(1))


def interests_with_versions(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Interest]:
    """Returns these interests with their versions as they stand, locked until the transaction ends."""
    found: dict[uuid.UUID, Interest] = {}
    for chunk in _chunks(list(ids)):
        rows = sa.select(Interest).where(Interest.id.in_(chunk)).order_by(Interest.id).with_for_update()
        rows = rows.execution_options(populate_existing=True)
        found |= {each.id: each for each in db.session.scalars(rows.options(sa.orm.selectinload(Interest.versions)))}
    return found


def persons(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Returns these people by id; by that of a record that was found to be somebody else's, that one's."""
    now = stands_now(ids)
    found: dict[uuid.UUID, Person] = {}
    for chunk in _chunks(list(set(now.values()))):
        found |= {each.id: each for each in db.session.scalars(sa.select(Person).where(Person.id.in_(chunk)))}
    return {each: found[stands] for each, stands in now.items() if stands in found}
